"""`fit` and `partial_fit` of the mini-batch classifiers, whatever their loss.

`MiniBatchClassifier.fit` is a table of contents: check, decide on the steps, train, keep.
``training_data`` checks, `scratch.solvers.minibatch.auto` decides on the steps, and
`scratch.solvers.minibatch.epochs` trains.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import ConvergenceWarning, warn
from scratch.like_sklearn.callbacks import fit_task
from scratch.linear_model.estimator import LinearClassifier, kept_on_failure
from scratch.linear_model.scores import scaled_down, scores_in_tiles
from scratch.linear_model.training_data import TrainingData, is_table, training_data
from scratch.losses import Loss
from scratch.solvers.minibatch import auto
from scratch.solvers.minibatch.averages import Averaging
from scratch.solvers.minibatch.columns import Seen
from scratch.solvers.minibatch.descent import Method, State, zeros
from scratch.solvers.minibatch.epochs import ByName, Rules, Steps, Training, train
from scratch.solvers.minibatch.optimisers import OPTIMISERS, Optimiser
from scratch.solvers.minibatch.samples import Samples
from scratch.solvers.penalties import penalty
from scratch.solvers.plateau import Plateau
from scratch.solvers.schedules import schedule
from scratch.typing import Array, Floats, RandomState
from scratch.validation.arrays import check_finite
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels
from scratch.validation.parameters import (
    any_of,
    boolean,
    check_parameters,
    check_random_state,
    integer,
    mapping,
    one_of,
    random_source,
    real,
)


class MiniBatchClassifier(LinearClassifier):
    """What `LogisticClassifier` and `SoftmaxClassifier` share.

    A subclass names its loss, and whether it takes probabilities as targets. Where a method has an
    argument `p`, it is an estimator of the same parameters, which have been checked and are Python
    objects.
    """

    _loss: ClassVar[Loss]
    _soft_labels: ClassVar[bool] = False
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
        max_iter: int = 1000,
        tol: float | None = 1e-3,
        n_iter_no_change: int = 5,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        class_weight: Mapping[Any, float] | str | None = None,
        shuffle: bool = True,
        warm_start: bool = False,
        random_state: RandomState | None = None,
        verbose: bool | int = False,
    ) -> None:
        """Set the parameters; `fit` checks them.

        Parameters
        ----------
        penalty : {"l2", "l1", "elasticnet", None}, default="l2"
            What is added to the mean loss: ``alpha`` times ``½ Σ W²``, ``Σ |W|``, or the mixture
            ``(1 - l1_ratio)/2 Σ W² + l1_ratio Σ |W|``. The intercept is not penalised.
        alpha : float in [0, inf), default=1e-4
            Strength of the penalty. scikit-learn's ``LogisticRegression(C=C)`` minimises the same
            objective with ``alpha = 1 / (n_samples · C)``; for two classes see the notes of
            `SoftmaxClassifier`.
        l1_ratio : float in [0, 1], default=0.15
            Share of L1 in the elastic net.
        fit_intercept : bool, default=True
            Whether to learn the intercepts; else they are 0.
        batch_size : int >= 1 or "full", default=128
            Samples per step; "full" takes all samples each time, in their order (gradient descent).
        momentum : float in [0, 1), default=0.9
            Share of the last step that the next one keeps; 0 is plain SGD.
        nesterov : bool, default=False
            Whether to use Nesterov's variant of momentum.
        average : bool or int, default=False
            True gives the mean of the weights over all steps (Polyak and Ruppert) instead of the
            last ones; an int starts averaging after that many samples have been seen. False leaves
            it to ``learning_rate``: all but "auto" give the last weights.
        learning_rate : {"auto", "constant", "optimal", "invscaling", "adaptive"}, default="auto"
            Step size η of update t. "auto" needs no tuning: centre and scale of the features and
            the first step follow from the data, so features need no scaling. The step follows the
            loss and falls to 0, once or several times. The weights are then a mean that favours
            those of late updates, unless ``average`` asks for another; with an L1 penalty, whose
            zeros a mean would lose, they are the last ones. In `partial_fit`, which knows no end,
            the step falls as ``1 / sqrt(1 + t/300)``. `scratch.solvers.minibatch.auto` derives all
            of it. The others are scikit-learn's: ``eta0``; ``1 / (alpha (t0 + t - 1))``;
            ``eta0 / t^power_t``; and ``eta0``, divided by 5 whenever training has stalled.
        eta0 : float in (0, inf), default=0.01
            Initial step size of "constant", "invscaling" and "adaptive".
        power_t : float, default=0.5
            Exponent of "invscaling".
        max_iter : int >= 1, default=1000
            The most epochs that `fit` makes.
        tol : float in [0, inf) or None, default=1e-3
            Training has stalled when the objective (with ``early_stopping``: the accuracy on the
            held-out samples) was not better than the best by ``tol`` for ``n_iter_no_change``
            epochs in a row. With "auto" training ends when a whole fall of the step has won less
            than ``tol``, or less than a four-hundredth of all that was won. None makes all
            ``max_iter`` epochs.
        n_iter_no_change : int >= 1, default=5
            See ``tol``. With "auto" a fall of the step takes so many epochs, and at least 500
            updates.
        early_stopping : bool, default=False
            Whether to hold samples out, stop by the accuracy on them, and keep the weights that
            scored best (the last ones of those that tie).
        validation_fraction : float in (0, 1), default=0.1
            Share of the samples to hold out, the same in each class.
        class_weight : dict {label: weight}, "balanced" or None, default=None
            Factor on the weights of a class's samples; "balanced" gives all classes the same total.
        shuffle : bool, default=True
            Whether to take the samples in a new random order in every epoch.
        warm_start : bool, default=False
            Whether `fit` starts from the weights of the last `fit` instead of zeros.
        random_state : int, RandomState or None, default=None
            Source of the random order and of the held-out samples. An int gives the same order in
            every call of `fit` and `partial_fit`; a RandomState is drawn from in every call.
        verbose : bool or int, default=False
            Whether to print a line per epoch: its number, the objective, the seconds it took.
        """
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
        does.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
            Finite numbers. float32 is computed in float32; integers of up to 16 bits are used as
            they are, cast to float32 a batch at a time; all else is computed in float64. Rows that
            do not lie one after another in memory are copied once. A sparse matrix of any format is
            converted to CSR, and never made dense. See the notes of the class.
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
        p = self._checked()
        with kept_on_failure(self):
            warm = p.warm_start and hasattr(self, "coef_")
            data = self._data(p, X, y, self.classes_ if warm else None, sample_weight, new=not warm)
            rng = check_random_state(p.random_state)
            held_out = data.hold_out(p.validation_fraction, rng) if p.early_stopping else None
            score = None if held_out is None else data.scorer(held_out)
            samples = data.samples(self._loss, held_out)
            rules = p._rules(samples, p.max_iter)
            method = p._method(samples.n_batches(rules.batch_size))
            how = (samples, self._loss, method.optimiser, rules, p.fit_intercept)
            is_auto = p.learning_rate == "auto"
            steps = auto.steps_of_fit(*how, p.early_stopping) if is_auto else p._by_name(rules)
            weights = (self._dense_coef(), self.intercept_) if warm else zeros(samples.shape)
            start = State.start(*weights, samples.dtype)

            def keep(training: Training) -> None:
                self._keep(training, data.classes, steps)
                self.loss_curve_ = training.objectives
                self.validation_scores_ = training.scores if p.early_stopping else None
                self.n_iter_ = len(training.objectives)

            with fit_task(self, keep, p.max_iter, X, y, sample_weight) as watch:
                order = rng if p._shuffles(samples, rules) else None
                training = train(start, samples, method, steps, rules, order, score, watch)
                _warn(training, p)
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

        Training goes on from `coef_` and `intercept_`, which may be set by hand between calls: it
        then goes on from these, at rest. The number of the update goes on from call to call, and so
        do momentum and averaging. ``max_iter``, ``tol``, ``early_stopping`` and ``warm_start`` have
        no part in it. With "auto" the step follows from all chunks so far.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
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
        p = self._checked()
        if p.class_weight == "balanced":
            raise ValueError(
                "class_weight 'balanced' is not supported for partial_fit, which does not see how"
                " often each class will occur. Pass a dict: {label: n_samples / (n_classes * n)}."
            )
        with kept_on_failure(self):
            begun = hasattr(self, "coef_")
            known = self._known_classes(classes, y, begun)
            data = self._data(p, X, y, known, sample_weight, new=not begun)
            samples = data.samples(self._loss)
            rules = p._rules(samples, 1)
            rng = check_random_state(p.random_state) if p._shuffles(samples, rules) else None
            method = p._method(math.inf)
            how = (samples, self._loss, method.optimiser, rules, p.fit_intercept)
            seen = getattr(self, "_seen", None)  # set without weights too: see `scratch.scale`
            before = Seen(**seen) if seen else None
            is_auto = p.learning_rate == "auto"
            steps = auto.steps_of_chunk(*how, before) if is_auto else p._by_name(rules)
            fresh = State.start(*zeros(samples.shape), samples.dtype)
            start = self._last_state() if begun else fresh
            training = train(start, samples, method, steps, rules, rng)
            _warn(training)
            self._keep(training, data.classes, steps)
            curve = self.loss_curve_ if begun else []
            self.loss_curve_ = [*curve, *training.objectives]
            self.n_iter_ = len(self.loss_curve_)
            self.validation_scores_ = self.validation_scores_ if begun else None
        return self

    def _look(
        self, X: ArrayLike, y: ArrayLike, classes: ArrayLike, before: Seen | None = None
    ) -> Seen:
        """Look at one more chunk of a stream for "auto", without training on it."""
        p = self._checked()
        data = p._data(p, X, y, p._known_classes(classes, y, False), None, new=True)
        check_finite(data.X, "X", data.owner)  # training, which would find NaN, comes later
        samples = data.samples(p._loss)
        noise = 1 / p._rules(samples, 1).batch_size
        return auto.look(samples, p._loss, noise, p.fit_intercept, before)

    # Prepare

    def _checked(self) -> Self:
        """Return an estimator without weights, with these parameters checked: Python objects."""
        checked = object.__new__(type(self))
        vars(checked).update(vars(check_parameters(self, self._constraints)))
        return checked

    def _data(
        self,
        p: Self,
        X: ArrayLike,
        y: ArrayLike,
        known: Array | None,
        sample_weight: ArrayLike | None,
        *,
        new: bool,
    ) -> TrainingData:
        """Return the checked training data; `known`: the classes, if y need not show them all."""
        # training finds NaN and infinity by itself: see `epochs.check_progress`
        table = self._check_table(X, reset=new, order="C", finite=False)
        return training_data(
            table, y, known, sample_weight, p.class_weight,
            soft_labels=self._soft_labels, owner=type(self).__name__,
        )  # fmt: skip

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

    # Decide: from the parameters, which have been checked, to the solver's records

    def _rules(self, samples: Samples, max_iter: int) -> Rules:
        n = len(samples)
        size = n if isinstance(self.batch_size, str) else min(self.batch_size, n)
        return Rules(
            batch_size=size,
            max_iter=max_iter,
            tol=self.tol,
            n_iter_no_change=self.n_iter_no_change,
            verbose=bool(self.verbose),
        )

    def _shuffles(self, samples: Samples, rules: Rules) -> bool:
        return self.shuffle and rules.batch_size < len(samples)  # one batch of all has no order

    def _by_name(self, rules: Rules) -> ByName:
        eta = schedule(self.learning_rate, alpha=self.alpha, eta0=self.eta0, power_t=self.power_t)
        return ByName(eta, Plateau(rules.tol, rules.n_iter_no_change))

    def _optimiser(self) -> Optimiser:
        return OPTIMISERS["nesterov" if self.nesterov else "momentum"](self.momentum)

    def _method(self, n_batches: float) -> Method:
        """Return how updates are made; `n_batches`: of an epoch, infinity in `partial_fit`."""
        penalised = penalty(self.penalty, alpha=self.alpha, l1_ratio=self.l1_ratio)
        averaging = None
        if self.average:
            averaging = Averaging(int(self.average))
        elif self.learning_rate == "auto" and not penalised.has_l1:  # a mean loses the zeros of L1
            averaging = auto.averaging(n_batches)
        return Method(self._loss, penalised, self._optimiser(), averaging, self.fit_intercept)

    # Keep and predict

    def _keep(self, training: Training, classes: Array, steps: Steps) -> None:
        """Set the fitted attributes, and keep the state that `partial_fit` goes on from."""
        self.classes_ = classes
        self.coef_, self.intercept_ = training.state.weights()
        self._state = vars(training.state)
        self._seen = steps.seen._asdict() if isinstance(steps, auto.Paced) else None

    def _last_state(self) -> State:
        """Return the state to go on from: the kept one, or that of weights set by hand."""
        state, (coef, intercept) = State(**self._state), (self._dense_coef(), self.intercept_)
        kept_coef, kept_intercept = state.weights()
        if np.array_equal(coef, kept_coef) and np.array_equal(intercept, kept_intercept):
            return state
        if np.shape(coef) != state.shape or np.shape(intercept) != state.shape[:1]:
            raise ValueError(
                f"coef_ and intercept_ were set to arrays of shapes {np.shape(coef)} and"
                f" {np.shape(intercept)}; training goes on from {state.shape} and"
                f" {state.shape[:1]}."
            )
        start = State.start(coef, intercept, state.theta.dtype)
        return replace(start, n_updates=state.n_updates, n_seen=state.n_seen)

    def _scores(self, X: Array) -> Floats:
        """Return ``X Wᵀ + b`` of a checked table, (n_samples, n_outputs)."""
        return scores_in_tiles(X, self.coef_, self.intercept_)

    def _mend(self, scores: Floats, X: Array) -> Floats:
        """Scale down the rows of scores that have overflowed."""
        return scaled_down(scores, X, self._dense_coef(), self.intercept_)


def _warn(training: Training, p: MiniBatchClassifier | None = None) -> None:
    """Warn of the messages of a training; in `fit`, with parameters p, of too few epochs too."""
    for message in training.messages:
        warn(message, ConvergenceWarning)
    if p is not None and p.tol is not None and not training.finished:
        warn(
            f"Training ended after max_iter={p.max_iter} epochs, before the objective had stalled:"
            " increase max_iter, or let the steps fall.",
            ConvergenceWarning,
        )
