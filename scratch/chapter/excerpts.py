"""The textbook's code as the page shows it: taken from the source, so that it is never stale."""

import ast
import inspect
import io
import keyword
import textwrap
import tokenize
from html import escape

from scratch import textbook

# The functions that each part shows, and which of their lines spells out which line of the formulas
# beside them: the beginning of the line, and the formula's number.
SHOWN = {
    "1": {"split": {}, "rescale": {}},
    "2": {
        "linear_scores": {"return": 1},
        "sigmoid": {"e = ": 2, "return": 2},
        "binary_cross_entropy": {"margin": 4, "return": 4},
    },
    "3": {
        "numerical_gradient": {"gradient[i]": 1},
        "binary_cross_entropy_gradient": {"return": 5},
    },
    "3b": {
        "minibatches": {},
        "logistic_step": {"return": 7},
        "fit_logistic": {},
    },
    "4": {
        "momentum_step": {"v = ": 1, "return": 2},
        "falling_learning_rate": {"return": 3},
        "standardise": {},
    },
    "5": {
        "predict": {},
        "accuracy": {"return": 1},
        "confusion_matrix": {},
        "precision_recall_f1": {"precision": 2, "recall": 3, "f1": 4},
        "averages": {},
    },
    "5b": {
        "counts_at_thresholds": {},
        "precision_recall_curve": {},
        "roc_curve": {},
        "roc_auc": {},
        "cost_curve": {},
        "threshold_of_least_cost": {},
        "threshold_of_best_f1": {},
    },
    "6": {
        "one_hot": {},
        "softmax": {"e = ": 1, "return": 1},
        "cross_entropy": {"of_target": 2, "return": 2},
        "cross_entropy_gradient": {"residual": 3, "return": 3},
        "penalty_gradient": {},
        "sgd_step": {"new_W": 4, "new_b": 5},
        "fit_softmax": {},
        "fit_one_vs_rest": {},
    },
    "7": {
        "penalty": {"return": 1},
        "penalty_gradient": {"return": 2},
        "early_stopping": {},
        "reliability": {},
        "log_loss": {},
    },
    "8": {"fit_one_sample_at_a_time": {}},
}


def functions():
    """Return the functions shown, in the chapter's order, by name."""
    names = dict.fromkeys(name for shown in SHOWN.values() for name in shown)
    return {name: getattr(textbook, name) for name in names}


def excerpts():
    """Return the code of the page, HTML by the name of the blank: ``code_2`` and so on."""
    shown = {
        f"code_{part}": "".join(
            figure(getattr(textbook, name), links, again=is_again(part, name))
            for name, links in parts.items()
        )
        for part, parts in SHOWN.items()
    }
    lines = coloured(inspect.getsource(textbook)).splitlines()
    whole = "\n".join(anchored(line) for line in lines)
    region = 'tabindex="0" role="region" aria-label="scratch/textbook.py"'
    return shown | {"textbook": f'<pre class="whole" {region}><code>{whole}</code></pre>'}


def anchored(line):
    """Return a line of HTML that begins a function with the anchor that links lead to."""
    opening = '<span class="kw">def</span> '
    if not line.startswith(opening):
        return line
    name = line.removeprefix(opening).partition("(")[0]
    return f'<span id="textbook-{name}">{line}</span>'


def is_again(part, name):
    """Return whether a function was shown in an earlier part as well."""
    parts = list(SHOWN)
    return any(name in SHOWN[earlier] for earlier in parts[: parts.index(part)])


def figure(function, links, *, again=False):
    """Return a function's source without its docstring, as HTML; the caption says where it is."""
    name, first = function.__name__, inspect.getsourcelines(function)[1]
    lines = source(function).splitlines()
    rows = "".join(
        row(html, link_of(line, links))
        for line, html in zip(lines, coloured("\n".join(lines)).splitlines(), strict=True)
    )
    return (
        f'<figure class="code"><div class="codelines" role="group"'
        f' aria-label="Code of {name}{", again" if again else ""}"><code>{rows}</code></div>'
        f'<figcaption><a href="#textbook-{name}">textbook.py, line {first}</a></figcaption>'
        "</figure>"
    )


def row(html, link):
    if link is None:
        return f"<div><span></span><span>{html}</span></div>"
    return (
        f'<div class="link" data-link="{link}"><span class="key">{link}</span>'
        f"<span>{html}</span></div>"
    )


def link_of(line, links):
    """Return the number of the formula that a line spells out, or None."""
    found = [link for beginning, link in links.items() if line.strip().startswith(beginning)]
    return found[0] if found else None


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
        marked = escape(text[begin:end]).replace("\n", f'</span>\n<span class="{kind}">')
        parts += [escape(text[done:begin]), f'<span class="{kind}">{marked}</span>']
        done = end
    return "".join([*parts, escape(text[done:])])


def kind_of(token):
    if token.type in (tokenize.COMMENT, tokenize.STRING):
        return "doc"
    if token.type == tokenize.NAME and keyword.iskeyword(token.string):
        return "kw"
    return None
