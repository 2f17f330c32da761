"""Training in the page, in a real browser, against the textbook's."""

import json

import numpy as np
import pytest
from scratch.solvers.minibatch.auto import _JITTER, largest_eigenvalue

from scratch import textbook
from tests.chapter.chromium import browser_test

pytestmark = browser_test


@pytest.fixture
def lab(browser):
    """The browser, once the page has unpacked its digits."""
    browser.evaluate("live.ready")
    return browser


def training_set(lesson):
    return lesson.live.X_train.astype(np.float64), lesson.live.y_train.astype(int)


def weights_shown(browser):
    W, b = browser.evaluate("[live.learner.W.map((w) => [...w]), [...live.learner.b]]")
    return np.array(W), np.array(b)


def test_the_digits_are_the_training_sets(lab, lesson):
    X, y = training_set(lesson)
    assert len(X) == len(lesson.data.X_train)  # of the small digits, all
    np.testing.assert_array_equal(lab.evaluate("live.train.X.map((x) => [...x])"), X)
    assert lab.evaluate("live.train.y") == y.tolist()
    assert lab.evaluate("live.test.y") == lesson.live.y_test.astype(int).tolist()


@pytest.mark.parametrize(("eta", "alpha"), [(0.3, 0.0), (1.5, 0.01), (30.0, 1e-4)])
def test_steps_are_the_textbooks(lab, lesson, eta, alpha):
    X, y = training_set(lesson)
    rng = np.random.default_rng(1)
    batches = [batch for _ in range(2) for batch in textbook.minibatches(len(X), 64, rng)]
    W, b = np.zeros((10, X.shape[1])), np.zeros(10)
    for batch in batches:
        W, b = textbook.sgd_step(W, b, X[batch], y[batch], eta, alpha)
    how = json.dumps({"eta": eta, "alpha": alpha, "momentum": 0})
    lists = json.dumps([batch.tolist() for batch in batches])
    lab.evaluate(f"for (const batch of {lists}) live.learner.step(batch, {how})")
    W_page, b_page = weights_shown(lab)
    np.testing.assert_allclose(W_page, W, rtol=0, atol=1e-6)
    np.testing.assert_allclose(b_page, b, rtol=0, atol=1e-6)
    loss = textbook.cross_entropy(X @ W.T + b, y)
    assert lab.evaluate("live.learner.judge(live.train).loss") == pytest.approx(loss, abs=1e-6)


def test_momentum_is_the_velocity_of_the_docstring(lab, lesson):
    """V ← momentum · V - η · gradient, W ← W + V (Polyak, 1964), spelled out with the textbook."""
    X, y = training_set(lesson)
    W, b, V, v = np.zeros((10, X.shape[1])), np.zeros(10), 0.0, 0.0
    for _ in range(5):
        G = textbook.cross_entropy_gradient(X[:50] @ W.T + b, y[:50])
        V, v = 0.9 * V - 0.1 * (G.T @ X[:50] + 0.01 * W), 0.9 * v - 0.1 * G.sum(axis=0)
        W, b = W + V, b + v
    batch = list(range(50))
    how = json.dumps({"eta": 0.1, "alpha": 0.01, "momentum": 0.9})
    lab.evaluate(f"for (let i = 0; i < 5; i++) live.learner.step({batch}, {how})")
    for shown, expected in zip(weights_shown(lab), (W, b), strict=True):
        np.testing.assert_allclose(shown, expected, rtol=0, atol=1e-12)


