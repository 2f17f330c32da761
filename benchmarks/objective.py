"""The judge: objective and test accuracy of any fitted linear classifier, in float64.

It is written independently of the code that it judges.
"""

import numpy as np

from scratch import textbook

_ROWS = 4096
SOFTMAX, ONE_VS_REST = "softmax", "one-vs-rest"


def judge(estimator, problem, family, alpha=None):
    """Objective on the training set, and accuracy on the test set.

    Parameters
    ----------
    estimator : object
        Fitted, with ``coef_`` (n_classes, n_features) and ``intercept_`` (n_classes,).
    problem : problems.Problem
    family : {"softmax", "one-vs-rest"}
        The loss. One-vs-rest is the mean of the objectives of the K binary problems.
    alpha : float, default=problem.alpha

    Returns
    -------
    objective, accuracy : float
    """
    W, b = np.float64(estimator.coef_), np.float64(estimator.intercept_)
    return objective(W, b, problem, family, alpha), accuracy(W, b, problem)


def objective(W, b, problem, family, alpha=None):
    """Mean loss plus penalty, of weights (n_classes, n_features), intercepts (n_classes,)."""
    alpha = problem.alpha if alpha is None else alpha
    loss = 0.0
    for start in range(0, len(problem.X), _ROWS):
        y = problem.y[start : start + _ROWS]
        Z = problem.X[start : start + _ROWS] @ W.T + b  # (rows, n_classes)
        if family == SOFTMAX:
            top = Z.max(axis=1)
            logsum = top + np.log(np.exp(Z - top[:, None]).sum(axis=1))
            loss += (logsum - Z[np.arange(len(y)), y]).sum()
        else:
            loss += np.logaddexp(0, Z).sum() - Z[np.arange(len(y)), y].sum()
    value = loss / len(problem.X) + alpha / 2 * np.square(W).sum()
    return float(value if family == SOFTMAX else value / len(W))


def accuracy(W, b, problem):
    """Share of the test set whose class scores highest; one score stands for two, above 0."""
    Z = problem.X_test @ W.T + b
    found = Z.argmax(axis=1) if len(W) > 1 else Z[:, 0] > 0
    return float((found == problem.y_test).mean())


def test_loss(estimator, problem):
    """Mean cross-entropy of an estimator's probabilities on the test set."""
    return textbook.log_loss(problem.y_test, np.float64(estimator.predict_proba(problem.X_test)))
