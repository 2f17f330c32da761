"""Check one function against the laws of its exercise."""

from scratch.exercises.catalogue import EXERCISES
from scratch.exercises.report import examine
from scratch.exercises.terminal import show


def check(function, name=None):
    """Hold a function to the laws of an exercise, and print what they say.

    Parameters
    ----------
    function : callable
        A function with the signature of its namesake in ``scratch.textbook``.
    name : str, default=None
        The exercise; None means the function's own name.

    Returns
    -------
    Report
        True if all laws hold; as text, or in a notebook as HTML, what was printed.

    Raises
    ------
    ValueError
        If there is no such exercise.

    Examples
    --------
    >>> import numpy as np
    >>> bool(check(lambda y_true, y_pred: np.sum(y_true == y_pred), "accuracy"))
    11  accuracy
      ✓ it returns one number
      ✓ one answer is right, 1, or wrong, 0, whatever the classes
      ✗ the share of right answers: every pair of two or three labels
    <BLANKLINE>
          y_true = np.array([0, 0])
          y_pred = np.array([0, 0])
          accuracy(y_true, y_pred)
              gives      2
              should be  1.0
    <BLANKLINE>
        The number of right answers: divide by the 2 samples.
    <BLANKLINE>
      3 deeper laws not tried yet
    False
    """
    if name is None:
        name = getattr(function, "__name__", "")
        if name not in EXERCISES:
            raise ValueError(
                f"which exercise is {name or function!r}? check(function, 'softmax'), for instance"
            )
    report = examine(function, name)
    show(report)
    return report
