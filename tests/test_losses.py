"""Losses: values, gradients and limits, against scikit-learn, SciPy and 700-digit arithmetic."""

from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
import scipy.optimize
import scipy.special
from sklearn.datasets import load_iris
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import log_loss
from sklearn.svm import SVC

from scratch import losses
from scratch.linear_model.mini_batch_classifier import MiniBatchClassifier
from scratch.losses import (
    BinaryCrossEntropy,
    CrossEntropy,
    Loss,
    binary_cross_entropy,
    cross_entropy,
    log_softmax,
    sigmoid,
    softmax,
)

pytestmark = pytest.mark.filterwarnings("error")

LOGITS = [0.0, 1e-20, -1e-20, 0.3, -0.3, 5.0, -5.0, 36.0, 50.0, -50.0, 700.0, -700.0, 1e4, -1e4]


def exact(formula, *numbers):
    """A formula of Decimals, evaluated with 700 digits and an unbounded exponent."""
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 700, 10**9, -(10**9)
        return float(formula(*map(Decimal, numbers)))


def random_case(n=40, k=5, seed=0):
    """Logits (n, k), class indices, rows of probabilities, weights."""
    rng = np.random.default_rng(seed)
    probabilities = rng.dirichlet(np.ones(k), size=n)
    return rng.normal(0, 3, (n, k)), rng.integers(0, k, n), probabilities, rng.uniform(0.1, 2, n)


@pytest.mark.parametrize("z", LOGITS)
def test_sigmoid_has_full_precision(z):
    truth = exact(lambda z: 1 / (1 + (-z).exp()), z)
    assert sigmoid(z) == pytest.approx(truth, rel=4e-16, abs=0)


def test_sigmoid_is_scipys_expit():
    z = np.linspace(-700, 800, 4001)[None]
    np.testing.assert_allclose(sigmoid(z), scipy.special.expit(z), rtol=1e-15, atol=0)


def test_softmax_and_its_logarithm_are_scipys():
    z = random_case()[0] * np.logspace(-2, 3, 40)[:, None]
    np.testing.assert_allclose(softmax(z), scipy.special.softmax(z, axis=1), rtol=1e-13)
    np.testing.assert_allclose(log_softmax(z), scipy.special.log_softmax(z, axis=1), atol=1e-12)
    np.testing.assert_allclose(softmax(z).sum(axis=1), 1, rtol=1e-15)


@pytest.mark.parametrize("shape", [(1,), (5,), (40,), (2, 3, 5), (2, 3, 32), (2, 3, 33)])
def test_classes_are_the_last_axis(shape):
    z = np.random.RandomState(0).normal(0, 3, shape)
    np.testing.assert_allclose(softmax(z), scipy.special.softmax(z, axis=-1), rtol=1e-14)
    np.testing.assert_allclose(log_softmax(z), scipy.special.log_softmax(z, axis=-1), rtol=1e-13)


@pytest.mark.parametrize("z", LOGITS)
def test_log_softmax_has_full_precision_where_the_probability_is_nearly_one(z):
    truth = exact(lambda z: -(1 + (-z).exp()).ln(), z)  # of two classes with logits z and 0
    assert log_softmax([z, 0.0])[0] == pytest.approx(truth, rel=1e-15, abs=0)


@pytest.mark.parametrize("z", LOGITS)
@pytest.mark.parametrize("y", [0.0, 1.0, 0.25])
def test_binary_cross_entropy_has_full_precision(z, y):
    truth = exact(lambda z, y: y * (1 + (-z).exp()).ln() + (1 - y) * (1 + z.exp()).ln(), z, y)
    value, residual = binary_cross_entropy([z], [y])
    assert value == pytest.approx(truth, rel=4e-16, abs=0)
    slope = exact(lambda z, y: 1 / (1 + (-z).exp()) - y, z, y)
    assert residual[0] == pytest.approx(slope, rel=1e-15, abs=2.3e-16)


@pytest.mark.parametrize("z", LOGITS)
def test_cross_entropy_has_full_precision(z):
    truth = exact(lambda z: (1 + (-z).exp() + (-z - 1).exp()).ln(), z)
    value, _ = cross_entropy([[z, 0.0, -1.0]], [0])
    assert value == pytest.approx(truth, rel=1e-15, abs=0)


