"""Laws of accuracy, of the confusion matrix, and of precision, recall and F1."""

from itertools import product

import numpy as np

from scratch.exercises import definitions
from scratch.exercises.law import Laws
from scratch.exercises.margins import EXACT
from scratch.exercises.mistakes import counts as mistakes
from scratch.exercises.mistakes import ratios as of_ratios

RNG = np.random.default_rng(21)


def answers(n_classes, lengths):
    """Every pair of true and predicted labels, short ones first."""
    for n in lengths:
        for labels in product(range(n_classes), repeat=2 * n):
            yield np.array(labels[:n]), np.array(labels[n:])


MANY = [(RNG.integers(0, 4, 30), RNG.integers(0, 4, 30)) for _ in range(3)]
SIX = np.array([1, 0, 1, 1, 0, 0]), np.array([1, 1, 1, 1, 0, 1])  # the chapter's: 4 of 6 right

# --- accuracy -------------------------------------------------------------------------------------

accuracy = Laws(
    "accuracy", definitions.accuracy, suspects=mistakes.ACCURACY, probes=[*MANY, SIX], margin=EXACT
)


@accuracy.law("it returns one number")
def _(f):
    accuracy.expect_form(f, (np.array([0]), np.array([0])), SIX)


@accuracy.law("one answer is right, 1, or wrong, 0, whatever the classes")
def _(f):
    accuracy.expect(f, *answers(3, [1]))


@accuracy.law("the share of right answers: every pair of two or three labels")
def _(f):
    accuracy.expect(f, *answers(2, [2, 3]))


@accuracy.law("the chapter's six answers: 4 of 6; the tumours: 91 of 100")
def _(f):
    tumours = np.repeat([1, 0], [9, 91]), np.isin(np.arange(100), [0, 9]).astype(int)
    accuracy.expect(f, SIX, truth=lambda *_: 4 / 6)
    accuracy.expect(f, tumours, truth=lambda *_: 0.91)


@accuracy.law("many classes, as scikit-learn counts them")
def _(f):
    from sklearn.metrics import accuracy_score

    accuracy.expect(f, *answers(3, [2]), *MANY, truth=lambda *pair: float(accuracy_score(*pair)))


@accuracy.law("y_true and y_pred are left as they were")
def _(f):
    accuracy.leaves_arguments_alone(f, SIX)


# --- confusion matrix -----------------------------------------------------------------------------

confusion = Laws(
    "confusion_matrix",
    definitions.confusion_matrix,
    suspects=mistakes.CONFUSION,
    probes=[*((*pair, 4) for pair in MANY), (*SIX, 2)],
    margin=EXACT,
)


@confusion.law("an array of whole numbers, (K, K), even if some classes never occur")
def _(f):
    cases = [(np.array([0]), np.array([0]), K) for K in (2, 3, 4)]
    confusion.expect_form(f, *cases, (np.array([2, 3]), np.array([2, 2]), 4))


@confusion.law("one sample of class i, predicted j, is a 1 in row i and column j")
def _(f):
    confusion.expect(f, *((*pair, 3) for pair in answers(3, [1])))


@confusion.law("the same pair again counts again")
def _(f):
    confusion.expect(f, *((np.full(n, 0), np.full(n, 1), 2) for n in (2, 3)))


@confusion.law("every pair of two or three labels")
def _(f):
    confusion.expect(f, *((*pair, 2) for pair in answers(2, [2, 3])))


@confusion.law("the chapter's six answers: 1 true negative, 2 false positives, 3 true positives")
def _(f):
    confusion.expect(f, (*SIX, 2), truth=lambda *_: np.array([[1, 2], [0, 3]]))


@confusion.law("it sums to n; rows to the true labels, columns to the predicted")
def _(f):
    for y_true, y_pred in MANY:
        call = confusion.call(f, y_true, y_pred, 4)
        got = call.run()
        for what, axis, labels in (("rows", 1, y_true), ("columns", 0, y_pred)):
            want = [labels.tolist().count(k) for k in range(4)]
            if np.sum(got, axis=axis).tolist() != want:
                said = f"{what} that sum to {np.sum(got, axis=axis).tolist()}"
                raise call.broken(said, f"{what} that sum to {want}")


