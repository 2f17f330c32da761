"""Part 1: the digits, and their split into three sets. The test set goes to part 8 alone."""

from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import train_test_split

from scratch.chapter.lesson import Carried, Data, Pupil
from scratch.datasets import load_digits, load_mnist

TITLES = {"digits": "scikit-learn's digits", "mnist": "MNIST"}
MNIST_SIZES = 50_000, 10_000, 10_000  # training, validation, test
MOST = {"train": 3000, "validation": 1000}  # digits that the page carries


@dataclass(frozen=True)
class TestSet:
    """What nobody may look at until everything is chosen."""

    X: np.ndarray  # (n, n_features), float32, in [0, 1]
    y: np.ndarray  # (n,), "0" to "9"


def load(name, seed):
    """Load, split and rescale.

    Parameters
    ----------
    name : {"digits", "mnist"}
    seed : int
        Of the split, where the authors made none.

    Returns
    -------
    data : Data
        For parts 1 to 7.
    test_set : TestSet
        For part 8.
    """
    X, y = load_mnist() if name == "mnist" else load_digits()
    known, test, trains, split = (split_mnist if name == "mnist" else split_digits)(y, seed)
    white = int(X.max())
    grey = X.astype(np.float32) / np.float32(white)
    side = int(np.sqrt(X.shape[1]))
    data = Data(name, TITLES[name], side, white, split, grey[known], y[known], trains, len(test))
    return data, TestSet(grey[test], y[test])


def split_digits(y, seed):
    """Hold out a quarter to test, and of the rest a fifth of all to validate."""
    known, test = train_test_split(np.arange(len(y)), test_size=0.25, random_state=seed, stratify=y)
    n_validation = round(len(y) / 5)
    training, _ = train_test_split(
        np.arange(len(known)), test_size=n_validation, random_state=seed, stratify=y[known]
    )
    trains = np.isin(np.arange(len(known)), training)
    split = f"a quarter to test, a fifth to validate, the same share of every digit (seed {seed})"
    return known, test, trains, split


def split_mnist(y, seed):
    """Take the last 10,000 to test, as MNIST's authors do, and the 10,000 before to validate."""
    n_train, n_validation, _ = MNIST_SIZES
    n_known = n_train + n_validation
    rows = np.arange(len(y))
    split = "the last 10,000 test, as MNIST's authors split them; the 10,000 before validate"
    return rows[:n_known], rows[n_known:], rows[:n_known] < n_train, split


def carried(data, batch_size):
    """Choose the digits that the page carries."""
    n, m = MOST["train"], MOST["validation"]
    return Carried(
        data.X_train[:n], data.y_train[:n], data.X_validation[:m], data.y_validation[:m], batch_size
    )


def pupils(part, classifier):
    """Compare who learns by heart with who learns what digits have in common.

    Parameters
    ----------
    part : Carried
        The first two pupils learn its training digits.
    classifier : SoftmaxClassifier
        The chapter's.
    """
    answers = {
        "learns by heart": by_heart(part),
        "names the nearest": nearest(part),
        "weighs each pixel": classifier.predict,
    }
    return tuple(
        Pupil(name, say(part.X_train) == part.y_train, say(part.X_validation) == part.y_validation)
        for name, say in answers.items()
    )


def by_heart(part):
    """Answer what is remembered of exactly this picture; of any other, the commonest label."""
    memory = {x.tobytes(): label for x, label in zip(part.X_train, part.y_train, strict=True)}
    labels, counts = np.unique(part.y_train, return_counts=True)
    commonest = labels[counts.argmax()]
    return lambda X: np.array([memory.get(x.tobytes(), commonest) for x in X])


def nearest(part):
    """Answer the label of the training digit that differs least, in squared grey values."""
    squares = np.square(part.X_train).sum(axis=1)  # (n_train,)

    def say(X):
        distances = squares - 2 * (X @ part.X_train.T)  # (n, n_train), less ‖x‖², which all share
        return part.y_train[distances.argmin(axis=1)]

    return say
