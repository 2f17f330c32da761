"""The chapter: its figures against hand calculations and scikit-learn, its views, its command."""

import contextlib
import io
import math
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from scratch.chapter import command, compute, examples, figures, notebook, terminal
from scratch.chapter.lesson import Compared
from scratch.chapter.plots import title_of
from scratch.solvers.minibatch.descent import Descent


def mean_log(*probabilities):
    """Cross-entropy by hand: probabilities that were given to what then happened."""
    return -math.fsum(map(math.log, probabilities)) / len(probabilities)


@pytest.mark.parametrize(
    ("kind", "printed", "by_hand"),
    [
        ("good", "0.17381", mean_log(0.9, 0.8, 0.99, 0.7)),
        ("perfect", "0.00000", 0),
        ("awful", "2.24185", mean_log(0.1, 0.15, 0.01, 0.85)),
    ],
)
def test_forecasts(kind, printed, by_hand):
    (forecast,) = (f for f in examples.forecasts() if f.kind == kind)
    assert f"{forecast.loss.ours:.5f}" == printed
    assert forecast.loss.ours == pytest.approx(by_hand, abs=1e-15)


def test_small_cross_entropy():
    ours = examples.small_cross_entropy().ours
    assert f"{ours:.5f}" == "0.20398"
    assert ours == pytest.approx(mean_log(0.95, 0.7), abs=1e-15)


@pytest.mark.parametrize(
    ("answers", "counts", "accuracy", "precision", "recall", "f1"),
    [
        (examples.six_answers, (1, 2, 0, 3), 4 / 6, 3 / 5, 3 / 3, 6 / 8),
        (examples.tumours, (90, 1, 8, 1), 91 / 100, 1 / 2, 1 / 9, 2 / 11),
    ],
)
def test_answers(answers, counts, accuracy, precision, recall, f1):
    ours = answers()
    c = ours.counts
    assert (c.true_negatives, c.false_positives, c.false_negatives, c.true_positives) == counts
    numbers = [x.ours for x in (ours.accuracy, c.precision, c.recall, c.f1)]
    assert numbers == pytest.approx([accuracy, precision, recall, f1], abs=1e-15)


def test_loss_curves_are_logarithms():
    p, if_one, if_zero = examples.loss_curves()
    np.testing.assert_allclose(if_one, -np.log(p), rtol=1e-12)
    np.testing.assert_allclose(if_zero, -np.log1p(-p), rtol=1e-12)


def test_ours_and_theirs_are_equal(lesson):
    assert len(lesson.table) > 40
    for row in lesson.table:
        assert row.difference <= 1e-6, row.name


@pytest.mark.parametrize(
    ("ours", "theirs", "difference"),
    [
        (1.0, 1.5, 0.5),
        (np.array([1, 2]), np.array([1, 4]), 2.0),
        (np.array([1, 2]), np.array([1, 2, 3]), math.inf),
        ("report", "repose", 2),
        ("report", "reports", 1),
        ("report", "report", 0),
    ],
)
def test_difference(ours, theirs, difference):
    assert Compared("", ours, theirs).difference == difference


def test_scores_are_the_validation_sets(lesson):
    """Counts at threshold 0, counted from the scores and labels alone."""
    b = lesson.binary
    said = b.scores > 0
    counts = [np.sum((b.truth == t) & (said == s)) for t in (0, 1) for s in (0, 1)]
    assert b.confusion.ours.ravel().tolist() == counts


def test_accuracy_reached(lesson):
    assert lesson.last.ten.judged_accuracy.ours >= 0.95
    assert lesson.binary.training.judged_accuracy.ours > lesson.binary.dumb_accuracy.ours


def test_text_tells_every_part(lesson):
    text = terminal.tell(lesson, table=True)
    for said in ("0.17381", "0.00000", "2.24185", "0.20398", "4/6", "91 %", "50 %", "11 %"):
        assert said in text
    for report in (lesson.ten.report, lesson.last.report, lesson.binary.report):
        assert report.ours.rstrip() in text
    for row in lesson.table:
        assert f"\n{row.name} " in text


