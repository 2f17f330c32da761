"""A step of SGD, and training one sample at a time, rightly and wrongly."""

import math

import numpy as np
from scipy.special import expit, softmax
from sklearn._loss import HalfMultinomialLoss
from sklearn.linear_model import SGDClassifier

from tests.exercises.catalogue import right, wrong


def gradient(W, b, X, y):
    """(softmax - one-hot) / n."""
    return (softmax(X @ W.T + b, axis=1) - np.eye(len(b))[y]) / len(y)


# --- one step -------------------------------------------------------------------------------------


@right("sgd_step")
def step_in_loops(W, b, X, y, eta, alpha):
    new_W, new_b = (W * (1 - eta * alpha)).copy(), b.copy()
    for x, target in zip(X, y, strict=True):
        scores = [float(np.dot(w, x)) + float(c) for w, c in zip(W, b, strict=True)]
        exps = [math.exp(s - max(scores)) for s in scores]
        for k in range(len(b)):
            residual = (exps[k] / sum(exps) - (k == target)) / len(y)
            new_W[k] -= eta * residual * x
            new_b[k] -= eta * residual
    return new_W, new_b


@right("sgd_step")
def step_vectorised(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return (1 - eta * alpha) * W - eta * G.T @ X, b - eta * G.sum(0)


@right("sgd_step")
def step_with_a_column_of_ones(W, b, X, y, eta, alpha):
    theta = np.column_stack([W, b])
    ones = np.column_stack([X, np.ones(len(X))])
    G = (softmax(ones @ theta.T, axis=1) - np.eye(len(b))[y]).T @ ones / len(y)
    G[:, :-1] += alpha * W
    theta = theta - eta * G
    return theta[:, :-1], theta[:, -1]


@right("sgd_step")
def step_of_scikit_learns_loss(W, b, X, y, eta, alpha):
    loss = HalfMultinomialLoss(n_classes=len(b))
    G = loss.gradient(y_true=y.astype(float), raw_prediction=np.ascontiguousarray(X @ W.T + b))
    return [W - eta * (G.T @ X / len(y) + alpha * W), b - eta * G.mean(axis=0)]


@right("sgd_step")
def copies_changed_in_place(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    W, b = W.copy(), b.copy()
    W -= eta * (np.einsum("nk,nd->kd", G, X) + alpha * W)
    b -= eta * np.sum(G, axis=0)
    return W, b


@right("sgd_step")
def step_in_single_precision(W, b, X, y, eta, alpha):
    W, b, X = W.astype(np.float32), b.astype(np.float32), X.astype(np.float32)
    G = gradient(W, b, X, y)
    return W - eta * (G.T @ X + alpha * W), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def uphill(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W + eta * (G.T @ X + alpha * W), b + eta * G.sum(axis=0)


@wrong("sgd_step")
def penalty_grows(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - eta * (G.T @ X - alpha * W), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def penalty_twice(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - eta * (G.T @ X + 2 * alpha * W), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def penalty_halved(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - eta * (G.T @ X + alpha / 2 * W), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def penalty_by_the_batch(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - eta * (G.T @ X + alpha * W / len(y)), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def penalty_missing(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - eta * G.T @ X, b - eta * G.sum(axis=0)


@wrong("sgd_step")
def penalty_without_eta(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - eta * G.T @ X - alpha * W, b - eta * G.sum(axis=0)


@wrong("sgd_step")
def intercept_penalised(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - eta * (G.T @ X + alpha * W), b - eta * (G.sum(axis=0) + alpha * b)


@wrong("sgd_step")
def lasso(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - eta * (G.T @ X + alpha * np.sign(W)), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def summed(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y) * len(y)
    return W - eta * (G.T @ X + alpha * W), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def divided_twice(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y) / len(y)
    return W - eta * (G.T @ X + alpha * W), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def intercepts_mean(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - eta * (G.T @ X + alpha * W), b - eta * G.mean(axis=0)


@wrong("sgd_step")
def intercept_from_new_weights(W, b, X, y, eta, alpha):
    W = W - eta * (gradient(W, b, X, y).T @ X + alpha * W)
    return W, b - eta * gradient(W, b, X, y).sum(axis=0)


@wrong("sgd_step")
def intercept_forgotten(W, b, X, y, eta, alpha):
    return W - eta * (gradient(W, b, X, y).T @ X + alpha * W), b.copy()


@wrong("sgd_step")
def scores_without_intercept(W, b, X, y, eta, alpha):
    G = gradient(W, 0 * b, X, y)
    return W - eta * (G.T @ X + alpha * W), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def without_eta(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - (G.T @ X + alpha * W), b - G.sum(axis=0)


@wrong("sgd_step")
def shrunk_afterwards(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return (1 - eta * alpha) * (W - eta * G.T @ X), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def in_place(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    W -= eta * (G.T @ X + alpha * W)
    b -= eta * G.sum(axis=0)
    return W, b


@wrong("sgd_step")
def gradient_transposed(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return W - eta * (X.T @ G + alpha * W), b - eta * G.sum(axis=0)


@wrong("sgd_step")
def b_first(W, b, X, y, eta, alpha):
    return step_vectorised(W, b, X, y, eta, alpha)[::-1]


@wrong("sgd_step")
def the_gradient(W, b, X, y, eta, alpha):
    G = gradient(W, b, X, y)
    return G.T @ X + alpha * W, G.sum(axis=0)


@wrong("sgd_step")
def returns_nothing_at_all(W, b, X, y, eta, alpha):
    W -= eta * alpha * W


# --- one sample at a time -------------------------------------------------------------------------


@right("fit_one_sample_at_a_time")
def plain_python(X, y, *, alpha, eta, n_epochs):
    w, b = [0.0] * X.shape[1], 0.0
    for _ in range(n_epochs):
        for i in range(len(y)):
            z = b
            for j in range(len(w)):
                z += w[j] * X[i, j]
            p = 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))
            for j in range(len(w)):
                w[j] = w[j] * max(0, 1 - eta * alpha) - eta * (p - y[i]) * X[i, j]
            b -= eta * (p - y[i])
    return np.array(w), b


@right("fit_one_sample_at_a_time")
def with_a_column_of_ones(X, y, *, alpha, eta, n_epochs):
    ones = np.column_stack([X, np.ones(len(X))])
    theta = np.zeros(ones.shape[1])
    shrink = np.append(np.full(X.shape[1], max(0.0, 1 - eta * alpha)), 1.0)
    for i in list(range(len(X))) * n_epochs:
        theta = shrink * theta - eta * (expit(ones[i] @ theta) - y[i]) * ones[i]
    return theta[:-1], theta[-1]


@right("fit_one_sample_at_a_time")
def weights_kept_as_scale_times_vector(X, y, *, alpha, eta, n_epochs):
    v, scale, b = np.zeros(X.shape[1]), 1.0, 0.0
    for _ in range(n_epochs):
        for x, t in zip(X, y, strict=True):
            r = expit(scale * (v @ x) + b) - t
            scale *= max(0.0, 1 - eta * alpha)
            if scale == 0:
                v, scale = np.zeros_like(v), 1.0
            v = v - eta * r * x / scale
            b -= eta * r
    return scale * v, np.float64(b)


@right("fit_one_sample_at_a_time")
def scikit_learns_own(X, y, *, alpha, eta, n_epochs):
    if len(np.unique(y)) < 2:  # scikit-learn wants two classes
        return with_a_column_of_ones(X, y, alpha=alpha, eta=eta, n_epochs=n_epochs)
    model = SGDClassifier(
        loss="log_loss",
        alpha=alpha,
        eta0=eta,
        learning_rate="constant",
        shuffle=False,
        tol=None,
        max_iter=n_epochs,
    ).fit(X, y)
    return model.coef_.ravel(), model.intercept_[0]


def sequential(
    shrink=lambda eta, alpha, n: max(0, 1 - eta * alpha),
    step=lambda w, b, x, t: expit(w @ x + b) - t,
    bias_shrink=lambda eta, alpha: 1.0,
):
    def fit(X, y, *, alpha, eta, n_epochs):
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(n_epochs):
            for x, t in zip(X, y, strict=True):
                r = step(w, b, x, t)
                w = shrink(eta, alpha, len(y)) * w - eta * r * x
                b = bias_shrink(eta, alpha) * b - eta * r
        return w, b

    return fit


def named(name, function):
    function.__name__ = name
    return function


for name, _law, _reason, function in (
    ("ascent", "by hand", "loss grows", sequential(step=lambda w, b, x, t: t - expit(w @ x + b))),
    (
        "perceptron",
        "by hand",
        "perceptron",
        sequential(step=lambda w, b, x, t: (w @ x + b > 0) - t),
    ),
    (
        "signs",
        "by hand",
        "-1 and 1",
        sequential(step=lambda w, b, x, t: expit(w @ x + b) - 2 * t + 1),
    ),
    ("adaline", "by hand", "score itself", sequential(step=lambda w, b, x, t: w @ x + b - t)),
    (
        "no_bias",
        "sample after sample",
        "where is b?",
        sequential(step=lambda w, b, x, t: expit(w @ x) - t),
    ),
    ("no_penalty", "each step first shrinks", "missing", sequential(lambda eta, alpha, n: 1)),
    (
        "plus",
        "each step first shrinks",
        "sign +",
        sequential(lambda eta, alpha, n: 1 + eta * alpha),
    ),
    (
        "twice",
        "each step first shrinks",
        "twice",
        sequential(lambda eta, alpha, n: max(0, 1 - 2 * eta * alpha)),
    ),
    (
        "per_n",
        "each step first shrinks",
        "divided by n",
        sequential(lambda eta, alpha, n: 1 - eta * alpha / n),
    ),
    (
        "no_eta",
        "each step first shrinks",
        "not multiplied",
        sequential(lambda eta, alpha, n: max(0, 1 - alpha)),
    ),
    (
        "no_max",
        "the penalty never turns",
        "max(0, 1 - ηα)",
        sequential(lambda eta, alpha, n: 1 - eta * alpha),
    ),
    (
        "shrunk_bias",
        "each step first shrinks",
        "intercept is shrunk",
        sequential(bias_shrink=lambda eta, alpha: max(0, 1 - eta * alpha)),
    ),
    (
        "doubled",
        "by hand",
        "Twice the step",
        sequential(step=lambda w, b, x, t: 2 * (expit(w @ x + b) - t)),
    ),
):
    wrong("fit_one_sample_at_a_time")(named(name, function))


@wrong("fit_one_sample_at_a_time")
def whole_batch(X, y, *, alpha, eta, n_epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        r = (expit(X @ w + b) - y) / len(y)
        w, b = max(0, 1 - eta * alpha) * w - eta * r @ X, b - eta * r.sum()
    return w, b


@wrong("fit_one_sample_at_a_time")
def reversed_order(X, y, *, alpha, eta, n_epochs):
    return sequential()(X[::-1], y[::-1], alpha=alpha, eta=eta, n_epochs=n_epochs)


@wrong("fit_one_sample_at_a_time")
def shuffled(X, y, *, alpha, eta, n_epochs):
    order = np.random.default_rng(3).permutation(len(y))
    return sequential()(X[order], y[order], alpha=alpha, eta=eta, n_epochs=n_epochs)


@wrong("fit_one_sample_at_a_time")
def one_epoch(X, y, *, alpha, eta, n_epochs):
    return sequential()(X, y, alpha=alpha, eta=eta, n_epochs=1)


@wrong("fit_one_sample_at_a_time")
def from_zero_each_epoch(X, y, *, alpha, eta, n_epochs):
    for _ in range(n_epochs):
        result = sequential()(X, y, alpha=alpha, eta=eta, n_epochs=1)
    return result


@wrong("fit_one_sample_at_a_time")
def bias_after_weights(X, y, *, alpha, eta, n_epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        for x, t in zip(X, y, strict=True):
            w = max(0, 1 - eta * alpha) * w - eta * (expit(w @ x + b) - t) * x
            b = b - eta * (expit(w @ x + b) - t)
    return w, b


@wrong("fit_one_sample_at_a_time")
def shrunk_after_the_step(X, y, *, alpha, eta, n_epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_epochs):
        for x, t in zip(X, y, strict=True):
            r = expit(w @ x + b) - t
            w = max(0, 1 - eta * alpha) * (w - eta * r * x)
            b = b - eta * r
    return w, b


@wrong("fit_one_sample_at_a_time")
def weights_as_a_row(X, y, *, alpha, eta, n_epochs):
    w, b = sequential()(X, y, alpha=alpha, eta=eta, n_epochs=n_epochs)
    return w[None], np.array([b])


@wrong("fit_one_sample_at_a_time")
def targets_changed(X, y, *, alpha, eta, n_epochs):
    result = sequential()(X, y, alpha=alpha, eta=eta, n_epochs=n_epochs)
    y[y == 0] = -1
    return result
