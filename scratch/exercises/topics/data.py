"""The data: parts to train, to choose and to judge on; columns of one size."""

from itertools import chain

import numpy as np

from scratch.exercises.record import Exercise, N
from scratch.exercises.words import Seed

SIZES = [(10, 2, 3), (7, 1, 2), (5, 0, 2), (4, 2, 0), (3, 0, 0), (40, 10, 10)]


def parts_of(result):
    """The three parts as lists."""
    if not isinstance(result, tuple | list) or len(result) != 3:
        return result
    return [np.asarray(part).tolist() for part in result]


def are_three(exercise, f):
    for sizes in SIZES:
        case = (*sizes, Seed(0))
        got, want = exercise.run(f, case), [sizes[0] - sizes[1] - sizes[2], *sizes[1:]]
        call = exercise.call(f, case)
        if not isinstance(got, list) or len(got) != 3:
            reason = "Return train, validation, test: three arrays, with commas between them."
            raise call.broken(got, "three arrays of indices", reason)
        lengths = [len(part) for part in got]
        if lengths != want:
            reason = EMPTY if 0 in want else of_lengths(lengths, want)
            raise call.broken(f"parts of {lengths}", f"parts of {want}", reason)


def of_lengths(lengths, want):
    if sorted(lengths) == sorted(want):
        return "The parts are in another order: training, validation, test."
    if lengths == [want[0], want[1], sum(want) - want[1]]:
        return "The third part begins too early: it begins where the second ends."
    return (
        "A part begins where the last one ends. order[start:stop] begins with `start` and stops"
        " before `stop`; both are places, not lengths: the second part is"
        " order[n_train : n_train + n_validation], the third is the rest."
    )


EMPTY = "A part may be empty: -0 is 0, so order[-0:] is all, order[:-0] nothing. Count from 0."


def is_partition(exercise, f):
    for sizes in SIZES:
        case = (*sizes, Seed(0))
        indices = [*chain(*exercise.run(f, case))]
        if sorted(indices) != list(range(sizes[0])):
            twice = len(set(indices)) < len(indices)
            reason = (
                "Some samples come twice, so one trains on what one judges on: draw one order of"
                " all indices, without replacement, and cut it into three."
                if twice
                else "The indices are 0 to n_samples - 1: does an order of them stand behind it?"
            )
            raise exercise.call(f, case).broken(sorted(indices), "each index once", reason)


def is_random(exercise, f):
    results = [exercise.run(f, (40, 10, 10, Seed(seed))) for seed in (0, 1, 0)]
    call = exercise.call(f, (40, 10, 10, Seed(1)))
    if all(part == sorted(part) for part in results[0]) and results[0] == results[1]:
        reason = "Data often lie sorted by class: rng.permutation(n_samples) mixes the order."
        raise call.broken("the indices in their order", "a random order", reason)
    if results[0] != results[2]:
        reason = "Draw from rng alone: np.random and random are other generators."
        raise call.broken("another split with the same seed", "the same split", reason)
    if results[0] == results[1]:
        reason = "Draw from rng: a generator that is made in the function always draws the same."
        raise call.broken("the same split with another seed", "another split", reason)


split = Exercise(
    "split",
    "data",
    """Return the indices of three parts, in random order: training, validation, test.

One trains on the first, makes choices on the second, and judges once on the third: so no sample
may be in two of them. Of 10 samples with n_validation = 2 and n_test = 3, five are left to
train on. rng is a numpy.random.Generator. Return three arrays.""",
    ("rng.permutation(n) is a random order of 0, ..., n - 1. Where must it be cut?",
     "train is order[:n_train], validation the next n_validation, test the rest, with"
     " n_train = n_samples - n_validation - n_test."),
    (
        ("three parts, as long as they should be: training, validation, test", are_three),
        ("every sample is in one part, and in no other", is_partition),
        ("the order is random, and drawn from rng", is_random),
    ),
    finish=parts_of,
)  # fmt: skip

TRAIN = [[1.0, 10.0, 5.0], [3.0, 30.0, 5.0], [2.0, 80.0, 5.0], [6.0, 40.0, 5.0]]
OTHER = [[2.0, 20.0, 6.0], [-1.0, 0.0, 5.0]]
TWO_COLUMNS = [row[:2] for row in TRAIN], [row[:2] for row in OTHER]

