"""The laws hold for the textbook and, adapted, for the library's losses and metrics."""

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
