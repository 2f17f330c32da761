"""What "auto" sees of the data, its first step, falls and pace, by their definitions."""

import itertools

import numpy as np
import pytest

from scratch.losses import BinaryCrossEntropy, CrossEntropy
from scratch.solvers.minibatch import auto, columns
from scratch.solvers.minibatch.auto import Endless, Falling, FirstStep
from scratch.solvers.minibatch.columns import Seen
from scratch.solvers.minibatch.epochs import Rules
from scratch.solvers.minibatch.optimisers import Momentum, Nesterov
from scratch.solvers.minibatch.samples import Samples


def alike(n):
    return np.full(n, 1 / n)


def samples_of(X, y, weights=None, n_classes=None):
    n_classes = int(y.max()) + 1 if n_classes is None else n_classes
    return Samples(X, y, CrossEntropy().targets(n_classes), weights)


def look(samples, loss=None, noise=0.0, *, centred=True, before=None):
    return auto.look(samples, loss or CrossEntropy(), noise, centred, before)


def fit_steps(samples, loss=None, optimiser=None, batch_size=128):
    """Return the steps of a fit, with the classifiers' defaults."""
    rules = Rules(batch_size, 1000, tol=1e-3, n_iter_no_change=5)
    loss, optimiser = loss or CrossEntropy(), optimiser or Momentum(0.9)
    return auto.steps_of_fit(samples, loss, optimiser, rules, centred=True, by_score=False)


def chunk_steps(X, y, n_classes, before):
    """Return the steps of a chunk that is one batch."""
    samples, rules = samples_of(X, y, n_classes=n_classes), Rules(len(X), 1)
    return auto.steps_of_chunk(samples, CrossEntropy(), Momentum(0.9), rules, True, before)


# What is seen of the columns


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_moments_and_frequencies_are_the_weighted_means(dtype, weighted):
    rng = np.random.default_rng(0)
    X = (rng.normal(size=(400, 3)) * [1, 20, 0.1] + [0, 50, -7]).astype(dtype)
    y, w = rng.integers(0, 3, 400), rng.uniform(0.1, 3, 400) if weighted else None
    columns = look(samples_of(X, y, w))
    mean = np.average(X.astype(float), axis=0, weights=w)
    variance = np.average((X.astype(float) - mean) ** 2, axis=0, weights=w)
    tolerance = 1e-10 if dtype == np.float64 else 1e-5
    np.testing.assert_allclose(columns.mean, mean, rtol=tolerance)
    np.testing.assert_allclose(columns.variance, variance, rtol=tolerance)
    frequencies = np.average(np.eye(3)[y], axis=0, weights=w)
    np.testing.assert_allclose(columns.frequencies, frequencies, rtol=1e-12)
    assert columns.n == 400


@pytest.mark.parametrize("kind", ["f8", "f4", "u1", "i2", "?"])
@pytest.mark.parametrize("shape", [(3, 1), (5000, 3), (700, 784), (9, 70_000)])
def test_the_extremes_are_those_of_all_rows(kind, shape):
    X = (np.random.default_rng(0).normal(size=shape) * 40 + 100).astype(kind)
    low, high = columns.extremes(samples_of(X, np.zeros(len(X), int)))
    np.testing.assert_array_equal(low, X.min(axis=0))
    np.testing.assert_array_equal(high, X.max(axis=0))
    weights = np.arange(len(X)) % 3 / 1.0  # every third has none
    low, high = columns.extremes(samples_of(X, np.zeros(len(X), int), weights))
    np.testing.assert_array_equal(low, X[weights > 0].min(axis=0))
    np.testing.assert_array_equal(high, X[weights > 0].max(axis=0))


