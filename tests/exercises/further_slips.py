"""A hundred slips that were written before the catalogue of slips, to try its messages on.

Each is what somebody may write who has the text of an exercise only. `test_further_slips.py` holds
that all are refused; how many are mended from the message is told in that file's docstring.
"""
# ruff: noqa: B905, RET503

import random

import numpy as np

from scratch import textbook
from scratch.textbook import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    counts_at_thresholds,
    cross_entropy_gradient,
    fit_logistic,
    linear_scores,
    logistic_step,
    minibatches,
    precision_recall_f1,
    sgd_step,
    sigmoid,
    softmax,
)

SLIPS = []


def slip(exercise):
    def add(function):
        SLIPS.append((exercise, function))
        return function

    return add


@slip("split")
def _(n_samples, n_validation, n_test, rng):
    order = rng.permutation(n_samples)
    return order[:n_test], order[n_test : n_test + n_validation], order[n_test + n_validation :]


@slip("split")
def _(n_samples, n_validation, n_test, rng):
    order = np.arange(n_samples)
    n_train = n_samples - n_validation - n_test
    return order[:n_train], order[n_train : n_train + n_validation], order[-n_test:]


@slip("split")
def _(n_samples, n_validation, n_test, rng):
    order = rng.permutation(n_samples)
    n_train = n_samples - n_validation - n_test
    return order[:n_train], order[n_train:n_validation], order[n_validation:]


@slip("split")
def _(n_samples, n_validation, n_test, rng):
    n_train = n_samples - n_validation - n_test
    return (
        rng.choice(n_samples, n_train),
        rng.choice(n_samples, n_validation),
        rng.choice(n_samples, n_test),
    )


@slip("standardise")
def _(X_train, X):
    return (X - X.mean(axis=0)) / X.std(axis=0)


@slip("standardise")
def _(X_train, X):
    return (X - X_train.mean()) / X_train.std()


@slip("standardise")
def _(X_train, X):
    return (X - X_train.mean(axis=0)) / X_train.var(axis=0)


@slip("standardise")
def _(X_train, X):
    return (X - X_train.mean(axis=0)) / (X_train.std(axis=0) + 1e-8)


@slip("standardise")
def _(X_train, X):
    return X - X_train.mean(axis=0) / X_train.std(axis=0)


@slip("rescale")
def _(X_train, X):
    return X / X_train.max(axis=0)


@slip("rescale")
def _(X_train, X):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return np.clip((X - low) / np.where(high > low, high - low, 1), 0, 1)


@slip("rescale")
def _(X_train, X):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return (X - low) / high - low


@slip("linear_scores")
def _(X, W, b):
    return X @ W.T


@slip("linear_scores")
def _(X, W, b):
    return X * W + b


@slip("linear_scores")
def _(X, W, b):
    return np.dot(W, X) + b


@slip("sigmoid")
def _(z):
    e = np.exp(-np.abs(z))
    return 1 / 1 + e


@slip("sigmoid")
def _(z):
    return 1 / (1 + np.exp(-z) ** 2)


