"""Labels as codes 0, 1, … K−1: what all counting and all training does with labels first.

A code is the place of a label in the sorted list of classes. Sorting all the labels to find the
classes would cost more than what is done with them. So labels become integers of the same order
where they can: strings are packed character by character. Integers that lie close together are
their own codes, but for the difference to the least. Of others a few thousand are sorted, which
nearly always shows every class, and the rest are looked up. Objects are looked up in a dict.
"""

import numpy as np

from scratch.typing import Array, Bools, Ints

HEAD = 4096  # so many samples are looked at first to find the classes


def encode_labels(labels: Array) -> tuple[Array, Ints]:
    """Return the distinct labels, sorted, and for each sample the index of its own.

    Parameters
    ----------
    labels : ndarray of shape (n_samples,)
        Labels that have passed `as_labels`, of any type.

    Returns
    -------
    classes : ndarray of shape (n_classes,)
        Strings come in the least width that holds them.
    codes : ndarray of shape (n_samples,), integers in [0, n_classes)
        ``classes[codes]`` equals `labels`. The codes may be `labels` itself: do not change them.

    Examples
    --------
    >>> classes, codes = encode_labels(np.array(["b", "a", "c", "a"]))
    >>> classes.tolist(), codes.tolist()
    (['a', 'b', 'c'], [1, 0, 2, 0])
    """
    kind = labels.dtype.kind
    if kind in "OT" or not len(labels):
        return _encode_by_hash(labels)
    if kind == "U":
        keys = _keys_of_strings(labels)
        values, codes = _encode_integers(keys)
        return _tight(labels[_first_of_each(codes, len(values))]), codes
    integers = _as_integers(labels)
    if integers is None:
        return _encode_by_search(labels)
    values, codes = _encode_integers(integers)
    return values.astype(labels.dtype, copy=False), codes


def _as_integers(labels: Array) -> Ints | None:
    """Return numbers as integers of the same order, or None where they are no such thing."""
    if labels.dtype.kind in "iu":
        return labels
    if labels.dtype.kind == "b":
        return labels.view(np.uint8)
    return labels.astype(np.int64) if labels.dtype.kind == "f" else None


def _encode_integers(integers: Ints) -> tuple[Ints, Ints]:
    """Return the sorted distinct integers, and the place of each sample's among them."""
    low, high = int(integers.min()), int(integers.max())
    if high - low > len(integers) + HEAD:
        return _encode_by_search(integers)
    wide = np.uint64 if integers.dtype.kind == "u" else np.int64
    codes = (integers.astype(wide) - wide(low) if low else integers).astype(np.intp, copy=False)
    present = _present(codes, high - low + 1)
    if not present.all():
        codes = (np.cumsum(present) - 1)[codes]
    return np.flatnonzero(present).astype(wide) + wide(low), codes


def _present(codes: Ints, span: int) -> Bools:
    """Return which of the codes 0 … span−1 occur, shape (span,)."""
    present = np.bincount(codes[:HEAD], minlength=span) > 0
    if len(codes) > HEAD and not present.all():
        present = np.bincount(codes, minlength=span) > 0
    return present


def _encode_by_search(values: Array) -> tuple[Array, Ints]:
    """Return the sorted distinct values, and the place of each sample's, by binary search."""
    classes = np.unique(values[:HEAD])
    codes = np.searchsorted(classes, values)
    unknown = classes.take(codes, mode="clip") != values
    if unknown.any():
        classes = np.unique(np.concatenate([classes, values[unknown]]))
        codes = np.searchsorted(classes, values)
    return classes, codes


def _encode_by_hash(labels: Array) -> tuple[Array, Ints]:
    """Return the sorted distinct objects, and the place of each sample's, from a dict."""
    samples = labels.tolist()
    classes = sorted(set(samples))
    place = {label: code for code, label in enumerate(classes)}
    codes = np.fromiter(map(place.__getitem__, samples), np.intp, len(samples))
    return (np.array(classes) if classes else labels[:0]), codes


def _keys_of_strings(labels: Array) -> Ints:
    """Return an integer for each string, in the order of the strings, shape (n_samples,).

    Of a string only the columns that differ between samples count. As many as fit into 64 bits are
    packed into one integer, the first column on top. Where there are more, what is packed already
    is replaced by its codes, which leaves room for the next.
    """
    characters = _code_points(labels)  # (n_samples, width)
    least, greatest = characters.min(axis=0), characters.max(axis=0)
    keys, n_keys = np.zeros(len(labels), np.uint64), 1
    for column in np.flatnonzero(least != greatest):
        span = int(greatest[column]) - int(least[column]) + 1
        if n_keys * span > 2**63:
            values, codes = _encode_integers(keys)
            keys, n_keys = codes.astype(np.uint64), len(values)
        keys *= np.uint64(span)
        keys += characters[:, column] - least[column]
        n_keys *= span
    return keys


def _code_points(strings: Array) -> Ints:
    """Return the code points of fixed-width strings, (n_samples, width), 0 after their ends."""
    width = strings.dtype.itemsize // 4
    native = np.ascontiguousarray(strings, strings.dtype.newbyteorder("="))
    return native.view(np.uint32).reshape(len(strings), width)


def _first_of_each(codes: Ints, n_codes: int) -> Ints:
    """Return the index of a sample with each code, shape (n_codes,)."""
    where = np.empty(n_codes, np.intp)
    where[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return where


def _tight(strings: Array) -> Array:
    """Return strings in the least width that holds them."""
    return np.array(strings.tolist())
