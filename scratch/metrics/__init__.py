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

from scratch.metrics.areas import auc, average_precision_score, roc_auc_score
from scratch.metrics.confusion import (
    accuracy_score,
    balanced_accuracy_score,
    cohen_kappa_score,
    confusion_matrix,
    hamming_loss,
    matthews_corrcoef,
)
from scratch.metrics.curves import precision_recall_curve, roc_curve
from scratch.metrics.displays.confusion_matrix_display import ConfusionMatrixDisplay
from scratch.metrics.displays.precision_recall_display import PrecisionRecallDisplay
from scratch.metrics.displays.roc_curve_display import RocCurveDisplay
from scratch.metrics.f_scores import (
    f1_score,
    fbeta_score,
    jaccard_score,
    precision_score,
    recall_score,
)
from scratch.metrics.multilabel import multilabel_confusion_matrix
from scratch.metrics.precision_recall import precision_recall_fscore_support
from scratch.metrics.probability import brier_score_loss, log_loss
from scratch.metrics.report import classification_report
from scratch.metrics.top_k import top_k_accuracy_score

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
    "hamming_loss",
    "jaccard_score",
    "log_loss",
    "matthews_corrcoef",
    "multilabel_confusion_matrix",
    "precision_recall_curve",
    "precision_recall_fscore_support",
    "precision_score",
    "recall_score",
    "roc_auc_score",
    "roc_curve",
    "top_k_accuracy_score",
]
