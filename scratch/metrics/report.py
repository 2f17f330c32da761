"""The classification report: precision, recall, F1 and support of each class, and averages."""

from scratch.metrics.inputs import as_array, require, warn
from scratch.metrics.labels import as_choice, check_targets, encode_pair, places
from scratch.metrics.precision_recall import ratios, tally, zero_division_rule
from scratch.validation.parameters import boolean, integer

COLUMNS = ("precision", "recall", "f1-score", "support")
WIDEST_AVERAGE = "weighted avg"


def classification_report(
    y_true,
    y_pred,
    *,
    labels=None,
    target_names=None,
    sample_weight=None,
    digits=2,
    output_dict=False,
    zero_division="warn",
):
    """Precision, recall, F1 and support of each class and their averages, as a table.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        True and predicted labels: ints, bools, whole floats or strings.
    labels : array-like of shape (n_classes,), default=None
        The classes to report and their order; by default all, sorted.
    target_names : array-like of str of shape (n_classes,), default=None
        What to call them; by default their labels.
    sample_weight : array-like of shape (n_samples,), default=None
        What each sample counts; by default one.
    digits : int of 0 or more, default=2
        Decimals of the ratios in the table.
    output_dict : bool, default=False
        Return the numbers, not rounded, instead of the table.
    zero_division : {"warn", 0.0, 1.0, np.nan}, default="warn"
        What 0/0 is; "warn" is 0 with a warning.

    Returns
    -------
    str, or dict if `output_dict`
        A row for each class, then the accuracy (the micro average where `labels` leaves out a
        class), the macro average and the weighted average. As a dict: the row's name to a dict of
        "precision", "recall", "f1-score" and "support", and "accuracy" to a float.

    Raises
    ------
    ValueError
        For inputs of unequal length, labels that are no classes, or as many `target_names` as
        there are no classes.

    Warns
    -----
    UndefinedMetricWarning
        Where a ratio is 0/0 and ``zero_division="warn"``.
    """
    require(integer(0), digits=digits)
    require(boolean, output_dict=output_dict)
    require(zero_division_rule, zero_division=zero_division)
    labels = as_choice(labels)
    if target_names is not None:
        as_array(target_names, "target_names")
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight)
    classes, true, pred = encode_pair(y_true, y_pred)
    wanted = classes if labels is None else labels
    if target_names is not None and len(target_names) != len(wanted):
        message = f"target_names has {len(target_names)} names for {len(wanted)} classes"
        if labels is None:
            raise ValueError(f"{message}; `labels` can choose the classes to report")
        warn(message)
    names = [str(label) for label in wanted] if target_names is None else target_names

    counts = tally(true, pred, len(classes), weight)
    if labels is not None:
        counts = counts.of(labels, classes)
    each = ratios(counts, None, zero_division=zero_division)
    rows = list(zip(names, *(values.tolist() for values in each), strict=False))
    # Over all the classes the micro average of all three ratios is the accuracy.
    all_there = labels is None or (places(classes, labels) < len(labels)).all()
    averages = {"micro": "accuracy" if all_there else "micro avg"}
    averages |= {"macro": "macro avg", "weighted": WIDEST_AVERAGE}
    summary = []
    for average, name in averages.items():
        *values, _ = ratios(counts, average, zero_division=zero_division)
        summary.append((name, *values, each[-1].sum().item()))
    if output_dict:
        return _as_dict(rows, summary)
    width = max(len(WIDEST_AVERAGE), digits, *map(len, names))
    return _as_text(rows, summary, width, digits)


def _as_dict(rows, summary):
    """The report's numbers by row and column."""
    report = {
        name: dict(zip(COLUMNS, map(float, values), strict=True))
        for name, *values in [*rows, *summary]
    }
    if summary[0][0] == "accuracy":
        report["accuracy"] = report["accuracy"]["precision"]
    return report


def _as_text(rows, summary, width, digits):
    """The report as a table, the names `width` characters wide, the other columns 9."""
    lines = [f"{'':>{width}} " + "".join(f" {column:>9}" for column in COLUMNS), ""]
    for group in (rows, summary):
        for name, *values, support in group:
            cells = [f"{value:>9.{digits}f}" for value in values]
            if name == "accuracy" and group is summary:
                cells[:2] = [" " * 9] * 2
            lines.append(f"{name:>{width}}  " + " ".join([*cells, f"{support:>9}"]))
        lines.append("")
    return "\n".join(lines)
