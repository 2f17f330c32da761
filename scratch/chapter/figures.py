"""The chapter as pictures: one function a picture, each a view of the lesson.

They are the stills of the page's figures, and files beside the page.
"""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from scratch.chapter import figures_early as early
from scratch.chapter.formats import probability, whole
from scratch.chapter.plots import (
    ACCENT,
    INK,
    SOFT,
    as_svg,
    chart,
    margins,
    still,
    tidy,
    tiles,
)

__all__ = ["as_svg", "draw", "stills"]


def stills(pictures):
    """Return pictures, those of `draw`, as the page carries them: `Still` by name."""
    return {name: still(figure) for name, figure in pictures.items()}


def draw(lesson):
    """Draw all pictures of the chapter.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    dict of str to matplotlib.figure.Figure
        By file name without its ending, in the chapter's order.
    """
    pictures = (
        *(early.hero, early.pupils, early.binary_loss, early.fit, early.slope, early.step),
        *(early.landscape, scores, trade_off),
        *(loss_curve, weights, mistakes, fits, reliability, odd),
        *(confusion_last, last_mistakes, twins, races),
    )
    with mpl.rc_context({"axes.titley": 1.0}):  # a title's place needn't be looked for
        return {
            f"{number:02}-{picture.__name__.replace('_', '-')}": picture(lesson)
            for number, picture in enumerate(pictures, start=1)
        }


def scores(lesson):
    b, digit = lesson.binary, lesson.digit
    figure, axis = chart(f"Validation digits by their score: above is {digit}, below is not")
    bins = np.linspace(max(b.scores.min(), -12), min(b.scores.max(), 10), 45)
    positive, _ = np.histogram(b.scores[b.truth], bins)
    negative, _ = np.histogram(b.scores[~b.truth], bins)
    width = np.diff(bins)
    axis.bar(bins[:-1], positive, width, align="edge", color=INK)
    axis.bar(bins[:-1], -negative, width, align="edge", color=SOFT, alpha=0.6)
    axis.axvline(0, color=ACCENT)
    axis.text(0, axis.get_ylim()[0] * 0.9, " threshold 0", color=ACCENT)
    axis.yaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    axis.set(xlabel="score", ylabel="digits")
    return figure


def trade_off(lesson):
    b = lesson.binary
    figure = Figure(figsize=(9, 3.8))
    left, right = figure.subplots(1, 2, gridspec_kw=margins(0.08, 0.98, 0.14, 0.91, wspace=0.24))
    for axis in (left, right):
        tidy(axis)
    left.plot(b.recalls.ours, b.precisions.ours, color=INK)
    left.plot(b.counts.recall.ours, b.counts.precision.ours, "o", color=ACCENT)
    left.set(title="Precision against recall, validation set", xlabel="recall", ylabel="precision")
    right.plot(*(part.ours for part in b.roc), color=INK)
    right.plot([0, 1], [0, 1], color=SOFT, linestyle=":")
    right.set(title="ROC curve, validation set")
    right.set(xlabel="false positive rate", ylabel="true positive rate, recall")
    for axis in (left, right):
        axis.set(xlim=(0, 1.03), ylim=(0, 1.03))
    return figure


def confusion_last(lesson):
    return confusion(lesson.last.confusion.ours, lesson.ten.classes, "Ten digits, test set")


def confusion(matrix, labels, title):
    """Draw the counts: errors on a colour scale of their own, right answers without colour."""
    figure = Figure(figsize=(6.6, 5.8))
    axis = figure.subplots(gridspec_kw=margins(0.09, 0.97, 0.1, 0.93))
    wrong = np.ma.masked_where(np.eye(len(matrix), dtype=bool), matrix)
    picture = axis.imshow(wrong, cmap="Oranges", vmin=0, vmax=max(wrong.max(), 1))
    bar = figure.colorbar(picture, ax=axis, label="wrong answers", shrink=0.85)
    bar.locator = MaxNLocator(integer=True)
    for (i, j), n in np.ndenumerate(matrix):
        color = "w" if i != j and n > 0.6 * wrong.max() else "k"
        weight = "bold" if i == j else "normal"
        axis.text(j, i, f"{n:,}", ha="center", va="center", weight=weight, color=color)
    axis.set(title=title, xlabel="what it was called", ylabel="what it is")
    axis.set(xticks=range(len(labels)), yticks=range(len(labels)))
    axis.set(xticklabels=labels, yticklabels=labels)
    return figure


