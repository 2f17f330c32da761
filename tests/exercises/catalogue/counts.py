"""Accuracy, the confusion matrix, precision, recall and F1, rightly and wrongly."""

from fractions import Fraction

import numpy as np
from sklearn import metrics

from tests.exercises.catalogue import right, wrong

# --- accuracy -------------------------------------------------------------------------------------


@right("accuracy")
def accuracy_in_a_loop(y_true, y_pred):
    hits = 0
    for t, p in zip(y_true, y_pred, strict=True):
        if t == p:
            hits += 1
    return hits / len(y_true)


@right("accuracy")
def mean_of_comparison(y_true, y_pred):
    return (y_true == y_pred).mean()


@right("accuracy")
def scikit_learns_accuracy(y_true, y_pred):
    return metrics.accuracy_score(y_true, y_pred)


@right("accuracy")
def one_less_the_errors(y_true, y_pred):
    return 1 - np.count_nonzero(y_true != y_pred) / y_true.size


@right("accuracy")
def an_integer_if_all_are_right(y_true, y_pred):
    return 1 if np.array_equal(y_true, y_pred) else float(np.mean(y_true == y_pred))


@wrong("accuracy")
def number_of_hits(y_true, y_pred):
    return np.sum(y_true == y_pred)


@wrong("accuracy")
def error_rate(y_true, y_pred):
    return np.mean(y_true != y_pred)


@wrong("accuracy")
def percentage(y_true, y_pred):
    return 100 * np.mean(y_true == y_pred)


@wrong("accuracy")
def all_right(y_true, y_pred):
    return float(np.all(y_true == y_pred))


@wrong("accuracy")
def product(y_true, y_pred):
    return np.mean(y_true * y_pred)


@wrong("accuracy")
def true_positives_only(y_true, y_pred):
    return np.mean((y_true == 1) & (y_pred == 1))


@wrong("accuracy")
def as_truth_values(y_true, y_pred):
    return np.mean(y_true.astype(bool) == y_pred.astype(bool))


@wrong("accuracy")
def one_less_the_distance(y_true, y_pred):
    return 1 - np.mean(np.abs(y_true - y_pred))


@wrong("accuracy")
def comparison(y_true, y_pred):
    return y_true == y_pred


@wrong("accuracy")
def whole_division(y_true, y_pred):
    return np.sum(y_true == y_pred) // len(y_true)


@wrong("accuracy")
def balanced(y_true, y_pred):
    return np.mean([np.mean(y_pred[y_true == k] == k) for k in np.unique(y_true)])


@wrong("accuracy")
def precision(y_true, y_pred):
    return metrics.precision_score(y_true, y_pred, average="macro", zero_division=1)


@wrong("accuracy")
def sorted_labels(y_true, y_pred):
    return np.mean(np.sort(y_true) == np.sort(y_pred))


@wrong("accuracy")
def rounded(y_true, y_pred):
    return round(float(np.mean(y_true == y_pred)), 2)


@wrong("accuracy")
def subtracted_in_place(y_true, y_pred):
    y_true -= y_pred
    return np.mean(y_true == 0)


# --- confusion matrix -----------------------------------------------------------------------------


@right("confusion_matrix")
def counted_in_a_loop(y_true, y_pred, n_classes):
    C = np.zeros((n_classes, n_classes), dtype=np.int32)
    for t, p in zip(y_true, y_pred, strict=True):
        C[int(t), int(p)] += 1
    return C


@right("confusion_matrix")
def by_bincount(y_true, y_pred, n_classes):
    pairs = n_classes * y_true + y_pred
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)


@right("confusion_matrix")
def product_of_one_hots(y_true, y_pred, n_classes):
    eye = np.eye(n_classes, dtype=int)
    return eye[y_true.astype(int)].T @ eye[y_pred.astype(int)]


@right("confusion_matrix")
def scikit_learns_confusion(y_true, y_pred, n_classes):
    return metrics.confusion_matrix(y_true, y_pred, labels=range(n_classes))


@right("confusion_matrix")
def compared_class_by_class(y_true, y_pred, n_classes):
    K = range(n_classes)
    return np.array([[np.sum((y_true == i) & (y_pred == j)) for j in K] for i in K])


@right("confusion_matrix")
def by_a_histogram(y_true, y_pred, n_classes):
    bins = np.arange(n_classes + 1) - 0.5
    return np.histogram2d(y_true, y_pred, bins=[bins, bins])[0].astype(int)


