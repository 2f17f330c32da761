"""What is said of a wrong result without knowing the formula: numbers made wrong by hand."""

import numpy as np
import pytest

from scratch.exercises.calls import reason_of
from scratch.exercises.law import is_number
from scratch.exercises.mistakes import batches
from scratch.exercises.patterns import known_mistake, not_numbers, pattern

RIGHT = np.array([0.25, 0.5, 1.75])
SIZES = {"n": 4, "K": 10}


@pytest.mark.parametrize(
    ("got", "want", "said"),
    [
        (RIGHT, RIGHT, ""),
        (1 / 3 + 1e-6, 1 / 3, "Close, but not equal"),
        (RIGHT * (1 + 1e-6), RIGHT, "Close, but not equal"),
        (0.33, 1 / 3, "Rounded to 2 decimals"),
        (np.array([0.333, 0.667]), np.array([1, 2]) / 3, "Rounded to 3 decimals"),
        (RIGHT[:, None], RIGHT, "The numbers are right, their shape is not"),
        (RIGHT[:2], RIGHT, ""),
        (np.append(RIGHT, 0), RIGHT, ""),
        ((RIGHT, 0.5 + 1e-6), (RIGHT, 0.5), "Close, but not equal"),
        ((RIGHT[None], np.array([0.5])), (RIGHT, 0.5), "The numbers are right, their shape is not"),
        (np.array([0.25, np.nan, 1.75]), RIGHT, "nan: 0/0"),
        (np.array([0.25, -np.inf, 1.75]), RIGHT, "Infinite: a logarithm of 0"),
        (4 * RIGHT, RIGHT, "It is everywhere 4 times what it should be (n = 4)."),
        (RIGHT / 10, RIGHT, "It is everywhere 0.1 times what it should be (1/K, K = 10)."),
        (100 * 0.7, 0.7, "It is 100 times what it should be (100: a percentage?)."),
        (7 * RIGHT, RIGHT, "It is everywhere 7 times what it should be."),
        (1e4 * RIGHT, RIGHT, ""),  # no factor that means anything
        (7 * 0.7, 0.7, ""),
        (0 * RIGHT, RIGHT, ""),
        (RIGHT[::-1], RIGHT, "The right numbers in the reverse order."),
        (RIGHT[[1, 0, 2]], RIGHT, "The right numbers in another order."),
        (np.array([1.0, 3.0, 2.0]), RIGHT, ""),
        (np.array([2.0, 1.0]), np.array([0.0, 1.0]), ""),  # where it should be 0, no ratio
        ("two", 2.0, ""),
    ],
)
def test_a_pattern_of_numbers(got, want, said):
    found = pattern(got, want, SIZES)
    assert found.startswith(said)
    assert bool(found) == bool(said)


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (None, "is the return missing?"),
        ([0.25, 0.5, 1.75], "in a list"),
        ((value for value in RIGHT), "A generator comes out"),
        (RIGHT, ""),
        ([1.0, 2.0, 3.0], ""),
    ],
)
def test_what_is_no_array(got, said):
    found = not_numbers(got, RIGHT)
    assert said in found
    assert bool(found) == bool(said)


def test_no_mistake_is_known_of_calls_that_all_fail():
    assert known_mistake([], {"anything": np.negative}, None, 1e-9) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, True), (0.5, True), (np.float32(1), True), (np.array(2.0), True), (np.array([2.0]), False),
     (True, False), (np.True_, False), ("1", False), (None, False), ([[1], [1, 2]], False)],
)  # fmt: skip
def test_what_is_one_number(value, expected):
    assert is_number(value) is expected


def error_of(run):
    try:
        run()
    except Exception as error:
        return error


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (lambda: 1 / 0, "A division by zero"),
        (lambda: (lambda z: z)(z=1, y=2), "Is the signature that of the exercise"),
        (lambda: np.frombuffer(b"12345678").fill(1), "An argument is changed in place"),
        (lambda: np.zeros(3)[5], "An index beyond the end"),
        (lambda: list(None), "is a yield or a return missing?"),
        (lambda: np.zeros(2) + np.zeros(3), "keeps an axis for broadcasting"),
        (lambda: {}["a"], ""),
    ],
)
def test_what_an_error_usually_means(run, said):
    found = reason_of(error_of(run))
    assert said in found
    assert bool(found) == bool(said)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ([0, 1, 2, 3, 4], "The indices come one by one"),
        ([[0, 1], [2, 3], [4], []], batches.EMPTY),
        ([[1, 2], [3, 4], [5]], "Indices count from 0"),
        ([[0, 1], [2, 9], [4]], batches.NOT_INDICES),
        ([[0, 1], [1, 3], [4]], "drawn with replacement?"),
        ([[0, 1], [1, 2], [3, 4]], "Some come twice: is the last batch filled up"),
        ([[0, 1], [2, 3]], batches.DROPPED),
        ([[0, 1]], "One batch only"),
        ([[0], [1], [2]], "Some samples never come."),
    ],
)
def test_why_not_every_sample_comes_once(made, said):
    assert said in batches.reason(made, n_samples=5, batch_size=2)


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ([3, 3, 1, 0], batches.EMPTY),
        ([1, 3, 3], "The smaller batch must be the last."),
        ([3, 4], "The rest has gone into another batch"),
        ([3, 2, 2], "The samples are spread evenly"),
        ([1] * 7, "Cut the order at batch_size, 2 batch_size, ..."),
    ],
)
def test_why_the_batches_have_other_sizes(lengths, said):
    found = batches.lengths_reason(lengths, [3, 3, 1], n_samples=7, batch_size=3)
    assert found.startswith(said)


def test_batch_size_batches():
    found = batches.lengths_reason([2, 2, 2, 1], [4, 3], n_samples=7, batch_size=4)
    assert "it is the number of samples in each" in found
