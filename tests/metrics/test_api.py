"""The names, signatures, imports and warnings of `scratch.metrics`."""

import inspect
import subprocess
import sys
import warnings

import numpy as np
import pytest
import sklearn.exceptions
import sklearn.metrics

import scratch.metrics
from tests.metrics.registry import DISPLAYS, FUNCTIONS

METHODS = ("__init__", "plot", "from_estimator", "from_predictions", "from_cv_results")


def parameters(function):
    """Name, kind and default of each parameter; NaN defaults as text, to be comparable."""
    return [
        (parameter.name, parameter.kind, repr(parameter.default))
        for parameter in inspect.signature(function).parameters.values()
    ]


DISPLAY_METHODS = [
    (display, method)
    for display in DISPLAYS
    for method in METHODS
    if hasattr(getattr(sklearn.metrics, display), method)
]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_signatures_are_those_of_scikit_learn(name):
    ours, theirs = getattr(scratch.metrics, name), getattr(sklearn.metrics, name)
    assert parameters(ours) == parameters(theirs)


@pytest.mark.parametrize(("display", "method"), DISPLAY_METHODS)
def test_signatures_of_displays_are_those_of_scikit_learn(display, method):
    ours = getattr(getattr(scratch.metrics, display), method)
    theirs = getattr(getattr(sklearn.metrics, display), method)
    assert sorted(parameters(ours)) == sorted(parameters(theirs))
    positional = inspect.Parameter.POSITIONAL_OR_KEYWORD
    by_place = [[p for p in parameters(f) if p[1] == positional] for f in (ours, theirs)]
    assert by_place[0] == by_place[1]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_is_described(name):
    function = getattr(scratch.metrics, name)
    _, section = inspect.getdoc(function).split("Parameters\n----------\n")
    lines = section.split("\n\n")[0].split("\n")
    heads = [line.partition(" : ")[0] for line in lines if not line.startswith(" ")]
    described = [parameter for head in heads for parameter in head.split(", ")]
    assert sorted(described) == sorted(inspect.signature(function).parameters)


def printed(program):
    """All that a program prints in a process of its own."""
    return subprocess.check_output([sys.executable, "-W", "ignore", "-c", program], text=True)


def test_nothing_heavier_than_numpy_is_imported():
    check = "import sys; print({'sklearn', 'scipy', 'matplotlib'} & set(sys.modules))"
    statements = (
        "import scratch.metrics",
        "from scratch.metrics import ConfusionMatrixDisplay, PrecisionRecallDisplay",
        "from scratch.metrics import *",
        "classification_report([0, 1], [1, 1])",
        "ConfusionMatrixDisplay(confusion_matrix([0, 1], [0, 1]))",
        "scratch.metrics.__doc__, hasattr(scratch.metrics, 'no_metric')",
    )
    found = printed("\n".join(f"{statement}\n{check}" for statement in statements))
    assert found.split() == ["set()"] * len(statements)


def test_undefined_metrics_warn_with_the_type_of_scikit_learn_at_the_line_of_the_caller():
    for call in (
        lambda: scratch.metrics.precision_score([0, 1], [0, 0]),
        lambda: scratch.metrics.classification_report([0, 1], [0, 0]),
        lambda: scratch.metrics.cohen_kappa_score([0, 0], [0, 0], labels=[0, 1]),
        lambda: scratch.metrics.roc_auc_score([0, 0], [0.1, 0.2]),
        lambda: scratch.metrics.roc_curve([0, 0], [0.1, 0.2]),
    ):
        with pytest.warns(sklearn.exceptions.UndefinedMetricWarning) as caught:
            call()
        assert {warning.filename for warning in caught} == {__file__}


WITHOUT_SKLEARN = """
import sys
sys.modules["sklearn"] = sys.modules["sklearn.metrics"] = None  # to import them fails
import scratch.metrics
for name in ("make_scorer", "get_scorer", "f1_score"):
    try:
        getattr(scratch.metrics, name)
    except ImportError:
        print(name)
"""


def test_scorers_are_scikit_learns_loaded_on_demand():
    for name in ("make_scorer", "get_scorer"):
        assert getattr(scratch.metrics, name) is getattr(sklearn.metrics, name)
    assert printed(WITHOUT_SKLEARN).split() == ["make_scorer", "get_scorer"]


def test_what_is_not_there():
    for name in ("ndcg_score", "d2_log_loss_score", "mean_squared_error"):
        with pytest.raises(AttributeError, match=name):
            getattr(scratch.metrics, name)


def test_a_filter_for_the_words_of_scikit_learns_warning_silences_ours():
    calls = (
        lambda library: library.precision_score([0, 1], [0, 0]),
        lambda library: library.recall_score([0, 0], [0, 1]),
        lambda library: library.f1_score([0, 0], [0, 0]),
        lambda library: library.jaccard_score([0, 0], [0, 0]),
        lambda library: library.classification_report([0, 1], [0, 0]),
        lambda library: library.class_likelihood_ratios([0, 1], [0, 1]),
        lambda library: library.class_likelihood_ratios([1, 1], [0, 1]),
    )
    for call in calls:
        for library in (scratch.metrics, sklearn.metrics):
            with pytest.warns(sklearn.exceptions.UndefinedMetricWarning):
                call(library)
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                warnings.filterwarnings("ignore", message=".*ill-defined.*")
                call(library)


def test_a_filter_for_scikit_learns_warning_silences_ours():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", sklearn.exceptions.UndefinedMetricWarning)
        assert scratch.metrics.recall_score([0, 0], [0, 1]) == 0


def test_scorers_and_cross_validation_take_them():
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import make_scorer
    from sklearn.model_selection import cross_val_score

    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(90, 3)), rng.integers(0, 2, 90)
    for name, options in (
        ("f1_score", {}),
        ("roc_auc_score", {"response_method": "predict_proba"}),
    ):
        ours, theirs = (
            cross_val_score(
                LogisticRegression(), X, y, scoring=make_scorer(getattr(module, name), **options)
            )
            for module in (scratch.metrics, sklearn.metrics)
        )
        np.testing.assert_array_equal(ours, theirs)
