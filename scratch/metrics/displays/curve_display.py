"""The displays of curves: one base class makes curves of scores and draws them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import ArrayLike

from scratch.metrics.displays.responses import responses
from scratch.metrics.displays.style import style
from scratch.metrics.targets import default_pos_label
from scratch.typing import Array, Label
from scratch.validation.arrays import check_same_length
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels

SEVERAL = {"alpha": 0.5, "linestyle": "--", "color": "blue"}  # the look of several curves


class CurveDisplay:
    """One curve over all thresholds, or several: made from scores, and drawn.

    A subclass computes one curve in `_curve`, draws the line of chance in `_draw_chance`, and
    describes the look of its curves in class attributes.
    """

    _axes: tuple[str, str]  # the attributes drawn along x and y
    _titles: tuple[str, str]  # the titles of the two axes
    _area: str  # the attribute that holds the area
    _short: str  # its name in the legend
    _lists: tuple[str, ...]  # all the attributes with one entry per curve
    _drawstyle: str  # how the points are joined
    _legend_at: str

    name: Any
    pos_label: Any
    _curve: Callable[..., dict[str, Any]]
    _draw_chance: Callable[..., Any]

    if TYPE_CHECKING:

        def __init__(self, **curve: Any) -> None: ...

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
            The name in the legend; by default the name that the display has.
        curve_kwargs : dict or list of dict, default=None
            Further arguments of `matplotlib.pyplot.plot`, for all the curves or for each.
        plot_chance_level : bool, default=False
            Draw the curve of a classifier that guesses: the diagonal of ROC space, or the level of
            the prevalence for precision against recall.
        chance_level_kw : dict, default=None
            Further arguments of `matplotlib.pyplot.plot`, for that line.
        despine : bool, default=False
            Leave out the top and the right side of the frame.

        Returns
        -------
        The display itself.

        Raises
        ------
        ValueError
            If chance is to be drawn in a `PrecisionRecallDisplay` without `prevalence_pos_label`,
            or the numbers of curves, areas, names and `curve_kwargs` differ.

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
        import matplotlib.pyplot as plt

        if ax is None:
            _, ax = plt.subplots()
        self.ax_, self.figure_ = ax, ax.figure
        lines = self._draw_curves(as_list(self.name if name is None else name), curve_kwargs)
        self.line_ = lines[0] if len(lines) == 1 else lines
        positive = "" if self.pos_label is None else f" (Positive label: {self.pos_label})"
        x_title, y_title = (title + positive for title in self._titles)
        limits = (-0.01, 1.01)
        ax.set(xlabel=x_title, ylabel=y_title, xlim=limits, ylim=limits, aspect="equal")
        self.chance_level_ = self._draw_chance(chance_level_kw) if plot_chance_level else None
        if despine:
            ax.spines[["top", "right"]].set_visible(False)
            for side in ("bottom", "left"):
                ax.spines[side].set_bounds(0, 1)
        named = [lines[0], *(as_list(self.chance_level_) or [])]
        if any(not line.get_label().startswith("_") for line in named):
            ax.legend(loc=self._legend_at)
        return self

    def _draw_curves(self, names: Any, curve_kwargs: Any) -> list[Any]:
        """Draw every curve; return the lines."""
        from matplotlib.lines import Line2D

        lists = {name: as_list(getattr(self, name)) for name in self._lists}
        if names is not None and len(names) > 1:
            lists["name"] = names
        lengths = {name: len(values) for name, values in lists.items() if values is not None}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"one entry per curve is needed, got these numbers: {lengths}")
        xs, ys, areas = (lists[name] for name in (*self._axes, self._area))
        each = curve_kwargs if isinstance(curve_kwargs, list) else [curve_kwargs] * len(xs)
        if len(each) != len(xs):
            raise ValueError(f"curve_kwargs has {len(each)} entries for {len(xs)} curves")
        labels = _legend_labels(len(xs), names, areas, self._short, each is curve_kwargs)
        look = {"drawstyle": self._drawstyle} | (SEVERAL if len(xs) > 1 else {})
        return [
            self.ax_.plot(x, y, **style(Line2D, {**look, "label": text}, kwargs))[0]
            for x, y, text, kwargs in zip(xs, ys, labels, each, strict=True)
        ]

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
            As for the function that computes the curve.
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
        The display, drawn.

        Raises
        ------
        ValueError
            If `estimator` is not fitted, or no classifier of two classes.

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
            As for the function that computes the curve.
        name : str, default=None
            Shown in the legend; by default "Classifier".
        ax, curve_kwargs, plot_chance_level, chance_level_kw, despine
            As for `plot`.

        Returns
        -------
        The display, drawn.

        Raises
        ------
        ValueError
            If `y_true` has more than two classes, or the lengths differ.

        Examples
        --------
        >>> from scratch.metrics import RocCurveDisplay
        >>> display = RocCurveDisplay.from_predictions([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> display.line_.get_label()
        'Classifier (AUC = 0.75)'
        """
        labels, pos_label = binary_labels(y_true, y_score, sample_weight, pos_label)
        curve = cls._curve(labels, y_score, pos_label, sample_weight, drop_intermediate)
        name = "Classifier" if name is None else name
        return cls(**curve, name=name, pos_label=pos_label).plot(
            ax=ax,
            curve_kwargs=curve_kwargs,
            plot_chance_level=plot_chance_level,
            chance_level_kw=chance_level_kw,
            despine=despine,
        )

    @classmethod
    def from_cv_results(
        cls,
        cv_results: Mapping[str, Any],
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
        chance_level_kwargs: dict[str, Any] | None = None,
        despine: bool = False,
    ) -> Self:
        """Draw one curve per fold of a cross-validation, from the samples held out there.

        Parameters
        ----------
        cv_results : dict
            The result of scikit-learn's `cross_validate` with ``return_estimator=True`` and
            ``return_indices=True``.
        X : array-like of shape (n_samples, n_features)
            All the samples.
        y : array-like of shape (n_samples,)
            Their true labels, of two classes.
        sample_weight, drop_intermediate
            As for the function that computes the curve.
        response_method, pos_label
            As for `from_estimator`.
        name, ax, curve_kwargs, plot_chance_level, chance_level_kwargs, despine
            As for `plot`.

        Returns
        -------
        The display, drawn.

        Raises
        ------
        ValueError
            If `cv_results` lacks the estimators or the indices, or belongs to other data.

        Examples
        --------
        >>> import numpy as np
        >>> from sklearn.model_selection import cross_validate
        >>> from scratch.linear_model import LogisticClassifier
        >>> from scratch.metrics import RocCurveDisplay
        >>> X, y = np.arange(12.0)[:, np.newaxis], np.repeat([0, 1], 6)
        >>> folds = cross_validate(
        ...     LogisticClassifier(random_state=0), X, y, cv=3,
        ...     return_estimator=True, return_indices=True,
        ... )
        >>> display = RocCurveDisplay.from_cv_results(folds, X, y)
        >>> len(display.line_), display.line_[0].get_label()
        (3, 'AUC = 1.00 +/- 0.00')
        """
        if not {"estimator", "indices"} <= set(cv_results):
            raise ValueError(
                "cv_results must hold 'estimator' and 'indices': cross_validate returns them with "
                "return_estimator=True, return_indices=True"
            )
        folds = cv_results["indices"]
        labels = as_labels(y, "y")
        n_samples = len(folds["train"][0]) + len(folds["test"][0])
        if n_samples != len(labels):
            raise ValueError(f"cv_results is of {n_samples} samples, y has {len(labels)}")
        check_same_length(X=X, y=labels, sample_weight=sample_weight)
        classes, _ = encode_labels(labels)
        if len(classes) > 2:
            raise ValueError(f"{cls.__name__} needs two classes, y has {len(classes)}")
        curves = []
        for estimator, rows in zip(cv_results["estimator"], folds["test"], strict=True):
            score, positive = responses(estimator, _take(X, rows), response_method, pos_label)
            weight = None if sample_weight is None else _take(sample_weight, rows)
            curves.append(cls._curve(labels[rows], score, positive, weight, drop_intermediate))
        columns = {key: [curve[key] for curve in curves] for key in curves[0]}
        return cls(**columns, name=name, pos_label=positive).plot(
            ax=ax,
            curve_kwargs=curve_kwargs,
            plot_chance_level=plot_chance_level,
            chance_level_kw=chance_level_kwargs,
            despine=despine,
        )


