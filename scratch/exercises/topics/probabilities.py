"""Judging probabilities, and when to stop."""

import numpy as np

from scratch.exercises import compare
from scratch.exercises.record import Exercise, U, Y

P23 = [[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]]
P42 = [[0.9, 0.1], [0.2, 0.8], [0.4, 0.6], [0.55, 0.45]]
P3 = [[0.25, 0.5, 0.25], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [0.05, 0.05, 0.9], [0.6, 0.3, 0.1]]
SURE = [
    ([1, 0], [[0.2, 0.8], [0.0, 1.0]]),
    ([0], [[1.0, 0.0]]),
    ([2, 0], [[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]]),
]


def in_single_precision(exercise, f):
    """The eps of float32 is asked for only where the function computes in float32."""
    y, P = np.array([1, 0]), np.array([[0.2, 0.8], [0.0, 1.0]], np.float32)
    call = exercise.call(f, (y, P))
    got = call.outcome()
    eps = [float(np.finfo(dtype).eps) for dtype in (np.float32, np.float64)]
    allowed = [-(np.log(np.float32(0.8)) + np.log(e)) / 2 for e in eps]
    if not any(compare.same(got, want, 1e-5) for want in allowed):
        raise call.broken(got, f"{allowed[0]:.6g}, or {allowed[1]:.6g} computed in float64")


log_loss = Exercise(
    "log_loss",
    "ten",
    """Return the mean loss of the probabilities P (n, K) for the class indices y (n,): one number.

The loss of a sample is -log of the probability that was given to its class y[i]: cross_entropy,
where only probabilities are known. A probability is clipped to [eps, 1 - eps], with eps that of
its own type, np.finfo(P.dtype).eps: so one sure and wrong answer costs 36, not infinity.""",
    ("P[np.arange(n), y] is the probability of what came true, one for each sample. Clip it before"
     " the logarithm.",
     "mean of -log(clip(P[i, y[i]], eps, 1 - eps))"),
    (
        ("-log of the probability of what came true",
         [([2, 0], P23), ([1], [[0.25, 0.5, 0.25]]), ([0, 1, 0, 0], P42)]),
        ("the mean over the samples", [([0, 1, 2, 2, 1], P3), ([2, 1, 1, 0, 0], P3)]),
        ("a sure answer is clipped to eps, 2.2e-16 in double precision", SURE),
        ("probabilities in float32 have the eps of float32", in_single_precision),
    ),
    """
mean(-log(P[y]))  # P[y] takes whole rows: P[np.arange(n), y] takes one entry of each.
two(clip(P[:, 1], e, 1 - e))
    # This is the loss of two classes, of column 1: K classes have a probability each,
    # P[np.arange(n), y].
binary_cross_entropy(P[:, 1], y)
    # Probabilities are taken for scores, and only those of class 1: -log P[np.arange(n), y].
cross_entropy(P, y)  # Probabilities are taken for scores: no softmax, -log P[np.arange(n), y].
cross_entropy(log(P), y)
    # The logarithms are taken for scores, so nothing is clipped: clip the probability, then take
    # its logarithm.
-(y[:, None] * log(clip(P, e, 1 - e))).sum(axis=1).mean()
    # y is an index, not one-hot: P[np.arange(n), y].
mean(1 - P[i, y])  # 1 - p: the loss is -log p.
mean((P - T) ** 2)  # This is a squared error: the loss is -log p.
""",
    ways="""
np.mean(-np.log(P[i, y]))
np.mean(-np.log(np.clip(P, e, 1 - e)[i, y]))
np.mean(-(T * np.log(np.clip(P, e, 1 - e))).sum(axis=1))
""",
    let="""
n, K = P.shape
i, e = arange(n), finfo(P.dtype).eps
T = eye(K)[y]
two = lambda p: -mean(y * log(p) + (1 - y) * log(1 - p))
""",
    booleans=("y",),
)  # fmt: skip

BINS = ([0, 1, 1, 1, 0, 1], [0.05, 0.15, 0.85, 0.81, 0.12, 0.99])

