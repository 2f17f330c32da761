"""Classification metrics for two classes and for many, equal to scikit-learn's.

Read in this order:

- ``labels``: labels of any type as codes 0 … K−1
- ``confusion``: the confusion count, made by one `bincount`, and the scores on it
- ``precision_recall``: precision, recall, F-score; ``f_scores``: each on its own
- ``report``: the classification report
- ``probability``: log loss and Brier score
- ``curves``: precision-recall and ROC curves, made by one sort
- ``areas``: the areas under them
- ``confusion_display``, ``precision_recall_display``, ``roc_curve_display``: their pictures
- ``inputs``: what the arguments may be
"""

from scratch.metrics.areas import auc, average_precision_score, roc_auc_score
from scratch.metrics.confusion import (
    accuracy_score,
    balanced_accuracy_score,
    cohen_kappa_score,
    confusion_matrix,
    matthews_corrcoef,
)
from scratch.metrics.curves import precision_recall_curve, roc_curve
from scratch.metrics.displays.confusion import ConfusionMatrixDisplay
from scratch.metrics.displays.precision_recall import PrecisionRecallDisplay
from scratch.metrics.displays.roc import RocCurveDisplay
from scratch.metrics.f_scores import f1_score, fbeta_score, precision_score, recall_score
from scratch.metrics.precision_recall import precision_recall_fscore_support
from scratch.metrics.probability import brier_score_loss, log_loss
from scratch.metrics.report import classification_report

__all__ = [
    "ConfusionMatrixDisplay",
    "PrecisionRecallDisplay",
    "RocCurveDisplay",
    "accuracy_score",
    "auc",
    "average_precision_score",
    "balanced_accuracy_score",
    "brier_score_loss",
    "classification_report",
    "cohen_kappa_score",
    "confusion_matrix",
    "f1_score",
    "fbeta_score",
    "log_loss",
    "matthews_corrcoef",
    "precision_recall_curve",
    "precision_recall_fscore_support",
    "precision_score",
    "recall_score",
    "roc_auc_score",
    "roc_curve",
]
