"""Judging probabilities, and when to stop."""
# ruff: noqa: E501 (a slip is a line of a table)

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
    ("P[np.arange(n), y] is the probability of what came true, one for each sample. Clip it before the"
     " logarithm.",
     "mean of -log(clip(P[i, y[i]], eps, 1 - eps))"),
    (
        ("-log of the probability of what came true",
         [([2, 0], P23), ([1], [[0.25, 0.5, 0.25]]), ([0, 1, 0, 0], P42)]),
        ("the mean over the samples", [([0, 1, 2, 2, 1], P3), ([2, 1, 1, 0, 0], P3)]),
        ("a sure answer is clipped to eps, 2.2e-16 in double precision", SURE),
        ("probabilities in float32 have the eps of float32", in_single_precision),
    ),
    """
each.sum()  # The sum over the samples: the mean is asked for.
each  # The losses come one by one: their mean is asked for.
each[0]; each[0] / n  # Only the first sample counts: is the return inside the loop?
each[-1] / n  # Only the last sample counts: add up in the loop.
-each.mean()  # The minus sign is missing: log of a probability is negative.
mean(-log(P[i, y]))
    # log 0 is infinite: clip the probability first, np.clip(p, eps, 1 - eps), from below too; eps
    # is np.finfo(P.dtype).eps (.min is a negative number).
mean(-log(P[y])); -log(clip(P, e, 1 - e)[y]).mean(); -log(clip(P, e, 1 - e)[y]).sum() / n
    # P[y] takes whole rows: P[np.arange(n), y] takes one entry of each.
mean(-log(P[:, y])); -log(clip(P, e, 1 - e)[:, y]).mean()
    # P[:, y] takes these columns of every row: P[np.arange(n), y] takes one entry of each.
mean(-log(clip(P, e, 1 - e))); -log(clip(P, e, 1 - e)).sum() / n
    # The mean runs over all classes: only the one that came true counts, P[np.arange(n), y].
mean(-clip(log(P[i, y]), e, 1 - e)); mean(clip(-log(P[i, y]), e, 1 - e))
    # The logarithm is clipped: clip the probability, then take its logarithm.
mean(-log(clip(P[:, 1], e, 1 - e)))  # Class 1 is taken for every sample: P[np.arange(n), y].
two(clip(P[:, 1], e, 1 - e)); two(clip(P[:, 1], 1e-15, 1 - 1e-15))
two(clip(P[:, 1], 1e-7, 1 - 1e-7)); two(P[:, 1])
    # This is the loss of two classes, of column 1: K classes have a probability each,
    # P[np.arange(n), y].
binary_cross_entropy(P[:, 1], y)
    # Probabilities are taken for scores, and only those of class 1: -log P[np.arange(n), y].
cross_entropy(P, y)  # Probabilities are taken for scores: no softmax, -log P[np.arange(n), y].
cross_entropy(log(P), y)
    # The logarithms are taken for scores, so nothing is clipped: clip the probability, then take
    # its logarithm.
mean(-T * log(clip(P, e, 1 - e)))
    # The mean runs over the classes too: sum over them, then the mean over the samples.
-(T * log(P)).sum(axis=1).mean()
    # log 0 is infinite, and 0 · log 0 is nan: clip the probabilities first.
-(y[:, None] * log(clip(P, e, 1 - e))).sum(axis=1).mean()
    # y is an index, not one-hot: P[np.arange(n), y].
-(T * log(clip(P, e, 1 - e)) + (1 - T) * log(1 - clip(P, e, 1 - e))).sum(axis=1).mean()
    # The other classes' log(1 - p) are added: only that of what came true counts.
mean(1 - P[i, y])  # 1 - p: the loss is -log p.
-log(mean(clip(P[i, y], e, 1 - e)))  # First the logarithm, then the mean.
mean(-log(clip(P.max(axis=1), e, 1 - e)))
    # The most probable class is taken: the one that came true counts.
mean(-log(clip(P[i, y - 1], e, 1 - e)))  # The classes count from 0: P[i, y].
mean((P - T) ** 2); ((P - T) ** 2).sum(axis=1).mean()
    # This is a squared error: the loss is -log p.
mean(-log(clip(P[i, y], finfo(float).tiny, 1)))  # np.finfo(...).tiny is 2e-308: eps, 2.2e-16.
mean(-log(maximum(P[i, y], epsilon)))
    # Clipped at {epsilon}, from below only: to [eps, 1 - eps], eps = np.finfo(P.dtype).eps.
mean(-log(clip(P[i, y], epsilon, 1 - epsilon)))
    # Clipped to {epsilon}: eps is that of P's type, np.finfo(P.dtype).eps = 2.2e-16.
mean(-log(P[i, y] + epsilon))  # An epsilon of {epsilon} is added: clip to [eps, 1 - eps] instead.
mean(nan_to_num(-log(P[i, y])))
    # inf is turned into a number that means nothing: clip the probability.
""",
    ways="""
np.mean(-np.log(np.clip(P, e, 1 - e)[i, y]))
np.mean(-(T * np.log(np.clip(P, e, 1 - e))).sum(axis=1))
np.mean(-np.log(P[i, y]))
""",
    let="""
n, K = P.shape
i, e = arange(n), finfo(P.dtype).eps
T = eye(K)[y]
each = -log(clip(P[i, y], e, 1 - e))
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
    ("(p * n_bins).astype(int) is the bin of a sample: what about p = 1? np.bincount(bins, weights=...,"
     " minlength=n_bins) adds up in each bin; divide by at least 1.",
     "Σ p / count, Σ y / count, count in each bin, with bin = min(floor(p · n_bins), n_bins - 1)"),
    (
        ("bins that are filled", [(*BINS[:1], BINS[1], 2), (Y(20), U(20), 3)]),
        ("an empty bin has 0 samples, mean 0 and share 0", [(*BINS, 5), (*BINS, 10), (Y(9), U(9), 4)]),
        ("a number on an edge belongs to the bin above, p = 1 to the last",
         [([1, 0, 1, 0, 1], [0.0, 0.25, 0.5, 0.75, 1.0], 4), ([1, 0, 1], [1.0, 1.0, 0.5], 2)]),
    ),
    """
