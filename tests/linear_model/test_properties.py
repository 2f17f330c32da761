"""The mathematics of the mini-batch classifiers, one property a test.

Objective, softmax and sigmoid are written out anew here, for complex numbers too: nothing is
compared with the package's own.
"""

from functools import partial

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.preprocessing import StandardScaler

from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

# where `max_iter` is small on purpose
pytestmark = pytest.mark.filterwarnings("ignore:Training ended after max_iter")

BOTH = [LogisticClassifier, SoftmaxClassifier]
both = pytest.mark.parametrize("Classifier", BOTH)


def data(n_classes=3):
    """Standardised iris: (n, 4) and labels, of the last two classes or of all three."""
    X, y = load_iris(return_X_y=True)
    kept = y >= 3 - n_classes
    return StandardScaler().fit_transform(X[kept]), y[kept] - (3 - n_classes)


def loss(Classifier, W, b, X, T):
    """Losses of the samples for targets T (n, n_outputs): (n,), complex where W or b are."""
    Z = X @ W.T + b
    if Classifier is LogisticClassifier:
        return (np.log(1 + np.exp(Z)) - T * Z).sum(axis=1)
    return np.log(np.exp(Z).sum(axis=1)) - (T * Z).sum(axis=1)


def objective(Classifier, W, b, X, T, alpha, w=None):
    """Weighted mean loss plus L2 penalty."""
    w = np.ones(len(X)) if w is None else w
    return w @ loss(Classifier, W, b, X, T) / w.sum() + alpha / 2 * (W * W).sum()


def one_hot(Classifier, y):
    """Targets (n, n_outputs)."""
    T = np.eye(y.max() + 1)[y]
    return T[:, 1:] if Classifier is LogisticClassifier and T.shape[1] == 2 else T


def gradient(f, W, b):
    """Complex-step derivative of f(W, b): the imaginary part of f(x + ih)/h, exact to rounding."""
    h, slopes = 1e-30, []
    for variable in range(2):
        slope = np.zeros_like((W, b)[variable])
        for j in np.ndindex(slope.shape):
            point = [W.astype(complex), b.astype(complex)]
            point[variable][j] += 1j * h
            slope[j] = f(*point).imag / h
        slopes.append(slope)
    return slopes


def gradient_descent(Classifier, **options):
    """Plain gradient descent with a constant step."""
    settings = {"batch_size": "full", "momentum": 0, "learning_rate": "constant", "tol": None}
    return Classifier(**{**settings, **options})


def trained(Classifier, **options):
    """An estimator with the defaults, but for the epochs: they need not reach the optimum."""
    return Classifier(**{"random_state": 0, "max_iter": 60, **options})


def solved(Classifier, **options):
    """An estimator that goes on to the optimum."""
    settings = {"batch_size": "full", "momentum": 0.98, "nesterov": True, "max_iter": 1200}
    return Classifier(**{"alpha": 0.01, "tol": None, **settings, **options})


def assert_same(ours, theirs, rtol=1e-9, atol=1e-11):
    np.testing.assert_allclose(ours.coef_, theirs.coef_, rtol=rtol, atol=atol)
    np.testing.assert_allclose(ours.intercept_, theirs.intercept_, rtol=rtol, atol=atol)


# Steps


@both
@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("alpha", [0, 0.7])
@pytest.mark.parametrize("weighted", [False, True])
def test_a_step_is_the_gradient_through_loss_penalty_and_intercept(
    Classifier, n_classes, alpha, weighted
):
    X, y = data(n_classes)
    w = np.random.default_rng(0).uniform(0, 3, len(X)) if weighted else None
    eta = 0.5
    model = gradient_descent(Classifier, alpha=alpha, eta0=eta, max_iter=3, warm_start=True)
    model.fit(X, y, w)  # away from the start
    W, b = model.coef_, model.intercept_
    model.set_params(max_iter=1).fit(X, y, w)
    T = one_hot(Classifier, y)
    slopes = gradient(lambda W, b: objective(Classifier, W, b, X, T, alpha, w), W, b)
    for step, slope in zip((W - model.coef_, b - model.intercept_), slopes, strict=True):
        np.testing.assert_allclose(step / eta, slope, rtol=1e-12, atol=1e-14)


