"""The likelihood ratios: how much a prediction of one of two classes changes the odds."""

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import UndefinedMetricWarning, warn
from scratch.metrics.confusion import confusion_matrix
from scratch.metrics.targets import check_targets
from scratch.validation.labels import encode_pair
from scratch.validation.parameters import Constraint, any_of, check_parameter, real

__all__ = ["class_likelihood_ratios"]

_nan = Constraint(lambda value: isinstance(value, float) and value != value, "NaN")
_likelihood_ratios = Constraint(
    lambda value: (
        any_of(real(1, 1), _nan).accepts(value)
        if not isinstance(value, dict)
        else {"LR+", "LR-"} <= set(value)
        and any_of(real(1, None), _nan).accepts(value["LR+"])
        and any_of(real(0, 1), _nan).accepts(value["LR-"])
    ),
    '1.0, NaN, or a dict {"LR+": 1 or more, "LR-": from 0 to 1}',
)


def class_likelihood_ratios(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    replace_undefined_by: float | dict[str, float] = np.nan,
) -> tuple[float, float]:
    """Return how much a positive and a negative prediction change the odds of the positive class.

    A prediction multiplies the odds that a sample is positive by the likelihood ratio [1]_::

        LR+ = sensitivity / (1 − specificity) = (tp / (tp + fn)) / (fp / (tn + fp))
        LR− = (1 − sensitivity) / specificity = (fn / (tp + fn)) / (tn / (tn + fp))

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        True and predicted labels of two classes.
    labels : array-like of shape (2,), default=None
        The negative and the positive class; by default the two that occur, sorted.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    replace_undefined_by : np.nan, 1.0 or dict, default=np.nan
        The ratio where it divides by 0: one value for both, or ``{"LR+": …, "LR-": …}`` with
        values from 1 to infinity and from 0 to 1, or NaN.

    Returns
    -------
    positive_ratio, negative_ratio : float
        1 and 1 if predictions tell nothing; infinity and 0 if they tell everything.

    Raises
    ------
    ValueError
        For inputs of unequal length, other than two classes, or values of `replace_undefined_by`
        outside their range.

    Warns
    -----
    UndefinedMetricWarning
        Where no sample is positive (both ratios are NaN), or there are no false positives or no
        true negatives.

    References
    ----------
    .. [1] J. J. Deeks, D. G. Altman, "Diagnostic tests 4: likelihood ratios", BMJ 329, 2004.

    Examples
    --------
    >>> from scratch.metrics import class_likelihood_ratios
    >>> class_likelihood_ratios([0, 1, 0, 1, 0], [1, 1, 0, 0, 0])
    (1.5, 0.75)
    """
    replace_undefined_by = check_parameter(
        "replace_undefined_by", replace_undefined_by, _likelihood_ratios
    )
    if not isinstance(replace_undefined_by, dict):
        replace_undefined_by = dict.fromkeys(("LR+", "LR-"), replace_undefined_by)
    y_true, y_pred, _ = check_targets(y_true, y_pred, multilabel=False)
    classes, *_ = encode_pair(y_true, y_pred)
    if len(classes) > 2:
        raise ValueError(f"likelihood ratios need two classes, the targets have {len(classes)}")
    matrix = confusion_matrix(y_true, y_pred, labels=labels, sample_weight=sample_weight)
    if matrix.shape != (2, 2):
        raise ValueError(f"likelihood ratios need two classes, the matrix is {matrix.shape}")
    tn, fp, fn, tp = matrix.astype(np.float64).ravel()
    n_negative, n_positive = tn + fp, fn + tp
    with np.errstate(all="ignore"):
        positive_ratio = float((tp * n_negative) / (fp * n_positive))
        negative_ratio = float((fn * n_negative) / (tn * n_positive))
    if not n_positive:  # both ratios are 0/0
        _warn_of_ratio("The likelihood ratio", "positive", np.nan)
    if not fp:
        positive_ratio = replace_undefined_by["LR+"]
        _warn_of_ratio("LR+", "false positive", positive_ratio)
    if not tn:
        negative_ratio = replace_undefined_by["LR-"]
        _warn_of_ratio("LR-", "true negative", negative_ratio)
    return float(positive_ratio), float(negative_ratio)


def _warn_of_ratio(name: str, missing: str, substitute: object) -> None:
    """Warn that a likelihood ratio divides by the number of samples of a kind, which is 0."""
    warn(
        f"{name} is ill-defined: no {missing} samples. It is set to {substitute};"
        " `replace_undefined_by` controls this.",
        UndefinedMetricWarning,
    )
