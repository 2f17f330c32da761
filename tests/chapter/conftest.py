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


@pytest.fixture
def browser(chromium, text, tmp_path):
    """A browser that shows the page, and that had nothing to complain of when the test ends."""
    path = tmp_path / "index.html"
    path.write_text(text, encoding="utf-8")
    chromium.view(1100, 900)
    chromium.open(path.as_uri())
    chromium.evaluate("started")
    yield chromium
    assert chromium.complaints() == []
    asked = [address for address in chromium.requests() if not address.startswith("data:")]
    assert asked == [path.as_uri()]
