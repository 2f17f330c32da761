"""Why the classifier says what it says: the page's sums make the classifier's scores."""

import numpy as np

from tests.chapter.chromium import browser_test

pytestmark = browser_test


def sums(browser):
    """Return what the table says: rows sum, intercept, score; columns winner, rival, difference."""
    texts = browser.evaluate(
        "['sum', 'intercept', 'score'].map((row) => [0, 1, 2].map((n) =>"
        " $(`why-${row}-${n}`).textContent.replace('−', '-')))"
    )
    return np.array(texts, dtype=float)


def scores(lesson, x):
    return lesson.ten.weights @ x.astype(np.float64) + lesson.ten.intercepts


def test_parts_sum_to_the_scores(browser, lesson):
    index = browser.evaluate("lesson.cells.index")
    parts = browser.evaluate(
        "lesson.cells.index.map((_, i) => [...lesson.classes].map((_, k) =>"
        " ((part) => [part.parts.reduce((a, b) => a + b, 0) + part.intercept, part.score])"
        "(partsOf(pixelsOf(i), k))))"
    )
    expected = lesson.data.X_test[index].astype(np.float64) @ lesson.ten.weights.T
    expected += lesson.ten.intercepts
    np.testing.assert_allclose(np.array(parts)[:, :, 0], expected, rtol=0, atol=1e-9)
    np.testing.assert_allclose(np.array(parts)[:, :, 1], expected, rtol=0, atol=1e-9)


def test_a_mistake_is_explained_against_the_truth(browser, lesson):
    browser.click("#mistake")
    truth = int(browser.evaluate("$('verdict').textContent.match(/A test digit, (.)/)[1]"))
    said = int(browser.evaluate("$('verdict').textContent.match(/says (.)/)[1]"))
    headings = browser.evaluate("[...document.querySelectorAll('.why th')].map((h) => h.innerText)")
    assert headings[:3] == [f"for {said}", f"for {truth}", f"{said} rather than {truth}"]
    pixels = np.array(browser.evaluate("[...shown]"), dtype=np.float32) / lesson.data.white
    z = scores(lesson, pixels)
    shown = sums(browser)
    difference = z[said] - z[truth]
    np.testing.assert_allclose(shown[2], [z[said], z[truth], difference], rtol=0, atol=0.0051)
    np.testing.assert_allclose(shown[0] + shown[1], shown[2], rtol=0, atol=0.0101)
    assert difference > 0


def test_a_cells_digit_can_be_asked_about(browser, lesson):
    matrix = lesson.ten.confusion.ours
    errors = matrix - np.diag(np.diag(matrix))
    i, j = np.unravel_index(errors.argmax(), errors.shape)
    browser.click(f"#matrix tr:nth-child({i + 2}) td:nth-child({j + 2}) button")
    browser.click("#cell button")
    assert browser.evaluate("document.activeElement.id") == "why-rival"
    assert browser.evaluate("$('why-rival').value") == str(i)
    assert f"the classifier says {j}" in browser.evaluate("$('verdict').textContent")


def test_another_rival_can_be_chosen(browser):
    browser.click("#sample")
    browser.evaluate("$('why-rival').value = 3; $('why-rival').dispatchEvent(new Event('input'))")
    assert "that of 3." in browser.evaluate("$('why-words').textContent")


def test_a_narrow_zero_is_explained(browser):
    """On 8 × 8 pixels its hole closes, and the ink there speaks against a 0."""
    browser.click("#narrow")
    assert "the classifier says 1" in browser.evaluate("$('verdict').textContent")
    words = browser.evaluate("$('why-words').textContent")
    assert "For 1: centre +" in words  # the centre is what most of the difference comes from
    assert "a narrow hole closes" in words
    centre = browser.evaluate("byRegion(partsOf(pixelsOfStrokes(), 0).parts)")[0]
    assert centre[0] == "centre"
    assert centre[1] < 0


def test_nothing_is_explained_of_an_empty_pad(browser):
    browser.click("#narrow")
    browser.click("#clear")
    assert browser.evaluate("$('why').hidden")
