"""Laws of the precision-recall curve and of the area under the ROC curve."""

from itertools import product

import numpy as np

from scratch.exercises import definitions
from scratch.exercises.law import Laws
from scratch.exercises.margins import CLOSE
from scratch.exercises.mistakes import curves as mistakes

RNG = np.random.default_rng(22)


def rankings(lengths):
    """All targets with all orders of scores, ties included, short ones first.

    Of four samples only those whose scores rise or fall: which sample comes first matters to a
    mistake with ties, and three show that.
    """
    for n in lengths:
        for levels, y in product(product(range(n), repeat=n), product((0, 1), repeat=n)):
            is_dense = set(levels) == set(range(max(levels) + 1))
            is_sorted = list(levels) in (sorted(levels), sorted(levels, reverse=True))
            if is_dense and (n < 4 or is_sorted):
                yield np.array(y), np.array(levels, dtype=float)


def random_ranking(n, ties):
    y, scores = RNG.integers(0, 2, n), RNG.normal(0, 1, n)
    y[:2] = 0, 1
    return y, scores.round(1 if ties else 6)


MANY = [random_ranking(12, False), random_ranking(12, True), random_ranking(60, True)]


def shuffled(ranking):
    """The same samples in five other orders."""
    orders = np.random.default_rng(23)
    drawn = [orders.permutation(len(ranking[0])) for _ in range(5)]
    return [tuple(part[order] for part in ranking) for order in drawn]


def untied(ranking):
    return len(set(ranking[1].tolist())) == len(ranking[1])


def tied(ranking):
    return not untied(ranking)


# --- precision-recall curve -----------------------------------------------------------------------

curve = Laws(
    "precision_recall_curve",
    definitions.precision_recall_curve,
    suspects=mistakes.CURVE,
    probes=MANY,
)
FOUND = [ranking for ranking in rankings([1, 2, 3, 4]) if ranking[0].any()]


@curve.law("precision and recall, one longer than the thresholds: they end in 1 and 0")
def _(f):
    curve.expect_form(f, (np.array([1]), np.array([0.5])), (np.array([0, 1]), np.array([0.2, 0.7])))


@curve.law("a score that reaches the threshold is called positive: >=, not >")
def _(f):
    curve.expect(f, (np.array([1]), np.array([0.0])), (np.array([0, 1]), np.array([0.0, 1.0])))


@curve.law("every score is a threshold, the lowest first: every ranking of up to four")
def _(f):
    curve.expect(f, *filter(untied, FOUND))


@curve.law("equal scores go together: one threshold, one point")
def _(f):
    curve.expect(f, *filter(tied, FOUND))


@curve.law("the order of the samples changes nothing")
def _(f):
    curve.expect(f, *shuffled(MANY[1]))


@curve.law("recall never rises with the threshold, and begins at 1")
def _(f):
    for case in MANY:
        call = curve.call(f, *case)
        recall = np.asarray(call.run()[1])
        if recall[0] != 1 or (np.diff(recall) > 0).any():
            raise call.broken(f"recall {recall}", "recall that falls from 1 to 0")


@curve.law("longer rankings with ties, as scikit-learn draws them")
def _(f):
    from sklearn.metrics import precision_recall_curve

    cases = [*MANY, (np.ones(5, dtype=int), MANY[0][1][:5])]
    curve.expect(f, *cases, truth=lambda y, scores: tuple(precision_recall_curve(y, scores)))


@curve.law("y and scores are left as they were")
def _(f):
    curve.leaves_arguments_alone(f, MANY[1])


# --- area under the ROC curve ---------------------------------------------------------------------

auc = Laws("roc_auc", definitions.roc_auc, suspects=mistakes.AUC, probes=MANY, margin=CLOSE)
BOTH = [ranking for ranking in rankings([2, 3, 4]) if 0 < ranking[0].mean() < 1]


@auc.law("it returns one number")
def _(f):
    auc.expect_form(f, (np.array([0, 1]), np.array([0.2, 0.7])), MANY[0])


@auc.law("1 if the positive scores higher than the negative, 0 if lower")
def _(f):
    auc.expect(f, *filter(untied, (pair for pair in BOTH if len(pair[0]) == 2)))


@auc.law("a tie counts one half")
def _(f):
    auc.expect(f, *filter(tied, (pair for pair in BOTH if len(pair[0]) == 2)))


@auc.law("the share of pairs, positive and negative, in the right order: every ranking of four")
def _(f):
    auc.expect(f, *filter(untied, BOTH), *filter(tied, BOTH))


@auc.law("the order of the samples changes nothing")
def _(f):
    auc.expect(f, *shuffled(MANY[1]))


@auc.law("only the order of the scores counts: any rising function of them gives the same")
def _(f):
    pairs = [(-2.0, -1.0), (0.5, 0.5001), (3.0, 8.0), (100.0, 1e6)]
    auc.expect(f, *((np.array([0, 1]), np.array(pair)) for pair in pairs))
    y, scores = MANY[1]
    auc.expect(f, *((y, rising(scores)) for rising in (np.exp, np.arctan, lambda s: 10 * s - 3)))


@auc.law("longer rankings with ties, as scikit-learn counts them")
def _(f):
    from sklearn.metrics import roc_auc_score

    auc.expect(f, *MANY, truth=lambda y, scores: float(roc_auc_score(y, scores)))


@auc.law("y and scores are left as they were")
def _(f):
    auc.leaves_arguments_alone(f, MANY[1])


LAWS = [curve, auc]
