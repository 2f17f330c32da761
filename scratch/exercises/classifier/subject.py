"""Somebody's classifier behind one interface: what it is called and how it answers may differ."""

import copy
import inspect
import warnings
from functools import cached_property
from numbers import Real

import numpy as np

from scratch.exercises.calls import Broken, said
from scratch.exercises.classifier.data import overlapping

ALPHA = 0.01  # the penalty that a class with a known parameter is asked with
SEEDS = ("random_state", "seed", "random_seed")
BATCH_SIZES = ("batch_size", "batchsize", "batch", "minibatch_size")
PENALTIES = (
    *("lam", "lambda_", "lmbda", "l2", "l2_penalty", "reg", "reg_lambda", "reg_strength"),
    *("lambda_reg", "lambda_param", "gamma", "beta"),
    *("regularization", "regularisation", "weight_decay", "penalty_strength", "C", "alpha"),
)
STEPS = ("lr", "eta", "eta0", "learning_rate", "step_size", "step", "rate", "learning_rate_init")
EPOCHS = (
    *("n_iter", "max_iter", "epochs", "n_epochs", "num_epochs", "max_epochs", "iterations"),
    *("n_iterations", "num_iterations", "n_iters", "num_iters", "n_steps", "steps"),
)


class NotAsked(Exception):
    """The law can't be asked of this class; the message is why."""