@slip("sigmoid")
def _(z):
    out = np.zeros_like(z)
    out[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    out[z < 0] = np.exp(z[z < 0])
    return out


@slip("sigmoid")
def _(z):
    return [sigmoid(np.array([v]))[0] for v in z]


@slip("predict")
def _(Z):
    return Z > 0


@slip("predict")
def _(Z):
    return np.argmax(Z)


@slip("predict")
def _(Z):
    if Z.ndim == 1:
        return (Z > 0.5).astype(int)
    return Z.argmax(axis=1)


@slip("predict")
def _(Z):
    if Z.ndim == 1:
        return (Z >= 0).astype(int)
    return Z.argmax(axis=1)


@slip("binary_cross_entropy")
def _(z, y):
    p = sigmoid(z)
    return -np.mean(y * np.log(p)) + (1 - y) * np.log(1 - p)


@slip("binary_cross_entropy")
def _(z, y):
    return np.mean(np.logaddexp(0, z) + y * z)


@slip("binary_cross_entropy")
def _(z, y):
    p = sigmoid(z)
    return np.mean(-np.log(np.abs(p - y)))


@slip("binary_cross_entropy")
def _(z, y):
    total = 0
    for i in range(len(z)):
        if y[i] == 1:
            total += np.logaddexp(0, -z[i])
        else:
            total = np.logaddexp(0, z[i])
    return total / len(z)


@slip("binary_cross_entropy")
def _(z, y):
    total = 0
    for i in range(1, len(z)):
        total += np.logaddexp(0, -z[i] if y[i] else z[i])
    return total / len(z)


@slip("numerical_gradient")
def _(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


@slip("numerical_gradient")
def _(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = (f(x + step) - f(x)) / h
    return gradient


@slip("numerical_gradient")
def _(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        step = np.zeros_like(x)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


@slip("numerical_gradient")
def _(f, x, h=1e-5):
    gradient, step = np.zeros(x.shape), np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


@slip("numerical_gradient")
def _(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / 2 * h
    return gradient


@slip("binary_cross_entropy_gradient")
def _(z, y):
    return sigmoid(z) - y / len(z)


@slip("binary_cross_entropy_gradient")
def _(z, y):
    return np.array([(sigmoid(z[0]) - y[0]) / len(z) for _ in z])


@slip("binary_cross_entropy_gradient")
def _(z, y):
    return -(y - 1 + sigmoid(-z)) * 2 / len(z)


@slip("binary_cross_entropy_gradient")
def _(z, y):
    return np.mean(sigmoid(z) - y) * np.ones(len(z))


@slip("minibatches")
def _(n_samples, batch_size, rng):
    for i in range(0, n_samples, batch_size):
        yield rng.permutation(n_samples)[i : i + batch_size]


@slip("minibatches")
def _(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    for i in range(0, n_samples - batch_size, batch_size):
        yield order[i : i + batch_size]


@slip("minibatches")
def _(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    for i in range(n_samples // batch_size):
        yield order[i * batch_size : (i + 1) * batch_size]


@slip("minibatches")
def _(n_samples, batch_size, rng):
    order = list(range(n_samples))
    random.shuffle(order)
    for i in range(0, n_samples, batch_size):
        yield np.array(order[i : i + batch_size])


@slip("minibatches")
def _(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    for i in range(0, n_samples, batch_size):
        return order[i : i + batch_size]


@slip("logistic_step")
def _(w, b, X, y, eta):
    g = sigmoid(linear_scores(X, w, b)) - y
    return w - eta * (g @ X), float(b - eta * g.sum())


@slip("logistic_step")
def _(w, b, X, y, eta):
    w = w - eta * (binary_cross_entropy_gradient(linear_scores(X, w, b), y) @ X)
    b = b - eta * binary_cross_entropy_gradient(linear_scores(X, w, b), y).sum()
    return w, float(b)


@slip("logistic_step")
def _(w, b, X, y, eta):
    g = binary_cross_entropy_gradient(linear_scores(X, w, b), y)
    return w - eta * (g @ X), float(b - eta * g.mean())


@slip("logistic_step")
def _(w, b, X, y, eta):
    g = binary_cross_entropy_gradient(linear_scores(X, w, b), y)
    return eta * (g @ X), float(eta * g.sum())


@slip("logistic_step")
def _(w, b, X, y, eta):
    g = binary_cross_entropy_gradient(linear_scores(X, w, b), y)
    return w - eta * (X @ g), float(b - eta * g.sum())


@slip("fit_logistic")
def _(X, y, *, eta, batch_size, n_epochs, rng):
    for _ in range(n_epochs):
        w, b = np.zeros(X.shape[1]), 0.0
        for batch in minibatches(len(X), batch_size, rng):
            w, b = logistic_step(w, b, X[batch], y[batch], eta)
    return w, b


@slip("fit_logistic")
def _(X, y, *, eta, batch_size, n_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        for batch in minibatches(len(X), batch_size, rng):
            logistic_step(w, b, X[batch], y[batch], eta)
    return w, b


@slip("fit_logistic")
def _(X, y, *, eta, batch_size, n_epochs, rng):
    w, b = np.zeros(len(X)), 0.0
    for _ in range(n_epochs):
        for batch in minibatches(len(X), batch_size, rng):
            w, b = logistic_step(w, b, X[batch], y[batch], eta)
    return w, b


@slip("fit_logistic")
def _(X, y, *, eta, batch_size, n_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        w, b = logistic_step(w, b, X, y, eta)
    return w, b


@slip("momentum_step")
def _(w, v, gradient, eta, momentum):
    v = momentum * v + eta * gradient
    return w + v, v


@slip("momentum_step")
def _(w, v, gradient, eta, momentum):
    new_v = momentum * v - eta * gradient
    return w + v, new_v


@slip("momentum_step")
def _(w, v, gradient, eta, momentum):
    v = momentum * v - (1 - momentum) * eta * gradient
    return w + v, v


@slip("momentum_step")
def _(w, v, gradient, eta, momentum):
    v = momentum * v - eta * gradient
    return w + v


@slip("falling_learning_rate")
def _(eta0, t, power):
    return eta0 / (t * power)


@slip("falling_learning_rate")
def _(eta0, t, power):
    return (eta0 / t) ** power


@slip("falling_learning_rate")
def _(eta0, t, power):
    return eta0 / (1 + t) ** power


@slip("accuracy")
def _(y_true, y_pred):
    return np.sum(y_true == y_pred) / len(y_true) * 100


@slip("accuracy")
def _(y_true, y_pred):
    return sum(y_true) / len(y_pred)


@slip("accuracy")
def _(y_true, y_pred):
    right = 0
    for i in range(len(y_true)):
        if y_true[i] is y_pred[i]:
            right += 1
    return right / len(y_true)


@slip("confusion_matrix")
def _(y_true, y_pred, n_classes):
    C = np.zeros((n_classes, n_classes), dtype=int)
    for t, p in zip(y_true, y_pred):
        C[t, p] = 1
    return C


@slip("confusion_matrix")
def _(y_true, y_pred, n_classes):
    C = np.zeros((n_classes, n_classes))
    for t, p in zip(y_true, y_pred):
        C[t, p] += 1
    return C


@slip("confusion_matrix")
def _(y_true, y_pred, n_classes):
    C = np.zeros((n_classes, n_classes), dtype=int)
    for i in range(n_classes):
        for j in range(n_classes):
            C[i, j] = np.sum(y_true == i) + np.sum(y_pred == j)
    return C


@slip("confusion_matrix")
def _(y_true, y_pred, n_classes):
    C = np.zeros((n_classes, n_classes), dtype=int)
    for t, p in zip(y_true, y_pred):
        if t == p:
            C[t, p] += 1
    return C


@slip("precision_recall_f1")
def _(C):
    tp = np.diag(C)
    return tp / C.sum(axis=0), tp / C.sum(axis=1), 2 * tp / (C.sum(axis=0) + C.sum(axis=1))


@slip("precision_recall_f1")
def _(C):
    tp = np.diag(C)
    precision = tp / np.maximum(C.sum(axis=0), 1)
    recall = tp / np.maximum(C.sum(axis=1), 1)
    return precision, recall, (precision + recall) / 2


@slip("precision_recall_f1")
def _(C):
    tp = np.diag(C)
    precision = tp / (C.sum(axis=0) + 1e-9)
    recall = tp / (C.sum(axis=1) + 1e-9)
    return precision, recall, 2 * precision * recall / (precision + recall + 1e-9)


@slip("precision_recall_f1")
def _(C):
    tp = np.diag(C)
    precision = tp / np.maximum(C.sum(axis=0), 1)
    recall = tp / np.maximum(C.sum(axis=1), 1)
    return precision, recall


@slip("averages")
def _(C):
    ratios = np.array(precision_recall_f1(C))
    support = C.sum(axis=0)
    return ratios.mean(axis=1), np.full(3, np.trace(C) / C.sum()), ratios @ support / support.sum()


@slip("averages")
def _(C):
    ratios = np.array(precision_recall_f1(C))
    support = C.sum(axis=1)
    return ratios.mean(axis=0), np.full(3, np.trace(C) / C.sum()), ratios @ support / support.sum()


@slip("averages")
def _(C):
    ratios = np.array(precision_recall_f1(C))
    support = C.sum(axis=1)
    return ratios.mean(axis=1), np.trace(C) / C.sum(), ratios @ support / support.sum()


@slip("averages")
def _(C):
    ratios = np.array(precision_recall_f1(C))
    support = C.sum(axis=1)
    return ratios.mean(axis=1), np.full(3, np.trace(C) / C.sum()), ratios @ support


@slip("counts_at_thresholds")
def _(y, scores):
    order = np.argsort(scores)
    y, scores = y[order], scores[order]
    last = np.flatnonzero(np.append(np.diff(scores) != 0, True))
    tp = np.cumsum(y)[last]
    return tp, last + 1 - tp, scores[last]


@slip("counts_at_thresholds")
def _(y, scores):
    order = np.argsort(scores)[::-1]
    tp = np.cumsum(y[order])
    return tp, np.arange(1, len(y) + 1) - tp, scores[order]


@slip("counts_at_thresholds")
def _(y, scores):
    thresholds = np.unique(scores)[::-1]
    tp = np.array([np.sum(y[scores > t]) for t in thresholds])
    fp = np.array([np.sum(1 - y[scores > t]) for t in thresholds])
    return tp, fp, thresholds


@slip("precision_recall_curve")
def _(y, scores):
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    return tp / (tp + fp), tp / tp[-1], thresholds


@slip("precision_recall_curve")
def _(y, scores):
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    return np.append((tp / (tp + fp))[::-1], 1), np.append((tp / len(y))[::-1], 0), thresholds[::-1]


@slip("roc_curve")
def _(y, scores):
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    return np.append(0, tp / tp[-1]), np.append(0, fp / fp[-1]), np.append(np.inf, thresholds)


@slip("roc_curve")
def _(y, scores):
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    return fp / fp[-1], tp / tp[-1], thresholds


@slip("roc_curve")
def _(y, scores):
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    n = len(y)
    return np.append(0, fp / n), np.append(0, tp / n), np.append(np.inf, thresholds)


@slip("roc_auc")
def _(y, scores):
    pos, neg = scores[y == 1], scores[y == 0]
    return sum(p > n for p, n in zip(pos, neg)) / len(pos)


@slip("roc_auc")
def _(y, scores):
    pos, neg = scores[y == 1], scores[y == 0]
    wins = 0
    for p in pos:
        for n in neg:
            if p >= n:
                wins += 1
    return wins / (len(pos) * len(neg))


@slip("roc_auc")
def _(y, scores):
    fpr, tpr, _ = textbook.roc_curve(y, scores)
    return float(np.trapezoid(fpr, tpr))


@slip("cost_curve")
def _(y, scores, cost_of_miss, cost_of_false_alarm):
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    misses = tp[-1] - tp
    return (cost_of_miss * misses + cost_of_false_alarm * fp) / len(y), thresholds


@slip("cost_curve")
def _(y, scores, cost_of_miss, cost_of_false_alarm):
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    misses, alarms = np.append(tp[-1], tp[-1] - tp), np.append(0, fp)
    return (cost_of_miss * alarms + cost_of_false_alarm * misses) / len(y), np.append(
        np.inf, thresholds
    )


@slip("threshold_of_least_cost")
def _(y, scores, cost_of_miss, cost_of_false_alarm):
    cost, _ = textbook.cost_curve(y, scores, cost_of_miss, cost_of_false_alarm)
    return cost.min()


@slip("threshold_of_least_cost")
def _(y, scores, cost_of_miss, cost_of_false_alarm):
    cost, _ = textbook.cost_curve(y, scores, cost_of_miss, cost_of_false_alarm)
    return int(cost.argmin())


@slip("threshold_of_best_f1")
def _(y, scores):
    precision, recall, thresholds = textbook.precision_recall_curve(y, scores)
    return float(thresholds[np.argmax(precision[:-1] + recall[:-1])])


@slip("one_hot")
def _(y, n_classes):
    T = np.zeros((n_classes, len(y)))
    T[y, np.arange(len(y))] = 1
    return T


@slip("one_hot")
def _(y, n_classes):
    return np.eye(len(np.unique(y)))[y]


@slip("softmax")
def _(Z):
    e = np.exp(Z - np.max(Z, axis=1))
    return e / e.sum(axis=1, keepdims=True)


@slip("softmax")
def _(Z):
    e = np.exp(Z)
    return e / e.max(axis=1, keepdims=True)


@slip("softmax")
def _(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.round(e / e.sum(axis=1, keepdims=True), 4)


@slip("cross_entropy")
def _(Z, y):
    return -np.mean(np.log(softmax(Z)[:, 1]))


@slip("cross_entropy")
def _(Z, y):
    return -np.mean(np.log(softmax(Z).max(axis=1)))


@slip("cross_entropy")
def _(Z, y):
    P = softmax(Z)
    total = 0
    for i in range(len(y)):
        for k in range(Z.shape[1]):
            total -= np.log(P[i, k])
    return total / len(y)


@slip("cross_entropy_gradient")
def _(Z, y):
    G = softmax(Z)
    G[y] -= 1
    return G / len(y)


@slip("cross_entropy_gradient")
def _(Z, y):
    G = softmax(Z)
    for i in range(len(y)):
        G[i, y[i]] -= 1 / len(y)
    return G


@slip("penalty")
def _(W, alpha):
    return float(alpha * np.sum(W**2))


@slip("penalty")
def _(W, alpha):
    return float(alpha / 2 * np.sum(np.abs(W)))


@slip("penalty_gradient")
def _(W, alpha):
    return alpha * np.sum(W)


@slip("sgd_step")
def _(W, b, X, y, eta, alpha):
    G = cross_entropy_gradient(linear_scores(X, W, b), y)
    return W - eta * G.T @ X + alpha * W, b - eta * G.sum(axis=0)


@slip("sgd_step")
def _(W, b, X, y, eta, alpha):
    G = cross_entropy_gradient(linear_scores(X, W, b), y)
    return W - eta * (G.T @ X + alpha * W), b - eta * (G.sum(axis=0) + alpha * b)


@slip("sgd_step")
def _(W, b, X, y, eta, alpha):
    G = cross_entropy_gradient(linear_scores(X, W, b), y)
    return W - eta * (G.T @ X + alpha * W), b - eta * G.sum(axis=1)


@slip("fit_softmax")
def _(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = np.zeros((X.shape[1], n_classes)), np.zeros(n_classes)
    for _ in range(n_epochs):
        for batch in minibatches(len(X), batch_size, rng):
            W, b = sgd_step(W, b, X[batch], y[batch], eta, alpha)
    return W, b


@slip("fit_softmax")
def _(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = rng.normal(size=(n_classes, X.shape[1])), np.zeros(n_classes)
    for _ in range(n_epochs):
        for batch in minibatches(len(X), batch_size, rng):
            W, b = sgd_step(W, b, X[batch], y[batch], eta, alpha)
    return W, b


@slip("fit_one_vs_rest")
def _(X, y, n_classes, *, eta, batch_size, n_epochs, rng):
    how = {"eta": eta, "batch_size": batch_size, "n_epochs": n_epochs, "rng": rng}
    fits = [fit_logistic(X, y, **how) for k in range(n_classes)]
    return np.array([w for w, _ in fits]), np.array([b for _, b in fits])


@slip("fit_one_vs_rest")
def _(X, y, n_classes, *, eta, batch_size, n_epochs, rng):
    how = {"eta": eta, "batch_size": batch_size, "n_epochs": n_epochs, "rng": rng}
    fits = [fit_logistic(X, y == k, **how) for k in range(n_classes)]
    return np.column_stack([w for w, _ in fits]), np.array([b for _, b in fits])


@slip("fit_one_vs_rest")
def _(X, y, n_classes, *, eta, batch_size, n_epochs, rng):
    how = {"eta": eta, "batch_size": batch_size, "n_epochs": n_epochs, "rng": rng}
    fits = [fit_logistic(X, y != k, **how) for k in range(n_classes)]
    return np.array([w for w, _ in fits]), np.array([b for _, b in fits])


@slip("fit_one_sample_at_a_time")
def _(X, y, *, alpha, eta, n_epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        for x, t in zip(X, y):
            r = float(sigmoid(w @ x + b)) - t
            w = max(0, 1 - eta * alpha) * w - eta * r
            b = b - eta * r
    return w, float(b)


@slip("fit_one_sample_at_a_time")
def _(X, y, *, alpha, eta, n_epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        for x, t in zip(X, y):
            r = float(sigmoid(w @ x + b)) - t
            w = w - eta * (r * x + alpha * w)
            b = b - eta * r
        return w, float(b)


@slip("log_loss")
def _(y, P):
    return float(-np.mean(np.log(P[np.arange(len(y)), y])))


@slip("log_loss")
def _(y, P):
    p = np.clip(P[:, 1], 1e-15, 1 - 1e-15)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


@slip("log_loss")
def _(y, P):
    return binary_cross_entropy(P[:, 1], y)


@slip("reliability")
def _(y, p, n_bins=10):
    bins = np.digitize(p, np.linspace(0, 1, n_bins + 1)) - 1
    count = np.array([np.sum(bins == j) for j in range(n_bins)])
    mean_p = np.array([p[bins == j].mean() if (bins == j).any() else 0 for j in range(n_bins)])
    share = np.array([y[bins == j].mean() if (bins == j).any() else 0 for j in range(n_bins)])
    return mean_p, share, count


@slip("reliability")
def _(y, p, n_bins=10):
    bins = np.minimum((p * n_bins).astype(int), n_bins - 1)
    count = np.bincount(bins)
    return np.bincount(bins, p) / count, np.bincount(bins, y) / count, count


@slip("reliability")
def _(y, p, n_bins=10):
    bins = np.minimum((p * n_bins).astype(int), n_bins - 1)
    count = np.bincount(bins, minlength=n_bins)
    centres = (np.arange(n_bins) + 0.5) / n_bins
    return centres, np.bincount(bins, y, n_bins) / np.maximum(count, 1), count


@slip("early_stopping")
def _(losses, patience):
    best = int(np.argmin(losses))
    return best, min(best + patience, len(losses) - 1)


@slip("early_stopping")
def _(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[epoch - 1]:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited == patience:
                break
    return best, epoch


@slip("early_stopping")
def _(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best > patience:
            break
    return best, epoch
