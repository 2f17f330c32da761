"""Why a result is wrong, found by trying: what gives exactly what came out?

In this order: another function of the learner's that is wrong; a slip of the exercise; the truth or
a slip, changed in a way that any function may be (a factor, the transpose, rounded); an error's
text. Where nothing is known, it is said where the result is right and where it is wrong.
"""

import contextlib
import inspect
import warnings
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import combinations, product
from math import isclose, prod

import numpy as np

from scratch import textbook
from scratch.exercises import errors
from scratch.exercises.calls import Raised
from scratch.exercises.changes import (
    ARGUMENTS,
    FACTORS,
    ORDINALS,
    SAMPLES,
    SHAPES,
    arrangements,
    targets,
)
from scratch.exercises.compare import EXACT, SINGLE, as_tuple, flat, form_fault, same
from scratch.exercises.expressions import compiled, evaluate, slips_of
from scratch.exercises.mutants import BLAMED, changed_ways, mutants
from scratch.exercises.where import where

MOST = 0.8  # of the calls must be explained: nan, for instance, comes of many mistakes
MAX_CALLS = 16
WITHIN = []  # not empty while a diagnosis runs: what it calls is not diagnosed itself


def diagnose(exercise, function, case, margin):
    """Return a sentence from which one can mend the function, or ""."""
    if WITHIN:
        return ""
    WITHIN.append(exercise)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return _diagnose(exercise, function, case, margin)
    finally:
        WITHIN.pop()


def _diagnose(exercise, function, case, margin):
    got = exercise.outcome(function, case)
    if blamed := other_to_blame(exercise, function, case, margin):
        return blamed
    if got is None:
        return "Nothing comes out: is the return missing?"
    parts = got if isinstance(got, tuple) else (got,)
    if any(isinstance(part, list) for part in parts) and same(got, exercise.truth(case), SINGLE):
        return "The numbers are right, but in a list: np.array(...) makes an array of it."
    calls = outcomes(exercise, function, case)
    return (
        known_slip(exercise, calls, margin, called_by(exercise, function))
        or changed(exercise, calls, margin)
        or (errors.reason(got.error) if isinstance(got, Raised) else "")
        or form(got, exercise.truth(case))
        or where(exercise, function, case, margin)
        or shape(got, exercise.truth(case))
    )


