"""The pictures: drawn with the same lines, texts and colours as scikit-learn's."""

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
import pytest
import sklearn.metrics
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

import scratch.metrics
from tests.metrics.against_sklearn import assert_catchable_as, run
from tests.metrics.registry import DISPLAYS


def picture(display):
    """All that can be seen of a display: sizes and pixels of its figure, once drawn."""
    display.figure_.canvas.draw()
    return np.asarray(display.figure_.canvas.buffer_rgba())


def assert_same_picture(class_name, method, *args, **kwargs):
    """Draw with our class and scikit-learn's, and compare every pixel, and the warnings."""
    ours, our_error, our_warnings = run(
        getattr(getattr(scratch.metrics, class_name), method), *args, **kwargs
    )
    theirs, their_error, their_warnings = run(
        getattr(getattr(sklearn.metrics, class_name), method), *args, **kwargs
    )
    if their_error is not None:
        assert our_error is not None
        assert_catchable_as(our_error, their_error)
        return
    if our_error is not None:
        raise our_error
    np.testing.assert_array_equal(picture(ours), picture(theirs))
    assert our_warnings == their_warnings
    assert {name for name in vars(theirs) if name.endswith("_")} <= set(vars(ours))


rng = np.random.default_rng(0)
X = rng.normal(size=(150, 4))
SEVERAL = np.digitize(X[:, 0] + rng.normal(size=150) / 2, [-1, 0.5])
BINARY = (X[:, 0] + rng.normal(size=150) / 2 > 0).astype(int)
NAMES = np.array(["no", "yes"])[BINARY]
WEIGHTS = rng.random(150)
SCORES = X[:, 0] + rng.normal(size=150) / 3
OF_SEVERAL = LogisticRegression().fit(X, SEVERAL)
OF_BINARY = LogisticRegression().fit(X, BINARY)
WITHOUT_PROBABILITIES = make_pipeline(StandardScaler(), LinearSVC()).fit(X, BINARY)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"labels": [2, 0]},
        {"display_labels": ["low", "middle", "high"], "xticks_rotation": "vertical"},
        {"display_labels": ["low", "middle", "high"], "xticks_rotation": 30},
        {"normalize": "true", "values_format": ".1%", "cmap": "Blues", "colorbar": False},
        {"normalize": "all"},
        {"sample_weight": WEIGHTS, "im_kw": {"vmin": 0, "alpha": 0.5}},
        {"text_kw": {"fontsize": 18, "color": "red"}},
        {"include_values": False},
        {"im_kw": {"cmap": "magma"}, "cmap": "Blues"},
    ],
    ids=str,
)
def test_confusion_matrix(options):
    pred = np.roll(SEVERAL, 1)
    assert_same_picture("ConfusionMatrixDisplay", "from_predictions", SEVERAL, pred, **options)


@pytest.mark.parametrize("options", [{}, {"labels": [2, 0], "normalize": "true"}], ids=str)
def test_confusion_matrix_of_an_estimator(options):
    assert_same_picture(
        "ConfusionMatrixDisplay", "from_estimator", OF_SEVERAL, X, SEVERAL, **options
    )


def test_confusion_matrix_of_strings_and_large_counts():
    true = np.repeat(["cat", "dog"], [200, 12_000])
    assert_same_picture("ConfusionMatrixDisplay", "from_predictions", true, true[::-1])


def test_confusion_matrix_on_given_axes():
    figure, axes = plt.subplots()
    display = scratch.metrics.ConfusionMatrixDisplay(np.eye(2, dtype=int)).plot(ax=axes)
    assert display.ax_ is axes
    assert display.figure_ is figure
    assert [[text.get_text() for text in row] for row in display.text_] == [["1", "0"], ["0", "1"]]


# those of several curves, of a name, an area and a line of chance; the DET curve has none of these
CURVES = [name for name in DISPLAYS if hasattr(getattr(scratch.metrics, name), "from_cv_results")]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"name": "mine", "plot_chance_level": True},
        {"despine": True, "plot_chance_level": True, "chance_level_kw": {"c": "red", "lw": 3}},
        {"sample_weight": WEIGHTS, "drop_intermediate": True},
        {"drop_intermediate": False, "curve_kwargs": {"ls": ":", "color": "green"}},
        {"pos_label": 0},
        {"curve_kwargs": {"label": "another"}},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("display", "method"), [*zip(CURVES, ("from_predictions", "from_estimator"), strict=True)]
)
def test_curve_of_predictions_and_estimators(display, method, options):
    """One display by the one method, the other by the other; both methods hand on all options."""
    args = (BINARY, SCORES) if method == "from_predictions" else (OF_BINARY, X, BINARY)
    assert_same_picture(display, method, *args, **options)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"name": "mine"},
        {"sample_weight": WEIGHTS, "drop_intermediate": False},
        {"pos_label": 0, "color": "red", "lw": 3},
        {"label": "another"},
        {"label": None},
    ],
    ids=str,
)
def test_detection_error_tradeoff(options):
    assert_same_picture("DetCurveDisplay", "from_predictions", BINARY, SCORES, **options)


