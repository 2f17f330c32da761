"""How the mini-batch classifiers train: early stopping, warm starts, chunks, interrupts, failures,
memory, and whatever numbers the data hold.
"""

import copy
import itertools
import pickle
import re
import tracemalloc
import warnings

import numpy as np
import pytest
import sklearn.exceptions
import sklearn.metrics
from scipy.special import expit, softmax
from sklearn.datasets import load_digits, load_iris

from scratch.exceptions import ConvergenceWarning
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier
from scratch.linear_model.holdout import stratified_holdout
from scratch.solvers.minibatch import epochs
from scratch.solvers.minibatch.descent import Descent
from scratch.solvers.minibatch.samples import Samples

# where `max_iter` is small on purpose
pytestmark = pytest.mark.filterwarnings("ignore:Training ended after max_iter")

both = pytest.mark.parametrize("Classifier", [LogisticClassifier, SoftmaxClassifier])


@pytest.fixture(scope="module")
def iris():
    X, y = load_iris(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(X))
    return (X - X.mean(axis=0))[order] / X.std(axis=0), y[order]


@pytest.fixture(scope="module")
def digits():
    X, y = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(X))
    return (X[order] / 16).astype(np.float32), y[order]


# Early stopping


@both
def test_early_stopping_keeps_the_weights_that_scored_best(Classifier, digits, monkeypatch):
    X, y = digits
    held_out, weights = [], []
    real = epochs.Plateau.reached

    def watched(self, value):
        held_out.append(-value)
        return real(self, value)

    monkeypatch.setattr(epochs.Plateau, "reached", watched)
    model = Classifier(
        early_stopping=True, learning_rate="constant", eta0=2.0, tol=1e-3, random_state=0
    )
    snapshots = epochs.run_epoch

    def recorded(descent, *args):
        objective = snapshots(descent, *args)
        weights.append(descent.state.weights()[0])
        return objective

    monkeypatch.setattr(epochs, "run_epoch", recorded)
    model.fit(X, y)
    assert model.validation_scores_ == held_out
    best = np.flatnonzero(np.equal(held_out, max(held_out)))[-1]  # the later of ties
    assert best < len(held_out) - 1
    np.testing.assert_array_equal(model.coef_, weights[best])
    assert len(held_out) == model.n_iter_ < 100
    assert max(held_out) > 0.9


@both
def test_held_out_samples_take_no_part_in_training(Classifier, iris):
    X, y = iris
    options = {"early_stopping": True, "validation_fraction": 0.2, "random_state": 0, "tol": None}
    model = Classifier(max_iter=3, **options).fit(X, y)
    held_out = stratified_holdout(y, 0.2, np.random.RandomState(0))
    assert held_out.sum() == 30
    spoilt = np.where(held_out[:, None], 1e6, X)
    other = Classifier(max_iter=3, **options).fit(spoilt, y)
    assert np.isfinite(other.coef_).all()
    best = int(np.argmax(model.validation_scores_)) + 1
    assert model.validation_scores_[best - 1] >= 0.8
    same = Classifier(max_iter=best, **options).fit(X, y)
    assert same.loss_curve_ != []
    np.testing.assert_array_equal(other.loss_curve_, model.loss_curve_)


@both
def test_early_stopping_where_no_held_out_sample_has_weight(Classifier, iris):
    X, y = iris
    weights = np.where(stratified_holdout(y, 0.1, np.random.RandomState(0)), 0.0, 1.0)
    model = Classifier(early_stopping=True, random_state=0)
    with pytest.raises(ValueError, match="held out"):
        model.fit(X, y, sample_weight=weights)
    weights = np.where(weights > 0, 0.0, 1.0)
    with pytest.raises(ValueError, match=r"held out|training"):
        model.fit(X, y, sample_weight=weights)


# Warm starts and chunks


@both
def test_a_warm_start_goes_on_from_the_last_weights(Classifier, iris):
    X, y = iris
    options = {"learning_rate": "constant", "momentum": 0, "shuffle": False, "tol": None}
    whole = Classifier(max_iter=6, **options).fit(X, y)
    parts = Classifier(max_iter=3, warm_start=True, **options).fit(X, y).fit(X, y)
    np.testing.assert_allclose(parts.coef_, whole.coef_, rtol=1e-12)
    cold = Classifier(max_iter=3, **options).fit(X, y).fit(X, y)
    once = Classifier(max_iter=3, **options).fit(X, y)
    np.testing.assert_array_equal(cold.coef_, once.coef_)


@both
def test_a_warm_start_refuses_other_features_and_other_classes(Classifier, iris):
    X, y = iris
    model = Classifier(warm_start=True, random_state=0).fit(X, y)
    coef = model.coef_.copy()
    with pytest.raises(ValueError, match="features"):
        model.fit(X[:, :2], y)
    with pytest.raises(ValueError, match="classes"):
        model.fit(X, y + 1)
    np.testing.assert_array_equal(model.coef_, coef)


