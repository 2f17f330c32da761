"""The columns of a data frame: remembered in `fit`, compared in later calls."""

import sys
from typing import Any

import numpy as np

from scratch.exceptions import warn
from scratch.typing import Array


def column_names(X: Any) -> Array | None:
    """Return the column names of a data frame if all are strings, (n_features,); else None.

    Raises
    ------
    TypeError
        If some are strings and others aren't.
    """
    pyarrow = sys.modules.get("pyarrow")
    is_arrow = pyarrow is not None and isinstance(X, pyarrow.Table)  # its `columns` are the data
    columns = X.column_names if is_arrow else getattr(X, "columns", None)
    if columns is None:
        return None
    names = np.asarray(columns, dtype=object)
    are_strings = [isinstance(name, str) for name in names]
    if any(are_strings) and not all(are_strings):
        kinds = sorted({type(name).__name__ for name in names})
        raise TypeError(
            "Feature names are only supported if all input features have string names, but your"
            f" input has {kinds} as feature name / column name types. Convert them to strings:"
            " X.columns = X.columns.astype(str)"
        )
    return names if all(are_strings) else None


def remember(estimator: Any, names: Array | None) -> None:
    """Set ``feature_names_in_`` of an estimator; there is none where a table has no names."""
    if names is not None:
        estimator.feature_names_in_ = names
    elif hasattr(estimator, "feature_names_in_"):
        del estimator.feature_names_in_


def compare(estimator: Any, names: Array | None) -> None:
    """Raise a ValueError or warn if names, or None, are not those that an estimator remembers."""
    fitted = getattr(estimator, "feature_names_in_", None)
    if names is None or fitted is None:
        owner = type(estimator).__name__
        if names is not None:
            warn(f"X has feature names, but {owner} was fitted without feature names")
        if fitted is not None:
            warn(f"X does not have valid feature names, but {owner} was fitted with feature names")
        return
    if np.array_equal(names, fitted):
        return
    lines = ["The feature names should match those that were passed during fit."]
    unseen = [n for n in names if n not in set(fitted)]
    missing = [n for n in fitted if n not in set(names)]
    if unseen:
        lines += ["Feature names unseen at fit time:", *(f"- {n}" for n in unseen[:5])]
    if missing:
        lines += ["Feature names seen at fit time, yet now missing:"]
        lines += [f"- {n}" for n in missing[:5]]
    if not unseen and not missing:
        lines += ["Feature names must be in the same order as they were in fit."]
    raise ValueError("\n".join(lines) + "\n")