(S, M, c)  # The two are exchanged: the mean of p first.
(centres, S, c)  # The middle of the bin is taken for the mean of p: of its samples.
(M * c, S * c, c)  # Sums come out: divide them by the number of samples in the bin.
(M * c, S, c)  # The sum of p: divide it by the number of samples in the bin.
(M, S * c, c)  # The number of ones: divide it by the number of samples in the bin.
(M * c / n, S * c / n, c)  # Divided by all samples: by those in the bin.
(M, S, c / n)  # The share of samples: their number.
(M, S)  # The numbers of samples are missing.
(M, 1 - S, c); (M, where(c > 0, 1 - S, 0), c)  # The share of zeros: of ones.
in_bins(digitized)  # p = 1 is in no bin: the last one takes it.
in_bins(digitized, nan)  # p = 1 is in no bin: the last one takes it; and empty bins are 0, not nan.
in_bins(ceiled)  # A number on an edge is put into the bin below: j / n_bins <= p.
in_bins(rounded)  # The bins are rounded: the whole part of p · n_bins is the bin.
in_bins(bins, nan)
    # 0/0 is nan in an empty bin: divide by at least 1. And np.bincount needs minlength=n_bins, or
    # ends at the last bin that is filled.
in_bins(bins, 0.5)  # An empty bin has 0 there.
unlimited()
    # np.bincount ends at the last bin that is filled: minlength=n_bins; and p = 1 belongs to the
    # last bin.
(M[c > 0], S[c > 0], c[c > 0]); (M[c > 0], S[c > 0], c)
    # Empty bins are left out: they stay, with 0.
in_bins(ten)  # Ten bins, whatever n_bins says.
equal_counts()  # The bins hold equally many samples: they are equally wide.
in_bins(bins, 0, array([y[bins == j].sum() / maximum(y.sum(), 1) for j in range(n_bins)]))
    # Divided by all ones: by the samples in the bin.
(M, M, c)  # The mean of p comes out twice.
in_bins(bins, 0, array([((p >= 0.5) == y)[bins == j].mean() if (bins == j).any() else 0 for j in range(n_bins)]))
    # The share of right answers: of ones.
""",
    let="""
