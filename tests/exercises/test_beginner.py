"""Slips of a beginner that had no message, or a misleading one: now each names what to mend."""

import numpy as np
import pytest

from scratch.exercises.report import examine
from scratch.textbook import cost_curve, counts_at_thresholds, minibatches, sgd_step, sigmoid


def split(n_samples, n_validation, n_test, rng):
    order = rng.shuffle(np.arange(n_samples))
    return order[n_validation + n_test :], order[:n_validation], order[n_validation:]


def standardise(X_train, X):
    return (X - X_train.mean(axis=1)) / X_train.std(axis=1)


def linear_scores(X, W, b):
    return np.sum(X * W, axis=1) + b


def numerical_gradient(f, x, h=1e-5):
    found = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up = down = x
        up[i] += h
        down[i] -= h
        found[i] = (f(up) - f(down)) / (2 * h)
    return found


def threshold_of_least_cost(y, scores, cost_of_miss, cost_of_false_alarm):
    cost, thresholds = cost_curve(y, scores, cost_of_miss, cost_of_false_alarm)
    return thresholds[np.flatnonzero(cost == cost.min())[-1]]


def threshold_of_best_f1(y, scores):
    tp, fp, thresholds = counts_at_thresholds(y, scores)
    return thresholds[(tp - fp).argmax()]


def softmax(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=1, keepdims=True)


def fit_softmax(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = np.zeros((n_classes, X.shape[1])), np.zeros(n_classes)
    for _ in range(n_epochs):
        for batch in minibatches(len(X), batch_size, rng):
            W, b = sgd_step(W, b, X[batch], y[batch], alpha, eta)
    return W, b


def fit_one_sample_at_a_time(X, y, *, alpha, eta, n_epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        for x, target in zip(X, y, strict=True):
            w = max(0, 1 - eta * alpha) * w
            r = sigmoid(w @ x + b) - target
            w, b = w - eta * r * x, b - eta * r
    return w, b


def log_loss(y, P):
    return -np.mean(np.log(np.clip(P[np.arange(len(y)), y], 1e-15, 1)))


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (split, "shuffle"),
        (standardise, "axis=0"),
        (linear_scores, "entry by entry"),
        (numerical_gradient, "copy"),
        (threshold_of_least_cost, "the last is taken"),
        (threshold_of_best_f1, "accuracy"),
        (softmax, "the whole array"),
        (fit_softmax, "eta comes before alpha"),
        (fit_one_sample_at_a_time, "before w shrinks"),
        (log_loss, "1e-15"),
    ],
)
def test_the_message_names_the_slip(function, words):
    report = examine(function, function.__name__)
    assert not report
    assert words in report.outcomes[-1].broken.reason
