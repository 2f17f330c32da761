"""The chapter's small examples: inputs that fit on a line, and their metrics."""

import numpy as np
import sklearn.metrics

from scratch import metrics
from scratch.chapter.lesson import Answers, Compared, Counts, Forecast
from scratch.losses import binary_cross_entropy, cross_entropy

TARGETS = np.array([1, 0, 0, 1])
FORECASTS = {
    "good": np.array([0.9, 0.2, 0.01, 0.7]),
    "perfect": np.array([1.0, 0.0, 0.0, 1.0]),
    "awful": np.array([0.1, 0.85, 0.99, 0.85]),
}

SIX_TRUE = np.array([1, 0, 1, 1, 0, 0])
SIX_SAID = np.array([1, 1, 1, 1, 0, 1])  # two false alarms, nothing missed

# 100 tumours, 9 of them malignant. The flawed classifier hardly ever says so: once, rightly, and
# once of a benign one.
TUMOURS_TRUE = np.repeat([1, 0], [9, 91])
TUMOURS_SAID = np.zeros(100, dtype=int)
TUMOURS_SAID[[0, 9]] = 1

THREE_TARGETS = np.array([1, 2])
THREE_PROBABILITIES = np.array([[0.03, 0.95, 0.02], [0.1, 0.2, 0.7]])


def forecasts():
    """Binary cross-entropy of a good, a perfect and an awful forecast of four outcomes."""
    return tuple(_forecast(kind, p) for kind, p in FORECASTS.items())


def _forecast(kind, probabilities):
    with np.errstate(divide="ignore"):  # certainty is a logit of ±inf, and the loss has its limit
        logits = np.log(probabilities) - np.log1p(-probabilities)
    loss = Compared(
        f"cross-entropy, {kind} forecast",
        float(binary_cross_entropy(logits, TARGETS)[0]),
        sklearn.metrics.log_loss(TARGETS, probabilities),
    )
    return Forecast(kind, TARGETS, probabilities, loss)


def loss_curves():
    """Return the loss of one forecast against its probability: (probabilities, if 1, if 0)."""
    p = np.linspace(0.005, 0.995, 199)
    logits = np.log(p) - np.log1p(-p)
    if_one, if_zero = (
        np.array([binary_cross_entropy(logits[i : i + 1], [target])[0] for i in range(len(p))])
        for target in (1, 0)
    )
    return p, if_one, if_zero


def small_cross_entropy():
    """Cross-entropy of two forecasts over three classes."""
    return Compared(
        "cross-entropy, two small forecasts",
        float(cross_entropy(np.log(THREE_PROBABILITIES), THREE_TARGETS)[0]),
        sklearn.metrics.log_loss(THREE_TARGETS, THREE_PROBABILITIES, labels=[0, 1, 2]),
    )


def six_answers():
    return _answers("six answers", SIX_TRUE, SIX_SAID)


def tumours():
    return _answers("tumours", TUMOURS_TRUE, TUMOURS_SAID)


def _answers(name, truth, said):
    accuracy = compare(f"accuracy, {name}", "accuracy_score", truth, said)
    return Answers(truth, said, accuracy, count(name, truth, said))


def count(name, truth, said):
    """Return counts, precision, recall and F1 of yes-or-no answers, ours and scikit-learn's."""
    (tn, fp), (fn, tp) = metrics.confusion_matrix(truth, said).tolist()
    return Counts(
        tn,
        fp,
        fn,
        tp,
        **{
            measure: compare(f"{measure}, {name}", f"{measure}_score", truth, said)
            for measure in ("precision", "recall", "f1")
        },
    )


def compare(name, function, *args, **kwargs):
    """Return a function of `scratch.metrics` and its namesake in scikit-learn on the same input."""
    return Compared(
        name,
        getattr(metrics, function)(*args, **kwargs),
        getattr(sklearn.metrics, function)(*args, **kwargs),
    )
