"""Random targets, scores and weights for the tests of the metrics."""

import numpy as np


def codes(n_samples=150, n_classes=4, right=0.6, seed=0):
    """Random codes 0 … n_classes−1 of which about the share `right` is predicted right."""
    rng = np.random.default_rng(seed)
    true, other = rng.integers(0, n_classes, (2, n_samples))
    return true, np.where(rng.random(n_samples) < right, true, other)


def weights(kind, n_samples):
    rng = np.random.default_rng(1)
    return {
        "unweighted": None,
        "floats": rng.random(n_samples) + 0.1,
        "ints": rng.integers(1, 4, n_samples),
        "float32": (rng.random(n_samples) + 0.1).astype(np.float32),
        "list with zeros": [0.0 if i % 3 else 1.5 for i in range(n_samples)],
        "longdouble": (rng.random(n_samples) + 0.1).astype(np.longdouble),
        "bools": np.arange(n_samples) % 2 == 0,
    }[kind]


def scored(n_samples=120, decimals=2, seed=0):
    """Random outcomes 0 and 1, and scores that go with them; few decimals make ties."""
    rng = np.random.default_rng(seed)
    true = rng.integers(0, 2, n_samples)
    true[:2] = 0, 1
    return true, (true + rng.normal(size=n_samples)).round(decimals)


def indicators(n_samples=60, n_labels=4, share=0.5, seed=0):
    """Random indicator matrices (n_samples, n_labels), of which about 4 of 5 entries agree."""
    rng = np.random.default_rng(seed)
    true = rng.random((n_samples, n_labels)) < share
    return true.astype(int), (true ^ (rng.random(true.shape) < 0.2)).astype(int)