@both
@pytest.mark.parametrize("n_chunks", [1, 6])
def test_chunks_reach_the_accuracy_of_fit(Classifier, digits, n_chunks):
    X, y = digits
    train, test = slice(0, 1300), slice(1300, None)
    fitted = Classifier(random_state=0).fit(X[train], y[train]).score(X[test], y[test])
    model = Classifier(random_state=0)
    for _ in range(20):
        for chunk in np.array_split(np.arange(1300), n_chunks):
            model.partial_fit(X[chunk], y[chunk], classes=range(10))
    assert model.score(X[test], y[test]) > fitted - 0.01
    assert model.n_iter_ == 20 * n_chunks == len(model.loss_curve_)


@both
def test_chunks_of_a_memory_map(Classifier, digits, tmp_path):
    X, y = digits
    pixels = np.round(X * 16).astype(np.uint8)
    file = np.memmap(tmp_path / "X", mode="w+", shape=X.shape, dtype=np.uint8)
    file[...] = pixels
    file.flush()
    readonly = np.memmap(tmp_path / "X", mode="r", shape=X.shape, dtype=np.uint8)
    ours, theirs = Classifier(random_state=0), Classifier(random_state=0)
    for start in range(0, len(X), 500):
        chunk = slice(start, start + 500)
        ours.partial_fit(readonly[chunk], y[chunk], classes=range(10))
        theirs.partial_fit(pixels[chunk].astype(np.float32), y[chunk], classes=range(10))
    np.testing.assert_array_equal(ours.coef_, theirs.coef_)
    np.testing.assert_allclose(ours.predict_proba(readonly), theirs.predict_proba(pixels))
    np.testing.assert_array_equal(
        Classifier(random_state=0).fit(readonly, y).coef_,
        Classifier(random_state=0).fit(pixels.astype(np.float32), y).coef_,
    )


@both
@pytest.mark.parametrize("options", [{}, {"penalty": "l1", "average": 50, "nesterov": True}])
def test_a_pickle_goes_on_where_partial_fit_was(Classifier, options, iris):
    X, y = iris
    model = Classifier(random_state=0, **options).partial_fit(X[:70], y[:70], classes=[0, 1, 2])
    other = pickle.loads(pickle.dumps(model))
    for each in (model, other):
        each.partial_fit(X[70:], y[70:])
    np.testing.assert_array_equal(other.coef_, model.coef_)
    assert other.loss_curve_ == model.loss_curve_


@both
def test_partial_fit_goes_on_from_fit(Classifier, digits):
    X, y = digits
    model = Classifier(random_state=0).fit(X[:1300], y[:1300])
    before, epochs = model.score(X[1300:], y[1300:]), model.n_iter_
    model.partial_fit(X[:1300], y[:1300])
    assert model.n_iter_ == epochs + 1 == len(model.loss_curve_)
    assert abs(model.score(X[1300:], y[1300:]) - before) < 0.02


@both
def test_chunks_go_on_to_the_optimum_when_the_intercept_is_given_up(Classifier, iris):
    X, y = iris[0] + 1.0, iris[1]
    model = Classifier(batch_size="full", alpha=0.1, random_state=0)
    for number in range(250):
        model.set_params(fit_intercept=number < 5).partial_fit(X, y, classes=[0, 1, 2])
    Z = X @ model.coef_.T + model.intercept_
    P = softmax(Z, axis=1) if Classifier is SoftmaxClassifier else expit(Z)
    gradient = (P - np.eye(3)[y]).T @ X / len(X) + 0.1 * model.coef_
    assert np.abs(gradient).max() < 1e-4


@both
def test_partial_fit_misused(Classifier, iris):
    X, y = iris
    with pytest.raises(ValueError, match="classes must be passed"):
        Classifier().partial_fit(X, y)
    with pytest.raises(ValueError, match="balanced"):
        Classifier(class_weight="balanced").partial_fit(X, y, classes=[0, 1, 2])
    with pytest.raises(ValueError, match="labels"):
        Classifier().partial_fit(X, y, classes=[0, 1])
    model = Classifier().partial_fit(X, y, classes=[0, 1, 2])
    with pytest.raises(ValueError, match="last call"):
        model.partial_fit(X, y, classes=[0, 1, 2, 3])
    with pytest.raises(ValueError, match="features"):
        model.partial_fit(X[:, :3], y)


# What goes wrong


