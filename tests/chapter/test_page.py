"""The page: the terminal's numbers, the source's code, and in a real browser what it computes."""

import html
import inspect
import pathlib
import re

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, f1_score, precision_score, recall_score

import scratch.chapter
from scratch import losses, textbook
from scratch.chapter import excerpts, terminal
from scratch.chapter.formats import probability as nines
from scratch.chapter.page_data import PER_CELL
from scratch.exercises.catalogue import EXERCISES
from tests.chapter.chromium import browser_test

CSS = pathlib.Path(scratch.chapter.__file__).with_name("web") / "page.css"


def plain(fragment):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", fragment)).split())


def test_its_numbers_are_the_terminals(lesson, text):
    said = " ".join(terminal.tell(lesson, table=True).split())
    numbers = [plain(data) for data in re.findall(r"<data[^>]*>(.*?)</data>", text, re.S)]
    assert len(numbers) > 200
    for number in numbers:
        assert f" {number}" in said or f"({number}" in said, number


def test_its_closing_table_is_the_terminals(lesson, text):
    printed = terminal.tell(lesson, table=True).split("7. Ours and scikit-learn's")[1]
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    table = text.split('class="closing"')[1]
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table)
    assert len(rows) == len(lesson.table)
    for row in rows:
        assert " ".join(plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)) in lines


def test_it_is_small_and_needs_nothing_else(text):
    assert len(text.encode()) < 3e6
    assert set(re.findall(r"https?://[^\s\"'`)]*", text)) <= {"http://www.w3.org/2000/svg"}
    text = re.sub(r'src="data:image/png;base64,[\w+/=]*"', "", text)
    assert not re.findall(r"<(?:link|iframe|object)\b| src=|@import|url\(", text)


@pytest.mark.parametrize("function", excerpts.SHOWN, ids=lambda function: function.__name__)
def test_its_code_is_the_sources(text, function):
    (first,) = re.findall(rf"textbook.py, line (\d+): {function.__name__}</a>", text)[:1]
    block = text.split(f"line {first}: {function.__name__}</a>")[1]
    code = re.search(r"<code>(.*?)</code></pre>", block, re.S)[1]
    shown = html.unescape(re.sub(r"<[^>]*>", "", code))
    source = [line.strip() for line in inspect.getsource(inspect.getmodule(function)).splitlines()]
    lines = [line.strip() for line in shown.splitlines()]
    assert lines[0].startswith(f"def {function.__name__}(")
    assert lines[0] == source[int(first) - 1]
    assert all(line in source for line in lines)
    compile(shown, function.__name__, "exec")


def test_every_function_that_is_shown_can_be_found_and_is_an_exercise(text):
    for name in [function.__name__ for function in excerpts.SHOWN]:
        assert f'href="#textbook-{name}"' in text
        assert f'id="textbook-{name}"' in text
        assert f"{EXERCISES[name].number} (<code>{name}</code>)" in text


def test_the_whole_textbook_is_there(text):
    code = text.split('<section id="textbook">')[1].split("<code>")[1].split("</code></pre>")[0]
    whole = html.unescape(re.sub(r"<[^>]*>", "", code))
    assert whole.strip() == inspect.getsource(textbook).strip()


def test_each_term_has_a_line_and_each_line_a_term(text):
    for block in re.findall(r'<div class="spelled">.*?</div>', text, re.S):
        formula, code = (
            {name for names in re.findall(pattern, block) for name in names.split()}
            for pattern in (r'<mrow data-term="([\w ]+)"', r'class="codeline" data-term="([\w ]+)"')
        )
        assert formula == code
        assert formula
    assert text.count('<div class="spelled">') >= 8


def test_excerpts_have_no_docstring():
    assert '"""' not in excerpts.source(losses.sigmoid)
    assert "np.exp" in excerpts.source(losses.sigmoid)


