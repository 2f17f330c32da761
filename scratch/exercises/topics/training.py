"""Laws of training by mini-batches. The order is the learner's; the laws hold for every order."""

from itertools import product

import numpy as np

from scratch.exercises import definitions
from scratch.exercises.calls import Broken
from scratch.exercises.law import Laws
from scratch.exercises.margins import CLOSE, same
from scratch.exercises.mistakes import training as mistakes
from scratch.exercises.words import Seed, shown

RNG = np.random.default_rng(20)
SIX = RNG.normal(0, 1, (6, 2)).round(1), np.array([0, 2, 1, 1, 0, 2]), 3  # X, y, n_classes
PAIR = np.array([[1.0], [-2.0]]), np.array([0, 1]), 2
OF_FOUR = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([0, 2]), 4  # two of four classes occur


def full_batch(X, y, n_classes, eta, alpha, batch_size, n_epochs, rng=None):
    """As many steps as epochs, with all samples."""
    batches = [np.arange(len(X))] * n_epochs
    return definitions.descend(X, y, n_classes, batches, eta=eta, alpha=alpha)


fit = Laws(
    "fit_softmax",
    full_batch,
    suspects=mistakes.FULL_BATCH,
    probes=[(*SIX, 0.5, 0.3, 6, 3, Seed(0)), (*SIX, 0.4, 0.2, 6, 5, Seed(0))],
)


@fit.law("it returns W (K, d) and b (K,) for n_classes classes, even if some never occur")
def _(f):
    fit.expect_form(f, (*PAIR, 0.5, 0.0, 2, 1, Seed(0)), (*OF_FOUR, 0.5, 0.0, 2, 1, Seed(0)))


@fit.law("a batch of all samples and one epoch: one step from zero weights")
def _(f):
    cases = [(*data, 0.5, 0.0, len(data[0]), 1, Seed(0)) for data in (PAIR, OF_FOUR, SIX)]
    try:
        fit.expect(f, *cases)
    except Broken as broken:
        raise Broken(broken.example, broken.reason or why(f, cases[-1])) from None


def why(f, case):
    """Why one step went wrong: does training begin elsewhere, does chance take part?"""
    *settings, n_epochs, seed = case
    start = fit.call(f, *settings, 0, seed).run()
    if any(np.any(part) for part in start):
        return mistakes.START.format(start=shown(start))
    one, another = (fit.call(f, *settings, n_epochs, Seed(s)).run() for s in (0, 1))
    return "" if same(one, tuple(another), CLOSE) else mistakes.CHANCE


@fit.law("n_epochs steps, one from another; a batch_size above n is all samples too")
def _(f):
    cases = [(2, 2), (2, 3), (10, 3)]
    fit.expect(f, *((*PAIR, 0.5, 0.0, size, epochs, Seed(0)) for size, epochs in cases))


@fit.law("η and α are obeyed, and b is learnt without a penalty")
def _(f):
    settings = [(0.5, 1.0), (0.25, 1.0), (0.5, 0.5)]
    fit.expect(
        f,
        *((*PAIR, eta, alpha, 2, 2, Seed(0)) for eta, alpha in settings),
        *((*SIX, eta, alpha, 6, 3, Seed(0)) for eta, alpha in settings),
    )


