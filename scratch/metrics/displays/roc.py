"""The ROC curve as a picture."""

from typing import Any, Self

from numpy.typing import ArrayLike

from scratch.metrics.areas import auc
from scratch.metrics.curves import roc_curve
from scratch.metrics.displays.confusion import style
from scratch.metrics.displays.curves import CurveDisplay, responses
from scratch.typing import Array, Label


class RocCurveDisplay(CurveDisplay):
    """True positive rate against false positive rate over all thresholds.

    Make one with `from_estimator` or `from_predictions`, or of curves that are there already.

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

    def plot(
        self,
        ax: Any = None,
        *,
        name: Any = None,
        curve_kwargs: Any = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
    ) -> Self:
        """Draw the curve, or the curves.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Where to draw; by default on a new figure.
        name : str or list of str, default=None
            What to write in the legend; by default the name that the display has.
        curve_kwargs : dict or list of dict, default=None
            More for `matplotlib.pyplot.plot`, of all the curves or of each.
        plot_chance_level : bool, default=False
            Draw the diagonal, which chance reaches.
        chance_level_kw : dict, default=None
            More for `matplotlib.pyplot.plot`, of that line.
        despine : bool, default=False
            Leave out the top and the right side of the frame.

        Returns
        -------
        RocCurveDisplay
            Itself.

        Examples
        --------
        >>> from scratch.metrics import RocCurveDisplay, roc_curve
        >>> fpr, tpr, _ = roc_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> display = RocCurveDisplay(fpr=fpr, tpr=tpr, roc_auc=0.75)
        >>> display.plot(name="mine", plot_chance_level=True).line_.get_label()
        'mine (AUC = 0.75)'
        >>> display.chance_level_.get_label()
        'Chance level (AUC = 0.5)'
        """
        return self._draw(ax, name, curve_kwargs, plot_chance_level, chance_level_kw, despine)

    def _draw_chance(self, given: dict[str, Any] | None) -> Any:
        """Draw the diagonal."""
        from matplotlib.lines import Line2D

        defaults = {"label": "Chance level (AUC = 0.5)", "color": "k", "linestyle": "--"}
        return self.ax_.plot((0, 1), (0, 1), **style(Line2D, defaults, given))[0]

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
        name: Any = None,
        ax: Any = None,
        curve_kwargs: Any = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
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
            As for `roc_curve`.
        response_method : {"auto", "predict_proba", "decision_function"}, default="auto"
            The method that gives the scores; "auto" takes the first of these two that is there.
        pos_label : int, float, bool or str, default=None
            The positive class; by default the last of the estimator's `classes_`.
        name : str, default=None
            Shown in the legend; by default the estimator's class.
        ax, curve_kwargs, plot_chance_level, chance_level_kw, despine
            As for `plot`.

        Returns
        -------
        RocCurveDisplay

        Examples
        --------
        >>> import numpy as np
        >>> from scratch.linear_model import LogisticClassifier
        >>> from scratch.metrics import RocCurveDisplay
        >>> X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
        >>> model = LogisticClassifier(random_state=0).fit(X, y)
        >>> RocCurveDisplay.from_estimator(model, X, y).line_.get_label()
        'LogisticClassifier (AUC = 1.00)'
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
            curve_kwargs=curve_kwargs,
            plot_chance_level=plot_chance_level,
            chance_level_kw=chance_level_kw,
            despine=despine,
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
        name: Any = None,
        ax: Any = None,
        curve_kwargs: Any = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
    ) -> Self:
        """Draw the curve of given scores.

        Parameters
        ----------
        y_true : array-like of shape (n_samples,)
            True labels of two classes.
        y_score : array-like of shape (n_samples,)
            Scores, higher for the positive class.
        sample_weight, drop_intermediate, pos_label
            As for `roc_curve`.
        name : str, default=None
            Shown in the legend; by default "Classifier".
        ax, curve_kwargs, plot_chance_level, chance_level_kw, despine
            As for `plot`.

        Returns
        -------
        RocCurveDisplay

        Examples
        --------
        >>> from scratch.metrics import RocCurveDisplay
        >>> display = RocCurveDisplay.from_predictions([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> display.line_.get_label()
        'Classifier (AUC = 0.75)'
        """
        display = cls._of_predictions(
            y_true, y_score, pos_label, sample_weight, drop_intermediate, name
        )
        return display.plot(
            ax=ax,
            curve_kwargs=curve_kwargs,
            plot_chance_level=plot_chance_level,
            chance_level_kw=chance_level_kw,
            despine=despine,
        )
