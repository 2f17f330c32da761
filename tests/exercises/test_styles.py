"""Right code passes in whatever style it is written: loops, one-hot, einsum, float32, lists in.

`float32` and `lists in` change the arguments of the textbook's function, where the style makes
sense; the others are written out.
"""

import math

import numpy as np
import pytest

from scratch import textbook
from scratch.exercises.report import examine
from scratch.textbook import minibatches, one_hot, sigmoid, softmax

E, T = np.einsum, one_hot
LOOPS, ONE_HOT, EINSUM = {}, {}, {}


def in_style(style):
    def add(function):
        style[function.__name__] = function
        return function

    return add


@in_style(LOOPS)
def standardise(X_train, X):
    out = np.zeros(X.shape)
    for j in range(X.shape[1]):
        column = [float(row[j]) for row in X_train]
        mean = sum(column) / len(column)
        std = math.sqrt(sum((v - mean) ** 2 for v in column) / len(column)) or 1
        for i in range(len(X)):
            out[i, j] = (X[i, j] - mean) / std
    return out


@in_style(LOOPS)
def rescale(X_train, X):
    low, high = [min(c) for c in X_train.T], [max(c) for c in X_train.T]
    width = [(h - l) or 1 for l, h in zip(low, high, strict=True)]  # noqa: E741
    return np.array([[(v - a) / w for v, a, w in zip(x, low, width, strict=True)] for x in X])


@in_style(LOOPS)
def linear_scores(X, W, b):
    if W.ndim == 1:
        return np.array([sum(w * v for w, v in zip(W, x, strict=True)) + b for x in X])
    return np.array([[sum(w * x) + c for w, c in zip(W, b, strict=True)] for x in X])


@in_style(LOOPS)
def binary_cross_entropy(z, y):
    total = 0.0
    for score, target in zip(z, y, strict=True):
        m = score if target else -score
        total += math.log1p(math.exp(-m)) if m > 0 else math.log1p(math.exp(m)) - m
    return total / len(z)


@in_style(LOOPS)
def binary_cross_entropy_gradient(z, y):
    return np.array([(float(sigmoid(s)) - int(t)) / len(z) for s, t in zip(z, y, strict=True)])


@in_style(LOOPS)
def logistic_step(w, b, X, y, eta):
    slope_w, slope_b = np.zeros(len(w)), 0.0
    for x, target in zip(X, y, strict=True):
        r = (float(sigmoid(w @ x + b)) - int(target)) / len(y)
        slope_w, slope_b = slope_w + r * x, slope_b + r
    return w - eta * slope_w, b - eta * slope_b


@in_style(LOOPS)
def accuracy(y_true, y_pred):
    right = 0
    for a, b in zip(y_true, y_pred, strict=True):
        right += 1 if a == b else 0
    return right / len(y_true)


@in_style(LOOPS)
def confusion_matrix(y_true, y_pred, n_classes):
    C = [[0] * n_classes for _ in range(n_classes)]
    for a, b in zip(y_true, y_pred, strict=True):
        C[int(a)][int(b)] += 1
    return np.array(C)


@in_style(LOOPS)
def precision_recall_f1(C):
    rows = []
    for k in range(len(C)):
        tp, called, there = C[k, k], sum(C[:, k]), sum(C[k])
        p, r = tp / called if called else 0, tp / there if there else 0
        rows.append((p, r, 2 * p * r / (p + r) if p + r else 0))
    return tuple(np.array(column, float) for column in zip(*rows, strict=True))


@in_style(LOOPS)
def roc_auc(y, scores):
    pairs = [(p, q) for p in scores[y == 1] for q in scores[y == 0]]
    return sum(1.0 if p > q else 0.5 if p == q else 0.0 for p, q in pairs) / len(pairs)


@in_style(LOOPS)
def softmax_(Z):
    rows = []
    for z in Z:
        e = [math.exp(v - max(z)) for v in z]
        rows.append([v / sum(e) for v in e])
    return np.array(rows)


@in_style(LOOPS)
def cross_entropy(Z, y):
    total = 0.0
    for z, k in zip(Z, y, strict=True):
        top = max(z)
        total += top + math.log(sum(math.exp(v - top) for v in z)) - z[int(k)]
    return total / len(Z)


@in_style(LOOPS)
def penalty(W, alpha):
    return alpha / 2 * sum(float(w) ** 2 for w in W.ravel())


