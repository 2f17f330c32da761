"""Random labels, weights and parameters, ours and scikit-learn's: a few seconds of a long search.

Each case is drawn from its seed alone, so a failure can be repeated. The values of the options
include ones that are refused: then both must raise.
"""

import numpy as np
import pytest
import scipy.sparse

from scratch.validation.labels import is_text
from tests.metrics.against_sklearn import LABELS, assert_alike
from tests.metrics.cases import codes, indicators

AVERAGES = ["micro", "macro", "weighted", "samples", "binary", None, "marco"]
ZERO_DIVISIONS = ["warn", 0, 1, np.nan, np.float64(1), "0"]
COMMON = {
    "labels": [None, [0, 1], [2, 0, 5], [1], np.array([0, 1], object), ["0", "1"], 1],
    "sample_weight": ["none", "floats", "ints", "large ints", "zeros", "tiny", "huge", "text"],
}
WEIGHTS = {"sample_weight": COMMON["sample_weight"]}
# scikit-learn makes a matrix of zeros of labels of another type than the targets', we an error
MATRIX = {**COMMON, "labels": [None, [0, 1], [2, 0, 5], [1], np.array([0, 1], object), 1]}
RATIOS = {**COMMON, "average": AVERAGES, "pos_label": [1, 0, 2, np.int64(1), "one"]}
FUNCTIONS = {
    "accuracy_score": {"normalize": [True, False, np.True_], **WEIGHTS},
    "hamming_loss": WEIGHTS,
    "confusion_matrix": {**MATRIX, "normalize": [None, "true", "pred", "all", "rows"]},
    "cohen_kappa_score": {**MATRIX, "weights": [None, "linear", "quadratic"]},
    "multilabel_confusion_matrix": {**COMMON, "samplewise": [False, True]},
    "precision_recall_fscore_support": {
        **RATIOS,
        "beta": [1, 0, 0.5, np.inf, np.float32(2), -1],
        "zero_division": ZERO_DIVISIONS,
        "warn_for": [("precision",), ["recall", "f-score"], set()],
    },
    "jaccard_score": {**RATIOS, "zero_division": ZERO_DIVISIONS},
    "f1_score": {**RATIOS, "zero_division": ZERO_DIVISIONS},
    "classification_report": {
        **COMMON,
        "digits": [2, 0, np.int8(5), -1],
        "output_dict": [True, False],
        "zero_division": ZERO_DIVISIONS,
        "target_names": [["a", "b"], {"a": 0, "b": 1}.keys(), {0: "a", 1: "b", 2: "c"}.values()],
    },
}
SCORES = {
    "precision_recall_curve": {"drop_intermediate": [True, False]},
    "roc_curve": {"drop_intermediate": [True, False]},
    "average_precision_score": {"average": ["macro", "samples"]},
    "roc_auc_score": {"max_fpr": [None, 0.4, 1, 0, 0.25]},
    "brier_score_loss": {"scale_by_half": [True, False, "auto"]},
    "log_loss": {"normalize": [True, False]},
}
# Indicators as they come; scikit-learn also counts the zeros that blocks (BSR) store.
FORMS = [
    np.asarray,
    np.ndarray.tolist,
    np.asfortranarray,
    lambda y: y == 1,
    lambda y: 2.0 * y,
    scipy.sparse.csr_array,
    scipy.sparse.csr_matrix,
    scipy.sparse.csc_array,
    scipy.sparse.coo_matrix,
    scipy.sparse.lil_array,
]
# Not what no list of options has in common: dates, and integers that no float holds.
KINDS = [kind for kind in LABELS if kind not in ("dates", "uint64")]


def pick(rng, options):
    """Draw one of some values of any type."""
    return options[rng.integers(len(options))]


def drawn_weight(rng, kind, n_samples):
    """Return random weights of a kind."""
    floats = rng.random(n_samples) + 0.1
    return {
        "none": None,
        "floats": floats,
        "ints": rng.integers(0, 4, n_samples) + (np.arange(n_samples) == 0),
        "large ints": rng.integers(2**53, 2**55, n_samples),
        "zeros": np.where(rng.random(n_samples) < 0.5, 0, floats) + (np.arange(n_samples) == 0),
        "tiny": rng.integers(0, 9, n_samples) * 1e-300 + 1e-300 * (np.arange(n_samples) == 0),
        "huge": rng.integers(0, 9, n_samples) * 1e300 + 1e300 * (np.arange(n_samples) == 0),
        "text": ["a"] * n_samples,
    }[kind]


def drawn_parameters(rng, options, n_samples):
    """Return random values for a random half of the options."""
    drawn = {name: pick(rng, values) for name, values in options.items() if rng.random() < 0.5}
    if "sample_weight" in drawn:
        drawn["sample_weight"] = drawn_weight(rng, drawn["sample_weight"], n_samples)
    return drawn


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("name", FUNCTIONS)
def test_counting(name, seed):
    rng = np.random.default_rng([seed, len(name)])
    n_samples = int(rng.integers(1, 40))
    if rng.random() < 0.3:
        drawn = indicators(n_samples, int(rng.integers(2, 5)), rng.random(), seed)
        true, pred = (pick(rng, FORMS)(y) for y in drawn)
    else:
        how = n_samples, int(rng.integers(1, 6)), rng.random(), seed
        true, pred = map(LABELS[pick(rng, KINDS)], codes(*how))
    parameters = drawn_parameters(rng, FUNCTIONS[name], n_samples)
    one_label = not scipy.sparse.issparse(true) and is_text(np.asarray(true))
    if name in ("confusion_matrix", "cohen_kappa_score") and one_label:
        parameters.pop("labels", None)
    # where weights come near 2⁵⁵ scikit-learn's own sums are rounded
    assert_alike(name, true, pred, rtol=1e-6, **parameters)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("name", SCORES)
def test_scores(name, seed):
    rng = np.random.default_rng([seed, len(name)])
    n_samples = int(rng.integers(2, 40))
    true = rng.integers(0, 2, n_samples)
    true[:2] = 0, 1
    score = rng.random(n_samples).round(int(rng.integers(0, 4)))  # few decimals make ties
    score = score.astype(pick(rng, [np.float64, np.float32]))
    parameters = drawn_parameters(rng, {**SCORES[name], **WEIGHTS}, n_samples)
    y_true = pick(rng, [true, true.tolist(), 2 * true - 1, true == 1, true.astype(float)])
    assert_alike(name, y_true, score, rtol=1e-6, **parameters)
