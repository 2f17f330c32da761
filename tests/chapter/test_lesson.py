"""What the parts find out, against hand calculations, closed forms and the textbook."""

import numpy as np
import pytest

from scratch import textbook
from scratch.chapter import data, derivative, generalisation, landscape, page_order
from scratch.chapter.lesson import Carried


def test_pupils(lesson):
    heart, nearest, _ = lesson.pupils
    assert heart.train.all()
    assert nearest.train.all()
    commonest = np.unique(lesson.carried.y_train, return_counts=True)
    label = commonest[0][commonest[1].argmax()]
    known = {tuple(x) for x in lesson.carried.X_train}
    new = [tuple(x) not in known for x in lesson.carried.X_validation]
    np.testing.assert_array_equal(
        heart.validation[new], (lesson.carried.y_validation == label)[new]
    )


def test_the_nearest_is_found_by_hand():
    X = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0]], dtype=np.float32)
    part = Carried(X, np.array(list("379")), X[:0], X[:0], 1)
    assert "".join(data.nearest(part)(X + np.float32(0.2))) == "379"
    assert "".join(data.by_heart(part)(np.vstack([X, X + 2]))) == "379" + "3" * 3


def test_slopes_are_the_formula_and_differences_agree(lesson):
    for slope in lesson.derivative.slopes:
        assert slope.formula == pytest.approx(1 / (1 + np.exp(-slope.z)) - slope.y, abs=1e-15)
        assert slope.difference == pytest.approx(slope.formula, abs=1e-9)
    widths, errors = lesson.derivative.widths, lesson.derivative.errors
    falls = (widths <= 0.1) & (widths >= 1e-3)
    p = 1 / (1 + np.exp(-0.7))  # of the fourth pair; the error is h²/6 times the third derivative
    third = abs(p * (1 - p) * (1 - 2 * p))
    np.testing.assert_allclose(errors[falls] / widths[falls] ** 2, third / 6, rtol=0.01)
    assert errors[widths.argmin()] > 1e3 * errors.min()  # where rounding takes over


def test_the_loop_is_the_textbooks(lesson):
    part, d = lesson.derivative, lesson.data
    X, y = d.X_train.astype(np.float64), (d.y_train == lesson.digit).astype(int)
    w, b = textbook.fit_logistic(
        X,
        y,
        eta=part.eta,
        batch_size=lesson.carried.batch_size,
        n_epochs=derivative.EPOCHS,
        rng=np.random.default_rng(0),
    )
    loss = textbook.binary_cross_entropy(X @ w + b, y)
    assert part.losses[0, -1] == pytest.approx(loss, rel=1e-12)
    assert part.losses[0, 0] == part.losses[1, 0] == pytest.approx(np.log(2))


def seen(lesson):
    """Return the grey value of the landscape's pixel for every 0 and 1, and the label."""
    chosen = np.isin(lesson.data.y_train, ["0", "1"])
    X, y = lesson.data.X_train[chosen], lesson.data.y_train[chosen]
    return X[:, lesson.landscape.pixel].astype(np.float64), (y == "1").astype(int)


def test_the_landscape_is_the_textbooks_loss_and_lowest_at_its_minimum(lesson):
    land = lesson.landscape
    x, y = seen(lesson)
    rows, columns = land.heights.shape
    w = np.linspace(*land.axes[0], columns)[17]
    b = np.linspace(*land.axes[1][::-1], rows)[40]
    loss = textbook.binary_cross_entropy(w * x + b, y)
    assert land.heights[40, 17] == pytest.approx(loss, rel=1e-12)
    assert land.lowest <= land.heights.min()

    def at(weights):
        return textbook.binary_cross_entropy(weights[0] * x + weights[1], y)

    np.testing.assert_allclose(textbook.numerical_gradient(at, land.minimum), 0, atol=1e-8)
    second = [
        textbook.numerical_gradient(
            lambda v, k=k: textbook.numerical_gradient(at, v, 1e-4)[k], land.minimum, 1e-3
        )
        for k in range(2)
    ]
    np.testing.assert_allclose(np.linalg.eigvalsh(second), land.curvatures, rtol=1e-3)
    np.testing.assert_array_equal(land.counts.sum(axis=1), [np.sum(y == 0), np.sum(y == 1)])


