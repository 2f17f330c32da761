"""Labels as codes 0, 1, … K−1: the first step of all counting and all training.

A code is the place of a label in the sorted list of classes. Sorting all the labels to find the
classes would cost more than the work that follows, so other ways are taken:

- Numbers and dates become integers of the same order. Integers that lie close together become
  codes when the least is subtracted.
- For other integers, the first few thousand are sorted. They nearly always hold every class, and
  the rest are looked up.
- Strings become integers whose digits are the characters.
- Objects are looked up in a dict.
"""

from collections import defaultdict
from itertools import count

import numpy as np

from scratch.typing import Array, Bools, Ints

HEAD = 4096  # samples that are searched first for the classes


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
        return _encode_objects(labels)
    if kind == "U":
        return _encode_strings(labels)
    values, codes = _encode_integers(_as_integers(labels))
    native = labels.dtype.newbyteorder("=")
    return values.view(native) if kind in "mM" else values.astype(native, copy=False), codes


def _as_integers(labels: Array) -> Ints:
    """Return numbers and dates as integers of the same order."""
    kind = labels.dtype.kind
    if kind in "mM":
        return labels.astype(labels.dtype.newbyteorder("="), copy=False).view(np.int64)
    if kind == "b":
        return labels.view(np.uint8)
    return labels if kind in "iu" else labels.astype(np.int64)


def _encode_integers(integers: Ints) -> tuple[Ints, Ints]:
    """Return the sorted distinct integers, and for each sample the index of its own."""
    low, high = int(integers.min()), int(integers.max())
    wide = np.uint64 if integers.dtype.kind == "u" else np.int64
    if high - low > 16 * len(integers) + HEAD:
        return _encode_by_search(integers.astype(wide, copy=False))
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


def _encode_by_search(integers: Ints) -> tuple[Ints, Ints]:
    """Return the sorted distinct integers of 64 bits, and for each sample the index of its own."""
    classes = np.unique(integers[:HEAD])
    codes = np.searchsorted(classes, integers)
    unknown = classes.take(codes, mode="clip") != integers
    if unknown.any():
        classes = np.unique(np.concatenate([classes, integers[unknown]]))
        codes = np.searchsorted(classes, integers)
    return classes, codes


def _encode_strings(labels: Array) -> tuple[Array, Ints]:
    """Return the sorted distinct strings of one width, and for each sample the index of its own.

    Strings have the order of the integers whose digits are their characters, the first character
    being the highest digit. Where these integers grow too large, those that occur are numbered
    anew.
    """
    strings = np.ascontiguousarray(labels, labels.dtype.newbyteorder("="))
    characters = strings.view(np.uint32).reshape(len(strings), -1)  # (n_samples, width)
    codes: Ints = np.zeros(len(strings), np.intp)
    n_codes = 1
    for column in characters.T[_that_vary(characters)]:
        low = int(column.min())
        base = int(column.max()) - low + 1
        if n_codes * base > len(strings):
            values, codes = _encode_integers(codes)
            n_codes = len(values)
        codes = codes * base
        codes += column
        codes -= low
        n_codes *= base
    values, codes = _encode_integers(codes)
    some = np.empty(len(values), np.intp)  # (n_classes,), one sample of each class
    some[codes] = np.arange(len(codes))
    return np.array(strings[some].tolist()), codes  # by way of a list: in the least width


def _that_vary(table: Ints) -> Bools:
    """Return which columns are not the same in all rows, shape (n_columns,)."""
    fold = min(64, len(table))  # NumPy compares few long rows faster than many short ones
    n_folded = len(table) // fold * fold
    differ = table[:n_folded].reshape(-1, table[:fold].size) != np.tile(table[0], fold)
    varying = differ.any(axis=0).reshape(fold, -1).any(axis=0)
    return varying | (table[n_folded:] != table[0]).any(axis=0)


def _encode_objects(labels: Array) -> tuple[Array, Ints]:
    """Return the sorted distinct strings among objects, and for each sample the index of its own.

    An object may be of a subclass of str whose `str()` gives another text, such as an Enum. Its
    label is its value.
    """
    samples = labels.tolist()
    if not samples:
        return labels[:0], np.empty(0, np.intp)
    seen: defaultdict[str, int] = defaultdict(count().__next__)  # numbered as they come
    numbers = np.fromiter(map(seen.__getitem__, samples), np.intp, len(samples))
    classes, places = np.unique([str.__str__(label) for label in seen], return_inverse=True)
    return classes, places[numbers]
