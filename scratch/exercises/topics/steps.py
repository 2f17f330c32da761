"""Laws of one step of SGD, and of training one sample at a time."""

from itertools import permutations

import numpy as np

from scratch.exercises import definitions
from scratch.exercises.law import Laws
from scratch.exercises.margins import CLOSE, same
from scratch.exercises.mistakes import one_sample as of_one_sample
from scratch.exercises.mistakes import steps as mistakes

RNG = np.random.default_rng(18)

# --- one step -------------------------------------------------------------------------------------

ZERO = (np.zeros((2, 1)), np.zeros(2), np.array([[3.0]]), np.array([1]))  # W, b, X, y


def case(n, d, K):
    """Weights, intercepts, samples and targets of these sizes, in tenths."""
    W, b, X = (RNG.normal(0, 1, shape).round(1) for shape in ((K, d), (K,), (n, d)))
    return W, b, X, RNG.integers(0, K, n)


SMALL, WIDE, SQUARE = case(1, 1, 2), case(2, 3, 2), case(3, 3, 3)
CASES = [ZERO, SMALL, case(2, 1, 2), WIDE, SQUARE, case(5, 2, 3)]
# Nothing to learn from: the samples are 0, the classes equally frequent, the intercepts equal.
STILL = (np.array([[1.0], [-2.0]]), np.array([0.5, 0.5]), np.zeros((2, 1)), np.array([0, 1]))

step = Laws(
    "sgd_step",
    definitions.sgd_step,
    suspects=mistakes.STEPS,
    probes=[(*WIDE, 0.5, 0.3), (*SQUARE, 0.7, 0.2), (*CASES[-1], 0.3, 0.5)],
)


@step.law("it returns new weights of the shape of W, and new intercepts of the shape of b")
def _(f):
    step.expect_form(f, (*ZERO, 0.1, 0.0), (*WIDE, 0.1, 0.0))


@step.law("by hand: x = 3 of class 1, both scores 0; η = 0.1 moves W by 0.15 and b by 0.05")
def _(f):
    want = np.array([[-0.15], [0.15]]), np.array([-0.05, 0.05])
    step.expect(f, (*ZERO, 0.1, 0.0), truth=lambda *_: want)


@step.law(
    "without a penalty: η times the slope of the mean loss, which a difference quotient gives"
)
def _(f):
    step.expect(f, *((*data, eta, 0.0) for data in CASES for eta in (0.5, 0.1)))


@step.law("with nothing to learn from, the penalty shrinks W: W' = (1 - ηα) W, and b stays")
def _(f):
    cases = [(*STILL, eta, alpha) for eta, alpha in ((0.5, 1.0), (0.5, 0.5), (0.1, 2.0))]
    step.expect(f, *cases, truth=lambda W, b, X, y, eta, alpha: ((1 - eta * alpha) * W, b))


@step.law("loss and penalty together: η times the slope of the whole objective at the old weights")
def _(f):
    step.expect(f, *((*data, 0.5, 0.4) for data in CASES))


@step.law("a small step lowers the objective")
def _(f):
    for data in CASES:
        W, b, X, y = data
        call = step.call(f, *data, 1e-3, 0.1)
        new_W, new_b = call.run()
        before = definitions.objective(W, b, X, y, 0.1)
        after = definitions.objective(np.asarray(new_W), np.asarray(new_b), X, y, 0.1)
        if not after < before:
            raise call.broken(f"weights with an objective of {after}", f"less than {before}")


@step.law("W, b, X and y are left as they were; what comes back is new")
def _(f):
    call, arguments, result = step.leaves_arguments_alone(f, (*SQUARE, 0.5, 0.3))
    for name, new in zip(("W", "b"), result, strict=True):
        if np.shares_memory(new, arguments[name]):
            raise call.broken(f"{name} itself", "a new array", mistakes.SAME_ARRAY)


# --- one sample at a time -------------------------------------------------------------------------


def fitting(X, y, alpha, eta, n_epochs):
    return np.array(X, dtype=float), np.array(y), alpha, eta, n_epochs


