"""The sigmoid, binary cross-entropy and its gradient, rightly and wrongly."""

import math

import numpy as np
from scipy.special import expit, log_expit, xlogy
from sklearn._loss import HalfBinomialLoss

from tests.exercises.catalogue import right, wrong

# --- sigmoid --------------------------------------------------------------------------------------


@right("sigmoid")
def in_a_loop(z):
    p = []
    for v in z:
        if v < 0:
            p.append(math.exp(v) / (1 + math.exp(v)))
        else:
            p.append(1 / (1 + math.exp(-v)))
    return np.array(p)


@right("sigmoid")
def by_masks(z):
    p = np.empty_like(z)
    positive = z >= 0
    p[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    p[~positive] = e / (1 + e)
    return p


@right("sigmoid")
def scipys(z):
    return expit(z)


@right("sigmoid")
def by_tanh(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


@right("sigmoid")
def by_logaddexp(z):
    return np.exp(-np.logaddexp(0, -z))


@right("sigmoid")
def scores_clipped_far_out(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@right("sigmoid")
def in_single_precision(z):
    return expit(z.astype(np.float32))


@right("sigmoid")
def vectorised_by_numpy(z):
    return np.vectorize(lambda v: 1 / (1 + math.exp(-v)) if v > -700 else 0.0)(z)


@right("sigmoid")
def silenced(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


@wrong("sigmoid", "exp is never asked", "abs(z)")
def plain(z):
    return 1 / (1 + np.exp(-z))


@wrong("sigmoid", "exp is never asked", "np.where computes both")
def both_branches(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@wrong("sigmoid", "far out", "inf / inf is nan")
def ratio_of_exponentials(z):
    return np.exp(z) / (1 + np.exp(z))


@wrong("sigmoid", "score log 3", "the sign in exp(-z)")
def exp_of_plus_z(z):
    return 1 / (1 + np.exp(z))


@wrong("sigmoid", "score 0", "tanh")
def tanh(z):
    return np.tanh(z)


@wrong("sigmoid", "score log 3", "(1 + tanh(z/2)) / 2")
def tanh_of_z(z):
    return (1 + np.tanh(z)) / 2


@wrong("sigmoid", "score 0", "that is the answer")
def hard_threshold(z):
    return (z > 0).astype(float)


@wrong("sigmoid", "score 0", "derivative")
def derivative(z):
    return expit(z) * (1 - expit(z))


@wrong("sigmoid", "score log 3", "A power of 2")
def base_two(z):
    return 1 / (1 + 2.0**-z)


@wrong("sigmoid", "z is left", "change the caller's array")
def in_place(z):
    positive = z >= 0
    np.abs(z, out=z)
    np.negative(z, out=z)
    e = np.exp(z)
    return np.where(positive, 1, e) / (1 + e)


@wrong("sigmoid", "far out", "needs no clipping")
def clipped(z):
    return np.clip(expit(z), 1e-4, 1 - 1e-4)


@wrong("sigmoid", "an array in", "mean of all entries")
def mean_of_all(z):
    return float(expit(z).mean())


@wrong("sigmoid", "an array in", "np.array(...)")
def a_list(z):
    return [1 / (1 + math.exp(-v)) for v in z]


@wrong("sigmoid", "an array in", "return")
def returns_nothing(z):
    expit(z)


@wrong("sigmoid", "an array in", "one number")
def python_math_on_arrays(z):
    return 1 / (1 + math.exp(-z))


@wrong("sigmoid", "far out", "only asked for numbers below 0")
def loop_that_overflows(z):
    return np.array([1 / (1 + math.exp(-v)) for v in z])


@wrong("sigmoid", "score log 3", "The same for z and -z")
def abs_without_two_numerators(z):
    return 1 / (1 + np.exp(-np.abs(z)))


@wrong("sigmoid", "score log 3", "is 1")
def small_side_only(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e)


# --- binary cross-entropy -------------------------------------------------------------------------


@right("binary_cross_entropy")
def loss_in_a_loop(z, y):
    total = 0.0
    for v, target in zip(z, y, strict=True):
        m = v if target == 1 else -v
        total += math.log1p(math.exp(-m)) if m > 0 else -m + math.log1p(math.exp(m))
    return total / len(z)


@right("binary_cross_entropy")
def as_pytorch_writes_it(z, y):
    return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))


@right("binary_cross_entropy")
def logaddexp_less_yz(z, y):
    return np.logaddexp(0, z).mean() - (y * z).mean()


@right("binary_cross_entropy")
def signs_from_targets(z, y):
    return np.logaddexp(0, (1 - 2 * y) * z).sum() / z.shape[0]


@right("binary_cross_entropy")
def scipys_log_expit(z, y):
    return -np.mean(np.where(y == 1, log_expit(z), log_expit(-z)))


@right("binary_cross_entropy")
def weighted_log_expit(z, y):
    return float(-(y @ log_expit(z) + (1 - y) @ log_expit(-z)) / len(y))


@right("binary_cross_entropy")
def scikit_learns(z, y):
    return HalfBinomialLoss()(y_true=y.astype(float), raw_prediction=z)


@right("binary_cross_entropy")
def loss_in_single_precision(z, y):
    return np.logaddexp(0, np.where(y, -z, z).astype(np.float32)).mean()


@right("binary_cross_entropy")
def as_an_array_of_no_dimension(z, y):
    return np.asarray(np.logaddexp(0, np.where(y, -z, z)).mean())


def probability(z):
    return 1 / (1 + np.exp(-z))


@wrong("binary_cross_entropy", "finite and exact", "Start from the score")
def log_of_probability(z, y):
    p = probability(z)
    return np.mean(np.where(y == 1, -np.log(p), -np.log(1 - p)))


@wrong("binary_cross_entropy", "finite and exact", "0 · log 0 is nan")
def zero_times_log_zero(z, y):
    p = probability(z)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy", "finite and exact", "clipped to or added")
def clipped_probability(z, y):
    p = np.clip(probability(z), 1e-15, 1 - 1e-15)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy", "finite and exact", "An epsilon of 1e-07")
def clipped_as_keras_does(z, y):
    p = np.clip(probability(z), 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy", "finite and exact", "An epsilon of 1e-08")
def epsilon_inside_the_log(z, y):
    p = probability(z)
    return -np.mean(y * np.log(p + 1e-8) + (1 - y) * np.log(1 - p + 1e-8))


@wrong("binary_cross_entropy", "finite and exact", "exp overflows")
def log_of_one_plus_exp(z, y):
    return np.mean(np.log(1 + np.exp(np.where(y == 1, -z, z))))


@wrong("binary_cross_entropy", "finite and exact", "scores are clipped")
def scores_clipped(z, y):
    z = np.clip(z, -30, 30)
    return np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))


@wrong("binary_cross_entropy", "finite and exact", "exp(z) overflows")
def log1p_exp_less_yz(z, y):
    return np.mean(np.log1p(np.exp(z)) - y * z)


@wrong("binary_cross_entropy", "the mean", "The sum over the")
def summed(z, y):
    return np.logaddexp(0, np.where(y == 1, -z, z)).sum()


@wrong("binary_cross_entropy", "an even chance", "base 2")
def in_bits(z, y):
    return np.mean(np.logaddexp2(0, np.where(y == 1, -z, z) / math.log(2)))


@wrong("binary_cross_entropy", "an even chance", "base 10")
def in_decimal(z, y):
    return np.mean(np.logaddexp(0, np.where(y == 1, -z, z))) / math.log(10)


@wrong("binary_cross_entropy", "an even chance", "minus sign")
def without_minus(z, y):
    return -np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))


