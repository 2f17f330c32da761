"""Training in rounds on Dask, against the same arithmetic by hand, on any scheduler."""

import io
import os
import pickle
from functools import partial

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

pytest.importorskip("dask_ml", reason="Dask and dask-ml are not installed (extra: scale)")

import dask
import dask.array
import dask.dataframe
import pandas
from dask.diagnostics import ProgressBar
from dask.distributed import Client, LocalCluster
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.linear_model import SGDClassifier as SklearnSGD

from scratch.linear_model import (
    LogisticClassifier,
    Perceptron,
    SGDClassifier,
    SoftmaxClassifier,
)
from scratch.losses import sigmoid
from scratch.scale import fit_in_rounds

every = pytest.mark.parametrize(
    "estimator",
    [
        LogisticClassifier(random_state=0),
        SoftmaxClassifier(random_state=0),
        SoftmaxClassifier(random_state=0, learning_rate="invscaling", average=True, penalty="l1"),
        SGDClassifier(random_state=0, loss="log_loss"),
        SGDClassifier(random_state=0, learning_rate="constant", average=True),
        Perceptron(random_state=0),
    ],
    ids=repr,
)
BLOCKS = 100


@pytest.fixture(autouse=True)
def _one_thread():
    with dask.config.set(scheduler="sync"):
        yield


@pytest.fixture(scope="module")
def data():
    """Return 2,000 samples of three classes, in columns of different sizes and centres."""
    rng = np.random.default_rng(0)
    y = rng.integers(3, size=2000)
    X = rng.normal(size=(2000, 5)) + 1.5 * np.eye(3, 5)[y]
    return X * [1, 10, 0.1, 1, 1] + [0, 100, 0, -3, 0], y


def in_blocks(X, y, size=BLOCKS):
    return dask.array.from_array(X, (size, -1)), dask.array.from_array(y, size)


def fitted(estimator, X, y, **how):
    how = {"classes": np.arange(3), "n_rounds": 2, "n_parts": 4} | how
    return fit_in_rounds(estimator, *in_blocks(X, y), **how)


def assert_same_weights(one, other):
    assert_array_equal(one.coef_, other.coef_)
    assert_array_equal(one.intercept_, other.intercept_)


# The arithmetic


def test_a_step_of_each_part_is_a_step_of_gradient_descent_on_all(data):
    """Where a part takes one step, the mean of steps is the step of the mean gradient."""
    X, y = data[0] / [1, 10, 0.1, 1, 1], data[1]
    how = {"batch_size": "full", "momentum": 0, "learning_rate": "constant", "eta0": 0.01}
    ours = fitted(SoftmaxClassifier(**how), X, y, n_rounds=7, n_parts=20)
    descent = SoftmaxClassifier(**how, max_iter=7, tol=None).fit(X, y)
    assert_allclose(ours.coef_, descent.coef_, rtol=1e-10)
    assert_allclose(ours.intercept_, descent.intercept_, rtol=1e-10)


def test_rounds_by_hand(data):
    """Two parts of unequal size; plain gradient steps on blocks, written out."""
    X, y = data[0] / [1, 10, 0.1, 1, 1], (data[1] > 0).astype(int)
    X, y = X[:450], y[:450]  # blocks 0, 1, 2 and 3, 4: the last one half as large
    how = {"penalty": None, "momentum": 0, "eta0": 0.1, "learning_rate": "constant"}
    model = LogisticClassifier(**how, batch_size="full", shuffle=False)
    ours = fitted(model, X, y, classes=[0, 1], n_rounds=3, n_parts=2)
    w, b = np.zeros(5), 0.0
    for _ in range(3):
        ends = []
        for start, stop in ((0, 300), (300, 450)):
            v, c = w, b
            for first in range(start, stop, BLOCKS):
                rows = slice(first, min(first + BLOCKS, stop))
                residual = sigmoid(X[rows] @ v + c) - y[rows]
                v, c = v - 0.1 * residual @ X[rows] / len(residual), c - 0.1 * residual.mean()
            ends.append((stop - start, v, c))
        w = sum(n / 450 * v for n, v, _ in ends)
        b = sum(n / 450 * c for n, _, c in ends)
    assert_allclose(ours.coef_[0], w, rtol=1e-10)
    assert_allclose(ours.intercept_[0], b, rtol=1e-10)


