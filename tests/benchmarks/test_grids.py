"""The grids, and the settings that they stand for."""

import inspect

import pytest

from benchmarks import contenders, grids
from benchmarks.grids import Contender

EVERYBODY = [
    contender
    for dataset in grids.TARGETS
    for contender in (
        *grids.ten_classes(dataset),
        *grids.five_or_not(dataset),
        *grids.defaults(dataset),
    )
]


def test_settings_are_all_pairs_and_quick_ones_the_ends():
    contender = Contender("x", "a:b", {"eta0": [1, 2, 3], "epochs": [4, 5], "tol": [None]})
    pairs = [(s["eta0"], s["epochs"]) for s in contenders.settings(contender)]
    assert pairs == [(1, 4), (1, 5), (2, 4), (2, 5), (3, 4), (3, 5)]
    pairs = [(s["eta0"], s["epochs"]) for s in contenders.settings(contender, quick=True)]
    assert pairs == [(1, 4), (1, 5), (3, 4), (3, 5)]


def test_only_what_was_a_choice_is_told():
    contender = Contender(
        "x", "a:b", [{"solver": ["sgd"], "C": [1]}, {"solver": ["adam"], "C": [1]}]
    )
    first, second = contenders.settings(contender)
    assert contenders.chosen_part(contender, first) == "solver=sgd"
    assert contenders.chosen_part(contender, second) == "solver=adam"
    assert contenders.chosen_part(Contender("x", "a:b"), {}) == contenders.DEFAULTS


@pytest.mark.parametrize("contender", EVERYBODY, ids=lambda contender: contender.name)
def test_every_parameter_of_a_grid_is_one_of_its_contender(contender):
    if not contenders.installed(contender):
        pytest.skip(f"{contender.needs} is not installed")
    make = contenders._load(contender)
    known = inspect.signature(make).parameters
    for setting in contenders.settings(contender):
        assert setting.keys() <= known.keys()


def test_names_are_told_apart():
    for everybody in (
        grids.ten_classes("MNIST"),
        grids.five_or_not("MNIST"),
        grids.defaults("digits"),
    ):
        assert len({contender.name for contender in everybody}) == len(everybody)


def test_defaults_have_no_choice_and_stand_in_no_grid():
    tuned = grids.ten_classes("digits")
    for contender in grids.defaults("digits"):
        assert len(contenders.settings(contender)) == 1
    assert all(len(contenders.settings(contender)) > 1 for contender in tuned)
