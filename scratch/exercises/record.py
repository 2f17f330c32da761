"""An exercise is one record: a text, hints, the laws and the slips. All else follows from it.

The truth is the textbook's function. The first law of every exercise is the form of what comes out,
the last that arguments are left as they were; they are made here, the others are in the record.
"""

import inspect
import zlib
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from scratch import textbook
from scratch.exercises import compare
from scratch.exercises.calls import Broken, Call, Raised, said
from scratch.exercises.diagnose import diagnose
from scratch.exercises.words import ascii_only, kind, shown


@dataclass(frozen=True)
class Draw:
    """Numbers in a case that another seed draws anew."""

    make: object  # of a Generator


def N(*shape, digits=2):
    """Normal numbers, standard deviation 2."""
    return Draw(lambda rng: rng.normal(0, 2, shape).round(digits))


def Y(n, n_classes=2):
    """Classes in random order; none is missing if n is large enough."""
    return Draw(lambda rng: rng.permutation(np.arange(n) % n_classes))


def U(n):
    """Probabilities."""
    return Draw(lambda rng: rng.uniform(0, 1, n).round(3))


def C(n_classes):
    """Confusion counts, none of them 0."""
    return Draw(lambda rng: rng.integers(1, 20, (n_classes, n_classes)))


SEED = [16]  # of what is drawn; `grade --seed` sets another


@dataclass(frozen=True)
class Law:
    """One statement that a right implementation of an exercise fulfils.

    ``law(function)`` raises an AssertionError that shows the smallest counterexample found and the
    likely reason.
    """

    sentence: str
    cases: tuple = ()  # each is compared with the truth
    test: object = None  # or a function of the exercise and the learner's function
    margin: float | None = None
    of: "Exercise" = field(default=None, repr=False, compare=False)

    @property
    def exercise(self):
        return self.of.name

    def __call__(self, function):
        __tracebackhide__ = True
        try:
            if self.test is None:
                self.of.expect(function, self.cases, self.margin)
            else:
                self.test(self.of, function)
        except (NotImplementedError, Broken):
            raise
        except Exception as error:  # the law could not even read what came out
            raise Broken(said(error)) from error

    def __str__(self):
        return ascii_only(f"{self.exercise}: {self.sentence}")