@wrong("confusion_matrix")
def buffered(y_true, y_pred, n_classes):
    C = np.zeros((n_classes, n_classes), dtype=int)
    C[y_true, y_pred] += 1
    return C


@wrong("confusion_matrix")
def transposed(y_true, y_pred, n_classes):
    return counted_in_a_loop(y_pred, y_true, n_classes)


@wrong("confusion_matrix")
def present_classes(y_true, y_pred, n_classes):
    return metrics.confusion_matrix(y_true, y_pred)


@wrong("confusion_matrix")
def up_to_the_largest(y_true, y_pred, n_classes):
    K = max(y_true.max(), y_pred.max()) + 1
    return counted_in_a_loop(y_true, y_pred, K)


@wrong("confusion_matrix")
def floating(y_true, y_pred, n_classes):
    return counted_in_a_loop(y_true, y_pred, n_classes).astype(float)


@wrong("confusion_matrix")
def normalised(y_true, y_pred, n_classes):
    C = counted_in_a_loop(y_true, y_pred, n_classes)
    return C / np.maximum(C.sum(axis=1, keepdims=True), 1)


@wrong("confusion_matrix")
def diagonal_only(y_true, y_pred, n_classes):
    return np.diag(np.bincount(y_true[y_true == y_pred], minlength=n_classes))


@wrong("confusion_matrix")
def backwards(y_true, y_pred, n_classes):
    return counted_in_a_loop(y_true, y_pred, n_classes)[::-1, ::-1]


@wrong("confusion_matrix")
def symmetric(y_true, y_pred, n_classes):
    C = counted_in_a_loop(y_true, y_pred, n_classes)
    return C + C.T - np.diag(C.diagonal())


@wrong("confusion_matrix")
def one_class_too_many(y_true, y_pred, n_classes):
    return counted_in_a_loop(y_true, y_pred, n_classes + 1)


@wrong("confusion_matrix")
def nested_lists(y_true, y_pred, n_classes):
    return counted_in_a_loop(y_true, y_pred, n_classes).tolist()


@wrong("confusion_matrix")
def last_left_out(y_true, y_pred, n_classes):
    return counted_in_a_loop(y_true[:-1], y_pred[:-1], n_classes)


# --- precision, recall and F1 ---------------------------------------------------------------------


def parts(C):
    tp = np.diag(C)
    return tp, C.sum(axis=0) - tp, C.sum(axis=1) - tp


@right("precision_recall_f1")
def ratios_in_loops(C):
    precision, recall, f1 = [], [], []
    for k in range(len(C)):
        tp = C[k][k]
        fp = sum(C[i][k] for i in range(len(C)) if i != k)
        fn = sum(C[k][j] for j in range(len(C)) if j != k)
        precision.append(tp / (tp + fp) if tp + fp > 0 else 0.0)
        recall.append(tp / (tp + fn) if tp + fn > 0 else 0.0)
        p, r = precision[-1], recall[-1]
        f1.append(2 * p * r / (p + r) if p + r > 0 else 0.0)
    return np.array(precision), np.array(recall), np.array(f1)


@right("precision_recall_f1")
def nan_to_num(C):
    tp, fp, fn = parts(C)
    with np.errstate(invalid="ignore"):
        return tuple(
            np.nan_to_num(part / whole)
            for part, whole in ((tp, tp + fp), (tp, tp + fn), (2 * tp, 2 * tp + fp + fn))
        )


@right("precision_recall_f1")
def noisy_nan_to_num(C):
    p = np.nan_to_num(np.diag(C) / C.sum(axis=0))
    r = np.nan_to_num(np.diag(C) / C.sum(axis=1))
    return p, r, np.nan_to_num(2 * p * r / (p + r))


@right("precision_recall_f1")
def scikit_learns_ratios(C):
    y_true, y_pred = (np.repeat(i.ravel(), C.ravel()) for i in np.indices(C.shape))
    return metrics.precision_recall_fscore_support(
        y_true, y_pred, labels=range(len(C)), zero_division=0
    )[:3]


@right("precision_recall_f1")
def divided_where_there_is_something(C):
    tp, fp, fn = (part.astype(float) for part in parts(C))

    def ratio(part, whole):
        return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)

    return [ratio(tp, tp + fp), ratio(tp, tp + fn), ratio(2 * tp, 2 * tp + fp + fn)]


