"""A call of a learner's function, and what is said when it breaks a law."""

import textwrap
import traceback
import warnings
from dataclasses import dataclass

import numpy as np

from scratch.exercises.words import Seed, argument


class Broken(AssertionError):
    """A law does not hold.

    Parameters
    ----------
    example : list of str
        Lines that show the smallest example found: the call, what came out, what should.
    reason : str, default=""
        Why that usually happens, where the failure has a known pattern.
    """

    def __init__(self, example, reason=""):
        super().__init__("\n".join([*example, *textwrap.wrap(reason, 80)]))
        self.example, self.reason = example, reason


@dataclass(frozen=True)
class Call:
    """A function and its arguments by name; those after `keyword` are passed by name."""

    function: object
    name: str  # under which the function is shown
    arguments: dict
    by_name: tuple = ()
    finish: object = None  # applied to what the function returns, a generator for instance

    def run(self):
        """Call the function on copies of the arguments; an error that it raises is `Broken`."""
        return self.run_on(self.fresh())

    def fresh(self):
        """The arguments as a call may have them: copies of arrays, new generators."""
        return {name: _fresh(value) for name, value in self.arguments.items()}

    def run_on(self, arguments):
        positional = [value for name, value in arguments.items() if name not in self.by_name]
        named = {name: arguments[name] for name in self.by_name if name in arguments}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                result = self.function(*positional, **named)
                return result if self.finish is None else self.finish(result)
        except (NotImplementedError, Broken):
            raise
        except Exception as error:
            raise Broken([*self.lines(), *said(error)], reason_of(error)) from error

    def lines(self):
        """The arguments, one a line, and the call."""
        inside = [f"{name}={name}" if name in self.by_name else name for name in self.arguments]
        made = [argument(name, value) for name, value in self.arguments.items()]
        return [*made, f"{self.name}({', '.join(inside)})"]

    def broken(self, got, want, reason=""):
        """The law is broken: this came out of the call, and that should."""
        return Broken([*self.lines(), f"    gives      {got}", f"    should be  {want}"], reason)


def _fresh(value):
    if isinstance(value, Seed):
        return np.random.default_rng(value.seed)
    return value.copy() if isinstance(value, np.ndarray) else value


def said(error):
    """An error and the learner's line that it comes from."""
    ours = __file__.rpartition("exercises")[0]
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [frame for frame in frames if not frame.filename.startswith(ours)]
    own = [f for f in theirs if "site-packages" not in f.filename and f.line] or theirs
    lines = [f"    raises     {type(error).__name__}: {error}"]
    if own:
        lines.append(f"    in line {own[-1].lineno}:  {own[-1].line}")
    return lines


def reason_of(error):
    """What a kind of error usually means."""
    text = str(error)
    if isinstance(error, OverflowError):
        return "exp of a large number: write it so that exp is only asked for numbers below 0."
    if isinstance(error, ZeroDivisionError):
        return "A division by zero: what is the denominator when nothing is counted?"
    if isinstance(error, TypeError) and ("argument" in text and "()" in text):
        return "Is the signature that of the exercise, with the same names?"
    if (
        "only integer scalar arrays" in text
        or "only 0-dimensional arrays" in text
        or ("only length-1 arrays" in text)
    ):
        return "Python's math takes one number: np.exp, np.log and so on take arrays."
    if "'NoneType' object is not iterable" in text:
        return "Nothing comes out: is a yield or a return missing?"
    if "broadcast" in text:
        return "Shapes do not fit: keepdims=True, or [:, None], keeps an axis for broadcasting."
    if isinstance(error, IndexError) and "out of bounds" in text:
        return "An index beyond the end: has an array a place for each class, for each sample?"
    if "read-only" in text:
        return "An argument is changed in place."
    return ""
