"""Known mistakes with softmax and cross-entropy: what they give, and what to tell."""

from math import log

import numpy as np

from scratch.exercises import definitions as true


def _plain(Z, axis=1):
    """The softmax as its formula says, overflow and all."""
    e = np.exp(Z)
    return e / e.sum(axis=axis, keepdims=axis is not None)


def _one_hot(Z, y):
    return np.eye(Z.shape[1])[y]


def _mean(values):
    return float(np.mean(values))


def _sigmoids(Z):
    return 1 / (1 + np.exp(-Z))


def _max_of_all(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=1, keepdims=True)


def _row_sums_as_a_row(e):
    """The sums (n,) meet the columns; it runs only where n = K."""
    return e / (e.sum(axis=1) if len(e) == e.shape[1] else e.sum(axis=1, keepdims=True))


OVERFLOW = (
    "exp(1000) is infinite, and inf / inf is nan. A number taken off a whole row cancels: "
    "take off the row's maximum, and the largest exponent is 0."
)
UNDERFLOW = (
    "The row's exponentials have all rounded to 0, and 0 / 0 is nan. The maximum must be that of "
    "each row: Z.max(axis=1, keepdims=True), not Z.max()."
)
SAMPLES_AXIS = "Normalised over the samples (axis 0): the classes of each sample (axis 1) sum to 1."

SOFTMAX = {
    SAMPLES_AXIS: lambda Z: _plain(Z, axis=0),
    "Divided by the sum over the whole array: each row has its own (axis=1, keepdims=True).": (
        lambda Z: _plain(Z, axis=None)
    ),
    "Without keepdims=True entry j is divided by the sum of row j: the sums must be a column.": [
        lambda Z: _row_sums_as_a_row(np.exp(Z)),
        lambda Z: _row_sums_as_a_row(np.exp(Z - Z.max(axis=1, keepdims=True))),
        lambda Z: _row_sums_as_a_row(np.exp(Z - Z.max())),
    ],
    "The exponentials are not divided by their sum.": np.exp,
    "The exponentials are not divided by their sum (the row's maximum is taken off).": (
        lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True))
    ),
    "exp(-Z): the sign is the wrong way round, so the highest score gets the lowest probability.": (
        lambda Z: _plain(-Z)
    ),
    "The sigmoid of each score: the rows do not sum to 1. Divide exp by the row's sum.": _sigmoids,
    "Sigmoids divided by their sum: the softmax divides exponentials.": lambda Z: (
        _sigmoids(Z) / _sigmoids(Z).sum(axis=1, keepdims=True)
    ),
    "This is the logarithm of the softmax.": lambda Z: np.log(_plain(Z)),
    "The scores divided by their sum: take exp first.": lambda Z: Z / Z.sum(axis=1, keepdims=True),
    "A power of 2 instead of e: use np.exp.": lambda Z: _plain(Z * log(2)),
    "A power of 10 instead of e: use np.exp.": lambda Z: _plain(Z * log(10)),
    "1 for the largest score, 0 for the others: that is the answer, not its probability.": (
        lambda Z: (Z.max(axis=1, keepdims=True) == Z).astype(float)
    ),
    "1 at the argmax, 0 elsewhere: that is the answer, not its probability.": (
        lambda Z: np.eye(Z.shape[1])[Z.argmax(axis=1)]
    ),
    "Softmax twice: the probabilities are taken for scores.": lambda Z: _plain(_plain(Z)),
    "The maximum over the samples (axis 0) is taken off: it must be the same for a whole row.": (
        lambda Z: _plain(Z - Z.max(axis=0))
    ),
    "The maximum without keepdims=True: entry j loses the maximum of row j.": (
        lambda Z: _plain(Z - Z.max(axis=1))
    ),
    "The scores are divided by the row's maximum: take it off instead.": (
        lambda Z: _plain(Z / Z.max(axis=1, keepdims=True))
    ),
    "The row's maximum is taken off in the denominator only, or in the numerator only.": (
        lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)) / np.exp(Z).sum(axis=1, keepdims=True)
    ),
    "exp(Z)² or squares: the exponentials are not squared.": lambda Z: _plain(2 * Z),
}
SOFTMAX_FAR = {
    OVERFLOW: _plain,
    UNDERFLOW: _max_of_all,
    "exp overflows: taking off the row's mean is not enough. Take off its maximum.": (
        lambda Z: _plain(Z - Z.mean(axis=1, keepdims=True))
    ),
    "exp overflows: taking off the row's minimum makes it worse. Take off its maximum.": (
        lambda Z: _plain(Z - Z.min(axis=1, keepdims=True))
    ),
    "The row's exponentials have all rounded to 0: an epsilon in the denominator hides it. Take "
    "off each row's own maximum.": lambda Z: np.nan_to_num(_max_of_all(Z)),
    "The scores are clipped: what is lost decides between large scores. Take off each row's "
    "maximum instead.": [
        lambda Z, top=top: _plain(np.clip(Z, -top, top)) for top in (10, 20, 30, 50, 100, 500, 700)
    ],
    "nan is turned into 0: exp has become infinite. Take off each row's maximum instead.": (
        lambda Z: np.nan_to_num(_plain(Z))
    ),
}

