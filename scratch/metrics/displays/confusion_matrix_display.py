"""The confusion matrix as a picture."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from scratch.metrics.confusion import confusion_matrix
from scratch.metrics.displays.responses import is_classifier
from scratch.metrics.displays.style import style
from scratch.metrics.targets import check_targets
from scratch.typing import Array
from scratch.validation.labels import encode_pair


class ConfusionMatrixDisplay:
    """A confusion matrix as a heat map with its counts.

    Make one with `from_estimator` or `from_predictions`, or from a matrix that you have.

    Parameters
    ----------
    confusion_matrix : ndarray of shape (n_classes, n_classes)
        Rows are the true classes, columns the predicted ones.
    display_labels : array-like of shape (n_classes,), default=None
        The names at the axes; by default 0 … n_classes − 1.

    Attributes
    ----------
    im_ : matplotlib AxesImage
        The heat map.
    text_ : ndarray of shape (n_classes, n_classes) of matplotlib Text, or None
        The counts in the cells, if they are shown.
    ax_, figure_ : matplotlib Axes, Figure
        Where it is drawn.

    Examples
    --------
    >>> from scratch.metrics import ConfusionMatrixDisplay
    >>> display = ConfusionMatrixDisplay([[3, 1], [0, 2]], display_labels=["no", "yes"])
    >>> display.plot().text_[0, 1].get_text()
    '1'
    """

    def __init__(
        self, confusion_matrix: ArrayLike, *, display_labels: ArrayLike | None = None
    ) -> None:
        self.confusion_matrix: Any = confusion_matrix
        self.display_labels = display_labels

    def plot(
        self,
        *,
        include_values: bool = True,
        cmap: Any = "viridis",
        xticks_rotation: float | str = "horizontal",
        values_format: str | None = None,
        ax: Any = None,
        colorbar: bool = True,
        im_kw: dict[str, Any] | None = None,
        text_kw: dict[str, Any] | None = None,
    ) -> Self:
        """Draw the matrix.

        Parameters
        ----------
        include_values : bool, default=True
            Write each value into its cell.
        cmap : str or matplotlib Colormap, default="viridis"
            The colours.
        xticks_rotation : {"vertical", "horizontal"} or float, default="horizontal"
            How to turn the names at the x-axis; a number is in degrees.
        values_format : str, default=None
            Format of the values, "d" or ".2g" say; by default whichever of these two is shorter.
        ax : matplotlib Axes, default=None
            Where to draw; by default on a new figure.
        colorbar : bool, default=True
            Draw the scale of the colours.
        im_kw, text_kw : dict, default=None
            Further arguments of `matplotlib.pyplot.imshow` and of `matplotlib.pyplot.text`.

        Returns
        -------
        ConfusionMatrixDisplay
            Itself.

        Examples
        --------
        >>> from scratch.metrics import ConfusionMatrixDisplay
        >>> display = ConfusionMatrixDisplay([[3, 1], [0, 2]]).plot(values_format=".1f")
        >>> [[text.get_text() for text in row] for row in display.text_]
        [['3.0', '1.0'], ['0.0', '2.0']]
        """
        import matplotlib.pyplot as plt
        from matplotlib.image import AxesImage

        if ax is None:
            _, ax = plt.subplots()
        self.ax_, self.figure_ = ax, ax.figure
        matrix, ticks = self.confusion_matrix, np.arange(len(self.confusion_matrix))
        image = style(AxesImage, {"interpolation": "nearest", "cmap": cmap}, im_kw)
        self.im_ = ax.imshow(matrix, **image)
        self.text_ = self._write_values(values_format, text_kw) if include_values else None
        if colorbar:
            self.figure_.colorbar(self.im_, ax=ax)
        names = ticks if self.display_labels is None else self.display_labels
        ax.set(xlabel="Predicted label", ylabel="True label", ylim=(len(matrix) - 0.5, -0.5))
        ax.set(xticks=ticks, yticks=ticks, xticklabels=names, yticklabels=names)
        plt.setp(ax.get_xticklabels(), rotation=xticks_rotation)
        return self

    def _write_values(self, values_format: str | None, text_kw: dict[str, Any] | None) -> Array:
        """Write each value into its cell, in the colour of the scale's other end."""
        from matplotlib.text import Text

        matrix = np.asarray(self.confusion_matrix)
        middle = (matrix.max() + matrix.min()) / 2
        lowest, highest = self.im_.cmap(0), self.im_.cmap(1.0)
        texts = np.empty(matrix.shape, dtype=object)
        for (i, j), value in np.ndenumerate(matrix):
            color = highest if value < middle else lowest
            centred = {"ha": "center", "va": "center", "color": color}
            texts[i, j] = self.ax_.text(
                j, i, _as_text(value, values_format), **style(Text, centred, text_kw)
            )
        return texts

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: ArrayLike,
        *,
        labels: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
        normalize: str | None = None,
        display_labels: ArrayLike | None = None,
        include_values: bool = True,
        xticks_rotation: float | str = "horizontal",
        values_format: str | None = None,
        cmap: Any = "viridis",
        ax: Any = None,
        colorbar: bool = True,
        im_kw: dict[str, Any] | None = None,
        text_kw: dict[str, Any] | None = None,
    ) -> Self:
        """Draw the confusion matrix of a classifier's predictions.

        Parameters
        ----------
        estimator : fitted classifier
            Its `predict` is called.
        X : array-like of shape (n_samples, n_features)
            Samples.
        y : array-like of shape (n_samples,)
            Their true labels.
        labels, sample_weight, normalize
            As for `confusion_matrix`.
        display_labels : array-like of shape (n_classes,), default=None
            The names at the axes; by default the labels.
        include_values, xticks_rotation, values_format, cmap, ax, colorbar, im_kw, text_kw
            As for `plot`.

        Returns
        -------
        ConfusionMatrixDisplay

        Raises
        ------
        ValueError
            If `estimator` is no classifier.

        Examples
        --------
        >>> import numpy as np
        >>> from scratch.linear_model import SGDClassifier
        >>> from scratch.metrics import ConfusionMatrixDisplay
        >>> X = np.array([[-2.0], [-1.0], [1.0], [2.0]])
        >>> model = SGDClassifier(random_state=0).fit(X, [3, 3, 5, 5])
        >>> display = ConfusionMatrixDisplay.from_estimator(model, X, [3, 3, 5, 3])
        >>> display.confusion_matrix.tolist()
        [[2, 1], [0, 1]]
        """
        if not is_classifier(estimator):
            raise ValueError(f"{cls.__name__}.from_estimator needs a classifier, got {estimator!r}")
        return cls.from_predictions(
            y,
            estimator.predict(X),
            labels=labels,
            sample_weight=sample_weight,
            normalize=normalize,
            display_labels=display_labels,
            include_values=include_values,
            xticks_rotation=xticks_rotation,
            values_format=values_format,
            cmap=cmap,
            ax=ax,
            colorbar=colorbar,
            im_kw=im_kw,
            text_kw=text_kw,
        )

    @classmethod
    def from_predictions(
        cls,
        y_true: ArrayLike,
        y_pred: Any,
        *,
        labels: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
        normalize: str | None = None,
        display_labels: ArrayLike | None = None,
        include_values: bool = True,
        xticks_rotation: float | str = "horizontal",
        values_format: str | None = None,
        cmap: Any = "viridis",
        ax: Any = None,
        colorbar: bool = True,
        im_kw: dict[str, Any] | None = None,
        text_kw: dict[str, Any] | None = None,
    ) -> Self:
        """Draw the confusion matrix of true and predicted labels.

        Parameters
        ----------
        y_true, y_pred : array-like of shape (n_samples,)
            True and predicted labels.
        labels, sample_weight, normalize
            As for `confusion_matrix`.
        display_labels : array-like of shape (n_classes,), default=None
            The names at the axes; by default the labels.
        include_values, xticks_rotation, values_format, cmap, ax, colorbar, im_kw, text_kw
            As for `plot`.

        Returns
        -------
        ConfusionMatrixDisplay

        Examples
        --------
        >>> from scratch.metrics import ConfusionMatrixDisplay
        >>> display = ConfusionMatrixDisplay.from_predictions([3, 3, 5], [3, 5, 5])
        >>> display.confusion_matrix.tolist()
        [[1, 1], [0, 1]]
        >>> [tick.get_text() for tick in display.ax_.get_xticklabels()]
        ['3', '5']
        """
        if display_labels is None:
            display_labels = labels
            if labels is None:
                y_true, y_pred, _ = check_targets(y_true, y_pred)
                display_labels, *_ = encode_pair(y_true, y_pred)
        matrix = confusion_matrix(
            y_true, y_pred, labels=labels, sample_weight=sample_weight, normalize=normalize
        )
        return cls(matrix, display_labels=display_labels).plot(
            include_values=include_values,
            cmap=cmap,
            ax=ax,
            xticks_rotation=xticks_rotation,
            values_format=values_format,
            colorbar=colorbar,
            im_kw=im_kw,
            text_kw=text_kw,
        )


def _as_text(value: Any, values_format: str | None) -> str:
    """Return a cell's value as text: in the format, or with two digits, or whole if not longer."""
    if values_format is not None:
        return format(value, values_format)
    short = format(value, ".2g")
    whole = format(value, "d") if value.dtype.kind != "f" else short
    return whole if len(whole) < len(short) else short
