"""The page for everyone: one voice, by keyboard alone, without scripts, on paper, on a phone."""

import os
import re
from pathlib import Path

import pytest

from tests.chapter.chromium import browser_test

AXE = os.environ.get("AXE_CORE")  # the path of axe.min.js, from npm's package axe-core


def test_there_is_one_live_region(text):
    spoken = re.findall(r'aria-live="(?!off)|role="status"|role="alert"', text)
    assert len(spoken) == 1


@browser_test
def test_it_speaks_after_a_while(browser):
    wait = "new Promise((done) => setTimeout(done, {}))"
    browser.click("#fit-best")
    browser.evaluate(wait.format(900))
    assert "Loss 0." in browser.evaluate("$('said').textContent")


@browser_test
def test_charts_tell_what_they_show(browser):
    for _ in range(50):  # some are computed in slices, and drawn after that
        charts = browser.evaluate(
            """[...document.querySelectorAll(".chart")].filter((c) => c.offsetWidth).map((chart) =>
              [chart.id, chart.querySelector("[aria-label]")?.getAttribute("aria-label")])"""
        )
        if all(words for _, words in charts):
            break
        browser.evaluate("new Promise((done) => setTimeout(done, 200))")
    assert len(charts) >= 12
    for name, words in charts:
        assert words, name
        assert len(words) > 20, name


@browser_test
def test_everything_that_can_be_clicked_can_be_reached_by_keyboard(browser):
    lost = browser.evaluate(
        """[...document.querySelectorAll("button, input, select, a[href], summary, #pad, #digit")]
        .filter((node) => node.tabIndex < 0 && !node.closest("#matrix"))
        .map((node) => node.outerHTML)"""
    )
    assert lost == []


@browser_test
def test_pictures_and_code_are_one_stop_each(browser):
    formulas = (
        "document.querySelectorAll('math [tabindex], .rows [tabindex], .codelines div[tabindex]')"
    )
    assert browser.evaluate(f"{formulas}.length") == 0
    assert browser.evaluate("[...$('matrix').querySelectorAll('[tabindex=\"0\"]')].length") == 1


@browser_test
def test_controls_have_names(browser):
    nameless = browser.evaluate(
        """[...document.querySelectorAll("button, input, select, canvas, [role=img], [tabindex]")]
        .filter((node) => !(node.getAttribute("aria-label") || node.labels?.length ||
          node.textContent.trim())).map((node) => node.outerHTML)"""
    )
    assert nameless == []


@browser_test
@pytest.mark.parametrize("width", [320, 390])
def test_targets_are_large_enough(browser, width):
    browser.view(width, 800)
    small = browser.evaluate(
        """[...document.querySelectorAll(
          "button, select, .segments label, .options label, .stops a, summary")]
        .map((node) => [node, node.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
        .map(([node, box]) => [node.outerHTML.slice(0, 80), box.width, box.height])"""
    )
    assert small == []


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_it_fits_the_width(browser, width, scheme):
    browser.view(width, 800, scheme)
    browser.evaluate("new Promise((done) => setTimeout(done, 100))")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    ground = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
    assert (brightness > 200) == (scheme == "light")


@browser_test
def test_on_paper_the_controls_go(browser):
    browser.evaluate("dispatchEvent(new Event('beforeprint'))")
    browser.send("Emulation.setEmulatedMedia", media="print", features=[])
    shown = browser.evaluate(
        "[...document.querySelectorAll('.buttons, .bar, input[type=range], .copy, .main')]"
        ".filter((n) => n.offsetWidth).length"
    )
    answers = browser.evaluate(
        "[...document.querySelectorAll('.committed')].filter((n) => n.offsetWidth).length"
    )
    browser.send("Emulation.setEmulatedMedia", media="screen", features=[])
    browser.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown == 0
    assert answers == 9


@browser_test
def test_training_holds_up_no_frame(browser):
    """Work is done in slices: between two of them others get their turn."""
    turns = browser.evaluate(
        """(async () => {
          let turns = 0, on = true;
          const tick = () => { turns += 1; if (on) setTimeout(tick, 0); };
          tick();
          await inSlices(judged(sets.train, model.W, model.b));
          await inSlices(new Learner(sets.train).rest({ eta: 0.1, batch: 0 }));
          on = false;
          return turns;
        })()"""
    )
    assert turns > 1


@browser_test
@pytest.mark.skipif(AXE is None, reason="AXE_CORE does not name a copy of axe.min.js")
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing(browser, width, scheme):
    browser.view(width, 900, scheme)
    browser.click("#mistake")
    browser.evaluate(
        "openTestSet(); for (const d of document.querySelectorAll('details')) d.open = true"
    )
    browser.evaluate(  # axe passes over what is not laid out
        "document.head.append(Object.assign(document.createElement('style'),"
        " { textContent: '* { content-visibility: visible !important }' }))"
    )
    browser.evaluate(Path(AXE).read_text(encoding="utf-8") + ";0")
    rules = (
        "axe.run().then((found) => found.violations.map((rule) =>"
        " [rule.id, rule.nodes.slice(0, 3).map((n) => n.html.slice(0, 120) + n.failureSummary)]))"
    )
    assert browser.evaluate(rules) == []
