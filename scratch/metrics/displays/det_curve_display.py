"""The detection error tradeoff as a picture, on axes where normal scores make straight lines."""

from statistics import NormalDist
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from scratch.metrics.displays.curve_display import binary_labels
from scratch.metrics.displays.former_ways import renamed
from scratch.metrics.displays.responses import responses
from scratch.metrics.threshold_curves import det_curve
from scratch.typing import Array, Floats, Label

TICKS = (0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
TICK_LABELS = ("0.1%", "1%", "5%", "20%", "50%", "80%", "95%", "99%", "99.9%")


class DetCurveDisplay:
    """False negative rate against false positive rate over all thresholds, as normal deviates.

    Each axis shows the quantile of the standard normal distribution that belongs to the rate. If
    the scores of both classes are normal, the curve is a straight line [1]_.

    Make one with `from_estimator` or `from_predictions`, or from a curve that you have.

    Parameters
    ----------
    fpr, fnr : ndarray of shape (n_thresholds,)
        The curve, as `det_curve` gives it.
    estimator_name : str, default=None
        Shown in the legend.
    pos_label : int, float, bool or str, default=None
        Shown at the axes.

    Attributes
    ----------
    line_ : matplotlib Line2D
        The curve.
    ax_, figure_ : matplotlib Axes, Figure
        Where it is drawn.

    References
    ----------
    .. [1] A. Martin, G. Doddington, T. Kamm, M. Ordowski, M. Przybocki, "The DET curve in
       assessment of detection task performance", Eurospeech 1997.

    Examples
    --------
    >>> from scratch.metrics import DetCurveDisplay, det_curve
    >>> fpr, fnr, _ = det_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> DetCurveDisplay(fpr=fpr, fnr=fnr, estimator_name="mine").plot().line_.get_label()
    'mine'
    """

    def __init__(
        self,
        *,
        fpr: Any,
        fnr: Any,
        estimator_name: str | None = None,
        pos_label: Label | None = None,
    ) -> None:
        self.fpr = fpr
        self.fnr = fnr
        self.estimator_name = estimator_name
        self.pos_label = pos_label

    def plot(self, ax: Any = None, *, name: str | None = None, **kwargs: Any) -> Self:
        """Draw the curve.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Where to draw; by default on a new figure.
        name : str, default=None
            The name in the legend; by default `estimator_name`.
        **kwargs
            Further arguments of `matplotlib.pyplot.plot`.

        Returns
        -------
        The display itself.

        Examples
        --------
        >>> from scratch.metrics import DetCurveDisplay, det_curve
        >>> fpr, fnr, _ = det_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> DetCurveDisplay(fpr=fpr, fnr=fnr).plot(name="mine", color="red").line_.get_color()
        'red'
        """
        import matplotlib.pyplot as plt

        if ax is None:
            _, ax = plt.subplots()
        self.ax_, self.figure_ = ax, ax.figure
        name = self.estimator_name if name is None else name
        look = kwargs if name is None else {"label": name, **kwargs}
        (self.line_,) = ax.plot(*map(_deviates, (self.fpr, self.fnr)), **look)
        positive = "" if self.pos_label is None else f" (Positive label: {self.pos_label})"
        ax.set(xlabel=f"False Positive Rate{positive}", ylabel=f"False Negative Rate{positive}")
        if "label" in look:
            ax.legend(loc="lower right")
        places = _deviates(np.array(TICKS))
        ax.set(xticks=places, xticklabels=TICK_LABELS, yticks=places, yticklabels=TICK_LABELS)
        ax.set(xlim=(-3, 3), ylim=(-3, 3))
        return self

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: ArrayLike,
        *,
        sample_weight: ArrayLike | None = None,
        drop_intermediate: bool = True,
        response_method: Any = "auto",
        pos_label: Label | None = None,
        name: str | None = None,
        ax: Any = None,
        **kwargs: Any,
    ) -> Self:
        """Draw the curve of a binary classifier's scores.

        Parameters
        ----------
        estimator : fitted classifier of two classes
        X : array-like of shape (n_samples, n_features)
            Samples.
        y : array-like of shape (n_samples,)
            Their true labels.
        sample_weight, drop_intermediate
            As for `det_curve`.
        response_method : {"auto", "predict_proba", "decision_function"}, default="auto"
            The method that gives the scores; "auto" takes the first of these two that is there.
        pos_label : int, float, bool or str, default=None
            The positive class; by default the last of the estimator's `classes_`.
        name : str, default=None
            Shown in the legend; by default the estimator's class.
        ax, **kwargs
            As for `plot`.

        Returns
        -------
        The display, drawn.

        Examples
        --------
        >>> import numpy as np
        >>> from scratch.linear_model import LogisticClassifier
        >>> from scratch.metrics import DetCurveDisplay
        >>> X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 1, 0, 1])
        >>> model = LogisticClassifier(random_state=0).fit(X, y)
        >>> DetCurveDisplay.from_estimator(model, X, y).line_.get_label()
        'LogisticClassifier'
        """
        score, pos_label = responses(estimator, X, response_method, pos_label)
        return cls.from_predictions(
            y,
            score,
            sample_weight=sample_weight,
            drop_intermediate=drop_intermediate,
            pos_label=pos_label,
            name=type(estimator).__name__ if name is None else name,
            ax=ax,
            **kwargs,
        )

    @classmethod
    def from_predictions(
        cls,
        y_true: ArrayLike,
        y_score: ArrayLike | None = None,
        *,
        sample_weight: ArrayLike | None = None,
        drop_intermediate: bool = True,
        pos_label: Label | None = None,
        name: str | None = None,
        ax: Any = None,
        y_pred: Any = "deprecated",
        **kwargs: Any,
    ) -> Self:
        """Draw the curve of given scores.

        Parameters
        ----------
        y_true : array-like of shape (n_samples,)
            True labels of two classes.
        y_score : array-like of shape (n_samples,)
            Scores, higher for the positive class.
        sample_weight, drop_intermediate, pos_label
            As for `det_curve`.
        name : str, default=None
            Shown in the legend; by default "Classifier".
        ax, **kwargs
            As for `plot`.
        y_pred : array-like, default="deprecated"
            The former name of `y_score`.

        Returns
        -------
        The display, drawn.

        Examples
        --------
        >>> from scratch.metrics import DetCurveDisplay
        >>> display = DetCurveDisplay.from_predictions([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> display.line_.get_label()
        'Classifier'
        """
        y_score = renamed(y_pred, y_score, "y_pred", "y_score")
        labels, pos_label = binary_labels(y_true, y_score, sample_weight, pos_label)
        fpr, fnr, _ = det_curve(labels, y_score, pos_label, sample_weight, drop_intermediate)
        name = "Classifier" if name is None else name
        display = cls(fpr=fpr, fnr=fnr, estimator_name=name, pos_label=pos_label)
        return display.plot(ax=ax, **kwargs)


def _deviates(rates: Array) -> Floats:
    """Return quantiles of the standard normal distribution, with rates 0 and 1 moved inside."""
    eps = np.finfo(rates.dtype).eps
    quantile = NormalDist().inv_cdf
    return np.array([quantile(rate) for rate in np.clip(rates, eps, 1 - eps).tolist()])
