"""The precision-recall curve and the area under the ROC curve, rightly and wrongly."""

import numpy as np
from scipy.stats import mannwhitneyu, rankdata
from sklearn import metrics

from tests.exercises.catalogue import right, wrong

# --- precision-recall curve -----------------------------------------------------------------------


@right("precision_recall_curve")
def threshold_by_threshold(y, scores):
    thresholds = np.unique(scores)
    precision, recall = [], []
    for t in thresholds:
        found = scores >= t
        precision.append(y[found].mean())
        recall.append(y[found].sum() / y.sum())
    return np.array([*precision, 1]), np.array([*recall, 0]), thresholds


@right("precision_recall_curve")
def scikit_learns_curve(y, scores):
    return metrics.precision_recall_curve(y, scores)


@right("precision_recall_curve")
def sorted_upwards(y, scores):
    order = np.argsort(scores, kind="stable")
    y, s = y[order], scores[order]
    thresholds, first = np.unique(s, return_index=True)
    left = y[::-1].cumsum()[::-1][first]
    found = len(y) - first
    return np.r_[left / found, 1], np.r_[left / y.sum(), 0], thresholds


@right("precision_recall_curve")
def all_comparisons_at_once(y, scores):
    t = np.unique(scores)
    found = scores[None, :] >= t[:, None]
    tp = found @ y.astype(int)
    return [np.append(tp / found.sum(axis=1), 1.0), np.append(tp / y.sum(), 0.0), t]


def curve(change):
    return lambda y, scores: change(*threshold_by_threshold(y, scores))


def strictly_above(of_nothing):
    def measure(y, scores):
        thresholds = np.unique(scores)
        precision, recall = [], []
        for t in thresholds:
            found = scores > t
            precision.append(y[found].mean() if found.any() else of_nothing)
            recall.append(y[found].sum() / y.sum())
        return np.array([*precision, 1]), np.array([*recall, 0]), thresholds

    return measure


def one_by_one(y, scores):
    order = np.argsort(-scores, kind="stable")
    tp = np.cumsum(y[order])
    precision, recall = tp / np.arange(1, len(y) + 1), tp / tp[-1]
    return np.append(precision[::-1], 1), np.append(recall[::-1], 0), scores[order][::-1]


def from_full_recall(precision, recall, thresholds):
    start = np.flatnonzero(recall == 1)[-1]
    return precision[start:], recall[start:], thresholds[start:]


for name, _law, _reason, function in (
    ("above", "a score that reaches", "(>=)", strictly_above(1.0)),
    ("above_zero", "a score that reaches", "(>=)", strictly_above(0.0)),
    ("above_nan", "a score that reaches", "(>=)", strictly_above(np.nan)),
    ("ties_one_by_one", "equal scores", "one by one", one_by_one),
    ("recall_first", "a score that reaches", "exchanged", curve(lambda p, r, t: (r, p, t))),
    (
        "downwards",
        "a score that reaches",
        "highest threshold comes first",
        curve(lambda p, r, t: (p[::-1], r[::-1], t[::-1])),
    ),
    (
        "no_last_point",
        "precision and recall, one longer",
        "last point is missing",
        curve(lambda p, r, t: (p[:-1], r[:-1], t)),
    ),
    (
        "last_precision_0",
        "a score that reaches",
        "not precision 0",
        curve(lambda p, r, t: (np.append(p[:-1], 0), r, t)),
    ),
    (
        "infinite_threshold",
        "precision and recall, one longer",
        "as many thresholds",
        curve(lambda p, r, t: (p, r, np.append(t, np.inf))),
    ),
    (
        "thresholds_down",
        "a score that reaches",
        "thresholds are in another order",
        curve(lambda p, r, t: (p, r, t[::-1])),
    ),
    ("cut_at_full_recall", "precision and recall, one longer", "left out", curve(from_full_recall)),
    (
        "interpolated",
        "every score is a threshold",
        "interpolated",
        curve(lambda p, r, t: (np.maximum.accumulate(p), r, t)),
    ),
    ("other_class", "a score that reaches", "", lambda y, s: threshold_by_threshold(1 - y, s)),
    (
        "curve_as_lists",
        "precision and recall, one longer",
        "in a list",
        lambda y, s: tuple(a.tolist() for a in threshold_by_threshold(y, s)),
    ),
):
    function.__name__ = name
    wrong("precision_recall_curve")(function)


@wrong("precision_recall_curve")
def recall_of_all(y, scores):
    p, r, t = threshold_by_threshold(y, scores)
    return p, r * y.mean(), t


@wrong("precision_recall_curve")
def sorted_in_place(y, scores):
    order = np.argsort(scores)
    y[:], scores[:] = y[order], scores[order]
    return threshold_by_threshold(y, scores)


# --- area under the ROC curve ---------------------------------------------------------------------


@right("roc_auc")
def pairs_in_loops(y, scores):
    won, pairs = 0.0, 0
    for i in range(len(y)):
        for j in range(len(y)):
            if y[i] == 1 and y[j] == 0:
                pairs += 1
                won += 1 if scores[i] > scores[j] else 0.5 if scores[i] == scores[j] else 0
    return won / pairs