def truth(X, y, alpha, eta, n_epochs):
    return definitions.fit_one_sample_at_a_time(X, y, alpha=alpha, eta=eta, n_epochs=n_epochs)


FIVE = RNG.normal(0, 1, (5, 2)).round(1), np.array([0, 1, 1, 0, 1])
one_sample = Laws(
    "fit_one_sample_at_a_time",
    truth,
    suspects=of_one_sample.ONE_SAMPLE,
    probes=[fitting(*FIVE, 0.2, 0.5, 1), fitting(*FIVE, 0.3, 0.7, 3)],
)


@one_sample.law("it returns w, an array (d,), and b, one number")
def _(f):
    one_sample.expect_form(f, fitting([[2.0]], [1], 0.0, 1.0, 1), fitting(*FIVE, 0.1, 0.5, 2))


@one_sample.law("by hand: x = 2 of class 1, η = 1: the residual is -1/2, so w = 1 and b = 1/2")
def _(f):
    for target, sign in ((1, 1), (0, -1)):
        want = np.array([sign * 1.0]), sign * 0.5
        one_sample.expect(
            f, fitting([[2.0]], [target], 0.0, 1.0, 1), truth=lambda *_, want=want: want
        )


@one_sample.law("sample after sample, in the given order: each sees the weights that the last left")
def _(f):
    pairs = [fitting([[0.0], [2.0]], [0, 1], 0.0, 1.0, 1), fitting([[1], [2]], [1, 0], 0.0, 0.5, 1)]
    one_sample.expect(f, *pairs, fitting(*FIVE, 0.0, 0.5, 1), explain=other_order)


def other_order(got, X, y, alpha, eta, n_epochs):
    """Whether some other order of the samples leads there."""
    for order in map(list, permutations(range(len(y)))):
        if same(got, truth(X[order], y[order], alpha, eta, n_epochs), CLOSE):
            return mistakes.OTHER_ORDER.format(order=order)
    return ""


@one_sample.law("n_epochs times through all samples, from where the last epoch ended")
def _(f):
    cases = [fitting([[2.0]], [1], 0.0, 1.0, epochs) for epochs in (2, 3)]
    one_sample.expect(f, *cases, fitting(*FIVE, 0.0, 0.5, 3))


@one_sample.law("each step first shrinks w by 1 - ηα, and leaves b out of it")
def _(f):
    pair = [[2.0], [0.0]], [1, 1]  # the second sample is 0: it only shrinks w
    one_sample.expect(
        f, fitting(*pair, 0.5, 1.0, 1), fitting(*pair, 0.2, 0.5, 1), fitting(*FIVE, 0.3, 0.5, 3)
    )


@one_sample.law("the penalty never turns w round: where ηα is above 1 the factor is 0")
def _(f):
    pair = [[2.0], [0.0]], [1, 1]
    one_sample.expect(f, fitting(*pair, 2.0, 1.0, 1), fitting(*FIVE, 3.0, 0.5, 2))


@one_sample.law("scikit-learn's SGDClassifier, to ten digits")
def _(f):
    from sklearn.linear_model import SGDClassifier

    def theirs(X, y, alpha, eta, n_epochs):
        how = {"learning_rate": "constant", "shuffle": False, "tol": None}
        model = SGDClassifier(loss="log_loss", alpha=alpha, eta0=eta, max_iter=n_epochs, **how)
        model.fit(X, y)
        return model.coef_[0], float(model.intercept_[0])

    rng = np.random.default_rng(19)
    X = rng.normal(0, 1, (20, 3)).round(2)
    y = (X[:, 0] + rng.normal(0, 1, 20) > 0).astype(int)
    cases = fitting(X[:6], y[:6], 0.01, 0.1, 2), fitting(X, y, 1e-4, 0.5, 10)
    one_sample.expect(f, *cases, truth=theirs, margin=1e-10)


@one_sample.law("X and y are left as they were")
def _(f):
    one_sample.leaves_arguments_alone(f, fitting(*FIVE, 0.3, 0.5, 2))


LAWS = [step, one_sample]