def test_chunks_have_the_moments_of_all_that_came_and_the_spread_between_them():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(500, 4)) * [1, 2, 3, 1e4] + [0, 9, -50, 1e6], rng.integers(0, 3, 500)
    X[:200, 1] -= 30
    order = np.argsort(y + rng.normal(size=500) * 0.3)  # classes come one after another, more or
    X, y = X[order], y[order]  # less
    seen, chunks = None, [slice(0, 100), slice(100, 150), slice(150, 450), slice(450, 500)]
    for chunk in chunks:
        seen = look(samples_of(X[chunk], y[chunk], n_classes=3), before=seen)
    ours, whole = seen, look(samples_of(X, y))
    for name in ("n", "mean", "variance", "low", "high", "frequencies"):
        np.testing.assert_allclose(getattr(ours, name), getattr(whole, name), rtol=1e-10)
    p = np.bincount(y) / 500
    of_chunks = [np.bincount(y[c], minlength=3) / len(y[c]) for c in chunks]
    sizes = [len(y[c]) / 500 for c in chunks]
    between = sum(n * np.sum((q - p) ** 2) for n, q in zip(sizes, of_chunks, strict=True))
    assert ours.between == pytest.approx(between, rel=1e-10)
    assert whole.between == 0


# Coordinates


@pytest.mark.parametrize("noise", [0.0, 1 / 128, 0.5])
def test_centre_and_scale_are_mean_and_variance_and_the_farthest_value(noise):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(400, 3)) * [1, 20, 0.1] + [0, 50, -7]
    (centre, squares), square = auto.coordinates(
        look(samples_of(X, np.zeros(400, int))), noise, True
    )
    far = np.abs(X - X.mean(axis=0)).max(axis=0)
    np.testing.assert_allclose(centre, X.mean(axis=0), rtol=1e-10)
    np.testing.assert_allclose(square, X.var(axis=0), rtol=1e-10)
    np.testing.assert_allclose(squares, X.var(axis=0) + noise * far**2, rtol=1e-10)


def test_without_an_intercept_the_scale_is_about_0():
    X = np.array([[3.0], [4.0]])
    (centre, squares), _ = auto.coordinates(look(samples_of(X, np.zeros(2, int))), 0.25, False)
    np.testing.assert_array_equal(centre, 0)
    np.testing.assert_allclose(squares, 12.5 + 0.25 * 16)


def test_no_batch_is_a_surprise_however_rare_a_value_is():
    # one of 20,000 rows is far away, and hardly ever among the 512
    X = np.random.default_rng(0).normal(size=(20_000, 2))
    X[:, 1] = 0
    X[777, 1] = 50.0
    steps = fit_steps(samples_of(X, np.arange(20_000) % 2))
    centre, squares = steps.coordinates
    scaled = (X - centre) ** 2 / squares
    assert (scaled.max(axis=0) / 128 <= 1.01).all()  # the mean square of the batch that holds it
    assert squares[0] == pytest.approx(X[:, 0].var(), rel=0.25)


def test_a_column_that_never_varies_has_the_scale_of_its_own_size():
    X = np.column_stack([np.zeros(50), np.full(50, 0.25), np.full(50, -700.0)])
    (_, squares), square = auto.coordinates(look(samples_of(X, np.zeros(50, int))), 0.1, True)
    np.testing.assert_allclose(squares, [1, 1, 700.0**2])
    np.testing.assert_array_equal(square, 0)


def test_a_feature_whose_square_is_no_float_has_an_infinite_scale():
    X = np.random.default_rng(0).normal(size=(50, 2)) * [1, 1e200]
    steps = fit_steps(samples_of(X, np.arange(50) % 2))
    assert np.isfinite(steps.coordinates.squares).tolist() == [True, False]
    assert 0 < steps.first.eta0 < np.inf


# The eigenvalue


