"""The classification report: precision, recall, F1 and support of each class, and averages."""

from collections.abc import Collection, Iterable, Sized
from typing import Any, TypeAlias

from numpy.typing import ArrayLike

from scratch.exceptions import warn
from scratch.metrics.counting import counts_of, encode_targets
from scratch.metrics.precision_recall import ratios, zero_division_rule
from scratch.metrics.targets import as_choice, check_targets
from scratch.typing import Array
from scratch.validation.labels import places
from scratch.validation.parameters import Constraint, as_python, boolean, check_parameter, integer

__all__ = ["classification_report"]

COLUMNS = ("precision", "recall", "f1-score", "support")
WIDEST_AVERAGE = "weighted avg"
_names = Constraint(
    lambda names: (
        isinstance(names, Sized)
        and isinstance(names, Iterable)
        and not isinstance(names, (str, bytes))
    ),
    "a list of names, or another collection",
)


#: The name of each row, its three ratios, and its support.
Rows: TypeAlias = list[tuple[Any, ...]]


def classification_report(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    target_names: Collection[Any] | None = None,
    sample_weight: ArrayLike | None = None,
    digits: int = 2,
    output_dict: bool = False,
    zero_division: float | str = "warn",
) -> str | dict[str, Any]:
    """Return precision, recall, F1 and support of each class and their averages, as a table.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels: ints, bools, whole floats or strings; or indicator matrices,
        sparse or not, with a column for each class.
    labels : array-like of shape (n_classes,), default=None
        The classes to report and their order; by default all, sorted.
    target_names : array-like, dict or set of str, of shape (n_classes,), default=None
        A name for each class, in the order in which they are iterated; by default its label.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    digits : int of 0 or more, default=2
        Decimals of the ratios in the table.
    output_dict : bool, default=False
        Return the numbers, not rounded, instead of the table.
    zero_division : {"warn", 0.0, 1.0, np.nan}, default="warn"
        The value of 0/0; "warn" means 0 with a warning.

    Returns
    -------
    str, or dict if `output_dict`
        A row for each class, then the accuracy (the micro average where `labels` leaves out a
        class), the macro average and the weighted average; for indicator matrices the micro,
        macro and weighted averages and the average over the samples. As a dict: the row's name to
        a dict of "precision", "recall", "f1-score" and "support", and "accuracy" to a float.

    Raises
    ------
    ValueError
        For inputs of unequal shape, labels that are no classes, or, without `labels`, another
        number of `target_names` than of classes.

    Warns
    -----
    UserWarning
        If `labels` and `target_names` differ in length; the rows end with the shorter one.
    UndefinedMetricWarning
        Where a ratio is 0/0 and ``zero_division="warn"``.

    Examples
    --------
    >>> from scratch.metrics import classification_report
    >>> print(classification_report(["cat", "dog", "dog", "cat"], ["cat", "dog", "cat", "cat"]))
                  precision    recall  f1-score   support
    <BLANKLINE>
             cat       0.67      1.00      0.80         2
             dog       1.00      0.50      0.67         2
    <BLANKLINE>
        accuracy                           0.75         4
       macro avg       0.83      0.75      0.73         4
    weighted avg       0.83      0.75      0.73         4
    <BLANKLINE>
    """
    digits = check_parameter("digits", digits, integer(0))
    output_dict = check_parameter("output_dict", output_dict, boolean)
    zero_division = check_parameter("zero_division", zero_division, zero_division_rule)
    labels = as_choice(labels)
    if target_names is not None:
        target_names = list(check_parameter("target_names", target_names, _names))
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight)
    classes, true, pred = encode_targets(y_true, y_pred)
    wanted = classes if labels is None else labels
    if target_names is not None and len(target_names) != len(wanted):
        message = f"target_names has {len(target_names)} names for {len(wanted)} classes"
        if labels is None:
            raise ValueError(f"{message}; `labels` can choose the classes to report")
        warn(message)
    names = [str(as_python(label)) for label in wanted] if target_names is None else target_names

    counts = counts_of(classes, true, pred, weight, labels=labels)
    each = ratios(counts, None, zero_division=zero_division)
    rows = list(zip(names, *(values.tolist() for values in each), strict=False))
    summary = []
    for average, name in _averages(classes, labels, multilabel=true.ndim == 2).items():
        if average == "samples":
            counts = counts_of(classes, true, pred, weight, labels=labels, by_sample=True)
        *values, _ = ratios(counts, average, weight=weight, zero_division=zero_division)
        summary.append((name, *values, each[-1].sum().item()))
    if output_dict:
        return _as_dict(rows, summary)
    width = max(len(WIDEST_AVERAGE), digits, *map(len, names))
    return _as_text(rows, summary, width, digits)


def _averages(classes: Array, labels: Array | None, *, multilabel: bool) -> dict[str, str]:
    """Return the averages that a report ends with, and the names of their rows.

    With one label per sample, and over all classes, the micro average of each ratio is the
    accuracy.
    """
    whole = labels is None or (places(classes, labels) < len(labels)).all()
    averages = {"micro": "accuracy" if whole and not multilabel else "micro avg"}
    averages |= {"macro": "macro avg", "weighted": WIDEST_AVERAGE}
    return averages | ({"samples": "samples avg"} if multilabel else {})


def _as_dict(rows: Rows, summary: Rows) -> dict[str, Any]:
    """Return the report's numbers by row and column."""
    report: dict[str, Any] = {
        name: dict(zip(COLUMNS, map(float, values), strict=True))
        for name, *values in [*rows, *summary]
    }
    if summary[0][0] == "accuracy":
        report["accuracy"] = report["accuracy"]["precision"]
    return report


def _as_text(rows: Rows, summary: Rows, width: int, digits: int) -> str:
    """Return the report as a table, the names `width` characters wide, the other columns 9."""
    lines = [f"{'':>{width}} " + "".join(f" {column:>9}" for column in COLUMNS), ""]
    for group in (rows, summary):
        for name, *values, support in group:
            cells = [f"{value:>9.{digits}f}" for value in values]
            if name == "accuracy" and group is summary:
                cells[:2] = [" " * 9] * 2
            lines.append(f"{name:>{width}}  " + " ".join([*cells, f"{support:>9}"]))
        lines.append("")
    return "\n".join(lines)
