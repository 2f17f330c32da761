"""The laws of an exercise, plain ones first, and how a law compares with what should come out."""

import inspect
from dataclasses import dataclass
from numbers import Real

import numpy as np

from scratch import textbook
from scratch.exercises.calls import Broken, Call, said
from scratch.exercises.margins import CLOSE, allowed, same
from scratch.exercises.patterns import ANYWHERE, known_mistake, not_numbers, pattern
from scratch.exercises.words import kind, shown


@dataclass(frozen=True)
class Law:
    """One statement that a right implementation of an exercise fulfils.

    ``law(function)`` raises an AssertionError that shows the smallest counterexample found.
    """

    exercise: str
    level: int  # 1 is the plainest
    name: str
    test: object

    def __call__(self, function):
        try:
            self.test(function)
        except (NotImplementedError, Broken):
            raise
        except Exception as error:  # the law could not even read what came out
            raise Broken(said(error)) from error

    def __str__(self):
        return f"{self.exercise}: {self.name}"


class Laws:
    """The laws of one function of the textbook.

    Parameters
    ----------
    name : str
        The function's name in the textbook; it gives the names of the arguments.
    truth : callable
        What should come out, by definition.
    suspects : dict of str to callable, default={}
        What a known mistake gives for the same arguments; the key tells the learner.
    probes : list of tuple, default=()
        Arguments that tell the suspects apart.
    margin : float
        See `scratch.exercises.margins`.
    """

    def __init__(self, name, truth=None, *, suspects=None, probes=(), margin=CLOSE, finish=None):
        self.name, self.truth, self.margin, self.finish = name, truth, margin, finish
        self.suspects, self.probes, self.laws = suspects or {}, probes, []
        parameters = inspect.signature(getattr(textbook, name)).parameters
        self.parameters = tuple(parameters)
        self.by_name = tuple(n for n, p in parameters.items() if p.kind is p.KEYWORD_ONLY)

    def law(self, name):
        """Add the decorated test to the laws, one level deeper than the last."""

        def add(test):
            self.laws.append(Law(self.name, len(self.laws) + 1, name, test))
            return test

        return add

    def call(self, function, *values):
        """The call of a learner's function with these arguments."""
        arguments = dict(zip(self.parameters, values, strict=True))
        return Call(function, self.name, arguments, self.by_name, self.finish)

    def expect(self, function, *cases, suspects=None, truth=None, margin=None, explain=None):
        """Require what should come out in every case; the smallest comes first.

        `suspects` are tried before those of the exercise; `explain` tells from a result and its
        case why it is wrong, if no suspect fits.
        """
        truth, margin = truth or self.truth, margin or self.margin
        for case in cases:
            call = self.call(function, *case)
            want = truth(*case)
            got = as_tuple(call.run(), want)
            wrong_form = form_fault(got, want)
            if wrong_form or not same(got, want, allowed(margin, got)):
                suspected = {**(suspects or {}), **self.suspects}
                others = self.others(function, case, cases)
                reason = self.reason(call, got, want, suspected, others, margin)
                reason = reason or (explain(got, *case) if explain else "")
                raise self.differs(call, got, want, wrong_form, reason)

    def expect_form(self, function, *cases):
        """Require the type and the shape of what should come out."""
        for case in cases:
            call = self.call(function, *case)
            want = self.truth(*case)
            got = as_tuple(call.run(), want)
            if wrong_form := form_fault(got, want):
                others = self.others(function, case, cases)
                reason = self.reason(call, got, want, self.suspects, others, self.margin)
                raise self.differs(call, got, want, wrong_form, reason)

    def others(self, function, case, cases):
        """Calls beside a failed one, that tell what fits it by chance from what explains it."""
        rest = [other for other in cases if other is not case][:12]
        return [self.call(function, *other) for other in (*rest, *self.probes)]

    def reason(self, call, got, want, suspects, others, margin):
        """Why that came out: a known mistake that fits, or else what can be seen of the numbers."""
        suspects = dict(suspects)
        if plain := not_numbers(got, want):
            return plain
        only_form = same(got, want, margin)
        for text, change in ANYWHERE.items():
            suspects[text] = lambda *args, change=change: change(self.truth(*args))
        known = known_mistake([call, *others], suspects, None if only_form else want, margin)
        return known.format(**sizes(call)) or pattern(got, want, sizes(call))

    def differs(self, call, got, want, wrong_form, reason):
        digits = 6 if not same(got, want, 1e-4) else 17
        if wrong_form:
            return call.broken(f"{kind(got)}: {shown(got)}", wrong_form, reason)
        return call.broken(shown(got, digits), shown(want, digits), reason)

    def leaves_arguments_alone(self, function, case):
        """Require that a call changes none of its arrays."""
        call = self.call(function, *case)
        arguments = call.fresh()
        result = call.run_on(arguments)
        for name, before in call.arguments.items():
            after = arguments[name]
            if isinstance(before, np.ndarray) and not np.array_equal(before, after):
                lines = [*call.lines(), f"    changes {name} to  {shown(after)}"]
                raise Broken(lines, IN_PLACE.format(name=name))
        return call, arguments, result


IN_PLACE = (
    "{name}[...] = and {name} -= change the caller's array. Compute a new one, or copy it first."
)


def sizes(call):
    """The numbers that a mistake may multiply or divide by: n samples, K classes."""
    arrays = {name: v for name, v in call.arguments.items() if isinstance(v, np.ndarray) and v.ndim}
    known = {}
    for name in ("y", "y_true", "z"):
        if name in arrays:
            known["n"] = len(arrays[name])
    for name in ("Z", "P"):
        if name in arrays:
            known["K"] = arrays[name].shape[1]
    for name in ("C", "W"):
        if name in arrays:
            known["K"] = len(arrays[name])
    return known


def as_tuple(got, want):
    """Several results as a tuple, if they come as a list or as the rows of one array."""
    is_array = isinstance(got, np.ndarray) and got.ndim > 1
    return tuple(got) if isinstance(want, tuple) and (is_array or isinstance(got, list)) else got


def form_fault(got, want):
    """What the form should be, if type or shape are not those of `want`; else ""."""
    if isinstance(want, tuple):
        if not isinstance(got, tuple) or len(got) != len(want):
            return f"{len(want)} results: return {', '.join('abc'[: len(want)])}"
        faults = [form_fault(g, w) for g, w in zip(got, want, strict=True)]
        return next((f"as result {i}, {fault}" for i, fault in enumerate(faults, 1) if fault), "")
    if not isinstance(want, np.ndarray):
        return "" if is_number(got) else "one number"
    if not isinstance(got, np.ndarray) or got.shape != want.shape:
        return f"an array of shape {want.shape}"
    if want.dtype.kind == "i" and got.dtype.kind not in "iu":
        return f"an array of whole numbers, not of {got.dtype}"
    return "" if got.dtype.kind in "fiu" else f"an array of numbers, not of {got.dtype}"


def is_number(value):
    """Whether a value is one number: Python's, NumPy's, an array of no dimension."""
    if isinstance(value, bool | np.bool_):
        return False
    if isinstance(value, Real | np.number):
        return True
    try:
        array = np.asarray(value)
    except ValueError:  # parts of different shapes
        return False
    return array.shape == () and array.dtype.kind in "fiu"