@pytest.mark.parametrize("d", [1, 3, 50])
def test_the_eigenvalue_of_one_repeated_row_is_its_squared_length(d):
    x = np.random.default_rng(d).normal(size=d)
    found = columns.largest_eigenvalue(np.tile(x, (7, 1)), alike(7))
    assert found == pytest.approx(x @ x, rel=1e-12)
    assert columns.largest_eigenvalue(np.zeros((7, d)), alike(7)) == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_eigenvalue_is_never_above_the_true_one_and_near_it(seed):
    rng = np.random.default_rng(seed)
    rows, weights = rng.normal(size=(60, 5)) * [5, 1, 1, 1, 1], rng.dirichlet(np.ones(60))
    truth = np.linalg.eigvalsh(rows.T * weights @ rows)[-1]
    found = columns.largest_eigenvalue(rows, weights)
    assert 0.98 * truth < found <= truth * (1 + 1e-12)
    order = rng.permutation(5)
    assert columns.largest_eigenvalue(rows[:, order], weights) == pytest.approx(found, rel=1e-12)


# The first step


def crossed(n_classes, unit=1.0):
    """Return X and y in which every row comes once with every class, so that p is 1/K."""
    rows = np.random.default_rng(3).normal(size=(30, 4)) * unit
    return np.repeat(rows, n_classes, axis=0), np.tile(np.arange(n_classes), 30)


@pytest.mark.parametrize("unit", [1.0, 255.0, 1e-3])
@pytest.mark.parametrize("optimiser", [Momentum(0.0), Momentum(0.9), Nesterov(0.9)])
@pytest.mark.parametrize("batch_size", [1, 16, 10_000])
@pytest.mark.parametrize("loss", [BinaryCrossEntropy(), CrossEntropy()])
def test_eta0_is_its_formula(unit, optimiser, batch_size, loss):
    n_classes = 3 if isinstance(loss, CrossEntropy) else 2
    X, y = crossed(n_classes, unit)
    n, m, targets = len(X), optimiser.momentum, loss.targets(n_classes)
    batch_size = min(batch_size, n)
    steps = fit_steps(Samples(X, y, targets), loss, optimiser, batch_size)
    noise = (n - batch_size) / (n - 1) / batch_size
    mean = X.mean(axis=0)
    far = np.abs(X - mean).max(axis=0)
    scaled = (X - mean) / np.sqrt(X.var(axis=0) + noise * far**2)
    largest = max(np.linalg.eigvalsh(scaled.T @ scaled / n)[-1], 1.0)
    h, H = (1 / np.sqrt(6), np.log(3)) if n_classes == 3 else (1 / 4, np.log(2))
    residuals = 1 / n_classes - targets.T[y]  # of scores that know no more than the frequencies
    gradients = np.einsum("nk,nj->nkj", residuals, np.column_stack([scaled, np.ones(n)]))
    T = np.mean(np.sum(gradients**2, axis=(1, 2)))
    N = 2 * noise * T / ((1 - m) * H)
    eta0 = 1 / (h * largest + N)
    # the power iteration comes from below
    assert eta0 * (1 - 1e-12) <= steps.first.eta0 <= eta0 * 1.02
    assert steps.first.guess == pytest.approx(H, rel=1e-12)
    most = 0.75 * optimiser.stable_step(1 / steps.first.eta0 - N)
    assert steps.first.most * steps.first.eta0 == pytest.approx(most, rel=1e-9)


def test_the_noise_of_a_batch_is_that_of_all_batches_that_may_be_drawn():
    x = np.random.default_rng(0).normal(size=8)
    steps = fit_steps(samples_of(x[:, None], np.arange(8) % 2), batch_size=3)
    means = [np.mean(x[list(batch)]) for batch in itertools.combinations(range(8), 3)]
    far = np.abs(x - x.mean()).max()
    squares = x.var() + np.var(means) / x.var() * far**2
    assert steps.coordinates.squares[0] == pytest.approx(squares, rel=1e-10)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_no_feature_makes_the_curvature_less_than_that_of_the_intercept(momentum):
    # with x = 0 the score is b alone, and the mean of p(1 − p) is at most 1/4: the eigenvalue is 1
    samples = Samples(np.zeros((4, 2)), np.array([0, 0, 1, 1]), np.array([[0.0, 1.0]]))
    steps = fit_steps(samples, BinaryCrossEntropy(), Momentum(momentum), 4)
    assert steps.first.eta0 == pytest.approx(4, rel=1e-12)


