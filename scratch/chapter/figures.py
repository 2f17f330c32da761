"""The chapter as pictures: one function a picture, each a view of the lesson."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from scratch.metrics import ConfusionMatrixDisplay

# Okabe and Ito's colours, told apart with any kind of colour vision.
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#009e73", "#666666"


def draw(lesson):
    """All pictures of the chapter.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    dict of str to matplotlib.figure.Figure
        By file name without its ending, in the chapter's order.
    """
    pictures = (
        digits,
        binary_loss,
        loss_curve,
        confusion_binary,
        trade_off,
        confusion_ten,
        weights,
        mistakes,
    )
    return {
        f"{number:02}-{picture.__name__.replace('_', '-')}": picture(lesson)
        for number, picture in enumerate(pictures, start=1)
    }


def digits(lesson):
    figure, axes = tiles(2, 5, f"The first ten digits of {lesson.data.title}")
    for axis, pixels, label in zip(
        axes.flat, lesson.data.first_digits, lesson.data.first_labels, strict=True
    ):
        show(axis, pixels, lesson.data.side, label)
    return figure


def binary_loss(lesson):
    part = lesson.binary_loss
    figure, axis = chart("Binary cross-entropy of one forecast")
    axis.plot(part.probabilities, part.loss_if_one, color=BLUE, label="the truth is 1: −log p")
    axis.plot(
        part.probabilities,
        part.loss_if_zero,
        color=ORANGE,
        linestyle="--",
        label="the truth is 0: −log(1 − p)",
    )
    axis.set(xlabel="forecast probability p of class 1", ylabel="loss (nats)", ylim=(0, None))
    axis.legend(frameon=False)
    return figure


def loss_curve(lesson):
    digit = lesson.digit
    figure, axis = chart("The loss falls, epoch by epoch")
    curves = (
        (f"{digit} or not {digit}", lesson.binary.training.loss_curve, BLUE, "o"),
        ("all ten digits", lesson.ten.training.loss_curve, ORANGE, "s"),
    )
    for label, curve, color, marker in curves:
        epochs = np.arange(1, len(curve) + 1)
        axis.plot(epochs, curve, color=color, marker=marker, markersize=3, label=label)
    axis.set(xlabel="epoch", ylabel="objective: loss + penalty (nats)", ylim=(0, None))
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.legend(frameon=False)
    return figure


def confusion_binary(lesson):
    digit = lesson.digit
    figure = Figure(figsize=(4.6, 4), layout="constrained")
    return confusion(
        figure,
        lesson.binary.confusion.ours,
        (f"not {digit}", f"is {digit}"),
        f"{digit} or not {digit}, test set",
    )


def confusion_ten(lesson):
    figure = Figure(figsize=(6.6, 5.8), layout="constrained")
    return confusion(figure, lesson.ten.confusion.ours, lesson.ten.classes, "Ten digits, test set")


def confusion(figure, matrix, labels, title):
    axis = figure.subplots()
    display = ConfusionMatrixDisplay(matrix, display_labels=labels)
    display.plot(ax=axis, cmap="Blues", values_format="d", colorbar=False)
    axis.set(title=title, xlabel="what the classifier said", ylabel="what it is")
    return figure


def trade_off(lesson):
    b = lesson.binary
    precisions, recalls, thresholds = b.precisions.ours, b.recalls.ours, b.thresholds.ours
    figure = Figure(figsize=(9, 3.8), layout="constrained")
    left, right = figure.subplots(1, 2)
    for axis in (left, right):
        tidy(axis)
    left.plot(thresholds, precisions[:-1], color=BLUE, label="precision")
    left.plot(thresholds, recalls[:-1], color=ORANGE, linestyle="--", label="recall")
    left.axvline(0, color=GREY, linewidth=1)
    left.text(0, 0.03, " the usual threshold", color=GREY, ha="left")
    left.set(
        title="Each threshold trades one for the other",
        xlabel="threshold on the score",
        xlim=b.shown,
    )
    left.set_ylim(0, 1.03)
    left.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2)
    right.plot(recalls, precisions, color=GREEN)
    usual = b.counts.recall.ours, b.counts.precision.ours
    right.plot(*usual, "o", color=GREEN)
    right.annotate("threshold 0", usual, (-8, -12), textcoords="offset points", ha="right")
    right.set(title="Precision against recall, test set", xlabel="recall", ylabel="precision")
    right.set(xlim=(0, 1.03), ylim=(0, 1.03))
    return figure


def weights(lesson):
    ten = lesson.ten
    figure, axes = tiles(2, 5, "What each digit's weights look for (blue) and against (red)")
    limit = np.quantile(np.abs(ten.weights), 0.998)  # a few large ones must not bleach the others
    for axis, row, label in zip(axes.flat, ten.weights, ten.classes, strict=True):
        show(axis, row, lesson.data.side, label, cmap="RdBu", vmin=-limit, vmax=limit)
    return figure


def mistakes(lesson):
    ten, data = lesson.ten, lesson.data
    figure, axes = tiles(2, 5, "Test digits that it gets wrong, the surest first")
    for axis in axes.flat:
        axis.set_axis_off()
    for axis, i in zip(axes.flat, ten.mistakes[:10], strict=False):
        said = f"{data.y_test[i]}, said {ten.predictions[i]}\np = {ten.probabilities[i].max():.2f}"
        show(axis, data.X_test[i], data.side, said)
    return figure


def chart(title):
    figure = Figure(figsize=(5.6, 3.8), layout="constrained")
    axis = figure.subplots()
    axis.set_title(title)
    tidy(axis)
    return figure, axis


def tidy(axis):
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(alpha=0.25)


def tiles(rows, columns, title):
    figure = Figure(figsize=(1.4 * columns, 1.75 * rows + 0.3), layout="constrained")
    figure.suptitle(title)
    return figure, figure.subplots(rows, columns)


def show(axis, pixels, side, label, cmap="gray_r", **limits):
    axis.imshow(pixels.reshape(side, side), cmap=cmap, **(limits or {"vmin": 0, "vmax": 1}))
    axis.set_title(label, fontsize=10)
    axis.set_axis_off()
