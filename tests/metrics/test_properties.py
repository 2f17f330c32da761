"""What must hold of the metrics by their definitions, whatever scikit-learn says.

The laws of counts, of the precision-recall curve and of its areas in ``scratch.exercises`` hold for
them too: tests/exercises/test_laws.py.
"""

import numpy as np
import pytest

from scratch import metrics
from tests.metrics.cases import codes, scored
from tests.metrics.registry import OF_LABELS, OF_SCORES, required_of

SEEDS = pytest.mark.parametrize("seed", range(5))


@SEEDS
def test_f_score_is_the_harmonic_mean(seed):
    true, pred = codes(seed=seed)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(true, pred)
    np.testing.assert_allclose(f1, 2 / (1 / precision + 1 / recall), rtol=1e-14)
    beta = 2.5
    f_beta = metrics.fbeta_score(true, pred, beta=beta, average=None)
    np.testing.assert_allclose(
        f_beta, (1 + beta**2) / (1 / precision + beta**2 / recall), rtol=1e-14
    )


@SEEDS
def test_micro_average_is_accuracy(seed):
    true, pred = codes(seed=seed)
    accuracy = metrics.accuracy_score(true, pred)
    *micro, _ = metrics.precision_recall_fscore_support(true, pred, average="micro")
    np.testing.assert_allclose(micro, accuracy, rtol=1e-15)
    matrix = metrics.confusion_matrix(true, pred)
    assert accuracy == np.trace(matrix) / matrix.sum()


@SEEDS
def test_report_follows_from_the_confusion_matrix(seed):
    true, pred = codes(seed=seed)
    matrix = metrics.confusion_matrix(true, pred)
    report = metrics.classification_report(true, pred, output_dict=True)
    precision, recall = matrix.diagonal() / matrix.sum(axis=0), matrix.diagonal() / matrix.sum(1)
    for k in range(4):
        assert report[str(k)]["precision"] == precision[k]
        assert report[str(k)]["recall"] == recall[k]
        assert report[str(k)]["support"] == matrix.sum(axis=1)[k]
    assert report["macro avg"]["recall"] == pytest.approx(recall.mean(), rel=1e-15)
    assert report["weighted avg"]["recall"] == pytest.approx(report["accuracy"], rel=1e-15)
    assert metrics.balanced_accuracy_score(true, pred) == pytest.approx(recall.mean(), rel=1e-15)


def test_report_is_its_own_numbers_rounded():
    true, pred = codes()
    numbers = metrics.classification_report(true, pred, output_dict=True)
    for line in metrics.classification_report(true, pred, digits=3).splitlines()[2:6]:
        name, *cells = line.split()
        assert cells[:3] == [f"{value:.3f}" for value in list(numbers[name].values())[:3]]
        assert int(cells[3]) == numbers[name]["support"]


@SEEDS
def test_matthews_is_the_correlation_of_two_classes(seed):
    true, pred = codes(n_classes=2, seed=seed)
    assert metrics.matthews_corrcoef(true, pred) == pytest.approx(
        np.corrcoef(true, pred)[0, 1], rel=1e-13
    )


@SEEDS
def test_kappa_and_matthews_take_either_side_first(seed):
    true, pred = codes(seed=seed)
    for score in (metrics.cohen_kappa_score, metrics.matthews_corrcoef):
        assert score(true, pred) == pytest.approx(score(pred, true), rel=1e-14)
        assert score(true, true) == 1


@SEEDS
def test_kappa_is_agreement_beyond_chance(seed):
    true, pred = codes(seed=seed)
    agreement = np.mean(true == pred)
    chance = sum(np.mean(true == k) * np.mean(pred == k) for k in range(4))
    expected = (agreement - chance) / (1 - chance)
    assert metrics.cohen_kappa_score(true, pred) == pytest.approx(expected, rel=1e-13)


@SEEDS
def test_area_of_the_steps_is_average_precision(seed):
    true, score = scored(seed=seed)
    precision, recall, _ = metrics.precision_recall_curve(true, score)
    area = sum((recall[i] - recall[i + 1]) * precision[i] for i in range(len(recall) - 1))
    assert metrics.average_precision_score(true, score) == pytest.approx(area, rel=1e-14)


