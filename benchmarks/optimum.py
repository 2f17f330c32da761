"""The optimum of an objective, and whether all solvers find the same one.

Both rest on scikit-learn's deterministic solvers, run past the usual tolerance.
"""

import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.multiclass import OneVsRestClassifier

from benchmarks.objective import ONE_VS_REST, SOFTMAX, judge, objective
from benchmarks.problems import load
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

# A penalty so strong that one sample at a time gets near the optimum in seconds.
ALPHA = 1e-3
TOLERANCE = 1e-4
_EPOCHS, _EPOCHS_ONE_BY_ONE = 2000, 500


def optimum(problem, family):
    """The least objective: of scikit-learn's lbfgs and of a long run of ours; a float."""
    lbfgs = LogisticRegression(C=problem.C(), tol=1e-7, max_iter=300)
    ours = SoftmaxClassifier if family == SOFTMAX else LogisticClassifier
    ours = ours(alpha=problem.alpha, max_iter=100, tol=None, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # expected: so strict a tolerance is never met
        long = judge(ours.fit(problem.X, problem.y), problem, family)[0]
        if family == SOFTMAX:
            return min(long, judge(lbfgs.fit(problem.X, problem.y), problem, family)[0])
        W, b = one_vs_rest(lbfgs.set_params(max_iter=100), problem)
    return min(long, objective(W, b, problem, family))


def one_vs_rest(estimator, problem):
    """Weights and intercepts of scikit-learn's one-vs-rest over a binary estimator."""
    fitted = OneVsRestClassifier(estimator).fit(problem.X, problem.y)
    W = np.vstack([each.coef_ for each in fitted.estimators_])  # (n_classes, n_features)
    return W, np.ravel([each.intercept_ for each in fitted.estimators_])


def converged():
    """Everyone on the digits until nothing changes.

    Yields
    ------
    family, name : str
    run : callable
        Gives the objective that was reached.
    """
    problem = load("digits")
    C = problem.C(ALPHA)
    long = {"alpha": ALPHA, "tol": None, "random_state": 0}
    softmax = {
        "scratch SoftmaxClassifier": SoftmaxClassifier(max_iter=_EPOCHS, **long),
        **{
            f"scikit-learn LogisticRegression {solver}": LogisticRegression(
                C=C, solver=solver, max_iter=1000, tol=1e-5, random_state=0
            )
            for solver in ("lbfgs", "newton-cg", "saga")
        },
    }
    for name, estimator in softmax.items():
        yield SOFTMAX, name, lambda estimator=estimator: _reached(estimator, problem, SOFTMAX)
    one_by_one = SGDClassifier(loss="log_loss", max_iter=_EPOCHS_ONE_BY_ONE, **long)
    rest = {
        "scratch LogisticClassifier": LogisticClassifier(max_iter=_EPOCHS, **long),
        "scikit-learn SGDClassifier": one_by_one,
    }
    for name, estimator in rest.items():
        yield (
            ONE_VS_REST,
            name,
            lambda estimator=estimator: _reached(estimator, problem, ONE_VS_REST),
        )
    lbfgs = LogisticRegression(C=C, max_iter=1000, tol=1e-6)
    yield (
        ONE_VS_REST,
        "scikit-learn OneVsRest(LogisticRegression lbfgs)",
        lambda: objective(*one_vs_rest(lbfgs, problem), problem, ONE_VS_REST, ALPHA),
    )


def _reached(estimator, problem, family):
    return judge(estimator.fit(problem.X, problem.y), problem, family, ALPHA)[0]
