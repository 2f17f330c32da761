"""What a parameter may be, what it becomes, and the error for what it may not be."""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from scratch.validation import parameters
from scratch.validation.parameters import any_of, integer, one_of, real


@pytest.mark.parametrize(
    ("constraint", "accepted", "refused"),
    [
        (
            real(0, 1),
            [0, 1, 0.5, np.float32(0.5), np.int64(1)],
            [
                -1e-9,
                1.1,
                np.nan,
                np.inf,
                "0",
                None,
                True,
                np.True_,
                [0.5],
                1j,
                np.timedelta64(1, "s"),
            ],
        ),
        (real(0, 1, closed="left"), [0, 0.999], [1, -1]),
        (real(0, 1, closed="right"), [1, 0.001], [0, 2]),
        (real(0, 1, closed="neither"), [0.5], [0, 1]),
        (
            real(0, None, closed="left"),
            [0, 1e300, 10**300],
            [np.inf, np.nan, -1, 10**400, Fraction(10**400, 3)],
        ),
        (real(0, None), [0, np.inf], [np.nan, -1, 10**400]),
        (real(None, None), [-np.inf], [-(10**400)]),
        (real(None, None, closed="neither"), [-1e300, 5], [np.inf, -np.inf, np.nan]),
        (integer(1), [1, np.int8(3), 10**30], [0, 1.0, True, np.True_, "1", None]),
        (integer(1, 3), [1, 3], [0, 4]),
        (integer(), [-(10**30), 0, np.uint64(2**63)], [0.0, False, None]),
        (one_of("a", None), ["a", None], ["b", 0, ["a"]]),
        (one_of("a"), ["a"], [None, np.array(["a"])]),
        (any_of(integer(1), one_of("full")), [3, "full"], [0, "half", 1.5]),
        (parameters.boolean, [True, False, np.True_], [0, 1, "yes", None]),
        (parameters.mapping, [{}, {1: 2}], [[], None]),
        (
            parameters.random_source,
            [None, 0, 2**32 - 1, np.int64(3), np.random.RandomState(0)],
            [-1, 2**32, 1.0, "0", np.random.default_rng(0)],
        ),
    ],
)
def test_constraints(constraint, accepted, refused):
    assert [value for value in accepted if not constraint.accepts(value)] == []
    assert [value for value in refused if constraint.accepts(value)] == []


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        (real(0, 1), "a float in the range [0, 1]"),
        (real(0, None, closed="left"), "a float in the range [0, inf)"),
        (real(None, None, closed="neither"), "a float in the range (-inf, inf)"),
        (real(0, None), "a float in the range [0, inf]"),
        (real(0, 1, closed="neither"), "a float in the range (0, 1)"),
        (integer(1), "an int in the range [1, inf)"),
        (integer(1, 3), "an int in the range [1, 3]"),
        (integer(), "an int in the range (-inf, inf)"),
        (any_of(one_of("a", None), integer(1)), "one of 'a', None or an int in the range [1, inf)"),
    ],
)
def test_words_of_constraints(constraint, words):
    assert constraint.description == words


def test_the_first_parameter_that_is_out_of_range_is_named():
    class Model:
        alpha, beta = 1, -1

    parameters.check_parameters(Model(), {"alpha": real(0, 1)})
    message = r"The 'beta' parameter of Model must be a float in the range \[0, 1\]. Got -1 instead"
    with pytest.raises(ValueError, match=message):
        parameters.check_parameters(Model(), {"alpha": real(0, 1), "beta": real(0, 1)})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (np.int8(100), 100),
        (np.uint64(2**64 - 1), 2**64 - 1),
        (np.float32(1e-4), 9.999999747378752e-05),  # the float32 next to 1e-4, in 64 bits
        (np.float16(0.5), 0.5),
        (np.longdouble(0.25), 0.25),
        (Fraction(1, 4), 0.25),
        (np.True_, True),
        (np.timedelta64(1, "h"), np.timedelta64(1, "h")),
        (np.str_("l2"), "l2"),
        (3, 3),
        (None, None),
    ],
    ids=repr,
)
def test_numbers_become_pythons(given, expected):
    value = parameters.check_parameter("p", given, parameters.Constraint(lambda _: True, "any"))
    assert (type(value), value) == (type(expected), expected)


def test_an_estimator_keeps_what_was_set():
    model = SimpleNamespace(alpha=np.float32(0.5), weights={0: 1}, other="not checked")
    values = parameters.check_parameters(
        model, {"alpha": real(0, 1), "weights": parameters.mapping}
    )
    assert vars(values) == {"alpha": 0.5, "weights": {0: 1}}
    assert values.weights is model.weights
    assert type(model.alpha) is np.float32


def test_random_seeds_of_numpy_become_pythons():
    values = parameters.check_parameters(
        SimpleNamespace(random_state=np.int64(3)), {"random_state": parameters.random_source}
    )
    assert type(values.random_state) is int


def test_random_states():
    state = np.random.RandomState(5)
    assert parameters.check_random_state(state) is state
    assert parameters.check_random_state(None) is np.random.mtrand._rand
    for seed in (5, np.int32(5)):
        ours = parameters.check_random_state(seed).randint(1000, size=5)
        np.testing.assert_array_equal(ours, np.random.RandomState(5).randint(1000, size=5))
    with pytest.raises(ValueError, match="cannot be used to seed"):
        parameters.check_random_state("5")
