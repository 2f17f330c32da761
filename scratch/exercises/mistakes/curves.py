"""Known mistakes with curves and areas: what they give, and what to tell."""

import numpy as np

from scratch.exercises import definitions as true

_curve = true.precision_recall_curve


def _changed(change):
    """The right curve, one thing changed."""
    return lambda y, scores: change(*_curve(y, scores))


def _strictly_above(y, scores):
    thresholds = np.unique(scores)
    precision, recall = [], []
    for threshold in thresholds:
        found = y[scores > threshold]
        precision.append(found.mean() if len(found) else 0.0)
        recall.append(found.sum() / y.sum())
    return np.array([*precision, 1.0]), np.array([*recall, 0.0]), thresholds


def _strictly_above_with(of_nothing):
    def curve(y, scores):
        precision, recall, thresholds = _strictly_above(y, scores)
        precision[len(thresholds) - 1] = of_nothing
        return precision, recall, thresholds

    return curve


def _one_by_one(kind, reverse):
    """A point for each sample, equal scores or not."""

    def curve(y, scores):
        order = np.argsort(scores, kind=kind)[::-1] if reverse else np.argsort(-scores, kind=kind)
        tp, found = np.cumsum(y[order]), np.arange(1, len(y) + 1)
        precision, recall = (tp / found)[::-1], (tp / tp[-1])[::-1]
        return np.append(precision, 1.0), np.append(recall, 0.0), scores[order][::-1]

    return curve


def _at_each_sample(y, scores):
    """The right counts, but a threshold for each sample, repeated where scores are equal."""
    precision, recall, thresholds = _curve(y, scores)
    at = np.searchsorted(thresholds, np.sort(scores))
    return np.append(precision[at], 1.0), np.append(recall[at], 0.0), np.sort(scores)


def _from_full_recall(precision, recall, thresholds):
    first = np.flatnonzero(recall == 1)[-1]
    return precision[first:], recall[first:], thresholds[first:]


def _without_intermediate(y, scores):
    from sklearn.metrics import precision_recall_curve

    return tuple(precision_recall_curve(y, scores, drop_intermediate=True))


def _roc_points(y, scores):
    from sklearn.metrics import roc_curve

    return roc_curve(y, scores, drop_intermediate=False)


def _other_class(y, scores):
    return _curve(1 - y, scores)


def _below(y, scores):
    """Who does not reach the threshold is called positive."""
    thresholds = np.unique(scores)
    found = [y[scores <= t] for t in thresholds]
    precision = [float(each.mean()) for each in found]
    recall = [float(each.sum() / y.sum()) for each in found]
    return np.array([*precision, 1.0]), np.array([*recall, 0.0]), thresholds


def _share_of_samples(y, scores):
    precision, recall, thresholds = _curve(y, scores)
    return precision, recall * y.sum() / len(y), thresholds


def _monotone(precision, recall, thresholds):
    return np.maximum.accumulate(precision), recall, thresholds


