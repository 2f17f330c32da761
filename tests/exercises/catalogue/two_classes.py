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
    p = np.empty(z.shape)  # not empty_like: z may hold whole numbers
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


@wrong("sigmoid")
def plain(z):
    return 1 / (1 + np.exp(-z))


@wrong("sigmoid")
def both_branches(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@wrong("sigmoid")
def ratio_of_exponentials(z):
    return np.exp(z) / (1 + np.exp(z))


@wrong("sigmoid")
def exp_of_plus_z(z):
    return 1 / (1 + np.exp(z))


@wrong("sigmoid")
def tanh(z):
    return np.tanh(z)


@wrong("sigmoid")
def tanh_of_z(z):
    return (1 + np.tanh(z)) / 2


@wrong("sigmoid")
def hard_threshold(z):
    return (z > 0).astype(float)


@wrong("sigmoid")
def derivative(z):
    return expit(z) * (1 - expit(z))


@wrong("sigmoid")
def base_two(z):
    return 1 / (1 + 2.0**-z)


@wrong("sigmoid")
def in_place(z):
    positive = z >= 0
    np.abs(z, out=z)
    np.negative(z, out=z)
    e = np.exp(z)
    return np.where(positive, 1, e) / (1 + e)


@wrong("sigmoid")
def clipped(z):
    return np.clip(expit(z), 1e-4, 1 - 1e-4)


@wrong("sigmoid")
def mean_of_all(z):
    return float(expit(z).mean())


@wrong("sigmoid")
def a_list(z):
    return [1 / (1 + math.exp(-v)) for v in z]


@wrong("sigmoid")
def returns_nothing(z):
    expit(z)


@wrong("sigmoid")
def python_math_on_arrays(z):
    return 1 / (1 + math.exp(-z))


@wrong("sigmoid")
def loop_that_overflows(z):
    return np.array([1 / (1 + math.exp(-v)) for v in z])


@wrong("sigmoid")
def abs_without_two_numerators(z):
    return 1 / (1 + np.exp(-np.abs(z)))


@wrong("sigmoid")
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


@wrong("binary_cross_entropy")
def log_of_probability(z, y):
    p = probability(z)
    return np.mean(np.where(y == 1, -np.log(p), -np.log(1 - p)))


@wrong("binary_cross_entropy")
def zero_times_log_zero(z, y):
    p = probability(z)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy")
def clipped_probability(z, y):
    p = np.clip(probability(z), 1e-15, 1 - 1e-15)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy")
def clipped_as_keras_does(z, y):
    p = np.clip(probability(z), 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy")
def epsilon_inside_the_log(z, y):
    p = probability(z)
    return -np.mean(y * np.log(p + 1e-8) + (1 - y) * np.log(1 - p + 1e-8))


@wrong("binary_cross_entropy")
def log_of_one_plus_exp(z, y):
    return np.mean(np.log(1 + np.exp(np.where(y == 1, -z, z))))


@wrong("binary_cross_entropy")
def scores_clipped(z, y):
    z = np.clip(z, -30, 30)
    return np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))


@wrong("binary_cross_entropy")
def log1p_exp_less_yz(z, y):
    return np.mean(np.log1p(np.exp(z)) - y * z)


@wrong("binary_cross_entropy")
def summed(z, y):
    return np.logaddexp(0, np.where(y == 1, -z, z)).sum()


@wrong("binary_cross_entropy")
def in_bits(z, y):
    return np.mean(np.logaddexp2(0, np.where(y == 1, -z, z) / math.log(2)))


@wrong("binary_cross_entropy")
def in_decimal(z, y):
    return np.mean(np.logaddexp(0, np.where(y == 1, -z, z))) / math.log(10)


@wrong("binary_cross_entropy")
def without_minus(z, y):
    return -np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))


@wrong("binary_cross_entropy")
def positives_only(z, y):
    return np.mean(y * np.logaddexp(0, -z))


@wrong("binary_cross_entropy")
def negatives_only(z, y):
    return np.mean((1 - y) * np.logaddexp(0, z))


@wrong("binary_cross_entropy")
def targets_as_signs(z, y):
    return np.mean(np.logaddexp(0, -y * z))


@wrong("binary_cross_entropy")
def targets_exchanged(z, y):
    return np.mean(np.logaddexp(0, np.where(y == 1, z, -z)))


@wrong("binary_cross_entropy")
def score_as_probability(z, y):
    return -np.mean(xlogy(y, z) + xlogy(1 - y, 1 - z))


@wrong("binary_cross_entropy")
def squared_error(z, y):
    return np.mean((expit(z) - y) ** 2)


@wrong("binary_cross_entropy")
def sigmoid_twice(z, y):
    p = expit(expit(z))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("binary_cross_entropy")
def not_averaged(z, y):
    return np.logaddexp(0, np.where(y == 1, -z, z))


@wrong("binary_cross_entropy")
def halved(z, y):
    return np.mean(np.logaddexp(0, np.where(y == 1, -z, z))) / 2


@wrong("binary_cross_entropy")
def z_turned_in_place(z, y):
    z[y == 1] *= -1
    return np.mean(np.logaddexp(0, z))


@wrong("binary_cross_entropy")
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


@wrong("binary_cross_entropy_gradient")
def without_n(z, y):
    return expit(z) - y


@wrong("binary_cross_entropy_gradient")
def target_less_probability(z, y):
    return (y - expit(z)) / len(y)


@wrong("binary_cross_entropy_gradient")
def with_p_one_less_p(z, y):
    p = expit(z)
    return (p - y) * p * (1 - p) / len(y)


@wrong("binary_cross_entropy_gradient")
def with_respect_to_p(z, y):
    p = expit(z)
    return (p - y) / (p * (1 - p)) / len(y)


@wrong("binary_cross_entropy_gradient")
def by_division(z, y):
    p = 1 / (1 + np.exp(-z))
    return (-y / p + (1 - y) / (1 - p)) * p * (1 - p) / len(y)


@wrong("binary_cross_entropy_gradient")
def score_less_target(z, y):
    return (z - y) / len(y)


@wrong("binary_cross_entropy_gradient")
def gradient_averaged(z, y):
    return np.mean(expit(z) - y)


@wrong("binary_cross_entropy_gradient")
def doubled(z, y):
    return 2 * (expit(z) - y) / len(y)


@wrong("binary_cross_entropy_gradient")
def gradient_with_signs(z, y):
    return -y * expit(-y * z) / len(y)


@wrong("binary_cross_entropy_gradient")
def gradient_that_overflows(z, y):
    return (np.exp(z) / (1 + np.exp(z)) - y) / len(y)


@wrong("binary_cross_entropy_gradient")
def gradient_in_place(z, y):
    z[:] = expit(z)
    z -= y
    return z / len(z)


@wrong("binary_cross_entropy_gradient")
def targets_of_minus_one_and_one(z, y):
    return (expit(z) - (2 * y - 1)) / len(y)


@wrong("binary_cross_entropy")
def targets_not_looked_at(z, y):
    return np.mean(np.logaddexp(0, -z))


@wrong("binary_cross_entropy")
def nan_turned_into_numbers(z, y):
    p = expit(z)
    return np.mean(np.nan_to_num(-y * np.log(p) - (1 - y) * np.log(1 - p)))
