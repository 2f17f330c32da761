"""Training by mini-batches, rightly and wrongly."""

import numpy as np
from scipy.special import softmax

from tests.exercises.catalogue import right, wrong


def step(W, b, X, y, eta, alpha):
    G = (softmax(X @ W.T + b, axis=1) - np.eye(len(b))[y]) / len(y)
    return W - eta * (G.T @ X + alpha * W), b - eta * G.sum(axis=0)


def zeros(X, K):
    return np.zeros((K, X.shape[1])), np.zeros(K)


@right("fit_softmax")
def every_epoch_permuted(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = zeros(X, n_classes)
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            W, b = step(
                W, b, X[order[i : i + batch_size]], y[order[i : i + batch_size]], eta, alpha
            )
    return W, b


@right("fit_softmax")
def samples_shuffled_with_their_labels(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = zeros(X, n_classes)
    X, y = X.copy(), y.copy()
    for _ in range(n_epochs):
        order = np.arange(len(X))
        rng.shuffle(order)
        X, y = X[order], y[order]
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
            W, b = step(W, b, X[rows], y[rows], eta, alpha)
    return W, b


@right("fit_softmax")
def all_orders_drawn_first(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    orders = rng.permuted(np.tile(np.arange(len(X)), (n_epochs, 1)), axis=1)
    W, b = zeros(X, n_classes)
    for order in orders:
        for batch in np.split(order, range(batch_size, len(X), batch_size)):
            W, b = step(W, b, X[batch], y[batch], eta, alpha)
    return W, b


@right("fit_softmax")
def in_place_in_single_loops(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    theta = np.zeros((n_classes, X.shape[1] + 1))
    ones = np.hstack([X, np.ones((len(X), 1))])
    T = (y[:, None] == np.arange(n_classes)).astype(float)
    for _ in range(n_epochs):
        left = list(rng.choice(len(X), len(X), replace=False))
        while left:
            batch, left = left[:batch_size], left[batch_size:]
            slope = (softmax(ones[batch] @ theta.T, axis=1) - T[batch]).T @ ones[batch] / len(batch)
            slope[:, :-1] += alpha * theta[:, :-1]
            theta -= eta * slope
    return theta[:, :-1], theta[:, -1]


def training(step=step, batches=None, n_steps=None, start=zeros, classes=lambda y, K: K):
    """A fit with one thing changed."""

    def default(n, size, rng, epoch):
        order = rng.permutation(n)
        return [order[i : i + size] for i in range(0, n, size)]

    batches = batches or default

    def fit(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
        W, b = start(X, classes(y, n_classes))
        for epoch in range(n_epochs if n_steps is None else n_steps(n_epochs)):
            for batch in batches(len(X), batch_size, rng, epoch):
                W, b = step(W, b, X[batch], y[batch], eta, alpha)
        return W, b

    return fit


def fixed(order):
    return lambda n, size, rng, epoch: [order(n)[i : i + size] for i in range(0, n, size)]


def once(n, size, rng, epoch):
    """The first epoch's order, for ever."""
    if epoch == 0:
        once.order = rng.permutation(n)
    return [once.order[i : i + size] for i in range(0, n, size)]


def dropped(n, size, rng, epoch):
    order = rng.permutation(n)
    return [order[i : i + size] for i in range(0, n - size + 1, size)] or [order]


def replaced(n, size, rng, epoch):
    return [rng.integers(0, n, min(size, n - i)) for i in range(0, n, size)]


def summed(W, b, X, y, eta, alpha):
    G = softmax(X @ W.T + b, axis=1) - np.eye(len(b))[y]
    return W - eta * (G.T @ X + alpha * W), b - eta * G.sum(axis=0)


def penalised(W, b, X, y, eta, alpha):
    W, new_b = step(W, b, X, y, eta, alpha)
    return W, new_b - eta * alpha * b


def unlearnt(W, b, X, y, eta, alpha):
    return step(W, b, X, y, eta, alpha)[0], b


def unpenalised(W, b, X, y, eta, alpha):
    return step(W, b, X, y, eta, 0)


def growing(W, b, X, y, eta, alpha):
    return step(W, b, X, y, eta, -alpha)


def uphill(W, b, X, y, eta, alpha):
    return step(W, b, X, y, -eta, alpha)


def seeded(n, size, rng, epoch):
    order = np.random.default_rng(epoch).permutation(n)
    return [order[i : i + size] for i in range(0, n, size)]


def random_start(X, K):
    rng = np.random.default_rng(0)
    return rng.normal(size=(K, X.shape[1])), np.zeros(K)


def one_batch(n, size, rng, epoch):
    return [rng.permutation(n)[:size]]


def stopping(W, b, X, y, eta, alpha):
    return W.copy(), b.copy()


for name, _law, _reason, function in (
    ("fit_summed", "a batch of all samples", "sum over the", training(summed)),
    ("fit_bias_penalised", "η and α", "intercept is penalised", training(penalised)),
    ("fit_bias_unlearnt", "a batch of all samples", "b does not move", training(unlearnt)),
    ("fit_unpenalised", "η and α", "penalty is missing", training(unpenalised)),
    ("fit_growing", "η and α", "sign +", training(growing)),
    ("fit_uphill", "a batch of all samples", "against the gradient", training(uphill)),
    ("fit_once", "n_epochs steps", "n_epochs times", training(n_steps=lambda n: 1)),
    ("fit_too_long", "a batch of all samples", "too many", training(n_steps=lambda n: n + 1)),
    ("fit_last_dropped", "a step for each", "last, smaller batch", training(batches=dropped)),
    ("fit_one_batch", "a step for each", "One step an epoch", training(batches=one_batch)),
    ("fit_replaced", "a batch of all samples", "with replacement", training(batches=replaced)),
    ("fit_in_order", "every epoch", "never shuffled", training(batches=fixed(np.arange))),
    ("fit_shuffled_once", "every epoch", "drawn once", training(batches=once)),
    ("fit_seeded", "every epoch", "rng that is passed", training(batches=seeded)),
    (
        "fit_random_start",
        "a batch of all samples",
        "begins from zero",
        training(start=random_start),
    ),
    (
        "fit_present_classes",
        "it returns",
        "each class",
        training(classes=lambda y, K: len(np.unique(y))),
    ),
    ("fit_thrown_away", "a batch of all samples", "as they were", training(stopping)),
):
    function.__name__ = name
    wrong("fit_softmax")(function)


@wrong("fit_softmax")
def fit_divided_by_batch_size(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = zeros(X, n_classes)
    size = min(batch_size, len(X))
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), size):
            rows = order[i : i + size]
            G = (softmax(X[rows] @ W.T + b, axis=1) - np.eye(n_classes)[y[rows]]) / size
            W, b = W - eta * (G.T @ X[rows] + alpha * W), b - eta * G.sum(axis=0)
    return W, b


@wrong("fit_softmax")
def fit_from_zero_each_epoch(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    for _ in range(n_epochs):
        W, b = training()(
            X, y, n_classes, eta=eta, alpha=alpha, batch_size=batch_size, n_epochs=1, rng=rng
        )
    return W, b


@wrong("fit_softmax")
def fit_independent_batches(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    def batches(n, size, rng, epoch):
        sizes = [min(size, n - i) for i in range(0, n, size)]
        return [rng.choice(n, size, replace=False) for size in sizes]

    how = {"eta": eta, "alpha": alpha, "batch_size": batch_size, "n_epochs": n_epochs, "rng": rng}
    return training(batches=batches)(X, y, n_classes, **how)


@wrong("fit_softmax")
def fit_shuffles_in_place(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = zeros(X, n_classes)
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        X[:], y[:] = X[order], y[order]
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
            W, b = step(W, b, X[rows], y[rows], eta, alpha)
    return W, b


@wrong("fit_softmax")
def fit_labels_not_shuffled(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = zeros(X, n_classes)
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            W, b = step(W, b, X[rows], y[start : start + batch_size], eta, alpha)
    return W, b


@wrong("fit_softmax")
def fit_decaying(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = zeros(X, n_classes)
    for epoch in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            W, b = step(W, b, X[rows], y[rows], eta / (1 + epoch), alpha)
    return W, b


@wrong("fit_softmax")
def fit_with_momentum(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = zeros(X, n_classes)
    move_W, move_b = zeros(X, n_classes)
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            new_W, new_b = step(W, b, X[rows], y[rows], eta, alpha)
            move_W, move_b = 0.9 * move_W + new_W - W, 0.9 * move_b + new_b - b
            W, b = W + move_W, b + move_b
    return W, b


@wrong("fit_softmax")
def fit_from_the_global_generator(X, y, n_classes, *, eta, alpha, batch_size, n_epochs, rng):
    W, b = zeros(X, n_classes)
    for _ in range(n_epochs):
        order = np.random.permutation(len(X))  # noqa: NPY002
        for i in range(0, len(X), batch_size):
            W, b = step(
                W, b, X[order[i : i + batch_size]], y[order[i : i + batch_size]], eta, alpha
            )
    return W, b
