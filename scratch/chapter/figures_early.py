"""The pictures of the first screen and of parts 1 to 4."""

import numpy as np
from matplotlib.figure import Figure

from scratch import textbook
from scratch.chapter.formats import percent, whole
from scratch.chapter.plots import (
    ACCENT,
    GROUND,
    INK,
    SOFT,
    chart,
    margins,
    mosaic,
    show,
    tidy,
    tiles,
)
from scratch.chapter.words import article


def hero(lesson):
    ten, data = lesson.ten, lesson.data
    i = ten.mistakes[0] if len(ten.mistakes) else 0
    said, truth = ten.probabilities[i].argmax(), int(data.y_validation[i])
    rival = truth if truth != said else int(np.argsort(ten.probabilities[i])[-2])
    pixels = data.X_validation[i]
    parts = (ten.weights[said] - ten.weights[rival]) * pixels
    intercept = ten.intercepts[said] - ten.intercepts[rival]
    figure = Figure(figsize=(8.4, 3))
    figure.suptitle(
        f"It is {article(truth)}, read as {article(said)},"
        f" {whole(ten.probabilities[i].max())} sure."
        f" Pixels {parts.sum():+.1f}, intercept {intercept:+.1f}"
    )
    first, second, third = figure.subplots(
        1, 3, width_ratios=(1, 1, 1.8), gridspec_kw=margins(0.02, 0.98, 0.1, 0.8, wspace=0.2)
    )
    show(first, pixels, "a validation digit")
    show(second, parts, f"for {said} (blue), for {rival} (red)", signed=True)
    colours = [ACCENT if k == said else SOFT for k in range(10)]
    third.bar(ten.classes, ten.probabilities[i], color=colours)
    tidy(third)
    third.set(title="probabilities", ylim=(0, 1))
    return figure


def pupils(lesson):
    part, side = lesson.carried, lesson.data.side
    figure = Figure(figsize=(9, 4))
    figure.suptitle("Three pupils: framed is what they get wrong")
    rows = figure.subplots(len(lesson.pupils), 2, gridspec_kw=margins(0.01, 0.99, 0.01, 0.86))
    sets = ("training", part.X_train), ("validation", part.X_validation)
    for axes, pupil in zip(rows, lesson.pupils, strict=True):
        for axis, (name, X), right in zip(axes, sets, (pupil.train, pupil.validation), strict=True):
            title = f"{pupil.name}: {percent(right.mean())} of the {name} digits"
            mosaic(axis, X[:20].reshape(2, 10, side, side), ~right[:20].reshape(2, 10), title)
    return figure


def binary_loss(lesson):
    part = lesson.probability
    figure, axis = chart("The price of a probability")
    axis.plot(part.probabilities, part.loss_if_one, color=INK, label="the truth is 1: −log p")
    axis.plot(
        part.probabilities,
        part.loss_if_zero,
        color=SOFT,
        linestyle="--",
        label="the truth is 0: −log(1 − p)",
    )
    axis.set(xlabel="probability p of 1", ylabel="loss (nats)", ylim=(0, None))
    axis.legend(frameon=False)
    return figure


def fit(lesson):
    hand = lesson.probability.by_hand
    figure, axis = chart(f"The sigmoid of the lowest loss: w = {hand.w:.1f}, b = {hand.b:.1f}")
    x = np.linspace(0, 1, 200)
    axis.plot(x, textbook.sigmoid(hand.w * x + hand.b), color=ACCENT)
    p = textbook.sigmoid(hand.w * hand.x + hand.b)
    axis.vlines(hand.x, hand.y, p, color=SOFT, linewidth=1)
    axis.plot(hand.x, hand.y, "o", color=INK)
    axis.set(xlabel="grey value of one pixel", ylabel="label, and probability of a 1")
    return figure


def slope(lesson):
    part = lesson.derivative
    figure, axis = chart("How far differences are from p − y")
    axis.loglog(part.widths, np.maximum(part.errors, 1e-17), color=INK)
    axis.set(xlabel="step h of the differences", ylabel="error")
    return figure


def step(lesson):
    """Show the first training digit's step from weights of zero."""
    x, y = lesson.data.X_train[0], int(lesson.data.y_train[0] == lesson.digit)
    pictures = x, np.zeros_like(x), -(0.5 - y) * x, -(0.5 - y) * x
    captions = "x", "w before: 0", "−η (p − y) x", "w after"
    title = f"One step with η = 1: p = 0.5, y = {y}, so p − y = {0.5 - y:+.1f}"
    return tiles(pictures, captions, 4, title, signed=True, size=1.8)


def landscape(lesson):
    land = lesson.landscape
    figure = Figure(figsize=(9, 4.4))
    panels = figure.subplots(1, 2, gridspec_kw=margins(0.075, 0.89, 0.12, 0.92, wspace=0.22))
    w = np.linspace(*land.axes[0], land.heights.shape[1])
    b = np.linspace(*land.axes[1][::-1], land.heights.shape[0])
    levels = np.concatenate([[land.lowest], land.levels, [land.heights.max() + 1]])
    small, middle, large, momentum, single = land.runs
    for axis, runs in ((panels[0], (small, middle, large)), (panels[1], (momentum, single))):
        ground = axis.contourf(w, b, land.heights, levels, cmap=GROUND, norm="log")
        lines = axis.contour(w, b, land.heights, land.levels, colors="#8d979d", linewidths=0.7)
        axis.clabel(lines, land.levels[2::2], fontsize=7, fmt="%g")
        for run, style, color in zip(runs, ("-", "--", ":"), (ACCENT, INK, SOFT), strict=False):
            name = f"η = {run.eta:g}, " + (f"μ = {run.mu:g}" if run.mu else "")
            name += "one sample" if run.batch_size else f"ends at {run.losses[-1]:.3f}"
            axis.plot(*run.path.T, color=color, linestyle=style, linewidth=1.3, label=name)
        axis.plot(*land.start, "o", color=INK, fillstyle="none")
        axis.plot(*land.minimum, "+", color=INK, markersize=10)
        axis.set(xlim=land.axes[0], ylim=land.axes[1], aspect="equal")
        axis.set(xlabel="weight w", ylabel="intercept b")
        axis.legend(fontsize=7, loc="lower left")
    place = figure.add_axes((0.92, 0.2, 0.016, 0.64))
    bar = figure.colorbar(ground, cax=place, label="loss (nats)", ticks=land.levels[::2])
    bar.ax.yaxis.set_major_formatter("{x:g}")
    figure.suptitle("The loss of “is it a 1, or a 0?” by one pixel, and ways down")
    return figure
