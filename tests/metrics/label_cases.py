"""What the metrics of labels are tried on: true and predicted codes, and labels to choose."""

import numpy as np

from tests.metrics.cases import codes, indicators

# True and predicted codes, as people meet them and as nobody would wish them.
TARGETS = {
    "four classes": codes(),
    "two classes": codes(n_classes=2),
    "more samples than are looked at first": codes(n_samples=5000, n_classes=10),
    "a class that comes late": tuple(np.append(part, [9]) for part in codes(n_samples=5000)),
    "a class only predicted": (codes()[0], np.append(codes()[1][:-1], 7)),
    "a class only true": (np.append(codes()[0][:-1], 8), codes()[1]),
    "disjoint": (codes()[0], codes()[1] + 5),
    "all right": codes(right=1),
    "all wrong": (codes()[0], (codes()[0] + 1) % 4),
    "one class": (np.zeros(6, int), np.zeros(6, int)),
    "one class each": (np.zeros(6, int), np.ones(6, int)),
    "one class each, reversed": (np.ones(6, int), np.zeros(6, int)),
    "one true class": (np.full(5, 3), np.array([3, 1, 3, 2, 3])),
    "one sample right": (np.array([1]), np.array([1])),
    "one sample wrong": (np.array([1]), np.array([0])),
}
INDICATORS = {
    "four labels": indicators(),
    "two labels": indicators(n_labels=2),
    "samples and labels without any": indicators(share=0.15, seed=3),
    "a label that nobody has": tuple(part * [1, 0, 1, 1] for part in indicators()),
    "all": (np.ones((3, 2), int), np.ones((3, 2), int)),
    "none": (np.zeros((3, 2), int), np.zeros((3, 2), int)),
    "all wrong": (np.ones((3, 2), int), np.zeros((3, 2), int)),
    "one sample": (np.array([[1, 0, 1]]), np.array([[1, 1, 1]])),
}
LABELS_CHOSEN = (
    [0, 1, 2, 3],
    [2, 0],
    [3, 1, 0, 2],
    (1, 9),
    np.array([3]),
    [0, 0, 1],
    [7, 1, -4],
    [7, 8],
    [0.0, 2.0],
    [True, False],
)
