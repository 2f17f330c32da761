"""Who races on the same objective, and how each is given more or less time.

Every point of a curve is a run of its own, from zero weights, with that number of epochs (or
iterations) and no other stopping rule: a step that falls over the run is made for its length, so
the weights after 2 epochs of a run of 20 are not those of a run of 2.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sklearn.linear_model import LogisticRegression, SGDClassifier

from benchmarks.objective import ONE_VS_REST, SOFTMAX
from benchmarks.plots import BLACK, BLUE, GREEN, ORANGE, PINK, SKY, YELLOW
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier


@dataclass(frozen=True)
class Solver:
    """A curve: ``make(problem, budget, seed)`` gives an estimator that has not been fitted."""

    name: str
    family: str
    make: Callable
    budgets: tuple
    colour: str
    unit: str = "epochs"

    @property
    def ours(self):
        return self.make.__name__.startswith("_our")


def _our_softmax(problem, budget, seed):
    return SoftmaxClassifier(alpha=problem.alpha, max_iter=budget, tol=None, random_state=seed)


def _our_tuned_softmax(problem, budget, seed):
    return _our_softmax(problem, budget, seed).set_params(batch_size=64, nesterov=True)


def _our_logistic(problem, budget, seed):
    return LogisticClassifier(alpha=problem.alpha, max_iter=budget, tol=None, random_state=seed)


def _logistic_regression(solver):
    def make(problem, budget, seed):
        return LogisticRegression(
            C=problem.C(), solver=solver, max_iter=budget, tol=1e-12, random_state=seed
        )

    return make


def _sgd(**tuned):
    def make(problem, budget, seed):
        return SGDClassifier(
            loss="log_loss",
            alpha=problem.alpha,
            max_iter=budget,
            tol=None,
            random_state=seed,
            **tuned,
        )

    return make


EPOCHS = (1, 2, 3, 5, 10, 20, 50)

SOLVERS = (
    Solver("SoftmaxClassifier, defaults", SOFTMAX, _our_softmax, EPOCHS, BLUE),
    Solver("SoftmaxClassifier, tuned", SOFTMAX, _our_tuned_softmax, EPOCHS, SKY),
    Solver(
        "LogisticRegression lbfgs",
        SOFTMAX,
        _logistic_regression("lbfgs"),
        (5, 10, 20, 50, 100, 200),
        ORANGE,
        "iterations",
    ),
    Solver("LogisticRegression saga", SOFTMAX, _logistic_regression("saga"), EPOCHS, GREEN),
    Solver(
        "LogisticRegression newton-cg",
        SOFTMAX,
        _logistic_regression("newton-cg"),
        (1, 2, 4, 6, 8),
        PINK,
        "iterations",
    ),
    Solver("LogisticClassifier, defaults", ONE_VS_REST, _our_logistic, EPOCHS, BLUE),
    Solver("SGDClassifier, defaults", ONE_VS_REST, _sgd(), EPOCHS, ORANGE),
    Solver(
        "SGDClassifier, averaged",
        ONE_VS_REST,
        _sgd(average=True, learning_rate="constant", eta0=0.01),
        EPOCHS,
        YELLOW,
    ),
    Solver(
        "SGDClassifier, tuned",
        ONE_VS_REST,
        _sgd(learning_rate="invscaling", eta0=0.05, power_t=0.25),
        EPOCHS,
        BLACK,
    ),
)
