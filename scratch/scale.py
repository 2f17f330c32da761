r"""Training on many workers at once, on Dask: iterative parameter averaging.

The data are cut into P *parts*, fixed groups of blocks. A round begins at common weights. Each part
is passed through once from there, where it lies, and the new common weights are the mean
w = Σ_p (n_p/n) w_p, with n_p of all n samples in part p.

**Why it is a good one.** The loss of all data is F = Σ_p (n_p/n) F_p; at its minimum w* it has the
Hessian H. Let part p train to the minimum w_p of F_p, whose Hessian is H + D_p. Then
∇F_p(w*) + (H + D_p)(w_p − w*) ≈ 0, and to first order in D_p

    w_p − w* ≈ −H⁻¹ ∇F_p(w*) + H⁻¹ D_p H⁻¹ ∇F_p(w*)

The first term, of size √(d/n_p) for d features, is the error of training on one part alone. In the
mean it is *gone*: Σ (n_p/n) ∇F_p(w*) = ∇F(w*) = 0. The second stays. In random parts D_p and ∇F_p
both err by 1/√n_p, so its size is d/n_p = P d/n. Any training on n samples errs by √(d/n), which is
more as long as P² < n/d (Zhang et al., JMLR 14, 2013).

**When it isn't.** Parts that are no random samples (sorted by class, day or customer) differ in D_p
and ∇F_p(w*) however large they are. Where one pass is too short to reach w_p, the mean is no nearer
to w* than the parts. More rounds mend both: near w* the mean of the parts' steps is the step of one
worker with batches P times as large, but for terms in η². So the step falls on from round to round;
momentum, which belongs to one part's way, begins anew. And the loss must be convex: the mean of two
neural networks' weights means nothing. (Zinkevich et al., NIPS 2010; McDonald et al., NAACL 2010.)
"""

import re
from copy import deepcopy
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scratch.linear_model.estimator import LinearClassifier
from scratch.validation.parameters import check_parameter, integer

_SAMPLES = 4096  # in which the curvature of "auto" is measured; at least one of each block
_WEIGHTS = re.compile("(_standard_|_average_)?(coef|intercept)_?")


def fit_in_rounds(
    estimator: Any, X: Any, y: Any, *, classes: ArrayLike, n_rounds: int, n_parts: int = 8
) -> Any:
    """Train a classifier on all workers of Dask at once: ``docs/scale.md`` tells how.

    Parameters
    ----------
    estimator : classifier of scratch.linear_model
        Left as it is. For equal results it needs an int as `random_state`.
    X, y : Dask arrays or data frames, lists of delayed blocks, or ndarrays (one block)
        Blocks of rows and of their targets, cut alike.
    classes : array_like of shape (n_classes,)
        All labels; a block may lack some.
    n_rounds : int >= 1
        Passes over the data.
    n_parts : int >= 1, default=8
        Groups of consecutive blocks, trained side by side; at least one per thread of all workers.
        The result depends on the parts, not on the workers. One part is trained by `partial_fit`.

    Returns
    -------
    classifier
        A new one, fitted; ``loss_curve_`` has the objective of each round, as training saw it.

    Raises
    ------
    ImportError, TypeError, ValueError
        Without Dask; for an argument that is none of these; for a refused block, by its number.
    """
    try:
        from dask import compute, delayed
    except ImportError as error:
        raise ImportError("Dask is missing: pip install 'scratch-digits[scale]'") from error
    if not issubclass(type(estimator), LinearClassifier):
        raise TypeError(f"estimator must be a classifier of scratch.linear_model; got {estimator}")
    for name, value in (("n_rounds", n_rounds), ("n_parts", n_parts)):
        check_parameter(name, value, integer(1), "fit_in_rounds")
    rows, targets = _blocks(X, "X"), _blocks(y, "y")
    if not 0 < len(rows) == len(targets):
        raise ValueError(f"{len(rows)} blocks of X, {len(targets)} of y: cut both at the same rows")
    blocks = list(zip(range(len(rows)), rows, targets, strict=True))
    model, curve = type(estimator)(**estimator.get_params(deep=False)), []
    if getattr(model, "learning_rate", None) == "auto":
        looks = [delayed(_look)(model, classes, len(blocks), *block) for block in blocks]
        model._seen = _seen_by_all(model, classes, compute(*looks))
    for _ in range(n_rounds):
        ends = [delayed((model, 0, 0.0), traverse=False)] * min(n_parts, len(blocks))
        for block in blocks:
            part = block[0] * len(ends) // len(blocks)
            ends[part] = delayed(_train)(ends[part], classes, *block)
        model, objective = _mean(*zip(*compute(*ends), strict=True))
        curve.append(objective)
    model.loss_curve_, model.n_iter_ = curve, n_rounds
    (vars(model).get("_seen") or {})["final"] = False  # `partial_fit` looks at what comes later
    return model


