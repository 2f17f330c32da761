"""`fit` and `partial_fit` of the mini-batch classifiers, whatever their loss."""

import copy
import warnings
from typing import ClassVar

import numpy as np

from scratch.exceptions import ConvergenceWarning, native
from scratch.linear_model.estimator import LinearClassifier, kept_on_failure
from scratch.solvers import holdout, schedules
from scratch.solvers.minibatch import epochs, first_step
from scratch.solvers.minibatch.descent import Descent
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
            classes, targets = self._check_targets(y, len(X), self.classes_ if warm else None)
            rng = check_random_state(self.random_state)
            weights = self._weigh(targets, classes, sample_weight)
            score = None
            if self.early_stopping:
                held_out = holdout.stratified_holdout(
                    _codes(targets), self.validation_fraction, rng
                )
                score = self._scorer(X, targets, weights, held_out)
                if weights is not None and not (
                    weights[held_out].any() and weights[~held_out].any()
                ):
                    raise ValueError(
                        "The samples held out, or those left for training, all have weight 0: pass"
                        " other weights, or early_stopping=False."
                    )
                weights = np.where(held_out, 0.0, 1.0 if weights is None else weights)
            samples = self._samples(X, targets, classes, weights)
            rules = self._rules(len(samples))
            left_out = (len(samples) - rules.batch_size) / max(len(samples) - 1, 1)
            eta0, gain = self._first_step(samples, len(classes), left_out / rules.batch_size)
            descent = self._descent_from(self if warm else None, samples, gain)
            history = epochs.train(
                descent, samples, self._schedule(eta0, len(samples), rules), rules, rng, score
            )
            if not history.finished and self.tol is not None:
                warnings.warn(
                    f"Training ended after max_iter={self.max_iter} epochs, before the objective"
                    " had stalled: increase max_iter, or let the steps fall.",
                    native(ConvergenceWarning),
                    stacklevel=2,
                )
            self.loss_curve_ = history.objective
            self.validation_scores_ = history.scores if self.early_stopping else None
            self.n_iter_ = len(history.objective)
            self._keep(descent, classes, rng, eta0)
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
            first = not hasattr(self, "_descent")
            X = self._check_table(X, reset=first, order="C", finite=False)
            known = self._known_classes(classes, y, first)
            classes, targets = self._check_targets(y, len(X), known)
            samples = self._samples(
                X, targets, classes, self._weigh(targets, classes, sample_weight)
            )
            rules = self._rules(len(samples), max_iter=1)
            if first:
                rng = check_random_state(self.random_state)
                eta0, gain = self._first_step(samples, len(classes), 1 / rules.batch_size)
                descent = self._descent_from(None, samples, gain)
                self.loss_curve_, self.n_iter_, self.validation_scores_ = [], 0, None
            else:
                descent, rng, eta0 = copy.deepcopy(self._descent), self._rng, self._eta0
            how = self._how_to_step()
            if self.learning_rate == "auto" and not self.average:
                how |= {"average_from": 0, "recency": first_step.RECENCY}
            descent.set_rules(**how)
            schedule = self._endless_schedule(eta0)
            history = epochs.train(descent, samples, schedule, rules, rng)
            self.loss_curve_ = [*self.loss_curve_, *history.objective]
            self.n_iter_ += 1
            self._keep(descent, classes, rng, eta0)
            return self

    def _known_classes(self, classes, y, first):
        """The classes that y's labels are among, None where y shows them itself."""
        if classes is None:
            if first and not (self._soft_labels and _is_table(y)):
                raise ValueError("classes must be passed on the first call to partial_fit.")
            return None if first else self.classes_
        if not first:
            self._compare_classes(classes)
        return np.unique(classes)

    def _check_targets(self, y, n_samples, classes):
        """Classes (n_classes,), and targets: codes (n_samples,) or probabilities (n, n_classes)."""
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

    def _weigh(self, targets, classes, sample_weight):
        """Weights of the samples, classes' included: (n_samples,), or None for all alike."""
        weights = None
        if sample_weight is not None:
            weights = check_sample_weight(sample_weight, len(targets))
        if self.class_weight is None:
            return weights
        codes = _codes(targets)
        of_classes = class_weights(self.class_weight, classes, codes, weights)
        weights = of_classes[codes] * (1.0 if weights is None else weights)
        return check_sample_weight(weights, len(targets))

    def _samples(self, X, targets, classes, weights):
        if X.dtype.kind == "f" and weights is not None and not weights.all():
            check_finite(X, "X", type(self).__name__)  # of all else, training finds out: see there
        # 32 bits hold a pixel exactly; wider integers get the 64 that hold most of them
        dtype = np.float64 if X.dtype.itemsize > 4 else np.result_type(X.dtype, np.float32)
        return Samples(X, targets, self._positive(len(classes)), weights, dtype)

    def _scorer(self, X, targets, weights, held_out):
        """A function of the descent: (weighted) accuracy on the samples held out."""
        X, codes = X[held_out], _codes(targets)[held_out]
        weights = None if weights is None else weights[held_out]

        def score(descent):
            coef, intercept = descent.weights()
            scores = X.astype(coef.dtype, copy=False) @ coef.T + intercept
            right = (scores[:, 0] > 0) == codes if len(coef) == 1 else scores.argmax(1) == codes
            return float(np.average(right, weights=weights))

        return score

    def _penalty(self):
        return penalty(self.penalty, alpha=self.alpha, l1_ratio=self.l1_ratio)

    def _first_step(self, samples, n_classes, noise):
        """Step size of the weights to start with, and how many times larger the intercept's is.

        `noise` is the variance of a batch's mean, relative to that of one sample.
        """
        if self.learning_rate != "auto":
            return self.eta0, 1.0
        rows, weights = first_step.representatives(samples)
        check_finite(rows, "X", type(self).__name__)
        l2 = self._penalty()
        eta0, gain = first_step.first_step(
            rows,
            weights,
            self._curvature(n_classes),
            l2.alpha * (1 - l2.l1_ratio),
            self.momentum,
            noise,
        )
        if eta0 == 0:
            warnings.warn(
                "The features are too large to learn from: scale them.",
                native(ConvergenceWarning),
                stacklevel=3,
            )
        if not _FLOAT32_STEPS[0] < eta0 < _FLOAT32_STEPS[1]:
            samples.dtype = np.dtype(np.float64)
        return eta0, gain

    def _descent_from(self, fitted, samples, intercept_gain):
        """A descent from the weights of a fitted estimator, or from zeros."""
        shape = (samples.n_outputs, samples.X.shape[1])
        coef = np.zeros(shape) if fitted is None else fitted.coef_
        intercept = np.zeros(len(coef)) if fitted is None else fitted.intercept_
        return Descent(
            coef.astype(samples.dtype),
            intercept.astype(samples.dtype),
            self._residual,
            intercept_gain=intercept_gain,
            **self._how_to_step(),
        )

    def _how_to_step(self):
        return {
            "penalty": self._penalty(),
            "momentum": self.momentum,
            "nesterov": self.nesterov,
            "average_from": int(self.average) if self.average else None,
            "recency": 0,
            "fit_intercept": self.fit_intercept,
        }

    def _rules(self, n_samples, max_iter=None):
        size = n_samples if self.batch_size == "full" else min(self.batch_size, n_samples)
        patience = self.n_iter_no_change
        if self.learning_rate == "auto":
            patience = max(patience, -(-first_step.PATIENCE * size // n_samples))
        return epochs.Rules(
            size,
            self.max_iter if max_iter is None else max_iter,
            self.tol,
            patience,
            # one batch of all samples is the same in any order
            shuffle=self.shuffle and size < n_samples,
            verbose=bool(self.verbose),
        )

    def _schedule(self, eta0, n_samples, rules):
        if self.learning_rate == "auto":
            n_updates = -(-n_samples // rules.batch_size)  # of an epoch
            return first_step.Falling(
                eta0, rules.max_iter * n_updates, rules.n_iter_no_change * n_updates
            )
        if self.learning_rate == "adaptive":
            return epochs.Adaptive(eta0)
        return epochs.Fixed(self._step_size())

    def _endless_schedule(self, eta0):
        if self.learning_rate == "auto":
            return first_step.Endless(eta0)
        return epochs.Fixed(self._step_size())

    def _step_size(self):
        return schedules.step_size(
            self.learning_rate, alpha=self.alpha, eta0=self.eta0, power_t=self.power_t
        )

    def _keep(self, descent, classes, rng, eta0):
        """Make what was learnt public, and keep what `partial_fit` needs to go on."""
        self.classes_ = classes
        self.coef_, self.intercept_ = descent.weights()
        self._descent, self._rng, self._eta0 = descent, rng, eta0


def _is_table(y):
    """Whether targets are rows of more than one number."""
    y = np.asarray(y)
    return y.ndim == 2 and y.shape[1] > 1


def _codes(targets):
    """Class codes (n_samples,) of targets; of probabilities the likeliest class."""
    return targets if targets.ndim == 1 else targets.argmax(axis=1)