def test_momentum_begins_anew_and_the_step_falls_on(data):
    """The second round by hand, from weights that are set: 1/√t, and at rest."""
    X, y = data[0] / [1, 10, 0.1, 1, 1], (data[1] > 0).astype(int)
    model = LogisticClassifier(
        penalty=None, momentum=0.5, eta0=0.1, learning_rate="invscaling", batch_size="full"
    )
    one, two = (
        fitted(model, X, y, classes=[0, 1], n_rounds=rounds, n_parts=2) for rounds in (1, 2)
    )
    ends = []
    for half in (slice(0, 1000), slice(1000, 2000)):
        v, c, velocity, drift = one.coef_[0], one.intercept_[0], 0.0, 0.0
        for t, first in enumerate(range(half.start, half.stop, BLOCKS), start=11):
            rows = slice(first, first + BLOCKS)
            residual = sigmoid(X[rows] @ v + c) - y[rows]
            velocity = velocity / 2 - 0.1 / np.sqrt(t) * residual @ X[rows] / BLOCKS
            drift = drift / 2 - 0.1 / np.sqrt(t) * residual.mean()
            v, c = v + velocity, c + drift
        ends.append(np.append(v, c))
    assert_allclose(np.append(two.coef_[0], two.intercept_), np.mean(ends, axis=0), rtol=1e-10)


@every
def test_one_part_is_partial_fit(estimator, data):
    """With "auto" the coordinates are those of all blocks, so it is no equal there."""
    X, y = data
    ours = fitted(estimator, X, y, n_parts=1)
    theirs = type(estimator)(**estimator.get_params())
    for _ in range(2):
        for start in range(0, len(X), BLOCKS):
            theirs.partial_fit(X[start : start + BLOCKS], y[start : start + BLOCKS], [0, 1, 2])
    if getattr(estimator, "learning_rate", None) == "auto":
        assert abs(ours.score(X, y) - theirs.score(X, y)) < 0.02
    else:
        assert_same_weights(ours, theirs)


def test_averaged_sgd_by_hand(data):
    """`SGDClassifier` with `average` has two sets of weights: both go on from their means.

    Without intercepts: scikit-learn's of the second call is wrong (`SGDClassifier`, Notes).
    """
    X, y = data[0] / [1, 10, 0.1, 1, 1], (data[1] > 0).astype(int)
    how = {"loss": "log_loss", "learning_rate": "constant", "shuffle": False}
    how["fit_intercept"] = False
    ours = fitted(SGDClassifier(average=True, **how), X, y, classes=[0, 1], n_parts=2)
    w, mean, t = np.zeros(5), np.zeros(5), 0
    for _ in range(2):
        ends = []
        for half in (slice(0, 1000), slice(1000, 2000)):
            v, of_part = w, mean
            for i, (x, label) in enumerate(zip(X[half], y[half], strict=True), start=1):
                v = (1 - 0.01 * 1e-4) * v - 0.01 * (sigmoid(v @ x) - label) * x
                of_part = of_part + (v - of_part) / (t + i)
            ends.append((v, of_part))
        (w, mean), t = (np.mean(each, axis=0) for each in zip(*ends, strict=True)), t + 1000
    assert_allclose(ours.coef_[0], mean, rtol=1e-6)


def test_the_optimum_is_near_after_some_rounds(data):
    X, y = data
    ours = fitted(SoftmaxClassifier(random_state=0), X, y, n_rounds=8)
    best = LogisticRegression(C=1 / (2000 * 1e-4), max_iter=10_000).fit(X, y)
    log_loss = [
        -np.mean(np.log(model.predict_proba(X)[np.arange(2000), y])) for model in (ours, best)
    ]
    assert log_loss[0] < log_loss[1] + 0.01 * (np.log(3) - log_loss[1])
    assert len(ours.loss_curve_) == ours.n_iter_ == 8
    assert ours.loss_curve_[-1] == pytest.approx(log_loss[1], rel=0.05)


# "auto"


