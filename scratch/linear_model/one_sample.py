"""What `SGDClassifier` and `Perceptron` share: a loss, minimised one sample an update."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import ConvergenceWarning
from scratch.like_sklearn import sgd_quirks
from scratch.like_sklearn.callbacks import fit_task
from scratch.like_sklearn.native import native
from scratch.like_sklearn.sgd_verbose import VerboseLines
from scratch.linear_model.estimator import LinearClassifier, kept_on_failure
from scratch.linear_model.one_sample_setup import (
    first_state,
    held_out_accuracy,
    hold_out,
    problems_of,
    rule_of,
    schedule_of,
    total,
    with_average,
)
from scratch.margin_losses import loss_named
from scratch.solvers.penalties import penalty
from scratch.solvers.sequential.averaging import RunningAverage
from scratch.solvers.sequential.lockstep import solve
from scratch.solvers.sequential.rows import rows_of
from scratch.solvers.sequential.state import Settings, TrainingSet, TrainingState
from scratch.solvers.watch import Watch
from scratch.typing import Array, Floats, Ints
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels, codes_of
from scratch.validation.parameters import (
    Constraint,
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
from scratch.validation.sparse import is_sparse
from scratch.validation.weights import as_weights

_NOT_CONVERGED = (
    "Maximum number of iteration reached before convergence. Consider increasing max_iter to"
    " improve the fit."
)
_NEGATIVE_POWER = (
    "Negative values for `power_t` are deprecated in scikit-learn 1.8 and will raise an error in"
    " 1.10. Use values in the range [0.0, inf) instead."
)


class OneSampleClassifier(LinearClassifier):
    """A linear classifier trained one sample an update, with scikit-learn's bits.

    A subclass gives the constructor, and in `_constraints` and `_fixed` every parameter of
    `SGDClassifier`: those that a user may set, and the others' values.
    """

    validation_fraction: float
    _fixed: ClassVar[Mapping[str, Any]] = {}
    _constraints: ClassVar[dict[str, Constraint]] = {
        "penalty": one_of("l2", "l1", "elasticnet", None),
        "alpha": real(0, None, closed="left"),
        "l1_ratio": real(0, 1),
        "fit_intercept": boolean,
        "max_iter": integer(1),
        "tol": any_of(real(0, None, closed="left"), one_of(None)),
        "shuffle": boolean,
        "verbose": any_of(integer(0), boolean),
        "eta0": real(0, None, closed="neither"),
        "n_jobs": any_of(integer(), one_of(None)),
        "random_state": random_source,
        "early_stopping": boolean,
        "validation_fraction": real(0, 1, closed="neither"),
        "n_iter_no_change": integer(1),
        "class_weight": any_of(one_of("balanced", None), mapping),
        "warm_start": boolean,
    }

    def fit(
        self,
        X: Any,
        y: ArrayLike,
        coef_init: ArrayLike | None = None,
        intercept_init: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Train until the objective stalls.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
        y : array_like of shape (n_samples,)
            Labels, of two classes or more.
        coef_init, intercept_init : array_like, default=None
            Weights to begin at, of the shape of `coef_` and `intercept_`. Default: 0, or with
            `warm_start` the present ones.
        sample_weight : array_like of shape (n_samples,), default=None
            Factors on the steps of the samples, ≥ 0. Not only their ratios matter: twice the
            weights are twice the steps.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            For parameters or data out of range, fewer than two classes, or weights that overflow.

        Warns
        -----
        ConvergenceWarning
            If training has not ended before `max_iter` epochs.
        """
        parameters = self._parameters()
        task = partial(fit_task, self, n_epochs=parameters.max_iter, X=X, y=y,
                       sample_weight=sample_weight)  # fmt: skip
        with kept_on_failure(self):
            X = self._check_table(X, reset=True)
            classes, codes = encode_labels(as_labels(y, n_samples=X.shape[0], warn_of_column=True))
            if parameters.warm_start and hasattr(self, "coef_"):
                coef_init = self.coef_ if coef_init is None else coef_init
                intercept_init = self.intercept_ if intercept_init is None else intercept_init
            start = first_state(X, len(classes), coef_init, intercept_init)
            self._averages_shown = False
            self._train(parameters, X, codes, classes, sample_weight, start, task)
            if parameters.tol is not None and self.n_iter_ == parameters.max_iter:
                warnings.warn(_NOT_CONVERGED, native(ConvergenceWarning), stacklevel=2)
            if parameters.power_t < 0:
                warnings.warn(_NEGATIVE_POWER, FutureWarning, stacklevel=2)
        return self

    def partial_fit(
        self,
        X: Any,
        y: ArrayLike,
        classes: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Continue training with one epoch on these samples.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
        y : array_like of shape (n_samples,)
        classes : array_like of shape (n_classes,), default=None
            All labels that y will ever hold; needed in the first call.
        sample_weight : array_like of shape (n_samples,), default=None
            As in `fit`.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            As for `fit`; and if `classes` is missing in the first call or differs from it later.
        """
        first = not hasattr(self, "classes_")
        parameters = self._parameters()
        if first:
            _check_first_call(parameters, classes)
        with kept_on_failure(self):
            X = self._check_table(X, reset=first)
            if first:
                known, _ = encode_labels(_listed(classes))
                self._averages_shown = False
            else:
                known = self.classes_
                if classes is not None:
                    self._compare_classes(classes)
            codes = codes_of(as_labels(y, n_samples=X.shape[0], warn_of_column=True), known)
            start = first_state(X, len(known)) if first else self._last_state()
            parameters.max_iter = 1
            self._train(
                parameters, X, codes, known, sample_weight, start, lambda keep: nullcontext(Watch())
            )
        return self

    def _scores(self, X: Any) -> Floats:
        """Return ``X Wᵀ + b`` of a checked table, (n_samples, n_outputs)."""
        products = X @ self.coef_.T
        return (products.toarray() if is_sparse(products) else products) + self.intercept_

    def _parameters(self) -> Any:
        """Return the parameters, after checks of each by itself and of those that belong together.

        Raises
        ------
        ValueError
            For the first that is not as it should be.
        """
        parameters = check_parameters(self, self._constraints)
        vars(parameters).update(self._fixed)
        if parameters.learning_rate in ("pa1", "pa2") and parameters.loss != "hinge":
            raise ValueError(
                f"Learning rate '{parameters.learning_rate}' only works with loss 'hinge'."
            )
        if parameters.learning_rate == "optimal" and parameters.alpha == 0:
            raise ValueError(
                "alpha must be > 0 since learning_rate is 'optimal'. alpha is used to compute the"
                " optimal learning rate."
            )
        if parameters.penalty == "elasticnet" and parameters.l1_ratio is None:
            raise ValueError("l1_ratio must be set when penalty is 'elasticnet'")
        # as it was given: scikit-learn multiplies it in its own type
        parameters.validation_fraction = self.validation_fraction
        return parameters

    def _train(
        self,
        parameters: Any,
        X: Any,
        codes: Ints,
        classes: Array,
        sample_weight: ArrayLike | None,
        start: TrainingState,
        task: Any,
    ) -> None:
        """Train each class against the rest, and set the fitted attributes.

        `task` takes a function that sets them, and returns a context for the training.
        """
        # if all are zero, so are those of the samples held out, which has an error of its own
        weight = as_weights(
            sample_weight, dtype=start.W.dtype, may_be_zero=parameters.early_stopping, X=X
        )
        if weight is None:
            weight = np.ones(X.shape[0], start.W.dtype)
        held_out, seeds = sgd_quirks.draw(
            check_random_state(parameters.random_state),
            partial(hold_out, parameters, codes, weight),
            len(start.W),
        )
        problems = problems_of(parameters, classes, codes, seeds, start.W.dtype)
        start = with_average(start, int(parameters.average))
        penalty_ = penalty(parameters.penalty, alpha=parameters.alpha, l1_ratio=parameters.l1_ratio)
        samples = TrainingSet(
            rows=rows_of(X, start.W.dtype, len(start.W), whole=penalty_.has_l1),
            codes=codes,
            weight=weight,
            held_out=held_out,
            sparse=is_sparse(X),
        )
        rule = rule_of(parameters)
        if rule:
            samples.rows.measure()
        averages_shown = self._averages_shown
        lines = VerboseLines() if parameters.verbose else None

        def keep(state: Callable[[], TrainingState]) -> None:
            self.classes_ = classes
            self.n_iter_ = max(len(one.curve) for one in problems)
            self.loss_curve_ = total([one.curve for one in problems])
            self.t_ = start.t + float(self.n_iter_ * X.shape[0])
            self._keep(start, replace(state(), t=self.t_), averages_shown)

        with task(keep) as watch:
            settings = Settings(
                loss=loss_named(parameters.loss, epsilon=parameters.epsilon),
                passive_aggressive=rule,
                penalty=penalty_,
                max_iter=parameters.max_iter,
                fit_intercept=parameters.fit_intercept,
                score=held_out_accuracy(X, samples) if parameters.early_stopping else None,
                report=lines,
                watch=watch,
            )
            end = solve(samples, settings, schedule_of(parameters), problems, start)
            keep(lambda: end)
        if lines:
            lines.close()

    def _keep(self, start: TrainingState, end: TrainingState, averages_shown: bool) -> None:
        """Set `coef_` and `intercept_`, and what `partial_fit` goes on with."""
        dtype = end.W.dtype
        b = end.b.astype(dtype) if len(end.b) > 1 else end.b  # scikit-learn's types
        if not end.average:
            self.coef_, self.intercept_ = end.W, b
            return
        shown = end.average.first <= end.t - 1
        b, mean_b = sgd_quirks.intercepts_with_average(
            start.b, b, end.average.b.astype(dtype), shown_before=averages_shown, shown=shown
        )
        self._averages_shown = shown
        self._standard_coef, self._standard_intercept = end.W, b
        self._average_coef, self._average_intercept = end.average.A, mean_b
        self.coef_, self.intercept_ = (end.average.A, mean_b) if shown else (end.W, b)

    def _last_state(self) -> TrainingState:
        """Return the state in which the last call has ended."""
        if not (self._parameters().average and hasattr(self, "_average_coef")):
            self._averages_shown = False
            return TrainingState(self.t_, self.coef_, self.intercept_)
        average = RunningAverage(1, self._average_coef, self._average_intercept)
        return TrainingState(self.t_, self._standard_coef, self._standard_intercept, average)


def _check_first_call(parameters: Any, classes: object) -> None:
    """Raise a ValueError for what the first `partial_fit` can't do."""
    if parameters.early_stopping:
        raise ValueError("early_stopping should be False with partial_fit")
    if parameters.class_weight == "balanced":
        raise ValueError(
            "class_weight 'balanced' is not supported for partial_fit. In order to use 'balanced'"
            " weights, use compute_class_weight('balanced', classes=classes, y=y). In place of y"
            " you can use a large enough sample of the full training set target to properly"
            " estimate the class frequency distributions. Pass the resulting weights as the"
            " class_weight parameter."
        )
    if classes is None:
        raise ValueError("classes must be passed on the first call to partial_fit.")


def _listed(classes: Any) -> Array:
    """Return the classes of the first `partial_fit` as an array, (n_classes,)."""
    if (
        not (isinstance(classes, Sequence) or hasattr(classes, "__array__"))
        or np.ndim(classes) == 0
    ):
        raise ValueError(f"classes must be a sequence or an array of labels, got {classes!r}")
    return as_labels(classes, "classes")