@pytest.mark.parametrize(
    "options", [{}, {"pos_label": 0, "sample_weight": WEIGHTS, "drop_intermediate": False}], ids=str
)
def test_detection_error_tradeoff_of_an_estimator(options):
    assert_same_picture("DetCurveDisplay", "from_estimator", OF_BINARY, X, BINARY, **options)


def test_detection_error_tradeoff_called_in_other_ways():
    for args, options in (
        ((BINARY,), {"y_pred": SCORES}),
        ((BINARY, SCORES), {"y_pred": SCORES}),
        ((SEVERAL, SCORES), {}),
        ((BINARY[:-1], SCORES), {}),
        ((NAMES, SCORES), {}),
        ((NAMES, SCORES), {"pos_label": "yes"}),
    ):
        assert_same_picture("DetCurveDisplay", "from_predictions", *args, **options)
    figure, axes = plt.subplots()
    curve = {"fpr": np.array([0.5, 0.1]), "fnr": np.array([0.1, 0.5])}
    display = scratch.metrics.DetCurveDisplay(**curve).plot(axes)
    assert (display.ax_, display.figure_) == (axes, figure)
    assert axes.get_legend() is None
    assert display.line_.get_xdata() == pytest.approx([0, -1.2815515655446004])  # Φ⁻¹(0.1)


@pytest.mark.parametrize("pos_label", [None, 0])
@pytest.mark.parametrize("display", CURVES)
def test_curve_of_an_estimator_without_probabilities(display, pos_label):
    options = {"pos_label": pos_label}
    assert_same_picture(display, "from_estimator", WITHOUT_PROBABILITIES, X, BINARY, **options)


@pytest.mark.parametrize("display", CURVES)
@pytest.mark.parametrize(
    ("pos_label", "method"),
    [("yes", "predict_proba"), ("no", "decision_function"), ("no", "auto"), (None, "auto")],
)
def test_curve_of_string_labels(display, pos_label, method):
    if method == "auto":
        assert_same_picture(display, "from_predictions", NAMES, SCORES, pos_label=pos_label)
    classifier = LogisticRegression().fit(X, NAMES)
    options = {"pos_label": pos_label, "response_method": method}
    assert_same_picture(display, "from_estimator", classifier, X, NAMES, **options)


@cache
def folds():
    """Three classifiers, and which samples each has not seen."""
    model = LogisticRegression()
    return cross_validate(model, X, BINARY, cv=3, return_estimator=True, return_indices=True)


@pytest.mark.parametrize("display", CURVES)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"name": "folds", "plot_chance_level": True},
        {"curve_kwargs": {"color": "red"}, "sample_weight": WEIGHTS},
        {"curve_kwargs": [{"color": "red"}, {}, {"lw": 4}], "name": ["a", "b", "c"]},
        {"curve_kwargs": [{"color": "red"}]},
        {"name": ["a", "b", "c"]},
        {"name": ["a", "b"]},
    ],
    ids=str,
)
def test_curves_of_a_cross_validation(display, options):
    assert_same_picture(display, "from_cv_results", folds(), X, BINARY, **options)


@pytest.mark.parametrize("display", CURVES)
def test_curves_of_a_cross_validation_on_lists(display):
    options = {"sample_weight": WEIGHTS.tolist()}
    assert_same_picture(display, "from_cv_results", folds(), X.tolist(), BINARY, **options)


