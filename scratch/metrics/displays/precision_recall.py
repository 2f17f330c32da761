"""The precision-recall curve as a picture."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import warn
from scratch.metrics.areas import average_precision_score
from scratch.metrics.curves import precision_recall_curve
from scratch.metrics.displays.confusion import style
from scratch.metrics.displays.curves import CurveDisplay, as_list, responses
from scratch.typing import Array, Label


class PrecisionRecallDisplay(CurveDisplay):
    """Precision against recall over all thresholds.

    Make one with `from_estimator` or `from_predictions`, or of curves that are there already.

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
        self.name = _renamed(estimator_name, name, "estimator_name", "name")
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

    def plot(
        self,
        ax: Any = None,
        *,
        name: Any = None,
        curve_kwargs: Any = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
        **kwargs: Any,
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
            Draw the precision that chance reaches.
        chance_level_kw : dict, default=None
            More for `matplotlib.pyplot.plot`, of that line.
        despine : bool, default=False
            Leave out the top and the right side of the frame.
        **kwargs
            The former way to pass `curve_kwargs`.

        Returns
        -------
        PrecisionRecallDisplay
            Itself.

        Raises
        ------
        ValueError
            If chance is to be drawn, and `prevalence_pos_label` is not known.

        Examples
        --------
        >>> from scratch.metrics import PrecisionRecallDisplay, precision_recall_curve
        >>> precision, recall, _ = precision_recall_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> display = PrecisionRecallDisplay(precision, recall, prevalence_pos_label=0.5)
        >>> display.plot(plot_chance_level=True).chance_level_.get_label()
        'Chance level (AP = 0.50)'
        """
        curve_kwargs = _merged(curve_kwargs, kwargs)
        if plot_chance_level and self.prevalence_pos_label is None:
            raise ValueError(
                "the chance level is the prevalence of the positive class: make the display with "
                "prevalence_pos_label"
            )
        return self._draw(ax, name, curve_kwargs, plot_chance_level, chance_level_kw, despine)

    def _draw_chance(self, given: dict[str, Any] | None) -> Any:
        """Draw a level line at each prevalence."""
        from matplotlib.lines import Line2D

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

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: ArrayLike,
        *,
        sample_weight: ArrayLike | None = None,
        drop_intermediate: bool = False,
        response_method: Any = "auto",
        pos_label: Label | None = None,
        name: Any = None,
        ax: Any = None,
        curve_kwargs: Any = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
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
            As for `precision_recall_curve`.
        response_method : {"auto", "predict_proba", "decision_function"}, default="auto"
            The method that gives the scores; "auto" takes the first of these two that is there.
        pos_label : int, float, bool or str, default=None
            The positive class; by default the last of the estimator's `classes_`.
        name : str, default=None
            Shown in the legend; by default the estimator's class.
        ax, curve_kwargs, plot_chance_level, chance_level_kw, despine, **kwargs
            As for `plot`.

        Returns
        -------
        PrecisionRecallDisplay

        Examples
        --------
        >>> import numpy as np
        >>> from scratch.linear_model import LogisticClassifier
        >>> from scratch.metrics import PrecisionRecallDisplay
        >>> X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
        >>> model = LogisticClassifier(random_state=0).fit(X, y)
        >>> PrecisionRecallDisplay.from_estimator(model, X, y).line_.get_label()
        'LogisticClassifier (AP = 1.00)'
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
            **kwargs,
        )

    @classmethod
    def from_predictions(
        cls,
        y_true: ArrayLike,
        y_score: ArrayLike | None = None,
        *,
        sample_weight: ArrayLike | None = None,
        drop_intermediate: bool = False,
        pos_label: Label | None = None,
        name: Any = None,
        ax: Any = None,
        curve_kwargs: Any = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
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
            As for `precision_recall_curve`.
        name : str, default=None
            Shown in the legend; by default "Classifier".
        ax, curve_kwargs, plot_chance_level, chance_level_kw, despine, **kwargs
            As for `plot`.
        y_pred : array-like, default="deprecated"
            The former name of `y_score`.

        Returns
        -------
        PrecisionRecallDisplay

        Examples
        --------
        >>> from scratch.metrics import PrecisionRecallDisplay
        >>> display = PrecisionRecallDisplay.from_predictions([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> display.line_.get_label()
        'Classifier (AP = 0.83)'
        """
        y_score = _renamed(y_pred, y_score, "y_pred", "y_score")
        display = cls._of_predictions(
            y_true, y_score, pos_label, sample_weight, drop_intermediate, name
        )
        return display.plot(
            ax=ax,
            curve_kwargs=curve_kwargs,
            plot_chance_level=plot_chance_level,
            chance_level_kw=chance_level_kw,
            despine=despine,
            **kwargs,
        )


def _renamed(former: Any, current: Any, former_name: str, name: Any) -> Any:
    """Return the value of a parameter that has changed its name."""
    if isinstance(former, str) and former == "deprecated":
        return current
    if current is not None:
        raise ValueError(f"{former_name} is the former name of {name}: pass {name} only")
    warn(f"{former_name} is now called {name}", FutureWarning)
    return former


def _merged(curve_kwargs: Any, kwargs: Any) -> Any:
    """`curve_kwargs`, or what was passed for it in the former way."""
    if kwargs and curve_kwargs:
        raise ValueError(f"pass {sorted(kwargs)} in curve_kwargs")
    if kwargs:
        warn(f"pass {sorted(kwargs)} in the dict curve_kwargs", FutureWarning)
    return kwargs or curve_kwargs