def loss_curve(lesson):
    figure, axis = chart("All ten digits: the loss, epoch by epoch")
    train, validation = lesson.ten.losses
    axis.plot(validation, color=ACCENT, label="validation set")
    axis.plot(train, color=INK, linestyle="--", label="training set")
    axis.set(xlabel="epoch", ylabel="cross-entropy (nats), logarithmic", yscale="log")
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.legend(frameon=False)
    return figure


def weights(lesson):
    ten = lesson.ten
    title = "What each digit's weights look for (blue) and against (red)"
    return tiles(ten.weights, ten.classes.tolist(), 5, title, signed=True)


def mistakes(lesson):
    ten, data = lesson.ten, lesson.data
    chosen = ten.mistakes[:10] if len(ten.mistakes) else np.arange(10)
    captions = [
        f"{data.y_validation[i]}, said {ten.predictions[i]}\n"
        f"p = {probability(ten.probabilities[i].max())}"
        for i in chosen
    ]
    title = "Validation digits that it gets wrong, the surest first"
    return tiles(data.X_validation[chosen], captions, 5, title)


def fits(lesson):
    part = lesson.generalisation
    figure, axis = chart("Few digits or many (solid: validation set; dashed: training set)")
    for k, fit in enumerate(part.fits):
        color = (SOFT, INK, ACCENT)[k // 2]
        if fit.alpha and fit is not part.fits[-1]:
            continue
        train, validation = fit.losses
        name = f"{fit.n:,} digits" + (f", α = {fit.alpha:g}" if fit.alpha else "")
        wide = 2.5 if fit.alpha else 1.3
        axis.plot(validation, color=color, linewidth=wide, label=name)
        axis.plot(train, color=color, linewidth=wide, linestyle="--")
    axis.set(xlabel="epoch", ylabel="cross-entropy (nats), logarithmic", yscale="log")
    axis.legend(frameon=False)
    return figure


def reliability(lesson):
    part = lesson.generalisation.reliability
    figure, axis = chart("How sure it was, and how often it was right (validation set)")
    middles = (np.arange(10) + 0.5) / 10
    axis.bar(middles, part.right, 0.09, color=SOFT, alpha=0.6)
    some = part.counts > 0
    axis.plot([0, 1], [0, 1], color=INK, linestyle=":")
    axis.plot(part.sure[some], part.right[some], "o", color=ACCENT)
    for x, share, n in zip(middles[some], part.right[some], part.counts[some], strict=True):
        axis.text(x, share + 0.02, f"{n}", ha="center", fontsize=8)
    axis.set(xlabel="probability of the answer", ylabel="share that is right", ylim=(0, 1.1))
    return figure


def odd(lesson):
    part = lesson.generalisation
    oddities = (*part.turned, *part.scribbles)
    captions = [f"{oddity.said}, {whole(oddity.probability)}" for oddity in oddities]
    pictures = [oddity.pixels for oddity in oddities]
    return tiles(pictures, captions, len(part.turned), "Sure about what is no upright digit")


def last_mistakes(lesson):
    shown = lesson.last.mistakes
    captions = [f"{label}, said {said}\np = {probability(p)}" for _, label, said, p in shown]
    title = "Test digits that it gets wrong, the surest first"
    return tiles([pixels for pixels, *_ in shown], captions, 5, title)


def twins(lesson):
    figure, axis = chart("How far apart two runs are that add up in another order")
    for (eta, apart), color in zip(lesson.last.twins.items(), (INK, ACCENT), strict=True):
        axis.plot(np.maximum(apart, 1e-17), color=color, label=f"η = {eta:g}")
    axis.set(xlabel="step", ylabel="distance / size of the weights", yscale="log")
    axis.set_ylim(1e-17, 10)
    axis.legend(frameon=False)
    return figure


def races(lesson):
    figure, axis = chart("Log loss on the training set against training time")
    for race, color, style in zip(
        lesson.last.races, (ACCENT, INK, SOFT), ("-", "--", ":"), strict=True
    ):
        axis.plot(race.seconds, race.losses, color=color, linestyle=style, label=race.name)
    axis.set(xlabel="training time (s)", ylabel="log loss, logarithmic", yscale="log")
    axis.legend(frameon=False, fontsize=8)
    return figure