def test_an_epoch_takes_every_sample_once(lab, lesson):
    n = len(lesson.live.X_train)
    sizes = lab.evaluate(f"minibatches({n}, 64, seeded(3)).map((batch) => batch.length)")
    assert sizes == [64] * (n // 64) + [n % 64]
    order = lab.evaluate(f"minibatches({n}, 64, seeded(3)).flat()")
    assert order != sorted(order)
    assert sorted(order) == list(range(n))


@pytest.mark.parametrize("settings", [(64, 0.9), (1, 0.0), (256, 0.99), (1347, 0.5)])
def test_auto_is_the_librarys_rule_for_these_pixels(lab, lesson, settings):
    """η₀ = 1.5 (1 + m) / (h λ + 1.5 (1 + m)/(1 - m) · 2 ν T/H), for the pixels as they are."""
    batch_size, m = settings
    X, y = training_set(lesson)
    n, targets, weights = len(X), np.eye(10)[y].T, np.full(len(X), 1 / len(X))
    with_constant = np.column_stack([X, np.ones(n)])
    residuals = targets.mean(axis=1, keepdims=True) - targets  # (10, n)
    T = np.mean(np.sum(residuals**2, axis=0) * np.sum(with_constant**2, axis=1))  # of gradients
    bound = largest_eigenvalue(with_constant, weights) / np.sqrt(20)
    H = -targets.mean(axis=1) @ np.log(targets.mean(axis=1))
    noise = (1 / batch_size - 1 / n) / (1 - 1 / n)
    expected = 1.5 * (1 + m) / (bound + 1.5 * (1 + m) / (1 - m) * noise * T / (4 * _JITTER * H))
    how = json.dumps({"batchSize": batch_size, "momentum": m})
    shown = lab.evaluate(f"automatic({how}, {n}, lesson.live.auto)")
    assert shown == pytest.approx(expected, rel=1e-3)


def change(browser, name, value):
    browser.evaluate(
        f"$('{name}').value = {json.dumps(value)}; $('{name}').dispatchEvent(new Event('input'))"
    )


def numbers(browser):
    names = ("epochs", "updates", "train-loss", "test-loss")
    return [float(browser.evaluate(f"$('live-{n}').textContent").replace(",", "")) for n in names]


def test_step_epoch_run_reset(lab, lesson):
    n_batches = -(-len(lesson.live.X_train) // 64)
    start = numbers(lab)
    assert start == [0, 0, pytest.approx(np.log(10), abs=1e-3), pytest.approx(np.log(10), abs=1e-3)]
    lab.click("#live-step")
    assert numbers(lab)[1] == 1
    lab.click("#live-epoch")  # the rest of the epoch that the step began
    assert numbers(lab)[:2] == [1, n_batches]
    picture = "document.querySelector('#live-weights canvas').toDataURL()"
    before = lab.evaluate(picture)
    lab.click("#live-run")
    lab.evaluate("new Promise((done) => setTimeout(done, 800))")
    lab.click("#live-run")
    epochs, updates, train_loss, test_loss = numbers(lab)
    assert epochs > 2
    assert updates == epochs * n_batches
    assert lab.evaluate(picture) != before
    X, y = training_set(lesson)
    W, b = weights_shown(lab)
    assert train_loss == pytest.approx(textbook.cross_entropy(X @ W.T + b, y), rel=1e-3)
    X, y = lesson.live.X_test, lesson.live.y_test.astype(int)
    assert test_loss == pytest.approx(textbook.cross_entropy(X @ W.T + b, y), rel=1e-3)
    right = textbook.accuracy(y, (X @ W.T + b).argmax(axis=1))
    assert lab.evaluate("$('live-test-accuracy').textContent") == f"{100 * right:.2f}\xa0%"
    lab.click("#live-reset")
    assert numbers(lab) == start


def test_diverging_says_so(lab):
    change(lab, "live-eta", 2)
    lab.click("#live-step")
    lab.click("#live-step")
    assert lab.evaluate("$('live-state').textContent").startswith(
        "Diverging: the loss is above 2.303"
    )
    change(lab, "live-alpha", "1")  # 1 - ηα = -99: the weights grow without end
    for _ in range(15):
        lab.click("#live-epoch")
    assert lab.evaluate("$('live-state').textContent").startswith("Diverged")
    lab.click("#live-reset")
    assert lab.evaluate("$('live-state').textContent") == ""


def test_auto_ends_where_fit_ends(lab, lesson):
    lab.click("#live-auto")
    lab.evaluate(f"for (let i = 0; i < {lesson.live.epochs}; i++) oneEpoch(); noteLive()")
    assert lab.evaluate("$('live-state').dataset.state") == "finished"
    assert numbers(lab)[0] == lesson.live.epochs
    assert lab.evaluate("stepNow(liveSettings())") == 0
