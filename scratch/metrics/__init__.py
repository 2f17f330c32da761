"""Classification metrics for two classes and for many, equal to scikit-learn's.

Read in this order:

- ``targets``: what is compared, true and predicted labels
- ``counts``: the one count, made by one `bincount`: the confusion matrix, and true positives, false
  positives and false negatives of each class
- ``confusion``: the confusion matrix, accuracy, and other scores of the whole matrix
- ``multilabel``: the same count for several labels a sample
- ``precision_recall``: precision, recall, F-score; ``f_scores``: each on its own
- ``report``: the classification report
- ``probability``: log loss and Brier score
- ``curves``: precision-recall and ROC curves, made by one sort
- ``areas``: the areas under them
- ``top_k``: accuracy with several guesses
- ``displays``: their pictures

A new metric of predicted labels is a formula on `counts`: `cohen_kappa_score` in ``confusion`` and
`jaccard_score` in ``f_scores`` are models to follow.
"""

from typing import Any

from scratch.like_sklearn.scorers import HANDED_THROUGH, scorer

# ruff: noqa: F403 (each file names in its `__all__` what is public)
from scratch.metrics import (
    areas,
    confusion,
    curves,
    displays,
    f_scores,
    margins,
    multilabel,
    precision_recall,
    probability,
    report,
    top_k,
)
from scratch.metrics.areas import *
from scratch.metrics.confusion import *
from scratch.metrics.curves import *
from scratch.metrics.displays import *
from scratch.metrics.f_scores import *
from scratch.metrics.margins import *
from scratch.metrics.multilabel import *
from scratch.metrics.precision_recall import *
from scratch.metrics.probability import *
from scratch.metrics.report import *
from scratch.metrics.top_k import *

__all__: list[str] = []
__all__ += areas.__all__
__all__ += confusion.__all__
__all__ += curves.__all__
__all__ += displays.__all__
__all__ += f_scores.__all__
__all__ += margins.__all__
__all__ += multilabel.__all__
__all__ += precision_recall.__all__
__all__ += probability.__all__
__all__ += report.__all__
__all__ += top_k.__all__


def __getattr__(name: str) -> Any:
    """Hand scikit-learn's `make_scorer` and `get_scorer` through; they load it when asked for."""
    if name in HANDED_THROUGH:
        return scorer(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
