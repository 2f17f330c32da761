"""What every function should give, by its definition alone: sample by sample, in Python's `math`.

Slow and plain on purpose. None of this is NumPy's vectorised code or the textbook's, so both can be
held against it. A gradient is a difference quotient of the loss; a curve is a count at each
threshold; an area is a count of pairs.
"""

from itertools import product
from math import exp, log, log1p, nan

import numpy as np

# --- Losses ---------------------------------------------------------------------------------------


def sigmoid(z):
    """1 / (1 + e^-z), for z < 0 as e^z / (1 + e^z)."""
    return np.array([1 / (1 + exp(-v)) if v >= 0 else exp(v) / (1 + exp(v)) for v in z])


def softplus(v):
    """log(1 + e^v)."""
    return log1p(exp(v)) if v < 0 else v + log1p(exp(-v))


def binary_losses(z, y):
    """-log of the probability of what came true, one a sample."""
    return np.array([softplus(-v if target == 1 else v) for v, target in zip(z, y, strict=True)])


def binary_cross_entropy(z, y):
    return sum(binary_losses(z, y)) / len(y)


def softmax(Z):
    exps = [[exp(v - max(row)) for v in row] for row in Z.tolist()]
    return np.array([[e / sum(row) for e in row] for row in exps])


def losses(Z, y):
    """log Σ_j e^(Z_j - Z_y), one a sample."""
    return np.array(
        [
            max(row) + log(sum(exp(v - max(row)) for v in row)) - row[target]
            for row, target in zip(Z.tolist(), y.tolist(), strict=True)
        ]
    )


def cross_entropy(Z, y):
    return sum(losses(Z, y)) / len(y)


def slopes(f, x, h=1e-5):
    """The difference quotient (f(x + h) - f(x - h)) / 2h for each entry of the array x.

    It is off by h²/6 · f''' and by rounding, eps · f / h: both below 1e-9 here, where |f| < 100.
    """
    slope = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        above, below = x.astype(float), x.astype(float)
        above[at] += h
        below[at] -= h
        slope[at] = (f(above) - f(below)) / (2 * h)
    return slope


def binary_cross_entropy_gradient(z, y):
    return slopes(lambda z: binary_cross_entropy(z, y), z)


def cross_entropy_gradient(Z, y):
    return slopes(lambda Z: cross_entropy(Z, y), Z)


def log_loss(y, P):
    """Mean of -log p of the target's probability, clipped to [eps, 1 - eps]."""
    eps = float(np.finfo(P.dtype).eps)
    of_target = [float(row[target]) for row, target in zip(P, y, strict=True)]
    return sum(-log(min(max(p, eps), 1 - eps)) for p in of_target) / len(y)


# --- Training -------------------------------------------------------------------------------------


def objective(W, b, X, y, alpha):
    """Mean cross-entropy plus α/2 · Σ W²."""
    return cross_entropy(X @ W.T + b, y) + alpha / 2 * (W**2).sum()


def sgd_step(W, b, X, y, eta, alpha):
    """A step against the difference quotients of the objective."""
    slope_W = slopes(lambda W: objective(W, b, X, y, alpha), W)
    slope_b = slopes(lambda b: objective(W, b, X, y, alpha), b)
    return W - eta * slope_W, b - eta * slope_b


def descend(X, y, n_classes, batches, *, eta, alpha):
    """Steps from zero weights, one for each list of indices."""
    W, b = np.zeros((n_classes, X.shape[1])), np.zeros(n_classes)
    for batch in batches:
        W, b = sgd_step(W, b, X[batch], y[batch], eta, alpha)
    return W, b


def fit_one_sample_at_a_time(X, y, *, alpha, eta, n_epochs):
    w, b = [0.0] * X.shape[1], 0.0
    for x, target in zip(X.tolist() * n_epochs, y.tolist() * n_epochs, strict=True):
        z = sum(w_j * x_j for w_j, x_j in zip(w, x, strict=True)) + b
        residual = float(sigmoid([z])[0]) - target
        w = [
            max(0, 1 - eta * alpha) * w_j - eta * residual * x_j
            for w_j, x_j in zip(w, x, strict=True)
        ]
        b -= eta * residual
    return np.array(w), b


# --- Counts and curves ----------------------------------------------------------------------------


def accuracy(y_true, y_pred):
    return sum(map(bool, y_true == y_pred)) / len(y_true)


def confusion_matrix(y_true, y_pred, n_classes):
    pairs = list(zip(y_true.tolist(), y_pred.tolist(), strict=True))
    classes = range(n_classes)
    return np.array([[pairs.count((i, j)) for j in classes] for i in classes])


def ratio(part, whole, of_nothing=0.0):
    return part / whole if whole else of_nothing


def precision_recall_f1(C, of_nothing=0.0):
    """Of each class: tp / (tp + fp), tp / (tp + fn), 2 tp / (2 tp + fp + fn)."""
    columns = []
    for k in range(len(C)):
        tp = int(C[k, k])
        fp, fn = int(C[:, k].sum()) - tp, int(C[k].sum()) - tp
        parts = (tp, tp + fp), (tp, tp + fn), (2 * tp, 2 * tp + fp + fn)
        columns.append([ratio(*part, of_nothing) for part in parts])
    return tuple(np.array(columns).T)


def precision_recall_curve(y, scores):
    """Count at each threshold, then the last point."""
    thresholds = sorted(set(scores.tolist()))
    precision, recall = [], []
    for threshold in thresholds:
        found = [int(t) for t, s in zip(y, scores, strict=True) if s >= threshold]
        precision.append(sum(found) / len(found))
        recall.append(ratio(sum(found), int(sum(y)), nan))
    return np.array([*precision, 1.0]), np.array([*recall, 0.0]), np.array(thresholds)


def roc_auc(y, scores, tie=0.5):
    """The share of pairs (positive, negative) in which the positive scores higher."""
    positive = [s for t, s in zip(y, scores, strict=True) if t == 1]
    negative = [s for t, s in zip(y, scores, strict=True) if t == 0]
    won = [1 if p > q else tie if p == q else 0 for p, q in product(positive, negative)]
    return sum(won) / len(won)
