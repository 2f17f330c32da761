"""Whether an estimator is a classifier, and the scores that a display draws of it."""

from typing import Any

import numpy as np

from scratch.exceptions import NotFittedError
from scratch.like_sklearn.native import native
from scratch.typing import Floats, Label


def is_classifier(estimator: Any) -> bool:
    """Tell whether an estimator is a classifier: it has classes, or its tags say that it will."""
    if hasattr(estimator, "classes_"):
        return True
    tags = getattr(estimator, "__sklearn_tags__", None)
    return tags is not None and tags().estimator_type == "classifier"


def responses(
    estimator: Any, X: Any, response_method: Any, pos_label: Label | None
) -> tuple[Floats, Any]:
    """Return the scores that a binary classifier gives to samples, and the class they are for."""
    fitted = any(name.endswith("_") and not name.startswith("_") for name in vars(estimator))
    if not fitted and not hasattr(estimator, "classes_"):
        raise native(NotFittedError)(f"{estimator!r} is not fitted yet: call fit first")
    if not is_classifier(estimator) or len(estimator.classes_) != 2:
        raise ValueError(f"a classifier of two classes is needed, got {estimator!r}")
    classes = list(estimator.classes_)
    pos_label = classes[-1] if pos_label is None else pos_label
    if pos_label not in classes:
        raise ValueError(f"pos_label={pos_label!r} is none of the classes {classes!r}")
    methods = ("predict_proba", "decision_function")
    methods = methods if response_method == "auto" else np.atleast_1d(response_method).tolist()
    method = next((method for method in methods if hasattr(estimator, method)), None)
    if method is None:
        raise AttributeError(f"{type(estimator).__name__} has none of the methods {methods}")
    response = getattr(estimator, method)(X)
    if method in ("predict_proba", "predict_log_proba"):
        return response[:, classes.index(pos_label)], pos_label
    if method == "decision_function" and pos_label == classes[0]:
        return -response, pos_label
    return response, pos_label