@pytest.mark.parametrize("weighted", [False, True])
def test_both_are_scikit_learns_log_loss(weighted):
    Z, y, _, w = random_case()
    w = w if weighted else None
    ours, _ = cross_entropy(Z, y, sample_weight=w)
    theirs = log_loss(y, scipy.special.softmax(Z, axis=1), sample_weight=w)
    assert ours == pytest.approx(theirs, rel=1e-13)
    ours, _ = binary_cross_entropy(Z[:, 0], y > 2, sample_weight=w)
    theirs = log_loss(y > 2, scipy.special.expit(Z[:, 0]), sample_weight=w)
    assert ours == pytest.approx(theirs, rel=1e-13)


def test_binary_cross_entropy_is_two_class_cross_entropy():
    Z, y, probabilities, w = random_case(k=2)
    z = Z[:, 1] - Z[:, 0]
    for hard, soft in ((y, y), (probabilities[:, 1], probabilities)):
        value, residual = binary_cross_entropy(z, hard, sample_weight=w)
        expected, rows = cross_entropy(Z, soft, sample_weight=w)
        assert value == pytest.approx(expected, rel=1e-13)
        np.testing.assert_allclose(np.column_stack([-residual, residual]), rows, atol=1e-16)


def complex_binary_cross_entropy(z, y):
    return np.log(1 + np.exp(z)) - y * z


def complex_cross_entropy(Z, T):
    return np.log(np.exp(Z).sum(axis=1)) - (T * Z).sum(axis=1)


def test_residuals_are_gradients():
    # the imaginary part of f(z + ih)/h is f'(z), exact to rounding
    Z, _, T, w = random_case()
    w, h = w / w.sum(), 1e-30
    _, residual = cross_entropy(Z, T, sample_weight=w)
    for j in np.ndindex(Z.shape):
        step = np.zeros(Z.shape, complex)
        step[j] = 1j * h
        slope = (w @ complex_cross_entropy(Z + step, T)).imag / h
        assert residual[j] == pytest.approx(slope, rel=1e-12, abs=1e-16)
    z, t = Z[:, 0], T[:, 0]
    slopes = w * complex_binary_cross_entropy(z + 1j * h, t).imag / h
    _, residual = binary_cross_entropy(z, t, sample_weight=w)
    np.testing.assert_allclose(residual, slopes, rtol=1e-12, atol=1e-16)


INF = np.inf


@pytest.mark.parametrize(
    ("z", "y", "value", "residual"),
    [
        (INF, 1, 0, 0),
        (INF, 0, INF, 1),
        (-INF, 0, 0, 0),
        (-INF, 1, INF, -1),
        (INF, 0.5, INF, 0.5),
        (1e300, 0, 1e300, 1),
    ],
)
def test_limits_of_binary_cross_entropy(z, y, value, residual):
    assert [float(part) for part in map(np.squeeze, binary_cross_entropy([z], [y]))] == [
        value,
        residual,
    ]


@pytest.mark.parametrize(
    ("z", "target", "value", "residual"),
    [
        ([INF, 0], 0, 0, [0, 0]),
        ([INF, 0], 1, INF, [1, -1]),
        ([-INF, 0], 1, 0, [0, 0]),
        ([-INF, 0], 0, INF, [-1, 1]),
        ([INF, INF], 0, np.log(2), [-0.5, 0.5]),
        ([-INF, -INF], 0, np.log(2), [-0.5, 0.5]),
        ([1e300, -1e300], 1, 2e300, [1, -1]),
    ],
)
def test_limits_of_cross_entropy(z, target, value, residual):
    got, slope = cross_entropy([z], [target])
    assert got == pytest.approx(value, rel=1e-15)
    assert slope.tolist() == [residual]
    assert sigmoid([-INF, INF]).tolist() == [0, 1]


def test_a_sample_without_weight_does_not_count_even_where_its_loss_is_infinite():
    assert binary_cross_entropy([0.0, INF], [1, 0], sample_weight=[1, 0])[0] == np.log(2)
    value, residual = cross_entropy([[0.0, 0], [INF, 0]], [0, 1], sample_weight=[3, 0])
    assert value == pytest.approx(np.log(2))
    assert residual.tolist() == [[-0.5, 0.5], [0, 0]]


