"""Other people's code in a process of its own, and whole folders of it graded."""

import csv
import json

import pytest

from scratch.__main__ import main
from scratch.exercises.grade import grade
from tests.exercises.students import filled

RIGHT = "def accuracy(y_true, y_pred):\n    return (y_true == y_pred).mean()\n"
LOOP = "def accuracy(y_true, y_pred):\n    while True:\n        pass\n"


def check(tmp_path, text, *options, name="mine.py"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return main(["check", str(path), *options])


def test_an_endless_loop_is_ended_and_the_next_exercise_goes_on(tmp_path, capsys):
    text = f"{LOOP}def penalty(W, alpha):\n    return alpha / 2 * (W**2).sum()\n"
    assert check(tmp_path, text, "accuracy", "penalty", "--all", "--timeout", "1") == 1
    said = capsys.readouterr().out
    assert "is there a loop that never ends?" in " ".join(said.split())
    assert "1 of 2 done" in said


ENDS = ["exit()", "sys.exit(0)", "os._exit(0)", "raise SystemExit", "raise KeyboardInterrupt"]


@pytest.mark.parametrize("end", ENDS)
def test_code_that_ends_the_process_is_no_pass(tmp_path, capsys, end):
    text = f"import os, sys\ndef accuracy(y_true, y_pred):\n    {end}\n"
    assert check(tmp_path, text, "accuracy") == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "✗" in said
    assert "Traceback" not in said
    killed = end in ("os._exit(0)", "raise KeyboardInterrupt")
    assert ("process has ended" if killed else "ends Python") in said


def test_what_the_code_prints_is_shown_at_the_end(tmp_path, capsys):
    text = "print('loaded')\n" + RIGHT.replace("    return", "    print('called')\n    return")
    assert check(tmp_path, text, "accuracy") == 0
    said = capsys.readouterr().out
    assert said.index("✓") < said.index("Your code printed:") < said.index("called")
    assert said.count("loaded") == 1


@pytest.mark.parametrize("module", ["scratch.textbook", "sklearn.metrics", "scipy.special"])
def test_the_solutions_cannot_be_imported_unless_allowed(tmp_path, capsys, module):
    text = f"import {module}\n{RIGHT}"
    assert check(tmp_path, text, "accuracy") == 2
    assert "with NumPy alone" in capsys.readouterr().err
    assert check(tmp_path, text, "accuracy", "--allow-imports") == 0


def test_a_random_py_beside_the_file_breaks_nothing(tmp_path, capsys, monkeypatch):
    (tmp_path / "random.py").write_text("raise ValueError('not me')\n")
    monkeypatch.chdir(tmp_path)
    assert check(tmp_path, RIGHT, "accuracy") == 0


def test_an_error_state_of_numpy_does_not_fail_what_is_right(tmp_path):
    text = "import numpy as np\nnp.seterr(all='raise')\n" + filled(sigmoid=True)
    assert check(tmp_path, text, "sigmoid") == 0


def test_a_huge_result_is_told_by_its_shape(tmp_path, capsys):
    text = "import numpy as np\ndef sigmoid(z):\n    return np.zeros((3000, 3000))\n"
    assert check(tmp_path, text, "sigmoid") == 1
    assert len(capsys.readouterr().out) < 2000


def test_a_notebooks_functions_are_checked(tmp_path, capsys):
    cells = [
        {"cell_type": "markdown", "source": ["# mine"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "import numpy as np"]},
        {"cell_type": "code", "source": RIGHT.splitlines(keepends=True)},
        {"cell_type": "code", "source": ["1 / 0"]},  # is not run
    ]
    assert check(tmp_path, json.dumps({"cells": cells}), "accuracy", name="mine.ipynb") == 0


def test_digits_are_recognised_by_the_learners_functions(tmp_path, capsys):
    names = ("softmax", "cross_entropy", "cross_entropy_gradient", "minibatches", "sgd_step")
    names += ("one_hot", "linear_scores", "penalty_gradient")
    assert check(tmp_path, filled(**dict.fromkeys(names, True)), "--digits") == 0
    said = capsys.readouterr().out
    accuracy = float(said.split("not seen: ")[1].split("%")[0])
    assert 93 < accuracy < 100
    assert "yours are not written yet: split, rescale, predict, accuracy" in said
    assert check(tmp_path, filled(softmax=True), "--digits") == 1
    assert "cross_entropy is not written yet" in capsys.readouterr().out


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("homework")
    for name, text in {
        "a_right.py": RIGHT,
        "b_wrong.py": "def accuracy(y_true, y_pred):\n    return (y_true == y_pred).sum()\n",
        "c_loop.py": LOOP,
        "d_crash.py": "import os\ndef accuracy(*args):\n    os._exit(3)\n",
        "e_broken.py": "def accuracy(:\n",
        "f_empty.py": "",
    }.items():
        (folder / name).write_text(text)
    return folder


def test_a_folder_is_graded_and_nothing_is_lost(folder, tmp_path, capsys):
    tables = tmp_path / "grades.json", tmp_path / "grades.csv"
    options = ["--timeout", "2", "--json", str(tables[0]), "--csv", str(tables[1])]
    assert main(["grade", str(folder), "accuracy", *options]) == 0
    results = json.loads(tables[0].read_text(encoding="utf-8"))
    status = [(file, result["accuracy"]["status"]) for file, result in results.items()]
    assert status == [
        ("a_right.py", "passed"), ("b_wrong.py", "failed"), ("c_loop.py", "failed"),
        ("d_crash.py", "failed"), ("e_broken.py", "not run"), ("f_empty.py", "not written"),
    ]  # fmt: skip
    assert results["b_wrong.py"]["accuracy"]["diagnosis"].startswith("The number of right answers")
    assert "SyntaxError" in results["e_broken.py"]["accuracy"]["diagnosis"]
    rows = list(csv.DictReader(tables[1].read_text(encoding="utf-8").splitlines()))
    assert [row["status"] for row in rows] == [s for _, s in status]
    assert "(6 of 6)" in capsys.readouterr().out


def test_another_seed_draws_other_cases(folder):
    results = grade(folder, ["accuracy"], say=lambda line: None, timeout=2, seed=5)
    assert results["a_right.py"]["accuracy"]["status"] == "passed"