@pytest.mark.parametrize("unit", [1e-100, 1e100, 1e140])
def test_eta0_of_extreme_units_is_that_of_usual_ones(unit):
    X, y = crossed(2)
    expected = fit_steps(samples_of(X, y)).first.eta0
    assert fit_steps(samples_of(X * unit, y)).first.eta0 == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("unit", [1e-308, 1e-200, 1e200, 1e307])
def test_eta0_of_units_whose_squares_no_float_holds_is_finite(unit):
    X, y = crossed(2)
    steps = fit_steps(samples_of(X * unit, y))
    assert 0 < steps.first.eta0 < np.inf
    assert (steps.coordinates.squares > 0).all()


@pytest.mark.parametrize("seed", range(3))
def test_the_noise_is_that_of_all_rows_and_not_of_512(seed):
    # one-hot columns, most of which next to no row of 512 has
    rng = np.random.default_rng(seed)
    X = (rng.random((20_000, 60)) < 10 ** rng.uniform(-4, -0.5, 60)).astype(float)
    X = (X - X.mean(axis=0)) / np.maximum(X.std(axis=0), 1e-9)
    y = (rng.random(20_000) < 0.5).astype(int)
    steps = fit_steps(samples_of(X, y), batch_size=32)
    scaled = (X - steps.coordinates.centre) / np.sqrt(steps.coordinates.squares)
    p = np.bincount(y) / len(y)
    residuals = p - np.eye(2)[y]
    T = np.mean(np.sum(residuals**2, axis=1) * (1 + np.sum(scaled**2, axis=1)))
    noise = (20_000 - 32) / 19_999 / 32
    N = 2 * noise * T / (0.1 * -(p @ np.log(p)))
    # rows vary much less in these coordinates than in those of 512 rows' variances, and η₀ allows
    # for what they vary
    assert 1 / steps.first.eta0 > 0.5 * N
    assert np.mean(scaled**2, axis=0).max() < 1.5


def test_uneven_weights_are_noise():
    """The noise of a weighted mean grows as the mean of w², for weights of mean 1."""
    X, y = crossed(2)
    weights = np.where(np.arange(len(X)) == 3, 9.0, 1.0)
    even, uneven = (fit_steps(samples_of(X, y, w), batch_size=4) for w in (None, weights))
    w = weights / weights.mean()
    for steps, unevenness in ((even, 1.0), (uneven, np.mean(w**2))):
        seen, (_, squares) = steps.seen, steps.coordinates
        noise = (len(X) - 4) / (len(X) - 1) / 4
        p = (512 * seen.frequencies + 0.5) / 513
        T = unevenness * (p @ (1 - p)) * (1 + np.sum(seen.variance / squares))
        N = 2 * noise * T / (0.1 * -(p @ np.log(p)))
        assert 1 / steps.first.eta0 == pytest.approx(seen.curvature + N, rel=1e-9)


def test_no_class_is_impossible():
    # a chunk of one class: its entropy is 0, but one more sample is taken to be of any class
    seen = look(samples_of(np.arange(6.0)[:, None], np.zeros(6, int), n_classes=3))
    step = auto.first_step(seen, CrossEntropy(), Momentum(0.9), 1 / 6, 6, centred=True)
    p = (512 * np.array([1, 0, 0]) + 1 / 3) / 513
    assert step.guess == pytest.approx(-(p @ np.log(p)), rel=1e-12)
    assert 0 < step.eta0 < np.inf


@pytest.mark.parametrize("sorted_by_class", [False, True])
def test_chunks_that_differ_in_their_classes_are_noise(sorted_by_class):
    X, y = crossed(3)
    order = np.argsort(y) if sorted_by_class else np.arange(90)
    seen = None
    for chunk in np.split(order, 3):
        steps = chunk_steps(X[chunk], y[chunk], 3, seen)
        seen = steps.seen
    _, squares = steps.coordinates
    T = 2 / 3 * (1 + np.sum(seen.variance / squares))
    # one of Σ p(1 − p) lies between chunks if each has a class of its own
    noise = 1.0 if sorted_by_class else 1 / 30
    expected = 1 / (seen.curvature + 2 * noise * T / (0.1 * np.log(3)))
    assert steps.first.eta0 == pytest.approx(expected, rel=1e-6)


