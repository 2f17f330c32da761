"""Targets with several labels a sample, against scikit-learn's, and by hand."""

import numpy as np
import pytest
import scipy.sparse

from scratch import metrics
from tests.metrics.against_sklearn import assert_alike
from tests.metrics.cases import codes, indicators, weights
from tests.metrics.label_cases import INDICATORS
from tests.metrics.registry import OF_LABELS, variations

AVERAGES = ("micro", "macro", "weighted", "samples", None)
SCORING = tuple(
    (name, {"average": average})
    for name in ("average_precision_score", "roc_auc_score")
    for average in AVERAGES
)


def test_means_of_integer_weights_whose_sum_no_integer_holds():
    true, pred = indicators(n_samples=700)
    weight = np.full(700, 2**54)
    for name, how in (
        ("f1_score", {"average": "samples", "zero_division": 0}),
        ("f1_score", {"average": "weighted"}),
        ("jaccard_score", {"average": "samples", "zero_division": 0}),
        ("accuracy_score", {}),
        ("hamming_loss", {}),  # below 0 in scikit-learn
    ):
        expected = getattr(metrics, name)(true, pred, **how)
        found = getattr(metrics, name)(true, pred, sample_weight=weight, **how)
        assert found == pytest.approx(expected, rel=1e-13)
    right = metrics.accuracy_score(true, pred, normalize=False)
    found = metrics.accuracy_score(true, pred, normalize=False, sample_weight=weight)
    assert found == right * 2**54


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


SPARSE = ("csr_array", "csr_matrix", "csc_array", "coo_matrix", "lil_matrix", "dok_array")


@pytest.mark.parametrize(
    ("targets", "kind"),
    [(targets, ("unweighted", "floats")[i % 2]) for i, targets in enumerate(INDICATORS)],
)
@pytest.mark.parametrize("name", OF_LABELS)
def test_sparse_indicators(name, targets, kind):
    true, pred = INDICATORS[targets]
    sparse = [scipy.sparse.csr_array(y) for y in (true, pred)]
    before = [y.copy() for y in sparse]
    weight = weights(kind, len(true))
    for parameters in variations(name, pairs=True, share=list(INDICATORS).index(targets)):
        parameters = {"sample_weight": weight, **parameters}
        assert_alike(name, *sparse, rtol=1e-13, **parameters)
    for y, was in zip(sparse, before, strict=True):
        assert (y != was).nnz == 0


@pytest.mark.parametrize("other", [*SPARSE, "an array", "bools", "floats"])
@pytest.mark.parametrize("form", SPARSE)
def test_formats_of_sparse_indicators(form, other):
    true, pred = indicators()
    true = getattr(scipy.sparse, form)(true)
    if other in SPARSE:
        pred = getattr(scipy.sparse, other)(pred)
    elif other != "an array":
        pred = scipy.sparse.csc_matrix(pred.astype(bool if other == "bools" else float))
    for metric, how in (
        ("accuracy_score", {}),
        ("hamming_loss", {}),
        ("f1_score", {"average": "macro"}),
        ("jaccard_score", {"average": "samples", "zero_division": 1}),
        ("multilabel_confusion_matrix", {"labels": [2, 0], "samplewise": True}),
    ):
        assert_alike(metric, true, pred, **how)
        if other not in SPARSE:
            assert_alike(metric, pred, true, **how)


@pytest.mark.parametrize("labels", [[2, 0], [3, 3, 1]], ids=str)
@pytest.mark.parametrize("average", AVERAGES)
def test_columns_of_sparse_indicators(average, labels):
    sparse = map(scipy.sparse.csr_matrix, indicators())
    how = {"average": average, "labels": labels, "zero_division": 0.0}
    assert_alike("f1_score", *sparse, rtol=1e-14, **how)


def test_zeros_that_are_stored_do_not_count_and_stay():
    true, pred = map(scipy.sparse.csr_array, indicators())
    explicit = true.copy()
    explicit.data[:5] = 0
    for name, how in (
        ("accuracy_score", {}),
        ("hamming_loss", {}),
        ("f1_score", {"average": "micro"}),
    ):
        metric = getattr(metrics, name)
        assert metric(explicit, pred, **how) == metric(explicit.toarray(), pred.toarray(), **how)
    assert explicit.nnz == true.nnz


def test_numbers_in_one_place_of_an_indicator_are_added():
    twice = scipy.sparse.csr_array(([1, 1, 1], [0, 0, 1], [0, 2, 3]), shape=(2, 2))
    assert metrics.f1_score(twice, np.eye(2), average="micro") == 1
    assert twice.nnz == 3


def test_sparse_indicators_are_never_made_dense():
    n_samples, n_labels = 10**6, 10**6  # a terabyte, one byte for each
    rows, columns = np.arange(0, n_samples, 10**3), np.arange(0, n_labels, 10**3)
    shape = n_samples, n_labels
    true = scipy.sparse.csr_array((np.ones(1000, bool), (rows, columns)), shape)
    pred = scipy.sparse.csr_array((np.ones(500, bool), (rows[:500], columns[:500])), shape)
    assert metrics.accuracy_score(true, pred) == 1 - 500 / n_samples
    assert metrics.hamming_loss(true, pred) == 500 / n_samples / n_labels
    assert metrics.recall_score(true, pred, average="micro") == 0.5
    assert metrics.precision_score(true, pred, average="weighted", zero_division=0) == 0.5
    counts = metrics.multilabel_confusion_matrix(true, pred, labels=[0, 10**6 - 1000])
    assert counts.tolist() == [[[n_samples - 1, 0], [0, 1]], [[n_samples - 1, 0], [1, 0]]]


@pytest.mark.parametrize("dtype", ["Int64", "boolean", "Float32", "UInt8"])
@pytest.mark.parametrize(
    "name", ["log_loss", "brier_score_loss", "roc_auc_score", "average_precision_score"]
)
def test_nullable_frames_are_indicators(name, dtype):
    pandas = pytest.importorskip("pandas")
    true = np.eye(3, dtype=int)[codes(n_classes=3)[0]]
    proba = np.random.default_rng(0).dirichlet(np.ones(3), len(true))
    frame = pandas.DataFrame(true).astype(dtype)
    assert getattr(metrics, name)(frame, proba) == getattr(metrics, name)(true, proba)
    assert_alike(name, frame, proba, rtol=1e-14)
    frame.iloc[0, 0] = None
    assert_alike(name, frame, proba)


def test_nullable_frames_are_counted():
    pandas = pytest.importorskip("pandas")
    true, pred = indicators()
    frame = pandas.DataFrame(true).astype("Int64")  # scikit-learn refuses it in what counts
    how = {"average": "macro"}
    assert metrics.f1_score(frame, pred, **how) == metrics.f1_score(true, pred, **how)


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