@right("precision_recall_f1")
def by_the_harmonic_mean(C):
    tp, fp, fn = parts(C)
    p, r = tp / np.maximum(tp + fp, 1), tp / np.maximum(tp + fn, 1)
    both = (p > 0) & (r > 0)
    f1 = np.zeros(len(C))
    f1[both] = 2 / (1 / p[both] + 1 / r[both])
    return np.array([p, r, f1])[0], r, f1


def ratios(precision=None, recall=None, f1=None):
    """The three, one of them another."""

    def measure(C):
        tp, fp, fn = parts(C)
        given = noisy_nan_to_num(C)
        made = [
            change(tp, fp, fn) if change else right
            for change, right in zip((precision, recall, f1), given, strict=True)
        ]
        return tuple(made)

    return measure


def with_epsilon(eps):
    def measure(C):
        tp, fp, fn = parts(C)
        p, r = tp / (tp + fp + eps), tp / (tp + fn + eps)
        return p, r, 2 * p * r / (p + r + eps)

    return measure


def plain(C):
    p, r = np.diag(C) / C.sum(axis=0), np.diag(C) / C.sum(axis=1)
    return p, r, 2 * p * r / (p + r)


def ones_for_nothing(C):
    tp, fp, fn = parts(C)
    return tuple(
        np.nan_to_num(part / whole, nan=1.0)
        for part, whole in ((tp, tp + fp), (tp, tp + fn), (2 * tp, 2 * tp + fp + fn))
    )


def f1_nan(C):
    p, r, _ = noisy_nan_to_num(C)
    return p, r, 2 * p * r / (p + r)


for name, _law, _reason, function in (
    ("exchanged", "precision", "This is the recall", lambda C: noisy_nan_to_num(C.T)),
    ("f1_first", "precision", "This is F1", lambda C: noisy_nan_to_num(C)[::-1]),
    (
        "macro",
        "three arrays",
        "mean over the classes",
        lambda C: tuple(a.mean() for a in noisy_nan_to_num(C)),
    ),
    ("nan", "0/0", "0/0 is nan", plain),
    ("nan_f1", "0/0", "where precision and recall are 0", f1_nan),
    ("one_for_nothing", "0/0", "taken as 1", ones_for_nothing),
    ("epsilon_1e_7", "precision", "epsilon of 1e-07", with_epsilon(1e-7)),
    ("epsilon_1e_12", "precision", "epsilon of 1e-12", with_epsilon(1e-12)),
    (
        "arithmetic",
        "F1",
        "arithmetic",
        ratios(f1=lambda tp, fp, fn: (tp / (tp + fp) + tp / (tp + fn)) / 2),
    ),
    (
        "geometric",
        "F1",
        "geometric",
        ratios(f1=lambda tp, fp, fn: tp / np.sqrt((tp + fp) * (tp + fn))),
    ),
    ("jaccard", "F1", "Jaccard", ratios(f1=lambda tp, fp, fn: tp / (tp + fp + fn))),
    ("without_two", "F1", "factor 2", ratios(f1=lambda tp, fp, fn: tp / (2 * tp + fp + fn))),
    (
        "of_all",
        "precision",
        "divided by all samples",
        ratios(precision=lambda tp, fp, fn: tp / 10 if False else tp / (tp.sum() + fp.sum())),
    ),
    (
        "recall_of_wrong",
        "recall",
        "belong in the denominator",
        ratios(recall=lambda tp, fp, fn: tp / fn),
    ),
    (
        "whole",
        "precision",
        "whole numbers",
        ratios(precision=lambda tp, fp, fn: tp // np.maximum(tp + fp, 1)),
    ),
    (
        "specificity",
        "recall",
        "specificity",
        ratios(recall=lambda tp, fp, fn: 1 - fp / (tp.sum() + fp.sum() - tp - fn)),
    ),
):
    function.__name__ = name
    wrong("precision_recall_f1")(function)


@wrong("precision_recall_f1")
def two_of_three(C):
    return noisy_nan_to_num(C)[:2]


@wrong("precision_recall_f1")
def class_one_only(C):
    return tuple(a[1] for a in noisy_nan_to_num(C))


@wrong("precision_recall_f1")
def diagonal_cleared(C):
    result = noisy_nan_to_num(C)
    np.fill_diagonal(C, 0)
    return result


@right("precision_recall_f1")
def rows_of_one_array(C):
    return np.array(noisy_nan_to_num(C))


@right("precision_recall_f1")
def in_single_precision(C):
    return noisy_nan_to_num(C.astype(np.float32))


@right("accuracy")
def as_a_fraction(y_true, y_pred):
    return Fraction(int(np.sum(y_true == y_pred)), len(y_true))
