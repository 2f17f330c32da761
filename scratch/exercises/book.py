"""All laws, by exercise. They are loaded when the first one is asked for."""

import difflib
from functools import cache
from importlib import import_module

from scratch.exercises.catalogue import EXERCISES

TOPICS = (
    *("two_classes", "many_classes", "batches", "steps", "training"),
    *("counts", "probabilities", "curves"),
)


@cache
def _book():
    modules = [import_module(f"scratch.exercises.topics.{topic}") for topic in TOPICS]
    return {each.name: tuple(each.laws) for module in modules for each in module.LAWS}


def laws(name):
    """Return the laws of an exercise, the plainest first.

    Parameters
    ----------
    name : str
        A function of ``scratch.textbook``.

    Returns
    -------
    list of Law
        ``law(function)`` raises an AssertionError with the smallest counterexample found and the
        likely reason; ``str(law)`` is its name.

    Raises
    ------
    ValueError
        If there is no such exercise.

    Examples
    --------
    In a test suite: ``@pytest.mark.parametrize("law", laws("softmax"), ids=str)``, and in the test
    ``law(my_softmax)``.

    >>> print(laws("accuracy")[2])
    accuracy: the share of right answers: every pair of two or three labels
    """
    if name not in EXERCISES:
        near = difflib.get_close_matches(str(name), EXERCISES, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(EXERCISES)}"
        raise ValueError(f"no exercise is called {name!r}: {hint}")
    return list(_book()[name])
