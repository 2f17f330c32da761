"""Every metric of labels, with each of its options, against scikit-learn's.

The weights of each class are added in the order of the samples, as scikit-learn adds them: with one
label per sample even sums of floats are equal to the last bit.
"""

import itertools

import numpy as np
import pytest

from tests.metrics.against_sklearn import LABELS, assert_alike, assert_alike_weighted
from tests.metrics.cases import codes, indicators, weights
from tests.metrics.label_cases import INDICATORS, LABELS_CHOSEN, TARGETS
from tests.metrics.registry import OF_LABELS, options_of, variations

KINDS_OF_WEIGHTS = ["floats", "ints", "float32", "list with zeros", "bools", "longdouble"]
CHOOSING = [name for name in OF_LABELS if "labels" in options_of(name)]


@pytest.mark.parametrize("targets", TARGETS)
@pytest.mark.parametrize("name", OF_LABELS)
def test_every_kind_of_target(name, targets):
    share = list(TARGETS).index(targets)
    for parameters in variations(name, pairs=True, share=share if share > 1 else None):
        assert_alike(name, *TARGETS[targets], **parameters)


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("name", OF_LABELS)
def test_every_type_of_label(name, labels):
    place = list(LABELS).index(labels)
    n_classes = (2, 5)[(place + OF_LABELS.index(name)) % 2]
    true, pred = map(LABELS[labels], codes(60, n_classes))
    for parameters in variations(name, share=place + n_classes):
        assert_alike(name, true, pred, **parameters)


@pytest.mark.parametrize("kind", KINDS_OF_WEIGHTS)
@pytest.mark.parametrize("name", OF_LABELS)
def test_weights(name, kind):
    for i, targets in enumerate(("four classes", "two classes", "all wrong", "one class")):
        true, pred = (part[:60] for part in TARGETS[targets])
        for parameters in variations(name, share=i + KINDS_OF_WEIGHTS.index(kind)):
            assert_alike_weighted(name, true, pred, kind, parameters)


@pytest.mark.parametrize("choice", range(len(LABELS_CHOSEN)))
@pytest.mark.parametrize("name", CHOOSING)
def test_labels_chosen_and_ordered(name, choice):
    true, pred = codes(60)
    for i, kind in enumerate(("unweighted", "floats")):
        how = {"labels": LABELS_CHOSEN[choice], "sample_weight": weights(kind, len(true))}
        for parameters in variations(name, share=i + choice):
            assert_alike(name, true, pred, **how, **parameters)


@pytest.mark.parametrize("targets", INDICATORS)
@pytest.mark.parametrize("name", OF_LABELS)
def test_indicators(name, targets):
    true, pred = INDICATORS[targets]
    share = list(INDICATORS).index(targets)
    for parameters in variations(name, pairs=True, share=share if share > 0 else None):
        assert_alike(name, true, pred, **parameters)


@pytest.mark.parametrize(
    ("kind", "share"), [("floats", None), ("ints", 0), ("float32", 1), ("list with zeros", 2)]
)
@pytest.mark.parametrize("name", OF_LABELS)
def test_weights_of_indicators(name, kind, share):
    true, pred = indicators(share=0.3)
    weight = weights(kind, len(true))
    # scikit-learn adds these weights by way of sparse matrices, in another order.
    rtol = 1e-6 if kind == "float32" else 1e-12
    without = ("labels", "target_names", "digits")
    for parameters in variations(name, without=without, share=share):
        assert_alike(name, true, pred, sample_weight=weight, rtol=rtol, **parameters)


@pytest.mark.parametrize("name", CHOOSING)
def test_columns_chosen_and_ordered(name):
    for i, labels in enumerate([[0, 1, 2, 3], [2, 0], [3, 3, 1], np.array([1]), [4], [-1]]):
        for parameters in variations(name, share=i):
            assert_alike(name, *indicators(), labels=labels, **parameters)


@pytest.mark.parametrize(
    ("number", "targets", "kind", "pos_label"),
    [
        (number, *each)
        for number, each in enumerate(
            itertools.product(
                ["two classes", "one class", "one class each", "all right"],
                ["ints", "bools", "whole floats", "list"],
                [0, 1, 1.0, True],
            )
        )
    ],
)
def test_binary_averages(number, targets, kind, pos_label):
    share = number + number // 8  # so that each option meets each kind, each positive label
    true, pred = (LABELS[kind](part % 2) for part in TARGETS[targets])
    for name in OF_LABELS:
        if "average" in options_of(name):
            how = {"average": "binary", "pos_label": pos_label}
            without = ("labels", "average", "pos_label", "beta")
            for parameters in variations(name, without=without, share=share):
                assert_alike(name, true, pred, **{**parameters, **how})
