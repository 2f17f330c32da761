"""One command builds the site, and its links lead somewhere."""

import importlib.util
import re
from pathlib import Path

import pytest

from scratch.chapter import homework
from scratch.chapter.output import MARK
from scratch.chapter.parts import PARTS

DOCS = Path(__file__).parents[2] / "docs"
pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="docs/ is not beside these tests")


def site():
    spec = importlib.util.spec_from_file_location("site_of_the_docs", DOCS / "site.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_built(tmp_path, lesson, stills, monkeypatch):
    made = site()
    monkeypatch.setattr(made.figures, "draw", lambda lesson: None)
    monkeypatch.setattr(made.figures, "stills", lambda pictures: stills)
    (page,) = made.build(tmp_path / "site", compute=lambda name: lesson)
    text = page.read_text(encoding="utf-8")
    assert page == tmp_path / "site" / "index.html"
    assert MARK in text
    assert 'href="mnist' not in text  # what is not there is not linked


def test_all_of_it_is_linked(tmp_path, lesson, stills, monkeypatch):
    made = site()
    monkeypatch.setattr(made.figures, "draw", lambda lesson: None)
    monkeypatch.setattr(made.figures, "stills", lambda pictures: stills)
    monkeypatch.setattr(made, "write_reference", lambda file: written(file))
    files = made.build(tmp_path, everything=True, compute=lambda name: lesson)
    assert len(files) == 3
    for page in files[:2]:
        links = re.findall(r'href="([^"#:?$]+)"', page.read_text(encoding="utf-8"))
        assert len(links) == 2
        for link in links:
            assert (page.parent / link).resolve().is_file()


def written(file):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("the reference", encoding="utf-8")
    return file


def test_the_plan_for_teaching_names_every_part_and_exercise():
    text = (DOCS / "teaching.md").read_text(encoding="utf-8")
    for part in PARTS:
        assert f"#part-{part.number}" in text
        assert f"| {part.number} | " in text
        assert f"| {homework.HOMEWORK[part.number].minutes} min |" in text
        assert f"`{homework.HOMEWORK[part.number].name}`" in text


def test_no_built_page_is_in_docs():
    assert not list(DOCS.glob("*.html"))
