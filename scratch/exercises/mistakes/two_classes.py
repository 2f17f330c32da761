"""Known mistakes with the sigmoid and binary cross-entropy: what they give, and what to tell."""

from math import log

import numpy as np

from scratch.exercises.definitions import binary_cross_entropy, binary_losses, sigmoid

OVERFLOW = (
    "exp of a large number is infinite. 1 / inf happens to be the right 0, but inf / inf is nan. "
    "For z < 0, exp(z) / (1 + exp(z)) is the same probability. np.where computes both of its "
    "branches, so give exp what fits in either: -abs(z)."
)
NAN_FAR = (
    "exp(z) has become infinite, and inf / inf is nan. Where z > 0, divide by exp(z) first: "
    "1 / (1 + exp(-z)). Below 0 keep exp(z) / (1 + exp(z))."
)

SIGMOID = {
    "This is σ(-z), the probability of class 0: is the sign in exp(-z) right?": lambda z: sigmoid(
        -z
    ),
    "The exponential alone: divide by 1 + exp, so that the two probabilities sum to 1.": np.exp,
    "This is exp(-z): divide 1 by 1 + exp(-z).": lambda z: np.exp(-z),
    "This is 1 + exp(-z): the probability is 1 divided by it.": lambda z: 1 + np.exp(-z),
    "This is tanh(z), from -1 to 1: a probability lies in [0, 1].": np.tanh,
    "This is tanh(z/2) = 2σ(z) - 1, from -1 to 1: a probability lies in [0, 1].": (
        lambda z: np.tanh(z / 2)
    ),
    "tanh(z) moved to [0, 1] is σ(2z): σ(z) is (1 + tanh(z/2)) / 2.": lambda z: sigmoid(2 * z),
    "This is σ(z/2): z itself is the logit.": lambda z: sigmoid(z / 2),
    "This is the derivative σ(z) (1 - σ(z)), not σ(z).": lambda z: sigmoid(z) * (1 - sigmoid(z)),
    "This is log σ(z): the probability itself is asked for.": lambda z: np.log(sigmoid(z)),
    "A power of 2 instead of e: use np.exp.": lambda z: 1 / (1 + 2.0**-z),
    "A power of 10 instead of e: use np.exp.": lambda z: 1 / (1 + 10.0**-z),
    "0 or 1 only: that is the answer (z > 0), not its probability.": lambda z: np.where(
        z > 0, 1.0, 0.0
    ),
    "0 or 1 only: that is the answer, not its probability. Is it rounded?": lambda z: np.where(
        z >= 0, 1.0, 0.0
    ),
    "z itself comes back.": lambda z: z,
    "A maximum or sum of z takes part: the entries do not depend on each other.": lambda z: (
        np.exp(z - z.max()) / (1 + np.exp(z - z.max()))
    ),
    "Divided by the sum over all entries, as in a softmax: each is a sample of its own.": (
        lambda z: np.exp(z) / np.exp(z).sum()
    ),
    "The same for z and -z: below 0 the numerator is exp(-abs(z)), above it is 1.": (
        lambda z: sigmoid(np.abs(z))
    ),
    "σ(-|z|) comes out: where z >= 0 the numerator is 1.": lambda z: sigmoid(-np.abs(z)),
    "The mean of all entries: the shape of z is asked for.": lambda z: float(np.mean(sigmoid(z))),
}


def _clipped_far(eps):
    return lambda z: np.clip(sigmoid(z), eps, 1 - eps)


FAR_OUT = (
    "Far out the loss is |z| for who is wrong and 0 for who is right. What goes through the "
    "probability has lost z: start from the score."
)
SLOPE_FAR_OUT = "Far out the probability is 0 or 1, and so is its distance from the target."