CROSS_ENTROPY = {
    "The sum over the {n} samples instead of the mean?": lambda Z, y: (
        len(y) * true.cross_entropy(Z, y)
    ),
    "The losses of the samples, one by one: their mean is asked for.": true.losses,
    "A logarithm to base 2: np.log counts in nats.": lambda Z, y: true.cross_entropy(Z, y) / log(2),
    "A logarithm to base 10: np.log counts in nats.": lambda Z, y: (
        true.cross_entropy(Z, y) / log(10)
    ),
    "log p instead of -log p: is the minus sign missing?": lambda Z, y: -true.cross_entropy(Z, y),
    "Divided by n K: the mean runs over the samples only. Of one-hot targets times log P sum the "
    "rows first.": lambda Z, y: true.cross_entropy(Z, y) / Z.shape[1],
    "Z[:, y] takes the columns y of every row, (n, n) numbers. Z[np.arange(len(y)), y] pairs row "
    "and target.": lambda Z, y: _mean(-np.log(true.softmax(Z))[:, y]),
    "Z[:, y] takes the columns y of every row. Z[np.arange(len(y)), y] pairs row and target; the "
    "{n} samples' mean is asked for.": lambda Z, y: len(y) * _mean(-np.log(true.softmax(Z))[:, y]),
    "The softmax is taken over the samples (axis 0): the classes are axis 1.": lambda Z, y: _mean(
        -np.log(_plain(Z, axis=0))[np.arange(len(y)), y]
    ),
    "The softmax is applied twice.": lambda Z, y: true.cross_entropy(true.softmax(Z), y),
    "All classes' -log p are averaged: only the target's counts.": lambda Z, y: _mean(
        -np.log(true.softmax(Z))
    ),
    "All classes' -log p are summed: only the target's counts.": lambda Z, y: _mean(
        -np.log(true.softmax(Z)).sum(axis=1)
    ),
    "The scores are taken for probabilities: take the softmax first.": lambda Z, y: _mean(
        -np.log(Z[np.arange(len(y)), y])
    ),
    "The other classes' log(1 - p) are added: with the softmax -log p of the target is all.": (
        lambda Z, y: _mean(
            true.losses(Z, y) - ((1 - _one_hot(Z, y)) * np.log(1 - true.softmax(Z))).sum(axis=1)
        )
    ),
    "A sigmoid for each class: the softmax divides by the sum over the classes.": lambda Z, y: (
        _mean(np.logaddexp(0, -Z[np.arange(len(y)), y]))
    ),
    "-z of the target alone: + log Σ exp(z) is missing.": lambda Z, y: _mean(
        -Z[np.arange(len(y)), y]
    ),
    "log Σ exp(z) alone: the target's score must be taken off.": lambda Z, y: _mean(
        np.log(np.exp(Z).sum(axis=1))
    ),
    "The maximum instead of log Σ exp: the loss of who answers, not of a probability.": (
        lambda Z, y: _mean(Z.max(axis=1) - Z[np.arange(len(y)), y])
    ),
    "Always class 0, 1, ... in turn: the targets are not looked at.": lambda Z, y: _mean(
        -np.log(true.softmax(Z))[np.arange(len(y)), np.arange(len(y)) % Z.shape[1]]
    ),
    "-log of the largest probability: that of the target counts, not that of the answer.": (
        lambda Z, y: _mean(-np.log(true.softmax(Z).max(axis=1)))
    ),
    "-p instead of -log p.": lambda Z, y: _mean(-true.softmax(Z)[np.arange(len(y)), y]),
    "1 - p instead of -log p.": lambda Z, y: _mean(1 - true.softmax(Z)[np.arange(len(y)), y]),
    "-p log p, the entropy of the target's own: -log p is asked for.": lambda Z, y: _mean(
        true.losses(Z, y) * true.softmax(Z)[np.arange(len(y)), y]
    ),
    "The entropy Σ -p log p: weigh the logarithms by the targets, not by p.": lambda Z, y: _mean(
        -(true.softmax(Z) * np.log(true.softmax(Z))).sum(axis=1)
    ),
    "The squared error: cross-entropy is -log of the target's probability.": lambda Z, y: _mean(
        ((true.softmax(Z) - _one_hot(Z, y)) ** 2).sum(axis=1)
    ),
    "log of the mean probability: take the logarithm first, then the mean.": lambda Z, y: float(
        -np.log(np.mean(true.softmax(Z)[np.arange(len(y)), y]))
    ),
    "Class numbers from 1: they count from 0.": lambda Z, y: true.cross_entropy(Z, y - 1),
}


