"""The table of exercises against the textbook that it is about."""

import inspect

from scratch import textbook
from scratch.exercises.catalogue import EXERCISES


def test_every_exercise_is_a_function_of_the_textbook():
    functions = [name for name, value in vars(textbook).items() if inspect.isfunction(value)]
    assert set(EXERCISES) <= set(functions)
    assert [exercise.number for exercise in EXERCISES.values()] == list(range(1, 17))