SIGMOID_FAR = {
    NAN_FAR: lambda z: np.where(z > 709, np.nan, sigmoid(z)),
    "nan on the negative side: exp(-z) has become infinite. Below 0 use exp(z) / (1 + exp(z)).": (
        lambda z: np.where(z < -709, np.nan, sigmoid(z))
    ),
    **{
        f"Clipped to [{eps:g}, 1 - {eps:g}]: the sigmoid needs no clipping; what takes its"
        " logarithm should start from z.": _clipped_far(eps)
        for eps in (1e-2, 1e-3, 1e-4, 1e-5)
    },
}


def _where_target(y, if_one, if_zero):
    return float(np.mean(np.where(y == 1, if_one, if_zero)))


def _plain(z, y, logarithm=np.log, add=0.0, low=0.0):
    p = 1 / (1 + np.exp(-z))
    p = np.clip(p, low, 1 - low) if low else p
    return float(np.mean(-(y * logarithm(p + add) + (1 - y) * logarithm(1 - p + add))))


BINARY_CROSS_ENTROPY = {
    "The sum over the {n} samples instead of the mean?": lambda z, y: (
        len(y) * binary_cross_entropy(z, y)
    ),
    "The losses of the samples, one by one: their mean is asked for.": binary_losses,
    "A logarithm to base 2: np.log counts in nats.": lambda z, y: (
        binary_cross_entropy(z, y) / log(2)
    ),
    "A logarithm to base 10: np.log counts in nats.": lambda z, y: (
        binary_cross_entropy(z, y) / log(10)
    ),
    "log p instead of -log p: is the minus sign missing?": lambda z, y: -binary_cross_entropy(z, y),
    "Only the samples with y = 1 count: where is (1 - y) log(1 - p)?": lambda z, y: _where_target(
        y, binary_losses(z, y), 0.0
    ),
    "Only the samples with y = 0 count: where is y log p?": lambda z, y: _where_target(
        y, 0.0, binary_losses(z, y)
    ),
    "The targets are exchanged: this is the loss of 1 - y.": lambda z, y: binary_cross_entropy(
        z, 1 - y
    ),
    "log(1 + exp(-y z)) is for targets -1 and 1. Here they are 0 and 1: a y of 0 gives log 2.": (
        lambda z, y: float(np.mean(np.logaddexp(0, -y * z)))
    ),
    "z is taken for a probability: it is the score, p = σ(z).": [
        lambda z, y: float(np.mean(-(y * np.log(z) + (1 - y) * np.log(1 - z)))),
        lambda z, y: _where_target(y, -np.log(z), -np.log(1 - z)),
    ],
    "Every target is taken for 1: y decides between -log p and -log(1 - p).": lambda z, y: (
        binary_cross_entropy(z, np.ones_like(y))
    ),
    "Every target is taken for 0: y decides between -log p and -log(1 - p).": lambda z, y: (
        binary_cross_entropy(z, np.zeros_like(y))
    ),
    "The targets are taken as -1 and 1: in y log p + (1 - y) log(1 - p) they are 0 and 1.": (
        lambda z, y: float(
            np.mean(-((2 * y - 1) * np.log(sigmoid(z)) + (2 - 2 * y) * np.log(sigmoid(-z))))
        )
    ),
    "The hinge loss max(0, 1 - margin), of support vector machines.": lambda z, y: float(
        np.mean(np.maximum(0, 1 - (2 * y - 1) * z))
    ),
    "The sigmoid is applied twice.": lambda z, y: binary_cross_entropy(sigmoid(z), y),
    "The squared error (p - y)²: cross-entropy is -log of the probability of what came true.": (
        lambda z, y: float(np.mean((sigmoid(z) - y) ** 2))
    ),
    "The absolute error |p - y|: cross-entropy is -log of the probability of what came true.": (
        lambda z, y: float(np.mean(np.abs(sigmoid(z) - y)))
    ),
    "Divided by 2: the loss is the mean, with no factor 1/2.": lambda z, y: (
        binary_cross_entropy(z, y) / 2
    ),
    "The entropy of p: the logarithms are weighted by the targets y, not by p.": lambda z, y: float(
        np.mean(-(sigmoid(z) * np.log(sigmoid(z)) + sigmoid(-z) * np.log(sigmoid(-z))))
    ),
    "p and y have changed places: it is y log p, not p log y.": lambda z, y: float(
        np.mean(-(sigmoid(z) * np.log(y) + (1 - sigmoid(z)) * np.log(1 - y)))
    ),
    "The largest loss of a sample: the mean is asked for.": lambda z, y: float(
        max(binary_losses(z, y))
    ),
    "The median: the mean is asked for.": lambda z, y: float(np.median(binary_losses(z, y))),
    "Divided by n - 1 instead of n.": lambda z, y: float(binary_losses(z, y).sum() / (len(y) - 1)),
    "The mean over the samples with y = 1 plus that over y = 0: divide by all n.": lambda z, y: (
        float(np.mean(binary_losses(z, y)[y == 1]) + np.mean(binary_losses(z, y)[y == 0]))
    ),
    "log(1 + z) where log(1 + exp(z)) should be.": lambda z, y: float(
        np.mean(np.log1p(np.where(y == 1, -z, z)))
    ),
}

