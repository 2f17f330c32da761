"""Labels as codes 0, 1, … K−1: what all counting and all training does with labels first.

A code is the place of a label in the sorted list of classes. Sorting all the labels to find the
classes would cost more than what is done with them, so other ways are taken:

- Numbers and dates become integers of the same order; strings become integers that say which is
  which, and their few classes are sorted afterwards.
- Integers that lie close together are their own codes, but for the difference to the least.
- Of other integers the first few thousand are sorted. That nearly always shows every class, and the
  rest are looked up.
- Objects are looked up in a dict.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import Any

import numpy as np

from scratch.typing import Array, Bools, Ints

HEAD = 4096  # so many samples are looked at first to find the classes
MULTIPLIERS = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9  # odd, of mixed bits


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
    """Return the sorted distinct integers, and the place of each sample's among them."""
    low, high = int(integers.min()), int(integers.max())
    wide = np.uint64 if integers.dtype.kind == "u" else np.int64
    if high - low > len(integers) + HEAD:
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
    """Return the sorted distinct integers of 64 bits, and the place of each sample's."""
    classes = np.unique(integers[:HEAD])
    codes = _look_up(integers, classes)
    unknown = classes.take(codes) != integers
    if unknown.any():
        classes = np.unique(np.concatenate([classes, integers[unknown]]))
        codes = np.searchsorted(classes, integers)
    return classes, codes


def _look_up(integers: Ints, classes: Ints) -> Ints:
    """Return the place of each integer among the sorted classes; any place if it is not there.

    A table of a few classes is faster than a binary search. A class has its slot where the highest
    bits of ``class · multiplier`` say: Fibonacci hashing (Knuth, *The Art of Computer Programming*,
    volume 3, section 6.4). The table has room enough for two classes to rarely meet; if they do,
    the next multiplier is tried.
    """
    n_bits = 2 * len(classes).bit_length() + 2
    if n_bits <= 16:  # the table stays in the processor's cache
        places = np.arange(len(classes))
        for multiplier in MULTIPLIERS:
            table = np.zeros(2**n_bits, np.intp)
            slots = _slots(classes, multiplier, n_bits)
            table[slots] = places
            if (table[slots] == places).all():
                return table[_slots(integers, multiplier, n_bits)]
    return np.minimum(np.searchsorted(classes, integers), len(classes) - 1)


def _slots(integers: Ints, multiplier: int, n_bits: int) -> Ints:
    """Return the highest bits of the products with a multiplier, modulo 2**64."""
    products = integers.view(np.uint64) * np.uint64(multiplier)
    products >>= np.uint64(64 - n_bits)
    return products.view(np.int64)  # NumPy takes longer over unsigned indices


def _encode_by_hash(labels: Array) -> tuple[Array, Ints]:
    """Return the sorted distinct objects, and the place of each sample's, from a dict."""
    samples = labels.tolist()
    seen: defaultdict[str, int] = defaultdict(count().__next__)  # numbered as they come
    numbers = np.fromiter(map(seen.__getitem__, samples), np.intp, len(samples))
    if not samples:
        return labels[:0], numbers
    order = sorted(seen)
    return np.array(order), _ranks([seen[label] for label in order])[numbers]


def _encode_strings(labels: Array) -> tuple[Array, Ints]:
    """Return the sorted distinct strings of one width, and the place of each sample's.

    A string of w words is taken for the integer ``Σ word_j · multiplierʲ`` modulo 2**64 (the hash
    of R. M. Karp and M. O. Rabin, "Efficient randomized pattern-matching algorithms", 1987). Should
    two strings ever meet in one integer, a dict tells them apart.
    """
    words = _that_vary(_words(labels))
    powers = np.uint64(MULTIPLIERS[0]) ** np.arange(words.shape[1], dtype=np.uint64)
    values, codes = _encode_integers(np.einsum("ij,j->i", words, powers))
    first = _first_of_each(codes, len(values))
    if words.shape[1] > 1 and not np.array_equal(words[first].take(codes, axis=0), words):
        return _encode_by_hash(labels)
    order = np.argsort(labels[first])
    if (order[1:] < order[:-1]).any():
        codes = _ranks(order)[codes]
    return _tight(labels[first[order]]), codes


def _words(strings: Array) -> Ints:
    """Return fixed-width strings as unsigned integers, (n_samples, n_words): two characters each.

    Where the width is odd it is one character, 32 bits.
    """
    native = np.ascontiguousarray(strings, strings.dtype.newbyteorder("="))
    word: type[np.unsignedinteger[Any]] = np.uint32 if native.dtype.itemsize % 8 else np.uint64
    return native.view(word).reshape(len(strings), -1)


def _that_vary(words: Ints) -> Ints:
    """Leave out the first and the last columns, as far as they are the same in all samples."""
    head = words[:HEAD]
    varying = np.flatnonzero((head != head[0]).any(axis=0))
    if not len(varying):
        return words
    before, after = words[:, : varying[0]], words[:, varying[-1] + 1 :]
    if (before == before[0]).all() and (after == after[0]).all():
        return words[:, varying[0] : varying[-1] + 1]
    return words


def _first_of_each(codes: Ints, n_codes: int) -> Ints:
    """Return the index of a sample with each code, shape (n_codes,)."""
    where = np.empty(n_codes, np.intp)
    where[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return where


def _ranks(order: Sequence[int] | Ints) -> Ints:
    """Return the place of each of the numbers 0 … n−1 in an order of them, shape (n,)."""
    places = np.empty(len(order), np.intp)
    places[order] = np.arange(len(order))
    return places


def _tight(strings: Array) -> Array:
    """Return strings in the least width that holds them."""
    return np.array(strings.tolist())
