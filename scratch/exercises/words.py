"""Values as they are shown to a learner: short, and to be pasted into Python."""

from dataclasses import dataclass

import numpy as np

WIDTH = 76


@dataclass(frozen=True)
class Seed:
    """Stands for a new generator, made at every call: ``np.random.default_rng(seed)``."""

    seed: int

    def __repr__(self):
        return f"np.random.default_rng({self.seed})"


def shown(value, digits=6):
    """A number, an array as nested lists, a tuple of them."""
    if isinstance(value, tuple | list):
        inner = [shown(part, digits) for part in value]
        brackets = "()" if isinstance(value, tuple) else "[]"
        return brackets[0] + ", ".join(inner) + brackets[1]
    if isinstance(value, np.ndarray):
        return shown(value.tolist(), digits)
    if isinstance(value, bool | np.bool_ | int | np.integer):
        return str(value)
    if isinstance(value, float | np.floating):
        return repr(float(f"{value:.{digits}g}"))
    return repr(value)


def argument(name, value):
    """One line that makes an argument, ``z = np.array([0.0])``; rows of a matrix below another."""
    if not isinstance(value, np.ndarray):
        return f"{name} = {shown(value)}"
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
