"""`fit` and `partial_fit` of the mini-batch classifiers, whatever their loss."""

import copy
import types
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import ConvergenceWarning, warn
from scratch.linear_model import plan
from scratch.linear_model.callbacks import fit_task
from scratch.linear_model.estimator import LinearClassifier, kept_on_failure
from scratch.linear_model.scores import scaled_down, scores_in_tiles
from scratch.linear_model.training_data import TrainingData, is_table, training_data
from scratch.solvers.minibatch import epochs, first_step
from scratch.solvers.minibatch.samples import Samples
from scratch.typing import Array, Bools, Floats, Ints, RandomState
from scratch.validation.arrays import check_finite
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels
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


class MiniBatchClassifier(LinearClassifier):
    """What `LogisticClassifier` and `SoftmaxClassifier` share; they document the parameters.

    A subclass names its loss, `_residual`; the class codes that its outputs stand for, `_positive`;
    what the search for a step asks of it, `_loss`; and whether it takes `_soft_labels`. Where a
    method has an argument `p`, these are the parameters as Python objects, by name.
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
    _residual: Callable[[Floats, Floats, Floats, Floats], None]
    _positive: Callable[[int], Ints]
    _loss: Callable[[int], first_step.Loss]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give each class a constructor by its own name, which is what a TypeError shows."""
        super().__init_subclass__(**kwargs)
        if "__init__" not in vars(cls):
            cls.__init__ = _renamed(  # type: ignore[method-assign]
                cls.__init__, f"{cls.__qualname__}.__init__"
            )

    def __init__(
        self,
        *,
        penalty: str | None = "l2",
        alpha: float = 1e-4,
        l1_ratio: float = 0.15,
        fit_intercept: bool = True,
        batch_size: int | str = 128,
        momentum: float = 0.9,
        nesterov: bool = False,
        average: bool | int = False,
        learning_rate: str = "auto",
        eta0: float = 0.01,
        power_t: float = 0.5,
        max_iter: int = 100,
        tol: float | None = 1e-3,
        n_iter_no_change: int = 5,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        class_weight: Mapping[Any, float] | str | None = None,
        shuffle: bool = True,
        warm_start: bool = False,
        random_state: RandomState | None = None,
        verbose: bool = False,
    ) -> None:
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

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Train from the start (with ``warm_start`` from the last weights).

        Ctrl-C ends training early: the weights of the last finished epoch are kept, with a
        ConvergenceWarning. The same warning comes where ``max_iter`` ends training before ``tol``
        does; with "auto", whose steps have fallen to 0 by then, only where the objective was still
        falling at the end of a run of at least ``4 n_iter_no_change`` epochs.

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
        p = self._check_parameters()
        with kept_on_failure(self):
            warm = p.warm_start and hasattr(self, "coef_")
            table = self._check_table(X, reset=not warm, order="C", finite=False)
            known = self.classes_ if warm else None
            data = training_data(p, table, y, known, sample_weight, soft_labels=self._soft_labels)
            rng = check_random_state(p.random_state)
            held_out = data.hold_out(p.validation_fraction, rng) if p.early_stopping else None
            samples = self._samples(data, held_out)
            size = plan.batch_size_of(p, len(samples))
            loss = self._loss(samples.n_outputs)
            first = plan.first_step_of(p, samples, loss, size, plan.noise_of(size, len(samples)))
            rules = plan.rules_of(p, len(samples), first, cold=not warm)

            def keep(training: epochs.Training) -> None:
                self._keep(training, data, rng, first)
                self.loss_curve_ = training.objectives
                self.validation_scores_ = training.scores if p.early_stopping else None
                self.n_iter_ = len(training.objectives)

            with fit_task(self, keep, p.max_iter, X, y, sample_weight) as watch:
                training = epochs.train(
                    start=plan.start_of(samples, first, self if warm else None),
                    samples=samples,
                    method=plan.method_of(p, first, self._residual, samples.n_batches(size)),
                    schedule=plan.schedule_of(p, first, samples.n_batches(size), rules),
                    rules=rules,
                    rng=rng,
                    score=None if held_out is None else data.scorer(held_out),
                    watch=watch,
                )
                if not training.finished and p.tol is not None:
                    training.messages.append(
                        f"Training ended after max_iter={p.max_iter} epochs, before the objective"
                        " had stalled: increase max_iter, or let the steps fall."
                    )
                if not training.messages and plan.falls_still(p, training, rules.tol):
                    training.messages.append(
                        f"The objective was still falling after max_iter={p.max_iter} epochs:"
                        " increase max_iter."
                    )
                for message in training.messages:
                    warn(message, ConvergenceWarning)
                keep(training)
            return self

    def partial_fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        classes: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Train on one more chunk of data, each sample once.

        Momentum, averaging and the number of the update go on from call to call; ``max_iter``,
        ``tol``, ``early_stopping`` and ``warm_start`` have no part in it. With "auto" the step
        size follows from the first chunk, and anew from the chunk with which a parameter changes
        that it rests on.

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
        p = self._check_parameters()
        if p.class_weight == "balanced":
            raise ValueError(
                "class_weight 'balanced' is not supported for partial_fit, which does not see how"
                " often each class will occur. Pass a dict: {label: n_samples / (n_classes * n)}."
            )
        with kept_on_failure(self):
            begun = hasattr(self, "_state")
            table = self._check_table(X, reset=not begun, order="C", finite=False)
            known = self._known_classes(classes, y, begun)
            data = training_data(p, table, y, known, sample_weight, soft_labels=self._soft_labels)
            samples = self._samples(data)
            size = plan.batch_size_of(p, len(samples))
            if begun and self._first.basis == plan.basis_of(p):
                first = self._first
            else:
                loss = self._loss(samples.n_outputs)
                first = plan.first_step_of(p, samples, loss, size, 1 / size)
            if begun:
                rng, start = copy.deepcopy(self._rng), self._state
            else:
                rng, start = check_random_state(p.random_state), plan.start_of(samples, first)
                self.loss_curve_, self.n_iter_, self.validation_scores_ = [], 0, None

            training = epochs.train(
                start=start,
                samples=samples,
                method=plan.method_of(p, first, self._residual),
                schedule=plan.endless_schedule_of(p, first),
                rules=epochs.Rules(
                    size, 1, p.tol, 1, p.shuffle and size < len(samples), bool(p.verbose)
                ),
                rng=rng,
            )
            for message in training.messages:
                warn(message, ConvergenceWarning)
            self._keep(training, data, rng, first)
            self.loss_curve_ = [*self.loss_curve_, *training.objectives]
            self.n_iter_ += 1
            return self

    # Prepare

    def _known_classes(self, classes: ArrayLike | None, y: ArrayLike, begun: bool) -> Array | None:
        """Return the classes that y's labels are among, None where y shows them itself."""
        if classes is None:
            if not begun and not (self._soft_labels and is_table(y)):
                raise ValueError("classes must be passed on the first call to partial_fit.")
            return self.classes_ if begun else None
        if begun:
            self._compare_classes(classes)
            return self.classes_
        return encode_labels(as_labels(classes, "classes"))[0]

    def _samples(self, data: TrainingData, held_out: Bools | None = None) -> Samples:
        """Return what to train on: all samples, or those that are not held out."""
        weights = data.weights
        if held_out is not None:
            weights = np.where(held_out, 0.0, 1.0 if weights is None else weights)
        if weights is not None and not weights.all() and data.X.dtype.kind == "f":
            # training would find NaN and infinity, but it doesn't see samples without weight
            check_finite(data.X, "X", type(self).__name__)
        positive = self._positive(len(data.classes))
        return Samples(data.X, data.targets, positive, weights, owner=type(self).__name__)

    # Keep and predict

    def _keep(
        self,
        training: epochs.Training,
        data: TrainingData,
        rng: np.random.RandomState,
        first: first_step.FirstStep,
    ) -> None:
        """Make what was learnt public, and keep what `partial_fit` needs to go on."""
        self.classes_ = data.classes
        self.coef_, self.intercept_ = training.state.weights()
        self._state, self._rng, self._first = training.state, copy.deepcopy(rng), first

    def _scores(self, X: Array) -> Floats:
        """Return ``X Wᵀ + b`` of a checked table, (n_samples, n_outputs)."""
        return scores_in_tiles(X, self.coef_, self.intercept_)

    def _mend(self, scores: Floats, X: Array) -> Floats:
        """Scale down the rows of scores that have overflowed."""
        return scaled_down(scores, X, self._dense_coef(), self.intercept_)


def _renamed(function: Any, qualified_name: str) -> Any:
    """Return the same function under another name."""
    copied = types.FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__
    )
    copied.__kwdefaults__ = function.__kwdefaults__
    copied.__qualname__ = qualified_name
    return copied