SATURATED = (
    "The probability has rounded to {rounded}, and {what}. Start from the score instead: "
    "-log σ(z) = log(1 + exp(-z)), and np.logaddexp(0, -z) computes that without overflow."
)

LOSS_FAR = {
    SATURATED.format(rounded="0 or 1", what="its logarithm is -inf"): lambda z, y: _where_target(
        y, -np.log(1 / (1 + np.exp(-z))), -np.log(1 - 1 / (1 + np.exp(-z)))
    ),
    SATURATED.format(rounded="0 or 1", what="0 · log 0 is nan"): _plain,
    "exp overflows: log(1 + exp(v)) is v for a large v. np.logaddexp(0, v) computes it safely.": (
        lambda z, y: np.inf if np.where(y == 1, -z, z)[0] > 709 else binary_cross_entropy(z, y)
    ),
    "exp(z) overflows where z is large: log(1 + exp(z)) is then z. np.logaddexp(0, z) computes it "
    "safely.": lambda z, y: np.inf if z[0] > 709 else binary_cross_entropy(z, y),
    "exp(-z) overflows where z is far below 0: log(1 + exp(-z)) is then -z. np.logaddexp(0, -z) "
    "computes it safely.": lambda z, y: np.inf if z[0] < -709 else binary_cross_entropy(z, y),
    "exp overflows to inf, and inf - inf or 0 · inf is nan: np.logaddexp(0, v) is "
    "log(1 + exp(v)) without overflow.": lambda z, y: (
        np.nan if abs(z[0]) > 709 else binary_cross_entropy(z, y)
    ),
    "The scores are clipped: beyond that the loss stops growing, and its slope is gone. "
    "np.logaddexp(0, -z) needs no clipping.": [
        lambda z, y, top=top: binary_cross_entropy(np.clip(z, -top, top), y)
        for top in (10, 15, 20, 25, 30, 50, 100, 250, 500, 700, 709)
    ],
    **{
        f"An epsilon of {eps:g}, clipped to or added inside the logarithm, hides log 0: the loss "
        "of who is sure and wrong stops growing, and its slope is gone. Start from the score: "
        "np.logaddexp(0, -z) for y = 1.": [
            lambda z, y, eps=eps: _plain(z, y, low=eps),
            lambda z, y, eps=eps: _plain(z, y, add=eps),
        ]
        for eps in [10.0**-k for k in range(2, 17)] + [np.finfo(np.float64).eps, 1.1920929e-07]
    },
}


def _each(z, y):
    return (sigmoid(z) - y) / len(y)