def _log_of_softmax(softmax, low=0.0, add=0.0):
    def loss(Z, y):
        p = softmax(Z)[np.arange(len(y)), y]
        return _mean(-np.log((np.clip(p, low, 1 - low) if low else p) + add))

    return loss


LOG_OF_ROUNDED = (
    "The probability has rounded to 0, and its logarithm is -inf. Do not go through it: "
    "-log p = log Σ exp(z) - z of the target, with the row's maximum taken off first."
)
EPSILON = (
    "An epsilon of {eps:g}, clipped to or added inside the logarithm, hides log 0: the loss of "
    "who is sure and wrong stops growing. Start from the scores: log Σ exp(z) - z of the target."
)
SMALL = [10.0**-k for k in range(2, 17)] + [2.220446049250313e-16, 1.1920928955078125e-07]
FAR_OUT = (
    "Far out the loss is how far the target's score is below the highest. What goes through the "
    "probability has lost that: start from the scores."
)
CROSS_ENTROPY_FAR = {
    OVERFLOW: lambda Z, y: _log_of_softmax(_plain)(Z, y),
    LOG_OF_ROUNDED: _log_of_softmax(true.softmax),
    "The probability has rounded to 0, and 0 · log 0 is nan. Do not go through it: "
    "-log p = log Σ exp(z) - z of the target, with the row's maximum taken off first.": (
        lambda Z, y: _mean(-(_one_hot(Z, y) * np.log(true.softmax(Z))).sum(axis=1))
    ),
    "log Σ exp(z): exp(1000) is infinite. Take off the row's maximum first, and add it again; "
    "np.logaddexp.reduce(Z, axis=1) does that.": lambda Z, y: _mean(
        np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]
    ),
    "The largest of the whole array is taken off: other rows then have log 0. Take off each "
    "row's own maximum.": lambda Z, y: _mean(
        np.log(np.exp(Z - Z.max()).sum(axis=1)) - (Z - Z.max())[np.arange(len(y)), y]
    ),
    UNDERFLOW: _log_of_softmax(_max_of_all),
    **{
        EPSILON.format(eps=eps): [
            _log_of_softmax(true.softmax, low=eps),
            _log_of_softmax(true.softmax, add=eps),
        ]
        for eps in SMALL
    },
}


