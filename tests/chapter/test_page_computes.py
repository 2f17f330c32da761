"""Whatever the page computes equals the textbook's and the library's."""

import json

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from scratch import textbook
from scratch.chapter.page_order import PageOrder
from tests.chapter.chromium import browser_test

pytestmark = browser_test


def training_set(lesson):
    return lesson.carried.X_train.astype(np.float64), lesson.carried.y_train.astype(int)


def test_the_digits_are_the_training_and_the_validation_sets(browser, lesson):
    for name in ("train", "validation"):
        X = getattr(lesson.carried, f"X_{name}")
        np.testing.assert_array_equal(browser.evaluate(f"sets.{name}.X.map((x) => [...x])"), X)
        y = getattr(lesson.carried, f"y_{name}").astype(int).tolist()
        assert browser.evaluate(f"sets.{name}.y") == y


@pytest.mark.parametrize(
    ("eta", "alpha", "mu"), [(0.3, 0.0, 0.0), (1.5, 0.01, 0.0), (30.0, 1e-4, 0.0), (0.1, 0.01, 0.9)]
)
def test_steps_are_the_textbooks(browser, lesson, eta, alpha, mu):
    """With momentum: V ← μ V - η · gradient, W ← W + V (Polyak, 1964)."""
    X, y = training_set(lesson)
    rng = np.random.default_rng(1)
    batches = [batch for _ in range(2) for batch in textbook.minibatches(len(X), 64, rng)]
    W, b, V, v = np.zeros((10, X.shape[1])), np.zeros(10), 0.0, 0.0
    for batch in batches:
        new_W, new_b = textbook.sgd_step(W, b, X[batch], y[batch], eta, alpha)
        V, v = mu * V + new_W - W, mu * v + new_b - b
        W, b = W + V, b + v
    how = json.dumps({"eta": eta, "alpha": alpha, "mu": mu})
    lists = json.dumps([batch.tolist() for batch in batches])
    browser.evaluate(
        f"window.tried = new Learner(sets.train);"
        f"for (const batch of {lists}) atOnce(tried.step(batch, {how}))"
    )
    W_page, b_page = browser.evaluate("[tried.W.map((w) => [...w]), [...tried.b]]")
    np.testing.assert_allclose(W_page, W, rtol=0, atol=1e-6)
    np.testing.assert_allclose(b_page, b, rtol=0, atol=1e-6)
    loss = textbook.cross_entropy(X @ W.T + b, y)
    assert browser.evaluate("atOnce(judged(sets.train, tried.W, tried.b)).loss") == pytest.approx(
        loss, abs=1e-6
    )


def test_an_epochs_order_is_pythons_and_takes_every_sample_once(browser):
    orders = browser.evaluate(
        "((r) => [1, 2].map(() => minibatches(988, 64, r).flat()))(seeded(0))"
    )
    generator = PageOrder(0)
    for order in orders:
        assert order == generator.permutation(988).tolist()
        assert sorted(order) == list(range(988))


def test_steps_of_thirty_and_the_fits_are_those_of_the_text(browser, lesson):
    browser.evaluate("window.tried = new Learner(sets.train)")
    for loss in lesson.ten.thrown[:3]:
        browser.evaluate("atOnce(tried.rest({ eta: 30, batch: lesson.batchSize }))")
        shown = browser.evaluate("atOnce(tried.judge()).train")
        assert shown == pytest.approx(loss, rel=1e-6)
    few = lesson.generalisation.fits[0]
    browser.evaluate("queueFit({ n: 50, alpha: 0 })")
    history = browser.evaluate("fits.runs.last.history.map((h) => [h.train, h.validation])")
    np.testing.assert_allclose(np.array(history).T, few.losses, rtol=1e-6)
    assert browser.evaluate("lowestOf(fits.runs.last).at") == few.turn


def test_probabilities_are_predict_probas(browser, lesson):
    index = browser.evaluate("lesson.cells.index")
    ours = browser.evaluate("lesson.cells.index.map((_, k) => probabilities(cellPixels(k)))")
    assert len(index) > 100
    np.testing.assert_allclose(ours, lesson.ten.probabilities[index], rtol=0, atol=1e-6)
    sums = browser.evaluate(
        "lesson.cells.index.map((_, k) => { const r = reasons(cellPixels(k), 3, 5);"
        " return [r.parts.reduce((a, b) => a + b, 0) + r.intercept, r.sum + r.intercept]; })"
    )
    X = lesson.data.X_validation[index].astype(np.float64)
    W, b = lesson.ten.weights, lesson.ten.intercepts
    expected = X @ (W[3] - W[5]) + b[3] - b[5]
    np.testing.assert_allclose(np.array(sums), np.column_stack([expected] * 2), atol=1e-5)


