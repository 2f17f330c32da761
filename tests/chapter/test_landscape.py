"""The landscape of the loss: the page's and the lesson's, against the textbook."""

import json

import numpy as np
import pytest

from scratch import textbook
from tests.chapter.chromium import browser_test


def seen(lesson):
    """Return what the two-weight classifier sees, (n, 2), and the targets."""
    land = lesson.landscape
    X = lesson.live.X_train[:, land.pixels].astype(np.float64)
    return (X - land.means) / land.spreads, (lesson.live.y_train == lesson.digit).astype(int)


def test_its_loss_is_the_textbooks_and_lowest_at_the_optimum(lesson):
    land = lesson.landscape
    x, y = seen(lesson)
    loss = textbook.binary_cross_entropy(
        x @ [land.axes[0, 7], land.axes[1, 40]] + land.intercept, y
    )
    assert land.losses[40, 7] == pytest.approx(loss, rel=1e-12)
    at_optimum = textbook.binary_cross_entropy(x @ land.optimum + land.intercept, y)
    assert at_optimum <= land.losses.min()
    gradient = textbook.binary_cross_entropy_gradient(x @ land.optimum + land.intercept, y) @ x
    np.testing.assert_allclose(gradient, 0, atol=1e-6)


def test_small_steps_arrive_and_large_ones_overshoot(lesson):
    land = lesson.landscape
    x, y = seen(lesson)
    losses = {
        key: textbook.binary_cross_entropy(x @ path[-1] + land.intercept, y)
        for key, path in land.paths.items()
    }
    least = textbook.binary_cross_entropy(x @ land.optimum + land.intercept, y)
    assert losses["all samples", 0.5] < 1.1 * least
    assert losses["one sample", 10] > 2 * losses["one sample", 0.5]
    for path in land.paths.values():
        assert path.shape == (101, 2)
        assert not path[0].any()


def test_the_two_pixels_say_more_than_most(lesson):
    """Their correlation with the target is larger than that of three quarters of the pixels."""
    X, y = lesson.live.X_train, lesson.live.y_train == lesson.digit
    inked = X.std(axis=0) > 0.1
    strength = np.abs([np.corrcoef(X[:, j], y)[0, 1] for j in np.flatnonzero(inked)])
    first = lesson.landscape.pixels[0]
    assert abs(np.corrcoef(X[:, first], y)[0, 1]) == pytest.approx(strength.max())


@pytest.fixture
def lab(browser):
    browser.evaluate("live.ready")
    return browser


@browser_test
def test_steps_and_loss_are_the_textbooks(lab, lesson):
    land = lesson.landscape
    x, y = seen(lesson)
    w = np.array([0.7, -0.4])
    batch = np.arange(50, 90)
    gradient = textbook.binary_cross_entropy_gradient(x[batch] @ w + land.intercept, y[batch])
    expected = w - 3 * gradient @ x[batch]
    stepped = lab.evaluate(f"landStep([0.7, -0.4], {json.dumps(batch.tolist())}, 3)")
    np.testing.assert_allclose(stepped, expected, rtol=0, atol=1e-9)
    loss = textbook.binary_cross_entropy(x @ w + land.intercept, y)
    assert lab.evaluate("landLoss([0.7, -0.4])") == pytest.approx(loss, abs=1e-9)


@browser_test
def test_full_batch_path_is_the_lessons(lab, lesson):
    path = lab.evaluate("walk(10, land.y.length, 100)")
    np.testing.assert_allclose(path, lesson.landscape.paths["all samples", 10], atol=1e-6)


@browser_test
def test_roundings_grow_with_large_steps_alone(lab):
    small, large = (lab.evaluate(f"twins({eta}, 4000)[3999]") for eta in (0.01, 3))
    assert small < 1e-14
    assert large > 1e-6


@browser_test
def test_choosing_another_step_redraws(lab):
    before = lab.evaluate("$('land-rows').innerText")
    lab.evaluate("$('land-eta').value = '10'; $('land-eta').dispatchEvent(new Event('input'))")
    assert lab.evaluate("$('land-rows').innerText") != before
    assert "on one sample" in lab.evaluate("$('land-words').textContent")
    assert "steps of 10" in lab.evaluate("$('twin-chart').innerText")