def outcomes(exercise, function, case):
    """Pairs of a case and what comes out: of the failed one, then of others."""
    rest = [other for other in exercise.all_cases() if other is not case]
    chosen = rest if len(rest) < MAX_CALLS else rest[:: -(-len(rest) // MAX_CALLS)]
    return [(c, exercise.outcome(function, c)) for c in (case, *chosen)]


def agree(got, guess, margin):
    """Whether a guess is what came out; two errors agree if they say the same."""
    if isinstance(got, Raised) or isinstance(guess, Raised):
        both = isinstance(got, Raised) and isinstance(guess, Raised)
        return both and got.said == guess.said
    return guess is not None and same(got, guess, margin)


def fault(got, want):
    """What is wrong with the form of a result, or ""."""
    return "" if isinstance(got, Raised) or want is None else form_fault(got, want)


def finite(value):
    """Whether a result is made of numbers, none of them infinite or nan."""
    flattened = flat(value)
    return flattened is not None and bool(np.isfinite(flattened).all())


def is_defined(value):
    """Whether a result is made of numbers, none of them nan."""
    flattened = flat(value)
    return flattened is not None and not np.isnan(flattened).any()


def explained(calls, guess_of, truth_of, margin, least=0.0):
    """How many calls a guess explains: 0 if too few, if not the first, or if it is right there."""
    (case, got), others = calls[0], calls[1:]
    guess, truth = guess_of(case), truth_of(case)
    if not agree(got, guess, margin) or fault(got, truth) != fault(guess, truth):
        return 0
    if agree(truth, guess, margin) and not fault(guess, truth):
        return 0
    guesses = [(result, guess_of(c)) for c, result in others]
    fits = [agree(result, guess, margin) for result, guess in guesses]
    # Far out, one way to make a slip overflows, and another doesn't.
    counted = sum(fits) + sum(
        not fit and finite(result) and finite(guess)
        for fit, (result, guess) in zip(fits, guesses, strict=True)
    )
    share = (1 + sum(fits)) / (1 + counted)
    enough = share >= MOST and 1 + sum(fits) >= least * len(calls)
    return share * (1 + sum(fits)) if enough else 0


@dataclass(frozen=True, eq=False)
class Suspect:
    """A way to be wrong: what it gives, as a function of the case, and what to tell."""

    exercise: object
    sentence: str
    run: object  # of the case and an epsilon
    has_eps: bool = False
    of_record: bool = False
    seen: dict = field(default_factory=dict)

    def __call__(self, case, eps=0.0):
        key = id(case), self.exercise.seed, eps
        if key not in self.seen or self.has_eps:  # the case is kept, so that its id stays its own
            self.seen[key] = case, as_tuple(self.run(case, eps), self.exercise.truth(case))
        return self.seen[key][1]


@cache
def suspects(exercise):
    """The slips of the record; then what any function may do; then changes to right code."""
    book, parts = getattr(textbook, exercise.name), exercise.n_results

    def slip(code):
        return lambda case, eps: evaluate(
            exercise, code, exercise.arguments(case) | {"epsilon": eps}
        )

    def of_truth(change):
        return lambda case, _: attempt(lambda: change(exercise.truth(case)))

    def seeing(change):
        return lambda case, _: attempt(
            lambda: exercise.call(book, case).outcome(change(exercise.arguments(case)))
        )

    def other(function):
        def run(case, eps):
            function.__globals__["epsilon"] = eps
            return exercise.call(function, case).outcome()

        return run

    found = [
        (said, slip(code), "epsilon" in code.co_names, True) for code, said in slips_of(exercise)
    ]
    found += [(said, of_truth(change)) for said, change in arrangements(parts)]
    for name, source, said in ARGUMENTS:
        if name in exercise.parameters:
            change = partial(in_place_of, name, compiled(source), exercise)
            found.append((said, seeing(change), False, True))
    for said, change in SHAPES.items():
        found.append((said, of_truth(lambda value, f=change: each_part(f, value))))
    for i, (said, change) in product(range(parts), SHAPES.items() if parts > 1 else ()):
        one = lambda value, i=i, f=change: (*value[:i], f(value[i]), *value[i + 1 :])  # noqa: E731
        found.append((f"The {ORDINALS[i]} result: {said[0].lower()}{said[1:]}", of_truth(one)))
    found += [(said, seeing(lambda a, r=rows: of_rows(a, r))) for said, rows in SAMPLES.items()]
    for code, said in changed_ways(exercise):
        found.append((said, slip(code), "epsilon" in said))
    found += [(said, other(f), "epsilon" in said) for f, said in mutants(exercise.name)]
    return [Suspect(exercise, *each) for each in found]


def attempt(change):
    """What a change gives, or None."""
    with contextlib.suppress(Exception):
        return change()


def in_place_of(name, code, exercise, arguments):
    """The arguments, one of them changed."""
    known = {"targets": targets(arguments)}
    return arguments | {name: evaluate(exercise, code, known | arguments)}


def of_rows(arguments, rows):
    """The arguments with some of the samples; an error if there are none."""
    n = len(targets(arguments))
    return {
        name: a[rows] if isinstance(a, np.ndarray) and a.ndim and len(a) == n else a
        for name, a in arguments.items()
    }


def known_slip(exercise, calls, margin, called):
    """The sentence of the slip that explains the most; of equal ones the first.

    No function is blamed that the learner's calls: `other_to_blame` has found it right.
    """
    best, most = "", 0
    defined = is_defined(calls[0][1])
    # Many mistakes raise the same error, or give nan: two different ones tell more, if all fit.
    undefined = {getattr(got, "said", repr(got)) for _, got in calls if not is_defined(got)}
    innocent = tuple(map(BLAMED.format, called))
    for suspect in suspects(exercise):
        if suspect.sentence.startswith(innocent):
            continue
        if not (suspect.of_record or defined or len(undefined) > 1):
            continue
        eps = solve(suspect, calls[0], margin) if suspect.has_eps else 0.0
        if eps is None:
            continue
        share = explained(
            calls,
            lambda c, s=suspect, e=eps: s(c, e),
            exercise.truth,
            margin,
            least=0.0 if suspect.of_record else 0.5 if defined else 1.0,
        )
        if share > most:
            best, most = suspect.sentence.replace("{epsilon}", f"{eps:.3g}"), share
    return best


def solve(suspect, call, margin):
    """The epsilon with which a slip gives what came out, by bisection of its exponent, or None."""
    case, got = call
    if isinstance(got, Raised) or (wanted := flat(got)) is None:
        return None

    def above(exponent):
        found = flat(suspect(case, 10.0**exponent))
        if found is None or found.shape != wanted.shape:
            return None
        return float((found - wanted) @ np.arange(1, 1 + len(found)))  # one number, monotone

    low, high = -320.0, -0.5
    at_low, at_high = above(low), above(high)
    if at_low is None or at_high is None or not at_low * at_high <= 0:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if above(middle) * at_low > 0 else (low, middle)
    eps = 10.0**high
    plain = float(f"{eps:.0e}")
    for candidate in (plain, 2.0**-52, 2.0**-23, eps):
        if agree(got, suspect(case, candidate), margin):
            return candidate
    return None


# --- changes that any function may have -----------------------------------------------------------


def sizes(exercise, case):
    """The numbers that a mistake may multiply or divide by: n samples, K classes."""
    arguments = exercise.call(None, case).arguments
    known = {}
    for name in ("y", "y_true", "z"):
        if name in arguments:
            known["n"] = np.size(arguments[name])
    for name in ("Z", "P"):
        if name in arguments and np.ndim(arguments[name]) == 2:
            known["n"], known["K"] = arguments[name].shape
    for name in ("C", "W"):
        if name in arguments and np.ndim(arguments[name]) == 2:
            known["K"] = len(arguments[name])
    return known


CLOSE_TO = (
    "It is close, but not equal: is a small number (an epsilon) added or clipped to somewhere?"
)


def each_part(change, value):
    """A change of a result, of each part of several."""
    with contextlib.suppress(Exception):
        if isinstance(value, tuple):
            return tuple(each_part(change, part) for part in value)
        return change(np.asarray(value))
    return None


def changed(exercise, calls, margin):
    """How the truth, or a slip, is changed in the same way in all calls, or ""."""
    truth = exercise.truth
    if isinstance(calls[0][1], Raised):
        return ""
    for digits in range(1, 13):
        if explained(calls, lambda c, d=digits: rounded(truth(c), d), truth, EXACT):
            return f"It is rounded to {digits} decimals: the exact number is asked for."
    bases = [("", truth), *((s.sentence, s) for s in suspects(exercise) if not s.has_eps)]
    for sentence, base in bases:
        for found in factor_sentences(exercise, calls, base, margin):
            return f"{sentence} {found}".strip()
    if found := in_one_part(exercise, calls, margin):
        return found
    near = explained(calls, truth, lambda c: None, 1e-4)
    if len(calls) > 1 and near and not same(calls[0][1], truth(calls[0][0]), margin):
        return CLOSE_TO
    return ""


def in_one_part(exercise, calls, margin):
    """By which factor the only one of several results that is wrong is off, or ""."""
    want = exercise.truth(calls[0][0])
    fits = [isinstance(got, tuple) and len(got) == exercise.n_results for _, got in calls]
    if exercise.n_results == 1 or not all(fits):
        return ""
    for i, part in enumerate(calls[0][1]):
        if not same(part, want[i], margin):
            parts = [(case, got[i]) for case, got in calls]
            truth = lambda case, i=i: exercise.truth(case)[i]  # noqa: E731
            for found in factor_sentences(exercise, parts, truth, margin):
                return f"The {ORDINALS[i]} result: {found[0].lower()}{found[1:]}"
    return ""


def rounded(value, digits):
    return each_part(lambda a: np.round(a, digits), value)


def factor_sentences(exercise, calls, base, margin):
    """What a factor, or a product of two, is called that all calls have against a base."""
    first, wanted = flat(base(calls[0][0])), flat(calls[0][1])
    if first is None or wanted is None or first.shape != wanted.shape or not np.any(first):
        return
    ratio = wanted @ first / (first @ first)  # the only factor that may fit
    if abs(ratio - 1) < 1e-6 or not same(wanted, ratio * first, margin):
        return
    known = [(base(c), factors(sizes(exercise, c)), got) for c, got in calls]
    for way, factor in known[0][1].items():
        if not isclose(factor, ratio, rel_tol=1e-6) or any(way not in by for _, by, _ in known):
            continue
        informative = fits = 0
        for value, by, got in known:
            guess = each_part(lambda a, factor=by[way]: a * factor, value)
            fit = agree(got, guess, margin)
            fits += fit
            with contextlib.suppress(TypeError):
                informative += fit and bool(np.any(flat(value)))
            if not fits:
                break  # not even the failed call
        if fits >= MOST * len(known) and (informative > 2 or fits == len(known) > 1):
            yield " ".join(way)


def factors(size):
    """The factors that there are with these sizes, and products of two, by their sentences."""
    single = {}
    for sentence, factor in FACTORS.items():
        with contextlib.suppress(TypeError):  # there is no n, or no K
            single[sentence] = float(factor(size.get("n"), size.get("K")))
    ways = [*((name,) for name in single), *combinations(single, 2)]
    return {way: prod(single[name] for name in way) for way in ways}


def shape(got, want):
    """That the form is wrong, where no more is known, or ""."""
    needed = fault(got, want)
    if "shape" not in needed:
        return ""
    return f"It should be {needed}: do its axes hang on the data, or is a sum over one of them?"


def form(got, want):
    """What is wrong with the form of a result whose numbers are right, or ""."""
    if inspect.isgenerator(got):
        return "A generator comes out: return, instead of yield."
    if isinstance(got, Raised):
        return ""
    ours, theirs = flat(want), flat(got)
    if theirs is None or ours.shape != theirs.shape:
        return ""
    if (
        not isinstance(want, tuple)
        and np.shape(got) != np.shape(want)
        and same(theirs, ours, SINGLE)
    ):
        return f"The numbers are right, their shape is not: it should be {np.shape(want)}."
    if np.array_equal(np.sort(ours), np.sort(theirs)) and not np.array_equal(ours, theirs):
        return "The right numbers, in other places."
    if np.isnan(theirs).any() and not np.isnan(ours).any():
        return "nan comes of 0/0, inf - inf, inf/inf, or the logarithm of a negative number."
    if np.isinf(theirs).any() and not np.isinf(ours).any():
        return "inf comes of the logarithm of 0, of a division by 0, or of exp of a large number."
    return ""


# --- another function is wrong --------------------------------------------------------------------


def called_by(exercise, function):
    """Names of exercises that a function calls and that are the learner's own."""
    code, scope = getattr(function, "__code__", None), getattr(function, "__globals__", {})
    if code is None:
        return []
    names = set(code.co_names).union(
        *(c.co_names for c in code.co_consts if hasattr(c, "co_names"))
    )
    functions = {name: scope.get(name) for name in names if hasattr(textbook, name)}
    return [
        name
        for name, own in functions.items()
        if name != exercise.name and inspect.isfunction(own) and own is not getattr(textbook, name)
    ]


def other_to_blame(exercise, function, case, margin):
    """Which function of the learner's must be mended first, or ""."""
    scope = getattr(function, "__globals__", {})
    for name in called_by(exercise, function):
        theirs = scope[name]
        scope[name] = getattr(textbook, name)
        try:
            got = exercise.outcome(function, case)
            right = agree(got, exercise.truth(case), margin)
        finally:
            scope[name] = theirs
        if right:
            return (
                f"{exercise.name} would be right here if {name} were: with the textbook's {name} in"
                f" its place, this comes out as it should. Mend {name} first."
            )
    return ""