@both
@pytest.mark.parametrize("n_classes", [2, 3])
def test_full_batch_without_momentum_is_gradient_descent_step_by_step(Classifier, n_classes):
    X, y = data(n_classes)
    T, alpha, eta = one_hot(Classifier, y), 0.1, 0.3
    at = partial(objective, Classifier, X=X, T=T, alpha=alpha)
    W, b, curve = np.zeros((T.shape[1], X.shape[1])), np.zeros(T.shape[1]), []
    for step in range(1, 13):
        curve.append(at(W, b))
        slope, slope_b = gradient(at, W, b)
        W, b = W - eta * slope, b - eta * slope_b
        model = gradient_descent(Classifier, alpha=alpha, eta0=eta, max_iter=step).fit(X, y)
        np.testing.assert_allclose(model.coef_, W, rtol=1e-11, atol=1e-14)
        np.testing.assert_allclose(model.intercept_, b, rtol=1e-11, atol=1e-14)
        np.testing.assert_allclose(model.loss_curve_, curve, rtol=1e-12)


@both
def test_gradient_descent_with_the_automatic_step_never_goes_up(Classifier):
    X, y = data()
    for scale in (0.01, 1.0, 100.0):
        model = Classifier(batch_size="full", momentum=0, tol=None, max_iter=200)
        curve = model.fit(X * scale, y).loss_curve_
        assert np.diff(curve).max() <= 1e-12
        assert curve[-1] < 0.8 * curve[0]


# Optima


@both
@pytest.mark.parametrize("n_classes", [2, 3])
def test_the_gradient_vanishes_at_the_end(Classifier, n_classes):
    X, y = data(n_classes)
    T, model = one_hot(Classifier, y), solved(Classifier).fit(X, y)
    at = partial(objective, Classifier, X=X, T=T, alpha=0.01)
    for slope in gradient(at, model.coef_, model.intercept_):
        np.testing.assert_allclose(slope, 0, atol=1e-9)


@both
def test_without_features_the_probabilities_are_the_frequencies_of_the_classes(Classifier):
    y = np.repeat([0, 1, 2], [10, 30, 60])
    X = np.zeros((100, 2))
    np.testing.assert_allclose(
        solved(Classifier).fit(X, y).predict_proba(X[:1]), [[0.1, 0.3, 0.6]], rtol=1e-9
    )
    np.testing.assert_allclose(
        solved(Classifier).fit(X, y > 0).predict_proba(X[:1]), [[0.1, 0.9]], rtol=1e-9
    )


def test_mean_probabilities_are_the_frequencies_of_the_classes():
    # what a vanishing gradient of the unpenalised intercept says
    X, y = data()
    mean = solved(SoftmaxClassifier).fit(X, y).predict_proba(X).mean(axis=0)
    np.testing.assert_allclose(mean, 1 / 3, rtol=1e-8)


def test_two_class_softmax_is_logistic_regression_with_twice_its_penalty():
    X, y = data(2)
    logistic = solved(LogisticClassifier, alpha=0.02).fit(X, y)
    softmax = solved(SoftmaxClassifier, alpha=0.04).fit(X, y)
    np.testing.assert_allclose(softmax.coef_[1], logistic.coef_[0] / 2, rtol=1e-8)
    np.testing.assert_allclose(softmax.coef_[0], -softmax.coef_[1], rtol=1e-8)
    for name in ("predict_proba", "predict_log_proba", "decision_function"):
        np.testing.assert_allclose(
            getattr(softmax, name)(X), getattr(logistic, name)(X), rtol=1e-7, atol=1e-9
        )


