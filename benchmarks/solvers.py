"""The solvers that race on the same objective, and how each is given more or less time.

Every point of a curve is a run of its own, from zero weights, with that number of epochs (or
iterations) and no other stopping rule: a step that falls over the run is made for its length, so
the weights after 2 epochs of a run of 20 are not those of a run of 2.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sklearn.linear_model import LogisticRegression, SGDClassifier

from benchmarks.objective import ONE_VS_REST, SOFTMAX
from benchmarks.plots import BLUE, GREEN, ORANGE, PINK, SKY, YELLOW
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier


@dataclass(frozen=True)
class Solver:
    """A curve: ``make(problem, budget, seed)`` gives an estimator that has not been fitted."""

    name: str
    family: str
    make: Callable
    budgets: tuple
    most_on_mnist: int  # the largest budget there, where every run takes many seconds
    colour: str
    unit: str = "epochs"

    def after(self, budget):
        """The name of a point of the curve."""
        return f"{self.name}, {length(budget, self.unit)}"

    def budgets_for(self, problem, quick):
        """Budgets that a race can afford."""
        most = self.most_on_mnist if problem.name.startswith("MNIST") else self.budgets[-1]
        affordable = tuple(budget for budget in self.budgets if budget <= most)
        return affordable[1::2][:3] if quick else affordable


def length(budget, unit):
    """As ``1 epoch`` or ``2 epochs``."""
    return f"{budget} {unit[:-1] if budget == 1 else unit}"


def _softmax(**tuned):
    def make(problem, budget, seed):
        return SoftmaxClassifier(
            alpha=problem.alpha, max_iter=budget, tol=None, random_state=seed, **tuned
        )

    return make


def _logistic(problem, budget, seed):
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


_EPOCHS = (1, 2, 5, 10, 20, 50)
_LBFGS = (5, 10, 20, 50, 100, 200)
_NEWTON = (1, 2, 4, 6, 8)

SOLVERS = (
    Solver("scratch SoftmaxClassifier", SOFTMAX, _softmax(), _EPOCHS, 20, BLUE),
    Solver(
        "scratch SoftmaxClassifier, tuned",
        SOFTMAX,
        _softmax(batch_size=64, nesterov=True),
        _EPOCHS,
        20,
        SKY,
    ),
    Solver(
        "scikit-learn LogisticRegression lbfgs",
        SOFTMAX,
        _logistic_regression("lbfgs"),
        _LBFGS,
        50,
        ORANGE,
        "iterations",
    ),
    Solver(
        "scikit-learn LogisticRegression saga",
        SOFTMAX,
        _logistic_regression("saga"),
        _EPOCHS,
        5,
        GREEN,
    ),
    Solver(
        "scikit-learn LogisticRegression newton-cg",
        SOFTMAX,
        _logistic_regression("newton-cg"),
        _NEWTON,
        4,
        PINK,
        "iterations",
    ),
    Solver("scratch LogisticClassifier", ONE_VS_REST, _logistic, _EPOCHS, 20, BLUE),
    Solver("scikit-learn SGDClassifier", ONE_VS_REST, _sgd(), _EPOCHS, 5, ORANGE),
    Solver(
        "scikit-learn SGDClassifier, tuned",
        ONE_VS_REST,
        _sgd(average=True, learning_rate="constant", eta0=0.05),
        _EPOCHS,
        5,
        YELLOW,
    ),
)