def test_nan_is_not_hidden():
    assert np.isnan(sigmoid(np.nan))
    assert np.isnan(softmax([np.nan, 0.0])).all()
    assert np.isnan(log_softmax([np.nan, 0.0])).any()
    assert np.isnan(binary_cross_entropy([np.nan], [0])[0])
    assert np.isnan(cross_entropy([[np.nan, 0.0]], [0])[0])


@pytest.mark.parametrize(
    ("given", "expected"),
    [(np.float32, np.float32), (np.float64, np.float64), (np.int64, np.float64), (bool, float)],
)
def test_precision_is_that_of_the_logits(given, expected):
    Z = np.array([[1, 0], [0, 1]], dtype=given)
    results = [sigmoid(Z), softmax(Z), log_softmax(Z)]
    results += binary_cross_entropy(Z[0], [0.5, 1.0], sample_weight=[1.0, 2.0])
    results += cross_entropy(Z, [0, 1], sample_weight=[1.0, 2.0])
    results += cross_entropy(Z, np.array([[0.5, 0.5], [0.25, 0.75]]))
    assert {result.dtype for result in results} == {np.dtype(expected)}


def test_inputs_are_left_alone():
    case = random_case()
    copies = [part.copy() for part in case]
    Z, _, T, w = case
    cross_entropy(Z, T, sample_weight=w)
    binary_cross_entropy(Z[:, 0], T[:, 0], sample_weight=w)
    for part, copy in zip(case, copies, strict=True):
        np.testing.assert_array_equal(part, copy)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: binary_cross_entropy([[0.0]], [0]), "n_samples"),
        (lambda: binary_cross_entropy([0.0, 1.0], [0]), "n_samples"),
        (lambda: binary_cross_entropy([0.0], [1.5]), r"in \[0, 1\]"),
        (lambda: binary_cross_entropy([0.0], [np.nan]), r"in \[0, 1\]"),
        (lambda: binary_cross_entropy([0.0], [1], sample_weight=[-1]), "Negative"),
        (lambda: binary_cross_entropy([0.0], [1], sample_weight=[0]), "non-zero"),
        (lambda: binary_cross_entropy([0.0], [1], sample_weight=[np.nan]), "NaN"),
        (
            lambda: binary_cross_entropy([0.0], [1], sample_weight=[1, 2]),
            "inconsistent numbers of samples",
        ),
        (lambda: cross_entropy([[0.0, 1]], [1], sample_weight=[np.inf]), "infinity"),
        (lambda: cross_entropy([0.0], [0]), "n_classes"),
        (lambda: cross_entropy([[0.0, 1.0]], [2]), r"in \[0, 2\)"),
        (lambda: cross_entropy([[0.0, 1.0]], [-1]), r"in \[0, 2\)"),
        (lambda: cross_entropy([[0.0, 1.0]] * 2, [0, 2]), r"in \[0, 2\)"),
        (lambda: cross_entropy([[0.0, 1.0]] * 2, [-1, 1]), r"in \[0, 2\)"),
        (lambda: softmax(np.empty((2, 0))), "zero-size"),
        (lambda: cross_entropy([[0.0, 1.0]], [0.0]), "class indices"),
        (lambda: cross_entropy([[0.0, 1.0]], [0, 1]), "class indices"),
        (lambda: cross_entropy([[0.0, 1.0]], [[0.6, 0.6]]), "sum to 1"),
        (lambda: cross_entropy([[0.0, 1.0]], [[-0.5, 1.5]]), r"in \[0, 1\]"),
    ],
)
def test_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# The losses as objects, as the solvers take them; outputs are rows there.

FINITE = np.array([0.0, 0.7, -0.7, 40.0, -40.0, 1e4, -1e4, 1e30, -1e30])


class Hinge(Loss):
    """``Σ_k max(0, 1 - s z)`` with s = 2t - 1 = ±1: a margin loss, with the plain defaults."""

    def targets(self, n_classes):
        return np.eye(n_classes)[1:] if n_classes == 2 else np.eye(n_classes)

    def values(self, scores, targets):
        return np.maximum(0, 1 - (2 * targets - 1) * scores).sum(axis=0)

    def residual(self, scores, targets):
        signs = 2 * targets - 1
        return np.where(signs * scores <= 1, -signs, 0.0)

    def curvature(self, n_outputs):
        return 1.0

    def guess(self, frequencies):
        return float(2 * np.minimum(frequencies, 1 - frequencies).sum())