def test_former_ways_to_call():
    for method, args, options in (
        ("from_predictions", (BINARY,), {"y_pred": SCORES}),
        ("from_predictions", (), {"y_true": BINARY, "y_score": SCORES}),
        ("from_estimator", (OF_BINARY, X), {"y": BINARY, "color": "red"}),
        ("from_predictions", (BINARY, SCORES), {"y_pred": SCORES}),
        ("from_predictions", (BINARY, SCORES), {"color": "red"}),
        ("from_predictions", (BINARY, SCORES), {"color": "red", "curve_kwargs": {"lw": 1}}),
    ):
        assert_same_picture("PrecisionRecallDisplay", method, *args, **options)
    for display in (scratch.metrics.PrecisionRecallDisplay, sklearn.metrics.PrecisionRecallDisplay):
        with pytest.warns(FutureWarning, match="estimator_name"):
            assert display([0, 1], [1, 0], estimator_name="mine").name == "mine"
        with pytest.raises(ValueError, match="estimator_name"):
            display([0, 1], [1, 0], estimator_name="mine", name="other")


@pytest.mark.parametrize("display", CURVES)
@pytest.mark.parametrize(
    ("method", "args", "options"),
    [
        ("from_predictions", (SEVERAL, SCORES), {}),
        ("from_predictions", (BINARY[:-1], SCORES), {}),
        ("from_estimator", (LogisticRegression(), X, BINARY), {}),
        ("from_estimator", (LinearRegression().fit(X, BINARY), X, BINARY), {}),
        ("from_estimator", (LogisticRegression().fit(X, SEVERAL), X, SEVERAL), {}),
        ("from_estimator", (LogisticRegression().fit(X, BINARY), X, BINARY), {"pos_label": 7}),
        ("from_estimator", (LinearSVC().fit(X, BINARY), X, BINARY),
         {"response_method": "predict_proba"}),
        ("from_cv_results", ({}, X, BINARY), {}),
    ],
    ids=str,
)  # fmt: skip
def test_misuse_of_curves(display, method, args, options):
    assert_same_picture(display, method, *args, **options)


@pytest.mark.parametrize("display", CURVES)
def test_folds_of_three_classes(display):
    folds = cross_validate(
        LogisticRegression(), X, SEVERAL, return_estimator=True, return_indices=True
    )
    assert_same_picture(display, "from_cv_results", folds, X, SEVERAL)


def test_misuse_of_the_confusion_matrix():
    for estimator in (LinearRegression().fit(X, BINARY), LogisticRegression()):
        assert_same_picture("ConfusionMatrixDisplay", "from_estimator", estimator, X, BINARY)


def test_chance_level_needs_the_prevalence():
    display = scratch.metrics.PrecisionRecallDisplay(np.array([1, 0]), np.array([0, 1]))
    with pytest.raises(ValueError, match="prevalence_pos_label"):
        display.plot(plot_chance_level=True)


@pytest.mark.parametrize("name", DISPLAYS)
def test_every_public_method_has_an_example(name):
    display = getattr(scratch.metrics, name)
    methods = [method for method in dir(display) if not method.startswith("_")]
    assert {"plot", "from_estimator", "from_predictions"} <= set(methods)
    for documented in (display, *(getattr(display, method) for method in methods)):
        assert ">>> " in documented.__doc__


@pytest.mark.parametrize("display", CURVES)
def test_curves_of_a_cross_validation_of_other_data(display):
    assert_same_picture(display, "from_cv_results", folds(), X[:-1], BINARY[:-1])


class Rows:
    """As much of a data frame as taking some of its rows needs."""

    def __init__(self, values):
        self.iloc, self.shape = values, values.shape

    def __len__(self):
        return len(self.iloc)


@pytest.mark.parametrize("display", CURVES)
def test_curves_of_a_cross_validation_on_a_data_frame(display):
    draw = getattr(scratch.metrics, display).from_cv_results
    of_frame, of_array = draw(folds(), Rows(X), BINARY), draw(folds(), X, BINARY)
    np.testing.assert_array_equal(picture(of_frame), picture(of_array))


def test_a_curve_on_given_axes_without_a_legend():
    curve = {"fpr": np.array([0, 0.5, 1]), "tpr": np.array([0, 0.75, 1])}
    for library in (scratch.metrics, sklearn.metrics):
        figure, axes = plt.subplots()
        display = library.RocCurveDisplay(**curve).plot(axes)
        assert (display.ax_, display.figure_) == (axes, figure)
        assert axes.get_legend() is None


def test_the_line_of_chance_may_have_a_name_of_ones_own():
    options = {"plot_chance_level": True, "chance_level_kw": {"label": "a coin"}}
    assert_same_picture("PrecisionRecallDisplay", "from_predictions", BINARY, SCORES, **options)
