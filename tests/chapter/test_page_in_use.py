"""The page as somebody uses it: guesses, drags, drawings, kept runs, links, presenting."""

import json

import pytest

from scratch.chapter.parts import PARTS, questions
from tests.chapter.chromium import browser_test

pytestmark = browser_test


def wait(browser, milliseconds):
    browser.evaluate(f"new Promise((done) => setTimeout(done, {milliseconds}))")


def follow(browser, link):
    """Open the page anew with a link's state."""
    address = browser.evaluate("location.href.split('#')[0]")
    browser.open("about:blank")
    browser.open(address + link)
    browser.evaluate("started")


def test_the_first_screen(browser, lesson):
    i = lesson.ten.mistakes[0]
    truth, said = lesson.data.y_validation[i], lesson.ten.predictions[i]
    verdict = "$('hero-verdict').textContent"
    assert browser.evaluate(verdict).startswith("Wrong, ")
    assert browser.evaluate(verdict).endswith(f"{truth}.")
    bars = "[...document.querySelectorAll('#bars .tag')].map((t) => t.textContent)"
    assert browser.evaluate(bars)[int(said)] == "says"
    assert browser.evaluate(bars)[int(truth)] == "is"
    before = browser.evaluate("$('hero-sum').textContent")
    browser.click("[data-shift='-1']")
    assert browser.evaluate("$('hero-sum').textContent") != before
    browser.click("#back")
    assert browser.evaluate("$('hero-sum').textContent") == before
    browser.click("#digit")
    assert browser.evaluate("$('hero-sum').textContent") != before


def test_a_guess_is_answered(browser, lesson):
    for name, question in questions(lesson).items():
        form = f"#guess-{name}"
        browser.evaluate(f"document.querySelector('{form} label:not([data-right]) input').click()")
        browser.evaluate(f"document.querySelector('{form} button').click()")
        said = browser.evaluate(f"document.querySelector('{form} .committed').textContent")
        assert "✗ It is" in said
        assert question.answer in said
    assert not browser.evaluate("$('part-8').classList.contains('is-shut')")
    browser.evaluate("fits.busy")


def test_momentum_arrives_and_runs_are_kept(browser, lesson):
    calm = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.send("Emulation.setEmulatedMedia", features=calm)
    small = lesson.landscape.etas[0]
    for mu in (0, 0.9):
        browser.evaluate(f"setLandscape({{eta: {small}, batch: 0, mu: {mu}}})")
        browser.click("#run")
    rows = browser.evaluate(
        "[...$('runs').rows].map((row) => [...row.cells].map((c) => c.innerText))"
    )
    assert [row[3] for row in rows] == ["0", "0.9"]
    assert float(rows[1][5]) < float(rows[0][5])  # the loss
    assert "arrived" in browser.evaluate("$('land-says').textContent")
    assert browser.evaluate("document.querySelectorAll('#runs-layer .ghost').length") == 1
    assert browser.evaluate("document.querySelectorAll('#losses .badge').length") == 2
    browser.click("[data-remove='1']")
    assert browser.evaluate("$('runs').rows.length") == 1
    before = browser.evaluate("lab4.start")
    x, y = browser.middle("#start-handle .ring")
    browser.drag([(x, y), (x + 20, y + 10), (x + 40, y + 20)])
    after = browser.evaluate("lab4.start")
    assert after[0] > before[0]
    assert after[1] < before[1]


def test_digits_change_sides(browser, lesson):
    b = lesson.binary
    browser.evaluate("setThreshold(0)")
    wrong = "judged5.digits.filter((d) => d.is !== d.score > five.at).length"
    assert browser.evaluate(wrong) == ((b.scores > 0) != b.truth).sum()
    before = browser.evaluate("$('strip').firstElementChild.toDataURL()")
    browser.evaluate("$('threshold').value = -3; $('threshold').dispatchEvent(new Event('input'))")
    assert browser.evaluate(wrong) == ((b.scores > -3) != b.truth).sum()
    assert browser.evaluate("$('strip').firstElementChild.toDataURL()") != before
    browser.click("#next-miss")
    assert "a miss" in browser.evaluate("$('picked').textContent")
    browser.evaluate("$('strip').firstElementChild.focus()")
    first = browser.evaluate("five.picked.i")
    browser.press("ArrowRight")
    assert browser.evaluate("five.picked.i") != first


def test_the_lab_trains_and_the_pad_may_read_its_weights(browser):
    browser.click("#lab-step")
    browser.evaluate("lab.busy")
    assert browser.evaluate("lab.learner.updates") == 1
    browser.click("#lab-epoch")
    browser.evaluate("lab.busy")
    assert browser.evaluate("lab.learner.epoch") == 1
    assert browser.evaluate("$('lab-runs').rows.length") == 1
    browser.evaluate("lab.eta.value = 30")
    browser.evaluate("runLab(2)")
    assert browser.evaluate("[...$('lab-runs').rows].map((r) => r.cells[1].innerText)") == [
        "0.3",
        "30",
    ]
    browser.click("#sample")
    first = browser.evaluate("$('pad-sum').textContent")
    browser.evaluate("check('reader', 'lab'); refreshPad()")
    assert "yours, after" in browser.evaluate("$('verdict').textContent")
    assert browser.evaluate("$('pad-sum').textContent") != first


