"""All exercises by name, in the textbook's order, which is that of learning."""

import difflib
import inspect

from scratch import textbook
from scratch.exercises.topics import (
    answers,
    batches,
    data,
    many_classes,
    probabilities,
    scores,
    slope,
    training,
    two_classes,
)

_RECORDS = {
    record.name: record
    for topic in (
        *(data, two_classes, slope, batches, training),
        *(answers, scores, many_classes, probabilities),
    )
    for record in topic.EXERCISES
}
EXERCISES = {
    name: _RECORDS[name]
    for name, value in vars(textbook).items()
    if inspect.isfunction(value) and name in _RECORDS
}


def exercise(name):
    """Return the exercise that a name, or a number shown today, stands for.

    Raises
    ------
    ValueError
        If there is none.
    """
    known = dict(enumerate(EXERCISES, start=1))
    if str(name).isdigit() and int(name) in known:
        name = known[int(name)]
    if name not in EXERCISES:
        near = difflib.get_close_matches(str(name), EXERCISES, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(EXERCISES)}"
        raise ValueError(f"no exercise is called {name!r}: {hint}")
    return EXERCISES[name]


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

    >>> print(laws("accuracy")[0])
    accuracy: one answer is right, 1, or wrong, 0, whatever the classes
    """
    return list(exercise(name).laws)