@wrong("binary_cross_entropy", "an even chance", "Only the samples with y = 1")
def positives_only(z, y):
    return np.mean(y * np.logaddexp(0, -z))


@wrong("binary_cross_entropy", "an even chance", "Only the samples with y = 0")
def negatives_only(z, y):
    return np.mean((1 - y) * np.logaddexp(0, z))


@wrong("binary_cross_entropy", "both kinds", "for targets -1 and 1")
def targets_as_signs(z, y):
    return np.mean(np.logaddexp(0, -y * z))


@wrong("binary_cross_entropy", "both kinds", "exchanged")
def targets_exchanged(z, y):
    return np.mean(np.logaddexp(0, np.where(y == 1, z, -z)))


@wrong("binary_cross_entropy", "an even chance", "it is the score")
def score_as_probability(z, y):
    return -np.mean(xlogy(y, z) + xlogy(1 - y, 1 - z))


@wrong("binary_cross_entropy", "an even chance", "squared error")
def squared_error(z, y):
    return np.mean((expit(z) - y) ** 2)


@wrong("binary_cross_entropy", "an even chance", "sigmoid is applied twice")
def sigmoid_twice(z, y):
    p = expit(expit(z))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy", "it returns one number", "one by one")
def not_averaged(z, y):
    return np.logaddexp(0, np.where(y == 1, -z, z))


