"""The records of the exercises, against the textbook that they are about."""

import inspect

import pytest

from scratch import textbook
from scratch.exercises.catalogue import EXERCISES
from scratch.exercises.diagnose import suspects
from scratch.exercises.expressions import parsed


def test_every_function_of_the_textbook_is_an_exercise_in_its_order():
    functions = [name for name, value in vars(textbook).items() if inspect.isfunction(value)]
    assert list(EXERCISES) == functions
    assert [exercise.number for exercise in EXERCISES.values()] == [*range(1, 1 + len(functions))]


def test_no_function_of_the_textbook_is_longer_than_twelve_lines():
    for name in EXERCISES:
        lines = inspect.getsource(getattr(textbook, name)).split('"""')[2].strip().splitlines()
        assert len(lines) <= 12


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))
def test_a_record_is_whole(exercise):
    assert len(exercise.hints) == 2
    assert exercise.text.split("\n")[0].endswith(".")
    if exercise.name not in ("split", "minibatches"):  # their laws say what is wrong
        assert parsed(exercise.slips)
        assert len(suspects(exercise)) >= 30


def test_no_text_gives_the_solution_away():
    """Neither the task nor the first hint has a line of the textbook's code."""
    for name, exercise in EXERCISES.items():
        body = exercise.solution.split('"""')[2]
        for line in [line.split("#")[0].strip() for line in body.splitlines()]:
            if len(line) > 12:
                assert line.removeprefix("return ") not in exercise.text + exercise.hints[0], name
