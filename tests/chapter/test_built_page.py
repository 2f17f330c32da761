"""The page in docs/, which static hosting serves, is the one that these sources make."""

import re
from pathlib import Path

import pytest

from scratch.chapter import page
from scratch.chapter.output import MARK

BUILT = Path(__file__).parents[2] / "docs" / "index.html"
COMMAND = "python -m scratch --out docs --format none"


def without_numbers(text):
    """Return the page's words, without its numbers, which may depend on the machine.

    The whole textbook at its end is left out too: a word changed in a docstring asks nobody to
    build the page anew. What it shows beside the formulas is compared.
    """
    body = text.split("<body>")[1].split('<section id="textbook">')[0]
    body = re.sub(r"<noscript>.*?</noscript>", "", body, flags=re.DOTALL)
    return re.sub(r"[\d.,]+(e-\d+)?", "0", re.sub(r"\s+", " ", body))


@pytest.mark.skipif(not BUILT.exists(), reason="docs/ is not beside these tests")
def test_it_is_up_to_date(text):
    built = BUILT.read_text(encoding="utf-8")
    assert MARK in built
    for name in page.SCRIPTS:
        assert page.read(name) in built, f"{name} has changed: {COMMAND}"
    assert page.read("page.css") in built, f"the style has changed: {COMMAND}"
    assert without_numbers(built) == without_numbers(text), f"the text has changed: {COMMAND}"
