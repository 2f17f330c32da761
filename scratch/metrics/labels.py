"""Labels: which arrays are labels, which classes they name, and their codes 0, 1, … K−1.

A metric counts, and counting wants small integers. So labels of every type (ints, bools, whole
floats, strings, objects) are replaced once, here, by their places in the sorted list of classes;
all that follows is arithmetic on these codes.

Sorting all the labels to find the classes would cost more than every metric together. Small
integers, and strings of one character, are their own codes but for a shift; of other labels a few
thousand are sorted, which nearly always shows every class, and the rest are looked up.
"""

import numpy as np

from scratch.metrics.inputs import as_array, as_column, as_weights, require_same_length

HEAD = 4096  # so many samples are looked at first to find the classes


def as_labels(y, name):
    """Return `y` as an array of class labels, shape (n_samples,).

    Raises
    ------
    ValueError
        For labels that name no classes: continuous numbers, NaN, several columns (multilabel or
        multi-output), objects that are not strings.
    TypeError
        For bytes, for scalars, and for strings mixed with other objects.
    """
    y = as_array(y, name)
    if y.ndim > 1 and y.shape[1:] != (1,):
        raise ValueError(
            f"{name} has the shape {y.shape}: these metrics compare one label a sample, shape "
            "(n_samples,); multilabel and multi-output targets are not supported"
        )
    if y.size and y.dtype.kind not in "biu":
        _require_classes(y, name)
    return as_column(y, name)


def _require_classes(y, name):
    """Raise where the values of `y`, which are not integers, cannot be classes."""
    kind, first = y.dtype.kind, y.flat[0]
    if kind == "S" or isinstance(first, bytes):
        raise TypeError(f"{name} holds bytes: decode the labels to strings first")
    if kind == "c":
        raise ValueError(f"{name} holds complex numbers, which are no class labels")
    if kind == "f":
        with np.errstate(invalid="ignore"):
            whole = (y.astype(np.int64) == y).all()
        if not whole:
            what = "continuous values" if np.isfinite(y).all() else "NaN or infinity"
            raise ValueError(f"{name} holds {what}: class labels are expected")
    if kind == "O":
        if not isinstance(first, str):
            raise ValueError(f"{name} holds objects of unknown label type, such as {first!r}")
        odd = [label for label in set(y.flat) if not isinstance(label, str)]
        if odd:
            raise TypeError(f"{name} mixes strings and other objects, such as {odd[0]!r}")


def as_choice(labels):
    """Return the parameter `labels`, which classes to count, as an array (n,), or None as it is."""
    return None if labels is None else as_column(as_array(labels, "labels"), "labels")


def check_targets(y_true, y_pred, sample_weight=None):
    """Return labels, predicted labels and weights as arrays of one length, or raise."""
    y_true, y_pred = as_labels(y_true, "y_true"), as_labels(y_pred, "y_pred")
    require_same_length(y_true=y_true, y_pred=y_pred)
    if not len(y_true):
        raise ValueError("y_true and y_pred are empty: at least one sample is needed")
    if is_text(y_true) != is_text(y_pred):
        raise ValueError(
            "y_true and y_pred mix label types, strings and numbers: "
            f"{y_true[0]!r} is a label in y_true, {y_pred[0]!r} in y_pred"
        )
    return y_true, y_pred, as_weights(sample_weight, len(y_true))


def is_text(labels):
    """Whether an array of labels holds strings."""
    return labels.dtype.kind in "UTO"


