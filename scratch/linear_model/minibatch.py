"""`fit` and `partial_fit` of the mini-batch classifiers, whatever their loss."""

import warnings
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scratch.exceptions import ConvergenceWarning, native
from scratch.linear_model.estimator import LinearClassifier, kept_on_failure
from scratch.solvers import holdout, schedules
from scratch.solvers.minibatch import epochs, first_step
from scratch.solvers.minibatch.averages import Averaging
from scratch.solvers.minibatch.descent import Method, State
from scratch.solvers.minibatch.optimisers import OPTIMISERS
from scratch.solvers.minibatch.samples import Samples
from scratch.solvers.penalties import penalty
from scratch.validation.arrays import check_finite
from scratch.validation.labels import check_labels, check_probabilities, codes_of, encode_labels
from scratch.validation.parameters import (
    any_of,
    boolean,
    check_random_state,
    integer,
    mapping,
    one_of,
    random_source,
    real,
)
from scratch.validation.weights import check_sample_weight, class_weights

# First steps within which float32 neither under- nor overflows.
_FLOAT32_STEPS = 1e-20, 1e20


@dataclass(frozen=True)
class _Data:
    """Checked input."""

    X: np.ndarray  # (n_samples, n_features)
    targets: np.ndarray  # codes (n_samples,), or probabilities (n_samples, n_classes)
    classes: np.ndarray  # (n_classes,)
    weights: np.ndarray | None  # (n_samples,), those of the classes included; None for all alike

    @property
    def codes(self):
        """Class codes (n_samples,); of probabilities the likeliest class."""
        return self.targets if self.targets.ndim == 1 else self.targets.argmax(axis=1)


