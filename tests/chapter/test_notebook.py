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
        "## 4. The learning rate, batches, momentum",
        "## 8. The test set, once",
    ):
        assert heading in told
    assert percent(lesson.ten.training.judged_accuracy.ours) in told
    assert "$$p = \\sigma(z) = \\frac{1}{1 + e^{-z}} = " in told
    for left_over in ("<p", "<div", "<math", "<tex", "<data", "<canvas", "$code", "$picture"):
        assert left_over not in told
    assert told.count("<details>") == told.count("</details>") >= 5


def test_it_runs_and_finds_the_pages_numbers(cells, lesson):
    names, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        for code in texts(cells, "code"):
            exec(code.replace("%matplotlib inline\n", ""), names)
    b, ten, last = lesson.binary, lesson.ten, lesson.last
    said = printed.getvalue()
    assert "good 0.17381" in said
    assert "awful 2.24185" in said
    loop = lesson.derivative.losses[1, -1]
    assert f"the textbook's loop: loss on the validation set {loop:.5f}" in said
    assert f"the library: loss on the validation set {b.training.judged_loss.ours:.5f}" in said
    for run in lesson.landscape.runs[:4]:
        how = f"η = {run.eta:g}, momentum {run.mu:g}"
        assert f"{how}: loss {run.losses[-1]:.3f}" in said
    assert f"validation accuracy {b.training.judged_accuracy.ours:.2%}" in said
    assert f"precision {b.counts.precision.ours:.2%}, recall {b.counts.recall.ours:.2%}" in said
    a = b.averages
    averages = f"macro {a.macro.ours:.2%}, micro {a.micro.ours:.2%}, weighted {a.weighted.ours:.2%}"
    assert averages in said
    assert f"the library: {ten.training.judged_accuracy.ours:.2%}" in said
    assert str(ten.confusion.ours) in said
    assert f"test accuracy {last.ten.judged_accuracy.ours:.2%}" in said
    assert str(last.confusion.ours) in said


def test_rows_of_a_table_are_of_one_length(cells):
    rows = [
        line for text in texts(cells, "markdown") for line in text.splitlines() if line[:1] == "|"
    ]
    assert len(rows) > 20
    lengths = {line.count("|") for line in rows}
    assert min(lengths) >= 3
    for text in texts(cells, "markdown"):
        for block in text.split("\n\n"):
            if block.startswith("|"):
                assert len({line.count("|") for line in block.splitlines()}) == 1


def test_nothing_refers_to_a_figure_that_is_not_there(cells):
    told = "\n".join(texts(cells, "markdown"))
    for missing in ("arrow leads to", "Above the axis", "Draw with", "run it above", "![]("):
        assert missing not in told


def test_the_test_set_is_in_the_last_cells_alone(cells):
    code = texts(cells, "code")
    using = [k for k, text in enumerate(code) if "X_test" in text or "y_test" in text]
    assert using[1:] == [k for k in range(len(code)) if "Both sets train" in code[k]]


def test_command_writes_it_and_nothing_else(tmp_path, lesson, monkeypatch, capsys):
    monkeypatch.setattr(compute, "compute", lambda *args, say: lesson)
    file = tmp_path / "chapter.ipynb"
    assert command.main(["--notebook", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["nbformat"] == 4
    assert list(tmp_path.iterdir()) == [file]
    assert command.main(["--notebook", str(file)]) == 2  # nothing is overwritten unasked
    assert "--force" in capsys.readouterr().err
    assert command.main(["--notebook", str(file), "--force"]) == 0