@wrong("binary_cross_entropy", "an even chance", "no factor 1/2")
def halved(z, y):
    return np.mean(np.logaddexp(0, np.where(y == 1, -z, z))) / 2


@wrong("binary_cross_entropy", "z and y are left", "change the caller's array")
def z_turned_in_place(z, y):
    z[y == 1] *= -1
    return np.mean(np.logaddexp(0, z))


@wrong("binary_cross_entropy", "both kinds", "entropy of p")
def entropy(z, y):
    p = expit(z)
    return -np.mean(p * np.log(p) + (1 - p) * np.log(1 - p))


# --- its gradient ---------------------------------------------------------------------------------


@right("binary_cross_entropy_gradient")
def gradient_in_a_loop(z, y):
    return np.array([(expit(v) - t) / len(z) for v, t in zip(z, y, strict=True)])


@right("binary_cross_entropy_gradient")
def gradient_vectorised(z, y):
    return (expit(z) - y) / z.size


@right("binary_cross_entropy_gradient")
def by_central_differences(z, y, h=1e-6):
    up, down = z + h, z - h
    return (np.logaddexp(0, up) - np.logaddexp(0, down) - 2 * h * y) / (2 * h) / len(z)


@right("binary_cross_entropy_gradient")
def scikit_learns_gradient(z, y):
    return HalfBinomialLoss().gradient(y_true=y.astype(float), raw_prediction=z) / len(z)


@right("binary_cross_entropy_gradient")
def by_the_margin(z, y):
    signs = 2 * y - 1
    return -signs * expit(-signs * z) / len(y)


@right("binary_cross_entropy_gradient")
def plain_with_overflow_to_zero(z, y):
    return (1 / (1 + np.exp(-z)) - y) / len(y)


@wrong("binary_cross_entropy_gradient", "divided by n", "1/n is missing")
def without_n(z, y):
    return expit(z) - y


@wrong("binary_cross_entropy_gradient", "an even chance", "sign is the wrong way")
def target_less_probability(z, y):
    return (y - expit(z)) / len(y)


@wrong("binary_cross_entropy_gradient", "an even chance", "squared error")
def with_p_one_less_p(z, y):
    p = expit(z)
    return (p - y) * p * (1 - p) / len(y)


@wrong("binary_cross_entropy_gradient", "an even chance", "with respect to p")
def with_respect_to_p(z, y):
    p = expit(z)
    return (p - y) / (p * (1 - p)) / len(y)


@wrong("binary_cross_entropy_gradient", "finite far out", "shortens")
def by_division(z, y):
    p = 1 / (1 + np.exp(-z))
    return (-y / p + (1 - y) / (1 - p)) * p * (1 - p) / len(y)


@wrong("binary_cross_entropy_gradient", "an even chance", "The score less the target")
def score_less_target(z, y):
    return (z - y) / len(y)


@wrong("binary_cross_entropy_gradient", "an array", "The mean over the samples")
def gradient_averaged(z, y):
    return np.mean(expit(z) - y)


@wrong("binary_cross_entropy_gradient", "an even chance", "Twice too large")
def doubled(z, y):
    return 2 * (expit(z) - y) / len(y)


@wrong("binary_cross_entropy_gradient", "an even chance", "for targets -1 and 1")
def gradient_with_signs(z, y):
    return -y * expit(-y * z) / len(y)


@wrong("binary_cross_entropy_gradient", "finite far out", "inf / inf")
def gradient_that_overflows(z, y):
    return (np.exp(z) / (1 + np.exp(z)) - y) / len(y)


@wrong("binary_cross_entropy_gradient", "z and y are left", "change the caller's array")
def gradient_in_place(z, y):
    z[:] = expit(z)
    z -= y
    return z / len(z)


@wrong("binary_cross_entropy_gradient", "an even chance", "taken as -1 and 1")
def targets_of_minus_one_and_one(z, y):
    return (expit(z) - (2 * y - 1)) / len(y)


@wrong("binary_cross_entropy", "both kinds", "Every target is taken for 1")
def targets_not_looked_at(z, y):
    return np.mean(np.logaddexp(0, -z))


@wrong("binary_cross_entropy", "finite and exact", "has lost z")
def nan_turned_into_numbers(z, y):
    p = expit(z)
    return np.mean(np.nan_to_num(-y * np.log(p) - (1 - y) * np.log(1 - p)))
