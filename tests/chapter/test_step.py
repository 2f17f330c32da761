"""One gradient step in the page, against the textbook's."""

import numpy as np
import pytest

from scratch import textbook
from tests.chapter.chromium import browser_test

pytestmark = browser_test


@pytest.fixture
def lab(browser):
    browser.evaluate("live.ready")
    return browser


def choose(browser, name, value):
    browser.evaluate(
        f"$('{name}').value = '{value}'; $('{name}').dispatchEvent(new Event('input'))"
    )


def column(browser, number):
    """Return a column of the table as it is read, one text a class."""
    cells = f"[...document.querySelectorAll('#step-rows td:nth-child({number})')]"
    return browser.evaluate(f"{cells}.map((cell) => cell.textContent.replace('−', '-'))")


@pytest.mark.parametrize("origin", ["zero", "trained"])
@pytest.mark.parametrize("n_further", [0, 3])
def test_it_is_the_textbooks(lab, lesson, origin, n_further):
    choose(lab, "step-from", origin)
    choose(lab, "step-eta", "10")
    for _ in range(n_further):
        lab.click("#step-next")
    x = lesson.live.X_train[[n_further]].astype(np.float64)
    y = lesson.live.y_train[[n_further]].astype(int)
    W, b = np.zeros((10, x.shape[1])), np.zeros(10)
    if origin == "trained":
        W, b = lesson.ten.weights, lesson.ten.intercepts
    for _ in range(2):  # the second time after the step has been taken
        Z = x @ W.T + b
        assert column(lab, 2) == [f"{z:+.2f}" for z in Z[0]]
        assert column(lab, 3) == [f"{p:.3f}" for p in textbook.softmax(Z)[0]]
        gradient = textbook.cross_entropy_gradient(Z, y)[0]
        assert column(lab, 4) == [f"{g:+.3f}" for g in gradient]
        apart = lab.evaluate(
            "(({residual, W}) => [[...residual], W.map((w) => [...w])])(takeApart())"
        )
        np.testing.assert_allclose(apart[0], gradient, rtol=0, atol=1e-12)
        W, b = textbook.sgd_step(W, b, x, y, 10, 0)
        np.testing.assert_allclose(apart[1], W, rtol=0, atol=1e-12)
        after = 100 * textbook.softmax(x @ W.T + b)[0, y[0]]
        assert f"to {after:.2f}" in lab.evaluate("$('step-words').textContent")
        lab.click("#step-take")


def test_it_starts_from_the_weights_of_the_lab(lab):
    lab.click("#live-epoch")
    choose(lab, "step-from", "lab")
    assert lab.evaluate("one.W.every((w, k) => w.every((v, j) => v === live.learner.W[k][j]))")
    before = lab.evaluate("live.learner.W.map((w) => [...w])")
    lab.click("#step-take")
    assert lab.evaluate("live.learner.W.map((w) => [...w])") == before  # a copy steps
