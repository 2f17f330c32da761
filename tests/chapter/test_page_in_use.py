"""The page as somebody uses it: guesses, drags, drawings, kept runs, links, presenting."""

import json

import pytest

from scratch.chapter.parts import PARTS, questions
from tests.chapter.chromium import browser_test

pytestmark = browser_test


def wait(browser, milliseconds):
    browser.evaluate(f"new Promise((done) => setTimeout(done, {milliseconds}))")


def settle(browser):
    """Wait until the pictures of the threshold and the pad show the newest state."""
    browser.evaluate("Promise.all([five.busy, pad.busy])")


def follow(browser, address, link):
    """Open the page anew with a link's state."""
    browser.open("about:blank")
    browser.open(address + link)
    browser.evaluate("started")
    settle(browser)


def test_the_first_screen(fresh, lesson):
    i = lesson.ten.mistakes[0]
    truth, said = lesson.data.y_validation[i], lesson.ten.predictions[i]
    verdict = "$('hero-verdict').textContent"
    assert fresh.evaluate(verdict).startswith("Wrong, ")
    assert fresh.evaluate(verdict).endswith(f"{truth}.")
    bars = "[...document.querySelectorAll('#bars .tag')].map((t) => t.textContent)"
    assert fresh.evaluate(bars)[int(said)] == "says"
    assert fresh.evaluate(bars)[int(truth)] == "is"
    before = fresh.evaluate("$('hero-sum').textContent")
    fresh.click("[data-shift='-1']")
    assert fresh.evaluate("$('hero-sum').textContent") != before
    fresh.click("#back")
    assert fresh.evaluate("$('hero-sum').textContent") == before
    fresh.click("#digit")
    assert fresh.evaluate("$('hero-sum').textContent") != before


def test_a_guess_is_answered(fresh, lesson):
    for name, question in questions(lesson).items():
        form = f"#guess-{name}"
        fresh.evaluate(f"document.querySelector('{form} label:not([data-right]) input').click()")
        fresh.evaluate(f"document.querySelector('{form} button').click()")
        said = fresh.evaluate(f"document.querySelector('{form} .committed').textContent")
        assert "✗ It is" in said
        assert question.answer in " ".join(said.split())  # no line ends before a %
    assert not fresh.evaluate("$('part-8').classList.contains('is-shut')")
    fresh.evaluate("fits.busy")


def test_momentum_arrives_and_runs_are_kept(fresh, lesson):
    calm = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    fresh.send("Emulation.setEmulatedMedia", features=calm)
    small = lesson.landscape.etas[0]
    for mu in (0, 0.9):
        fresh.evaluate(f"setLandscape({{eta: {small}, batch: 0, mu: {mu}}})")
        fresh.click("#run")
    rows = fresh.evaluate(
        "[...$('runs').rows].map((row) => [...row.cells].map((c) => c.innerText))"
    )
    assert [row[3] for row in rows] == ["0", "0.9"]
    assert float(rows[1][5]) < float(rows[0][5])  # the loss
    assert "arrived" in fresh.evaluate("$('land-says').textContent")
    assert fresh.evaluate("document.querySelectorAll('#runs-layer .ghost').length") == 1
    assert fresh.evaluate("document.querySelectorAll('#losses .badge').length") == 2
    fresh.click("[data-remove='1']")
    assert fresh.evaluate("$('runs').rows.length") == 1
    before = fresh.evaluate("lab4.start")
    x, y = fresh.middle("#start-handle .ring")
    fresh.drag([(x, y), (x + 20, y + 10), (x + 40, y + 20)])
    after = fresh.evaluate("lab4.start")
    assert after[0] > before[0]
    assert after[1] < before[1]


def test_digits_change_sides(browser, lesson):
    b = lesson.binary
    browser.evaluate("setThreshold(0)")
    wrong = "judged5.digits.filter((d) => d.is !== d.score > five.at).length"
    assert browser.evaluate(wrong) == ((b.scores > 0) != b.truth).sum()
    settle(browser)
    before = browser.evaluate("$('strip').firstElementChild.toDataURL()")
    browser.evaluate("$('threshold').value = -3; $('threshold').dispatchEvent(new Event('input'))")
    settle(browser)
    assert browser.evaluate(wrong) == ((b.scores > -3) != b.truth).sum()
    assert browser.evaluate("$('strip').firstElementChild.toDataURL()") != before
    browser.click("#next-miss")
    assert "a miss" in browser.evaluate("$('picked').textContent")
    browser.evaluate("$('strip').firstElementChild.focus()")
    first = browser.evaluate("five.picked.i")
    browser.press("ArrowRight")
    assert browser.evaluate("five.picked.i") != first


def test_the_lab_trains_and_the_pad_may_read_its_weights(fresh):
    fresh.click("#lab-step")
    fresh.evaluate("lab.busy")
    assert fresh.evaluate("lab.learner.updates") == 1
    fresh.click("#lab-epoch")
    fresh.evaluate("lab.busy")
    assert fresh.evaluate("lab.learner.epoch") == 1
    assert fresh.evaluate("$('lab-runs').rows.length") == 1
    fresh.evaluate("lab.eta.value = 30")
    fresh.evaluate("runLab(2)")
    assert fresh.evaluate("[...$('lab-runs').rows].map((r) => r.cells[1].innerText)") == [
        "0.3",
        "30",
    ]
    fresh.click("#sample")
    settle(fresh)
    first = fresh.evaluate("$('pad-sum').textContent")
    fresh.evaluate("check('reader', 'lab'); refreshPad()")
    settle(fresh)
    assert "yours, after" in fresh.evaluate("$('verdict').textContent")
    assert fresh.evaluate("$('pad-sum').textContent") != first