def as_list(values: Any) -> Any:
    """None and lists as they are, anything else as the only entry of a list."""
    return values if values is None or isinstance(values, list) else [values]


def _take(values: Any, rows: Any) -> Any:
    """Return the given rows of an array, a table of columns or a list."""
    if hasattr(values, "iloc"):
        return values.iloc[rows]
    return [values[row] for row in rows] if isinstance(values, list) else values[rows]


def _legend_labels(
    n_curves: int, names: Any, areas: Any, short: str, one_by_one: bool
) -> list[str | None]:
    """Return the legend's text for each curve, None for none; curves that look alike share one."""
    names = names or [None]
    if len(names) > 1 and not one_by_one:
        raise ValueError("several names need curve_kwargs of as many dicts, to tell curves apart")
    if n_curves > 1 and not one_by_one:
        mean = f"{short} = {np.mean(areas):0.2f} +/- {np.std(areas):0.2f}" if areas else None
        return [_legend_label(names[0], mean)] + [None] * (n_curves - 1)
    names = names * n_curves if len(names) == 1 else names
    areas = [f"{short} = {area:0.2f}" for area in areas] if areas else [None] * n_curves
    return list(map(_legend_label, names, areas))


def _legend_label(name: Any, area: str | None) -> str | None:
    """Return a curve's name and area as text, whichever are there."""
    if name is None or area is None:
        return area if name is None else name
    return f"{name} ({area})"


def binary_labels(
    y_true: ArrayLike,
    y_score: ArrayLike | None,
    sample_weight: ArrayLike | None,
    pos_label: Label | None,
) -> tuple[Array, Label]:
    """Return labels of two classes as an array, and which class is the positive one, or raise."""
    labels = as_labels(y_true, "y_true")
    classes, _ = encode_labels(labels)
    if len(classes) > 2:
        raise ValueError(f"a curve needs two classes, y_true has {len(classes)}")
    check_same_length(y_true=labels, y_score=y_score, sample_weight=sample_weight)
    return labels, default_pos_label(classes) if pos_label is None else pos_label
