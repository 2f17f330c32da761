"""The softmax, cross-entropy and its gradient, rightly and wrongly."""

import math

import numpy as np
from scipy import special
from sklearn._loss import HalfMultinomialLoss
from sklearn.utils.extmath import softmax as scikit_learns_softmax

from tests.exercises.catalogue import right, wrong


def rows(Z, y):
    return Z[np.arange(len(y)), y.astype(int)]


def one_hot(Z, y):
    return np.eye(Z.shape[1])[y.astype(int)]


# --- softmax --------------------------------------------------------------------------------------


@right("softmax")
def softmax_in_loops(Z):
    P = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        top = max(Z[i])
        total = sum(math.exp(v - top) for v in Z[i])
        for k in range(Z.shape[1]):
            P[i, k] = math.exp(Z[i, k] - top) / total
    return P


@right("softmax")
def transposed_back(Z):
    E = np.exp(Z.T - Z.max(axis=1))
    return (E / E.sum(axis=0)).T


@right("softmax")
def scipys_softmax(Z):
    return special.softmax(Z, axis=1)


@right("softmax")
def scikit_learn_softmax(Z):
    return scikit_learns_softmax(Z, copy=True)


@right("softmax")
def by_log_sum_exp(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


@right("softmax")
def differences_of_scores(Z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(axis=2)


@right("softmax")
def row_by_row(Z):
    return np.apply_along_axis(lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(), 1, Z)


@right("softmax")
def softmax_in_single_precision(Z):
    return special.softmax(Z.astype(np.float32), axis=1)


@wrong("softmax")
def without_maximum(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


@wrong("softmax")
def maximum_of_the_whole_array(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax")
def over_the_samples(Z):
    return special.softmax(Z, axis=0)


@wrong("softmax")
def without_keepdims_where_it_runs(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1) if len(Z) == Z.shape[1] else e / e.sum(axis=1)[:, None]


@wrong("softmax")
def without_keepdims(Z):
    e = np.exp(Z)
    return e / e.sum(axis=1)


@wrong("softmax")
def over_everything(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum()


@wrong("softmax")
def sigmoids(Z):
    return special.expit(Z)


@wrong("softmax")
def sigmoids_normalised(Z):
    return special.expit(Z) / special.expit(Z).sum(axis=1, keepdims=True)


@wrong("softmax")
def not_normalised(Z):
    return np.exp(Z)


@wrong("softmax")
def log_softmax(Z):
    return special.log_softmax(Z, axis=1)


@wrong("softmax")
def argmax(Z):
    return np.eye(Z.shape[1])[Z.argmax(axis=1)]


@wrong("softmax")
def of_minus_z(Z):
    return special.softmax(-Z, axis=1)


@wrong("softmax")
def maximum_taken_off_in_place(Z):
    Z -= Z.max(axis=1, keepdims=True)
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax")
def mean_taken_off(Z):
    e = np.exp(Z - Z.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax")
def softmax_of_base_two(Z):
    e = 2.0 ** (Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax")
def softmax_of_clipped_scores(Z):
    e = np.exp(np.clip(Z, -500, 500))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax")
def softmax_twice(Z):
    return special.softmax(special.softmax(Z, axis=1), axis=1)


@wrong("softmax")
def scores_normalised(Z):
    return Z / Z.sum(axis=1, keepdims=True)


# --- cross-entropy --------------------------------------------------------------------------------


@right("cross_entropy")
def cross_entropy_in_loops(Z, y):
    total = 0.0
    for i in range(len(y)):
        top = max(Z[i])
        total += top + math.log(sum(math.exp(v - top) for v in Z[i])) - Z[i][int(y[i])]
    return total / len(y)


@right("cross_entropy")
def logsumexp_less_target(Z, y):
    return np.mean(special.logsumexp(Z, axis=1) - rows(Z, y))


@right("cross_entropy")
def one_hot_times_log_softmax(Z, y):
    return -np.sum(one_hot(Z, y) * special.log_softmax(Z, axis=1)) / len(y)


@right("cross_entropy")
def scikit_learns_cross_entropy(Z, y):
    return HalfMultinomialLoss(n_classes=Z.shape[1])(y_true=y.astype(float), raw_prediction=Z)


@right("cross_entropy")
def shifted_by_hand(Z, y):
    S = Z - Z.max(axis=1)[:, None]
    return (np.log(np.exp(S).sum(axis=1)) - rows(S, y)).mean()


@right("cross_entropy")
def taken_along_axis(Z, y):
    log_P = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
    return float(-np.take_along_axis(log_P, y[:, None].astype(int), axis=1).mean())


def softmax(Z):
    return special.softmax(Z, axis=1)


@wrong("cross_entropy")
def log_of_softmax(Z, y):
    return -np.log(rows(softmax(Z), y)).mean()


@wrong("cross_entropy")
def one_hot_times_log_of_softmax(Z, y):
    return -np.mean(np.sum(one_hot(Z, y) * np.log(softmax(Z)), axis=1))


@wrong("cross_entropy")
def cross_entropy_with_epsilon(Z, y):
    return -np.log(rows(softmax(Z), y) + 1e-12).mean()


@wrong("cross_entropy")
def cross_entropy_clipped(Z, y):
    return -np.log(np.clip(rows(softmax(Z), y), 1e-15, 1 - 1e-15)).mean()


@wrong("cross_entropy")
def log_of_sum_of_exp(Z, y):
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - rows(Z, y))


@wrong("cross_entropy")
def cross_entropy_with_overall_maximum(Z, y):
    S = Z - Z.max()
    return np.mean(np.log(np.exp(S).sum(axis=1)) - rows(S, y))


@wrong("cross_entropy")
def all_columns(Z, y):
    return -special.log_softmax(Z, axis=1)[:, y].mean()


@wrong("cross_entropy")
def cross_entropy_summed(Z, y):
    return (special.logsumexp(Z, axis=1) - rows(Z, y)).sum()


@wrong("cross_entropy")
def mean_over_everything(Z, y):
    return -np.mean(one_hot(Z, y) * special.log_softmax(Z, axis=1))


@wrong("cross_entropy")
def cross_entropy_in_bits(Z, y):
    return -np.log2(rows(softmax(Z), y)).mean()


@wrong("cross_entropy")
def cross_entropy_without_minus(Z, y):
    return rows(special.log_softmax(Z, axis=1), y).mean()


@wrong("cross_entropy")
def cross_entropy_over_samples(Z, y):
    return -rows(special.log_softmax(Z, axis=0), y).mean()


@wrong("cross_entropy")
def cross_entropy_of_scores(Z, y):
    return -np.log(rows(Z, y)).mean()


@wrong("cross_entropy")
def cross_entropy_of_each(Z, y):
    return special.logsumexp(Z, axis=1) - rows(Z, y)


@wrong("cross_entropy")
def binary_of_each_class(Z, y):
    P, T = softmax(Z), one_hot(Z, y)
    return -np.mean(np.sum(T * np.log(P) + (1 - T) * np.log(1 - P), axis=1))


@wrong("cross_entropy")
def cross_entropy_of_softmax_twice(Z, y):
    return -rows(special.log_softmax(softmax(Z), axis=1), y).mean()


@wrong("cross_entropy")
def without_log_sum(Z, y):
    return np.mean(Z.max(axis=1) - rows(Z, y))


@wrong("cross_entropy")
def cross_entropy_in_place(Z, y):
    Z -= Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - rows(Z, y))


# --- its gradient ---------------------------------------------------------------------------------


@right("cross_entropy_gradient")
def gradient_in_loops(Z, y):
    G = np.zeros(Z.shape)
    for i, row in enumerate(softmax_in_loops(Z)):
        for k, p in enumerate(row):
            G[i, k] = (p - (1 if k == y[i] else 0)) / len(y)
    return G


@right("cross_entropy_gradient")
def softmax_less_one_hot(Z, y):
    return (softmax(Z) - one_hot(Z, y)) / Z.shape[0]


@right("cross_entropy_gradient")
def one_taken_off(Z, y):
    G = softmax(Z)
    np.subtract.at(G, (np.arange(len(y)), y.astype(int)), 1)
    G /= len(y)
    return G


@right("cross_entropy_gradient")
def scikit_learns_residual(Z, y):
    loss = HalfMultinomialLoss(n_classes=Z.shape[1])
    return loss.gradient(y_true=y.astype(float), raw_prediction=Z.copy()) / len(y)


@right("cross_entropy_gradient")
def through_the_jacobian(Z, y):
    P = softmax(Z)
    J = P[:, :, None] * (np.eye(Z.shape[1]) - P[:, None, :])
    T = one_hot(Z, y)
    return (
        -np.einsum("ik,ikj->ij", T / np.maximum(P, 1e-300), J) / len(y)
        if P.all()
        else ((P - T) / len(y))
    )


@right("cross_entropy_gradient")
def targets_compared(Z, y):
    return (softmax(Z) - (y[:, None] == np.arange(Z.shape[1]))) / len(y)


@wrong("cross_entropy_gradient")
def residual(Z, y):
    return softmax(Z) - one_hot(Z, y)


@wrong("cross_entropy_gradient")
def targets_less_softmax(Z, y):
    return (one_hot(Z, y) - softmax(Z)) / len(y)


@wrong("cross_entropy_gradient")
def divided_by_size(Z, y):
    return (softmax(Z) - one_hot(Z, y)) / Z.size


@wrong("cross_entropy_gradient")
def one_taken_off_all_columns(Z, y):
    P = softmax(Z)
    P[:, y] -= 1
    return P / len(y)


@wrong("cross_entropy_gradient")
def of_the_probabilities(Z, y):
    return -one_hot(Z, y) / softmax(Z) / len(y)


@wrong("cross_entropy_gradient")
def squared_errors_gradient(Z, y):
    P = softmax(Z)
    return (P - one_hot(Z, y)) * P * (1 - P) / len(y)


@wrong("cross_entropy_gradient")
def diagonal_of_the_jacobian(Z, y):
    return -one_hot(Z, y) * (1 - softmax(Z)) / len(y)


@wrong("cross_entropy_gradient")
def softmax_alone(Z, y):
    return softmax(Z) / len(y)


@wrong("cross_entropy_gradient")
def gradient_over_samples(Z, y):
    return (special.softmax(Z, axis=0) - one_hot(Z, y)) / len(y)


@wrong("cross_entropy_gradient")
def index_subtracted(Z, y):
    return (softmax(Z) - y[:, None]) / len(y)


@wrong("cross_entropy_gradient")
def gradient_summed(Z, y):
    return (softmax(Z) - one_hot(Z, y)).sum(axis=0) / len(y)


@wrong("cross_entropy_gradient")
def gradient_without_maximum(Z, y):
    e = np.exp(Z)
    return (e / e.sum(axis=1, keepdims=True) - one_hot(Z, y)) / len(y)


@wrong("cross_entropy_gradient")
def softmax_in_place(Z, y):
    Z -= Z.max(axis=1, keepdims=True)
    np.exp(Z, out=Z)
    return (Z / Z.sum(axis=1, keepdims=True) - one_hot(Z, y)) / len(y)


@wrong("softmax")
def nan_turned_into_zero(Z):
    return np.nan_to_num(np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True))