def interrupt_in_epoch(monkeypatch, number):
    """Make the given call of `run_epoch` end as Ctrl-C would end it: half-way."""
    count, real = itertools.count(1), epochs.run_epoch

    def run_epoch(descent, *args):
        objective = real(descent, *args)
        if next(count) == number:
            raise KeyboardInterrupt
        return objective

    monkeypatch.setattr(epochs, "run_epoch", run_epoch)


@both
def test_an_interrupted_fit_keeps_the_last_finished_epoch_and_warns(Classifier, iris, monkeypatch):
    X, y = iris
    options = {"learning_rate": "constant", "tol": None, "shuffle": False}
    expected = Classifier(max_iter=3, **options).fit(X, y)
    interrupt_in_epoch(monkeypatch, 4)
    model = Classifier(max_iter=10, **options)
    with pytest.warns(ConvergenceWarning, match="after 3 epochs") as caught:
        model.fit(X, y)
    np.testing.assert_array_equal(model.coef_, expected.coef_)
    assert model.loss_curve_ == expected.loss_curve_
    assert caught[0].filename == __file__
    assert issubclass(caught[0].category, sklearn.exceptions.ConvergenceWarning)
    np.testing.assert_array_equal(
        model.partial_fit(X, y).coef_, expected.partial_fit(X, y).coef_
    )  # as if nothing had been


@both
def test_an_interrupt_in_early_stopping_keeps_the_best_weights(Classifier, iris, monkeypatch):
    options = {"early_stopping": True, "random_state": 0, "tol": None}
    expected = Classifier(max_iter=3, learning_rate="constant", **options).fit(*iris)
    interrupt_in_epoch(monkeypatch, 4)
    with pytest.warns(ConvergenceWarning):
        model = Classifier(learning_rate="constant", **options).fit(*iris)
    np.testing.assert_array_equal(model.coef_, expected.coef_)


@both
def test_an_interrupt_before_anything_is_learnt_changes_nothing(Classifier, iris, monkeypatch):
    X, y = iris
    model, fresh = Classifier(random_state=0).partial_fit(X, y, [0, 1, 2]), Classifier()
    before = pickle.dumps(model)
    interrupt_in_epoch(monkeypatch, 1)
    with pytest.raises(KeyboardInterrupt):
        fresh.fit(X, y)
    assert not hasattr(fresh, "n_features_in_")
    interrupt_in_epoch(monkeypatch, 1)
    with pytest.raises(KeyboardInterrupt):
        model.partial_fit(X * 2, y)
    np.testing.assert_array_equal(model.coef_, pickle.loads(before).coef_)
    np.testing.assert_array_equal(model._state["theta"], pickle.loads(before)._state["theta"])


@both
def test_an_interrupt_while_the_first_epoch_is_scored_changes_nothing(
    Classifier, iris, monkeypatch
):
    model = Classifier(early_stopping=True, random_state=0).fit(*iris)
    before = model.coef_.copy()

    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "average", interrupt)
    with pytest.raises(KeyboardInterrupt):
        model.fit(*iris)
    np.testing.assert_array_equal(model.coef_, before)
    assert len(model.validation_scores_) == model.n_iter_ == len(model.loss_curve_)


def fail(*args):
    raise RuntimeError


@both
@pytest.mark.parametrize("n_done", [0, 1])
def test_a_partial_fit_that_fails_leaves_the_generator_as_it_was(
    Classifier, iris, monkeypatch, n_done
):
    X, y = iris
    given = np.random.RandomState(7)
    model, other = Classifier(random_state=given), Classifier(random_state=np.random.RandomState(7))
    for each in (model, other):
        for _ in range(n_done):
            each.partial_fit(X, y, [0, 1, 2])
    with monkeypatch.context() as patch:
        patch.setattr(epochs, "check_progress", fail)  # when all samples have been drawn
        for call in (model.partial_fit, model.fit) if n_done == 0 else (model.partial_fit,):
            with pytest.raises(RuntimeError):
                call(X, y, [0, 1, 2]) if call == model.partial_fit else call(X, y)
    for each in (model, other):
        each.partial_fit(X, y, [0, 1, 2])
    np.testing.assert_array_equal(model.coef_, other.coef_)


@both
def test_a_generator_that_is_given_is_drawn_from(Classifier, iris):
    for bits in (np.random.MT19937, np.random.PCG64):
        given, untouched = np.random.RandomState(bits(3)), np.random.RandomState(bits(3))
        Classifier(random_state=given, max_iter=2).fit(*iris)
        assert given.randint(2**31) != untouched.randint(2**31)


@both
def test_copies_do_not_share_a_generator(Classifier, iris):
    X, y = iris
    model = Classifier(random_state=0).partial_fit(X, y, [0, 1, 2])
    twin, expected = copy.copy(model), copy.deepcopy(model)
    model.partial_fit(X, y)
    twin.partial_fit(X, y)
    expected.partial_fit(X, y)
    np.testing.assert_array_equal(twin.coef_, model.coef_)
    np.testing.assert_array_equal(expected.coef_, model.coef_)


