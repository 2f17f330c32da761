"""The loaders: the published data, kept once parsed, and a clear word where it can't be had."""

import io
import os
import urllib.error
import zipfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import sklearn.datasets

from scratch import datasets
from scratch.datasets import MNIST_COPY, DataUnavailableError, load_digits, load_mnist

LABELS = np.arange(700) % 10
PIXELS = np.zeros((700, 784), order="F")  # as liac-arff parses them, but for their number
PIXELS[np.arange(700), np.arange(700) % 784] = 255.0


@pytest.fixture
def openml(monkeypatch):
    """scikit-learn's fetch_openml, replaced by one that needs no network; counts its calls."""
    calls = []
    monkeypatch.setattr(datasets, "MNIST_SHAPE", PIXELS.shape)

    def fetch(name, *, version, parser, as_frame, return_X_y, data_home, n_retries):
        calls.append((name, version, parser))
        return PIXELS, LABELS.astype(str).astype(object)

    monkeypatch.setattr(sklearn.datasets, "fetch_openml", fetch)
    return calls


def unreachable(*args, **kwargs):
    raise urllib.error.URLError("no route to host")


def test_digits_are_scikit_learns():
    X, y = load_digits()
    theirs = sklearn.datasets.load_digits()
    np.testing.assert_array_equal(X, theirs.data)
    np.testing.assert_array_equal(y.astype(int), theirs.target)
    assert X.dtype == np.uint8
    assert y.dtype == "<U1"


def test_mnist_is_parsed_once(tmp_path, openml, capsys):
    for _ in range(2):
        X, y = load_mnist(tmp_path)
        np.testing.assert_array_equal(X, PIXELS)
        np.testing.assert_array_equal(y, LABELS.astype(str))
        assert X.dtype == np.uint8
        assert X.flags.c_contiguous
    assert openml == [("mnist_784", 1, "liac-arff")]
    assert os.listdir(tmp_path) == [MNIST_COPY]
    out, err = capsys.readouterr()
    assert out == ""
    assert "fetching" in err
    assert "parsing" in err


def damage_of_kind(kind, whole):
    """Return the bytes of a copy that was damaged, or is something else altogether."""
    middle = len(whole) // 2
    buffer = io.BytesIO()
    if kind == "array":
        np.save(buffer, PIXELS[:5])
    elif kind == "other arrays":
        np.savez(buffer, X=PIXELS[:5], y=LABELS[:5])
    elif kind in ("zip of text", "zip of a header of a terabyte"):
        text = b"no array"
        if kind != "zip of text":
            np.lib.format.write_array_header_1_0(
                terabyte := io.BytesIO(),
                {"descr": "|u1", "fortran_order": False, "shape": (2**40,)},
            )
            text = terabyte.getvalue()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("X.npy", text)
            archive.writestr("y.npy", text)
    elif kind == "flag of encryption":
        central = whole.rindex(b"PK\x01\x02")
        first = whole.index(b"PK\x01\x02")
        for entry in {first, central}:
            whole = whole[: entry + 8] + bytes([whole[entry + 8] | 1]) + whole[entry + 9 :]
        return whole
    elif kind == "method of compression":
        first = whole.index(b"PK\x01\x02")
        return whole[: first + 10] + b"\x63" + whole[first + 11 :]
    else:
        flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        return {"cut": whole[:middle], "flipped": flipped, "empty": b"", "text": b"a"}[kind]
    return buffer.getvalue()


@pytest.mark.parametrize(
    "kind",
    [
        *("cut", "flipped", "empty", "text", "array", "other arrays", "zip of text"),
        *("zip of a header of a terabyte", "flag of encryption", "method of compression"),
    ],
)
def test_a_damaged_copy_is_made_again(tmp_path, openml, capsys, kind):
    load_mnist(tmp_path)
    copy = tmp_path / MNIST_COPY
    copy.write_bytes(damage_of_kind(kind, copy.read_bytes()))
    X, _ = load_mnist(tmp_path)
    np.testing.assert_array_equal(X, PIXELS)
    assert len(openml) == 2
    assert "is damaged: making it again" in capsys.readouterr().err
    np.testing.assert_array_equal(np.load(copy)["X"], PIXELS)
    load_mnist(tmp_path)
    assert len(openml) == 2


def test_a_home_that_cannot_be_written_to_is_read(tmp_path, openml, monkeypatch, capsys):
    def refuse(*args, **kwargs):
        raise OSError(30, "Read-only file system")

    for name in ("mkdir", "replace", "unlink"):
        monkeypatch.setattr(os, name, refuse)
    X, _ = load_mnist(tmp_path)
    np.testing.assert_array_equal(X, PIXELS)
    assert "can't be kept" in capsys.readouterr().err


class Full(io.StringIO):
    def write(self, text):
        raise OSError(28, "No space left on device")


closed = io.StringIO()
closed.close()


@pytest.mark.parametrize("stderr", [Full(), closed, None], ids=["full", "closed", "none"])
def test_it_loads_where_standard_error_cannot_be_written_to(
    tmp_path, openml, monkeypatch, capsys, stderr
):
    monkeypatch.setattr("sys.stderr", stderr)
    X, _ = load_mnist(tmp_path)
    np.testing.assert_array_equal(X, PIXELS)
    assert os.listdir(tmp_path) == [MNIST_COPY]
    assert capsys.readouterr().out == ""


def test_writers_at_the_same_time_all_get_the_data_and_leave_one_whole_copy(tmp_path, openml):
    with ThreadPoolExecutor(4) as pool:
        for X, y in pool.map(load_mnist, [tmp_path] * 4):
            np.testing.assert_array_equal(X, PIXELS)
            assert y.shape == LABELS.shape
    assert os.listdir(tmp_path) == [MNIST_COPY]
    np.testing.assert_array_equal(np.load(tmp_path / MNIST_COPY)["X"], PIXELS)


def test_others_may_read_the_copy(tmp_path, openml):
    load_mnist(tmp_path)
    (tmp_path / "other").write_text("")
    modes = [(tmp_path / name).stat().st_mode for name in (MNIST_COPY, "other")]
    assert modes[0] == modes[1]


def test_a_copy_in_columns_is_read_in_rows(tmp_path, openml):
    np.savez(tmp_path / MNIST_COPY, X=PIXELS.astype(np.uint8), y=LABELS.astype(str))
    X, _ = load_mnist(tmp_path)
    assert openml == []
    assert X.flags.c_contiguous
    np.testing.assert_array_equal(X, PIXELS)


def test_no_network_says_what_to_do_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(sklearn.datasets, "fetch_openml", unreachable)
    with pytest.raises(DataUnavailableError, match=r"no route to host.*connect to the network"):
        load_mnist(tmp_path)
    assert os.listdir(tmp_path) == []


def test_an_interrupted_write_leaves_nothing(tmp_path, openml, monkeypatch):
    def interrupted(file, **arrays):
        file.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", interrupted)
    with pytest.raises(KeyboardInterrupt):
        load_mnist(tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_copy_that_cannot_be_kept_does_no_harm(tmp_path, openml, monkeypatch, capsys):
    def full(file, **arrays):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    X, _ = load_mnist(tmp_path)
    np.testing.assert_array_equal(X, PIXELS)
    assert "No space left on device" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


def test_mnist_itself(mnist):
    X, y = mnist
    assert X.shape == (70_000, 784)
    assert "".join(y[:10]) == "5041921314"
    # Digits 5 in the 60,000 training and the 10,000 test images, as LeCun's own files count them.
    assert [int(np.sum(part == "5")) for part in (y[:60_000], y[60_000:])] == [5421, 892]
