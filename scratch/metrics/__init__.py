"""Classification metrics for two classes and for many, equal to scikit-learn's.

Read in this order:

- ``targets``: true and predicted labels, checked
- ``class_counts``: the one count, a `bincount`; ``counting``: true positives, false positives and
  false negatives of each class, for one label per sample or several
- ``confusion``: the confusion matrix, accuracy, and other scores of the whole matrix;
  ``likelihood_ratios``: how a prediction changes the odds of two classes
- ``precision_recall``: precision, recall, F-score; ``f_scores``: each on its own
- ``report``: the classification report
- ``probability``: log loss and Brier score; ``margins``: the hinge loss
- ``thresholds``: the one sort: counts at every threshold; ``threshold_curves``: the
  precision-recall, ROC and DET curves; ``areas``: the areas under them
- ``top_k``: accuracy with several guesses
- ``displays``: their pictures

Each file names its metrics in `__all__`: tests and benchmarks take their lists from there. A new
metric of predicted labels is a formula on the counts: `cohen_kappa_score` in ``confusion`` and
`jaccard_score` in ``f_scores`` are models to follow.
"""

from typing import Any

from scratch.like_sklearn.scorers import HANDED_THROUGH, scorer

# ruff: noqa: F403 (each file names in its `__all__` what is public)
from scratch.metrics import (
    areas,
    confusion,
    counting,
    displays,
    f_scores,
    likelihood_ratios,
    margins,
    precision_recall,
    probability,
    report,
    threshold_curves,
    thresholds,
    top_k,
)
from scratch.metrics.areas import *
from scratch.metrics.confusion import *
from scratch.metrics.counting import *
from scratch.metrics.displays import *
from scratch.metrics.f_scores import *
from scratch.metrics.likelihood_ratios import *
from scratch.metrics.margins import *
from scratch.metrics.precision_recall import *
from scratch.metrics.probability import *
from scratch.metrics.report import *
from scratch.metrics.threshold_curves import *
from scratch.metrics.thresholds import *
from scratch.metrics.top_k import *

__all__: list[str] = []
__all__ += areas.__all__
__all__ += confusion.__all__
__all__ += counting.__all__
__all__ += displays.__all__
__all__ += f_scores.__all__
__all__ += likelihood_ratios.__all__
__all__ += margins.__all__
__all__ += precision_recall.__all__
__all__ += probability.__all__
__all__ += report.__all__
__all__ += threshold_curves.__all__
__all__ += thresholds.__all__
__all__ += top_k.__all__


def __getattr__(name: str) -> Any:
    """Hand scikit-learn's `make_scorer` and `get_scorer` through; they load it when asked for."""
    if name in HANDED_THROUGH:
        return scorer(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