BINARY_CROSS_ENTROPY_GRADIENT = {
    "1/n is missing: the loss is a mean, so each slope is (probability - target) / {n}.": (
        lambda z, y: len(y) * _each(z, y)
    ),
    "target - probability: the sign is the wrong way round. Where the target is 1, a higher "
    "score lowers the loss.": lambda z, y: -_each(z, y),
    "target - probability, and 1/n is missing.": lambda z, y: -len(y) * _each(z, y),
    "The factor p (1 - p) belongs to the squared error. In the cross-entropy it cancels.": (
        lambda z, y: _each(z, y) * sigmoid(z) * sigmoid(-z)
    ),
    "The factor p (1 - p) belongs to the squared error, and 1/n is missing.": (
        lambda z, y: len(y) * _each(z, y) * sigmoid(z) * sigmoid(-z)
    ),
    "The gradient of the squared error: 2 (p - y) p (1 - p).": (
        lambda z, y: 2 * _each(z, y) * sigmoid(z) * sigmoid(-z)
    ),
    "The slope with respect to p: multiply by dp/dz = p (1 - p), and it shortens to p - y.": (
        lambda z, y: _each(z, y) / (sigmoid(z) * sigmoid(-z))
    ),
    "The slope with respect to p: multiply by dp/dz = p (1 - p); 1/n is missing too.": (
        lambda z, y: len(y) * _each(z, y) / (sigmoid(z) * sigmoid(-z))
    ),
    "The score less the target: σ(z) - y, the probability, is what counts.": lambda z, y: (
        (z - y) / len(y)
    ),
    "The score less the target, and 1/n is missing: (σ(z) - y) / n.": lambda z, y: z - y,
    "Twice too large: cross-entropy has no factor 2 to differentiate.": lambda z, y: (
        2 * _each(z, y)
    ),
    "Half of what it should be: cross-entropy has no factor 1/2.": lambda z, y: _each(z, y) / 2,
    "The mean over the samples: a slope for each score is asked for.": lambda z, y: float(
        np.mean(sigmoid(z) - y)
    ),
    "The sum over the samples: a slope for each score is asked for.": lambda z, y: float(
        np.sum(sigmoid(z) - y)
    ),
    "The targets are exchanged: this is the gradient for 1 - y.": lambda z, y: _each(z, 1 - y),
    "-y σ(-y z) is for targets -1 and 1. Here they are 0 and 1: a y of 0 gives 0.": (
        lambda z, y: -y * sigmoid(-y * z) / len(y)
    ),
    "The targets are taken as -1 and 1: in σ(z) - y they are 0 and 1.": lambda z, y: (
        (sigmoid(z) - (2 * y - 1)) / len(y)
    ),
    "Only the samples with y = 1 have a slope: where y = 0 it is σ(z) / n.": lambda z, y: np.where(
        y == 1, _each(z, y), 0.0
    ),
    "The probability alone: subtract the target.": lambda z, y: sigmoid(z) / len(y),
    "The answers less the targets: take the probability σ(z), not z > 0.": lambda z, y: (
        ((z > 0) - y) / len(y)
    ),
    "The answers less the targets: take the probability σ(z), not z >= 0.": lambda z, y: (
        ((z >= 0) - y) / len(y)
    ),
    "The derivative p (1 - p) of the sigmoid, not of the loss.": lambda z, y: (
        sigmoid(z) * sigmoid(-z) / len(y)
    ),
    "Multiplied by z: with respect to z the slope is (σ(z) - y) / n.": lambda z, y: _each(z, y) * z,
}

GRADIENT_FAR = {
    NAN_FAR: lambda z, y: np.where(z > 709, np.nan, _each(z, y)),
    "nan where exp(-z) has become infinite: below 0 use exp(z) / (1 + exp(z)).": (
        lambda z, y: np.where(z < -709, np.nan, _each(z, y))
    ),
    "-y/p + (1 - y)/(1 - p) divides by a probability that has rounded to 0. By hand it shortens "
    "to p - y, where nothing is divided.": lambda z, y: np.where(
        np.minimum(1 / (1 + np.exp(-z)), 1 - 1 / (1 + np.exp(-z))) == 0, np.nan, _each(z, y)
    ),
    "-y/p + (1 - y)/(1 - p) divides by a probability that has rounded to 0, clipped or not. By "
    "hand it shortens to p - y, where nothing is divided.": lambda z, y: np.zeros_like(z),
}
