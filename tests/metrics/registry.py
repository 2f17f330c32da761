"""The metrics, and the values of their parameters that the tests try.

All tables of these tests derive from this one list, and nobody has to write it: a metric is in
`scratch.metrics.__all__`, the name of its second parameter says what it compares the true labels
with, and the names of the others say which options it has.
"""

import inspect
import itertools

import numpy as np

import scratch.metrics

FUNCTIONS = [name for name in scratch.metrics.__all__ if not name.endswith("Display")]
DISPLAYS = [name for name in scratch.metrics.__all__ if name.endswith("Display")]
PARAMETERS = {
    name: list(inspect.signature(getattr(scratch.metrics, name)).parameters.values())
    for name in FUNCTIONS
}


def comparing_with(*names):
    """The metrics whose second parameter has one of the names."""
    return [name for name, (_, second, *_) in PARAMETERS.items() if second.name in names]


OF_LABELS = comparing_with("y_pred", "y2")
OF_SCORES = comparing_with("y_score")
OF_PROBABILITIES = comparing_with("y_proba")


def share_right(y_true, y_pred, sample_weight=None):
    return np.average(y_true == y_pred, weights=sample_weight)


def counts_of_right(y_true, y_pred, sample_weight=None):
    """A metric of several numbers."""
    return np.sum((y_true == y_pred) * 1), np.sum(y_pred)


#: Values of each parameter that does not default to a bool (such take True and False). scikit-learn
#: decides for each metric which of them it takes: where it raises we must.
VALUES = {
    "average": ["micro", "macro", "weighted", "samples", "binary", None],
    "beta": [2, 0, 0.25, np.inf, np.float32(2)],
    "digits": [0, 5, np.int8(3), 20],
    "k": [1, 2, 3, 6],
    "labels": [[0, 1], [2, 0, 5], [1], np.array([0, 1], object), ["0", "1"]],
    "max_fpr": [0.3, 1, 1e-9],
    "metric_func": [share_right, counts_of_right],
    "metric_params": [{}],
    "multi_class": ["raise", "ovr", "ovo"],
    "normalize": [None, "true", "pred", "all"],
    "pos_label": [1, 0, 2, np.int64(1), None, "one"],
    "replace_undefined_by": [0.5, 1.0, {"LR+": np.inf, "LR-": 0.0}],
    "scale_by_half": [True, False],
    "target_names": [["low", "a high one"], list("abcd")],
    "warn_for": [("precision",), ["recall", "f-score"], set()],
    "weights": ["linear", "quadratic"],
    "zero_division": ["warn", 0, 1, np.nan, np.float64(1)],
}
#: Values that are refused by all metrics with a parameter of that name.
REFUSED = {
    "average": ["marco", 1],
    "beta": [-1, "1", np.nan],
    "digits": [-1, 2.5],
    "k": [0, -1, 1.5, "1", None],
    "labels": [1, "01"],
    "max_fpr": [0, 1.5, "1"],
    "metric_func": [1],
    "metric_params": [1],
    "multi_class": ["ova", None],
    "normalize": ["rows", 1, 2],
    "pos_label": [[1], {}],
    "replace_undefined_by": [2, "nan", None],
    "scale_by_half": ["no", None],
    "target_names": ["one", 1],
    "warn_for": ["precision"],
    "weights": ["cubic"],
    "zero_division": [2, "nan", None, "ignore"],
}
_ARRAYS = ("sample_weight", "y_pred", "y_proba")  # given by each test, or former names


def options_of(name):
    """The values to try for each option of a metric, by its name."""
    found = {}
    for option in PARAMETERS[name][2:]:
        if isinstance(option.default, bool):
            found[option.name] = [True, False]
        elif option.name not in _ARRAYS:
            assert option.name in VALUES, (
                f"which values does {option.name!r} take? say it in VALUES"
            )
            found[option.name] = VALUES[option.name]
    return found


def required_of(name):
    """What a call must give: the parameters without a default, and an average of many classes."""
    options = PARAMETERS[name][2:]
    given = {o.name: VALUES[o.name][0] for o in options if o.default is o.empty}
    average = any(o.name == "average" and o.default == "binary" for o in options)
    return {**given, "average": "macro"} if average else given


def variations(name, *, without=("labels", "target_names"), pairs=False, share=None):
    """Parameters to call a metric with: none, then one option after another with each value.

    With `pairs`, also each average with each rule for 0/0. With `share`, a number, only a tenth of
    all that: tests that go through many inputs take another tenth for each.
    """
    base, options = required_of(name), options_of(name)
    singles = [
        {option: value}
        for option, values in options.items()
        if option not in without
        for value in values
    ]
    both = ("average", "zero_division")
    if pairs and set(both) <= set(options):
        singles += [
            dict(zip(both, values, strict=True))
            for values in itertools.product(*(options[option] for option in both))
        ]
    found = [base, *({**base, **single} for single in singles)]
    return found if share is None else found[share % min(10, len(found)) :: 10]
