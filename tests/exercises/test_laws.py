"""The laws hold for the textbook and, adapted, for the library's losses and metrics."""

import re

import numpy as np
import pytest

from scratch import losses, metrics, textbook
from scratch.exercises import laws
from scratch.exercises.catalogue import EXERCISES


def curve(y, scores):
    return metrics.precision_recall_curve(y, scores)


def ratios(C):
    """Precision, recall and F1 of labels that have these confusion counts."""
    labels = [np.repeat(index.ravel(), C.ravel()) for index in np.indices(C.shape)]
    return metrics.precision_recall_fscore_support(
        *labels, labels=np.arange(len(C)), zero_division=0
    )[:3]


LIBRARY = {
    "sigmoid": losses.sigmoid,
    "binary_cross_entropy": lambda z, y: losses.binary_cross_entropy(z, y)[0],
    "binary_cross_entropy_gradient": lambda z, y: losses.binary_cross_entropy(z, y)[1],
    "softmax": losses.softmax,
    "cross_entropy": lambda Z, y: losses.cross_entropy(Z, y)[0],
    "cross_entropy_gradient": lambda Z, y: losses.cross_entropy(Z, y)[1],
    "accuracy": metrics.accuracy_score,
    "confusion_matrix": lambda t, p, K: metrics.confusion_matrix(t, p, labels=np.arange(K)),
    "precision_recall_f1": ratios,
    "log_loss": lambda y, P: metrics.log_loss(y, P, labels=np.arange(P.shape[1])),
    "precision_recall_curve": curve,
    "roc_auc": metrics.roc_auc_score,
}


@pytest.mark.parametrize("law", [law for name in EXERCISES for law in laws(name)], ids=str)
def test_the_textbook_fulfils(law):
    law(getattr(textbook, law.exercise))


@pytest.mark.parametrize("law", [law for name in LIBRARY for law in laws(name)], ids=str)
def test_the_library_fulfils(law):
    law(LIBRARY[law.exercise])


# Each law by itself. Most of these would be refused by a plainer law before, but `laws` hands the
# laws out one by one.


def spoilt(name, spoil):
    """A function of the textbook whose result is made wrong."""
    return lambda *args: spoil(getattr(textbook, name)(*args))


def steps_down_hill_backwards(W, b, X, y, eta, alpha):
    new_W, new_b = textbook.sgd_step(W, b, X, y, eta, alpha)
    return 2 * W - new_W, 2 * b - new_b


def same_objects(W, b, X, y, eta, alpha):
    return W, b


def downwards(n_samples, batch_size, rng):
    order = np.arange(n_samples)[::-1]
    return [order[start : start + batch_size] for start in range(0, n_samples, batch_size)]


def whatever_the_seed(n_samples, batch_size, rng):
    odd = rng.bit_generator.state["has_uint32"]  # how often it was asked, but nothing of its seed
    rng.integers(2, dtype=np.uint32)
    return textbook.minibatches(n_samples, batch_size, np.random.default_rng(odd))


def stops_early(X, y, n_classes, *, n_epochs, **how):
    return textbook.fit_softmax(X, y, n_classes, n_epochs=min(n_epochs, 3), **how)


def of_no_order(X, y, n_classes, **how):
    W, b = textbook.fit_softmax(X, y, n_classes, **how)
    return W + 0.25, b


@pytest.mark.parametrize(
    ("name", "law", "function", "said"),
    [
        ("sigmoid", "it turns around", spoilt("sigmoid", np.square), "added to that of -z"),
        ("sigmoid", "exp is never", lambda z: 1 / len([]), "ZeroDivisionError"),
        ("binary_cross_entropy", "never negative", spoilt("binary_cross_entropy", np.negative),
         "0 or more"),
        ("binary_cross_entropy", "the lowest when", spoilt("binary_cross_entropy", np.negative),
         "at p = 3/4"),
        ("binary_cross_entropy_gradient", "it sums to 0",
         spoilt("binary_cross_entropy_gradient", np.abs), "entries that sum to 0"),
        ("softmax", "rows sum to 1", spoilt("softmax", np.square), "rows that sum to 1"),
        ("cross_entropy", "never negative", spoilt("cross_entropy", np.negative), "0 or more"),
        ("cross_entropy", "the lowest when", spoilt("cross_entropy", np.negative),
         "at 1/8, 2/8, 5/8"),
        ("cross_entropy_gradient", "each row sums to 0",
         spoilt("cross_entropy_gradient", np.abs), "rows that sum to 0"),
        ("sgd_step", "a small step lowers", steps_down_hill_backwards, "less than"),
        ("sgd_step", "W, b, X and y are left", same_objects, "a new array"),
        ("minibatches", "each batch is an array", lambda n, size, rng: [np.arange(n) * (n > 1) * 7],
         "whole numbers from 0 to 2"),
        ("minibatches", "the order is random", downwards, "a random order"),
        ("minibatches", "the next epoch has", whatever_the_seed, "another order than with seed 3"),
        ("fit_one_sample_at_a_time", "sample after sample",
         lambda *data, **how: (np.array([9.0]), 9.0), "should be"),
        ("fit_softmax", "every epoch has a new order", of_no_order, "some order"),
        ("fit_softmax", "trained to the end", stops_early, "probabilities"),
        ("confusion_matrix", "it sums to n", spoilt("confusion_matrix", np.transpose), "sum to"),
        ("precision_recall_curve", "recall never rises",
         spoilt("precision_recall_curve", lambda parts: (parts[0], parts[1][::-1], parts[2])),
         "falls from 1 to 0"),
    ],
)  # fmt: skip
def test_each_law_refuses_by_itself(name, law, function, said):
    (law,) = [each for each in laws(name) if each.name.startswith(law)]
    law(getattr(textbook, name))
    with pytest.raises(AssertionError, match=re.escape(said)):
        law(function)


def test_a_law_that_cannot_even_read_the_result_is_broken():
    (law,) = [each for each in laws("softmax") if each.name == "rows sum to 1"]
    with pytest.raises(AssertionError, match="raises     "):
        law(lambda Z: "none of your business")
