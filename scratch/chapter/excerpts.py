"""The textbook's code as the page shows it: taken from the source, so that it is never stale."""

import ast
import inspect
import io
import keyword
import textwrap
import tokenize
from html import escape

from scratch import textbook
from scratch.exercises.catalogue import EXERCISES

#: Where the page finds the file: beside `docs/` and `chapter-digits/` in a checkout.
SOURCE = "../scratch/textbook.py"

# The functions shown, and which of their lines spells out which term of the formula beside it: the
# line that begins so, and the terms' names in the page's text.
SHOWN = {
    textbook.sigmoid: {"e = ": "exp", "return": "ratio"},
    textbook.binary_cross_entropy: {"margin": "truth", "return": "mean log"},
    textbook.binary_cross_entropy_gradient: {"return": "gradient"},
    textbook.softmax: {"e = ": "exp", "return": "sum"},
    textbook.cross_entropy: {"of_target": "target", "return": "mean"},
    textbook.cross_entropy_gradient: {"residual = ": "softmax target", "return": "mean"},
    textbook.minibatches: {},
    textbook.sgd_step: {"gradient": "gradient", "new_W": "weights", "new_b": "intercepts"},
    textbook.fit_softmax: {},
    textbook.fit_one_sample_at_a_time: {},
    textbook.accuracy: {"return": "share"},
    textbook.confusion_matrix: {},
    textbook.precision_recall_f1: {
        "tp, ": "counts",
        "precision": "precision",
        "recall": "recall",
        "f1": "f1",
    },
    textbook.log_loss: {},
    textbook.precision_recall_curve: {},
    textbook.roc_auc: {},
}


def excerpts():
    """Return the code of the page, HTML by the name of the blank: ``code_sigmoid`` and so on."""
    shown = {f"code_{f.__name__}": figure(f, terms) for f, terms in SHOWN.items()}
    lines = coloured(inspect.getsource(textbook)).splitlines()
    named = [anchored(line) for line in lines]
    whole = "\n".join(named)
    return shown | {
        "code_gradient": shown["code_cross_entropy_gradient"],
        "textbook": f'<figure class="code"><pre tabindex="0"><code>{whole}</code></pre></figure>',
        "source": SOURCE,
    }


def anchored(line):
    """Return a line of HTML that begins a function with the anchor that links lead to."""
    opening = '<span class="keyword">def</span> '
    if not line.startswith(opening):
        return line
    name = line.removeprefix(opening).partition("(")[0]
    return f'<span id="textbook-{name}">{line}</span>'


def figure(function, terms):
    """Return a function's source without its docstring, as HTML; the caption says where it is."""
    name, first = function.__name__, inspect.getsourcelines(function)[1]
    where = f'<a href="#textbook-{name}">scratch/textbook.py, line {first}: {name}</a>'
    exercise = f" · exercise {EXERCISES[name].number}"
    lines = source(function).splitlines()
    marked = [
        marked_line(html, of_line(line, terms))
        for line, html in zip(lines, coloured("\n".join(lines)).splitlines(), strict=True)
    ]
    code = "\n".join(marked)
    return (
        f'<figure class="code"><figcaption>{where}{exercise}</figcaption>'
        f'<pre tabindex="0"><code>{code}</code></pre></figure>'
    )


def of_line(line, terms):
    """Return the names of the terms that a line spells out, or None."""
    found = [term for beginning, term in terms.items() if line.strip().startswith(beginning)]
    return found[0] if found else None


def marked_line(html, term):
    if term is None:
        return html
    return f'<span class="codeline" data-term="{term}" tabindex="0">{html}</span>'


def source(function):
    """Return a function's source, dedented, without its docstring."""
    text = textwrap.dedent(inspect.getsource(function))
    body = ast.parse(text).body[0].body
    lines = text.splitlines()
    if len(body) > 1 and ast.get_docstring(ast.parse(text).body[0]) is not None:
        del lines[body[0].lineno - 1 : body[0].end_lineno]
    return "\n".join(lines).strip()


def coloured(text):
    """Python as HTML, its comments, strings and keywords marked."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    parts, done = [], 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = kind_of(token)
        if kind is None:
            continue
        begin = starts[token.start[0] - 1] + token.start[1]
        end = starts[token.end[0] - 1] + token.end[1]
        parts += [
            escape(text[done:begin]),
            f'<span class="{kind}">{escape(text[begin:end])}</span>',
        ]
        done = end
    return "".join([*parts, escape(text[done:])])


def kind_of(token):
    if token.type == tokenize.COMMENT:
        return "comment"
    if token.type == tokenize.STRING:
        return "string"
    if token.type == tokenize.NAME and keyword.iskeyword(token.string):
        return "keyword"
    return None