@in_style(LOOPS)
def fit_softmax(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = np.zeros((n_classes, X.shape[1])), np.zeros(n_classes)
    for _ in range(n_epochs):
        for batch in minibatches(len(X), batch_size, rng):
            slope_W, slope_b = alpha * W, np.zeros(n_classes)
            for i in batch:
                p = softmax((W @ X[i] + b)[None])[0]
                p[int(y[i])] -= 1
                slope_W = slope_W + np.outer(p, X[i]) / len(batch)
                slope_b = slope_b + p / len(batch)
            W, b = W - eta * slope_W, b - eta * slope_b
    return W, b


@in_style(ONE_HOT)
def one_hot_(y, n_classes):
    return (y[:, None] == np.arange(n_classes)).astype(int)


@in_style(ONE_HOT)
def cross_entropy_gradient(Z, y):
    return (softmax(Z) - T(y, Z.shape[1])) / len(Z)


@in_style(ONE_HOT)
def log_loss(y, P):
    eps = np.finfo(P.dtype).eps
    return -np.sum(T(y, P.shape[1]) * np.log(np.clip(P, eps, 1 - eps))) / len(y)


@in_style(EINSUM)
def sgd_step(W, b, X, y, eta, alpha):
    G = (softmax(E("nd,kd->nk", X, W) + b) - T(y, len(W))) / len(y)
    return W - eta * (E("nk,nd->kd", G, X) + alpha * W), b - eta * E("nk->k", G)


@in_style(EINSUM)
def averages(C):
    R = np.array(textbook.precision_recall_f1(C))
    n = E("ij->i", C)
    return E("rk->r", R) / len(C), np.full(3, E("ii", C) / n.sum()), E("rk,k->r", R, n) / n.sum()


ONE_HOT["confusion_matrix"] = lambda a, b, K: np.rint(T(a, K).T @ T(b, K)).astype(int)
ONE_HOT["cross_entropy"] = lambda Z, y: float(
    np.mean(np.logaddexp.reduce(Z, axis=1) - (Z * T(y, Z.shape[1])).sum(axis=1))
)
EINSUM["linear_scores"] = lambda X, W, b: E("nd,...d->n...", X, W) + b
EINSUM["confusion_matrix"] = lambda a, b, K: E("ni,nj->ij", T(a, K), T(b, K)).astype(int)
EINSUM["penalty"] = lambda W, alpha: alpha / 2 * E("i,i", W.ravel(), W.ravel())
WRITTEN = {"loops": LOOPS, "one-hot": ONE_HOT, "einsum": EINSUM}

SINGLE = {  # not log_loss, whose eps is that of the type
    *("standardise", "rescale", "linear_scores", "sigmoid", "binary_cross_entropy", "penalty"),
    *("binary_cross_entropy_gradient", "logistic_step", "momentum_step", "softmax", "sgd_step"),
    *("cross_entropy", "cross_entropy_gradient", "penalty_gradient"),
}
WITHOUT_LISTS = ("numerical_gradient", "predict", "split", "minibatches", "falling_learning_rate")


def single(function):
    """The textbook's function, which computes in single precision."""

    def cast(value):
        fractions = isinstance(value, np.ndarray) and value.dtype == np.float64
        return value.astype(np.float32) if fractions else value

    return lambda *args: function(*(cast(value) for value in args))


def listed(function):
    """A function that goes from lists: it makes arrays of what it is given."""

    def as_lists(*args, **named):
        lists = [a.tolist() if isinstance(a, np.ndarray) else a for a in args]
        return function(*(np.array(a) if isinstance(a, list) else a for a in lists), **named)

    return as_lists


CASES = [(style, name.strip("_"), f) for style, fs in WRITTEN.items() for name, f in fs.items()]
CASES += [("float32", name, single(getattr(textbook, name))) for name in sorted(SINGLE)]
CASES += [
    ("lists in", name, listed(f))
    for name, f in vars(textbook).items()
    if getattr(f, "__module__", "") == textbook.__name__ and name not in WITHOUT_LISTS
]


@pytest.mark.parametrize(("style", "name", "function"), CASES, ids=lambda v: str(v)[:30])
def test_right_code_passes_in_every_style(style, name, function):
    report = examine(function, name)
    assert report, str(report)
