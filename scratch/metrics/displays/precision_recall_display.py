"""The precision-recall curve as a picture."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from scratch.metrics.areas import average_precision_score
from scratch.metrics.displays.curve_display import CurveDisplay, as_list
from scratch.metrics.displays.former_ways import former_ways, renamed
from scratch.metrics.displays.style import style
from scratch.metrics.threshold_curves import precision_recall_curve
from scratch.typing import Array, Label


class PrecisionRecallDisplay(CurveDisplay):
    """Precision against recall over all thresholds.

    Make one with `from_estimator` or `from_predictions`, or from curves that you have.

    Parameters
    ----------
    precision, recall : ndarray, or list of ndarrays
        The curve, as `precision_recall_curve` gives it, or several.
    average_precision : float or list of float, default=None
        Shown in the legend.
    name : str or list of str, default=None
        Shown in the legend.
    pos_label : int, float, bool or str, default=None
        Shown at the axes.
    prevalence_pos_label : float or list of float, default=None
        The share of the positive samples: the precision of chance.
    estimator_name : str, default="deprecated"
        The former name of `name`.

    Attributes
    ----------
    line_ : matplotlib Line2D, or list of them
        The curve.
    chance_level_ : matplotlib Line2D, list of them, or None
        The line of chance, if it is drawn.
    ax_, figure_ : matplotlib Axes, Figure
        Where it is drawn.

    Examples
    --------
    >>> from scratch.metrics import PrecisionRecallDisplay, precision_recall_curve
    >>> precision, recall, _ = precision_recall_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> display = PrecisionRecallDisplay(precision, recall, name="mine").plot()
    >>> display.line_.get_label()
    'mine'
    """

    _axes = ("recall", "precision")
    _titles = ("Recall", "Precision")
    _area = "average_precision"
    _short = "AP"
    _lists = ("precision", "recall", "average_precision", "prevalence_pos_label")
    _drawstyle = "steps-post"
    _legend_at = "lower left"

    def __init__(
        self,
        precision: Any,
        recall: Any,
        *,
        average_precision: Any = None,
        name: Any = None,
        pos_label: Label | None = None,
        prevalence_pos_label: Any = None,
        estimator_name: Any = "deprecated",
    ) -> None:
        self.precision = precision
        self.recall = recall
        self.average_precision = average_precision
        self.name = renamed(estimator_name, name, "estimator_name", "name")
        self.pos_label = pos_label
        self.prevalence_pos_label = prevalence_pos_label

    @staticmethod
    def _curve(
        y_true: Array,
        y_score: ArrayLike,
        pos_label: Any,
        sample_weight: ArrayLike | None,
        drop_intermediate: bool,
    ) -> dict[str, Any]:
        precision, recall, _ = precision_recall_curve(
            y_true,
            y_score,
            pos_label=pos_label,
            sample_weight=sample_weight,
            drop_intermediate=drop_intermediate,
        )
        area = average_precision_score(
            y_true, y_score, pos_label=pos_label, sample_weight=sample_weight
        )
        return {
            "precision": precision,
            "recall": recall,
            "average_precision": area,
            "prevalence_pos_label": np.mean(y_true == pos_label),
        }

    def _draw_chance(self, given: dict[str, Any] | None) -> Any:
        """Draw a level line at each prevalence."""
        from matplotlib.lines import Line2D

        if self.prevalence_pos_label is None:
            raise ValueError(
                "the chance level is the prevalence of the positive class: make the display with "
                "prevalence_pos_label"
            )
        prevalences = as_list(self.prevalence_pos_label)
        label = f"{np.mean(prevalences):0.2f}"
        defaults: dict[str, Any] = {"color": "k", "linestyle": "--"}
        if len(prevalences) > 1:
            label += f" +/- {np.std(prevalences):0.2f}"
            defaults["alpha"] = 0.3
        kwargs = style(Line2D, defaults, given)
        lines = [self.ax_.plot((0, 1), (level, level), **kwargs)[0] for level in prevalences]
        if "label" not in kwargs:
            lines[0].set_label(f"Chance level (AP = {label})")
        return lines[0] if len(lines) == 1 else lines

    @former_ways(CurveDisplay.plot)
    def plot(self, ax: Any = None, **options: Any) -> Self:  # noqa: D102 (the same docstring)
        return super().plot(ax, **options)

    @classmethod
    @former_ways(CurveDisplay.from_estimator, drop_intermediate=False)
    def from_estimator(cls, estimator: Any, X: Any, y: ArrayLike, **options: Any) -> Self:  # noqa: D102
        return super().from_estimator(estimator, X, y, **options)

    @classmethod
    @former_ways(CurveDisplay.from_predictions, drop_intermediate=False, y_pred="deprecated")
    def from_predictions(  # noqa: D102
        cls,
        y_true: ArrayLike,
        y_score: ArrayLike | None = None,
        *,
        y_pred: Any = "deprecated",
        **options: Any,
    ) -> Self:
        y_score = renamed(y_pred, y_score, "y_pred", "y_score")
        return super().from_predictions(y_true, y_score, **options)
