"""Values as they are shown to a learner: short, and to be pasted into Python."""

import textwrap
from dataclasses import dataclass

import numpy as np

WIDTH = 76
LARGEST = 200  # numbers of an array that are shown


@dataclass(frozen=True)
class Seed:
    """Stands for a new generator, made at every call: ``np.random.default_rng(seed)``."""

    seed: int

    def __repr__(self):
        return f"np.random.default_rng({self.seed})"


def shown(value, digits=6):
    """A number, an array as nested lists, a tuple of them; of a large one the shape."""
    if isinstance(value, np.ndarray):
        if value.size > LARGEST:
            return f"{value.size} numbers, shape {value.shape}"
        return shown(value.tolist(), digits)
    if isinstance(value, tuple | list):
        if len(value) > LARGEST:
            return f"{len(value)} entries"
        inner = [shown(part, digits) for part in value]
        brackets = "()" if isinstance(value, tuple) else "[]"
        return brackets[0] + ", ".join(inner) + brackets[1]
    if isinstance(value, bool | np.bool_ | int | np.integer):
        return str(value)
    if isinstance(value, float | np.floating):
        return repr(float(f"{value:.{digits}g}"))
    text = getattr(value, "__name__", None) if callable(value) else repr(value)
    return text if text is None or len(text) < 500 else f"{text[:500]} …"


def argument(name, value):
    """One line that makes an argument, ``z = np.array([0.0])``; rows of a matrix below another."""
    if callable(value):
        return f"{name} = {value.__doc__}"
    if not isinstance(value, np.ndarray):
        return f"{name} = {shown(value)}"
    if value.size > LARGEST:
        return f"{name}  # an array of shape {value.shape}"
    start = f"{name} = np.array("
    kind = "" if value.dtype != np.float32 else ", np.float32"
    line = f"{start}{shown(value, 17)}{kind})"
    if value.ndim == 2 and len(line) > WIDTH - 4:
        rows = (",\n" + " " * (len(start) + 1)).join(shown(row, 17) for row in value)
        return f"{start}[{rows}]{kind})"
    return line


def kind(value):
    """What a value is, in words."""
    if value is None:
        return "nothing (None)"
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    return f"{type(value).__name__}"


def wrapped(text, width):
    """The lines of a text, paragraphs kept."""
    return [line for part in text.split("\n") if part for line in textwrap.wrap(part, width)]


_ASCII = str.maketrans(
    {"σ": "sigma", "η": "eta", "α": "alpha", "Σ": "sum", "·": "*", "−": "-", "±": "+-", "≥": ">=",
     "≤": "<=", "→": "->", "∞": "inf", "²": "^2", "ᵀ": ".T", "…": "...", "×": "x",
     "½": "1/2", "³": "^3"}
)  # fmt: skip


def ascii_only(text):
    """Text that every terminal and test runner shows as it is."""
    return text.translate(_ASCII).encode("ascii", "replace").decode()