def encode(y):
    """Return the sorted classes of `y`, shape (n_classes,), and the codes, shape (n_samples,).

    ``classes[codes]`` is `y` again. The codes may be `y` itself: they are not to be changed.
    """
    if y.dtype.kind == "O":
        return _encode_objects(y)
    integers = _as_integers(y)
    if integers is None:
        return _encode_by_search(y)
    low, high = int(integers.min()), int(integers.max())
    if high - low > len(y) + HEAD:
        return _encode_by_search(y)
    wide = np.uint64 if integers.dtype.kind == "u" else np.int64
    codes = (integers.astype(wide) - wide(low) if low else integers).astype(np.intp, copy=False)
    present = _present(codes, high - low + 1)
    if not present.all():
        codes = (np.cumsum(present) - 1)[codes]
    values = np.flatnonzero(present).astype(wide) + wide(low)
    is_character = y.dtype.kind == "U"
    classes = values.astype(np.uint32).view(y.dtype) if is_character else values.astype(y.dtype)
    return classes, codes


def _as_integers(y):
    """Labels as integers of the same order, or None where they are no such thing."""
    if y.dtype.kind in "iu":
        return y
    if y.dtype.kind == "b":
        return y.view(np.uint8)
    if y.dtype.kind == "f":
        return y.astype(np.int64)
    if y.dtype == np.dtype("U1"):  # the code points of single characters
        return y.view(np.uint32)
    return None


def _encode_objects(y):
    """`encode` for an array of string objects, by hashing."""
    classes = sorted(set(y))
    place = {label: code for code, label in enumerate(classes)}
    return np.asarray(classes), np.fromiter(map(place.__getitem__, y), np.intp, len(y))


def _present(codes, span):
    """Which of the codes 0 … span−1 occur, shape (span,)."""
    present = np.bincount(codes[:HEAD], minlength=span) > 0
    if len(codes) > HEAD and not present.all():
        present = np.bincount(codes, minlength=span) > 0
    return present


def _encode_by_search(y):
    """`encode` for labels that are no small integers: look them up among the sorted classes."""
    classes = np.unique(y[:HEAD])
    codes = np.searchsorted(classes, y)
    unknown = classes.take(codes, mode="clip") != y
    if unknown.any():
        classes = np.unique(np.concatenate([classes, y[unknown]]))
        codes = np.searchsorted(classes, y)
    return classes, codes


def encode_pair(y_true, y_pred):
    """Return the classes of both arrays, sorted, and the codes of each in these classes."""
    true_classes, true = encode(y_true)
    pred_classes, pred = encode(y_pred)
    classes = merge(true_classes, pred_classes)
    if classes is true_classes:
        return classes, true, pred
    return np.asarray(classes), *(
        places(own, classes)[codes] for own, codes in ((true_classes, true), (pred_classes, pred))
    )


def merge(classes, others):
    """The labels in either sorted array: the first array itself if the other is the same."""
    if classes.dtype == others.dtype and np.array_equal(classes, others):
        return classes
    return sorted(set(classes).union(others))


def recode(codes, classes, wanted):
    """Codes in `classes` as codes in `wanted`; a class that is not wanted gets ``len(wanted)``."""
    if np.array_equal(classes, wanted):
        return codes
    return places(classes, wanted)[codes]


def places(labels, classes):
    """The place of each label among the classes, ``len(classes)`` for one that is not there."""
    place = {label: code for code, label in enumerate(classes)}
    return np.array([place.get(label, len(classes)) for label in labels], dtype=np.intp)


def positives(y, pos_label):
    """Which labels are `pos_label`, shape (n_samples,); None stands for 1 among 0 and 1, or ±1.

    Raises
    ------
    ValueError
        For more than two classes, or for two others, without a `pos_label`.
    """
    classes, codes = encode(y)
    if pos_label is None:
        pos_label = default_pos_label(classes)
    return codes == places([pos_label], classes)[0]


def default_pos_label(classes):
    """1, where the classes are 0 and 1, or −1 and 1, or one of these; else an error."""
    if classes.tolist() not in ([0, 1], [-1, 1], [0], [-1], [1]):
        shown = ", ".join(map(repr, classes[:10].tolist())) + ", …" * (len(classes) > 10)
        raise ValueError(f"pos_label must say which of the classes {shown} is the positive one")
    return 1