n_bins = globals().get("n_bins", 10)
n = len(y)
bins = minimum((p * n_bins).astype(int), n_bins - 1)
c = bincount(bins, minlength=n_bins)
M, S = bincount(bins, p, n_bins) / maximum(c, 1), bincount(bins, y, n_bins) / maximum(c, 1)
centres = (arange(n_bins) + 0.5) / n_bins
digitized = digitize(p, linspace(0, 1, n_bins + 1)) - 1
ceiled = maximum(ceil(p * n_bins).astype(int) - 1, 0)
rounded = minimum(round(p * n_bins).astype(int), n_bins - 1)
ten = minimum((p * 10).astype(int), 9)
def in_bins(b, empty=0.0, share=None):
    held = [b == j for j in range(n_bins)]
    mean_p = array([p[h].mean() if h.any() else empty for h in held])
    ones = array([y[h].mean() if h.any() else empty for h in held])
    return mean_p, ones if share is None else share, array([h.sum() for h in held])
def unlimited():
    b = (p * n_bins).astype(int)
    k = maximum(bincount(b), 1)
    return bincount(b, p) / k, bincount(b, y) / k, bincount(b)
def equal_counts():
    parts = array_split(argsort(p), n_bins)
    return tuple(array([f(part) for part in parts])
                 for f in (lambda a: p[a].mean(), lambda a: y[a].mean(), len))
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
         [([0.9, 0.5, 0.6, 0.55, 0.1], 2), ([1.0, 2.0, 0.5], 1), ([0.9, 0.8, 0.85, 0.7, 0.75, 0.8, 0.6], 2)]),
        ("or with the last epoch", [([3.0, 2.0, 1.0], 1), ([1.0, 2.0, 0.5], 2), ([0.9, 0.5, 0.6], 5), ([1.0], 3)]),
        ("an equal loss is no better", [([1.0, 1.0, 1.0, 0.5], 2), ([0.5, 0.7, 0.5, 0.6, 0.1], 3)]),
        ("a loss that falls again, but not below the best, is no better",
         [([0.5, 0.9, 0.8, 0.7, 0.6, 0.1], 3), ([1.0, 0.4, 0.8, 0.6, 0.5, 0.3], 3)]),
    ),
    """
(m, min([m + patience, last])); (m, last); (m, m)
    # All losses are looked at: what comes after the end is never seen. Go through the epochs one by
    # one.
m  # The epoch after which training ends is missing: return best, epoch.
(best(), best())  # The epoch that is kept comes out twice: training ends later, at `epoch`.
(end(), end())  # The epoch after which it ends comes out twice: best is kept.
(end(), best())  # The two are exchanged: the epoch that is kept comes first.
(losses[best()], end())  # The loss comes out: its epoch.
(best() + 1, end() + 1)  # The epochs count from 0.
(best(), end() + 1)  # It ends one epoch too late.
(best(), end() - 1)  # It ends one epoch too early.
walk(late=1)  # It ends one epoch too late: as soon as `patience` epochs were no better.
walk(late=-1)  # It ends one epoch too early.
walk(equal=True)  # An equal loss is taken for better: it must be lower (<).
walk(previous=True); walk(previous=True, keep=True)
    # The loss is compared with the epoch before: with the best so far.
walk(total=True)
    # All epochs that were no better are counted: those since the best one, in a row; set the count
    # to 0 at a better one.
(end() - patience, end())
    # The epoch `patience` before the end is kept, also where training ended with the last epoch:
    # remember the best.
walk(highest=True)  # The highest loss is kept: the lowest.
""",
    let="""
m, last = int(argmin(losses)), len(losses) - 1
def walk(late=0, equal=False, previous=False, keep=False, total=False, highest=False):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        other = losses[epoch - 1] if previous else losses[best]
        better = losses[epoch] > other if highest else losses[epoch] <= other if equal else losses[epoch] < other
        if better:
            best = (epoch if losses[epoch] < losses[best] else best) if keep else epoch
            waited = waited if total else 0
        else:
            waited += 1
            if waited == maximum(patience + late, 1):
                return best, epoch
    return best, last
best = lambda: walk()[0]
end = lambda: walk()[1]
""",
)  # fmt: skip

EXERCISES = (log_loss, reliability, early_stopping)