@SEEDS
def test_roc_curve_counts_what_reaches_the_threshold(seed):
    true, score = scored(seed=seed, decimals=1)
    fpr, tpr, thresholds = metrics.roc_curve(true, score, drop_intermediate=False)
    for k, threshold in enumerate(thresholds):
        pred = score >= threshold
        assert fpr[k] == np.mean(pred[true == 0])
        assert tpr[k] == np.mean(pred[true == 1])


@SEEDS
@pytest.mark.parametrize("weighted", [False, True])
def test_roc_auc_is_the_mann_whitney_statistic(seed, weighted):
    true, score = scored(seed=seed, decimals=1)
    weight = np.random.default_rng(seed).random(len(true)) if weighted else np.ones(len(true))
    difference = score[true == 1][:, None] - score[true == 0]  # (n_positive, n_negative)
    pairs = np.outer(weight[true == 1], weight[true == 0])
    wins = np.sum(pairs * ((difference > 0) + 0.5 * (difference == 0)))
    assert metrics.roc_auc_score(true, score, sample_weight=weight) == pytest.approx(
        wins / pairs.sum(), rel=1e-12
    )


@SEEDS
def test_areas_depend_on_the_order_of_the_scores_only(seed):
    true, score = scored(seed=seed)
    for area in (metrics.roc_auc_score, metrics.average_precision_score):
        assert area(true, score) == area(true, np.exp(score))
    reversed_auc = metrics.roc_auc_score(true, -score)
    assert metrics.roc_auc_score(true, score) == pytest.approx(1 - reversed_auc, rel=1e-13)


@SEEDS
@pytest.mark.parametrize("loss", [metrics.log_loss, metrics.brier_score_loss])
def test_true_probabilities_have_the_least_loss(seed, loss):
    rng = np.random.default_rng(seed)
    truth = rng.dirichlet(np.ones(5))  # outcome k has the probability, and so the weight, truth[k]

    def expected_loss(proba):
        return loss(np.arange(5), np.tile(proba, (5, 1)), sample_weight=truth)

    best = expected_loss(truth)
    for _ in range(50):
        other = rng.dirichlet(np.ones(5))
        assert expected_loss(other) > best
        assert expected_loss(0.99 * truth + 0.01 * other) > best
    if loss is metrics.log_loss:  # there it is the entropy
        assert best == pytest.approx(-np.sum(truth * np.log(truth)), rel=1e-13)


def test_log_loss_is_the_binary_formula():
    true, p = np.array([0, 1, 1, 0]), np.array([0.1, 0.7, 0.4, 0.5])
    expected = -np.mean(true * np.log(p) + (1 - true) * np.log(1 - p))
    assert metrics.log_loss(true, p) == pytest.approx(expected, rel=1e-15)


# the report is text, in which the last digit of a weight may differ
COMPARING = [name for name in OF_LABELS + OF_SCORES if name != "classification_report"]


def assert_close(ours, expected):
    parts = zip(ours, expected, strict=True) if isinstance(expected, tuple) else [(ours, expected)]
    for one, other in parts:
        np.testing.assert_allclose(one, other, rtol=1e-12)


def targets_of(name):
    """Labels to compare with labels, or with scores; and what a call of the metric needs."""
    needed = {"k": 1} if name == "top_k_accuracy_score" else required_of(name)  # of two classes
    return codes(n_classes=2) if name in OF_LABELS else scored(), needed


@pytest.mark.parametrize("name", COMPARING)
def test_a_weight_is_a_number_of_equal_samples(name):
    score, (targets, needed) = getattr(metrics, name), targets_of(name)
    times = np.random.default_rng(0).integers(0, 4, len(targets[0]))
    repeated = (np.repeat(part, times) for part in targets)
    assert_close(score(*targets, sample_weight=times, **needed), score(*repeated, **needed))


@pytest.mark.parametrize("name", COMPARING)
def test_the_order_of_the_samples_does_not_matter(name):
    score, (targets, needed) = getattr(metrics, name), targets_of(name)
    weight = np.random.default_rng(1).random(len(targets[0]))
    order = np.random.default_rng(2).permutation(len(targets[0]))
    shuffled = (part[order] for part in targets)
    assert_close(
        score(*shuffled, sample_weight=weight[order], **needed),
        score(*targets, sample_weight=weight, **needed),
    )