class Subject:
    """An unfitted classifier, copied anew for every fit.

    Parameters
    ----------
    model : object
        With ``fit(X, y)`` and ``predict_proba(X)``, or ``coef_`` and ``intercept_`` after `fit`.
    penalty : str, default=None
        The attribute that is the penalty's strength; None looks for a usual name.
    """

    def __init__(self, model, penalty=None, make=None):
        if not callable(getattr(model, "fit", None)):
            raise TypeError(f"a classifier has a method fit(X, y): {model!r} has none")
        self.model = copy.deepcopy(model)
        self.name = type(model).__name__
        self._set(self.model, self._first(SEEDS), 0)
        self.make, self.converged = make, True
        self.penalty = penalty or ("alpha" if make else self._penalty())
        self.batch_size = self._first(BATCH_SIZES)

    def _first(self, names):
        return next((name for name in names if self._can_be_set(name)), None)

    def _can_be_set(self, name):
        """Whether the model has this parameter: an attribute, and one that `get_params` lists."""
        if hasattr(self.model, "get_params"):
            return name in self.model.get_params()
        return hasattr(self.model, name)

    def _penalty(self):
        """The name of the penalty's strength. Without a step size beside it, alpha may be one."""
        numbers = [
            name
            for name in PENALTIES
            if self._can_be_set(name)
            and isinstance(getattr(self.model, name, None), Real)
            and not isinstance(getattr(self.model, name), bool)
        ]
        if numbers[:1] == ["alpha"] and self._first(EPOCHS) and not self._first(STEPS):
            return None
        return next(iter(numbers), None)

    @staticmethod
    def _set(model, name, value):
        if name is None:
            return
        if hasattr(model, "set_params"):
            model.set_params(**{name: value})
        else:
            setattr(model, name, value)

    def fitted(self, X, y, *, alpha=ALPHA, full_batch=False):
        """A copy fitted on copies of X and y, with that penalty, in one batch of all samples."""
        return self.fit(self.fresh(len(y), alpha, full_batch), X, y)

    def fresh(self, n_samples, alpha=ALPHA, full_batch=False):
        """A copy that is not fitted."""
        model = self.make(alpha) if self.make else copy.deepcopy(self.model)
        for name, value in self.with_penalty(alpha, n_samples).items() if not self.make else ():
            self._set(model, name, value)
        if full_batch:
            self._set(model, self.batch_size, n_samples)
        return model

    def fit(self, model, X, y):
        """Fit a model. NumPy's global generator is seeded for it, and put back."""
        state = np.random.get_state()  # noqa: NPY002
        np.random.seed(0)  # noqa: NPY002
        try:
            self._guarded("fit(X, y)", lambda: model.fit(X.copy(), y.copy()))
        finally:
            np.random.set_state(state)  # noqa: NPY002
        return model

    def proba(self, model, X, n_classes=2):
        """Probabilities (n, K), from `predict_proba`, or for two classes from the weights."""
        if hasattr(model, "predict_proba"):
            P = np.asarray(self._guarded("predict_proba(X)", lambda: model.predict_proba(X.copy())))
            P = P.astype(float)
            if n_classes == 2 and P.shape in ((len(X),), (len(X), 1)):
                P = np.column_stack([1 - P.ravel(), P.ravel()])
            if n_classes > 2 and P.shape in ((len(X),), (len(X), 1), (len(X), 2)):
                raise NotAsked("it gives the probabilities of two classes")
            if P.shape != (len(X), n_classes):
                said_shape = f"    gives      an array of shape {P.shape}"
                want = f"    should be  {(len(X), n_classes)}, a column for each class"
                raise Broken([f"predict_proba of {len(X)} rows", said_shape, want])
            return P
        Z = self.scores(model, X)
        if Z is None:
            return self._one_hot_answers(model, X, n_classes)
        if n_classes > 2 and (Z.ndim == 1 or Z.shape[1] == 2):
            raise NotAsked("it gives the scores of two classes")
        if Z.ndim == 2 and Z.shape[1] == 2:
            Z = Z[:, 1] - Z[:, 0]
        if Z.ndim == 2:
            raise NotAsked("without predict_proba, scores of several classes are no probabilities")
        p = 0.5 * (1 + np.tanh(Z / 2))
        return np.column_stack([1 - p, p])

    def _one_hot_answers(self, model, X, n_classes):
        """Of a class that has `predict` alone: its answers as probabilities 0 and 1."""
        answers = self.labels(model, X)
        if answers is None:
            raise NotAsked("it has neither predict_proba nor coef_ and intercept_, nor predict")
        answers = answers.ravel()
        if n_classes > 2 and len(X) > 20 and len(set(answers.tolist())) < 3:
            raise NotAsked("it answers with two classes only")
        known = sorted({*answers.tolist(), *range(n_classes)}, key=str)[:n_classes]
        return (answers[:, None] == np.array(known)).astype(float)

    def needs_probabilities(self):
        """Raise `NotAsked` if it gives answers only."""
        model = self.fitted(*overlapping(2))
        X, _ = overlapping(2)
        if not hasattr(model, "predict_proba") and self.scores(model, X) is None:
            raise NotAsked("it gives answers, no probabilities")

    def scores(self, model, X):
        """Scores from `coef_` and `intercept_`: (n,) of two classes, else (n, K); or None."""
        if not (hasattr(model, "coef_") and hasattr(model, "intercept_")):
            return None
        W = np.atleast_2d(np.asarray(model.coef_, dtype=float))
        if W.shape[1] != X.shape[1]:
            return None
        Z = X @ W.T + np.asarray(model.intercept_, dtype=float).reshape(1, -1)
        return Z[:, 0] if Z.shape[1] == 1 else Z

    def size(self, model, X, n_classes=2):
        """How large the weights are: the norm of `coef_`, or how far the log-odds spread."""
        if hasattr(model, "coef_"):
            return float(np.linalg.norm(np.asarray(model.coef_, dtype=float)))
        P = self.proba(model, X, n_classes).clip(1e-15)
        return float(np.std(np.log(P[:, 1] / P[:, 0])))

    def labels(self, model, X):
        """What `predict` says, or None if there is no such method."""
        if not hasattr(model, "predict"):
            return None
        return np.asarray(self._guarded("predict(X)", lambda: model.predict(X.copy())))

    def settings(self, model):
        """The constructor's parameters that are attributes, by name."""
        parameters = inspect.signature(type(model).__init__).parameters
        return {name: getattr(model, name) for name in parameters if hasattr(model, name)}

    def with_penalty(self, alpha, n_samples):
        """The setting that means α/2 · ΣW² beside the mean loss; C weighs the summed loss."""
        if self.make:
            return {"make's alpha": alpha}
        if self.penalty is None or not hasattr(self.model, self.penalty):
            return {}
        inverse = self.penalty in ("C", "c") and self._weighs_the_loss
        return {self.penalty: 1 / (n_samples * alpha) if inverse else alpha}

    @cached_property
    def _weighs_the_loss(self):
        """Whether a larger C gives larger weights, as scikit-learn's; or is it a penalty?"""
        X, y = overlapping(2)
        sizes = []
        for C in (0.01, 10.0):
            model = copy.deepcopy(self.model)
            self._set(model, self.penalty, C)
            sizes.append(self.size(self.fit(model, X, y), X))
        return sizes[1] > sizes[0]

    @staticmethod
    def _guarded(what, run):
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                return run()
        except NotImplementedError:
            raise
        except (Exception, SystemExit) as error:
            raise Broken([what, *said(error)]) from error
