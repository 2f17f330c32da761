"""Made-up data that make gradient descent hard, each in its own way: tests of "auto".

Labels that are noise, many classes, columns that nearly repeat each other, columns of sizes from
a thousandth to a thousand, columns far from zero, outliers; and cases that "auto" once failed on.
"""

import numpy as np
from sklearn.datasets import make_classification

SEEDS = (11, 12, 13)  # no constant of "auto" was chosen on them
_PREFIX = "made-up/"


def standardised(X):
    """Mean 0 and standard deviation 1 in each column; constant columns become 0."""
    spread = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)


def clouds(seed, flipped, *, n=1500, d=20, classes=3, informative=10, **more):
    """Clouds of Gaussians; a share `flipped` of the labels is drawn at random."""
    fixed = {"n_informative": informative, "n_classes": classes, "flip_y": flipped, **more}
    return make_classification(n, d, random_state=seed, **fixed)


def _changed(change, flipped=0.05):
    """A family: the clouds with ``change(X, rng)`` applied to their standardised features."""

    def family(seed):
        X, y = clouds(seed, flipped)
        return change(standardised(X), np.random.default_rng(seed)), y

    return family


def _outliers(X, rng):
    X[rng.choice(len(X), 5, replace=False)] *= 100
    return X


def _rare(seed, n=2000, d=60, classes=4):
    """Features that are 0 or 1, the rarest 1 in three of a thousand samples."""
    rng = np.random.default_rng(seed)
    X = (rng.random((n, d)) < 10 ** rng.uniform(-2.5, -0.3, d)).astype(float)
    scores = X @ rng.normal(scale=1.5, size=(d, classes)) + rng.gumbel(size=(n, classes))
    return X, scores.argmax(axis=1)


# By difficulty: a function of the seed that gives X (n_samples, n_features) and the codes y.
FAMILIES = {
    "noisy labels": lambda seed: clouds(seed, 0.3),
    "noisy labels, standardised": _changed(lambda X, rng: X, flipped=0.3),
    "twelve classes": lambda seed: clouds(seed, 0.01, n=4000, d=30, classes=12, informative=15),
    "two classes": lambda seed: clouds(seed, 0.1, n=5000, classes=2),
    "one class of two rare": lambda seed: clouds(seed, 0.02, n=3000, classes=2, weights=[0.97]),
    "columns nearly twice": _changed(
        lambda X, rng: np.hstack([X, X + rng.normal(scale=0.01, size=X.shape)])
    ),
    "columns of sizes 10^±3": _changed(lambda X, rng: X * 10 ** rng.uniform(-3, 3, X.shape[1])),
    "columns shifted by 30": _changed(lambda X, rng: X + 30),
    "five outliers of 100 times": _changed(_outliers),
    "heavy tails": _changed(lambda X, rng: np.exp(1.2 * X)),
    "rare features": _rare,
}


def _weak(seed, n=20_000, d=20):
    """Many samples of which one feature says a little."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    return X, (X[:, 0] * 0.2 + rng.logistic(size=n) > 0).astype(int)


def _rarer(seed, n=20_000, d=60):
    """Features that are 0 or 1, the rarest 1 in two samples of twenty thousand; standardised."""
    rng = np.random.default_rng(seed)
    X = (rng.random((n, d)) < 10 ** rng.uniform(-4, -0.5, d)).astype(float)
    y = X @ rng.normal(size=d) * 2 + rng.logistic(size=n) > 0
    return standardised(X), y.astype(int)


def _few(seed, n=100, d=20):
    """So few samples that a hundred epochs are a hundred updates; columns that go together."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) + 5 * rng.normal(size=(n, 1))
    return X, (X @ rng.normal(size=d) / 2 + rng.logistic(size=n) > 0).astype(int)


def _one_feature(seed, n=1000):
    """One feature says nearly all."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 1))
    return X, (X[:, 0] / 2 + 0.3 * rng.logistic(size=n) > 0).astype(int)


# Cases that "auto" once failed on: a function of the seed, and parameters for ours.
_HARD = {
    "weak signal, many samples": (_weak, {}),
    "rare columns, standardised": (_rarer, {}),
    "100 samples": (_few, {}),
    "one feature, full batch": (_one_feature, {"batch_size": "full"}),
    "one feature, full batch, Nesterov": (_one_feature, {"batch_size": "full", "nesterov": True}),
}
# By name: the function, its seed, and the parameters for ours.
CASES = {
    f"{_PREFIX}{name}, seed {seed}": (make, seed, {})
    for name, make in FAMILIES.items()
    for seed in SEEDS
}
HARD = {
    f"{_PREFIX}{name}, seed {seed}": (make, seed, how)
    for name, (make, how) in _HARD.items()
    for seed in range(3)
}


def is_made_up(name):
    return name.startswith(_PREFIX)


def make(name):
    """X (n_samples, n_features), y (n_samples,), and the case's parameters for our classifiers."""
    function, seed, how = (CASES | HARD)[name]
    return *function(seed), how


def family(name):
    """The name without its seed."""
    return name.removeprefix(_PREFIX).rpartition(", seed")[0]
