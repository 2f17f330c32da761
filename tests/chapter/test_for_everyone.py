"""The page for everyone: one voice, by keyboard alone, without scripts, on paper, on a phone."""

import json
import os
import re
from pathlib import Path

import pytest

from scratch.chapter import page_data
from tests.chapter.chromium import browser_test

AXE = os.environ.get("AXE_CORE")  # the path of axe.min.js, from npm's package axe-core


def test_there_is_one_live_region(text):
    assert len(re.findall(r'aria-live|role="status"|role="alert"|<output', text)) == 1


@browser_test
def test_it_speaks_after_a_while_and_not_while_playing(browser):
    browser.evaluate("live.ready")
    wait = "new Promise((done) => setTimeout(done, {}))"
    browser.click("#play")
    browser.click("#live-run")
    browser.evaluate(wait.format(1200))
    assert browser.evaluate("$('said').textContent") == ""
    browser.click("#play")
    browser.click("#live-run")
    browser.evaluate(wait.format(900))
    said = browser.evaluate("$('said').textContent")
    assert re.match(r"Epoch \d+: loss .* on the training set, .* on the test set", said)
    browser.click("[data-threshold=spam]")
    browser.evaluate(wait.format(900))
    assert browser.evaluate("$('said').textContent").startswith("Threshold ")


@browser_test
def test_charts_tell_what_they_show_and_have_a_table(browser):
    browser.evaluate("live.ready")
    charts = browser.evaluate(
        """[...document.querySelectorAll(".chart")].map((chart) => {
          chart.querySelector("details").open = true;
          return [chart.id, chart.querySelector("svg").getAttribute("aria-label")];
        })"""
    )
    assert len(charts) >= 8
    for name, words in charts:
        assert ": " in words, name
    browser.evaluate("new Promise((done) => setTimeout(done, 100))")  # "toggle" comes later
    rows = browser.evaluate(
        "[...document.querySelectorAll('.chart table')].map((table) => table.rows.length)"
    )
    assert len(rows) == len(charts)
    assert min(rows) >= 2


@browser_test
def test_names_of_pictures_have_no_stray_commas(browser):
    names = browser.evaluate(
        "[...document.querySelectorAll('[aria-label]')].map((n) => n.getAttribute('aria-label'))"
    )
    assert len(names) > 40
    for name in names:
        assert not re.search(r", ,|,,|, *$|^,|: *$", name), name


@browser_test
def test_the_pad_says_where_the_pen_is(browser):
    browser.evaluate("$('pad').focus()")
    browser.press("ArrowLeft")
    assert browser.evaluate("$('pen').textContent") == (
        "Pen up, top middle: 46 % across, 30 % down."
    )
    browser.press(" ")
    browser.press("ArrowDown")
    assert browser.evaluate("$('pen').textContent") == (
        "Pen down, top middle: 46 % across, 34 % down."
    )


@browser_test
def test_everything_that_can_be_clicked_can_be_reached_by_keyboard(browser):
    browser.evaluate("live.ready")
    lost = browser.evaluate(
        """[...document.querySelectorAll("button, input, select, a[href], summary, #pad")]
        .filter((node) => node.tabIndex < 0 && !node.closest("#matrix"))
        .map((node) => node.outerHTML)"""
    )
    assert lost == []
    browser.evaluate("$('live-step').focus()")
    browser.press(" ")
    assert browser.evaluate("$('live-updates').textContent") == "1"


@browser_test
def test_it_stands_without_scripts(chromium, text, lesson, tmp_path):
    path = tmp_path / "index.html"
    path.write_text(text, encoding="utf-8")
    chromium.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chromium.open(path.as_uri())
        seen = chromium.evaluate("document.body.innerText")
        pictures = chromium.evaluate(
            "[...document.images].filter((i) => i.naturalWidth > 300 && i.offsetWidth > 0).length"
        )
        controls = chromium.evaluate(
            "[...document.querySelectorAll('button, input, select')]"
            ".filter((node) => node.offsetWidth > 0).length"
        )
    finally:
        chromium.send("Emulation.setScriptExecutionDisabled", value=False)
    assert pictures == 9
    assert controls == 0
    counts = lesson.binary.counts
    assert f"{counts.true_negatives} TN" in seen
    assert f"{counts.true_positives} TP" in seen
    row = " ".join(map(str, lesson.ten.confusion.ours[8].tolist()))
    assert f"8 {row}" in " ".join(seen.split())


@browser_test
def test_on_paper_all_is_open_and_nothing_is_to_be_pressed(browser):
    browser.evaluate("dispatchEvent(new Event('beforeprint'))")
    browser.send("Emulation.setEmulatedMedia", media="print", features=[])
    closed = "document.querySelectorAll('details:not([open], .behind)').length"
    assert browser.evaluate(closed) == 0
    buttons = "[...document.querySelectorAll('.controls, nav')].filter((n) => n.offsetWidth).length"
    assert browser.evaluate(buttons) == 0
    browser.send("Emulation.setEmulatedMedia", media="screen", features=[])
    browser.evaluate("dispatchEvent(new Event('afterprint'))")
    assert browser.evaluate(closed) > 5


@browser_test
def test_on_a_phone_the_threshold_stays_in_sight(browser):
    browser.view(390, 800)
    browser.middle("#roc-chart")  # scrolls there
    top = browser.evaluate("$('threshold').getBoundingClientRect().top")
    assert 0 <= top < 100


@browser_test
@pytest.mark.parametrize("calm", [True, False])
def test_less_motion_where_less_is_wanted(browser, calm):
    browser.evaluate("live.ready")
    wish = "reduce" if calm else "no-preference"
    motion = [{"name": "prefers-reduced-motion", "value": wish}]
    browser.send("Emulation.setEmulatedMedia", features=motion)
    browser.click("#live-run")
    browser.evaluate("new Promise((done) => setTimeout(done, 1600))")
    shown, epochs = browser.evaluate("[live.past.length - 1, live.learner.epoch]")
    browser.click("#live-run")
    assert (shown < epochs) if calm else (shown == epochs)


@pytest.mark.parametrize("evil", ["</script><b>", "<!--<script>", "a & b < c"])
def test_no_string_ends_the_script_that_holds_it(lesson, monkeypatch, evil):
    monkeypatch.setattr(page_data, "contents", lambda lesson: {"name": evil})
    text = page_data.for_scripts(lesson)
    assert "<" not in text
    assert json.loads(text) == {"name": evil}


@browser_test
@pytest.mark.skipif(AXE is None, reason="AXE_CORE does not name a copy of axe.min.js")
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing(browser, width, scheme):
    browser.view(width, 900, scheme)
    browser.evaluate("live.ready")
    browser.click("#mistake")
    browser.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    browser.evaluate(Path(AXE).read_text(encoding="utf-8") + ";0")
    rules = (
        "axe.run().then((found) => found.violations.map((rule) => [rule.id, rule.nodes.length]))"
    )
    assert browser.evaluate(rules) == []
