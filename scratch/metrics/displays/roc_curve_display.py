"""The ROC curve as a picture."""

from typing import Any

from numpy.typing import ArrayLike

from scratch.metrics.areas import auc
from scratch.metrics.displays.curve_display import CurveDisplay
from scratch.metrics.displays.style import style
from scratch.metrics.threshold_curves import roc_curve
from scratch.typing import Array, Label


class RocCurveDisplay(CurveDisplay):
    """True positive rate against false positive rate over all thresholds.

    Make one with `from_estimator` or `from_predictions`, or from curves that you have.

    Parameters
    ----------
    fpr, tpr : ndarray, or list of ndarrays
        The curve, as `roc_curve` gives it, or several.
    roc_auc : float or list of float, default=None
        Shown in the legend.
    name : str or list of str, default=None
        Shown in the legend.
    pos_label : int, float, bool or str, default=None
        Shown at the axes.

    Attributes
    ----------
    line_ : matplotlib Line2D, or list of them
        The curve.
    chance_level_ : matplotlib Line2D, or None
        The line of chance, if it is drawn.
    ax_, figure_ : matplotlib Axes, Figure
        Where it is drawn.

    Examples
    --------
    >>> from scratch.metrics import RocCurveDisplay, auc, roc_curve
    >>> fpr, tpr, _ = roc_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> display = RocCurveDisplay(fpr=fpr, tpr=tpr, roc_auc=auc(fpr, tpr)).plot()
    >>> display.line_.get_label()
    'AUC = 0.75'
    """

    _axes = ("fpr", "tpr")
    _titles = ("False Positive Rate", "True Positive Rate")
    _area = "roc_auc"
    _short = "AUC"
    _lists = ("fpr", "tpr", "roc_auc")
    _drawstyle = "default"
    _legend_at = "lower right"

    def __init__(
        self,
        *,
        fpr: Any,
        tpr: Any,
        roc_auc: Any = None,
        name: Any = None,
        pos_label: Label | None = None,
    ) -> None:
        self.fpr = fpr
        self.tpr = tpr
        self.roc_auc = roc_auc
        self.name = name
        self.pos_label = pos_label

    @staticmethod
    def _curve(
        y_true: Array,
        y_score: ArrayLike,
        pos_label: Any,
        sample_weight: ArrayLike | None,
        drop_intermediate: bool,
    ) -> dict[str, Any]:
        fpr, tpr, _ = roc_curve(
            y_true,
            y_score,
            pos_label=pos_label,
            sample_weight=sample_weight,
            drop_intermediate=drop_intermediate,
        )
        return {"fpr": fpr, "tpr": tpr, "roc_auc": auc(fpr, tpr)}

    def _draw_chance(self, given: dict[str, Any] | None) -> Any:
        """Draw the diagonal."""
        from matplotlib.lines import Line2D

        defaults = {"label": "Chance level (AUC = 0.5)", "color": "k", "linestyle": "--"}
        return self.ax_.plot((0, 1), (0, 1), **style(Line2D, defaults, given))[0]