@fit.law("a step for each mini-batch, the smaller last one too")
def _(f):
    # Samples that are all the same: the steps are, too, in whatever order they come.
    for n, size, epochs in ((2, 1, 1), (3, 2, 1), (5, 2, 1), (5, 2, 3), (3, 4, 2)):
        X, y = np.full((n, 1), 1.0), np.ones(n, dtype=int)
        want = -(-n // size) * epochs
        call = fit.call(f, X, y, 2, 0.5, 0.1, size, epochs, Seed(0))
        got = call.run()
        weights = (np.zeros((2, 1)), np.zeros(2))
        done, matching = 0, None
        while done <= n * max(epochs, 3) and matching is None:
            if same(tuple(map(np.asarray, got)), weights, CLOSE):
                matching = done
            weights = definitions.sgd_step(*weights, X[:1], y[:1], 0.5, 0.1)
            done += 1
        if matching != want:
            said = (
                f"the weights after {matching} step{'' if matching == 1 else 's'}"
                if matching is not None
                else shown(got)
            )
            reason = mistakes.steps_reason(matching, n, size, epochs)
            raise call.broken(said, f"those after {want}", reason)


@fit.law("every sample once an epoch")
def _(f):
    # Sample i is the only one with feature i. With a tiny η the weights hardly change what a
    # sample asks for, so column i of W tells how often sample i was used.
    K, eta, epochs = 2, 1e-3, 3
    for n, size in ((2, 1), (3, 1), (5, 1), (4, 2), (6, 3)):
        y = np.arange(n) % K
        call = fit.call(f, np.eye(n), y, K, eta, 0.0, size, epochs, Seed(1))
        W, _ = call.run()
        each_time = eta / size * (1 - 1 / K)
        counts = np.rint(np.asarray(W)[y, np.arange(n)] / each_time).astype(int)
        if (counts != epochs).any():
            said = f"sample by sample, {counts.tolist()} uses in {epochs} epochs"
            reason = mistakes.USES_UNEVEN if len(set(counts.tolist())) > 1 else ""
            raise call.broken(said, f"{[epochs] * n}", reason)


@fit.law("every epoch has a new order, drawn from rng")
def _(f):
    # Two samples, one a batch: an epoch is one of two orders, five epochs are one of 32. Each
    # leaves other weights, which tell the orders that were drawn.
    X, y, K = PAIR
    epochs, orders = 5, ([0, 1], [1, 0])
    results = [((), (np.zeros((2, 1)), np.zeros(2)))]
    for _ in range(epochs):
        results = [((*path, k), epoch(w, k)) for (path, w), k in product(results, (0, 1))]
    drawn = []
    for seed in range(12):  # unequal orders fail to show with probability 16^-12
        call = fit.call(f, X, y, K, 1.0, 0.1, 1, epochs, Seed(seed))
        got = tuple(map(np.asarray, call.run()))
        paths = [path for path, weights in results if same(got, weights, CLOSE)]
        if not paths:
            want = "weights that some order of the samples in each epoch leads to"
            raise call.broken(shown(got), want, mistakes.NO_ORDER)
        drawn.append(paths[0])
    if all(len(set(path)) == 1 for path in drawn):
        fixed = len(set(drawn)) == 1
        said = f"in all {epochs} epochs the order {orders[drawn[0][0]]}"
        reason = mistakes.NO_SHUFFLE if fixed else mistakes.SHUFFLED_ONCE
        raise fit.call(f, X, y, K, 1.0, 0.1, 1, epochs, Seed(0)).broken(
            said + (", with every seed" if fixed else "; with other seeds another, kept as well"),
            "a new order each epoch",
            reason,
        )
    if len(set(drawn)) == 1:
        raise call.broken("the same orders with every seed", "orders from rng", mistakes.OWN_SEED)


def epoch(weights, k):
    """The weights after an epoch over the two samples, in order (k = 0) or reversed (k = 1)."""
    X, y, _ = PAIR
    for i in ([0], [1])[:: -1 if k else 1]:
        weights = definitions.sgd_step(*weights, X[i], y[i], 1.0, 0.1)
    return weights


@fit.law("the same generator state gives the same weights")
def _(f):
    call = fit.call(f, *SIX, 0.5, 0.1, 2, 3, Seed(7))
    first, second = (tuple(map(np.asarray, call.run())) for _ in range(2))
    if not same(first, second, 1e-12):
        raise call.broken(f"{shown(first)}, then {shown(second)}", "the same", mistakes.OWN_SEED)


@fit.law("trained to the end: the probabilities of scikit-learn's LogisticRegression")
def _(f):
    from sklearn.linear_model import LogisticRegression

    # The objective is convex, its slope changes by at most max|x|²/2 + α ≈ 3 a unit: steps of 0.3
    # approach the optimum. After 600 the definition's are 1e-8 from it; the margin is 1e-4.
    X, y, K = SIX
    alpha = 0.2
    call = fit.call(f, X, y, K, 0.3, alpha, 6, 600, Seed(0))
    W, b = call.run()
    got = definitions.softmax(X @ np.asarray(W).T + b)
    want = LogisticRegression(C=1 / (len(X) * alpha), tol=1e-10).fit(X, y).predict_proba(X)
    if not same(got, want, 1e-4):
        raise call.broken(f"probabilities {shown(got[:2], 4)} ...", f"{shown(want[:2], 4)} ...")


@fit.law("X and y are left as they were")
def _(f):
    fit.leaves_arguments_alone(f, (*SIX, 0.5, 0.1, 2, 2, Seed(0)))


LAWS = [fit]