@confusion.law("many classes, as scikit-learn counts them")
def _(f):
    from sklearn import metrics

    def theirs(y_true, y_pred, n_classes):
        return metrics.confusion_matrix(y_true, y_pred, labels=range(n_classes))

    confusion.expect(f, *((*pair, K) for pair in MANY for K in (4, 6)), truth=theirs)


@confusion.law("y_true and y_pred are left as they were")
def _(f):
    confusion.leaves_arguments_alone(f, (*SIX, 2))


# --- precision, recall and F1 ---------------------------------------------------------------------


def square(*counts):
    """Confusion counts, row by row."""
    return np.array(counts).reshape(2, 2)


# Every 2 × 2 matrix of counts up to 2, the fewest samples first; at least one.
ALL_COUNTS = sorted(map(list, product(range(3), repeat=4)), key=sum)[1:]
LARGE = [RNG.integers(0, 20, (K, K)) for K in (2, 3, 5)]
ABSENT = [np.diag([3, 0, 2]), np.array([[2, 1, 0], [0, 0, 0], [1, 3, 0]])]

ratios = Laws(
    "precision_recall_f1",
    definitions.precision_recall_f1,
    suspects=of_ratios.RATIOS,
    probes=[(C,) for C in (*LARGE, *ABSENT)],
    margin=EXACT,
)


@ratios.law("three arrays, (K,) each: a number for each class")
def _(f):
    ratios.expect_form(f, (square(1, 1, 1, 2),), (LARGE[1],))


@ratios.law("precision: of those predicted to be of a class, the share that is")
def _(f):
    each(f, 0)


@ratios.law("recall: of those that are of a class, the share that was found")
def _(f):
    each(f, 1)


@ratios.law("F1: their harmonic mean, 2 tp / (2 tp + fp + fn)")
def _(f):
    each(f, 2)


def each(f, which):
    """One of the three ratios, where nothing is 0."""
    only = Laws(
        ratios.name,
        lambda C: ratios.truth(C)[which],
        suspects=of_ratios.EACH_RATIO[which],
        probes=[(C,) for C in LARGE],
        margin=EXACT,
        finish=lambda result: result[which],
    )
    only.expect(f, *((square(*counts),) for counts in ALL_COUNTS if all(counts)), *only.probes)


@ratios.law("0/0 is 0: a class that never occurs, or is never predicted")
def _(f):
    for which in (0, 1, 2):
        one = Laws(
            ratios.name,
            lambda C, which=which: ratios.truth(C)[which],
            suspects=of_ratios.ZERO_BY_ZERO[which],
            margin=EXACT,
            finish=lambda result, which=which: result[which],
        )
        one.expect(f, *((square(*counts),) for counts in ALL_COUNTS), *((C,) for C in ABSENT))


@ratios.law("the chapter's tumours: precision 1/2, recall 1/9, F1 2/11 of the malignant")
def _(f):
    by_hand = [(90 / 98, 1 / 2), (90 / 91, 1 / 9), (180 / 189, 2 / 11)]
    want = tuple(map(np.array, by_hand))
    ratios.expect(f, (square(90, 1, 8, 1),), truth=lambda C: want)


@ratios.law("many classes, as scikit-learn counts them")
def _(f):
    from sklearn.metrics import precision_recall_fscore_support as of_labels

    def theirs(C):
        y_true, y_pred = (np.repeat(labels.ravel(), C.ravel()) for labels in np.indices(C.shape))
        return tuple(of_labels(y_true, y_pred, labels=range(len(C)), zero_division=0)[:3])

    ratios.expect(f, *((C,) for C in (*ABSENT, *LARGE)), truth=theirs)


@ratios.law("C is left as it was")
def _(f):
    ratios.leaves_arguments_alone(f, (ABSENT[1],))


LAWS = [accuracy, confusion, ratios]
