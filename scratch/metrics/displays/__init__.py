"""The pictures of the metrics, scikit-learn's Displays; they load matplotlib when they draw."""

from scratch.metrics.displays.confusion_matrix_display import ConfusionMatrixDisplay
from scratch.metrics.displays.det_curve_display import DetCurveDisplay
from scratch.metrics.displays.precision_recall_display import PrecisionRecallDisplay
from scratch.metrics.displays.roc_curve_display import RocCurveDisplay

__all__ = ["ConfusionMatrixDisplay", "DetCurveDisplay", "PrecisionRecallDisplay", "RocCurveDisplay"]