N_PICTURES = 19


def test_pictures_show_the_lesson(lesson, pictures):
    assert len(pictures) == N_PICTURES
    for figure in pictures.values():
        assert title_of(figure)
    shown = pictures["03-binary-loss"].axes[0].lines[0]
    np.testing.assert_array_equal(shown.get_ydata(), lesson.probability.loss_if_one)


@pytest.fixture
def quick(monkeypatch, lesson):
    """The command with the lesson computed already."""
    monkeypatch.setattr(compute, "compute", lambda *args, say: lesson)


@pytest.fixture
def quickest(monkeypatch, quick, pictures, stills, text):
    """The command with pictures and page made already."""
    monkeypatch.setattr(figures, "draw", lambda lesson: pictures)
    monkeypatch.setattr(figures, "stills", lambda pictures: stills)
    monkeypatch.setattr("scratch.chapter.page.page", lambda *made: text)


def test_command_writes_pictures_and_nothing_else(tmp_path, quickest, capsys):
    out = tmp_path / "deep" / "folder"
    assert command.main(["--out", str(out)]) == 0
    assert capsys.readouterr().out.startswith("\n1. The data")
    *pictures, page = sorted(os.listdir(out))
    assert page == "index.html"
    assert [name[:3] for name in pictures] == [f"{n:02}-" for n in range(1, N_PICTURES + 1)]
    for name in pictures:
        assert (out / name).read_bytes().startswith(b"\x89PNG")


def test_command_opens_the_page(tmp_path, quickest, capsys, monkeypatch):
    opened = []
    monkeypatch.setattr(command.webbrowser, "open", opened.append)
    assert command.main(["--out", str(tmp_path), "--format", "none", "--open"]) == 0
    assert opened == [(tmp_path / "index.html").as_uri()]
    *_, page, said = capsys.readouterr().out.splitlines()
    assert page.endswith(str(tmp_path / "index.html"))
    assert said == "No browser was found here: open the page yourself."


@pytest.mark.parametrize(("width", "lines_up_to"), [(200, 80), (80, 80), (60, 60), (20, 60)])
def test_the_text_fits_the_terminal(lesson, width, lines_up_to):
    lines = terminal.tell(lesson, width=width).splitlines()
    assert max(map(len, lines)) <= lines_up_to
    assert max(map(len, lines)) > lines_up_to - 5  # it uses what there is


def test_the_closing_table_is_80_columns_wide(lesson):
    for line in terminal.tell(lesson, table=True).splitlines():
        assert len(line) <= 80, line


def test_the_closing_table_is_one_line_unless_asked_for(lesson):
    short, long = (terminal.tell(lesson, table=table).splitlines() for table in (False, True))
    largest = max(row.difference for row in lesson.table)
    said = f"{len(lesson.table)} results compared with scikit-learn's, largest difference"
    for lines in (short, long):
        assert f"{said} {largest:.1e}" in " ".join(" ".join(lines).split())
    assert len(long) - len(short) >= len(lesson.table)


def test_colour_only_for_a_terminal_that_has_it(lesson, monkeypatch):
    assert "\x1b" not in terminal.tell(lesson)
    assert "\x1b[1m1. The data\x1b[0m" in terminal.tell(lesson, colour=True)
    stream = io.StringIO()
    assert not command.has_colour(stream)
    stream.isatty = lambda: True
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert command.has_colour(stream)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not command.has_colour(stream)


@pytest.mark.parametrize("form", ["svg", "none"])
def test_format_of_the_pictures(tmp_path, quickest, pictures, monkeypatch, capsys, form):
    two = dict(list(pictures.items())[:2])
    monkeypatch.setattr(figures, "draw", lambda lesson: two)
    assert command.main(["--out", str(tmp_path), "--format", form]) == 0
    *files, page = sorted(os.listdir(tmp_path))
    assert page == "index.html"
    assert files == ([f"{name}.svg" for name in two] if form == "svg" else [])
    for name in files:
        assert "<svg" in (tmp_path / name).read_text()