@both
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("batch_size", np.uint64(128)),
        ("batch_size", np.int8(16)),
        ("max_iter", np.int8(100)),
        ("n_iter_no_change", np.uint8(5)),
        ("alpha", np.float32(0.25)),
        ("alpha", np.float16(0.25)),
        ("momentum", np.float32(0.5)),
        ("tol", np.float32(2**-10)),
        ("penalty", np.str_("l2")),
        ("average", np.int16(30)),
        ("nesterov", np.bool_(True)),
        ("fit_intercept", np.bool_(False)),
        ("random_state", np.uint8(3)),
    ],
)
def test_numpys_numbers_are_taken_as_pythons(Classifier, iris, name, value):
    settings = {"random_state": 0, "max_iter": 10, name: value}
    model = Classifier(**settings).fit(*iris)
    expected = Classifier(**settings | {name: value.item()}).fit(*iris)
    np.testing.assert_array_equal(model.coef_, expected.coef_)
    assert model.get_params()[name] is value
    model.partial_fit(*iris)
    np.testing.assert_array_equal(model.coef_, expected.partial_fit(*iris).coef_)


@both
def test_steps_that_no_float_holds(Classifier, iris):
    # scikit-learn's infinite first step, an overflow that is told of as any other
    with pytest.raises(ValueError, match="Lower eta0"):
        Classifier(learning_rate="optimal", alpha=1e22, max_iter=2).fit(*iris)
    model = Classifier(learning_rate="invscaling", power_t=100.0, batch_size=1, max_iter=10)
    assert np.isfinite(model.fit(*iris).coef_).all()


@pytest.mark.parametrize(
    ("options", "warns"),
    [
        ({"learning_rate": "constant"}, True),
        ({"learning_rate": "constant", "tol": None}, False),  # all max_iter epochs were asked for
        ({"learning_rate": "constant", "tol": 10.0}, False),  # stalls at once
        ({}, True),  # "auto": the first fall has won much
        ({"max_iter": 1000}, False),  # the last one next to nothing
    ],
)
@both
def test_want_of_epochs_is_warned_of_where_a_stopping_rule_was_not_met(
    Classifier, iris, options, warns
):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Classifier(**{"max_iter": 6, "random_state": 0, **options}).fit(*iris)
    assert [c.filename for c in caught] == [__file__] * warns
    assert all(issubclass(c.category, sklearn.exceptions.ConvergenceWarning) for c in caught)


TOO_LARGE = {"learning_rate": "constant", "eta0": 1e300, "random_state": 0, "warm_start": True}


@both
def test_weights_that_overflow_are_an_error_and_the_last_fit_stays(Classifier, iris):
    X, y = iris
    model = Classifier(**TOO_LARGE)
    with pytest.raises(ValueError, match=r"epoch 1.*Lower eta0.*auto.*scale the features"):
        model.fit(X * 1e10, y)
    assert set(vars(model)) == set(model.get_params())
    model.set_params(eta0=0.1).fit(X, y)
    before = {name: np.copy(getattr(model, name)) for name in ("coef_", "classes_", "n_iter_")}
    model.set_params(eta0=1e300)
    with pytest.raises(ValueError, match="Lower eta0"):
        model.fit(X * 1e10, y)
    with pytest.raises(ValueError, match="features"):
        model.fit(X[:, :2], y)
    for name, value in before.items():
        np.testing.assert_array_equal(getattr(model, name), value)
    model.set_params(warm_start=False)
    with pytest.raises(ValueError, match="Lower eta0"):
        model.fit(X[:, :2] * 1e10, y)
    assert model.n_features_in_ == 4
    assert model.score(X, y) > 0.9


@both
@pytest.mark.parametrize("options", [{}, {"penalty": "l1", "average": True}])
def test_a_chunk_that_overflows_is_as_if_it_had_not_been(Classifier, options, iris):
    X, y = iris
    options = {
        "learning_rate": "constant",
        "eta0": 0.1,
        "random_state": 0,
        "shuffle": False,
    } | options
    model, other = Classifier(**options), Classifier(**options)
    with pytest.raises(ValueError, match="Lower eta0"):
        model.partial_fit(X * 1e307, y, classes=[0, 1, 2])
    assert not hasattr(model, "n_features_in_")
    for each in (model, other):
        each.partial_fit(X, y, classes=[0, 1, 2])
    with pytest.raises(ValueError, match="Lower eta0"):
        model.partial_fit(X * 1e307, y)
    for each in (model, other):
        each.partial_fit(X, y)
    np.testing.assert_array_equal(model.coef_, other.coef_)
    assert model.n_iter_ == 2