CURVE = {
    "Above the threshold only (>): a score that reaches it (>=) is called positive too.": [
        _strictly_above,
        _strictly_above_with(1.0),
    ],
    "Above the threshold only (>), so nobody is left at the highest, and 0/0 is nan: a score that "
    "reaches it (>=) is called positive too.": _strictly_above_with(np.nan),
    "Equal scores are taken one by one, so their order in the data decides. A threshold takes all "
    "of them at once: one point for each different score.": [
        _one_by_one(kind, reverse) for kind in (None, "stable") for reverse in (True, False)
    ],
    "A threshold comes several times: one point for each different score (np.unique).": (
        _at_each_sample
    ),
    "Precision and recall are exchanged.": _changed(lambda p, r, t: (r, p, t)),
    "The highest threshold comes first: they rise, and the point (1, 0) is the last.": _changed(
        lambda p, r, t: (p[::-1], r[::-1], t[::-1])
    ),
    "The highest threshold comes first: they rise. (The point (1, 0) is in its place.)": _changed(
        lambda p, r, t: (np.append(p[:-1][::-1], 1.0), np.append(r[:-1][::-1], 0.0), t[::-1])
    ),
    "The thresholds are in another order than precision and recall: all three rise with them.": (
        _changed(lambda p, r, t: (p, r, t[::-1]))
    ),
    "The last point is missing: precision 1 and recall 0, which has no threshold.": _changed(
        lambda p, r, t: (p[:-1], r[:-1], t)
    ),
    "The last point is precision 1 and recall 0, not precision 0.": _changed(
        lambda p, r, t: (np.append(p[:-1], 0.0), r, t)
    ),
    "The extra point (1, 0) comes first: it is the last.": _changed(
        lambda p, r, t: (np.append(1.0, p[:-1]), np.append(0.0, r[:-1]), t)
    ),
    "The last point has a threshold (inf): there are as many thresholds as different scores.": (
        _changed(lambda p, r, t: (p, r, np.append(t, np.inf)))
    ),
    "Thresholds below that of full recall are left out: every score is one.": _changed(
        _from_full_recall
    ),
    "Precision is made to rise (interpolated): it is what was counted at each threshold.": _changed(
        _monotone
    ),
    "The counts are of the other class: a high score means 1.": _other_class,
    "The order is that of -scores: a high score means 1.": lambda y, scores: _curve(y, -scores),
    "This is the ROC curve: false and true positive rates.": _roc_points,
    "Who is below the threshold is called positive: it is who reaches it.": _below,
    "Recall is divided by all samples: divide by the positives.": _share_of_samples,
    "Thresholds at which no positive is added are left out (drop_intermediate): every score is "
    "one.": _without_intermediate,
    "1 - precision comes out.": _changed(lambda p, r, t: (np.append(1 - p[:-1], 1.0), r, t)),
    "1 - recall comes out.": _changed(lambda p, r, t: (p, np.append(1 - r[:-1], 0.0), t)),
}


def _pairs(value):
    return lambda y, scores: true.roc_auc(y, scores, tie=value)


def _better_side(y, scores):
    area = true.roc_auc(y, scores)
    return max(area, 1 - area)


def _roc(y, scores):
    """False and true positive rates, the highest threshold first, from (0, 0)."""
    thresholds = np.unique(scores)[::-1]
    tpr = [0.0, *((scores[y == 1] >= t).mean() for t in thresholds)]
    fpr = [0.0, *((scores[y == 0] >= t).mean() for t in thresholds)]
    return np.array(fpr), np.array(tpr)


def _without_origin(y, scores):
    fpr, tpr = _roc(y, scores)
    return float(np.trapezoid(tpr[1:], fpr[1:]))


def _rectangles(right):
    def area(y, scores):
        fpr, tpr = _roc(y, scores)
        return float((np.diff(fpr) * (tpr[1:] if right else tpr[:-1])).sum())

    return area


def _one_by_one_area(kind, reverse):
    def area(y, scores):
        order = np.argsort(scores, kind=kind)[::-1] if reverse else np.argsort(-scores, kind=kind)
        tpr = np.append(0, np.cumsum(y[order]) / y.sum())
        fpr = np.append(0, np.cumsum(1 - y[order]) / (1 - y).sum())
        return float(np.trapezoid(tpr, fpr))

    return area


def _ranks_area(kind):
    def area(y, scores):
        ranks = np.empty(len(y))
        ranks[np.argsort(scores, kind=kind)] = np.arange(1, len(y) + 1)
        n_pos, n_neg = y.sum(), (1 - y).sum()
        return float((ranks[y == 1].sum() - n_pos * (n_pos + 1) / 2) / (n_pos * n_neg))

    return area


def _average_precision(y, scores):
    precision, recall, _ = _curve(y, scores)
    return float(-(np.diff(recall) * precision[:-1]).sum())