LOSSES = [BinaryCrossEntropy(), CrossEntropy(), Hinge()]
each_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: type(loss).__name__)


def in_place(loss, scores, targets, weights=None):
    """Return the residuals and the sum of the losses that a loss gives in place."""
    weights = np.ones(scores.shape[1]) if weights is None else weights
    weights = weights.astype(scores.dtype)
    scores, targets = scores.copy(), targets * weights
    work = np.full((2, *scores.shape), np.nan, scores.dtype)
    with np.errstate(over="ignore"):  # as in training
        total = loss.residual_in_place(scores, targets, weights, work)
    assert isinstance(total, float)
    return scores, total


def judged(loss, scores, targets):
    """The losses (n,) and residuals of single samples by the functions, which are tested above."""
    if isinstance(loss, CrossEntropy):
        parts = [cross_entropy([z], [t]) for z, t in zip(scores.T, targets.T, strict=True)]
        return np.array([value for value, _ in parts]), np.array([r[0] for _, r in parts]).T
    parts = [
        [binary_cross_entropy([z], [t]) for z, t in zip(*rows, strict=True)]
        for rows in zip(scores, targets, strict=True)
    ]
    values = np.array([[value for value, _ in row] for row in parts]).sum(axis=0)
    return values, np.array([[r[0] for _, r in row] for row in parts])


def problem(loss, soft, K=4):
    """Scores (K, n), some large, and targets (K, n)."""
    Z, y, T, _ = random_case(n=len(FINITE), k=K)
    Z[:, 1] += FINITE
    if soft and isinstance(loss, BinaryCrossEntropy):
        T = np.random.default_rng(0).uniform(size=T.shape)
    return Z.T, (T if soft else np.eye(K)[y]).T


@pytest.mark.parametrize("loss", LOSSES[:2], ids=lambda loss: type(loss).__name__)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("soft", [False, True])
def test_a_loss_has_the_values_and_residuals_of_its_function(loss, dtype, soft):
    Z, T = problem(loss, soft)
    values, slopes = judged(loss, Z, T)
    tolerance = 1e-14 if dtype is np.float64 else 1e-5
    close = {"rtol": tolerance, "atol": tolerance}
    scores, targets = Z.astype(dtype), T.astype(dtype)
    np.testing.assert_allclose(loss.values(scores, targets), values, **close)
    np.testing.assert_allclose(loss.residual(scores, targets), slopes, **close)
    residuals, total = in_place(loss, scores, targets)
    np.testing.assert_allclose(residuals, slopes, **close)
    assert total == pytest.approx(values.sum(), rel=tolerance)
    np.testing.assert_array_equal(scores, Z.astype(dtype))