@both
@pytest.mark.parametrize(
    ("bad", "message"), [(np.nan, "NaN"), (np.inf, "infin"), (-np.inf, "infin")]
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_one_number_that_is_not_finite_is_found_wherever_it_is(Classifier, bad, message, dtype):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(700, 3)).astype(dtype), rng.integers(0, 2, 700)
    model = Classifier(random_state=0).fit(X, y)
    held_out = np.flatnonzero(stratified_holdout(y, 0.1, np.random.RandomState(0)))
    for row in (0, 1, 350, 699, held_out[0], held_out[-1]):
        spoilt = X.copy()
        spoilt[row, 1] = bad
        for call in (
            lambda spoilt=spoilt: Classifier(random_state=0).fit(spoilt, y),
            lambda spoilt=spoilt: Classifier(early_stopping=True, random_state=0).fit(spoilt, y),
            lambda spoilt=spoilt: Classifier().partial_fit(spoilt, y, classes=[0, 1]),
            lambda spoilt=spoilt: model.partial_fit(spoilt, y),
            lambda spoilt=spoilt: model.predict(spoilt),
        ):
            with pytest.raises(ValueError, match=message) as raised:
                call()
            if message == "NaN":
                assert Classifier.__name__ in str(raised.value)


# Whatever the data hold


def represented(n):
    """The samples that the step size is estimated from."""
    return Samples(np.zeros((n, 1)), np.zeros(n, int), np.eye(2)).some(512)


REPRESENTED = represented(600)
SEEN, UNSEEN = REPRESENTED[0], np.setdiff1d(np.arange(600), REPRESENTED)[0]


def extremes():
    rng = np.random.default_rng(0)
    X = rng.uniform(size=(600, 3))
    y = (X[:, 0] > 0.5).astype(int)
    for power in (-300, -38, -30, 10, 30, 38, 154, 308):
        for dtype in (np.float64, np.float32):
            if dtype is np.float64 or abs(power) <= 38:
                yield f"1e{power} {dtype.__name__}", (X * 10.0**power).astype(dtype), y
                for row, name in ((SEEN, "seen"), (UNSEEN, "unseen")):
                    spoilt = X.astype(dtype)
                    spoilt[row, 1] = 10.0**power
                    yield f"{name} outlier 1e{power} {dtype.__name__}", spoilt, y
    for name, column in (("zeros", 0.0), ("ones", 1.0), ("millions", 1e6), ("huge", 1e200)):
        spoilt = X.copy()
        spoilt[:, 1] = column
        yield f"a column of {name}", spoilt, y
        yield f"all {name}", np.full_like(X, column), y
    yield "integers", np.array([[2**62], [-(2**62)], [1], [0]] * 5), np.array([0, 1, 0, 1] * 5)


CASES = [pytest.param(X, y, id=name) for name, X, y in extremes()]


@both
@pytest.mark.filterwarnings(
    "error",
    "ignore:Training ended after max_iter",
    "ignore:Some features are too large",
)
@pytest.mark.parametrize(("X", "y"), CASES)
@pytest.mark.parametrize("options", [{}, {"penalty": None, "batch_size": 32}])
def test_nothing_finite_overflows(Classifier, X, y, options):
    model = Classifier(random_state=0, max_iter=4, **options).fit(X, y)
    assert np.isfinite(model.coef_).all()
    assert np.isfinite(model.intercept_).all()
    assert np.isfinite(model.loss_curve_).all()
    P = model.predict_proba(X)
    assert np.isfinite(P).all()
    np.testing.assert_allclose(P.sum(axis=1), 1, rtol=1e-5)


@both
@pytest.mark.parametrize(
    ("dtype", "power"),
    [
        *((np.float32, power) for power in (-30, -10, 0, 10, 30)),
        *((np.float64, power) for power in (-90, -10, 0, 10, 90)),
    ],
)
def test_data_of_any_unit_are_learnt(Classifier, dtype, power, digits):
    X, y = digits[0][::2], digits[1][::2]
    X = (X.astype(np.float64) * 10.0**power).astype(dtype)
    model = Classifier(penalty=None, max_iter=20, random_state=0).fit(X, y)
    assert model.score(X, y) > 0.97


@both
def test_pixels_up_to_1_and_up_to_255_give_the_same_accuracy(Classifier, digits):
    X, y = digits
    pixels = np.round(X * 255).astype(np.uint8)
    larger = (X * 255, pixels, pixels.astype(np.int64))
    # the weights of larger features are smaller, and so is the penalty that they are given
    accuracy = [
        Classifier(alpha=alpha, random_state=0).fit(A[:1300], y[:1300]).score(A[1300:], y[1300:])
        for A, alpha in ((X, 1e-4), *((A, 1e-4 * 255**2) for A in larger))
    ]
    assert max(accuracy) - min(accuracy) <= 0.005
    assert min(accuracy) > 0.95


