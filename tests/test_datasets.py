"""The loaders: the published data, kept once parsed, and a clear word where it can't be had."""

import os
import urllib.error

import numpy as np
import pytest
import sklearn.datasets

from scratch.datasets import MNIST_COPY, DataUnavailableError, load_digits, load_mnist

LABELS = np.arange(70_000) % 10
PIXELS = np.zeros((70_000, 784), order="F")  # as liac-arff parses them
PIXELS[np.arange(70_000), np.arange(70_000) % 784] = 255.0


@pytest.fixture
def openml(monkeypatch):
    """scikit-learn's fetch_openml, replaced by one that needs no network; counts its calls."""
    calls = []

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


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "other"])
def test_a_damaged_copy_is_made_again(tmp_path, openml, damage):
    load_mnist(tmp_path)
    copy = tmp_path / MNIST_COPY
    whole = copy.read_bytes()
    if damage == "other":
        np.savez(copy, X=PIXELS[:5], y=LABELS[:5])
    else:
        middle = len(whole) // 2
        flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        copy.write_bytes({"cut": whole[:middle], "flipped": flipped, "empty": b""}[damage])
    X, _ = load_mnist(tmp_path)
    np.testing.assert_array_equal(X, PIXELS)
    assert len(openml) == 2
    np.testing.assert_array_equal(np.load(copy)["X"], PIXELS)


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
        file.write(b"half")
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