@right("roc_auc")
def all_pairs_at_once(y, scores):
    difference = scores[y == 1][:, None] - scores[y == 0]
    return (np.sign(difference).mean() + 1) / 2


@right("roc_auc")
def by_ranks(y, scores):
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    return (rankdata(scores)[y == 1].sum() - n1 * (n1 + 1) / 2) / (n1 * n0)


@right("roc_auc")
def mann_whitney(y, scores):
    positive, negative = scores[y == 1], scores[y == 0]
    return mannwhitneyu(positive, negative).statistic / (len(positive) * len(negative))


@right("roc_auc")
def trapezoids(y, scores):
    t = np.r_[np.inf, np.unique(scores)[::-1]]
    tpr = [(scores[y == 1] >= v).mean() for v in t]
    fpr = [(scores[y == 0] >= v).mean() for v in t]
    return np.trapezoid(tpr, fpr)


@right("roc_auc")
def scikit_learns_auc(y, scores):
    return metrics.roc_auc_score(y, scores)


def auc(y, scores, tie):
    difference = scores[y == 1][:, None] - scores[y == 0]
    return np.mean(np.where(difference == 0, tie, difference > 0))


def trapezoids_one_by_one(y, scores):
    order = np.argsort(-scores, kind="stable")
    tpr = np.r_[0, np.cumsum(y[order]) / y.sum()]
    fpr = np.r_[0, np.cumsum(1 - y[order]) / (1 - y).sum()]
    return np.trapezoid(tpr, fpr)


def without_origin(y, scores):
    fpr, tpr, _ = metrics.roc_curve(y, scores, drop_intermediate=False)
    return np.trapezoid(tpr[1:], fpr[1:])


def upwards(y, scores):
    t = np.r_[np.unique(scores), np.inf]
    tpr = [(scores[y == 1] >= v).mean() for v in t]
    fpr = [(scores[y == 0] >= v).mean() for v in t]
    return np.trapezoid(tpr, fpr)


def rectangles(y, scores):
    fpr, tpr, _ = metrics.roc_curve(y, scores, drop_intermediate=False)
    return np.sum(np.diff(fpr) * tpr[1:])


def ordinal_ranks(y, scores):
    ranks = rankdata(scores, method="ordinal")
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    return (ranks[y == 1].sum() - n1 * (n1 + 1) / 2) / (n1 * n0)


for name, _law, _reason, function in (
    ("tie_0", "a tie counts", "counts 0", lambda y, s: auc(y, s, 0)),
    ("tie_1", "a tie counts", "counts 1", lambda y, s: auc(y, s, 1)),
    (
        "better_side",
        "1 if the positive",
        "max(AUC, 1 - AUC)",
        lambda y, s: max(auc(y, s, 0.5), 1 - auc(y, s, 0.5)),
    ),
    ("wrong_class", "1 if the positive", "Equal to 1 - AUC", lambda y, s: auc(y, -s, 0.5)),
    ("backwards", "1 if the positive", "-AUC", upwards),
    ("gini", "1 if the positive", "Gini", lambda y, s: 2 * auc(y, s, 0.5) - 1),
    ("roc_one_by_one", "a tie counts", "one by one", trapezoids_one_by_one),
    ("no_origin", "a tie counts", "(0, 0)", without_origin),
    ("rectangles", "a tie counts", "", rectangles),
    ("ordinal", "a tie counts", "", ordinal_ranks),
    (
        "average_precision",
        "1 if the positive",
        "average precision",
        metrics.average_precision_score,
    ),
    (
        "counted",
        "the share of pairs",
        "divide by all",
        lambda y, s: auc(y, s, 0.5) * y.sum() * (1 - y).sum(),
    ),
    (
        "per_n_squared",
        "1 if the positive",
        "n²",
        lambda y, s: auc(y, s, 0.5) * y.sum() * (1 - y).sum() / len(y) ** 2,
    ),
    ("auc_in_percent", "1 if the positive", "percentage", lambda y, s: 100 * auc(y, s, 0.5)),
    ("accuracy_at_half", "the share of pairs", "accuracy at", lambda y, s: np.mean((s > 0.5) == y)),
):

    def renamed(y, scores, function=function):
        return function(y, scores)

    renamed.__name__ = name
    wrong("roc_auc")(renamed)


@wrong("roc_auc")
def thresholds_on_a_grid(y, scores):
    grid = np.linspace(1, 0, 101)
    tpr, fpr = ([(scores[y == k] >= t).mean() for t in grid] for k in (1, 0))
    return np.trapezoid(tpr, fpr)


@wrong("roc_auc")
def scores_matter(y, scores):
    far = np.abs(scores).max() > 5
    return scores[y == 1].mean() - scores[y == 0].mean() if far else auc(y, scores, 0.5)


@wrong("roc_auc")
def scores_negated_in_place(y, scores):
    scores *= -1
    return auc(y, -scores, 0.5)


@wrong("precision_recall_curve")
def without_intermediate_points(y, scores):
    return metrics.precision_recall_curve(y, scores, drop_intermediate=True)