def test_the_curvature_is_measured_again_when_samples_have_doubled():
    rng = np.random.default_rng(0)
    seen, measured = None, []
    for _ in range(8):
        X, y = rng.normal(size=(20, 3)), rng.integers(0, 2, 20)
        seen = look(samples_of(X, y, n_classes=2), before=seen)
        measured.append(seen.n_measured)
    assert measured == [20, 40, 40, 80, 80, 80, 80, 160]
    without = look(samples_of(X, y, n_classes=2), before=seen, centred=False)
    assert without.n_measured == 180  # μ is another one


# Later steps


def seen_before(relative_loss=1.0):
    return Seen(1, *np.zeros((5, 1)), relative_loss=relative_loss)


def falling(eta0=1.0, *, guess=1.0, noise=1.0, batch_size=1, end=100, tol=0.01, by_score=False):
    """Return falls of four updates."""
    first = FirstStep(eta0, 1.0, None, guess, noise, batch_size)
    return Falling(seen_before(), first, 4, end, tol, by_score)


def etas(steps, first, last):
    return [steps.size(t, 1) for t in range(first, last + 1)]


def test_training_is_not_over_before_it_has_reached_the_guess():
    """Where the noise is large, small steps need more than one fall to find the frequencies."""
    steps = falling(guess=0.8, tol=0.01)
    assert [steps.over(4, 1.0), steps.over(8, 0.995), steps.over(12, 0.905)] == [0, 0, 0]
    assert steps.over(16, 0.9)  # within an eighth of it: what is left may be noise


def test_a_fall_is_linear_to_0_and_the_next_begins_where_it_began():
    steps = falling(0.8, end=20)
    np.testing.assert_allclose(etas(steps, 1, 4), [0.8, 0.6, 0.4, 0.2])
    assert not steps.over(3, 0.9)
    assert not steps.over(4, 0.5)
    np.testing.assert_allclose(etas(steps, 5, 8), [0.8, 0.6, 0.4, 0.2])


@pytest.mark.parametrize(("end", "stops"), [(4, [4]), (7, [7]), (8, [4, 8]), (13, [4, 8, 13])])
def test_the_last_fall_takes_all_that_is_left(end, stops):
    steps, found, value = falling(end=end), [], 1.0
    for t in range(1, end + 1):
        if t == steps.stop:
            found.append(t)
            np.testing.assert_allclose(steps.size(t, 1), 1 / (steps.stop - steps.start))
            value -= 0.2
        assert not steps.over(t, value)
    assert found == stops


@pytest.mark.parametrize(
    ("values", "over"),
    [
        ([0.5, 0.4, 0.395], [False, False, True]),  # less than tol
        ([0.5, 0.489, 0.478], [False, False, False]),
        ([0.995], [True]),
        ([1.2, 1.1], [False, False]),  # above the guess
        ([0.5, 0.6], [False, True]),
    ],
)
def test_training_is_over_when_a_whole_fall_has_won_less_than_tol(values, over):
    steps = falling()
    for k, (value, expected) in enumerate(zip(values, over, strict=True), start=1):
        assert not steps.over(4 * k - 1, -100.0)  # only the end of a fall counts
        assert steps.over(4 * k, value) == expected


def test_a_small_share_of_all_that_was_won_is_little_too():
    large = falling(guess=1000.0)
    assert [large.over(4, 500.0), large.over(8, 490.0), large.over(12, 489.5)] == [0, 0, 1]


def test_steps_without_noise_need_no_fall():
    steps = falling(0.8, noise=0.0)
    np.testing.assert_allclose(etas(steps, 1, 8), 0.8)
    assert steps.over(4, 0.995)