reliability = Exercise(
    "reliability",
    "errors",
    """Return what probabilities promise and what came true, in n_bins bins of equal width.

Of ten days with a forecast of 30 %, three should be rainy. Bin j holds the samples with j /
n_bins <= p < (j + 1) / n_bins, the last one p = 1 too. Return three arrays (n_bins,): the mean
of p in each bin, the share of ones among its targets, and the number of its samples. In an
empty bin the first two are 0. y (n,) of 0 and 1, p (n,) the probabilities of class 1. Of y =
[0, 1, 1, 1] and p = [0.1, 0.2, 0.8, 1.0] in two bins: means [0.15, 0.9], shares [0.5, 1],
numbers [2, 2].""",
    ("(p * n_bins).astype(int) is the bin of a sample: what about p = 1? np.bincount(bins,"
     " weights=..., minlength=n_bins) adds up in each bin; divide by at least 1.",
     "Σ p / count, Σ y / count, count in each bin, with bin = min(floor(p · n_bins), n_bins - 1)"),
    (
        ("bins that are filled", [(*BINS[:1], BINS[1], 2), (Y(20), U(20), 3)]),
        ("an empty bin has 0 samples, mean 0 and share 0",
         [(*BINS, 5), (*BINS, 10), (Y(9), U(9), 4)]),
        ("a number on an edge belongs to the bin above, p = 1 to the last",
         [([1, 0, 1, 0, 1], [0.0, 0.25, 0.5, 0.75, 1.0], 4), ([1, 0, 1], [1.0, 1.0, 0.5], 2)]),
    ),
    """
((arange(n_bins) + 0.5) / n_bins, S, c); ((arange(n_bins) + 0.5) / n_bins * (c > 0), S, c)
    # The middle of the bin is taken for the mean of p: of its samples.
(M * c, S * c, c)  # Sums come out: divide them by the number of samples in the bin.
in_bins(digitize(p, linspace(0, 1, n_bins + 1)) - 1)  # p = 1 is in no bin: the last one takes it.
in_bins(maximum(ceil(p * n_bins).astype(int) - 1, 0))
     # A number on an edge is put into the bin below: j / n_bins <= p.
in_bins(minimum(round(p * n_bins).astype(int), n_bins - 1))
     # The bins are rounded: the whole part of p · n_bins is the bin.
in_bins(bins, nan)
    # 0/0 is nan in an empty bin: divide by at least 1. And np.bincount needs minlength=n_bins, or
    # ends at the last bin that is filled.
(M[c > 0], S[c > 0], c[c > 0])  # Empty bins are left out: they stay, with 0.
""",
    let="""
n_bins = globals().get("n_bins", 10)
bins = minimum((p * n_bins).astype(int), n_bins - 1)
c = bincount(bins, minlength=n_bins)
M, S = bincount(bins, p, n_bins) / maximum(c, 1), bincount(bins, y, n_bins) / maximum(c, 1)
def in_bins(b, empty=0.0):
    held = [b == j for j in range(n_bins)]
    mean_of = lambda a: array([a[h].mean() if h.any() else empty for h in held])
    return mean_of(p), mean_of(y), array([h.sum() for h in held])
""",
    booleans=("y",),
)  # fmt: skip

early_stopping = Exercise(
    "early_stopping",
    "training",
    """Return the epoch whose weights are kept, and the epoch after which training ends.

losses (n_epochs,) are the losses on the validation set after each epoch; epochs count from 0.
Kept is the first epoch of the lowest loss so far. Training ends as soon as `patience` epochs in
a row were no better than it, or with the last epoch: what would come later is never seen. Of
[0.9, 0.5, 0.6, 0.55, 0.1] with patience 2, epoch 1 is kept and training ends after epoch 3.""",
    ("Go through the epochs and remember the best one so far. How many have passed since?",
     "best = epoch where the loss is lower than losses[best]; end where epoch - best = patience"),
    (
        ("it ends `patience` epochs after the best one so far",
         [([0.9, 0.5, 0.6, 0.55, 0.1], 2), ([1.0, 2.0, 0.5], 1),
          ([0.9, 0.8, 0.85, 0.7, 0.75, 0.8, 0.6], 2)]),
        ("or with the last epoch",
         [([3.0, 2.0, 1.0], 1), ([1.0, 2.0, 0.5], 2), ([0.9, 0.5, 0.6], 5), ([1.0], 3)]),
        ("an equal loss is no better", [([1.0, 1.0, 1.0, 0.5], 2), ([0.5, 0.7, 0.5, 0.6, 0.1], 3)]),
        ("a loss that falls again, but not below the best, is no better",
         [([0.5, 0.9, 0.8, 0.7, 0.6, 0.1], 3), ([1.0, 0.4, 0.8, 0.6, 0.5, 0.3], 3)]),
    ),
    """
(m, min([m + patience, last])); (m, last)
    # All losses are looked at: what comes after the end is never seen. Go through the epochs one by
    # one.
walk(late=1)  # It ends one epoch too late: as soon as `patience` epochs were no better.
walk(late=-1)  # It ends one epoch too early.
walk(previous=True)
    # The loss is compared with the epoch before: with the best so far.
walk(total=True)
    # All epochs that were no better are counted: those since the best one, in a row; set the count
    # to 0 at a better one.
(walk()[1] - patience, walk()[1])
    # The epoch `patience` before the end is kept, also where training ended with the last epoch:
    # remember the best.
""",
    let="""
m, last = int(argmin(losses)), len(losses) - 1
def walk(late=0, previous=False, total=False):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[epoch - 1 if previous else best]:
            best, waited = epoch, waited if total else 0
        else:
            waited += 1
            if waited == maximum(patience + late, 1):
                return best, epoch
    return best, last
""",
)  # fmt: skip

EXERCISES = (log_loss, reliability, early_stopping)
