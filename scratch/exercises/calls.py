"""A call of a learner's function, and what is said when it breaks a law."""

import traceback
import warnings
from dataclasses import dataclass

import numpy as np

from scratch.exercises.words import Seed, argument, wrapped


class Broken(AssertionError):
    """A law does not hold.

    Parameters
    ----------
    example : list of str
        Lines that show the smallest example found: the call, what came out, what should.
    reason : str, default=""
        Why that usually happens, where it is known.
    """

    def __init__(self, example, reason=""):
        super().__init__("\n".join([*example, *wrapped(reason, 80)]))
        self.example, self.reason = example, reason


@dataclass(frozen=True, eq=False)
class Raised:
    """An error instead of a result."""

    error: BaseException

    @property
    def said(self):
        return f"{type(self.error).__name__}: {self.error}"


@dataclass(frozen=True)
class Call:
    """A function and its arguments by name; those in `by_name` are passed by name."""

    function: object
    name: str  # under which the function is shown
    arguments: dict
    by_name: tuple = ()
    finish: object = None  # applied to what the function returns, a generator for instance

    def fresh(self):
        """The arguments as a call may have them: copies of arrays, new generators."""
        return {name: fresh(value) for name, value in self.arguments.items()}

    def outcome(self, arguments=None):
        """What comes out of a call on fresh arguments, or the error that it raises."""
        arguments = self.fresh() if arguments is None else arguments
        positional = [value for name, value in arguments.items() if name not in self.by_name]
        named = {name: arguments[name] for name in self.by_name if name in arguments}
        try:
            with warnings.catch_warnings(), np.errstate(all="warn"):
                warnings.simplefilter("ignore")
                result = self.function(*positional, **named)
                return result if self.finish is None else self.finish(result)
        except NotImplementedError:
            raise
        except (Exception, SystemExit) as error:  # SystemExit: a function that ends the process
            return Raised(error)

    def lines(self):
        """The arguments, one a line, and the call."""
        inside = [f"{name}={name}" if name in self.by_name else name for name in self.arguments]
        made = [argument(name, value) for name, value in self.arguments.items()]
        return [*made, f"{self.name}({', '.join(inside)})"]

    def broken(self, got, want, reason=""):
        """The law is broken: this came out of the call, and that should."""
        return Broken([*self.lines(), f"    gives      {got}", f"    should be  {want}"], reason)

    def failed(self, raised, reason=""):
        """The law is broken: the call raised an error."""
        return Broken([*self.lines(), *said(raised.error)], reason)


def fresh(value):
    if isinstance(value, Seed):
        return np.random.default_rng(value.seed)
    return value.copy() if isinstance(value, np.ndarray) else value


def line_of(error):
    """The learner's line that an error comes from, as a traceback's frame, or None."""
    ours = __file__.rpartition("exercises")[0]
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [frame for frame in frames if not frame.filename.startswith(ours)]
    own = [f for f in theirs if "site-packages" not in f.filename and f.line] or theirs
    return own[-1] if own else None


def said(error):
    """An error and the learner's line that it comes from."""
    lines = [f"    raises     {type(error).__name__}: {error}"]
    if line := line_of(error):
        lines.append(f"    in line {line.lineno}:  {line.line}")
    return lines