@dataclass(frozen=True, eq=False)
class Exercise:
    """A function of ``scratch.textbook`` to write oneself.

    Parameters
    ----------
    name : str
        The function's name in the textbook; it gives the names of the arguments.
    section : str
        The id of the page's section that explains it.
    text : str
        The task, shapes and a worked number, without the formula.
    hints : tuple of str
        A question, then the formula. The code is the last hint.
    rungs : tuple
        The laws, small ones first: a sentence and its cases, or a sentence and a test.
    let : str
        Names that the slips use, as Python statements; each argument is a name already.
    slips : str
        Lines ``expression  # sentence``: what a known slip gives, and what to tell.
    ways : str
        Other right formulas, one a line. Slips of one change to them follow, as to the textbook's.
    margin : float
        See `scratch.exercises.compare`.
    booleans : tuple of str
        Arguments that may be False and True.
    finish : callable, default=None
        Applied to what a function returns.
    """

    name: str
    section: str
    text: str
    hints: tuple
    rungs: tuple
    slips: str = ""
    let: str = ""
    ways: str = ""
    margin: float = compare.CLOSE
    booleans: tuple = ()
    finish: object = None

    @cached_property
    def parameters(self):
        return inspect.signature(getattr(textbook, self.name)).parameters

    @cached_property
    def number(self):
        """Its place today; an exercise is known by its name."""
        functions = [name for name, f in vars(textbook).items() if inspect.isfunction(f)]
        return functions.index(self.name) + 1

    @property
    def seed(self):
        return SEED[0]

    @property
    def solution(self):
        return inspect.getsource(getattr(textbook, self.name))

    @property
    def laws(self):
        rungs = [Law(r[0], **self._kind(r[1]), margin=(*r, None)[2]) for r in self.rungs]
        alone = Law("the arguments are left as they were", test=Exercise.leaves_alone)
        known = [*rungs, alone] if self.all_cases() else rungs
        if self.booleans:
            sentence = f"{' and '.join(self.booleans)} may hold False and True for 0 and 1"
            known.insert(-1, Law(sentence, test=Exercise.takes_booleans))
        return tuple(replace(law, of=self) for law in known)

    @staticmethod
    def _kind(rung):
        return {"test": rung} if callable(rung) else {"cases": tuple(rung)}

    def all_cases(self):
        """Every case of the laws."""
        return [case for rung in self.rungs if not callable(rung[1]) for case in rung[1]]

    # --- calls ------------------------------------------------------------------------------------

    def call(self, function, case):
        """The call of a function on a case: lists become arrays, what is drawn is drawn."""
        values = []
        for i, value in enumerate(case):
            if isinstance(value, Draw):
                rng = np.random.default_rng([SEED[0], zlib.crc32(self.name.encode()), i, len(case)])
                value = value.make(rng)
            values.append(np.array(value) if isinstance(value, list) else value)
        by_name = tuple(n for n, p in self.parameters.items() if p.kind is p.KEYWORD_ONLY)
        arguments = dict(zip(self.parameters, values, strict=False))
        return Call(function, self.name, arguments, by_name, self.finish)

    @cached_property
    def _truths(self):
        return {}

    @cached_property
    def n_results(self):
        cases = self.all_cases()  # none, where the laws are code
        truth = self.truth(cases[0]) if cases else None
        return len(truth) if isinstance(truth, tuple) else 1

    def arguments(self, case):
        """The arguments of a case by name, new ones."""
        return self.call(None, case).fresh()

    def truth(self, case):
        """What should come out, computed once."""
        key = id(case), SEED[0]
        if key not in self._truths:  # the case is kept, so that its id stays its own
            self._truths[key] = case, self.call(getattr(textbook, self.name), case).outcome()
        return self._truths[key][1]

    def outcome(self, function, case):
        """What comes out, several results as a tuple, or what is raised."""
        return compare.as_tuple(self.call(function, case).outcome(), self.truth(case))

    def run(self, function, case):
        """What comes out; the law is broken if that is an error."""
        got = self.outcome(function, case)
        if isinstance(got, Raised):
            raise self.call(function, case).failed(got, diagnose(self, function, case, self.margin))
        return got

    def margin_of(self, function, margin=None):
        """The margin for this function: wider if it computes in single precision."""
        every = self.all_cases()
        cases = ([case for case in every if self._has_fractions(case)] or every)[:6]
        pairs = [(self.outcome(function, case), self.truth(case)) for case in cases]
        margin = margin or self.margin
        single = compare.in_single(pairs) or any(self._rounds(function, c) for c in cases[:3])
        return max(margin, compare.SINGLE) if single else margin

    def _has_fractions(self, case):
        values = self.call(None, case).arguments.values()
        return any(getattr(value, "dtype", None) == np.float64 for value in values)

    def _rounds(self, function, case):
        """Whether a change that single precision does not see changes nothing."""
        call, book = self.call(function, case), self.call(getattr(textbook, self.name), case)
        got = compare.as_tuple(call.outcome(), self.truth(case))
        numbers = compare.flat(got)
        if numbers is None or any((numbers == numbers.round(d)).all() for d in range(1, 13)):
            return False  # it is rounded, or whole
        for name, value in call.arguments.items():
            if isinstance(value, np.ndarray) and value.dtype == np.float64 and value.any():
                base = {name: value.astype(np.float32).astype(float)}
                moved = {name: base[name] * (1 + 2.0**-36)}
                seen, at_base, truth, true_base = (
                    compare.flat(c.outcome(c.fresh() | a))
                    for c, a in ((call, moved), (call, base), (book, moved), (book, base))
                )
                if np.array_equal(seen, at_base) and not np.array_equal(truth, true_base):
                    return True
        return False

    # --- what laws ask ----------------------------------------------------------------------------

    def expect(self, function, cases, margin=None):
        """Require what should come out in every case."""
        margin = margin or self.margin
        for case in cases:
            got, want = self.outcome(function, case), self.truth(case)
            call = self.call(function, case)
            if not compare.same(got, want, margin) and compare.same(got, want, compare.SINGLE):
                margin = self.margin_of(function, margin)
            if isinstance(got, Raised):
                raise call.failed(got, diagnose(self, function, case, margin))
            fault = compare.form_fault(got, want)
            if fault or not compare.same(got, want, margin):
                reason = diagnose(self, function, case, margin)
                if fault:
                    raise call.broken(f"{kind(got)}: {shown(got)}", fault, reason)
                digits = 6 if not compare.same(got, want, 1e-4) else 17
                raise call.broken(shown(got, digits), shown(want, digits), reason)

    def takes_booleans(self, function):
        cases = [case for case in self.all_cases() if self._is_binary(case)][:6]
        for case in cases:
            call = self.call(function, case)
            as_bool = {n: v.astype(bool) for n, v in call.arguments.items() if n in self.booleans}
            got = compare.as_tuple(call.outcome(call.fresh() | as_bool), self.truth(case))
            shown_call = replace(call, arguments=call.arguments | as_bool)
            reason = (
                f"{self.booleans[0]} holds False and True, as `labels == 5` does: as an index they"
                f" are a mask, and minus is not defined. {self.booleans[0]}.astype(int) makes 0"
                " and 1 of them."
            )
            if isinstance(got, Raised):
                raise shown_call.failed(got, reason)
            if not compare.same(got, self.truth(case), self.margin_of(function)):
                raise shown_call.broken(shown(got), shown(self.truth(case)), reason)

    def _is_binary(self, case):
        arguments = self.call(None, case).arguments
        return all(np.isin(arguments[name], [0, 1]).all() for name in self.booleans)

    def leaves_alone(self, function):
        """Require that a call changes none of its arrays, and returns none of them."""
        for case in self.all_cases()[:4]:
            self._leaves_alone(self.call(function, case))

    @staticmethod
    def _leaves_alone(call):
        arguments = call.fresh()
        got = call.outcome(arguments)
        for name, before in call.arguments.items():
            after = arguments[name]
            if not isinstance(before, np.ndarray):
                continue
            if not np.array_equal(before, after):
                lines = [*call.lines(), f"    changes {name} to  {shown(after)}"]
                raise Broken(lines, IN_PLACE.format(name=name))
            for part in got if isinstance(got, tuple) else (got,):
                if isinstance(part, np.ndarray) and np.shares_memory(part, after):
                    reason = f"Whoever changes the result changes {name} too: compute a new array."
                    raise call.broken(f"{name} itself, or a view of it", "a new array", reason)


IN_PLACE = (
    "{name}[...] = and {name} -= change the caller's array. Compute a new one, or copy it first."
)
