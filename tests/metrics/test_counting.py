"""Targets with several labels a sample, against scikit-learn's, and by hand."""

import numpy as np
import pytest

from scratch import metrics
from tests.metrics.against_sklearn import assert_alike
from tests.metrics.cases import codes, indicators, weights

AVERAGES = ("micro", "macro", "weighted", "samples", None)
SCORING = tuple(
    (name, {"average": average})
    for name in ("average_precision_score", "roc_auc_score")
    for average in AVERAGES
)


@pytest.mark.parametrize(
    "convert",
    {
        "floats": lambda y: y.astype(float),
        "lists": lambda y: y.tolist(),
        "unsigned": lambda y: y.astype(np.uint8),
        "in columns": np.asfortranarray,
        "twos": lambda y: 2 * y,
    }.items(),
    ids=lambda item: item[0],
)
@pytest.mark.parametrize("name", ["accuracy_score", "hamming_loss", "classification_report"])
def test_types_of_indicators(name, convert):
    assert_alike(name, *map(convert[1], indicators()))


@pytest.mark.parametrize("samplewise", [False, True])
@pytest.mark.parametrize("kind", ["unweighted", "floats"])
def test_confusion_matrices_of_labels_and_of_samples(samplewise, kind):
    true, pred = indicators()
    theirs = metrics.multilabel_confusion_matrix(true, pred, samplewise=samplewise)
    assert theirs.sum(axis=(1, 2)).tolist() == [len(true[0]) if samplewise else len(true)] * len(
        theirs
    )
    how = {"samplewise": samplewise, "sample_weight": weights(kind, len(true))}
    assert_alike("multilabel_confusion_matrix", true, pred, rtol=1e-12, **how)
    assert_alike("multilabel_confusion_matrix", true, pred, labels=[2, 0], rtol=1e-12, **how)


@pytest.mark.parametrize("kind", ["unweighted", "floats", "ints"])
def test_confusion_matrices_of_one_label_a_sample(kind):
    true, pred = codes()
    how = {"sample_weight": weights(kind, len(true))}
    assert_alike("multilabel_confusion_matrix", true, pred, rtol=1e-12, **how)
    assert_alike("multilabel_confusion_matrix", true, pred, labels=[3, 0], rtol=1e-12, **how)
    assert_alike("multilabel_confusion_matrix", list("abca"), list("abbc"))


def test_each_label_is_a_question_of_its_own():
    true, pred = indicators()
    of_labels = metrics.multilabel_confusion_matrix(true, pred)
    for k, matrix in enumerate(of_labels):
        assert matrix.tolist() == metrics.confusion_matrix(true[:, k], pred[:, k]).tolist()
    f1 = metrics.f1_score(true, pred, average=None)
    assert f1.tolist() == [metrics.f1_score(true[:, k], pred[:, k]) for k in range(4)]
    how = {"zero_division": 0}
    by_sample = [metrics.f1_score(row, guess, **how) for row, guess in zip(true, pred, strict=True)]
    mean = metrics.f1_score(true, pred, average="samples", **how)
    assert mean == pytest.approx(np.mean(by_sample), rel=1e-14)


def test_by_hand():
    true, pred = [[1, 0, 1], [0, 1, 0]], [[1, 1, 1], [0, 1, 0]]
    assert metrics.accuracy_score(true, pred) == 1 / 2
    assert metrics.hamming_loss(true, pred) == 1 / 6
    assert metrics.precision_score(true, pred, average="samples") == (2 / 3 + 1) / 2
    assert metrics.jaccard_score(true, pred, average=None).tolist() == [1, 1 / 2, 1]
    assert metrics.multilabel_confusion_matrix(true, pred)[1].tolist() == [[0, 1], [0, 1]]


@pytest.mark.parametrize("weighted", ["unweighted", "floats"])
@pytest.mark.parametrize("decimals", [1, 15])
@pytest.mark.parametrize(("name", "parameters"), SCORING, ids=str)
def test_areas(name, parameters, decimals, weighted):
    true, _ = indicators(share=0.4)
    rng = np.random.default_rng(1)
    score = (true + rng.normal(size=true.shape)).round(decimals)
    weight = weights(weighted, len(true))
    if parameters["average"] == "samples":  # where a sample has no label or all, the area is NaN
        keep = (true.sum(axis=1) % 4) > 0
        true, score = true[keep], score[keep]
        weight = None if weight is None else weight[keep]
    assert_alike(name, true, score, sample_weight=weight, rtol=1e-14, **parameters)
    assert_alike(name, true.tolist(), score.tolist(), rtol=1e-14, **parameters)


def test_partial_areas_and_labels_that_nobody_has():
    true, score = indicators()[0], np.random.default_rng(1).random((60, 4))
    assert_alike("roc_auc_score", true, score, max_fpr=0.3)
    assert_alike("roc_auc_score", true * [1, 0, 1, 1], score, average=None)
    assert_alike("average_precision_score", true * [1, 0, 1, 1], score, average=None)
    assert_alike("average_precision_score", true * 0, score, average="weighted")


@pytest.mark.parametrize(
    ("name", "arguments", "parameters"),
    [
        ("f1_score", indicators(), {}),  # average="binary"
        ("f1_score", indicators(), {"average": "macro", "labels": [4]}),
        ("f1_score", indicators(), {"average": "macro", "labels": [-1]}),
        ("multilabel_confusion_matrix", indicators(), {"labels": [0, 9]}),
        ("classification_report", indicators(), {"target_names": ["a"]}),
        ("accuracy_score", (indicators()[0], indicators(n_labels=3)[1]), {}),
        ("accuracy_score", (indicators()[0], codes(60)[1]), {}),
        ("f1_score", (codes(60)[0], indicators()[1]), {"average": "macro"}),
        ("hamming_loss", (indicators()[0], 2 * indicators()[1] + indicators()[0]), {}),
        ("average_precision_score", (indicators()[0], np.ones((60, 4))), {"pos_label": 0}),
        ("roc_auc_score", (indicators()[0], np.ones(60)), {}),
        ("roc_auc_score", (indicators()[0], np.full((60, 4), np.nan)), {}),
        ("precision_recall_curve", (indicators()[0], np.ones((60, 4))), {}),
    ],
    ids=str,
)
def test_misuse(name, arguments, parameters):
    assert_alike(name, *arguments, **parameters)


@pytest.mark.parametrize("name", ["average_precision_score", "roc_auc_score"])
def test_scores_of_other_labels_are_refused(name):
    # scikit-learn takes them, and leaves the labels without a column out.
    with pytest.raises(ValueError, match="one column for each class"):
        getattr(metrics, name)(indicators()[0], np.ones((60, 3)))
