"""The table of exercises: number, function of the textbook, and the page's section on it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exercise:
    """A function of ``scratch.textbook`` to write oneself."""

    number: int
    name: str
    section: str  # the id of the page's section that explains it


_SECTIONS = {
    "sigmoid": "loss",
    "binary_cross_entropy": "loss",
    "binary_cross_entropy_gradient": "loss",
    "softmax": "ten",
    "cross_entropy": "ten",
    "cross_entropy_gradient": "ten",
    "minibatches": "training",
    "sgd_step": "training",
    "fit_softmax": "training",
    "fit_one_sample_at_a_time": "training",
    "accuracy": "accuracy",
    "confusion_matrix": "errors",
    "precision_recall_f1": "errors",
    "log_loss": "ten",
    "precision_recall_curve": "errors",
    "roc_auc": "errors",
}

EXERCISES = {
    name: Exercise(number, name, section)
    for number, (name, section) in enumerate(_SECTIONS.items(), start=1)
}
