"""A contender of `benchmarks.grids`, made to run on a problem with one setting of its grid."""

import importlib
import importlib.util
import inspect
import itertools

import numpy as np

DEFAULTS = "defaults"  # the text of a setting in which nothing was chosen
_FEW = 1000  # rows to warm up on


def installed(contender):
    """Whether the package that it needs can be imported."""
    return contender.needs is None or importlib.util.find_spec(contender.needs) is not None


def settings(contender, quick=False):
    """Every setting of the grid, a list of dicts; with `quick` the ends of each list alone."""
    found = []
    for grid in _grids(contender):
        lists = [v[:: max(1, len(v) - 1)] if quick else v for v in grid.values()]
        found += [dict(zip(grid, values, strict=True)) for values in itertools.product(*lists)]
    return found


def chosen_part(contender, setting):
    """The chosen part of a setting, as ``batch_size=64, max_iter=3``."""
    values = {}
    for grid in _grids(contender):
        for name, listed in grid.items():
            values.setdefault(name, []).extend(listed)
    several = [name for name in setting if any(v != values[name][0] for v in values[name])]
    return ", ".join(f"{name}={setting[name]}" for name in several) or DEFAULTS


def _grids(contender):
    return contender.grid if isinstance(contender.grid, list) else [contender.grid]


def prepare(contender, problem, setting):
    """A function of the seed that trains; `weights` reads its result.

    Work that a user does once, such as compiling, happens here, untimed.
    """
    make = _load(contender)
    if not inspect.isclass(make):
        return make(problem, **setting)

    def run(seed):
        return make(**setting, random_state=seed).fit(problem.X, problem.y)

    return run


def warm_up(contender, problem, setting):
    """Run once on little data, so that all code is loaded."""
    few = problem.first(_FEW)
    prepare(contender, few, setting)(0)


def _load(contender):
    module, _, name = contender.address.partition(":")
    return getattr(importlib.import_module(module), name)


def weights(outcome):
    """Weights (n_outputs, n_features) and intercepts (n_outputs,) of a run, float64."""
    if isinstance(outcome, tuple):
        W, b = outcome
    elif hasattr(outcome, "coefs_"):  # MLPClassifier without a hidden layer
        W, b = outcome.coefs_[0].T, outcome.intercepts_[0]
    else:
        W, b = outcome.coef_, outcome.intercept_
    return np.float64(W), np.float64(b)