@pytest.mark.parametrize(
    ("Classifier", "batch_size", "scaled"),
    [
        (Classifier, batch_size, (i + j) % 2 == 0)
        for i, Classifier in enumerate((LogisticClassifier, SoftmaxClassifier))
        for j, batch_size in enumerate((1, 8, 64, 1000, "full"))
    ],
)
def test_the_automatic_step_suits_batches_of_any_size(Classifier, batch_size, scaled, digits):
    X, y = digits
    if scaled:  # features that are seldom far from 0: single samples are long
        X = ((X - X.mean(axis=0)) / (X.std(axis=0) + 1e-9)).astype(np.float32)
    epochs = {1: 4, 8: 4, 64: 15}.get(batch_size, 100)
    model = Classifier(batch_size=batch_size, max_iter=epochs, random_state=0)
    assert model.fit(X[:1300], y[:1300]).score(X[1300:], y[1300:]) > 0.93
    loss = sklearn.metrics.log_loss(y[:1300], model.predict_proba(X[:1300]))
    assert loss < np.log(10) / 5  # the loss of zero weights


@pytest.mark.parametrize(("batch_size", "max_iter"), [(50, 17), (10, 8), ("full", 24)])
def test_the_automatic_weights_are_a_mean_over_two_epochs(batch_size, max_iter, iris, monkeypatch):
    X, y = iris  # 150 samples
    after, update = [], Descent.update

    def noted(descent, *args):
        loss = update(descent, *args)
        after.append(descent.snapshot().theta)
        return loss

    monkeypatch.setattr(Descent, "update", noted)
    settings = {"batch_size": batch_size, "max_iter": max_iter, "tol": None, "random_state": 0}
    model = SoftmaxClassifier(**settings).fit(X, y)
    # of every fourth update; two epochs have so many
    memory = max(1, 2 * {50: 3, 10: 15, "full": 1}[batch_size] / 4)
    mean = 0.0
    for n, theta in enumerate(after[3::4], start=1):
        mean += (theta - mean) * max(3 / (n + 2), 1 / memory)
    np.testing.assert_allclose(model.coef_.ravel(), mean[:12], rtol=1e-10)
    np.testing.assert_allclose(model.intercept_, mean[12:], rtol=1e-10, atol=1e-12)

    after.clear()
    model = SoftmaxClassifier(penalty="l1", alpha=0.05, **settings).fit(X, y)
    assert np.array_equal(model.coef_.ravel(), after[-1][:12])
    assert (model.coef_ == 0).any()


# Memory and output


@both
def test_pixels_are_never_copied_as_a_whole(Classifier):
    # the size of MNIST: 47 MB, of which a copy in float32 would take 188
    rng = np.random.default_rng(0)
    X = rng.integers(0, 256, (60_000, 784), dtype=np.uint8)
    y = rng.integers(0, 10, 60_000)
    tracemalloc.start()
    try:
        model = Classifier(max_iter=1, random_state=0).fit(X, y)
        fit = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        model.predict(X)
        predict = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fit < 64 * 2**20
    assert predict < 64 * 2**20


@both
@pytest.mark.parametrize("verbose", [True, 1])
def test_verbose_prints_one_line_an_epoch(Classifier, verbose, iris, capsys):
    model = Classifier(verbose=verbose, max_iter=12, tol=None, random_state=0).fit(*iris)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 12
    for epoch, (line, objective) in enumerate(zip(lines, model.loss_curve_, strict=True), start=1):
        found = re.fullmatch(r"epoch +(\d+)  objective (\d+\.\d{6})  \d+\.\d{3} s", line)
        assert int(found[1]) == epoch
        assert float(found[2]) == pytest.approx(objective, abs=1e-6)


@both
def test_silent_by_default(Classifier, iris, capsys):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Classifier(random_state=0).fit(*iris)
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


@pytest.mark.parametrize("factor", [1e-310, 1e-300, 1.0, 1e300, 1e306])
@both
def test_only_the_ratios_of_weights_matter_however_small_or_large(Classifier, iris, factor):
    X, y = iris
    weights = np.random.default_rng(0).integers(0, 4, len(y)).astype(float)
    settings = {"max_iter": 5, "random_state": 0}
    expected = Classifier(**settings).fit(X, y, weights)
    model = Classifier(**settings).fit(X, y, weights * factor)
    np.testing.assert_allclose(model.coef_, expected.coef_, rtol=1e-9)


@pytest.mark.parametrize("factor", [0.0, -1.0, np.nan, np.inf])
@both
def test_class_weights_that_are_no_weights_are_refused(Classifier, iris, factor):
    with pytest.raises(ValueError):  # noqa: PT011 (zero for all, negative, not finite)
        Classifier(class_weight=dict.fromkeys(range(3), factor)).fit(*iris)


