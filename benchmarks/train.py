"""Training: is it like for like, how fast is each contender at a target, what does an epoch cost?

Each part is a module of its own: `measure` appends records, `tables`, `pictures` and `unlike` are
views of the records.
"""

import warnings

from benchmarks import (
    agreement,
    answers,
    costs,
    problems,
    same_steps,
    suboptimality,
    to_accuracy,
)

NAME = "train"
PARTS = (same_steps, to_accuracy, costs, answers, agreement, suboptimality)


def measure(settings, records, progress):
    """Append the time and the result of each run."""
    from sklearn.exceptions import ConvergenceWarning

    problem = problems.load(settings.dataset, settings.quick)
    with warnings.catch_warnings():  # runs are cut short on purpose
        warnings.filterwarnings("ignore", category=ConvergenceWarning)
        for part in PARTS:
            progress.title = f"{NAME}, {part.__name__.rpartition('.')[2].replace('_', ' ')}"
            part.measure(problem, settings, records, progress)


def unlike(records):
    """Return one line for each comparison that is no longer like for like."""
    return [line for part in PARTS for line in part.unlike(records)]


def tables(records):
    """Every part's tables."""
    return [table for part in PARTS for table in part.tables(records)]


def pictures(records):
    """The times to the targets, and time against the objective."""
    return to_accuracy.pictures(records) | suboptimality.pictures(records)
