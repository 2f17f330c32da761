"""Known mistakes with the log loss of probabilities: what they give, and what to tell."""

from math import log

import numpy as np

from scratch.exercises import definitions as true
from scratch.exercises.mistakes.many_classes import SMALL


def _one_hot(P, y):
    return np.eye(P.shape[1])[y]


def _mean(values):
    return float(np.mean(values))


def _log_loss(y, P, logarithm=np.log, low=0.0, add=0.0):
    p = P[np.arange(len(y)), y]
    return _mean(-logarithm((np.clip(p, low, 1 - low) if low else p) + add))


LOG_LOSS = {
    "The sum over the {n} samples instead of the mean?": lambda y, P: len(y) * true.log_loss(y, P),
    "The losses of the samples, one by one: their mean is asked for.": lambda y, P: (
        -np.log(P[np.arange(len(y)), y])
    ),
    "A logarithm to base 2: np.log counts in nats.": lambda y, P: true.log_loss(y, P) / log(2),
    "A logarithm to base 10: np.log counts in nats.": lambda y, P: true.log_loss(y, P) / log(10),
    "log p instead of -log p: is the minus sign missing?": lambda y, P: -true.log_loss(y, P),
    "Divided by n K: the mean runs over the samples only. Of one-hot targets times log P sum the "
    "rows first.": lambda y, P: true.log_loss(y, P) / P.shape[1],
    "P[:, y] takes the columns y of every row. P[np.arange(len(y)), y] pairs row and target.": (
        lambda y, P: _mean(-np.log(P[:, y]))
    ),
    "The probabilities are taken for scores: a softmax is applied to them.": lambda y, P: (
        true.cross_entropy(P, y)
    ),
    "-log of the largest probability: that of the target counts, not that of the answer.": (
        lambda y, P: _mean(-np.log(P.max(axis=1)))
    ),
    "All classes' -log p are averaged: only the target's counts.": lambda y, P: _mean(-np.log(P)),
    "All classes' -log p are summed: only the target's counts.": lambda y, P: _mean(
        -np.log(P).sum(axis=1)
    ),
    "Always the last class, or class 1: each sample has its own target.": lambda y, P: _mean(
        -np.log(P[:, 1])
    ),
    "log of the mean probability: take the logarithm first, then the mean.": lambda y, P: float(
        -np.log(np.mean(P[np.arange(len(y)), y]))
    ),
    "1 - p instead of -log p.": lambda y, P: _mean(1 - P[np.arange(len(y)), y]),
    "-log(1 - p): the probability of what came true counts.": lambda y, P: _mean(
        -np.log(1 - P[np.arange(len(y)), y])
    ),
    "The other classes' log(1 - p) are added: -log p of the target is all.": lambda y, P: _mean(
        -(_one_hot(P, y) * np.log(P) + (1 - _one_hot(P, y)) * np.log(1 - P)).sum(axis=1)
    ),
    "The entropy Σ -p log p: weigh the logarithms by the targets, not by p.": lambda y, P: _mean(
        -(P * np.log(P)).sum(axis=1)
    ),
}
LOG_LOSS_SURE = {
    "log 0 is -inf: clip the probability to [eps, 1 - eps] first, eps = np.finfo(P.dtype).eps.": (
        _log_loss
    ),
    "0 · log 0 is nan: take the target's probability only, and clip it to [eps, 1 - eps] first.": (
        lambda y, P: np.nan
    ),
    **{
        f"{eps:g} is the least probability, or added to it: here it is clipped to [eps, 1 - eps], "
        "eps = np.finfo(P.dtype).eps = 2.2e-16.": [
            lambda y, P, eps=eps: _log_loss(y, P, low=eps),
            lambda y, P, eps=eps: _log_loss(y, P, add=eps),
        ]
        for eps in SMALL
    },
}
LOG_LOSS_FLOAT32 = {
    "eps is that of float64: np.finfo(P.dtype).eps is 1.2e-7 for float32.": lambda y, P: _log_loss(
        y, P.astype(float), low=2.220446049250313e-16
    ),
    "1 - eps rounds to 1 in float32, so clipping must use the eps of P's own dtype.": (
        lambda y, P: np.inf
    ),
    **{
        f"eps is always {eps:g}: np.finfo(P.dtype).eps is 1.2e-7 for float32.": (
            lambda y, P, eps=eps: _log_loss(y, P.astype(float), low=eps)
        )
        for eps in SMALL
    },
}
NEGATIVE = (
    "A negative loss: an epsilon is added inside the logarithm, and log(1 + eps) is above 0. "
    "np.clip(p, eps, 1 - eps) keeps p a probability."
)