@both
def test_labels_of_another_type_have_no_score(Classifier, iris):
    X, y = iris
    model = Classifier(max_iter=2).fit(X, y)
    with pytest.raises(ValueError, match="mix label types"):
        model.score(X, y.astype(str))


@both
def test_partial_fit_takes_the_present_parameters(Classifier, iris):
    X, y = iris
    model = Classifier(random_state=0).partial_fit(X, y, [0, 1, 2])
    intercept, curve = model._state["theta"][12:].copy(), model.loss_curve_
    model.set_params(fit_intercept=False, momentum=0.0, penalty="l1", alpha=10.0)
    for _ in range(50):
        model.partial_fit(X, y)
    W, b = np.split(model._state["theta"], [12])
    np.testing.assert_array_equal(b, intercept)
    assert not W.any()  # so strong a penalty leaves nothing
    assert len(curve) == 1  # a list that was handed out stays as it was


@both
def test_features_beyond_all_steps_are_warned_of(Classifier, iris):
    X, y = iris
    with pytest.warns(ConvergenceWarning, match="too large to learn from"):
        Classifier().fit(X * 1e200, y)


def test_balanced_weights_of_a_class_that_soft_labels_never_favour():
    X, Y = np.arange(4.0)[:, None], np.array([[0.5, 0.1, 0.4], [0.2, 0.2, 0.6]] * 2)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = SoftmaxClassifier(class_weight="balanced", max_iter=2, tol=None).fit(X, Y)
    assert np.isfinite(model.coef_).all()


@both
def test_steps_that_overflow_on_whole_numbers_are_to_blame_themselves(Classifier):
    X = np.arange(12, dtype=np.uint8).reshape(6, 2)
    model = Classifier(learning_rate="constant", eta0=1e308, max_iter=3)
    with pytest.raises(ValueError, match=r"became infinite or NaN in epoch .*Lower eta0"):
        model.fit(X, [0, 1] * 3)


# What is kept, and what partial_fit goes on from


