"""Small problems that the laws ask a classifier to learn. Fixed seeds: always the same."""

import numpy as np


def clouds(sizes, centres, seed):
    """Samples around the centres of their classes, standard deviation 1, in mixed order."""
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    centres = np.asarray(centres, dtype=float)
    return centres[y] + rng.normal(0, 1, (len(y), centres.shape[1])), y


def apart(n_classes):
    """Two or three classes that a line separates with a wide margin."""
    centres = np.array([[-3, -3, 0], [3, 3, 0], [-3, 3, 0]])[:n_classes]
    X, y = clouds([20] * n_classes, centres, seed=30)
    return centres[y] + (X - centres[y]).clip(-1, 1), y


def overlapping(n_classes):
    """Classes that overlap and are not equally frequent: the intercept matters."""
    centres = [[0.5, 1, 0], [2.5, 0, 0], [1.5, -1, 2]][:n_classes]
    return clouds([60, 30, 45][:n_classes], centres, seed=31)