def run_python(*arguments, cwd):
    path = os.pathsep.join(part or os.getcwd() for part in sys.path)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--nonsense"], "unrecognized arguments: --nonsense"),
        (["--digit", "10"], "'10' is not a digit"),
        (["--digit", "-1"], "'-1' is not a digit"),
        (["--digit", "five"], "'five' is not a digit"),
        (["--seed", "-1"], "'-1' is not a whole number"),
        (["--seed", "4294967296"], "'4294967296' is not a whole number"),
        (["--dataset", "letters"], "invalid choice"),
        (["--data", "mnist"], "unrecognized arguments"),
        (["--out", "file/inside"], "can't write to file/inside"),
        (["--out", ""], "argument --out: a name is missing"),
        (["--notebook", ""], "argument --notebook: a name is missing"),
        (["--out", "/proc/nowhere"], "can't write to /proc/nowhere"),
    ],
)
def test_one_line_says_what_is_wrong(tmp_path, arguments, complaint):
    (tmp_path / "file").write_text("not a folder")
    run = run_python("-m", "scratch", *arguments, cwd=tmp_path)
    assert run.returncode == 2
    assert run.stdout == ""
    assert complaint in run.stderr
    assert run.stderr.count("\n") == 1
    assert os.listdir(tmp_path) == ["file"]


def test_trouble_leaves_nothing_behind(tmp_path, monkeypatch, capsys):
    def fail(*args, **kwargs):
        raise OSError("MNIST can't be fetched")

    monkeypatch.setattr(compute, "compute", fail)
    assert command.main(["--out", str(tmp_path / "a" / "b")]) == 1
    assert capsys.readouterr().err == "python -m scratch: MNIST can't be fetched\n"
    assert os.listdir(tmp_path) == []


def test_ctrl_c_ends_it_and_leaves_nothing_behind(tmp_path, monkeypatch, capsys):
    """In the middle of a training, where KeyboardInterrupt would only end that training."""
    monkeypatch.setattr(Descent, "update", lambda *args: signal.raise_signal(signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    assert command.main(["--out", str(tmp_path / "a" / "b")]) == 128 + signal.SIGINT
    assert capsys.readouterr().err.splitlines()[-1] == "python -m scratch: interrupted"
    assert os.listdir(tmp_path) == []
    assert signal.getsignal(signal.SIGINT) is before


def test_a_folder_of_somebody_else_is_refused_in_one_line(tmp_path):
    page = tmp_path / "index.html"
    page.write_text("a page of my own")
    run = run_python("-m", "scratch", "--out", ".", cwd=tmp_path)
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert "--force" in run.stderr
    assert page.read_text() == "a page of my own"


def test_a_reader_who_leaves_gets_no_traceback(tmp_path):
    """As in `python -m scratch | head`."""
    code = """
from scratch.chapter import command

def write(options):
    raise BrokenPipeError

command.write_chapter = write
raise SystemExit(command.main([]))
"""
    run = run_python("-c", code, cwd=tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (1, "", "")


def test_output_that_is_no_file_is_written_to(tmp_path, quickest):
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        assert command.main(["--out", str(tmp_path), "--format", "none"]) == 0
    assert stream.getvalue().startswith("\n1. The data")


def test_nothing_is_said_where_a_browser_was_found(tmp_path, quickest, capsys, monkeypatch):
    monkeypatch.setattr(command.webbrowser, "open", lambda address: True)
    assert command.main(["--out", str(tmp_path), "--format", "none", "--open"]) == 0
    assert capsys.readouterr().out.rstrip().endswith(str(tmp_path / "index.html"))


@pytest.mark.parametrize("seed", [0, 7, 2**32 - 1])
def test_seeds(seed):
    assert command.make_parser().parse_args(["--seed", str(seed)]).seed == seed


def test_only_what_the_page_fills_is_empty():
    assert notebook.OfThePage()["picture_of_anything"] == ""
    with pytest.raises(KeyError, match="code_of_anything"):
        notebook.OfThePage()["code_of_anything"]
