"""Our own code as the page shows it: taken from the source, so that it is never stale."""

import ast
import inspect
import io
import keyword
import textwrap
import tokenize
from html import escape

from scratch import textbook

SHOWN = {
    "sigmoid": textbook.sigmoid,
    "binary_cross_entropy": textbook.binary_cross_entropy,
    "descend": textbook.sgd_step,
    "epoch": textbook.fit_softmax,
    "accuracy": textbook.accuracy,
    "confusion": textbook.confusion_matrix,
    "ratios": textbook.precision_recall_f1,
    "softmax": textbook.softmax,
    "cross_entropy": textbook.cross_entropy,
}


def excerpts():
    """The excerpts of the page.

    Returns
    -------
    dict of str to str
        HTML by the name of the blank, ``code_sigmoid`` and so on.
    """
    return {f"code_{name}": figure(function) for name, function in SHOWN.items()}


def figure(function):
    """A function's source without its docstring, as HTML."""
    where = f"{function.__module__}.{function.__qualname__}"
    return (
        f'<figure class="code"><figcaption>{escape(where)}</figcaption>'
        f'<pre tabindex="0"><code>{coloured(source(function))}</code></pre></figure>'
    )


def source(function):
    """A function's source, dedented, without its docstring."""
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
