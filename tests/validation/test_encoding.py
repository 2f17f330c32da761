"""Labels as codes: what NumPy's `unique` gives, for every type of label, however it is found."""

import numpy as np
import pytest
from sklearn.preprocessing import LabelEncoder

from scratch.validation import encoding
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import encode_pair
from tests.metrics.against_sklearn import LABELS

WORDS = np.array(["a", "", "ab", "b", "aé", "漢字", "😀", "a\x01", "zz" * 40, "zz" * 40 + "z"])
MANY = 3 * encoding.HEAD


def assert_unique(labels):
    """The classes and codes are those of np.unique, and put the labels together again."""
    labels = np.asarray(labels)
    expected, places = np.unique(labels, return_inverse=True)
    before = labels.copy()
    classes, codes = encode_labels(labels)
    assert classes.tolist() == expected.tolist()
    np.testing.assert_array_equal(codes, places)
    assert codes.dtype == np.intp
    np.testing.assert_array_equal(labels, before)
    if labels.dtype.kind not in "UO":
        assert classes.dtype == labels.dtype.newbyteorder("=")
    else:
        assert classes.dtype.itemsize == 4 * max(1, *map(len, classes))


@pytest.mark.parametrize("kind", [k for k in LABELS if not k.startswith("array-like")])
def test_every_type_of_label(kind):
    codes = np.random.default_rng(0).integers(0, 10, 60)
    assert_unique(np.ravel(LABELS[kind](codes)))


@pytest.mark.parametrize("dtype", [np.int64, ">i8", np.uint64, np.float64, "M8[s]", ">M8[D]"])
@pytest.mark.parametrize("n_classes", [1, 2, 10, 127, 128, 3000])
@pytest.mark.parametrize("largest", [0, 5, 10**5, 2**62])
def test_numbers_near_and_far(n_classes, largest, dtype):
    rng = np.random.default_rng(n_classes)
    classes = rng.integers(0, largest, n_classes, endpoint=True)
    if dtype is np.float64:
        classes = classes // 1024 * 1024  # floats hold these exactly
    assert_unique(classes[rng.integers(0, n_classes, MANY)].astype(dtype))


def test_numbers_at_the_ends_of_their_types():
    for dtype in (np.int8, np.uint8, np.int64, np.uint64):
        ends = np.array([np.iinfo(dtype).min, np.iinfo(dtype).max], dtype)
        assert_unique(ends[[1, 0, 1]])
    assert_unique(np.array([-0.0, 0.0, -1.0]))


@pytest.mark.parametrize("place", [0, encoding.HEAD - 1, encoding.HEAD, MANY - 1])
@pytest.mark.parametrize("kind", ["ints", "gaps", "far apart", "strings", "dates", "objects"])
def test_a_class_that_comes_once(kind, place):
    codes = np.random.default_rng(0).integers(1, 5, MANY)
    for only in (0, 3, 9):
        codes[place] = only
        assert_unique(LABELS[kind](np.where(codes == 3, 4, codes) if only == 3 else codes))


@pytest.mark.parametrize("seed", range(30))
def test_random_strings(seed):
    rng = np.random.default_rng(seed)
    letters = list(("ab", "aé", "漢字a", "a😀", "0123456789")[seed % 5])
    lengths = rng.integers(0, 1 + rng.integers(1, 40), rng.integers(1, 60))
    words = np.array(["common " + "".join(rng.choice(letters, n)) for n in lengths])
    sample = words[rng.integers(0, len(words), rng.integers(1, 200))]
    assert_unique(sample)
    assert_unique(sample.astype(object))
    assert_unique(sample.astype(f"<U{words.dtype.itemsize // 4 + 7}"))
    assert_unique(sample.astype(sample.dtype.newbyteorder(">")))
    assert_unique(np.repeat(sample, 2)[::2])


def test_strings_whose_ends_differ_late():
    labels = np.tile(WORDS, MANY // len(WORDS) + 1)
    assert_unique(WORDS)
    assert_unique(labels)
    late = np.full(MANY + 1, "middle", "<U9")  # one more than a whole number of long rows
    for first in ("middle", "mid-le"):  # the columns that vary in the head are not all that vary
        late[0] = first
        for different in ("aiddle", "middle!", "Middle"):
            late[-1] = different
            assert_unique(late)


@pytest.mark.parametrize("n", [1, 2, 63, 64, 65, 500])
def test_many_different_strings(n):
    """More than one position may take at once: the codes are numbered anew on the way."""
    rng = np.random.default_rng(n)
    assert_unique(rng.choice(list("az漢😀"), (n, 12)).view("U12")[:, 0])
    assert_unique(np.array([str(number) for number in rng.integers(0, 2**62, n)]))


def test_no_labels():
    for dtype in (int, float, "U3", object):
        classes, codes = encode_labels(np.array([], dtype))
        assert (len(classes), len(codes)) == (0, 0)


def drawn_classes(rng):
    """Return some distinct labels of a random type: numbers near or far, or words."""
    n = rng.randint(1, 40)
    kind = rng.choice(["iu", "float", "bool", "word", "object", "date"])
    if kind == "bool":
        return np.array([False, True])[: n % 2 + 1]
    if kind in ("word", "object"):
        letters = ["ab", "zyé", "漢字a", "a😀\x01", "0123456789"][rng.randint(5)]
        words = {"".join(rng.choice(list(letters), rng.randint(0, 12))) for _ in range(n)}
        return np.array(sorted(words), object if kind == "object" else None)
    span = 2.0 ** rng.randint(1, 63)
    numbers = np.unique(np.floor(rng.uniform(-span, span, n))).astype(np.int64)
    if kind == "iu":
        dtype = np.dtype(rng.choice(["i1", "u1", "i2", ">i4", "u4", "i8", ">u8"]))
        return np.unique(numbers.astype(dtype))  # the higher bits are cut off
    return np.unique(numbers.astype({"float": rng.choice(["f4", "f8"]), "date": "M8[s]"}[kind]))


@pytest.mark.parametrize("seed", range(60))
def test_random_labels(seed, monkeypatch):
    """As np.unique and scikit-learn's LabelEncoder have it, for classes that come early or late."""
    rng = np.random.RandomState(seed)
    monkeypatch.setattr(encoding, "HEAD", rng.choice([1, 5, 100, 4096]))
    classes = drawn_classes(rng)
    labels = classes[rng.randint(0, len(classes), rng.randint(1, 300))]
    assert_unique(labels)
    codes = encode_labels(labels)[1]
    np.testing.assert_array_equal(codes, LabelEncoder().fit_transform(labels))
    others = classes[rng.randint(0, len(classes), 10)]
    together, true, pred = encode_pair(labels, others)
    assert together.tolist() == np.unique(np.concatenate([labels, others])).tolist()
    assert together[true].tolist() == labels.tolist()
    assert together[pred].tolist() == others.tolist()
