"""Right and wrong implementations of every exercise: what the checks must tell apart.

The right ones are of different make. Each wrong one is a mistake that people make, with the law
that is meant to refuse it and words of the reason that must be given.
"""

RIGHT, WRONG = [], []


def right(exercise):
    """Add an implementation that every law must accept."""

    def add(function):
        RIGHT.append((exercise, function))
        return function

    return add


def wrong(exercise, law, reason):
    """Add a mistake, the start of the law that refuses it, and words of the reason."""

    def add(function):
        WRONG.append((exercise, function, law, reason))
        return function

    return add