def _pr_trapezoid(y, scores):
    precision, recall, _ = _curve(y, scores)
    return float(-np.trapezoid(precision, recall))


def _per_all_pairs(y, scores):
    share = true.roc_auc(y, scores) * y.sum() * (1 - y).sum()
    return float(share / len(y) ** 2)


def _per_half_pairs(y, scores):
    share = true.roc_auc(y, scores) * y.sum() * (1 - y).sum()
    return float(share / (len(y) * (len(y) - 1) / 2))


def _on_a_grid(m):
    def area(y, scores):
        grid = np.linspace(0, 1, m)[::-1]
        tpr = [(scores[y == 1] >= t).mean() for t in grid]
        fpr = [(scores[y == 0] >= t).mean() for t in grid]
        return float(np.trapezoid(tpr, fpr))

    return area


def _as_counted(y, scores):
    return float(true.roc_auc(y, scores) * y.sum() * (1 - y).sum())


AUC = {
    "A tie counts 0, one half is right: for pairs count the ties too, under a curve take "
    "trapezoids, not rectangles.": _pairs(0),
    "A tie counts 1, one half is right: for pairs is it >= for >, under a curve rectangles for "
    "trapezoids?": _pairs(1),
    "Equal to max(AUC, 1 - AUC): a classifier that ranks the wrong way round must show.": (
        _better_side
    ),
    "Equal to 1 - AUC: are the scores of the wrong class, or is it sorted the other way?": (
        lambda y, scores: 1 - true.roc_auc(y, scores)
    ),
    "Equal to -AUC: the false positive rate runs backwards. Sort the highest score first.": (
        lambda y, scores: -true.roc_auc(y, scores)
    ),
    "The Gini coefficient 2 AUC - 1: the share of pairs itself is asked for.": lambda y, scores: (
        2 * true.roc_auc(y, scores) - 1
    ),
    "The number of pairs in the right order: divide by all n_positive · n_negative pairs.": (
        _as_counted
    ),
    "Divided by n²: there are n_positive · n_negative pairs.": _per_all_pairs,
    "Divided by n (n - 1) / 2: only pairs of a positive and a negative count.": _per_half_pairs,
    "Equal scores are taken one by one, so their order in the data decides: a threshold takes all "
    "of them at once, and a tie counts one half.": [
        _one_by_one_area(kind, reverse) for kind in (None, "stable") for reverse in (True, False)
    ],
    "Equal scores get different ranks: they share the mean of their ranks.": [
        _ranks_area(None),
        _ranks_area("stable"),
    ],
    "The curve does not begin at (0, 0), where nobody is called positive.": _without_origin,
    "Rectangles of the higher side: between two points the curve is a straight line (trapezoid).": (
        _rectangles(True)
    ),
    "Rectangles of the lower side: between two points the curve is a straight line (trapezoid).": (
        _rectangles(False)
    ),
    "This is the average precision, the area under the precision-recall curve.": _average_precision,
    "This is the area under the precision-recall curve.": _pr_trapezoid,
    "A percentage: it is a share, from 0 to 1.": lambda y, scores: 100 * true.roc_auc(y, scores),
    "This is the accuracy at threshold 1/2: no threshold takes part.": lambda y, scores: float(
        np.mean((scores >= 0.5) == y)
    ),
    "The mean of recall and specificity at one threshold, 1/2: no threshold takes part.": (
        lambda y, scores: float(
            (np.mean(scores[y == 1] >= 0.5) + np.mean(scores[y == 0] < 0.5)) / 2
        )
    ),
    "Thresholds on a grid from 0 to 1: every score is a threshold, wherever it lies.": [
        _on_a_grid(m) for m in (11, 21, 51, 100, 101)
    ],
    "The difference of the mean scores: only their order counts.": lambda y, scores: float(
        scores[y == 1].mean() - scores[y == 0].mean()
    ),
}