standardise = Exercise(
    "standardise",
    "data",
    """Return X (m, d), its columns shifted and scaled as makes those of the training set alike.

Each column of X_train (n, d) gets mean 0 and standard deviation 1; X gets the same shift and
the same scale, since new samples must be treated as the training samples were. With the
training column [1, 3], whose mean is 2 and whose standard deviation is 1, the number 4 becomes
2. A column that is constant in training is only shifted. What happens to the mean, what to the
deviation, if a number is subtracted, or divided by?""",
    ("axis=0 runs over the samples, and leaves a number for each column. Where the deviation is 0,"
     " what may one divide by instead?",
     "(X - mean) / std, both of the columns of X_train; where std is 0, divide by 1."),
    (
        ("another set is shifted and scaled as the training set",
         [TWO_COLUMNS, (N(5, 2), N(3, 2)), (N(4, 3), N(4, 3))]),
        ("the training set itself: mean 0, standard deviation 1", [(N(6, 2), N(6, 2))]),
        ("a column that is constant in training is only shifted", [(TRAIN, OTHER)]),
    ),
    """
(X - X.mean(axis=0)) / X.std(axis=0); (X - m) / sqrt(((X - m) ** 2).mean(axis=0))
    # Mean and deviation are those of X: those of X_train are asked for, since new samples are
    # treated as the training samples were.
(X - X_train.mean()) / X_train.std()  # One mean of all numbers: each column has its own (axis=0).
(X - m) / s
    # 0/0 where a column is constant in training: divide by 1 there, np.where(std == 0, 1, std).
where(s == 0, 0, (X - m) / s)  # A column that is constant in training is shifted, not set to 0.
where(s == 0, X, (X - m) / s)  # A column that is constant in training is shifted too.
nan_to_num((X - m) / s)  # nan and inf are turned into other numbers: where std is 0, divide by 1.
(X - X_train.min(axis=0)) / ptp(X_train, axis=0)
    # This brings to [0, 1]: here mean and deviation count.
(X - X_train.mean(axis=1)[:, None]) / X_train.std(axis=1)[:, None]
    # A mean for each sample: axis=0 runs over the samples.
""",
    let="m = X_train.mean(axis=0); s = X_train.std(axis=0)",
)  # fmt: skip

rescale = Exercise(
    "rescale",
    "data",
    """Return X (m, d) with each column shifted and scaled as brings the training set to [0, 1].

The least number of each column of X_train (n, d) becomes 0, the greatest 1; X gets the same
shift and the same scale, and may leave [0, 1]. With the training column [0, 16], the number 4
becomes 0.25. A column that is constant in training is only shifted.""",
    ("What is subtracted so that the least becomes 0? What must then be divided by?",
     "(X - low) / (high - low), both of the columns of X_train; where high = low, divide by 1."),
    (
        ("another set is shifted and scaled as the training set",
         [TWO_COLUMNS, (N(5, 2), N(3, 2)), (N(4, 3), N(4, 3))]),
        ("a column that is constant in training is only shifted", [(TRAIN, OTHER)]),
    ),
    """
(X - X.min(axis=0)) / ptp(X, axis=0); (X - X.min(axis=0)) / (high - X.min(axis=0))
    # Least and greatest are those of X: those of X_train are asked for, since new samples are
    # treated as the training samples were.
(X - X_train.min()) / ptp(X_train); (X - low) / ptp(X_train)
    # One least and one greatest of all numbers: each column has its own (axis=0).
X / high; X / X_train.max()  # The least number is not subtracted: it becomes 0.
(X - low) / high  # Divided by the greatest: after the shift the greatest is high - low.
(X - low) / high - low; X - low / high - low  # Brackets: (X - low) / (high - low).
(X - low) / (width + epsilon)
    # An epsilon of {epsilon} is added to the width, which makes all columns smaller than they
    # should be: divide by 1 where it is 0, and only there.
(X - low) / width
    # 0/0 where a column is constant in training: divide by 1 there, np.where(width == 0, 1, width).
clip((X - low) / where(width == 0, 1, width), 0, 1)
    # The result is clipped to [0, 1]: what lies outside the training set may leave it, or one would
    # not see it.
where(width == 0, 0, (X - low) / width)
    # A column that is constant in training is shifted, not set to 0.
(X - X_train.mean(axis=0)) / X_train.std(axis=0)
    # This standardises: here the least and the greatest count.
""",
    let="low = X_train.min(axis=0); high = X_train.max(axis=0); width = high - low",
)  # fmt: skip

EXERCISES = (split, standardise, rescale)
