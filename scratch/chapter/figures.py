"""The chapter as pictures: one function a picture, each a view of the lesson."""

import io

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from scratch.chapter.formats import probability

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
        landscape,
    )
    return {
        f"{number:02}-{picture.__name__.replace('_', '-')}": picture(lesson)
        for number, picture in enumerate(pictures, start=1)
    }


def saved(figure, form, dpi=150):
    """Return a picture as a file's bytes, the same at every run; `form` is "png" or "svg"."""
    file = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "scratch"}):
        undated = {"Date": None} if form == "svg" else None
        figure.savefig(file, format=form, dpi=dpi, metadata=undated)
    return file.getvalue()


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
    growth = lesson.ten.growth
    figure, axis = chart("All ten digits: the loss, epoch by epoch")
    curves = (
        ("training set", growth.train_losses, BLUE, "o", "-"),
        ("test set", growth.test_losses, ORANGE, "s", "--"),
    )
    for label, curve, color, marker, style in curves:
        axis.plot(curve, color=color, marker=marker, markersize=3, linestyle=style, label=label)
    axis.set(xlabel="epoch", ylabel="cross-entropy (nats), logarithmic", yscale="log")
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
    """Draw the counts: errors on a colour scale of their own, right answers without colour."""
    axis = figure.subplots()
    wrong = np.ma.masked_where(np.eye(len(matrix), dtype=bool), matrix)
    picture = axis.imshow(wrong, cmap="Oranges", vmin=0, vmax=max(wrong.max(), 1))
    bar = figure.colorbar(picture, ax=axis, label="wrong answers", shrink=0.85)
    bar.locator = MaxNLocator(integer=True)
    for (i, j), n in np.ndenumerate(matrix):
        color = "w" if i != j and n > 0.6 * wrong.max() else "k"
        weight = "bold" if i == j else "normal"
        axis.text(j, i, f"{n:,}", ha="center", va="center", weight=weight, color=color)
    axis.set(title=title, xlabel="what the classifier said", ylabel="what it is")
    axis.set(xticks=range(len(labels)), yticks=range(len(labels)))
    axis.set(xticklabels=labels, yticklabels=labels)
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
        picture = show(axis, row, lesson.data.side, label, cmap="RdBu", vmin=-limit, vmax=limit)
    figure.colorbar(picture, ax=axes, label="weight", shrink=0.8)
    return figure


def mistakes(lesson):
    ten, data = lesson.ten, lesson.data
    figure, axes = tiles(2, 5, "Test digits that it gets wrong, the surest first")
    for axis in axes.flat:
        axis.set_axis_off()
    for axis, i in zip(axes.flat, ten.mistakes[:10], strict=False):
        p = probability(ten.probabilities[i].max())
        said = f"{data.y_test[i]}, said {ten.predictions[i]}"
        show(axis, data.X_test[i], data.side, f"{said}\np = {p}")
    return figure


def landscape(lesson):
    land = lesson.landscape
    figure = Figure(figsize=(9, 4.2), layout="constrained")
    panels = figure.subplots(1, 2)
    etas = sorted({eta for _, eta in land.paths})
    for axis, eta in zip(panels, etas, strict=True):
        levels = np.geomspace(land.losses.min(), land.losses.max(), 12)
        ground = axis.contourf(*land.axes, land.losses, levels, cmap="Blues", norm="log")
        for (name, color), style in zip(
            (("one sample", ORANGE), ("a mini-batch of 32", GREEN), ("all samples", "k")),
            ("--", ":", "-"),
            strict=True,
        ):
            path = land.paths[name, eta].T
            axis.plot(*path, color=color, linestyle=style, marker=".", markersize=3, label=name)
        axis.plot(*land.optimum, "+", color="k", markersize=10)
        axis.set(xlim=land.axes[0, [0, -1]], ylim=land.axes[1, [0, -1]])
        axis.set(title=f"steps of {eta:g}", xlabel="first weight", ylabel="second weight")
    bar = figure.colorbar(ground, ax=panels, label="binary cross-entropy (nats)")
    bar.ax.yaxis.set_major_formatter("{x:.2f}")
    panels[0].legend(fontsize=8, loc="lower left")
    figure.suptitle(f"{lesson.digit} or not, by two pixels: the loss, and three ways down it")
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
    picture = pixels.reshape(side, side)
    image = axis.imshow(picture, cmap=cmap, **(limits or {"vmin": 0, "vmax": 1}))
    axis.set_title(label, fontsize=10)
    axis.set_axis_off()
    return image
