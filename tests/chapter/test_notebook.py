"""The notebook: the page's text, the textbook's code, and cells that find the page's numbers."""

import contextlib
import inspect
import io
import json

import pytest

from scratch import textbook
from scratch.chapter import command, compute
from scratch.chapter.formats import percent
from scratch.chapter.notebook import notebook


@pytest.fixture(scope="module")
def cells(lesson):
    return json.loads(notebook(lesson))["cells"]


def texts(cells, kind):
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


def test_it_is_what_jupyter_reads(lesson):
    """Hold the required keys of https://nbformat.readthedocs.io/en/latest/format_description.html."""
    content = json.loads(notebook(lesson))
    assert (content["nbformat"], content["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in content["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in content["cells"]:
        assert cell["metadata"] == {}
        assert isinstance(cell["source"], list)
        assert cell["source"]
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


def test_it_has_the_textbooks_functions(cells):
    code = "\n".join(texts(cells, "code"))
    for function in vars(textbook).values():
        if inspect.isfunction(function):
            assert inspect.getsource(function).strip() in code


def test_its_text_is_the_pages(cells, lesson):
    told = "\n".join(texts(cells, "markdown"))
    for heading in (
        "## 1. The data",
        "## 4. Accuracy, and why it flatters",
        "## 6. All ten digits",
    ):
        assert heading in told
    assert percent(lesson.ten.training.test_accuracy.ours) in told
    assert "$$p = \\sigma(z) = \\frac{1}{1 + e^{-z}}$$" in told
    for left_over in ("<p", "<div", "<math", "<data", "<canvas", "$code", "$picture"):
        assert left_over not in told
    assert told.count("<details>") == told.count("</details>") >= 5


def test_it_runs_and_finds_the_pages_numbers(cells, lesson):
    names, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        for code in texts(cells, "code"):
            exec(code.replace("%matplotlib inline\n", ""), names)
    b, ten = lesson.binary, lesson.ten
    said = printed.getvalue()
    assert "good 0.17381" in said
    assert "awful 2.24185" in said
    assert f"log loss on the test set: {b.training.test_loss.ours:.5f}" in said
    assert f"test accuracy {b.training.test_accuracy.ours:.2%}" in said
    assert f"precision {b.counts.precision.ours:.2%}, recall {b.counts.recall.ours:.2%}" in said
    assert f"the library: test accuracy {ten.training.test_accuracy.ours:.2%}" in said
    assert str(ten.confusion.ours) in said


def test_command_writes_it_and_nothing_else(tmp_path, lesson, monkeypatch, capsys):
    monkeypatch.setattr(compute, "compute", lambda *args, say: lesson)
    file = tmp_path / "chapter.ipynb"
    assert command.main(["--notebook", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["nbformat"] == 4
    assert list(tmp_path.iterdir()) == [file]
    assert command.main(["--notebook", str(file)]) == 2  # nothing is overwritten unasked
    assert "--force" in capsys.readouterr().err
    assert command.main(["--notebook", str(file), "--force"]) == 0
