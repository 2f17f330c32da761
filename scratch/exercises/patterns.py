"""Why a result is wrong, found by trying: which known mistake gives exactly what came out?"""

import contextlib
import inspect
import warnings

import numpy as np

from scratch.exercises.calls import Broken
from scratch.exercises.margins import EXACT, same

NEARLY = 1e-4
ROUNDED = "Close, but not equal: is it rounded, in float32, or is an epsilon added somewhere?"
# Mistakes that any function may have, by what becomes of the truth.
ANYWHERE = {
    "The transpose of what it should be: are rows and columns exchanged?": np.transpose,
    "The sign is the wrong way round.": np.negative,
    "1 minus what it should be: is it of the other class, or the error?": lambda right: 1 - right,
    "The square of what it should be.": np.square,
    "The square root of what it should be.": np.sqrt,
    "The exponential of what it should be.": np.exp,
    "The logarithm of what it should be.": np.log,
    "1 divided by what it should be: is a fraction upside down?": np.reciprocal,
}
MOST = 0.8  # of the calls must be explained: nan, for instance, comes of many mistakes


def attempt(formula, arguments):
    """What a mistaken formula gives, or None where it can't be computed."""
    with np.errstate(all="ignore"), warnings.catch_warnings(), contextlib.suppress(Exception):
        warnings.simplefilter("ignore")
        return formula(*arguments)
    return None


def outcomes(calls):
    """Pairs of arguments and results, of the calls that end without an error."""
    pairs = []
    for call in calls:
        with contextlib.suppress(Broken, NotImplementedError):
            pairs.append((call.fresh().values(), call.run()))
    return pairs


def known_mistake(calls, suspects, want, margin):
    """The suspect that explains the first call and nearly all of the others, or "".

    Parameters
    ----------
    calls : list of Call
        The counterexample, then others that tell suspects apart.
    suspects : dict of str to callable, or to a list of them
        What a mistake would give for the same arguments, by what it tells the learner. Of several
        formulas, ways to make the same mistake, one must fit.
    want : float, ndarray, tuple or None
        What should have come out of the first call: a suspect must give something else. None if
        only the form is wrong.
    margin : float
        See `same`.
    """
    pairs, best, most = outcomes(calls), "", 0
    if not pairs:
        return ""
    candidates = [
        (text, formula)
        for text, formulas in suspects.items()
        for formula in (formulas if isinstance(formulas, list) else [formulas])
    ]
    (first_values, first_result), others = pairs[0], pairs[1:]
    for text, formula in candidates:
        first = attempt(formula, first_values)
        right = want is not None and same(first, want, margin)
        if right or not same(first_result, first, margin):
            continue  # nearly all formulas: the other calls need not be tried
        fits = [same(result, attempt(formula, values), margin) for values, result in others]
        explained = 1 + sum(fits)
        if explained > most and explained >= MOST * len(pairs):
            best, most = text, explained
    return best


def not_numbers(got, want):
    """What is wrong with a result that is no number or array, or ""."""
    if got is None:
        return "Nothing comes out: is the return missing?"
    parts = got if isinstance(got, tuple) else (got,)
    if any(isinstance(part, list) for part in parts) and same(got, want, 1e-6):
        return "The numbers are right, but in a list: np.array(...) makes an array of it."
    if inspect.isgenerator(got):
        return "A generator comes out: return, instead of yield."
    return ""


def pattern(got, want, sizes):
    """What can be said of two numbers or arrays without knowing the formula, or "".

    `sizes` are numbers that a ratio may be, by name: n, K.
    """
    if same(got, want, EXACT):
        return ""
    if isinstance(got, tuple) and isinstance(want, tuple) and len(got) == len(want):
        if same(got, want, NEARLY):
            return ROUNDED
        if same(tuple(map(np.ravel, got)), tuple(map(np.ravel, want)), 1e-6):
            return "The numbers are right, their shape is not."
    try:
        got, want = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    except (TypeError, ValueError):
        return ""
    if got.shape != want.shape:
        if got.size == want.size and same(np.sort(got, axis=None), np.sort(want, axis=None), 1e-6):
            return "The numbers are right, their shape is not."
        return ""
    for digits in range(1, 7):
        if same(got, np.round(want, digits), EXACT):
            return f"Rounded to {digits} decimals: the exact number is asked for."
    if same(got, want, NEARLY):
        return ROUNDED
    if np.isnan(got).any():
        return "nan: 0/0, inf - inf, or the logarithm of a negative number."
    if np.isinf(got).any():
        return "Infinite: a logarithm of 0, a division by 0, or exp of a large number."
    return _ratio(got, want, sizes) or _order(got, want)


def _ratio(got, want, sizes):
    counted = np.abs(want) > 1e-3
    if not counted.any() or (np.abs(got[~counted]) > 1e-3).any():
        return ""
    ratios = got[counted] / want[counted]
    factor = float(ratios.flat[0])
    if abs(factor) < 1e-9 or not same(ratios, np.full_like(ratios, factor), 1e-6):
        return ""
    names = {f"{name} = {size}": size for name, size in sizes.items()}
    names |= {f"1/{name}, {name} = {size}": 1 / size for name, size in sizes.items()}
    names |= {"100: a percentage?": 100}
    known = [name for name, size in names.items() if abs(factor - size) < 1e-6 * size]
    if not known and (want.size == 1 or not 1e-3 < abs(factor) < 1e3):
        return ""  # a single number, or none that means anything
    is_known = f" ({' or '.join(known)})" if known and factor != 1 else ""
    where = "everywhere " if want.size > 1 else ""
    return f"It is {where}{factor:.6g} times what it should be{is_known}."


def _order(got, want):
    if want.ndim == 1 and len(want) > 1:
        if same(got, want[::-1], 1e-6):
            return "The right numbers in the reverse order."
        if same(np.sort(got), np.sort(want), 1e-6):
            return "The right numbers in another order."
    return ""
