"""Random calls of every metric: labels, scores, probabilities, weights and options of all kinds.

Each call is drawn from its name and seed alone, so a failure can be repeated. Among the values are
some that are refused: then scikit-learn's function raises, and so must ours (of two faults either
may be told). The tests make some
thousands of these calls; ``python -m tests.metrics.fuzz 20000`` makes that many, and prints which
of them differ.
"""

import sys

import numpy as np

from scratch.validation.labels import is_text
from tests.metrics.against_sklearn import LABELS, assert_alike
from tests.metrics.cases import codes, indicators
from tests.metrics.registry import (
    OF_LABELS,
    OF_PROBABILITIES,
    OF_SCORES,
    PARAMETERS,
    REFUSED,
    options_of,
    required_of,
)

KINDS_OF_WEIGHTS = ["none", "floats", "ints", "large ints", "zeros", "tiny", "huge", "text"]
# Not what no list of options has in common: dates, and integers that no float holds.
KINDS = [kind for kind in LABELS if kind not in ("dates", "uint64")]
SCORES = {
    "floats": lambda x: x,
    "float32": lambda x: x.astype(np.float32),
    "ties": lambda x: x.round(1),
    "few values": lambda x: x.round(),
    "ints": lambda x: np.rint(9 * x).astype(int),
    "decisions": lambda x: 4 * x - 2,
    "large": lambda x: x * 1e300,
    "tiny": lambda x: x * 1e-310,
    "list": lambda x: x.tolist(),
    "constant": lambda x: np.full_like(x, 0.5),
}

#: What scikit-learn says where it fails on input that it means to take: lists beside tables of
#: scores, labels in arrays of objects.
ACCIDENTS = ("'list' object has no attribute 'shape'", "ufunc 'isnan' not supported")


def pick(rng, values):
    """Draw one of some values of any type."""
    return values[rng.integers(len(values))]


def drawn_weight(rng, kind, n_samples):
    """Return random weights of a kind."""
    floats = rng.random(n_samples) + 0.1
    first = np.arange(n_samples) == 0  # one weight at least that is not zero
    return {
        "none": None,
        "floats": floats,
        "ints": rng.integers(0, 4, n_samples) + first,
        "large ints": rng.integers(2**53, 2**55, n_samples),
        "zeros": np.where(rng.random(n_samples) < 0.5, 0, floats) + first,
        "tiny": rng.integers(0, 9, n_samples) * 1e-300 + 1e-300 * first,
        "huge": rng.integers(0, 9, n_samples) * 1e300 + 1e300 * first,
        "text": ["a"] * n_samples,
    }[kind]


def drawn_options(rng, name, n_samples):
    """Return random values for a random half of the options, one of twenty of them refused."""
    drawn = required_of(name)
    for option, values in options_of(name).items():
        if rng.random() < 0.5:
            refused = ["yes", 1] if values == [True, False] else REFUSED[option]
            drawn[option] = pick(rng, refused if rng.random() < 0.05 else values)
    if rng.random() < 0.5 and any(p.name == "sample_weight" for p in PARAMETERS[name]):
        drawn["sample_weight"] = drawn_weight(rng, pick(rng, KINDS_OF_WEIGHTS), n_samples)
    return drawn


def call_of_labels(name, seed):
    """The arguments and options of a call of a metric of labels."""
    rng = np.random.default_rng([seed, len(name)])
    n_samples = int(rng.integers(1, 40))
    if rng.random() < 0.3:
        targets = indicators(n_samples, int(rng.integers(2, 5)), rng.random(), seed)
    else:
        how = n_samples, int(rng.integers(1, 6)), rng.random(), seed
        targets = tuple(map(LABELS[pick(rng, KINDS)], codes(*how)))
    options = drawn_options(rng, name, n_samples)
    if name == "class_likelihood_ratios" and np.asarray(options.get("sample_weight")).dtype == int:
        options.pop("sample_weight")  # products of large ones overflow there
    if is_text(np.asarray(targets[0])) != is_text(np.ravel(options.get("labels", [0]))):
        # of labels of another type than the targets' scikit-learn makes zeros, we an error
        options.pop("labels", None)
    return targets, options


def call_of_scores(name, seed):
    """The arguments and options of a call of a metric of scores or probabilities."""
    rng = np.random.default_rng([seed, len(name)])
    n_samples = int(rng.integers(1, 40))
    n_classes = pick(rng, [1, 2, 2, 2, 2, 3, 4])
    true, _ = codes(n_samples, n_classes, seed=seed)
    columns = pick(rng, [1, 1, 1, n_classes, n_classes + 1]) if n_classes < 3 else n_classes
    rows = rng.dirichlet(np.ones(max(columns, 2)), n_samples)  # (n_samples, n_columns)
    scores = rows if columns > 1 else rows[:, pick(rng, [0, 0, [0]])]
    kind = pick(rng, list(SCORES)) if rng.random() < 0.7 or name in OF_SCORES else "floats"
    y_true = LABELS[pick(rng, KINDS)](true)
    if rng.random() < 0.6:
        y_true = pick(rng, [true, 2 * true - 1, true == 1, true.tolist(), true.astype(float)])
    elif rng.random() < 0.3 and columns > 1:
        y_true = (rng.random(rows.shape) < rng.random()).astype(int)
    options = drawn_options(rng, name, n_samples)
    several = len(set(np.ravel(y_true).tolist())) > 1
    if several and rng.random() < 0.1:
        scores = scores[: n_samples - 1]
    elif not several and isinstance(options.get("sample_weight"), list):
        options.pop("sample_weight")  # of one class scikit-learn doesn't look at the rest
    return (y_true, SCORES[kind](scores)), options


def check(name, seed):
    """Make a call, ours and scikit-learn's, and compare all they do."""
    call = call_of_labels if name in OF_LABELS else call_of_scores
    targets, options = call(name, seed)
    # where weights come near 2⁵⁵ scikit-learn's own sums are rounded
    try:
        assert_alike(name, *targets, rtol=1e-6, same_errors=False, **options)
    except AssertionError as error:
        if not any(accident in str(error) for accident in ACCIDENTS):
            raise


def search(n_calls, first_seed=0):
    """Print the calls that differ."""
    names = OF_LABELS + OF_SCORES + OF_PROBABILITIES
    n_found = 0
    for i in range(n_calls):
        name, seed = names[i % len(names)], first_seed + i // len(names)
        try:
            check(name, seed)
        except AssertionError as error:
            n_found += 1
            text = " ".join(str(error).split())[:150]
            print(f"{name} {seed}: {text} {' '.join(error.__notes__)[:200]}")
    print(f"{n_calls} calls, {n_found} differ")


if __name__ == "__main__":
    search(*map(int, sys.argv[1:]))