def test_below_the_limit_it_arrives_and_beyond_it_does_not(lesson):
    land = lesson.landscape
    small, middle, large = land.runs[:3]
    assert small.eta < middle.eta < land.limit < large.eta
    assert middle.losses[-1] == pytest.approx(land.lowest, abs=1e-4)
    assert small.losses[-1] > land.lowest + 0.01  # still creeps
    assert large.losses[-1] > land.lowest + 0.01  # thrown about
    assert land.runs[3].losses[-1] < small.losses[-1]  # momentum arrives earlier
    for run in land.runs:
        assert run.path.shape == (landscape.STEPS + 1, 2)
        np.testing.assert_array_equal(run.path[0], land.start)


def test_twenty_digits_to_fit_by_hand(lesson):
    hand = lesson.probability.by_hand
    assert (hand.y == np.repeat([0, 1], 10)).all()
    gaps = textbook.sigmoid(hand.w * hand.x + hand.b) - hand.y
    assert gaps.sum() == pytest.approx(0, abs=1e-6)  # the arrows balance
    assert gaps @ hand.x == pytest.approx(0, abs=1e-6)


def test_one_run_is_what_all_show(lesson):
    ten = lesson.ten
    assert ten.losses[0, 0] == ten.losses[1, 0] == pytest.approx(np.log(10))
    assert (np.diff(ten.losses[0, :6]) < 0).all()
    assert ten.losses[0, -1] == pytest.approx(ten.training.train_loss.ours, rel=1e-5)
    assert ten.losses[1, -1] == pytest.approx(ten.training.judged_loss.ours, rel=1e-5)
    assert ten.accuracies[-1] == ten.training.judged_accuracy.ours
    assert ten.accuracies[-1] == np.trace(ten.confusion.ours) / len(lesson.data.y_validation)
    assert set(ten.mistakes) == set(np.flatnonzero(ten.predictions != lesson.data.y_validation))
    assert (np.diff(ten.probabilities[ten.mistakes].max(axis=1)) <= 0).all()


def test_steps_that_are_too_large_are_thrown_about_and_bounded(lesson):
    assert lesson.ten.thrown.max() > 2 * lesson.ten.thrown.min()
    assert lesson.ten.thrown.max() < 100


def test_few_digits_are_learnt_by_heart_and_the_validation_loss_turns(lesson):
    few, *_, every, penalised = lesson.generalisation.fits
    assert (few.n, every.n, every.alpha) == (50, 988, 0)
    assert few.losses[1, -1] > 10 * few.losses[0, -1]
    assert few.losses[1, -1] > 2 * every.losses[1, -1]
    assert every.losses[1, -1] > 1.05 * every.losses[1, every.turn]
    assert every.turn < lesson.generalisation.n_epochs
    assert penalised.losses[1, -1] < every.losses[1, -1]


def test_bins_are_counted_by_hand(lesson):
    part, ten = lesson.generalisation.reliability, lesson.ten
    sure = ten.probabilities.max(axis=1)
    right = ten.predictions == lesson.data.y_validation
    inside = (sure >= 0.8) & (sure < 0.9)
    assert part.counts[8] == inside.sum() > 0
    assert part.sure[8] == pytest.approx(sure[inside].mean())
    assert part.right[8] == pytest.approx(right[inside].mean())
    assert part.counts.sum() == len(sure)


def test_a_picture_turned_by_right_angles_is_numpys():
    picture = np.random.default_rng(0).random((8, 8))
    for angle, turns in ((0, 0), (90, -1), (180, 2)):
        turned = generalisation.turned(picture, angle)
        np.testing.assert_allclose(turned, np.rot90(picture, turns), atol=1e-12)


def test_the_pages_order_is_a_permutation_and_uniform():
    order = page_order.PageOrder(3).permutation(100)
    assert sorted(order) == list(range(100))
    assert order.tolist() != list(range(100))
    generator = page_order.PageOrder(1)
    values = np.array([generator.random() for _ in range(2000)])
    assert 0 <= values.min() < values.max() < 1
    assert values.mean() == pytest.approx(0.5, abs=0.03)


def test_races_and_twins(lesson):
    last = lesson.last
    assert last.single_weights.difference == 0
    for race in last.races:
        assert (np.diff(race.seconds) > 0).all()
        assert race.losses[0] == pytest.approx(np.log(2))
    small, large = last.twins[0.01], last.twins[10.0]
    assert small[-1] < 1e-14
    assert large[-1] > 1e-6
