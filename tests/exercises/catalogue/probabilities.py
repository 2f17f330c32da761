"""The log loss of probabilities, rightly and wrongly."""

import math

import numpy as np
from sklearn import metrics

from tests.exercises.catalogue import right, wrong


@right("log_loss")
def log_loss_in_a_loop(y, P):
    eps = np.finfo(P.dtype).eps
    total = 0.0
    for i, target in enumerate(y):
        p = min(max(float(P[i, int(target)]), eps), 1 - eps)
        total -= math.log(p)
    return total / len(y)


@right("log_loss")
def clipped_matrix_times_one_hot(y, P):
    eps = np.finfo(P.dtype).eps
    log_P = np.log(P.clip(eps, 1 - eps))
    return -(np.eye(P.shape[1])[y.astype(int)] * log_P).sum(axis=1).mean()


@right("log_loss")
def scikit_learns_log_loss(y, P):
    return metrics.log_loss(y, P, labels=np.arange(P.shape[1]))


@right("log_loss")
def clipped_from_below(y, P):
    p = np.maximum(np.take_along_axis(P, y[:, None].astype(int), axis=1), np.finfo(P.dtype).eps)
    return float(-np.log(p).mean())


@right("log_loss")
def by_cross_entropy_of_logarithms(y, P):
    Z = np.log(np.maximum(P, np.finfo(P.dtype).eps))
    return np.mean(-Z[range(len(y)), y.astype(int)])


def of_target(y, P):
    return P[np.arange(len(y)), y]


def clipped(P):
    eps = np.finfo(P.dtype).eps
    return np.clip(P, eps, 1 - eps)


@wrong("log_loss")
def not_clipped(y, P):
    return -np.log(of_target(y, P)).mean()


@wrong("log_loss")
def one_hot_not_clipped(y, P):
    return -(np.eye(P.shape[1])[y] * np.log(P)).sum(axis=1).mean()


@wrong("log_loss")
def clipped_at_1e_15(y, P):
    return -np.log(np.clip(of_target(y, P), 1e-15, 1 - 1e-15)).mean()


@wrong("log_loss")
def epsilon_added(y, P):
    return -np.log(of_target(y, P) + 1e-7).mean()


@wrong("log_loss")
def machine_epsilon_added(y, P):
    return -np.log(of_target(y, P) + np.finfo(P.dtype).eps).mean()


@wrong("log_loss")
def eps_of_float64(y, P):
    eps = np.finfo(float).eps
    return -np.log(np.maximum(of_target(y, P), eps)).mean()


@wrong("log_loss")
def log_loss_summed(y, P):
    return -np.log(of_target(y, clipped(P))).sum()


@wrong("log_loss")
def log_loss_in_bits(y, P):
    return -np.log2(of_target(y, clipped(P))).mean()


@wrong("log_loss")
def log_loss_without_minus(y, P):
    return np.log(of_target(y, clipped(P))).mean()


@wrong("log_loss")
def log_loss_over_everything(y, P):
    return -np.mean(np.eye(P.shape[1])[y] * np.log(clipped(P)))


@wrong("log_loss")
def log_loss_of_all_columns(y, P):
    return -np.log(clipped(P)[:, y]).mean()


@wrong("log_loss")
def log_loss_of_softmax(y, P):
    return np.mean(np.log(np.exp(P).sum(axis=1)) - of_target(y, P))


@wrong("log_loss")
def log_loss_of_the_answer(y, P):
    return -np.log(clipped(P).max(axis=1)).mean()


@wrong("log_loss")
def clipped_in_place(y, P):
    eps = np.finfo(P.dtype).eps
    np.clip(P, eps, 1 - eps, out=P)
    return -np.log(of_target(y, P)).mean()