def _blocks(values: Any, name: str) -> list[Any]:
    """Return the delayed blocks of rows."""
    from dask.delayed import Delayed, delayed

    if isinstance(values, np.ndarray):
        return [delayed(values, traverse=False)]
    blocks = values.to_delayed() if hasattr(values, "to_delayed") else values
    blocks = list(blocks.flat) if isinstance(blocks, np.ndarray) else blocks  # of an array
    if isinstance(blocks, list) and all(isinstance(block, Delayed) for block in blocks):
        return blocks
    kinds = "a Dask array or data frame, a list of delayed blocks, or a NumPy array"
    raise TypeError(f"{name} must be {kinds}; got {type(values).__name__}")


def _look(model: Any, classes: ArrayLike, n_blocks: int, i: int, X: Any, y: Any) -> Any:
    """Look at block i for "auto"; return that, and some of its rows and targets."""
    seen = _named(i, model._look, X, y, classes)
    some = np.random.default_rng(0).permutation(len(X))[: -(-_SAMPLES // n_blocks)]
    return seen, np.asarray(X)[some], np.asarray(y)[some]


def _seen_by_all(model: Any, classes: ArrayLike, looks: Any) -> dict[str, Any]:
    """Look at all blocks for "auto"; the curvature is that of rows of all."""
    seens, rows, targets = zip(*looks, strict=True)
    for i, table in enumerate(rows):
        _named(i, model._check_table, table, reset=i == 0)  # are they as wide as the first?
    seen = reduce(type(seens[0]).merged, seens)._replace(n_measured=0)
    sampled = model._look(np.concatenate(rows), np.concatenate(targets), classes, seen)
    return seen._asdict() | {"curvature": sampled.curvature, "n_measured": seen.n, "final": True}


def _train(state: Any, classes: ArrayLike, i: int, X: Any, y: Any) -> Any:
    """Return a part's model, its number of samples and sum of losses, after block i as well."""
    model, n, loss = deepcopy(state)
    _named(i, model.partial_fit, X, y, classes)
    return model, n + X.shape[0], loss + X.shape[0] * model.loss_curve_[-1]


def _named(i: int, call: Any, *block: Any, **how: Any) -> Any:
    """Call with a block, which is named if it is refused."""
    try:
        return call(*block, **how)
    except ValueError as error:
        raise ValueError(f"Block {i}: {error}") from error


def _mean(models: Any, counts: Any, losses: Any) -> tuple[Any, float]:
    """Return the model of the largest part with the mean weights of all, and the objective."""
    model, shares = deepcopy(models[np.argmax(counts)]), np.array(counts) / sum(counts)
    for name in filter(_WEIGHTS.fullmatch, vars(model)):
        mean = np.average([getattr(each, name) for each in models], axis=0, weights=shares)
        setattr(model, name, mean.astype(getattr(model, name).dtype))
    return model, sum(losses) / sum(counts)