class MiniBatchClassifier(LinearClassifier):
    """What `LogisticClassifier` and `SoftmaxClassifier` share; they document the parameters.

    A subclass names its loss, `_residual`; the class codes that its outputs stand for, `_positive`;
    a bound on its curvature, `_curvature`; and whether it takes `_soft_labels`.
    """

    _constraints: ClassVar = {
        "penalty": one_of("l2", "l1", "elasticnet", None),
        "alpha": real(0, None, closed="left"),
        "l1_ratio": real(0, 1),
        "fit_intercept": boolean,
        "batch_size": any_of(integer(1), one_of("full")),
        "momentum": real(0, 1, closed="left"),
        "nesterov": boolean,
        "average": any_of(boolean, integer(0)),
        "learning_rate": one_of("auto", "constant", "optimal", "invscaling", "adaptive"),
        "eta0": real(0, None, closed="neither"),
        "power_t": real(None, None, closed="neither"),
        "max_iter": integer(1),
        "tol": any_of(real(0, None, closed="left"), one_of(None)),
        "n_iter_no_change": integer(1),
        "early_stopping": boolean,
        "validation_fraction": real(0, 1, closed="neither"),
        "class_weight": any_of(mapping, one_of("balanced", None)),
        "shuffle": boolean,
        "warm_start": boolean,
        "random_state": random_source,
        "verbose": any_of(boolean, integer(0)),
    }
    _soft_labels = False

    def __init__(
        self,
        *,
        penalty="l2",
        alpha=1e-4,
        l1_ratio=0.15,
        fit_intercept=True,
        batch_size=128,
        momentum=0.9,
        nesterov=False,
        average=False,
        learning_rate="auto",
        eta0=0.01,
        power_t=0.5,
        max_iter=100,
        tol=1e-3,
        n_iter_no_change=5,
        early_stopping=False,
        validation_fraction=0.1,
        class_weight=None,
        shuffle=True,
        warm_start=False,
        random_state=None,
        verbose=False,
    ):
        self.penalty = penalty
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.fit_intercept = fit_intercept
        self.batch_size = batch_size
        self.momentum = momentum
        self.nesterov = nesterov
        self.average = average
        self.learning_rate = learning_rate
        self.eta0 = eta0
        self.power_t = power_t
        self.max_iter = max_iter
        self.tol = tol
        self.n_iter_no_change = n_iter_no_change
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.class_weight = class_weight
        self.shuffle = shuffle
        self.warm_start = warm_start
        self.random_state = random_state
        self.verbose = verbose

    def fit(self, X, y, sample_weight=None):
        """Train from the start (with ``warm_start`` from the last weights).

        Ctrl-C ends training early: the weights of the last finished epoch are kept, with a
        ConvergenceWarning. The same warning comes where ``max_iter`` ends training before ``tol``
        does; not with "auto", whose steps have fallen to 0 by then.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)
            Finite numbers. float32 is computed in float32; integers of up to 16 bits are used as
            they are, cast to float32 a batch at a time; all else is computed in float64. Rows that
            do not lie one after another in memory are copied once.
        y : array_like of shape (n_samples,)
            Labels of any one type that can be sorted; at least two different ones. For
            `SoftmaxClassifier` also (n_samples, n_classes): rows of probabilities.
        sample_weight : array_like of shape (n_samples,), default=None
            Non-negative weights. Only their ratios matter: the objective takes the weighted mean.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If a parameter or the input is out of range, if y has one class only, or if the
            weights become infinite or NaN.
        """
        self._check_parameters()
        with kept_on_failure(self):
            warm = self.warm_start and hasattr(self, "coef_")
            X = self._check_table(X, reset=not warm, order="C", finite=False)
            data = self._check_data(X, y, self.classes_ if warm else None, sample_weight)
            rng = check_random_state(self.random_state)
            held_out = self._hold_out(data, rng) if self.early_stopping else None
            samples = self._samples(data, held_out)
            rules = self._rules(len(samples))

            first = self._first_step(data, samples, _noise(rules.batch_size, len(samples)))
            training = epochs.train(
                start=self._start(data, samples, first, self if warm else None),
                samples=samples,
                method=self._method(first.intercept_gain),
                schedule=self._schedule(first.eta0, len(samples), rules),
                rules=rules,
                rng=rng,
                score=None if held_out is None else _scorer(data, held_out),
            )
            if not training.finished and self.tol is not None:
                training.messages.append(
                    f"Training ended after max_iter={self.max_iter} epochs, before the objective"
                    " had stalled: increase max_iter, or let the steps fall."
                )
            _warn(training.messages)
            self.loss_curve_ = training.objectives
            self.validation_scores_ = training.scores if self.early_stopping else None
            self.n_iter_ = len(training.objectives)
            self._keep(training.state, data.classes, rng, first)
            return self

    def partial_fit(self, X, y, classes=None, sample_weight=None):
        """Train on one more chunk of data, each sample once.

        Momentum, averaging and the number of the update go on from call to call; ``max_iter``,
        ``tol``, ``early_stopping`` and ``warm_start`` have no part in it. With "auto" the step
        size follows from the first chunk.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)
        y : array_like of shape (n_samples,); for `SoftmaxClassifier` also (n_samples, n_classes)
        classes : array_like of shape (n_classes,), default=None
            All labels that will ever come. Required in the first call, unless y is rows of
            probabilities.
        sample_weight : array_like of shape (n_samples,), default=None
            As in `fit`; only ratios within the chunk matter.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            As in `fit`; if `classes` is missing in the first call, or differs in a later one.
        """
        self._check_parameters()
        if self.class_weight == "balanced":
            raise ValueError(
                "class_weight 'balanced' is not supported for partial_fit, which does not see how"
                " often each class will occur. Pass a dict: {label: n_samples / (n_classes * n)}."
            )
        with kept_on_failure(self):
            begun = hasattr(self, "_state")
            X = self._check_table(X, reset=not begun, order="C", finite=False)
            data = self._check_data(X, y, self._known_classes(classes, y, begun), sample_weight)
            samples = self._samples(data)
            rules = self._rules(len(samples), max_iter=1)

            if begun:
                rng, first, start = self._rng, self._first, self._state
            else:
                rng = check_random_state(self.random_state)
                first = self._first_step(data, samples, 1 / rules.batch_size)
                start = self._start(data, samples, first)
                self.loss_curve_, self.n_iter_, self.validation_scores_ = [], 0, None
            training = epochs.train(
                start=start,
                samples=samples,
                method=self._method(first.intercept_gain, endless=True),
                schedule=self._endless_schedule(first.eta0),
                rules=rules,
                rng=rng,
            )
            _warn(training.messages)
            self.loss_curve_ = [*self.loss_curve_, *training.objectives]
            self.n_iter_ += 1
            self._keep(training.state, data.classes, rng, first)
            return self

    # Prepare

    def _known_classes(self, classes, y, begun):
        """Return the classes that y's labels are among, None where y shows them itself."""
        if classes is None:
            if not begun and not (self._soft_labels and _is_table(y)):
                raise ValueError("classes must be passed on the first call to partial_fit.")
            return self.classes_ if begun else None
        if begun:
            self._compare_classes(classes)
        return np.unique(classes)

    def _check_data(self, X, y, classes, sample_weight):
        """Check targets and weights of a checked table; `classes` are the known ones, or None."""
        classes, targets = self._check_targets(y, len(X), classes)
        weights = None
        if sample_weight is not None:
            weights = check_sample_weight(sample_weight, len(X))
        data = _Data(X, targets, classes, weights)
        if self.class_weight is None:
            return data
        of_classes = class_weights(self.class_weight, classes, data.codes, weights)
        weights = of_classes[data.codes] * (1.0 if weights is None else weights)
        return _Data(X, targets, classes, check_sample_weight(weights, len(X)))

    def _check_targets(self, y, n_samples, classes):
        """Return classes (n_classes,), and targets: codes (n,) or probabilities (n, n_classes)."""
        if self._soft_labels and _is_table(y):
            rows = check_probabilities(y, n_samples, None if classes is None else len(classes))
            return (np.arange(rows.shape[1]) if classes is None else classes), rows
        labels = check_labels(y, n_samples)
        if classes is None:
            classes, codes = encode_labels(labels)
        else:
            codes = codes_of(labels, classes)
        if len(classes) < 2:
            raise ValueError(
                f"The number of classes has to be greater than one; got 1 class: {classes.tolist()}"
            )
        return classes, codes

    def _hold_out(self, data, rng):
        """Choose the samples that early stopping keeps apart: (n_samples,), bool."""
        held_out = holdout.stratified_holdout(data.codes, self.validation_fraction, rng)
        weights = data.weights
        if weights is not None and not (weights[held_out].any() and weights[~held_out].any()):
            raise ValueError(
                "The samples held out, or those left for training, all have weight 0: pass"
                " other weights, or early_stopping=False."
            )
        return held_out

    def _samples(self, data, held_out=None):
        """Return what to train on: all samples, or those that are not held out."""
        weights = data.weights
        if held_out is not None:
            weights = np.where(held_out, 0.0, 1.0 if weights is None else weights)
        if weights is not None and not weights.all() and data.X.dtype.kind == "f":
            # training would find NaN and infinity, but it doesn't see samples without weight
            check_finite(data.X, "X", type(self).__name__)
        return Samples(data.X, data.targets, self._positive(len(data.classes)), weights)

    def _rules(self, n_samples, max_iter=None):
        size = n_samples if self.batch_size == "full" else min(self.batch_size, n_samples)
        patience = self.n_iter_no_change
        if self.learning_rate == "auto":
            patience = max(patience, -(-schedules.LEAST_PATIENCE * size // n_samples))
        return epochs.Rules(
            size,
            self.max_iter if max_iter is None else max_iter,
            self.tol,
            patience,
            # one batch of all samples is the same in any order
            shuffle=self.shuffle and size < n_samples,
            verbose=bool(self.verbose),
        )

    # Choose the step

    def _first_step(self, data, samples, noise):
        """Return the step sizes to begin with, a `first_step.FirstStep`.

        `noise` is the variance of a batch's mean, relative to that of one sample.
        """
        if self.learning_rate != "auto":
            return first_step.FirstStep(self.eta0)
        rows, weights = first_step.representatives(samples)
        check_finite(rows, "X", type(self).__name__)
        l2 = self._penalty()
        first = first_step.first_step(
            rows,
            weights,
            self._curvature(len(data.classes)),
            l2.alpha * (1 - l2.l1_ratio),
            self.momentum,
            noise,
        )
        if first.eta0 == 0:
            warnings.warn(
                "The features are too large to learn from: scale them.",
                native(ConvergenceWarning),
                stacklevel=3,
            )
        return first

    def _schedule(self, eta0, n_samples, rules):
        """Return the schedule of `fit`."""
        if self.learning_rate != "auto":
            return self._named_schedule()
        n_updates = -(-n_samples // rules.batch_size)  # of an epoch
        return schedules.Falling(eta0, rules.max_iter * n_updates, rules.patience * n_updates)

    def _endless_schedule(self, eta0):
        """Return the schedule of `partial_fit`."""
        if self.learning_rate != "auto":
            return self._named_schedule()
        return schedules.Endless(eta0)

    def _named_schedule(self):
        return schedules.schedule(
            self.learning_rate, alpha=self.alpha, eta0=self.eta0, power_t=self.power_t
        )

    # Train

    def _start(self, data, samples, first, fitted=None):
        """Return the state to begin at: the weights of a fitted estimator, or zeros."""
        dtype = _working_dtype(data.X)
        if self.learning_rate == "auto" and not (
            _FLOAT32_STEPS[0] < first.eta0 < _FLOAT32_STEPS[1]
        ):
            dtype = np.dtype(np.float64)
        if fitted is not None:
            return State.start(fitted.coef_, fitted.intercept_, dtype)
        shape = samples.n_outputs, data.X.shape[1]
        return State.start(np.zeros(shape), np.zeros(shape[0]), dtype)

    def _method(self, intercept_gain, *, endless=False):
        """Return how updates are made; `endless`: in `partial_fit`."""
        averaging = Averaging(int(self.average)) if self.average else None
        if endless and self.learning_rate == "auto" and averaging is None:
            averaging = Averaging(0, schedules.RECENCY)
        return Method(
            residual=self._residual,
            penalty=self._penalty(),
            optimiser=OPTIMISERS["nesterov" if self.nesterov else "momentum"](self.momentum),
            averaging=averaging,
            fit_intercept=self.fit_intercept,
            intercept_gain=intercept_gain,
        )

    def _penalty(self):
        return penalty(self.penalty, alpha=self.alpha, l1_ratio=self.l1_ratio)

    # Keep

    def _keep(self, state, classes, rng, first):
        """Make what was learnt public, and keep what `partial_fit` needs to go on."""
        self.classes_ = classes
        self.coef_, self.intercept_ = state.weights()
        self._state, self._rng, self._first = state, rng, first


def _is_table(y):
    """Return whether targets are rows of more than one number."""
    y = np.asarray(y)
    return y.ndim == 2 and y.shape[1] > 1


def _working_dtype(X):
    """Return the type to compute in: 32 bits hold a pixel exactly, wider numbers get 64."""
    return np.dtype(np.float64) if X.dtype.itemsize > 4 else np.result_type(X.dtype, np.float32)


def _noise(batch_size, n_samples):
    """Return the variance of a batch's mean where batches share out n samples; of one sample, 1."""
    return (n_samples - batch_size) / max(n_samples - 1, 1) / batch_size


def _scorer(data, held_out):
    """Return a function of a state: (weighted) accuracy on the samples held out."""
    X, codes = data.X[held_out], data.codes[held_out]
    weights = None if data.weights is None else data.weights[held_out]

    def score(state):
        coef, intercept = state.weights()
        scores = X.astype(coef.dtype, copy=False) @ coef.T + intercept  # (n_held_out, n_outputs)
        right = (scores[:, 0] > 0) == codes if len(coef) == 1 else scores.argmax(1) == codes
        return float(np.average(right, weights=weights))

    return score


def _warn(messages):
    """Warn the caller of `fit` or `partial_fit`."""
    for message in messages:
        warnings.warn(message, native(ConvergenceWarning), stacklevel=3)