def test_a_score_is_compared_with_tol_alone():
    steps = falling(guess=1000.0, by_score=True)
    # minus the accuracy, from nothing at the start
    assert [steps.over(t, v) for t, v in ((4, -0.5), (8, -0.52), (12, -0.525))] == [0, 0, 1]


def test_without_a_tolerance_only_the_epochs_end_training():
    steps = falling(tol=None)
    assert not any(steps.over(t, 1.0) for t in range(1, 101))


@pytest.mark.parametrize(("n_batches", "expected"), [(1, 500), (7, 504), (100, 500), (200, 1000)])
def test_a_fall_takes_its_epochs_and_at_least_500_updates(n_batches, expected):
    X = np.random.default_rng(0).normal(size=(2 * n_batches, 1))
    samples = samples_of(X, np.arange(len(X)) % 2)
    assert fit_steps(samples, batch_size=2).stop == expected


def test_a_stream_falls_as_the_root_of_the_updates():
    steps = Endless(seen_before(), FirstStep(2.0, 1.0, None, 1.0, 1.0, 1))
    found = [steps.size(t, 1) for t in (1, 900, 2400)]
    np.testing.assert_allclose(found, [2 / np.sqrt(1 + 1 / 300), 1.0, 2 / 3])
    assert not steps.over(900, 1.0)


@pytest.mark.parametrize(
    ("loss", "factor"), [(1.0, 1.0), (0.5, 2.0), (0.25, 4.0), (0.1, 5.0), (0.0, 5.0), (4.0, 0.25)]
)
def test_the_step_grows_as_the_loss_falls_but_not_beyond_what_is_stable(loss, factor):
    first = FirstStep(0.8, 5.0, None, 1.0, 1.0, 128)
    steps = Falling(seen_before(loss), first, 4, 100, 0.01, by_score=False)
    assert steps.size(1, 128) == pytest.approx(0.8 * factor)
    assert steps.size(1, 32) == pytest.approx(0.8 * factor / 4)  # a smaller batch has more noise
    assert steps.size(1, 200) == pytest.approx(0.8 * factor)
    assert falling(0.8, guess=3.0).size(1, 1) == pytest.approx(0.8)  # ℓ begins at the guess


# 5120 samples, at least 20 batches
@pytest.mark.parametrize(("batch_size", "n_batches"), [(1, 5120), (128, 40), (256, 20), (1000, 20)])
def test_the_loss_that_the_pace_follows_is_a_mean_over_many_samples(batch_size, n_batches):
    steps = falling(batch_size=batch_size)
    for _ in range(100):
        steps.see(3.0)
    loss = 3 - 2 * (1 - 1 / n_batches) ** 100
    assert steps.running_loss == pytest.approx(loss)
    assert steps.seen.relative_loss == pytest.approx(loss)


def test_a_stream_goes_on_with_the_loss_that_it_had():
    X, y = crossed(2)
    seen, running_loss = None, np.log(2)
    for value in (0.5, 0.25, 0.125):
        steps = chunk_steps(X, y, 2, seen)
        assert steps.running_loss == pytest.approx(running_loss)
        steps.see(value)
        seen, running_loss = steps.seen, steps.running_loss


@pytest.mark.parametrize("n_batches", [1, 3, 40, np.inf])
def test_the_mean_favours_late_weights_by_their_squares_and_forgets_after_two_epochs(n_batches):
    how, mean, n, expected, n_taken = auto.averaging(n_batches), np.zeros(1), 0.0, 0.0, 0
    for t in range(1, 121):
        if not how.counts(t, t):
            continue
        n = how.take_in(np.array([float(t)]), mean, n, np.empty(1))
        n_taken += 1
        in_two_epochs = max(1.0, 2 * n_batches / how.every)
        expected += (t - expected) * max(3 / (n_taken + 2), 1 / in_two_epochs)
    assert n_taken == 120 // how.every
    assert mean[0] == pytest.approx(expected, rel=1e-12)
