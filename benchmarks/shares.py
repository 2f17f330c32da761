"""How near to the optimum: the share of the way from the class frequencies to the optimum.

The share left is (objective reached − optimum) / (start − optimum). The start is the objective of
the class frequencies, without any feature. 0 is the optimum; above 1 nothing was learnt. Each
contender is judged by the objective that it minimises: cross-entropy, or the sum of one-vs-rest's
log losses.
"""

import numpy as np
from scipy.optimize import minimize

ALPHA = 1e-4


def softmax(Z, T):
    """Mean cross-entropy of scores Z for targets T, and its gradient in Z times n_samples."""
    top = Z.max(axis=1, keepdims=True)
    E = np.exp(Z - top)
    total = E.sum(axis=1, keepdims=True)
    return float(np.mean(top + np.log(total)) - np.sum(T * Z) / len(Z)), E / total - T


def logistic(Z, T):
    """Sum over the outputs of the mean log loss, and its gradient in Z times n_samples."""
    return float(np.sum(np.logaddexp(0, Z) - T * Z) / len(Z)), np.exp(-np.logaddexp(0, -Z)) - T


def targets(y, loss):
    """One column per class (n_samples, n_classes); the log loss needs one alone for two classes."""
    T = np.eye(y.max() + 1)[y]
    return T[:, 1:] if loss is logistic and T.shape[1] == 2 else T


def objective(W, b, X, T, loss):
    """Loss plus penalty of weights (n_outputs, n_features) and intercepts (n_outputs,)."""
    return loss(X @ W.T + b, T)[0] + ALPHA / 2 * float(np.sum(W**2))


def start(T, loss):
    """The loss of intercepts alone: every sample is given the classes' frequencies."""
    share = T.mean(axis=0)
    Z = np.log(share) - (np.log1p(-share) if loss is logistic else 0)
    return loss(np.tile(Z, (len(T), 1)), T)[0]


def optimum(X, T, loss):
    """Weights and intercepts of the least objective, by L-BFGS.

    It works on centred columns that are scaled by 1 / √(variance / 4 + alpha), about the root of
    the curvature. That changes the coordinates and not the objective: the penalty stays on W.
    """
    mean = X.mean(axis=0)
    scale = 1 / np.sqrt(X.var(axis=0) / 4 + ALPHA)
    A = np.hstack([(X - mean) * scale, np.ones((len(X), 1))])  # (n_samples, n_features + 1)
    penalty = np.append(ALPHA * scale**2, 0.0)

    def value(flat):
        U = flat.reshape(T.shape[1], -1)
        mean_loss, slope = loss(A @ U.T, T)
        gradient = slope.T @ A / len(X) + penalty * U
        return mean_loss + float(np.sum(penalty * U**2)) / 2, gradient.ravel()

    options = {"maxiter": 20_000, "maxfun": 40_000, "ftol": 1e-15, "gtol": 1e-9, "maxcor": 50}
    zero = np.zeros(T.shape[1] * A.shape[1])
    U = minimize(value, zero, jac=True, method="L-BFGS-B", options=options).x.reshape(
        T.shape[1], -1
    )
    W = U[:, :-1] * scale
    return W, U[:, -1] - W @ mean


def share_left(reached, least, first):
    """The share left of the way from `first` down to `least`."""
    return (reached - least) / (first - least)
