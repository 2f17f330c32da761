"""The calls that the metrics benchmark times: every function, on labels of every type.

The floor beside each is the one NumPy pass over the data that nobody can do without: a `bincount`
of ready-made codes for all that counts, a sort for all that goes over thresholds.
"""

import inspect
from dataclasses import dataclass

import numpy as np

import scratch.metrics

N_CLASSES = 10
MILLION = 1_000_000
# At a million samples scikit-learn takes seconds for each of these, so they are left out there.
# Counting metrics spend most of their time on labels that are not small integers, so with many such
# labels a few of these metrics stand for all.
_SLOW = ("roc_auc_score ovr", "roc_auc_score ovo")
_MANY = 60_000
_FEW = 1_000  # one call of a metric for each threshold
_STAND_FOR_ALL = ("accuracy_score", "confusion_matrix", "classification_report")
WORDS = np.array(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
LABELS = {
    "integers": np.arange(N_CLASSES),
    "wide integers": (np.arange(N_CLASSES) - 3) * 1_234_567_890,
    "characters": np.array(list("0123456789")),
    "words": WORDS,
    "objects": WORDS.astype(object),
    "wide strings": np.arange(N_CLASSES).astype(str),  # <U21, as NumPy makes of whole numbers
}
TWO_CLASSES = "yes and no"


def comparing_with(name):
    """The metrics whose second parameter has a name, each with what a call of ten classes needs."""
    found = {}
    for metric in scratch.metrics.__all__:
        parameters = inspect.signature(getattr(scratch.metrics, metric)).parameters
        if list(parameters)[1:2] == [name]:
            needed = {"average": "macro", "beta": 2.0} if "average" in parameters else {}
            found[metric] = {
                option: value
                for option, value in needed.items()
                if option in parameters and parameters[option].default in ("binary", inspect._empty)
            }
    return found


# Apart from those that take two classes only, a column for each class, or a metric.
COUNTING = {
    name: keywords
    for name, keywords in {**comparing_with("y_pred"), **comparing_with("y2")}.items()
    if name != "class_likelihood_ratios"
}
THRESHOLDS = tuple(
    name
    for name in comparing_with("y_score")
    if name not in ("top_k_accuracy_score", "metric_at_thresholds")
)


@dataclass(frozen=True)
class Case:
    """A call to time: ``getattr(library, name)(*arguments, **keywords)``."""

    label: str
    labels: str
    n: int
    arguments: tuple
    keywords: dict
    floor_name: str
    floor: object  # a callable

    @property
    def name(self):
        return self.label.split()[0]


def n_cases(labels, n):
    """How many `cases` there are."""
    if labels == TWO_CLASSES:
        return 2 * len(THRESHOLDS) + 3 + (n <= _FEW)
    return (
        len(_counting(labels, n)) + 3 + (len(_SLOW) if labels == "integers" and n < MILLION else 0)
    )


def _counting(labels, n):
    some = labels != "integers" and n >= _MANY
    return {name: COUNTING[name] for name in (_STAND_FOR_ALL if some else COUNTING)}


def cases(labels, n):
    """The calls to time on n samples with labels of one type."""
    rng = np.random.default_rng(n)
    if labels == TWO_CLASSES:
        yield from _two_class_cases(labels, n, rng)
        return
    codes = rng.permutation(np.arange(n) % N_CLASSES)
    guesses = np.where(rng.random(n) < 0.85, codes, rng.integers(0, N_CLASSES, n))
    pairs = codes * N_CLASSES + guesses
    y_true, y_pred = LABELS[labels][codes], LABELS[labels][guesses]
    for name, keywords in _counting(labels, n).items():
        floor = ("bincount", lambda: np.bincount(pairs))
        if name in ("accuracy_score", "hamming_loss", "zero_one_loss"):
            floor = ("count_nonzero", lambda: np.count_nonzero(codes == guesses))
        yield Case(name, labels, n, (y_true, y_pred), keywords, *floor)
    # (n, n_classes), more on the true class; columns in the order of the sorted labels
    logits = rng.standard_normal((n, N_CLASSES)) + 3 * (codes[:, None] == np.arange(N_CLASSES))
    probabilities = np.exp(logits)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    probabilities = np.ascontiguousarray(probabilities[:, np.argsort(LABELS[labels])])
    yield Case("log_loss", labels, n, (y_true, probabilities), {}, "sum", probabilities.sum)
    partition = ("partition of rows", lambda: np.partition(probabilities, -2, axis=1))
    yield Case("top_k_accuracy_score", labels, n, (y_true, probabilities), {}, *partition)
    maximum = ("max of rows", lambda: logits.max(axis=1))
    yield Case("hinge_loss", labels, n, (y_true, probabilities), {}, *maximum)
    if labels == "integers" and n < MILLION:
        for label in _SLOW:
            keywords = {"multi_class": label.split()[1]}
            floor = ("argsort of columns", lambda: np.argsort(probabilities, axis=0))
            yield Case(label, labels, n, (y_true, probabilities), keywords, *floor)


def _two_class_cases(labels, n, rng):
    y_true = rng.permutation(np.arange(n) % 5 == 0)
    scores = 1 / (1 + np.exp(-rng.standard_normal(n) - 2.0 * y_true))
    for dtype in (np.float64, np.float32):
        typed = scores.astype(dtype)
        for name in THRESHOLDS:
            floor = ("argsort", lambda typed=typed: np.argsort(typed))
            label = name if dtype == np.float64 else f"{name} float32"
            yield Case(label, labels, n, (y_true, typed), {}, *floor)
    yield Case("brier_score_loss", labels, n, (y_true, scores), {}, "sum", scores.sum)
    y_pred = scores > 0.5
    pairs = 2 * y_true + y_pred
    bincount = ("bincount", lambda: np.bincount(pairs))
    yield Case("class_likelihood_ratios", labels, n, (y_true, y_pred), {}, *bincount)
    if n <= _FEW:
        arguments = (y_true, scores, np.array_equal)
        yield Case("metric_at_thresholds", labels, n, arguments, {}, "argsort", scores.argsort)
    steps = np.sort(scores)
    yield Case("auc", labels, n, (steps, scores), {}, "sum", scores.sum)