def test_the_pad_judges_a_drawing_and_no_dot(browser):
    x, y = browser.middle("#pad")
    verdict = "$('verdict').textContent"
    browser.drag([(x, y), (x, y)])
    assert browser.evaluate(verdict) == "A dot is no digit yet: draw on."
    browser.click("#clear")
    x, y = browser.middle("#pad")
    right = {"button": "right", "clickCount": 1, "x": x, "y": y}
    for kind, buttons in (("mousePressed", 2), ("mouseReleased", 0)):
        browser.send("Input.dispatchMouseEvent", type=kind, buttons=buttons, **right)
    assert browser.evaluate(verdict) == "Nothing is drawn yet."
    browser.drag([(x, y - 80 + 10 * k) for k in range(17)])
    assert "Read by the chapter's weights: a 1" in browser.evaluate(verdict)
    assert "intercept" in browser.evaluate("$('pad-sum').textContent")
    browser.click("#mistake")
    said = browser.evaluate(verdict)
    assert "Wrong: it is" in said
    x, y = browser.middle("#pad")
    browser.drag([(x, y), (x, y)])  # a stray click wipes nothing
    assert browser.evaluate(verdict) == said


def test_a_narrow_zero_is_explained(browser):
    browser.click("#narrow")
    assert "a narrow hole closes" in browser.evaluate("$('pad-rest').textContent")
    assert browser.evaluate("$('rival').value") == "0"


def test_drawing_by_keyboard(browser):
    browser.evaluate("$('pad').focus()")
    browser.press("ArrowDown")
    browser.press(" ")
    for _ in range(8):
        browser.press("ArrowDown")
    assert "Read by" in browser.evaluate("$('verdict').textContent")
    assert browser.evaluate("$('pen').textContent").startswith("Pen down")


def test_a_cell_of_the_matrix_shows_its_digits(browser, lesson):
    matrix = lesson.ten.confusion.ours
    browser.evaluate("matrix.buttons[88].click()")
    assert f"An 8, rightly called 8: {matrix[8, 8]}" in browser.evaluate("$('cell').innerText")
    browser.evaluate("matrix.buttons[0].focus()")
    for key, label in [
        ("ArrowRight", "is 0, called 1"),
        ("ArrowDown", "is 1, called 1"),
        ("ArrowLeft", "is 1, called 0"),
        ("ArrowLeft", "is 1, called 0"),
    ]:
        browser.press(key)
        assert browser.evaluate("document.activeElement.ariaLabel").startswith(label)


@pytest.mark.parametrize(
    ("set_it", "name", "seen"),
    [
        ("setFit(5, -2)", "fit", "[$('fit-w').value, $('fit-b').value]"),
        ("setPrices(7, 2); setThreshold(-1.5)", "threshold", "[five.at, ...prices()]"),
        ("showCell(8, 1)", "cell", "matrix.at"),
        (
            "addRun({eta: 10, batch: 0, mu: 0}); moveStart(2, 1);"
            " addRun({eta: 3, batch: 1, mu: 0.5});"
            " setLandscape({eta: 3, batch: 1, mu: 0.5}); drawLandscape()",
            "land",
            "[landSetting(), lab4.start, lab4.runs.all.map((r) => [r.eta, r.losses.at(-1)])]",
        ),
        (
            "clearPad(); pad.strokes = [[[0.5, 0.2], [0.5, 0.8]], [[0.2, 0.5], [0.8, 0.5]]];"
            " refreshPad()",
            "pad",
            "[$('verdict').textContent, pad.strokes.length]",
        ),
    ],
    ids=["fit", "threshold", "cell", "land", "pad"],
)
def test_the_state_is_in_the_link(browser, set_it, name, seen):
    browser.evaluate(f"{set_it}; 0")
    link, before = browser.evaluate(f"[$('link-{name}').textContent, {seen}]")
    assert link.startswith("#part-")
    follow(browser, link)
    assert json.dumps(browser.evaluate(seen)) == json.dumps(before)
    browser.events.clear()
    browser.open(browser.evaluate("location.href.split('#')[0]"))  # for the fixture's last look


@pytest.mark.parametrize("link", ["#part-4&of=land&eta=nonsense&runs=;;:", "#part-9&of=fit&w=1e9"])
def test_a_link_that_somebody_changed_does_no_harm(browser, link):
    follow(browser, link)
    assert browser.evaluate("landSetting().eta") == pytest.approx(1)
    assert browser.evaluate("$('fit-w').value") == "0"
    browser.events.clear()
    browser.open(browser.evaluate("location.href.split('#')[0]"))


def test_presenting(browser):
    browser.view(1280, 720)
    browser.click("#present")
    shown = "[...document.querySelectorAll('.part')].filter((p) => p.offsetHeight).map((p) => p.id)"
    assert browser.evaluate(shown) == ["start"]
    for part in PARTS:
        browser.press("ArrowRight")
        assert browser.evaluate(shown) == [f"part-{part.number}"]
        tabs = browser.evaluate("[...document.querySelectorAll('.tab')].map((t) => t.textContent)")
        assert tabs == list(part.steps)
        first = f"document.querySelector('#part-{part.number}')"
        for step in range(len(part.steps)):
            if step:
                browser.press("ArrowDown")
            over = "(p) => Math.max(p.scrollWidth - p.clientWidth, p.scrollHeight - p.clientHeight)"
            assert browser.evaluate(f"({over})({first})") <= 2, (part.number, step)
    browser.press("ArrowUp")
    current = "document.querySelector('.tab[aria-current]').textContent"
    assert browser.evaluate(current) == PARTS[-1].steps[-2]
    browser.press("Escape")
    assert len(browser.evaluate(shown)) == len(PARTS) + 2


def test_formula_and_code_light_each_other(browser):
    x, y = browser.middle("#part-4 .rows [data-link='2']")
    browser.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    lit = "[...document.querySelectorAll('.link.on')].map((node) => node.tagName)"
    assert browser.evaluate(lit) == ["LI", "DIV"]
