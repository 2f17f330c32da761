"""What a mini-batch classifier trains on: checked targets, classes and weights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scratch.linear_model.holdout import stratified_holdout
from scratch.losses import Loss
from scratch.solvers.minibatch.samples import Samples
from scratch.typing import Array, Bools, Floats, Ints
from scratch.validation.arrays import check_finite
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels, check_probabilities, codes_of
from scratch.validation.weights import as_weights, class_weights


@dataclass(frozen=True)
class TrainingData:
    """Samples, their targets, and their weights."""

    X: Any  # (n_samples, n_features), an array or a CSR matrix
    targets: Array  # codes (n_samples,), or probabilities (n_samples, n_classes)
    classes: Array  # (n_classes,)
    weights: Floats | None  # (n_samples,), those of the classes included; None for all alike
    owner: str  # the estimator, for messages

    @property
    def codes(self) -> Ints:
        """Class codes (n_samples,); of probabilities the likeliest class."""
        return self.targets if self.targets.ndim == 1 else self.targets.argmax(axis=1)

    def hold_out(self, fraction: float, rng: np.random.RandomState) -> Bools:
        """Choose the samples that early stopping keeps apart: (n_samples,), bool.

        Raises
        ------
        ValueError
            If a class is too small, or no sample on one of the two sides has weight.
        """
        held_out = stratified_holdout(self.codes, fraction, rng)
        weights = self.weights
        if weights is not None and not (weights[held_out].any() and weights[~held_out].any()):
            raise ValueError(
                "The samples held out, or those left for training, all have weight 0: pass"
                " other weights, or early_stopping=False."
            )
        return held_out

    def scorer(self, held_out: Bools) -> Callable[[Floats, Floats], float]:
        """Return a function of weights and intercepts: (weighted) accuracy on held-out samples."""
        X, codes = self.X[held_out], self.codes[held_out]
        weights = None if self.weights is None else self.weights[held_out]
        if weights is not None:
            weights = weights / weights.max()  # so that their sum does not overflow

        def score(coef: Floats, intercept: Floats) -> float:
            scores = X.astype(coef.dtype, copy=False) @ coef.T + intercept  # (n, n_outputs)
            right = (scores[:, 0] > 0) == codes if len(coef) == 1 else scores.argmax(1) == codes
            return float(np.average(right, weights=weights))

        return score

    def samples(self, loss: Loss, held_out: Bools | None = None) -> Samples:
        """Return the samples of the solver: all, or those that are not held out."""
        weights = self.weights
        if held_out is not None:
            weights = np.where(held_out, 0.0, 1.0 if weights is None else weights)
        if weights is not None and not weights.all() and self.X.dtype.kind == "f":
            # training would find NaN and infinity, but it doesn't see samples without weight
            check_finite(self.X, "X", self.owner)
        of_code = loss.targets(len(self.classes))
        return Samples(self.X, self.targets, of_code, weights, owner=self.owner)


def training_data(
    X: Any,
    y: ArrayLike,
    classes: Array | None,
    sample_weight: ArrayLike | None,
    class_weight: Mapping[Any, float] | str | None,
    *,
    soft_labels: bool,
    owner: str,
) -> TrainingData:
    """Return a checked table together with checked targets and weights.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features), or CSR matrix
    y : array_like of shape (n_samples,), or (n_samples, n_classes) with `soft_labels`
    classes : ndarray of shape (n_classes,), or None
        The classes that are known already; None for those in y.
    sample_weight : array_like of shape (n_samples,), or None
    class_weight : dict, "balanced" or None
    soft_labels : bool
        Whether y may be rows of probabilities.
    owner : str
        The estimator, for messages.

    Returns
    -------
    TrainingData

    Raises
    ------
    ValueError
        If y or the weights are not valid, or y has one class only.
    """
    classes, targets = _check_targets(y, X.shape[0], classes, soft_labels)
    weights = as_weights(sample_weight, dtype=np.float64, X=X)
    data = TrainingData(X, targets, classes, weights, owner)
    if class_weight is None:
        return data
    ratios = None if weights is None else weights / weights.max()  # sums of these don't overflow
    of_classes = class_weights(class_weight, classes, data.codes, ratios)
    weights = of_classes[data.codes] * (1.0 if ratios is None else ratios)
    return replace(data, weights=as_weights(weights, dtype=np.float64, X=X))


def is_table(y: ArrayLike) -> bool:
    """Return whether targets are rows of more than one number."""
    y = np.asarray(y)
    return y.ndim == 2 and y.shape[1] > 1


def _check_targets(
    y: ArrayLike, n_samples: int, classes: Array | None, soft_labels: bool
) -> tuple[Array, Array]:
    """Return classes (n_classes,), and targets: codes (n,) or probabilities (n, n_classes)."""
    if soft_labels and is_table(y):
        rows = check_probabilities(y, n_samples, None if classes is None else len(classes))
        return (np.arange(rows.shape[1]) if classes is None else classes), rows
    labels = as_labels(y, n_samples=n_samples, warn_of_column=True)
    if classes is None:
        classes, codes = encode_labels(labels)
    else:
        codes = codes_of(labels, classes)
    if len(classes) < 2:
        raise ValueError(
            f"The number of classes has to be greater than one; got 1 class: {classes.tolist()}"
        )
    return classes, codes
