"""The commands: what they write, print and return."""

import ast
import contextlib
import errno
import inspect
import io
import os
import subprocess
import sys

import pytest

from scratch import textbook
from scratch.__main__ import main
from scratch.exercises import command
from scratch.exercises.catalogue import EXERCISES
from scratch.exercises.stubs import stubs
from tests.exercises.students import SUMMED, filled


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a student's file; its name is given back."""
    monkeypatch.chdir(tmp_path)

    def write(text, name="exercises.py"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


def run(*arguments, **environment):
    """The command in a process of its own, its output piped."""
    return subprocess.run(
        [sys.executable, "-m", "scratch", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        check=False,
    )


# exercises


def test_the_stubs_are_the_textbook_without_its_bodies_and_its_formulas():
    theirs, ours = ast.parse(stubs()), ast.parse(inspect.getsource(textbook))
    stub, full = (
        {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for tree in (theirs, ours)
    )
    assert list(stub) == list(full) == list(EXERCISES)
    for name, function in stub.items():
        assert ast.dump(function.args) == ast.dump(full[name].args)
        told = " ".join(ast.get_docstring(function).split())
        assert told == " ".join(EXERCISES[name].text.split())
        assert [ast.unparse(line) for line in function.body[1:]] == ["raise NotImplementedError"]


def test_each_stub_says_the_section_that_explains_it():
    lines = stubs().splitlines()
    assert max(map(len, lines)) <= 100
    for exercise in EXERCISES.values():
        at = next(i for i, line in enumerate(lines) if line.startswith(f"def {exercise.name}("))
        assert lines[at - 1].startswith(f"# Exercise {exercise.name},")
        assert f"#{exercise.section}" in lines[at - 1]


def test_a_name_of_windows_makes_a_file_that_python_reads(tmp_path):
    text = stubs(r"C:\Users\me\mine.py")
    compile(text, "mine.py", "exec")
    assert "C:/Users/me/mine.py" in text


def test_a_name_without_py_gets_one(file, capsys):
    assert main(["exercises", "mine2"]) == 0
    assert main(["check", "mine2.py"]) == 1
    assert "38 not written yet" in capsys.readouterr().out


def test_exercises_are_written_once_and_never_overwritten(file, tmp_path, capsys):
    assert main(["exercises"]) == 0
    assert "38 exercises in exercises.py" in capsys.readouterr().out
    written = (tmp_path / "exercises.py").read_text(encoding="utf-8")
    file("mine")
    assert main(["exercises"]) == 2
    assert (tmp_path / "exercises.py").read_text() == "mine"
    assert "is left as it is" in capsys.readouterr().err
    assert main(["exercises", "other.py"]) == 0
    assert (tmp_path / "other.py").read_text(encoding="utf-8") == written.replace(
        "exercises.py", "other.py"
    )
    assert main(["exercises", "no/such/folder.py"]) == 2


def full(*args):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_gets_no_empty_file(file, tmp_path, capsys, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(command, "stubs", full)  # called when the file has been opened
        assert main(["exercises", "mine.py"]) == 2
    assert not list(tmp_path.glob("mine.py"))
    assert capsys.readouterr().err.count("can't write mine.py: No space left") == 1
    assert main(["exercises", "mine.py"]) == 0


def test_a_name_that_cannot_be_encoded_gets_one_line(tmp_path):
    said = run("exercises", str(tmp_path / "d\udcff.py"), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is full")
@pytest.mark.parametrize(
    "arguments", [("check", "--solution", "softmax"), ("check", "--hint", "mean"), ("exercises",)]
)
def test_output_that_cannot_be_written_gets_one_line(arguments, file):
    file("")
    with open("/dev/full", "w") as device:
        said = subprocess.run(
            [sys.executable, "-m", "scratch", *arguments],
            stdout=device,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1


# check


def test_nothing_written_yet_is_no_failure_but_no_pass(file, capsys):
    assert main(["check", file(stubs())]) == 1
    said = capsys.readouterr().out
    assert "0 of 38 done, 38 left; next: split" in said
    assert "✗" not in said


def test_what_is_right_passes_and_the_rest_is_counted(file, capsys):
    name = file(filled(sigmoid=True, accuracy=True))
    assert main(["check", name]) == 1  # not all that was asked for
    said = capsys.readouterr().out
    assert "2 of 38 done, 36 left; next: split" in said
    assert main(["check", name, "accuracy", "5"]) == 0  # by name and by number
    assert "2 of 2 done" in capsys.readouterr().out
    assert main(["check", name, "softmax"]) == 1
    assert "not written yet" in capsys.readouterr().out


def test_a_mistake_is_shown_on_the_smallest_example_with_its_reason(file, capsys):
    name = file(filled(sigmoid=True, binary_cross_entropy=SUMMED, accuracy=True))
    assert main(["check", name]) == 1
    said = capsys.readouterr().out
    assert "✗ an even chance costs" in said
    assert "gives      2.07944\n          should be  0.693147" in said
    assert "The sum over the samples: the mean" in said
    assert "15  accuracy" not in said  # it stops there
    assert main(["check", name, "--all"]) == 1
    assert "15  accuracy" in capsys.readouterr().out


def test_the_counterexample_can_be_pasted(file, capsys):
    main(["check", file(filled(binary_cross_entropy=SUMMED)), "binary_cross_entropy"])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    start = lines.index("binary_cross_entropy(z, y)")
    scope = {"np": textbook.np}
    exec("\n".join(lines[start - 2 : start]), scope)
    assert textbook.binary_cross_entropy(scope["z"], scope["y"]) == pytest.approx(0.693147)


def test_a_function_that_needs_another_waits_for_it(file, capsys):
    name = file(filled(fit_softmax=True, sgd_step=True, cross_entropy_gradient=True))
    assert main(["check", name, "fit_softmax"]) == 1
    assert "waits for minibatches, not written yet" in capsys.readouterr().out


def test_a_function_that_is_not_in_the_file_is_not_written_yet(file, capsys):
    name = file("def accuracy(y_true, y_pred):\n    return (y_true == y_pred).mean()\n")
    assert main(["check", name, "accuracy"]) == 0
    assert main(["check", name, "sigmoid"]) == 1
    assert "it is not in exercises.py" in capsys.readouterr().out


def test_functions_that_are_not_in_the_file_are_counted(file, capsys):
    name = file("def accuracy(y_true, y_pred):\n    return (y_true == y_pred).mean()\n")
    assert main(["check", name]) == 1
    assert "1 of 38 done, 37 left; next: split" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def sigmoid(z)\n    return z\n", "SyntaxError"),
        ("import numpy as np\n\nx = np.arange(3) / nothing\n", "NameError: name 'nothing'"),
        ("raise SystemExit(0)\n", "SystemExit"),
        ("import no_such_module\n", "ModuleNotFoundError"),
    ],
)
def test_a_file_that_cannot_be_imported_is_told_with_the_students_own_lines(
    file, text, said, capsys
):
    assert main(["check", file(text)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert 'exercises.py", line' in error
    assert "files.py" not in error
    assert "importlib" not in error


def test_wrong_arguments_are_told_in_one_line(file, capsys):
    for arguments, said in (
        (["check"], "which FILE?"),
        (["check", "nowhere.py"], "there is no file nowhere.py"),
        (["check", "notes.txt"], "no Python file"),
        (["check", file(stubs()), "softmaks"], "did you mean 'softmax'?"),
        (["check", "--hint", "99"], "no exercise is called '99'"),
        (["check", "--classifier", "math"], "module:Class"),
        (["check", "--classifier", "math:Sinus"], "has no Sinus"),
    ):
        file("", "notes.txt")
        try:
            status = main(arguments)
        except SystemExit as end:
            status = end.code
        error = capsys.readouterr().err
        assert status == 2
        assert said in error
        assert len(error.splitlines()) == 1


def test_names_may_come_after_options(file, capsys):
    path = file(filled(accuracy=True, softmax=True))
    assert main(["check", path, "--all", "accuracy", "softmax"]) == 0
    assert "2 of 2 done" in capsys.readouterr().out


def test_hints_come_in_steps(file, capsys):
    def hint(name):
        assert main(["check", "--hint", name]) == 0
        return capsys.readouterr().out

    first, second, third, fourth = (hint("softmax") for _ in range(4))
    assert "which axis" in first
    assert "Once more for the formula." in " ".join(first.split())
    assert "each row divided by its sum" in " ".join(second.split())
    assert third == fourth == inspect.getsource(textbook.softmax)
    assert "A weight w_j" in hint("logistic_step")  # another exercise begins at its first
    assert main(["check", "--solution", "softmax"]) == 0
    assert capsys.readouterr().out == third


# how it is shown


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What is said, piped, of a file with one mistake in every kind of place."""
    path = tmp_path_factory.mktemp("student") / "exercises.py"
    text = filled(
        sigmoid=True, binary_cross_entropy=SUMMED, softmax="def softmax(Z):\n    return Z\n"
    )
    path.write_text(text, encoding="utf-8")
    return run("check", str(path), "--all")


def test_a_pipe_gets_no_colour_and_eighty_columns(whole):
    assert whole.returncode == 1
    assert "\x1b" not in whole.stdout
    assert max(map(len, whole.stdout.splitlines())) <= 80
    assert not any(line != line.rstrip() for line in whole.stdout.splitlines())
    assert whole.stderr == ""


def test_a_terminal_gets_colour_unless_no_color_is_set(monkeypatch):
    from scratch.exercises.terminal import wants_colour

    class Terminal:
        def isatty(self):
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour(Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(Terminal())


def test_an_encoding_without_the_signs_gets_others(tmp_path):
    path = tmp_path / "exercises.py"
    path.write_text(filled(binary_cross_entropy=SUMMED), encoding="utf-8")
    said = run("check", str(path), "binary_cross_entropy", PYTHONIOENCODING="ascii").stdout
    assert "+ y may hold" not in said
    assert "  x an even chance costs" in said


def test_the_textbook_passes_all():
    said = run("check", textbook.__file__, "--timeout", "60")
    assert said.returncode == 0, said.stdout
    assert "38 of 38 done" in said.stdout
    assert "--digits" in said.stdout.splitlines()[-1]


def test_the_chapters_own_command_is_untouched():
    said = run("--help")
    assert said.returncode == 0
    assert "--dataset" in said.stdout
    assert "python -m scratch exercises" in said.stdout


def test_who_stops_reading_gets_no_traceback():
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "scratch", "check", "--solution", "softmax"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    process.stdout.close()  # as `| head -0` does
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 1


def test_output_that_is_no_file_is_written_to():
    stream = io.StringIO()  # it has no encoding that could lack a sign
    with contextlib.redirect_stdout(stream):
        assert main(["check", "--solution", "softmax"]) == 0
    assert stream.getvalue().startswith("def softmax(")
