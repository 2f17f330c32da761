"""Right and wrong implementations of every exercise: what the checks must tell apart.

The right ones are of different make. Each wrong one is a mistake that people make.
"""

RIGHT, WRONG = [], []


def right(exercise):
    """Add an implementation that every law must accept."""

    def add(function):
        RIGHT.append((exercise, function))
        return function

    return add


def wrong(exercise):
    """Add a mistake that some law must refuse."""

    def add(function):
        WRONG.append((exercise, function))
        return function

    return add