def kinds(value):
    """Yield the types of all that a value is made of."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from (*kinds(key), *kinds(part))
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from kinds(part)
    else:
        yield type(value)


PLAIN = {np.ndarray, float, int, bool, str, type(None), np.float64, np.float32, np.int64}


@both
@pytest.mark.parametrize(
    "options", [{}, {"learning_rate": "constant"}, {"penalty": "l1"}, {"early_stopping": True}]
)
def test_what_is_kept_is_arrays_numbers_and_strings(Classifier, options, iris):
    X, y = iris
    model = Classifier(random_state=0, max_iter=2, **options)
    for call in (lambda: model.fit(X, y), lambda: model.partial_fit(X, y)):
        call()
        learnt = {k: v for k, v in vars(model).items() if k not in model.get_params()}
        assert set(kinds(learnt)) <= PLAIN
        assert type(model.loss_curve_) is list
        assert {*map(type, model.loss_curve_)} == {float}


@both
@pytest.mark.parametrize("options", [{}, {"learning_rate": "constant", "average": True}])
def test_partial_fit_goes_on_from_weights_that_were_set_by_hand(Classifier, options, iris):
    X, y = iris
    model = Classifier(random_state=0, batch_size="full", **options).fit(X, y)
    n_updates = model._state["n_updates"]
    model.coef_, model.intercept_ = np.zeros((3, 4)), np.zeros(3)
    model.partial_fit(X, y)
    # from rest at 0, the first step is along the gradient there
    loss = np.log(3) if Classifier is SoftmaxClassifier else 3 * np.log(2)
    assert model.loss_curve_[-1] == pytest.approx(loss)
    if options:  # in the user's coordinates
        P = 1 / 3 if Classifier is SoftmaxClassifier else 1 / 2
        gradient = (P - np.eye(3)[y]).T @ X / len(X)
        np.testing.assert_allclose(model.coef_, -0.01 * gradient, rtol=1e-9)
    assert model._state["n_updates"] == n_updates + 1
    model.intercept_ = np.zeros(2)
    with pytest.raises(ValueError, match="shapes"):
        model.partial_fit(X, y)


@both
def test_a_shared_generator_is_drawn_from_in_every_call(Classifier, iris):
    X, y = iris
    shared, others = np.random.RandomState(5), []
    one, two = (Classifier(random_state=shared, batch_size=20) for _ in range(2))
    alone = np.random.RandomState(5)
    for model in (one, two, one):
        before = shared.get_state()[1:3]
        model.partial_fit(X, y, [0, 1, 2])
        alone.permutation(len(X))  # one order a call
        assert before[1] != shared.get_state()[2] or (before[0] != shared.get_state()[1]).any()
        assert shared.get_state()[2] == alone.get_state()[2]
        np.testing.assert_array_equal(shared.get_state()[1], alone.get_state()[1])
        others.append(model.coef_)
    assert (others[0] != others[1]).any()


@both
def test_a_seed_that_is_set_between_calls_counts(Classifier, iris):
    X, y = iris
    runs = []
    for seeds in ((0, 0), (0, 7), (0, np.random.RandomState(7))):
        model = Classifier(batch_size=20)
        for seed in seeds:
            model.set_params(random_state=seed).partial_fit(X, y, [0, 1, 2])
        runs.append(model.coef_)
    assert (runs[0] != runs[1]).any()
    np.testing.assert_array_equal(runs[1], runs[2])


@both
def test_a_fit_that_fails_does_not_rewind_numpys_global_generator(Classifier, iris, monkeypatch):
    monkeypatch.setattr(epochs, "check_progress", fail)
    for call in (
        lambda: Classifier().fit(*iris),
        lambda: Classifier().partial_fit(*iris, classes=[0, 1, 2]),
    ):
        np.random.seed(3)  # noqa: NPY002
        with pytest.raises(RuntimeError):
            call()
        drawn = np.random.randint(2**31)  # noqa: NPY002
        assert drawn != np.random.RandomState(3).randint(2**31)


# Numbers at the end of what floats hold


@both
@pytest.mark.filterwarnings("ignore:Some features are too large")
@pytest.mark.parametrize(
    "X",
    [
        [[1e308], [-1e308], [1e308], [1e308]],
        np.array([[3e38], [-3e38], [3e38], [3e38]], np.float32),
        [[1e149, 1], [-1e149, 2], [1e149, 3], [1e149, 4]],
    ],
    ids=["float64", "float32", "square"],
)
def test_the_largest_numbers_lead_to_an_answer(Classifier, X):
    model = Classifier(random_state=0, max_iter=5).fit(X, [0, 1, 0, 1])
    assert np.isfinite(model.coef_).all()
    assert np.isfinite(model.predict_proba(X)).all()
    model = Classifier(random_state=0).partial_fit(X, [0, 1, 0, 1], classes=[0, 1])
    assert np.isfinite(model.coef_).all()


@both
@pytest.mark.parametrize("penalty", ["l2", "l1", "elasticnet"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_penalty_is_too_strong(Classifier, penalty, dtype, iris):
    """Weights of 0 are the optimum, and intercepts that give the frequencies of the classes."""
    X, y = iris[0].astype(dtype), iris[1]
    for alpha in (1e25, 1e300):
        model = Classifier(penalty=penalty, alpha=alpha, random_state=0).fit(X, y)
        assert np.abs(model.coef_).max() < 1e-6
        np.testing.assert_allclose(model.predict_proba(X), 1 / 3, atol=0.02)


@both
def test_a_weight_that_is_next_to_nothing(Classifier):
    X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), [0, 1, 0, 1]
    ours = Classifier(random_state=0, max_iter=20).fit(X, y, [1, 5e-324, 1, 1])
    theirs = Classifier(random_state=0, max_iter=20).fit(X, y, [1, 1e-200, 1, 1])
    np.testing.assert_allclose(ours.coef_, theirs.coef_, rtol=1e-12)
    assert np.isfinite(ours.coef_).all()


@both
@pytest.mark.parametrize("tiny", [5e-324, 1e-310, 1e-200])
def test_a_feature_varies_in_a_sample_that_weighs_next_to_nothing(Classifier, tiny):
    """The other three are alike, and one of them is of class 1."""
    X, y = np.array([[1.0], [-1.0], [1.0], [1.0]]), [0, 1, 0, 1]
    model = Classifier(random_state=0).fit(X, y, [1, tiny, 1, 1])
    assert model.predict_proba([[1.0]])[0, 1] == pytest.approx(1 / 3, abs=1e-3)


@both
def test_weights_of_1e308_have_a_score_in_early_stopping(Classifier, iris):
    X, y = iris
    settings = {"early_stopping": True, "random_state": 0, "max_iter": 3}
    expected = Classifier(**settings).fit(X, y)
    model = Classifier(**settings).fit(X, y, np.full(len(y), 1e308))
    assert model.validation_scores_ == pytest.approx(expected.validation_scores_)
    np.testing.assert_allclose(model.coef_, expected.coef_)


@both
@pytest.mark.parametrize("name", ["alpha", "tol", "eta0"])
def test_a_number_that_no_float_holds_is_refused_by_name(Classifier, name, iris):
    with pytest.raises(ValueError, match=name):
        Classifier(learning_rate="constant", **{name: 10**400}).fit(*iris)
