"""The lesson on the digits, its page, and a browser that shows it, for all tests of the chapter."""

import pytest

from scratch.chapter import figures
from scratch.chapter.page import page
from tests.chapter.chromium import Chromium
from tests.chapter.lessons import lesson_on_digits


@pytest.fixture(scope="session")
def lesson():
    return lesson_on_digits()


@pytest.fixture(scope="session")
def pictures(lesson):
    return figures.draw(lesson)


@pytest.fixture(scope="session")
def stills(pictures):
    return figures.stills(pictures)


@pytest.fixture(scope="session")
def text(lesson, stills):
    return page(lesson, stills)


@pytest.fixture(scope="session")
def chromium():
    with Chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(chromium, text, tmp_path_factory):
    """The page's address; the browser has it open."""
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_text(text, encoding="utf-8")
    chromium.open(path.as_uri())
    chromium.evaluate("started")
    return path.as_uri()


@pytest.fixture
def browser(chromium, address):
    """A browser that shows the page as the test before has left it: to load it takes a second.

    It had nothing to complain of when the test ends, and the page asked for nothing but itself.
    """
    chromium.view(1100, 900)
    yield chromium
    assert chromium.complaints() == []
    asked = [url for url in chromium.requests() if not url.startswith(("data:", "about:"))]
    assert {url.split("#")[0] for url in asked} == {address}


@pytest.fixture
def fresh(browser, address):
    """The same browser, the page loaded anew."""
    browser.open("about:blank")
    browser.open(address)
    browser.evaluate("started")
    return browser