def _residual(Z, y):
    return true.softmax(Z) - _one_hot(Z, y)


def _jacobian(Z, y, factor):
    P, T = true.softmax(Z), _one_hot(Z, y)
    return (P - T) * (P * (1 - P)) * factor


def _all_columns(Z, y):
    P = true.softmax(Z)
    P[:, y] -= 1
    return P


CROSS_ENTROPY_GRADIENT = {
    "1/n is missing: the loss is a mean, so each slope is (probability - target) / {n}.": (
        _residual
    ),
    "target - probability: the sign is the wrong way round. A higher score of the target lowers "
    "the loss.": lambda Z, y: -_residual(Z, y) / len(y),
    "target - probability, and 1/n is missing.": lambda Z, y: -_residual(Z, y),
    "Divided by n K: the loss is a mean over the n samples.": lambda Z, y: _residual(Z, y) / Z.size,
    "Divided by K instead of n.": lambda Z, y: _residual(Z, y) / Z.shape[1],
    "P[:, y] -= 1 changes the columns y of every row. P[np.arange(len(y)), y] pairs row and "
    "target.": lambda Z, y: _all_columns(Z, y) / len(y),
    "P[:, y] -= 1 changes the columns y of every row. P[np.arange(len(y)), y] pairs row and "
    "target. 1/n is missing too.": _all_columns,
    "The slope with respect to the probabilities, -T / P: the softmax's own derivative is "
    "missing, and with it the expression shortens to P - T.": lambda Z, y: (
        -_one_hot(Z, y) / true.softmax(Z) / len(y)
    ),
    "The slope with respect to the probabilities, -T / P; the softmax's derivative and 1/n are "
    "missing.": lambda Z, y: -_one_hot(Z, y) / true.softmax(Z),
    "The factor p (1 - p) belongs to the squared error. In the cross-entropy it cancels.": (
        lambda Z, y: _jacobian(Z, y, 1 / len(y))
    ),
    "The factor p (1 - p) belongs to the squared error, and 1/n is missing.": (
        lambda Z, y: _jacobian(Z, y, 1.0)
    ),
    "Only the diagonal p (1 - p) of the softmax's derivative: a score also moves the other "
    "classes' probabilities.": lambda Z, y: -_one_hot(Z, y) * (1 - true.softmax(Z)) / len(y),
    "Only the target's column: the other classes' slope is their probability.": lambda Z, y: (
        _one_hot(Z, y) * _residual(Z, y) / len(y)
    ),
    "The probability alone: subtract the one-hot target.": lambda Z, y: true.softmax(Z) / len(y),
    "The softmax is taken over the samples (axis 0): the classes are axis 1.": lambda Z, y: (
        (_plain(Z, axis=0) - _one_hot(Z, y)) / len(y)
    ),
    "The scores less the targets: take the softmax.": lambda Z, y: (Z - _one_hot(Z, y)) / len(y),
    "Sigmoids less the targets: the probabilities are the softmax.": lambda Z, y: (
        (_sigmoids(Z) - _one_hot(Z, y)) / len(y)
    ),
    "The class index y is subtracted: the target is one-hot, 1 in column y[i] and 0 elsewhere.": (
        lambda Z, y: (true.softmax(Z) - y[:, None]) / len(y)
    ),
    "Summed over the samples: a slope for each score, (n, K), is asked for.": [
        lambda Z, y: _residual(Z, y).sum(axis=0) / len(y),
        lambda Z, y: _residual(Z, y).sum(axis=0),
    ],
    "Twice too large: cross-entropy has no factor 2.": lambda Z, y: 2 * _residual(Z, y) / len(y),
    "Transposed: samples are rows.": lambda Z, y: _residual(Z, y).T / len(y),
}
GRADIENT_FAR = {
    OVERFLOW: lambda Z, y: (_plain(Z) - _one_hot(Z, y)) / len(y),
    UNDERFLOW: lambda Z, y: (_max_of_all(Z) - _one_hot(Z, y)) / len(y),
}