@both
def test_shifting_the_features_changes_the_intercept_alone(Classifier):
    X, y = data()
    shift = np.array([1.0, -0.5, 0.25, 2.0])
    model, moved = solved(Classifier).fit(X, y), solved(Classifier)
    moved.fit(X + shift, y)
    np.testing.assert_allclose(moved.coef_, model.coef_, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(
        moved.intercept_, model.intercept_ - model.coef_ @ shift, rtol=1e-6, atol=1e-8
    )


def test_weights_of_the_softmax_sum_to_zero_over_the_classes():
    # scores of the softmax are free up to a constant; the penalty, and zero weights at the start,
    # make it 0
    model = trained(SoftmaxClassifier).fit(*data())
    np.testing.assert_allclose(model.coef_.sum(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(model.intercept_.sum(), 0, atol=1e-9)


# Symmetries: another order or another unit of the same data


@both
@pytest.mark.parametrize("n_classes", [2, 3])
def test_permuting_classes_permutes_the_answer(Classifier, n_classes):
    X, y = data(n_classes)
    new_name = np.array([2, 0, 1] if n_classes == 3 else [1, 0])
    model = trained(Classifier).fit(X, y)
    renamed = trained(Classifier).fit(X, new_name[y])
    np.testing.assert_allclose(
        renamed.predict_proba(X)[:, new_name], model.predict_proba(X), rtol=1e-8, atol=1e-12
    )
    np.testing.assert_array_equal(renamed.predict(X), new_name[model.predict(X)])


@both
def test_permuting_samples_of_a_full_batch_changes_nothing(Classifier):
    X, y = data()
    order = np.random.default_rng(0).permutation(len(X))
    model = Classifier(batch_size="full", max_iter=30, tol=None)
    ours, theirs = (model.fit(A, c).coef_ for A, c in ((X[order], y[order]), (X, y)))
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


@both
def test_permuting_features_permutes_the_weights(Classifier):
    X, y = data()
    order = [2, 0, 3, 1]
    options = {"learning_rate": "constant", "eta0": 0.1, "random_state": 0}
    model, permuted = (Classifier(**options).fit(A, y) for A in (X, X[:, order]))
    np.testing.assert_allclose(permuted.coef_, model.coef_[:, order], rtol=1e-9)
    np.testing.assert_allclose(permuted.intercept_, model.intercept_, rtol=1e-9)


@both
@pytest.mark.parametrize("factor", [2.0**-30, 2.0**-8, 2.0**8, 2.0**40])
def test_the_unit_of_the_features_does_not_matter(Classifier, factor):
    # exactly so without a penalty, for units that are powers of two
    X, y = data()
    model, other = (trained(Classifier, penalty=None).fit(A, y) for A in (X, X * factor))
    np.testing.assert_allclose(other.coef_ * factor, model.coef_, rtol=1e-13)
    np.testing.assert_allclose(other.intercept_, model.intercept_, rtol=1e-13)


@both
@pytest.mark.parametrize("names", [np.array(["c", "a", "b"]), np.array([7, -1, 3])])
def test_names_of_classes_do_not_matter(Classifier, names):
    X, y = data()
    model = trained(Classifier).fit(X, names[y])
    np.testing.assert_array_equal(model.classes_, np.sort(names))
    plain = trained(Classifier).fit(X, np.argsort(np.argsort(names))[y])
    np.testing.assert_array_equal(model.predict_proba(X), plain.predict_proba(X))
    np.testing.assert_array_equal(model.predict(X), np.sort(names)[plain.predict(X)])


@both
def test_bools_are_labels(Classifier):
    X, y = data(2)
    prediction = trained(Classifier).fit(X, y == 1).predict(X)
    assert prediction.dtype == bool
    np.testing.assert_array_equal(prediction, trained(Classifier).fit(X, y).predict(X))


# Weights


@both
def test_a_sample_of_weight_two_is_two_samples(Classifier):
    X, y = data()
    counts = np.random.default_rng(0).integers(1, 4, len(X))
    model = Classifier(batch_size="full", max_iter=50, tol=None)
    weighted = model.fit(X, y, sample_weight=counts).coef_
    repeated = model.fit(np.repeat(X, counts, axis=0), np.repeat(y, counts)).coef_
    np.testing.assert_allclose(weighted, repeated, rtol=1e-9, atol=1e-12)


@both
@pytest.mark.parametrize("options", [{}, {"batch_size": 7}, {"batch_size": "full"}])
def test_a_sample_of_weight_zero_is_none(Classifier, options):
    X, y = data()
    kept = np.random.default_rng(0).integers(0, 2, len(X))
    ours = trained(Classifier, **options).fit(X, y, sample_weight=kept)
    theirs = trained(Classifier, **options).fit(X[kept == 1], y[kept == 1])
    np.testing.assert_array_equal(ours.classes_, theirs.classes_)
    assert_same(ours, theirs)


@both
@pytest.mark.parametrize("factor", [2.0**-500, 0.125, 2.0**500])
def test_only_the_ratios_of_weights_matter(Classifier, factor):
    X, y = data()
    w = np.random.default_rng(0).uniform(0, 2, len(X))
    ours, theirs = (trained(Classifier).fit(X, y, sample_weight=v) for v in (w, w * factor))
    assert_same(ours, theirs)


@both
@pytest.mark.parametrize("name", ["balanced", "dict"])
def test_weights_of_classes_are_weights_of_their_samples(Classifier, name):
    X, y = data()
    X, y = X[20:], y[20:]  # of the first class 30, of the others 50
    factors = np.array([130 / 90, 130 / 150, 130 / 150]) if name == "balanced" else np.r_[1, 2, 1]
    class_weight = "balanced" if name == "balanced" else {1: 2}
    ours = trained(Classifier, class_weight=class_weight).fit(X, y)
    theirs = trained(Classifier).fit(X, y, sample_weight=factors[y])
    assert_same(ours, theirs)


# Soft labels


def test_soft_labels_that_are_one_hot_are_hard_labels():
    X, y = data()
    hard = trained(SoftmaxClassifier).fit(X, y)
    soft = trained(SoftmaxClassifier).fit(X, np.eye(3)[y])
    np.testing.assert_array_equal(soft.coef_, hard.coef_)
    np.testing.assert_array_equal(soft.classes_, [0, 1, 2])
    for each in (hard, soft):
        each.partial_fit(X[:50], y[:50])
    hard.partial_fit(X, y)
    soft.partial_fit(X, np.eye(3)[y])
    np.testing.assert_array_equal(soft.coef_, hard.coef_)


def test_soft_labels_are_a_mixture_of_hard_ones():
    # a sample with probabilities (p, q, r) is three samples of these weights
    X, _ = data()
    P = np.random.default_rng(0).dirichlet(np.ones(3), size=len(X))
    model = SoftmaxClassifier(batch_size="full", max_iter=60, tol=None)
    soft = model.fit(X, P).coef_
    parts = model.fit(np.repeat(X, 3, axis=0), np.tile([0, 1, 2], len(X)), P.ravel()).coef_
    np.testing.assert_allclose(soft, parts, rtol=1e-9, atol=1e-12)


def test_soft_labels_that_a_softmax_made_give_back_its_weights():
    X, _ = data()
    rng = np.random.default_rng(0)
    W, b = rng.normal(size=(3, 4)), rng.normal(size=3)
    W, b = W - W.mean(axis=0), b - b.mean()
    Z = np.exp(X @ W.T + b)
    model = solved(SoftmaxClassifier, penalty=None, max_iter=5000, momentum=0.99)
    model.fit(X, Z / Z.sum(axis=1, keepdims=True))
    np.testing.assert_allclose(model.coef_, W, atol=1e-4)
    np.testing.assert_allclose(model.intercept_, b, atol=1e-4)


# Prediction


@both
@pytest.mark.parametrize("n_classes", [2, 3])
def test_predictions_follow_from_the_weights(Classifier, n_classes):
    X, y = data(n_classes)
    model = trained(Classifier).fit(X, y)
    Z = X @ model.coef_.T + model.intercept_
    sigmoids = 1 / (1 + np.exp(-Z))
    if Classifier is SoftmaxClassifier:
        P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    elif n_classes == 2:
        P = np.column_stack([1 / (1 + np.exp(Z)), sigmoids])
    else:
        P = sigmoids / sigmoids.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict_proba(X), P, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(model.predict_log_proba(X), np.log(P), rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(model.predict(X), P.argmax(axis=1))
    assert model.score(X, y) == np.mean(P.argmax(axis=1) == y)
    scores = model.decision_function(X)
    assert scores.shape == ((len(X),) if n_classes == 2 else (len(X), 3))
    if n_classes == 2:
        np.testing.assert_allclose(1 / (1 + np.exp(-scores)), P[:, 1], rtol=1e-12)


@both
@pytest.mark.parametrize("n_classes", [2, 3])
def test_probabilities_stay_probabilities_far_out(Classifier, n_classes):
    X, y = data(n_classes)
    model = trained(Classifier).fit(X, y)
    far = X * 1e5
    P, log_P = model.predict_proba(far), model.predict_log_proba(far)
    np.testing.assert_allclose(P.sum(axis=1), 1, rtol=1e-12)
    assert np.isfinite(log_P).all()
    assert log_P.min() < -1000
    assert (log_P <= 0).all()


@both
@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_scores_that_no_float_holds_have_probabilities(Classifier, n_classes, dtype):
    X, y = data(n_classes)
    model = trained(Classifier).fit(X.astype(dtype), y)
    W, b = model.coef_, model.intercept_
    size = float(np.finfo(dtype).max)
    # NaN in a plain product: infinity minus infinity
    rows = np.vstack([np.sign(w) * size for w in W] + [-size * np.sign(W[0]), X[0]]).astype(dtype)
    exact = (rows / size).astype(float) @ W.T.astype(float) + b / size  # of the same sign and order
    P, log_P = model.predict_proba(rows), model.predict_log_proba(rows)
    assert np.isfinite(P).all()
    np.testing.assert_allclose(P.sum(axis=1), 1, rtol=1e-6)
    assert not np.isnan(log_P).any()
    assert np.isfinite(model.decision_function(rows)).all()
    winners = (exact[:, 0] > 0).astype(int) if len(W) == 1 else exact.argmax(axis=1)
    np.testing.assert_array_equal(model.predict(rows)[:-1], model.classes_[winners[:-1]])
    np.testing.assert_array_equal(P[np.arange(len(P)), winners][:-1], P.max(axis=1)[:-1])
    np.testing.assert_allclose(P[-1], model.predict_proba(X[:1].astype(dtype))[0], rtol=1e-5)


@both
def test_a_prediction_does_not_depend_on_the_other_rows(Classifier):
    X, y = data()
    model = trained(Classifier).fit(X, y)
    alone = np.vstack([model.predict_proba(row[None]) for row in X])
    np.testing.assert_allclose(model.predict_proba(X), alone, rtol=1e-12)


# Chance


@both
@pytest.mark.parametrize("options", [{}, {"early_stopping": True}, {"average": True}])
def test_the_same_seed_gives_the_same_bits(Classifier, options):
    X, y = data()
    fits = [trained(Classifier, random_state=seed, **options).fit(X, y).coef_ for seed in (0, 0, 1)]
    np.testing.assert_array_equal(fits[0], fits[1])
    assert (fits[0] != fits[2]).any()
    same = trained(Classifier, random_state=np.random.RandomState(0), **options).fit(X, y).coef_
    np.testing.assert_array_equal(fits[0], same)


@both
def test_numpys_global_generator_is_used_only_where_no_seed_is_given(Classifier):
    X, y = data()
    np.random.seed(3)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    trained(Classifier).fit(X, y)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002
    unseeded = trained(Classifier, random_state=None).fit(X, y).coef_
    np.testing.assert_array_equal(unseeded, trained(Classifier, random_state=3).fit(X, y).coef_)


# Averages and streams


@both
def test_an_average_is_the_mean_of_the_weights_of_all_steps(Classifier):
    X, y = data()
    options = {"learning_rate": "constant", "eta0": 0.1, "batch_size": "full", "tol": None}
    steps = [
        Classifier(max_iter=n, **options).fit(X, y).coef_ for n in range(1, 11)
    ]  # full batches: 150 samples a step
    for average, first in ((True, 0), (150, 0), (450, 2), (10**6, 9)):
        mean = Classifier(max_iter=10, average=average, **options).fit(X, y).coef_
        np.testing.assert_allclose(mean, np.mean(steps[first:], axis=0), rtol=1e-11)


@both
@pytest.mark.parametrize("options", [{}, {"nesterov": True}, {"average": True}, {"penalty": "l1"}])
def test_partial_fit_in_pieces_is_a_fit_without_shuffling(Classifier, options):
    X, y = data()
    order = np.random.default_rng(0).permutation(len(X))
    X, y = X[order], y[order]
    options = {"learning_rate": "constant", "eta0": 0.1, "batch_size": 30, **options}
    options = {"shuffle": False, "momentum": 0.8, **options}
    whole = Classifier(max_iter=2, tol=None, **options).fit(X, y)
    pieces = Classifier(**options)
    for _ in range(2):
        for start in (0, 60, 120):
            chunk = slice(start, start + 60)
            pieces.partial_fit(X[chunk], y[chunk], classes=[0, 1, 2])
    assert_same(pieces, whole, rtol=1e-12)
    assert pieces.n_iter_ == 6


@both
def test_partial_fit_with_the_automatic_step_averages_the_weights(Classifier):
    X, y = data()
    model, steps = Classifier(batch_size="full"), []
    for n in range(1, 9):
        model.partial_fit(X, y, classes=[0, 1, 2])
        steps.append(model._state["theta"][:12].reshape(3, 4).copy())
        t = np.arange(1.0, n + 1)  # step t counts in proportion to t², or so
        mean = np.average(steps, axis=0, weights=t * (t + 1))
        np.testing.assert_allclose(model.coef_, mean, rtol=1e-10, atol=1e-13)
