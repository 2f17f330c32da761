"""The chapter's two data sets of handwritten digits, in the same form.

Both loaders return ``(X, y)``: one row of grey values per digit, 0 for the background, and labels
as strings, "0" to "9", as OpenML gives them for MNIST. scikit-learn supplies the data; it is
imported when a loader is called.
"""

import contextlib
import os
import sys
import tempfile
import warnings
from http.client import HTTPException
from pathlib import Path

import numpy as np

from scratch.typing import Array

MNIST_SHAPE = (70_000, 784)  # 60,000 training images, then 10,000 test images, 28 × 28 pixels
MNIST_COPY = "scratch_mnist_784.npz"  # our parsed copy, in scikit-learn's data home


class DataUnavailableError(OSError):
    """A data set is neither on this machine nor within reach; the message says what to do."""


def load_digits() -> tuple[Array, Array]:
    """Load the 1797 small digits that come with scikit-learn: no network needed.

    Returns
    -------
    X : ndarray of shape (1797, 64), uint8
        Grey values of 8 × 8 pixels, row by row, from 0 (background) to 16.
    y : ndarray of shape (1797,), ``<U1``
        The digits as strings, "0" to "9", as `load_mnist` gives them.

    References
    ----------
    E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
    Repository, 1998. https://doi.org/10.24432/C50P49

    Examples
    --------
    >>> X, y = load_digits()
    >>> X.shape, "".join(y[:10])
    ((1797, 64), '0123456789')
    """
    from sklearn.datasets import load_digits as bundled

    pixels, digits = bundled(return_X_y=True)
    return pixels.astype(np.uint8), digits.astype("<U1")


def load_mnist(data_home: str | os.PathLike[str] | None = None) -> tuple[Array, Array]:
    """Load MNIST: 70,000 digits, in the order in which they were published.

    The first call fetches and parses OpenML's ``mnist_784``, version 1, through scikit-learn's
    ``fetch_openml``: about 15 MB to download and half a minute to parse; it says so on standard
    error. The parsed arrays are kept in scikit-learn's data home, so the next calls take a fraction
    of a second. A copy that is damaged is made again.

    Parameters
    ----------
    data_home : str or path-like, default=None
        Where scikit-learn keeps its data; None means ``sklearn.datasets.get_data_home()``
        (``~/scikit_learn_data``, or the folder that the variable ``SCIKIT_LEARN_DATA`` names).

    Returns
    -------
    X : ndarray of shape (70000, 784), uint8
        Grey values of 28 × 28 pixels, row by row, from 0 (background) to 255, in C order. The first
        60,000 rows are the training set, the last 10,000 the test set.
    y : ndarray of shape (70000,), ``<U1``
        The digits as strings, "0" to "9".

    Raises
    ------
    DataUnavailableError
        If the data is not on this machine and can't be fetched.

    References
    ----------
    Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits", 1998.

    Examples
    --------
    >>> X, y = load_mnist()  # doctest: +SKIP
    >>> X.shape, "".join(y[:10])  # doctest: +SKIP
    ((70000, 784), '5041921314')
    """
    from sklearn.datasets import get_data_home

    home = Path(get_data_home(data_home))
    copy = home / MNIST_COPY
    arrays = _read_copy(copy)
    if arrays is None:
        arrays = _fetch_mnist(home)
        _write_copy(copy, *arrays)
    return arrays


def _read_copy(path: Path) -> tuple[Array, Array] | None:
    """Return the arrays of the parsed copy, or None if there is none, or it is damaged."""
    try:
        # A .npz is a zip file: reading an array to its end checks its CRC-32.
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as copy:
            X, y = np.asarray(copy["X"]), np.asarray(copy["y"])
    except FileNotFoundError:
        return None
    except Exception:  # damage can make anything of a file: a text, a header of 1 TB, flipped flags
        X = y = np.empty(0)
    found: tuple[object, ...] = X.shape, X.dtype, y.shape, y.dtype.kind
    whole = found == (MNIST_SHAPE, np.uint8, X.shape[:1], "U")
    if not whole:
        _say(f"the parsed copy {path} is damaged: making it again")
        return None
    # copies of earlier versions are column by column; a sample should lie together in memory
    return np.ascontiguousarray(X), y


def _fetch_mnist(home: Path) -> tuple[Array, Array]:
    """Return MNIST from OpenML, or from scikit-learn's cache of it, parsed."""
    from sklearn.datasets import fetch_openml

    _say(
        "MNIST: fetching mnist_784 from openml.org (15 MB, unless scikit-learn has it already) "
        "and parsing it; this takes about half a minute, once"
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # scikit-learn's own "Retrying..."
            X, y = fetch_openml(
                "mnist_784",
                version=1,
                parser="liac-arff",
                as_frame=False,
                return_X_y=True,
                data_home=home,
                n_retries=1,
            )
    except (OSError, HTTPException) as error:  # URLError and TimeoutError are OSErrors
        raise DataUnavailableError(
            f"MNIST is not in {home} and can't be fetched from openml.org ({_reason(error)}): "
            "connect to the network and run this again, or set SCIKIT_LEARN_DATA to a folder that "
            "has it"
        ) from error
    return X.astype(np.uint8, order="C"), y.astype("<U1")  # liac-arff gives it column by column


def _write_copy(path: Path, X: Array, y: Array) -> None:
    """Keep the arrays in a file, or say why that is not possible.

    They are written to a draft, which then takes the file's place: no reader ever sees half a file.
    Each writer has its draft in a folder of its own, which goes with the draft.
    """
    try:
        with tempfile.TemporaryDirectory(
            prefix=f"{path.stem}.", dir=path.parent, ignore_cleanup_errors=True
        ) as folder:
            draft = Path(folder, path.name)
            np.savez(draft, X=X, y=y)
            os.replace(draft, path)
    except OSError as error:
        _say(f"the parsed copy can't be kept in {path.parent} ({_reason(error)})")
    else:
        _say(f"MNIST: parsed; the next load reads {path}")


def _reason(error: BaseException) -> object:
    return getattr(error, "reason", None) or getattr(error, "strerror", None) or error


def _say(what: str) -> None:
    """Write a line to standard error, if that can be written to."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # full, closed, none
        sys.stderr.write(f"{what}\n")
        sys.stderr.flush()