def test_the_pad_judges_a_drawing_and_no_dot(fresh):
    fresh.click("#clear")
    x, y = fresh.middle("#pad")
    verdict = "$('verdict').textContent"
    fresh.drag([(x, y), (x, y)])
    settle(fresh)
    assert fresh.evaluate(verdict) == "A dot is no digit yet: draw on."
    fresh.click("#clear")
    x, y = fresh.middle("#pad")
    right = {"button": "right", "clickCount": 1, "x": x, "y": y}
    for kind, buttons in (("mousePressed", 2), ("mouseReleased", 0)):
        fresh.send("Input.dispatchMouseEvent", type=kind, buttons=buttons, **right)
    settle(fresh)
    assert fresh.evaluate(verdict) == "Nothing is drawn yet."
    fresh.drag([(x, y - 80 + 10 * k) for k in range(17)])
    settle(fresh)
    assert "Read by the chapter's weights: a 1" in fresh.evaluate(verdict)
    assert "intercept" in fresh.evaluate("$('pad-sum').textContent")
    fresh.click("#mistake")
    settle(fresh)
    said = fresh.evaluate(verdict)
    assert "Wrong: it is" in said
    x, y = fresh.middle("#pad")
    fresh.drag([(x, y), (x, y)])  # a stray click wipes nothing
    settle(fresh)
    assert fresh.evaluate(verdict) == said


def test_a_narrow_zero_is_explained(browser):
    browser.click("#narrow")
    settle(browser)
    assert "a narrow hole closes" in browser.evaluate("$('pad-rest').textContent")
    assert browser.evaluate("$('rival').value") == "0"


def test_drawing_by_keyboard(browser):
    browser.click("#clear")
    browser.evaluate("$('pad').focus()")
    browser.press("ArrowDown")
    browser.press(" ")
    for _ in range(8):
        browser.press("ArrowDown")
    settle(browser)
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
def test_the_state_is_in_the_link(browser, address, set_it, name, seen):
    browser.evaluate(f"{set_it}; 0")
    settle(browser)
    link, before = browser.evaluate(f"[$('link-{name}').textContent, {seen}]")
    assert link.startswith("#part-")
    follow(browser, address, link)
    assert json.dumps(browser.evaluate(seen)) == json.dumps(before)


@pytest.mark.parametrize("link", ["#part-4&of=land&eta=nonsense&runs=;;:", "#part-9&of=fit&w=1e9"])
def test_a_link_that_somebody_changed_does_no_harm(browser, address, link):
    follow(browser, address, link)
    assert browser.evaluate("landSetting().eta") == pytest.approx(1)
    assert browser.evaluate("$('fit-w').value") == "0"


def test_presenting(fresh):
    fresh.view(1280, 720)
    fresh.click("#present")
    shown = "[...document.querySelectorAll('.part')].filter((p) => p.offsetHeight).map((p) => p.id)"
    settled = "new Promise((done) => setTimeout(() => { fitStage(); done(); }, 100))"
    assert fresh.evaluate(shown) == ["start"]
    for part in PARTS:
        stage = f"document.querySelector('#part-{part.number}')"
        for names in part.screens:
            fresh.press("ArrowRight")
            assert fresh.evaluate(shown) == [f"part-{part.number}"]
            tabs = "[...document.querySelectorAll('.tab')].map((t) => t.textContent)"
            assert fresh.evaluate(tabs) == list(names)
            assert 1 <= len(names) <= 3
            for step in range(len(names)):
                if step:
                    fresh.press("ArrowDown")
                fresh.evaluate(settled)
                over = "Math.max(p.scrollWidth - p.clientWidth, p.scrollHeight - p.clientHeight)"
                assert fresh.evaluate(f"((p) => {over})({stage})") <= 2, (part.number, names[step])
                assert fresh.evaluate(f"{stage}.querySelectorAll('.on-stage').length") > 0
    fresh.press("ArrowUp")
    current = "document.querySelector('.tab[aria-current]').textContent"
    assert fresh.evaluate(current) == PARTS[-1].screens[-1][-2]
    fresh.press("Escape")
    assert len(fresh.evaluate(shown)) == len(PARTS) + 2


def test_formula_and_code_light_each_other(browser):
    x, y = browser.middle("#part-4 .rows [data-link='2']")
    browser.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    lit = "[...document.querySelectorAll('.link.on')].map((node) => node.tagName)"
    assert browser.evaluate(lit) == ["LI", "DIV"]


def test_it_stands_without_scripts(chromium, address, lesson):
    chromium.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chromium.open(address)
        everything = "* { content-visibility: visible !important }"  # what is out of sight, too
        chromium.evaluate(
            f"document.head.append(Object.assign(document.createElement('style'),"
            f" {{ textContent: '{everything}' }}))"
        )
        seen = " ".join(chromium.evaluate("document.body.innerText").split())
        pictures = chromium.evaluate(
            "[...document.images].filter((i) => i.naturalWidth > 300 && i.offsetWidth > 0).length"
        )
        controls = chromium.evaluate(
            "[...document.querySelectorAll('button, input[type=range], select')]"
            ".filter((node) => node.offsetWidth > 0).length"
        )
    finally:
        chromium.send("Emulation.setScriptExecutionDisabled", value=False)
        chromium.open(address)
    assert pictures == 18  # one for each figure; the last confusion matrix is a table
    assert controls == 0
    counts = lesson.binary.counts
    assert f"{counts.true_negatives} left alone TN" in seen
    row = " ".join(map(str, lesson.last.confusion.ours[8].tolist()))
    assert f"8 {row}" in seen
    assert "Ten times surer and wrong costs 2.3 more" in seen  # the answer to a question