@each_loss
@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("weighted", [False, True])
def test_residuals_are_the_slopes_of_the_values(loss, soft, weighted):
    # central differences, of scores of usual size
    rng, h = np.random.default_rng(1), 1e-6
    Z, (_, T) = rng.normal(0, 2, (3, 9)), problem(loss, soft, K=3)
    w = rng.uniform(0.1, 3, 9) if weighted else np.ones(9)
    residuals, total = in_place(loss, Z, T, w)
    np.testing.assert_allclose(residuals, loss.residual(Z, T) * w, rtol=1e-12, atol=1e-14)
    assert total == pytest.approx(np.sum(loss.values(Z, T) * w), rel=1e-12)
    for k, row in enumerate(residuals):
        step = np.zeros((3, 1))
        step[k] = h
        slope = (loss.values(Z + step, T) - loss.values(Z - step, T)) / (2 * h)
        np.testing.assert_allclose(row, slope * w, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("loss", LOSSES[:2], ids=lambda loss: type(loss).__name__)
def test_residuals_are_complex_step_slopes(loss):
    Z, (_, T), h = random_case(n=9, k=4)[0].T, problem(loss, True), 1e-30
    residuals, _ = in_place(loss, Z, T)
    for j in np.ndindex(Z.shape):
        step = np.zeros(Z.shape, complex)
        step[j] = 1j * h
        if isinstance(loss, CrossEntropy):
            slope = complex_cross_entropy((Z + step).T, T.T).sum().imag / h
        else:
            slope = complex_binary_cross_entropy(Z + step, T).sum().imag / h
        assert residuals[j] == pytest.approx(slope, rel=1e-12, abs=1e-15)


def test_the_curvature_of_the_binary_cross_entropy_is_its_largest_second_derivative():
    z = np.linspace(-9, 9, 1001)  # 0 among them
    second = (np.exp(z + 1e-30j) / (1 + np.exp(z + 1e-30j))).imag / 1e-30
    assert BinaryCrossEntropy().curvature(1) == pytest.approx(second.max(), rel=1e-12)
    assert BinaryCrossEntropy().curvature(7) == 0.25


@pytest.mark.parametrize("K", [2, 3, 10, 100])
def test_the_curvature_of_the_cross_entropy_lies_between_the_start_and_the_bound(K):
    def largest(p):
        return np.linalg.eigvalsh(np.diag(p) - np.outer(p, p))[-1]

    start = largest(np.full(K, 1 / K))
    bound = largest(np.r_[0.5, 0.5, np.zeros(K - 2)])
    h = CrossEntropy().curvature(K)
    assert h == pytest.approx(np.sqrt(start * bound), rel=1e-12)
    assert start <= h * (1 + 1e-12)
    assert h <= bound * (1 + 1e-12)
    rng = np.random.default_rng(0)
    assert max(largest(rng.dirichlet(np.full(K, 0.3))) for _ in range(200)) <= bound


@each_loss
@pytest.mark.parametrize("K", [2, 5])
def test_the_guess_is_the_least_loss_of_scores_that_are_the_same_for_all(loss, K):
    p = np.random.default_rng(K).dirichlet(np.full(K, 3.0))

    def mean(z):
        z = np.asarray(z, float)[:, None]
        if isinstance(loss, CrossEntropy):  # one of the outputs at a time is 1
            return sum(s * loss.values(z, o[:, None])[0] for s, o in zip(p, np.eye(K), strict=True))
        # else the mean over 0 and 1 of a sum over the outputs is the sum of their means
        return sum(
            s * loss.values(z[k : k + 1], np.ones((1, 1)))[0]
            + (1 - s) * loss.values(z[k : k + 1], np.zeros((1, 1)))[0]
            for k, s in enumerate(p)
        )

    found = scipy.optimize.minimize(mean, np.full(K, 0.1), method="Powell", options={"xtol": 1e-9})
    assert loss.guess(p) == pytest.approx(found.fun, rel=2e-6)


@each_loss
@pytest.mark.parametrize("K", [2, 3, 10])
def test_targets_are_one_output_for_two_classes_of_a_yes_or_no_loss_else_one_each(loss, K):
    targets = loss.targets(K)
    if K == 2 and not isinstance(loss, CrossEntropy):
        assert targets.tolist() == [[0, 1]]
    else:
        np.testing.assert_array_equal(targets, np.eye(K))
    n_outputs, zero = len(targets), np.zeros((len(targets), 1))
    if not isinstance(loss, Hinge):  # whose scores are no logits
        np.testing.assert_allclose(loss.residual(zero, zero), loss.blind(n_outputs), rtol=1e-15)


@pytest.mark.parametrize("z", [*LOGITS, -36.9, -37.1, 37.0, -744.0])
@pytest.mark.parametrize("positive", [False, True])
def test_the_residual_of_a_number_has_full_precision(z, positive):
    found = BinaryCrossEntropy().residual_of_number(z, positive)
    assert type(found) is float
    truth = exact(lambda z: 1 / (1 + (-z).exp()) - int(positive), z)
    assert found == pytest.approx(truth, rel=4e-16, abs=5e-324)


@each_loss
@pytest.mark.parametrize("z", [-3.0, 0.0, 0.5, 7.0])
@pytest.mark.parametrize("positive", [False, True])
def test_the_residual_of_a_number_is_that_of_an_array(loss, z, positive):
    if isinstance(loss, CrossEntropy):
        assert loss.residual_of_number(z, positive) == 1 - positive  # one class alone has p = 1
    else:
        expected = loss.residual(np.array([[z]]), np.array([[float(positive)]]))[0, 0]
        assert loss.residual_of_number(z, positive) == pytest.approx(expected, rel=1e-15)


class HingeClassifier(MiniBatchClassifier):
    """A support vector machine: one class and its loss."""

    _loss = Hinge()


def test_a_margin_loss_takes_the_steps_of_scikit_learns():
    X, y = load_iris(return_X_y=True)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    w = np.random.default_rng(0).uniform(0.5, 2, len(X))
    settings = {
        "learning_rate": "constant", "eta0": 0.01, "alpha": 0.01, "shuffle": False,
        "max_iter": 3, "tol": None,
    }  # fmt: skip
    for labels in (y, y == 2):
        ours = HingeClassifier(batch_size=1, momentum=0, **settings).fit(X, labels, w)
        theirs = SGDClassifier(loss="hinge", **settings)
        theirs.fit(X, labels, sample_weight=w / w.mean())
        np.testing.assert_allclose(ours.coef_, theirs.coef_, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(ours.intercept_, theirs.intercept_, rtol=1e-10, atol=1e-13)
        np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


def test_a_margin_loss_comes_to_the_optimum_of_a_support_vector_machine():
    X, y = load_iris(return_X_y=True)
    y, alpha = y == 2, 1e-2

    def objective(w, b):
        return np.maximum(0, 1 - (2 * y - 1) * (X @ w + b)).mean() + alpha / 2 * w @ w

    theirs = SVC(kernel="linear", C=1 / (alpha * len(X)), tol=1e-8).fit(X, y)
    least = objective(theirs.coef_[0], theirs.intercept_[0])
    ours = HingeClassifier(alpha=alpha, random_state=0).fit(X, y)  # by "auto"
    left = objective(ours.coef_[0], ours.intercept_[0]) - least
    assert -1e-4 < left < 0.05 * (2 / 3 - least)


def test_only_the_ratios_of_weights_matter_however_large_or_small():
    z, y = np.array([0.3, -2.0]), np.array([1, 1])
    expected, residual = binary_cross_entropy(z, y, sample_weight=[1, 3])
    for factor in (1e-308, 5.5e307):
        value, scaled = binary_cross_entropy(z, y, sample_weight=np.array([1, 3]) * factor)
        assert value == pytest.approx(expected, rel=1e-12)
        np.testing.assert_allclose(scaled, residual, rtol=1e-12)


def test_the_loss_of_no_samples_is_an_empty_sum():
    for function, shape in ((binary_cross_entropy, (0,)), (cross_entropy, (0, 3))):
        value, residual = function(np.empty(shape), np.empty(0, int))
        assert value == 0
        assert residual.shape == shape


@pytest.mark.parametrize("target", [-0.5, 1.5, np.nan])
def test_targets_that_are_no_probabilities(target):
    with pytest.raises(ValueError, match="probabilities"):
        binary_cross_entropy([0.0], [target])


# Random logits from next to 0 to 1e300, against arithmetic of 360 digits.


def exact_row(logits):
    """Probabilities of a softmax and their logarithms, Decimals, of floats taken as they are."""
    with localcontext() as context:
        context.prec = 360
        below = [Decimal(float(z)) - Decimal(float(max(logits))) for z in logits]  # 0 or less
        powers = [z.exp() if z > -800 else Decimal(0) for z in below]  # exp(-800) is 1e-348
        log_total = sum(powers).ln()
        return [power / sum(powers) for power in powers], [z - log_total for z in below]


def random_logits(shape, dtype, seed=0):
    """Logits of either sign, in half of the rows of every size, in the others of usual ones."""
    rng = np.random.RandomState(seed)
    largest = 300 if dtype == np.float64 else 37
    size = np.where(rng.rand(shape[0], 1) < 0.5, largest, 2.8) * rng.uniform(-1, 1, shape)
    Z = (rng.choice([-1, 1], shape) * 10.0**size).astype(dtype)
    Z[::7] = Z[::7].repeat(2, axis=1)[:, : shape[1]]  # some are equal
    return Z


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n_classes", [2, 3, 40])
def test_softmax_of_logits_of_every_size(n_classes, dtype):
    Z = random_logits((60 // n_classes + 6, n_classes), dtype)
    targets = np.random.RandomState(1).randint(0, n_classes, len(Z))
    # the difference of two logits, up to 745 where its exp is not 0, is rounded
    eps, tiny = float(np.finfo(dtype).eps), float(np.finfo(dtype).tiny)
    for row, p, log_p, k in zip(Z, softmax(Z), log_softmax(Z), targets, strict=True):
        exact_p, exact_log_p = exact_row(row)
        np.testing.assert_allclose(p, np.array(exact_p, float), rtol=750 * eps, atol=tiny)
        np.testing.assert_allclose(log_p, np.array(exact_log_p, float), rtol=750 * eps, atol=tiny)
        value, slope = cross_entropy(row[None], [k])
        assert value == pytest.approx(float(-exact_log_p[k]), rel=750 * eps, abs=tiny)
        expected = np.array([p - (j == k) for j, p in enumerate(exact_p)], float)
        np.testing.assert_allclose(slope[0], expected, rtol=750 * eps, atol=eps)
    residuals, total = in_place(CrossEntropy(), Z.T, np.eye(n_classes, dtype=dtype)[targets].T)
    each = [cross_entropy(row[None], [k]) for row, k in zip(Z, targets, strict=True)]
    assert total == pytest.approx(float(sum(value for value, _ in each)), rel=len(Z) * 4 * eps)
    np.testing.assert_allclose(residuals.T, [slope[0] for _, slope in each], atol=4 * eps)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_of_logits_of_every_size(dtype):
    z = random_logits((80, 1), dtype).ravel()
    y = np.random.RandomState(1).choice([0, 1, 0.25], len(z)).astype(dtype)
    eps, tiny = float(np.finfo(dtype).eps), float(np.finfo(dtype).tiny)
    for z_i, y_i, p in zip(z, y, sigmoid(z), strict=True):
        (exact_p, _), (log_p, log_q) = exact_row([z_i, 0.0])
        assert p == pytest.approx(float(exact_p), rel=2 * eps, abs=tiny)
        value, slope = binary_cross_entropy(np.array([z_i]), [y_i])
        exact_value = -Decimal(float(y_i)) * log_p - Decimal(float(1 - y_i)) * log_q
        assert value == pytest.approx(float(exact_value), rel=4 * eps, abs=tiny)
        assert slope[0] == pytest.approx(float(exact_p - Decimal(float(y_i))), abs=2 * eps)
    for i, z_i in enumerate(z):
        residual, total = in_place(BinaryCrossEntropy(), z[i : i + 1, None], y[i : i + 1, None])
        value, slope = binary_cross_entropy(z[i : i + 1], y[i : i + 1])
        assert residual[0, 0] == pytest.approx(slope[0], abs=2 * eps)
        assert total == pytest.approx(float(value), abs=4 * eps * max(1, abs(float(z_i))))


@pytest.mark.parametrize("seed", range(10))
def test_weights_of_every_size(seed):
    """The mean is that of exact fractions: weights of 0, subnormal ones, and the largest."""
    rng = np.random.RandomState(seed)
    z, y = 10 * rng.normal(size=20), rng.rand(20)
    sizes = [1, 5e-324, 1e-310, 1e300, 2.0**1020]
    weight = rng.randint(0, 8, 20) * sizes[seed % 5]
    value, residual = binary_cross_entropy(z, y, sample_weight=weight)
    parts = [binary_cross_entropy(z[i : i + 1], y[i : i + 1]) for i in range(20)]
    shares = [Fraction(w) / sum(map(Fraction, weight.tolist())) for w in weight.tolist()]
    mean = sum(w * Fraction(float(part)) for w, (part, _) in zip(shares, parts, strict=True))
    assert value == pytest.approx(float(mean), rel=1e-14)
    slopes = [
        float(w * Fraction(slope.item())) for w, (_, slope) in zip(shares, parts, strict=True)
    ]
    np.testing.assert_allclose(residual, slopes, rtol=1e-14)


@pytest.mark.parametrize("n_classes", [31, 32, 33, 100])
def test_softmax_of_many_classes(n_classes):
    Z = np.random.default_rng(n_classes).normal(scale=30, size=(50, n_classes))
    np.testing.assert_allclose(losses.softmax(Z), scipy.special.softmax(Z, axis=1), rtol=1e-13)
    np.testing.assert_allclose(
        losses.log_softmax(Z), scipy.special.log_softmax(Z, axis=1), rtol=1e-13, atol=1e-15
    )