@pytest.mark.parametrize("threshold", [-20, -3.5, 0, 1.25, 30])
def test_counts_are_those_of_the_validation_set(browser, lesson, threshold):
    browser.evaluate(f"setThreshold({threshold})")
    shown = browser.evaluate('["tn", "fp", "fn", "tp"].map((k) => Number($(k).textContent))')
    said = lesson.binary.scores > threshold
    assert shown == confusion_matrix(lesson.binary.truth, said).ravel().tolist()


@pytest.mark.parametrize(("miss", "alarm"), [(10, 1), (1, 1), (1, 10)])
def test_the_cheapest_is_the_textbooks(browser, lesson, miss, alarm):
    b = lesson.binary
    reached = textbook.threshold_of_least_cost(b.truth, b.scores, miss, alarm)
    cost, _ = textbook.cost_curve(b.truth, b.scores, miss, alarm)
    best = browser.evaluate(f"cheapest([{miss}, {alarm}])")
    assert best["cost"] == pytest.approx(cost.min() * len(b.truth))
    lower = b.scores[b.scores < reached]
    if np.isfinite(reached):
        assert lower.max() < best["t"] < reached
    if (miss, alarm) == (10, 1):
        assert best["t"] == pytest.approx(b.wishes[2].threshold, abs=1e-6)


def test_the_landscape_is_the_textbooks(browser, lesson):
    land, chosen = lesson.landscape, np.isin(lesson.data.y_train, ["0", "1"])
    x = lesson.data.X_train[chosen][:, land.pixel].astype(np.float64)
    y = (lesson.data.y_train[chosen] == "1").astype(int)

    def loss(at):
        return textbook.binary_cross_entropy(at[0] * x + at[1], y)

    at = np.array([2.5, -1.0])
    assert browser.evaluate("landLoss(2.5, -1)") == pytest.approx(loss(at), abs=1e-12)
    gradient = browser.evaluate("landGradient(2.5, -1)")
    np.testing.assert_allclose(gradient, textbook.numerical_gradient(loss, at), atol=1e-8)
    for run in land.runs[:4]:
        how = json.dumps({"eta": run.eta, "batch": 0, "mu": run.mu, "start": land.start.tolist()})
        path = browser.evaluate(f"walk({how}, 100)")
        np.testing.assert_allclose(path[:20], run.path[:20], atol=1e-6)


def test_one_step_is_the_textbooks(browser, lesson):
    X, y = training_set(lesson)
    i = browser.evaluate("one.index")
    target = int(y[i] == int(lesson.digit))
    for _ in range(2):
        browser.click("#step-take")
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(2):
        w, b = textbook.logistic_step(w, b, X[[i]], np.array([target]), 1.0)
    np.testing.assert_allclose(browser.evaluate("[...one.w]"), w, atol=1e-12)
    assert browser.evaluate("one.b") == pytest.approx(b, abs=1e-12)


def test_the_sigmoid_fitted_by_hand(browser, lesson):
    hand = lesson.probability.by_hand
    browser.evaluate("setFit(3, -2)")
    loss = textbook.binary_cross_entropy(3 * hand.x - 2, hand.y)
    assert browser.evaluate("$('fit-loss').textContent") == f"{loss:.3f}"
    browser.click("#fit-best")
    assert "lowest" in browser.evaluate("$('fit-says').textContent")


def test_the_reliability_of_a_run(browser, lesson):
    ours = browser.evaluate("reliabilityOf(model)")
    part = lesson.generalisation.reliability
    assert [bin_["n"] for bin_ in ours] == part.counts.tolist()
    np.testing.assert_allclose([bin_["right"] for bin_ in ours], part.right, atol=1e-9)


def test_a_digit_turned_is_the_lessons(browser, lesson):
    part = lesson.generalisation
    turned = browser.evaluate(
        "((seven) => [0, 45, 90, 135, 180].map((a) => [...turnedBy(seven, a)]))"
        "(pixelsOf(sets.validation.bytes, lesson.seven))"
    )
    for ours, oddity in zip(turned, part.turned, strict=True):
        np.testing.assert_allclose(np.array(ours) / lesson.data.white, oddity.pixels, atol=1e-6)


def test_roundings_grow_with_large_steps_alone(browser):
    small, large = (browser.evaluate(f"atOnce(twins({eta}, 3000)).at(-1)") for eta in (0.01, 10))
    assert small < 1e-14
    assert large > 1e-6
    assert browser.evaluate("checked('twin')") == "10"