def luminance(colour):
    """WCAG 2's relative luminance of #rrggbb."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("ink", ["ink", "soft", "one", "two", "three", "link"])
def test_contrast(scheme, ground, ink):
    """WCAG 2 AA asks for 4.5 : 1."""
    block = re.findall(r":root \{(.*?)\}", CSS.read_text(), re.S)[scheme]
    colours = dict(re.findall(r"--(\w+): (#\w{6});", block))
    light, dark = sorted((luminance(colours[ground]), luminance(colours[ink])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def counts_shown(browser):
    """What the page says: threshold, the four counts, precision, recall, F1."""
    return browser.evaluate(
        """[Number($("threshold-said").dataset.threshold),
        ...["tn", "fp", "fn", "tp"].map((kind) => Number($(kind).textContent.replace(",", ""))),
        ...["precision", "recall", "f1"].map((kind) => $(kind).textContent)]"""
    )


def counts_expected(lesson, threshold):
    truth, said = lesson.binary.truth, lesson.binary.scores >= threshold
    ratios = (score(truth, said) for score in (precision_score, recall_score, f1_score))
    return [
        *confusion_matrix(truth, said).ravel().tolist(),
        *(f"{100 * r:.2f}\xa0%" for r in ratios),
    ]


@browser_test
@pytest.mark.parametrize("position", [0, 250, 437, 500, 613, 900])
def test_threshold_slider(browser, lesson, position):
    usual = counts_shown(browser)
    assert usual[0] == 0
    assert usual[1:] == counts_expected(lesson, 0)
    browser.evaluate(
        f"""$("threshold").value = {position};
        $("threshold").dispatchEvent(new Event("input"))"""
    )
    threshold, *shown = counts_shown(browser)
    assert threshold != 0
    assert shown == counts_expected(lesson, threshold)


@browser_test
def test_threshold_slider_by_keyboard(browser, lesson):
    browser.evaluate("$('threshold').focus()")
    seen = []
    for _ in range(3):
        browser.press("ArrowLeft")
        threshold, *shown = counts_shown(browser)
        seen.append(threshold)
        assert shown == counts_expected(lesson, threshold)
    assert 0 > seen[0] > seen[1] > seen[2]


@browser_test
def test_presets_are_the_wishes(browser, lesson):
    for wish in lesson.binary.wishes:
        browser.click(f"[data-threshold={wish.name}]")
        threshold, *shown = counts_shown(browser)
        assert threshold == wish.threshold
        assert shown == counts_expected(lesson, threshold)
        pressed = "document.querySelectorAll('.presets [aria-pressed=true]').length"
        assert browser.evaluate(pressed) == 1


@browser_test
def test_marks_move_on_both_curves(browser):
    where = "[...document.querySelectorAll('#pr-chart circle, #roc-chart circle')].map(\
        (ring) => [ring.getAttribute('cx'), ring.getAttribute('cy')])"
    before = browser.evaluate(where)
    browser.click("[data-threshold=tumours]")
    middle = browser.evaluate(where)
    browser.click("[data-threshold=spam]")
    after = browser.evaluate(where)
    for k in range(2):
        assert before[k] != middle[k]
        assert middle[k] != after[k]


@browser_test
@pytest.mark.parametrize("cell", [(0, 0), (5, 5), "worst"])
def test_a_cell_shows_its_digits(browser, lesson, cell):
    matrix = lesson.ten.confusion.ours
    if cell == "worst":
        cell = np.unravel_index((matrix - np.diag(np.diag(matrix))).argmax(), matrix.shape)
    i, j = map(int, cell)
    browser.click(f"#matrix tr:nth-child({i + 2}) td:nth-child({j + 2}) button")
    captions = browser.evaluate(
        "[...document.querySelectorAll('#cell figcaption')].map((c) => c.innerText)"
    )
    assert len(captions) == min(matrix[i, j], PER_CELL)
    inside = (lesson.data.y_test == str(i)) & (lesson.ten.predictions == str(j))
    given = np.sort(lesson.ten.probabilities[inside].max(axis=1))[::-1]
    for caption, probability in zip(captions, given, strict=False):
        assert caption.splitlines()[0] == f"{j}: {nines(float(np.float32(probability)))}"
    assert browser.evaluate("$('cell').innerText").startswith(f"{'An' if i == 8 else 'A'} {i}")


@browser_test
def test_arrow_keys_move_in_the_matrix(browser):
    browser.evaluate("document.querySelector('#matrix button').focus()")
    focused = "document.activeElement.getAttribute('aria-label')"
    for key, label in [
        ("ArrowRight", "is 0, said 1"),
        ("ArrowDown", "is 1, said 1"),
        ("ArrowLeft", "is 1, said 0"),
        ("ArrowLeft", "is 1, said 0"),
    ]:
        browser.press(key)
        assert browser.evaluate(focused).startswith(label)


@browser_test
def test_probabilities_are_predict_probas(browser, lesson):
    index = browser.evaluate("lesson.cells.index")
    ours = browser.evaluate("lesson.cells.index.map((_, k) => probabilities(pixelsOf(k)))")
    assert len(index) > 100
    np.testing.assert_allclose(ours, lesson.ten.probabilities[index], rtol=0, atol=1e-6)


def bars(browser):
    return browser.evaluate("[...document.querySelectorAll('#bars i')].map((b) => b.style.width)")


@browser_test
def test_a_stroke_changes_the_bars(browser):
    x, y = browser.middle("#pad")
    before = bars(browser)
    browser.drag([(x, y - 80 + 10 * k) for k in range(17)])
    one = bars(browser)
    assert one != before
    assert sum(float(width.rstrip("%")) for width in one) == pytest.approx(100)
    assert "the classifier says 1" in browser.evaluate("$('verdict').textContent")
    browser.drag([(x - 50 + 10 * k, y) for k in range(11)])
    assert bars(browser) != one
    browser.click("#clear")
    assert browser.evaluate("$('verdict').textContent") == "Nothing is drawn yet."


@browser_test
def test_drawing_by_keyboard(browser):
    browser.evaluate("$('pad').focus()")
    browser.press("ArrowDown")
    before = bars(browser)
    browser.press(" ")
    for _ in range(8):
        browser.press("ArrowDown")
    assert bars(browser) != before
    drawn = browser.evaluate("strokes")
    browser.press(" ")
    browser.press("ArrowRight")
    assert browser.evaluate("strokes") == drawn


@browser_test
def test_test_digits_can_be_put_on_the_pad(browser, lesson):
    browser.click("#mistake")
    truth = browser.evaluate("$('verdict').textContent.match(/A test digit, (.)/)[1]")
    said = browser.evaluate("$('verdict').textContent.match(/says (.)/)[1]")
    assert truth != said


@browser_test
def test_epochs(browser, lesson):
    growth = lesson.ten.growth
    picture = "document.querySelector('#weights canvas').toDataURL()"
    seen = set()
    for epoch in (0, 1, len(growth.train_losses) - 1):
        browser.evaluate(
            f"$('epoch').value = {epoch}; $('epoch').dispatchEvent(new Event('input'))"
        )
        said = f"{epoch}: loss {growth.train_losses[epoch]:.5f}"
        assert browser.evaluate("$('epoch-said').textContent").startswith(said)
        seen.add(browser.evaluate(picture))
    assert len(seen) == 3
    browser.click("#play")
    assert browser.evaluate("[$('play').textContent, $('epoch').value]") == ["Pause", "0"]
    browser.evaluate("new Promise((done) => setTimeout(done, 1000))")
    assert browser.evaluate("Number($('epoch').value)") >= 1
    browser.click("#play")


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768])
def test_it_fits_the_width(browser, width, scheme):
    browser.view(width, 800, scheme)
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    ground = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
    assert (brightness > 200) == (scheme == "light")


@browser_test
def test_controls_have_names(browser):
    nameless = browser.evaluate(
        """[...document.querySelectorAll("button, input, canvas, svg[role=img], [tabindex='0']")]
        .filter((node) => !(node.getAttribute("aria-label") || node.labels?.length ||
          node.textContent.trim())).map((node) => node.outerHTML)"""
    )
    assert nameless == []


LIT = """[...document.querySelectorAll('.lit')].map((node) =>
    node.dataset.term + (node.matches('.codeline') ? ' code' : ''))"""


@browser_test
def test_a_term_lights_its_line_and_the_reverse(browser):
    """By keyboard and by pointer."""
    where = "document.querySelector('#training .spelled:nth-of-type(2)')"
    browser.evaluate(f"{where}.querySelector('mrow[data-term=intercepts]').focus()")
    assert browser.evaluate(LIT) == ["intercepts", "intercepts code"]
    browser.evaluate(f"{where}.querySelector('.codeline[data-term=weights]').focus()")
    assert browser.evaluate(LIT) == ["weights", "weights", "weights code"]
    browser.evaluate("document.activeElement.blur()")
    assert browser.evaluate(LIT) == []
    x, y = browser.middle("#ten mrow[data-term=exp]")
    browser.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    assert browser.evaluate(LIT) == ["exp", "exp code"]
    browser.send("Input.dispatchMouseEvent", type="mouseMoved", x=1, y=1)
    assert browser.evaluate(LIT) == []
