r"""A little TeX as MathML, so that the chapter's text holds one form of each formula.

The page shows the MathML, the notebook the TeX. What is understood: letters, numbers and signs,
``_`` and ``^``, ``{}``, ``\frac``, ``\text``, ``\hat``, Greek letters and the signs of `_SIGNS`.
"""

import re
from html import escape

_LETTERS = {"alpha": "α", "eta": "η", "lambda": "λ", "mu": "μ", "sigma": "σ"}
_SIGNS = {
    "partial": "∂", "cdot": "·", "leftarrow": "←", "le": "≤", "ge": "≥", "approx": "≈", "top": "⊤",
    "times": "×", "to": "→", "ne": "≠", "|": "‖", "{": "{", "}": "}", "dots": "…",
}  # fmt: skip
_FUNCTIONS = ("log", "exp", "max", "min")
_SPACES = {"quad": "1em", "qquad": "2em", ",": "0.17em", ";": "0.28em"}
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|[a-zA-Z]|\S")


def mathml(tex, *, display=False):
    r"""Turn TeX into MathML.

    >>> mathml(r"z_i + 1")
    '<math alttext="z_i + 1"><msub><mi>z</mi><mi>i</mi></msub><mo>+</mo><mn>1</mn></math>'
    """
    tex = " ".join(tex.split())
    attributes = f' alttext="{escape(tex)}"' + (' displaystyle="true"' if display else "")
    return f"<math{attributes}>{_Reader(tex).row()}</math>"


class _Reader:
    """Reads TeX from left to right."""

    def __init__(self, tex):
        self.tex = tex
        self.tokens = [(m.group(), m.end()) for m in _TOKEN.finditer(tex)]
        self.at = 0

    def peek(self):
        return self.tokens[self.at][0] if self.at < len(self.tokens) else None

    def next(self):
        token = self.peek()
        self.at += 1
        return token

    def row(self, end=None):
        """Read until `end`, or to the end of the text."""
        parts = []
        while self.peek() not in (end, None):
            parts.append(self.scripted())
        self.next()
        return "".join(parts)

    def scripted(self):
        """Read an atom and what stands below and above it."""
        is_sum = self.peek() == r"\sum"
        base, below, above = self.atom(), None, None
        while self.peek() in ("_", "^"):
            if self.next() == "_":
                below = self.atom()
            else:
                above = self.atom()
        kind = ("munder", "mover", "munderover") if is_sum else ("msub", "msup", "msubsup")
        if below and above:
            return f"<{kind[2]}>{base}{below}{above}</{kind[2]}>"
        if below:
            return f"<{kind[0]}>{base}{below}</{kind[0]}>"
        return f"<{kind[1]}>{base}{above}</{kind[1]}>" if above else base

    def atom(self):
        token = self.next()
        if token == "{":
            return f"<mrow>{self.row('}')}</mrow>"
        if token[0] == "\\":
            return self.command(token[1:])
        if token.isalpha():
            return f"<mi>{token}</mi>"
        if token[0].isdigit():
            return f"<mn>{token}</mn>"
        stretchy = ' stretchy="false"' if token in "()[]|" else ""
        return f"<mo{stretchy}>{escape({'-': '−', '*': '·'}.get(token, token))}</mo>"

    def command(self, name):
        if name == "frac":
            return f"<mfrac>{self.atom()}{self.atom()}</mfrac>"
        if name == "hat":
            return f"<mover>{self.atom()}<mo>^</mo></mover>"
        if name == "text":
            return f"<mtext>{escape(self.verbatim())}</mtext>"
        if name == "sum":
            return '<mo class="big" largeop="false">∑</mo>'
        if name in _FUNCTIONS:
            return f'<mi class="function">{name}</mi><mo>&#x2061;</mo>'
        if name in _SPACES:
            return f'<mspace width="{_SPACES[name]}"></mspace>'
        if name in _LETTERS:
            return f"<mi>{_LETTERS[name]}</mi>"
        return f"<mo>{_SIGNS[name]}</mo>"

    def verbatim(self):
        """Return the text between braces as it stands."""
        begin = self.tokens[self.at][1]
        end = self.tex.index("}", begin)
        while self.peek() is not None and self.tokens[self.at][1] <= end + 1:
            self.at += 1
        return self.tex[begin:end]


def filled(html):
    """Return HTML with each ``<tex>…</tex>`` turned into MathML; ``<tex big>`` in display style."""

    def formula(match):
        tex = match[2].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        return mathml(tex, display=bool(match[1]))

    return re.sub(r"<tex( big)?>(.*?)</tex>", formula, html, flags=re.DOTALL)