def test_auto_sees_all_blocks_before_it_begins():
    """A column that is 0 but for one sample, and a class that one block holds alone."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(1600, 3)).astype(np.float32)
    X[:, 2] = 0
    X[1234, 2] = 1000
    y = np.repeat([0, 1], 800)
    y[:BLOCKS] = 2
    model = fitted(SoftmaxClassifier(random_state=0), X, y)
    seen = model._seen
    assert_array_equal(seen["low"], X.min(axis=0))
    assert_array_equal(seen["high"], X.max(axis=0))
    assert_allclose(seen["frequencies"], np.bincount(y) / 1600)
    assert_allclose(seen["mean"], X.mean(axis=0), atol=1e-6)
    assert seen["n"] == 1600
    # blocks of one class each: each is as far from the mean as Σ_k p_k |e_k − p|²
    p = np.bincount(y) / 1600
    assert seen["between"] == pytest.approx(np.sum(p * ((np.eye(3) - p) ** 2).sum(axis=1)))
    assert np.isfinite(model.coef_).all()


def test_training_can_go_on(data):
    X, y = data
    model = pickle.loads(pickle.dumps(fitted(SoftmaxClassifier(random_state=0), X, y)))
    model.partial_fit(1000 + X, y)
    assert model._seen["high"].max() > 1000  # it looks at what comes later
    assert model.n_iter_ == 3


# Schedulers


@every
@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_the_scheduler_makes_no_difference(estimator, scheduler, data):
    if scheduler == "processes" and not isinstance(estimator, SoftmaxClassifier):
        pytest.skip("processes take long to begin, and one estimator shows it")
    alone = fitted(estimator, *data)
    with dask.config.set(scheduler=scheduler, num_workers=2):
        assert_same_weights(fitted(estimator, *data), alone)


def test_a_generator_is_drawn_from_by_each_part_for_itself(data):
    how = {"learning_rate": "constant", "batch_size": 7}
    alone = fitted(SoftmaxClassifier(random_state=np.random.RandomState(5), **how), *data)
    with dask.config.set(scheduler="threads", num_workers=4):
        again = fitted(SoftmaxClassifier(random_state=np.random.RandomState(5), **how), *data)
    assert_same_weights(again, alone)


def dying(rows, folder, last):
    """Return rows; the process dies the first time that it is asked so often."""
    calls = len(list(folder.iterdir()))
    (folder / str(calls)).touch()
    if calls == last:
        os._exit(1)
    return rows


def test_a_worker_that_dies_in_a_round_is_made_up_for(data, tmp_path):
    """One worker, two, and two of which one dies while it reads a block in the second round."""
    X, y = data
    alone = fitted(SoftmaxClassifier(random_state=0), X, y)
    blocks = [dask.delayed(X[i : i + BLOCKS]) for i in range(0, 2000, BLOCKS)]
    labels = [dask.delayed(y[i : i + BLOCKS]) for i in range(0, 2000, BLOCKS)]
    blocks[3] = dask.delayed(partial(dying, folder=tmp_path, last=2))(blocks[3])
    how = {"classes": [0, 1, 2], "n_rounds": 2, "n_parts": 4}
    with (
        dask.config.set({"scheduler": None, "distributed.comm.timeouts.connect": "5s"}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster),
    ):
        with_a_death = fit_in_rounds(SoftmaxClassifier(random_state=0), blocks, labels, **how)
    assert len(list(tmp_path.iterdir())) >= 4  # a look, a round, the death, and once more
    assert_same_weights(with_a_death, alone)


def test_a_cluster_makes_no_difference(data):
    alone = fitted(LogisticClassifier(random_state=0), *data)
    with (
        dask.config.set(scheduler=None),
        Client(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None),
    ):
        X, y = dask.persist(*in_blocks(*data))
        ours = fit_in_rounds(
            LogisticClassifier(random_state=0), X, y, classes=[0, 1, 2], n_rounds=2, n_parts=4
        )
    assert_same_weights(ours, alone)


def test_the_progress_bar_is_dasks(data):
    out = io.StringIO()
    with ProgressBar(out=out, dt=0.01):
        fitted(Perceptron(random_state=0), *data)
    assert "100% Completed" in out.getvalue()


# What may come in


def test_data_frames_and_their_column_names(data):
    X, y = data
    frame = pandas.DataFrame(X, columns=list("abcde")).assign(label=y)
    blocks = dask.dataframe.from_pandas(frame, npartitions=5)
    how = {"classes": [0, 1, 2], "n_rounds": 1, "n_parts": 5}
    model = fit_in_rounds(
        SoftmaxClassifier(random_state=0), blocks[list("abcde")], blocks["label"], **how
    )
    sizes = [len(block) for block in dask.compute(*blocks.to_delayed())]
    cut = (tuple(sizes), (5,))
    arrays = dask.array.from_array(X, cut), dask.array.from_array(y, cut[:1])
    assert_same_weights(model, fit_in_rounds(SoftmaxClassifier(random_state=0), *arrays, **how))
    assert model.feature_names_in_.tolist() == list("abcde")


def test_a_numpy_array_is_one_block(data):
    X, y = data
    how = {"classes": [0, 1, 2], "n_rounds": 2}
    ours = fit_in_rounds(SoftmaxClassifier(random_state=0), X, y, **how)
    assert_same_weights(
        ours, fit_in_rounds(SoftmaxClassifier(random_state=0), *in_blocks(X, y, 2000), **how)
    )
    named = SoftmaxClassifier(random_state=0, learning_rate="constant")
    theirs = SoftmaxClassifier(random_state=0, learning_rate="constant")
    theirs.partial_fit(X, y, [0, 1, 2]).partial_fit(X, y)
    assert_same_weights(fit_in_rounds(named, X, y, **how), theirs)


def test_sparse_blocks_and_soft_labels(data):
    X, y = data
    rows = [slice(i, i + 500) for i in range(0, 2000, 500)]
    sparse = [dask.delayed(csr_matrix(X[part])) for part in rows]
    labels = [dask.delayed(y[part]) for part in rows]
    how = {"classes": [0, 1, 2], "n_rounds": 1}
    assert fit_in_rounds(SGDClassifier(random_state=0), sparse, labels, **how).n_iter_ == 1
    hard = fit_in_rounds(SoftmaxClassifier(random_state=0), *in_blocks(X, y), **how)
    tables = (dask.array.from_array(table, (BLOCKS, -1)) for table in (X, np.eye(3)[y]))
    soft = fit_in_rounds(SoftmaxClassifier(random_state=0), *tables, **how)
    assert_allclose(soft.coef_, hard.coef_, rtol=1e-9)


@every
def test_a_block_may_lack_a_class(estimator, data):
    X, y = data
    y = np.where((np.arange(2000) < 500) & (y == 2), 1, y)
    model = fitted(estimator, X, y)
    assert model.classes_.tolist() == [0, 1, 2]
    assert np.isfinite(model.coef_).all()


def spoilt(X, y, what):
    """Return blocks of which number 17 is spoilt."""
    blocks = [X[i : i + BLOCKS].copy() for i in range(0, 2000, BLOCKS)]
    labels = [y[i : i + BLOCKS].copy() for i in range(0, 2000, BLOCKS)]
    if what == "NaN":
        blocks[17][50, 3] = np.nan
    elif what == "infinity":
        blocks[17][50, 3] = np.inf
    elif what == "empty":
        blocks[17], labels[17] = blocks[17][:0], labels[17][:0]
    elif what == "label":
        labels[17][50] = 7
    elif what == "width":
        blocks[17] = blocks[17][:, :4]
    elif what == "length":
        labels[17] = labels[17][:-1]
    return [list(map(dask.delayed, each)) for each in (blocks, labels)]


@every
@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("NaN", "NaN"), ("infinity", "infinity"), ("empty", r"0 sample"), ("label", "7"),
        ("width", "4 features"), ("length", "99"),
    ],
)  # fmt: skip
def test_a_bad_block_is_named_and_nothing_is_half_trained(estimator, what, told, data):
    before = dict(vars(estimator))
    with pytest.raises(ValueError, match=rf"^Block 17: (.|\n)*{told}"):
        fit_in_rounds(estimator, *spoilt(*data, what), classes=[0, 1, 2], n_rounds=2, n_parts=4)
    assert vars(estimator) == before


@pytest.mark.parametrize(
    ("change", "error", "told"),
    [
        ({"X": [[1.0], [2.0]]}, TypeError, "X must be a Dask array .* or a NumPy array; got list"),
        ({"X": pandas.DataFrame([[1.0]])}, TypeError, "X must be .* got DataFrame"),
        ({"y": "labels"}, TypeError, "y must be .* got str"),
        ({"X": dask.delayed(np.ones((2, 1)))}, TypeError, "list of delayed blocks.* got Delayed"),
        ({"y": dask.array.zeros(2, chunks=1)}, ValueError, "1 blocks of X, 2 of y"),
        ({"X": []}, ValueError, "0 blocks of X"),
        ({"X": dask.array.zeros((2, 4), chunks=(2, 2))}, ValueError, "2 blocks of X, 1 of y"),
        ({"n_rounds": 0}, ValueError, "'n_rounds' parameter of fit_in_rounds must be an int"),
        ({"n_parts": 1.5}, ValueError, "'n_parts' parameter of fit_in_rounds must be an int"),
        ({"estimator": SklearnSGD()}, TypeError, "classifier of scratch.linear_model; got SGD"),
        ({"estimator": SoftmaxClassifier(alpha=-1)}, ValueError, "'alpha' parameter"),
        ({"classes": [1]}, ValueError, "class"),
    ],
)
def test_what_can_not_be_is_told(change, error, told):
    how = {"estimator": SoftmaxClassifier(), "X": np.ones((2, 1)), "y": np.arange(2)}
    how |= {"classes": [0, 1], "n_rounds": 1}
    with pytest.raises(error, match=told):
        fit_in_rounds(**how | change)
