"""`SGDClassifier`: scikit-learn's, with its parameters, its defaults and its bits."""

import warnings
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import ConvergenceWarning, native
from scratch.linear_model.callbacks import fit_task
from scratch.linear_model.estimator import LinearClassifier, kept_on_failure
from scratch.linear_model.one_vs_rest import (
    draw,
    first_state,
    held_out_accuracy,
    print_epoch,
    problems_of,
    schedule_of,
    sigmoid,
    total,
    with_average,
)
from scratch.solvers.penalties import penalty
from scratch.solvers.sequential.lockstep import solve
from scratch.solvers.sequential.rows import rows_of
from scratch.solvers.sequential.state import Settings, TrainingSet, TrainingState
from scratch.solvers.watch import Watch
from scratch.typing import Array, Floats, Ints, RandomState
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels, codes_of
from scratch.validation.parameters import (
    any_of,
    boolean,
    check_parameters,
    integer,
    mapping,
    one_of,
    random_source,
    real,
)
from scratch.validation.sparse import check_csr, is_sparse
from scratch.validation.weights import as_weights

_NOT_CONVERGED = (
    "Maximum number of iteration reached before convergence. Consider increasing max_iter to"
    " improve the fit."
)
_NEGATIVE_POWER = (
    "Negative values for `power_t` are deprecated in scikit-learn 1.8 and will raise an error in"
    " 1.10. Use values in the range [0.0, inf) instead."
)


class SGDClassifier(LinearClassifier):
    r"""Logistic regression: scikit-learn's ``SGDClassifier(loss="log_loss")``, and no other loss.

    scikit-learn's default loss is "hinge", a support vector machine. Here "log_loss" is the default
    and the only loss: a program that relies on the default gets another model.

    Training takes one sample an update. It minimises, for each class against the rest, with
    targets :math:`y_i \in \{0, 1\}`,

    .. math:: \frac1n \sum_i v_i \, \ell(w \cdot x_i + b, y_i)
              + \alpha \left( \frac{1 - r}2 \|w\|_2^2 + r \|w\|_1 \right),
              \qquad \ell(z, y) = \log(1 + e^z) - y z

    in the way of scikit-learn 1.9. With the same parameters, input and ``random_state`` the results
    are the same to the bit. This holds on processors and builds where the compiled code neither
    fuses its multiplications with its additions, nor takes exp from another library than Python
    does. `scratch.solvers.sequential` says how.

    Parameters
    ----------
    loss : {"log_loss"}, default="log_loss"
        The log loss, and no other.
    penalty : {"l2", "l1", "elasticnet", None}, default="l2"
        The second term above: "l2" is r = 0, "l1" is r = 1; None leaves it out.
    alpha : float, default=0.0001
        Strength of the penalty, ≥ 0; > 0 for ``learning_rate="optimal"``, whose steps follow from
        it.
    l1_ratio : float or None, default=0.15
        r of "elasticnet", in [0, 1].
    fit_intercept : bool, default=True
        Whether to learn the intercepts; else they are 0.
    max_iter : int, default=1000
        Most epochs of `fit`; `partial_fit` always takes one.
    tol : float or None, default=1e-3
        Training ends when the objective of an epoch (with `early_stopping` the score) has not been
        better than the best so far by `tol` for `n_iter_no_change` epochs in a row. None: never.
    shuffle : bool, default=True
        Whether the samples are put into another order before each epoch.
    verbose : int, default=0
        If not 0, one line an epoch and class is printed.
    epsilon : float, default=0.1
        For scikit-learn's sake; the log loss does not use it.
    n_jobs : int or None, default=None
        For scikit-learn's sake; the classes are trained together in one thread.
    random_state : int, RandomState or None, default=None
        What draws the orders and the hold-out.
    learning_rate : {"optimal", "constant", "invscaling", "adaptive"}, default="optimal"
        The step of update t: ``1 / (alpha (t0 + t - 1))`` with ``alpha^(-1/4)`` as the first one;
        ``eta0``; ``eta0 / t^power_t``; and ``eta0``, divided by 5 where training would end, until
        it is 1e-6 or less. See `scratch.solvers.schedules`.
    eta0 : float, default=0.01
        Initial step of the schedules other than "optimal", > 0.
    power_t : float, default=0.5
        Exponent of "invscaling".
    early_stopping : bool, default=False
        Whether to stop on the accuracy on samples that are held out of training.
    validation_fraction : float, default=0.1
        Fraction held out, in (0, 1), the same in each class.
    n_iter_no_change : int, default=5
        See `tol`.
    class_weight : dict {label: weight}, "balanced" or None, default=None
        Factors of the classes' samples. One-vs-rest gives the rest the factor 1.
    warm_start : bool, default=False
        Whether `fit` begins at the weights of the last `fit`.
    average : bool or int, default=False
        Whether `coef_` is the average of the weights over all updates; an int > 1: over those from
        this update on.

    Attributes
    ----------
    coef_ : ndarray of shape (1, n_features) for two classes, else (n_classes, n_features)
        float32 if X was, else float64.
    intercept_ : ndarray of shape (1,) or (n_classes,)
    classes_ : ndarray of shape (n_classes,)
        The labels, sorted.
    n_iter_ : int
        Epochs, of the class that took most.
    t_ : float
        1 + the number of updates: ``n_iter_ * n_samples + 1`` after `fit`.
    loss_curve_ : ndarray of shape (n_epochs,)
        The objective in each epoch, each sample's loss (without its weight) and the penalty taken
        before its update; summed over the classes of one-vs-rest, in which a class that has
        stopped keeps its last value. After `partial_fit`: that of the last call alone.
    n_features_in_ : int
    feature_names_in_ : ndarray of shape (n_features,)
        If X had column names.

    Notes
    -----
    Where scikit-learn 1.9.1 errs and what happens here:

    - ``early_stopping`` with the log loss compares the classes −1 and 1 with the labels 0 and 1, so
      that no held-out sample of the rest ever counts as right, and it uses the weights without
      their scale. Here the score is the accuracy, so training may end in another epoch: on the
      standardised small digits after 12.7 instead of 7.7 (mean of ten seeds). The weights after a
      given number of epochs are equal.
    - ``partial_fit`` with ``average`` loses track of the intercept that is not averaged from the
      second call on. The same happens here; what `partial_fit` continues is otherwise unclear.
    - The array given as ``coef_init`` is overwritten there, not here.
    - Negative sample weights, which would climb the loss, are taken there and refused here.

    The objective that `tol` watches is summed in another order there, and its penalty is a float32
    where X is. So its last digits differ, and for float32 all after the sixth may. Where `tol` is
    as small as these digits, training may end in another epoch.

    X may be a sparse matrix of any format; it is converted to CSR, and never made dense. As in
    scikit-learn, training on it is another algorithm than on the same numbers in an array: the
    intercept's steps are a hundredth as large, an L1 penalty touches the features of the step's
    sample alone, and the norms in the objective are those of these features.

    A weight is a factor on the step of its sample, there as here: a sample of weight 2 is one step
    of twice the size, not two steps. So scikit-learn's check that the two are the same
    (``check_sample_weight_equivalence``) must fail for both estimators.

    The sum that forms the averaged weights is taken by OpenBLAS there. Its roundings are known for
    x86-64 processors and for one thread, which it uses below 10,000 features.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[-1, -1], [-2, -1], [1, 1], [2, 1]])
    >>> SGDClassifier(random_state=0).fit(X, ["a", "a", "b", "b"]).predict([[3, 1]]).tolist()
    ['b']
    """

    _constraints: ClassVar = {
        "loss": one_of("log_loss"),
        "penalty": one_of("l2", "l1", "elasticnet", None),
        "alpha": real(0, None, closed="left"),
        "l1_ratio": any_of(real(0, 1), one_of(None)),
        "fit_intercept": boolean,
        "max_iter": integer(1),
        "tol": any_of(real(0, None, closed="left"), one_of(None)),
        "shuffle": boolean,
        "verbose": any_of(integer(0), boolean),
        "epsilon": real(0, None, closed="left"),
        "n_jobs": any_of(integer(), one_of(None)),
        "random_state": random_source,
        "learning_rate": one_of("constant", "optimal", "invscaling", "adaptive", "pa1", "pa2"),
        "eta0": real(0, None, closed="neither"),
        "power_t": real(None, None, closed="neither"),
        "early_stopping": boolean,
        "validation_fraction": real(0, 1, closed="neither"),
        "n_iter_no_change": integer(1),
        "class_weight": any_of(one_of("balanced", None), mapping),
        "warm_start": boolean,
        "average": any_of(integer(1), boolean),
    }

    def __init__(
        self,
        loss: str = "log_loss",
        *,
        penalty: str | None = "l2",
        alpha: float = 0.0001,
        l1_ratio: float | None = 0.15,
        fit_intercept: bool = True,
        max_iter: int = 1000,
        tol: float | None = 1e-3,
        shuffle: bool = True,
        verbose: int = 0,
        epsilon: float = 0.1,
        n_jobs: int | None = None,
        random_state: RandomState | None = None,
        learning_rate: str = "optimal",
        eta0: float = 0.01,
        power_t: float = 0.5,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int = 5,
        class_weight: Mapping[Any, float] | str | None = None,
        warm_start: bool = False,
        average: bool | int = False,
    ) -> None:
        self.loss = loss
        self.penalty = penalty
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.fit_intercept = fit_intercept
        self.max_iter = max_iter
        self.tol = tol
        self.shuffle = shuffle
        self.verbose = verbose
        self.epsilon = epsilon
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.learning_rate = learning_rate
        self.eta0 = eta0
        self.power_t = power_t
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.class_weight = class_weight
        self.warm_start = warm_start
        self.average = average

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
            Numbers that a sparse matrix holds in one place are added up first. scikit-learn takes
            them one after the other, which leads to slightly different weights.
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
                known, _ = encode_labels(as_labels(classes, "classes"))
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

    def predict_proba(self, X: Any) -> Floats:
        """Probabilities of the classes: σ of the scores.

        With more than two classes they are divided by their sum, or all equal where each is 0.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)

        References
        ----------
        B. Zadrozny and C. Elkan, "Transforming classifier scores into accurate multiclass
        probability estimates", KDD 2002.
        """
        p = sigmoid(self.decision_function(X))
        if p.ndim == 1:
            return np.stack([1 - p, p], axis=1)
        sums = p.sum(axis=1, keepdims=True)  # (n_samples, 1)
        p[sums[:, 0] == 0] = 1
        return p / np.where(sums == 0, p.shape[1], sums).astype(p.dtype)

    def _check_array(self, X: Any, **how: Any) -> Any:
        """Return X as an array, or as a CSR matrix if it is sparse."""
        if is_sparse(X):
            return check_csr(X, owner=how["owner"])
        return super()._check_array(X, **how)

    def _scores(self, X: Any) -> Floats:
        """Return ``X Wᵀ + b`` of a checked table, (n_samples, n_outputs)."""
        products = X @ self.coef_.T
        return (products.toarray() if is_sparse(products) else products) + self.intercept_

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def _parameters(self) -> Any:
        """Return the parameters, after checks of each by itself and of those that belong together.

        Raises
        ------
        ValueError
            For the first that is not as it should be.
        """
        parameters = check_parameters(self, self._constraints)
        if parameters.learning_rate in ("pa1", "pa2"):
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
        weight = as_weights(sample_weight, dtype=start.W.dtype, X=X)
        if weight is None:
            weight = np.ones(X.shape[0], start.W.dtype)
        held_out, seeds = draw(parameters, codes, weight, len(start.W))
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
        averages_shown = self._averages_shown

        def keep(state: Callable[[], TrainingState]) -> None:
            self.classes_ = classes
            self.n_iter_ = max(len(one.curve) for one in problems)
            self.loss_curve_ = total([one.curve for one in problems])
            self.t_ = start.t + float(self.n_iter_ * X.shape[0])
            self._keep(start, replace(state(), t=self.t_), averages_shown)

        with task(keep) as watch:
            settings = Settings(
                penalty=penalty_,
                max_iter=parameters.max_iter,
                fit_intercept=parameters.fit_intercept,
                score=held_out_accuracy(X, samples) if parameters.early_stopping else None,
                report=print_epoch if parameters.verbose else None,
                watch=watch,
            )
            end = solve(samples, settings, schedule_of(parameters), problems, start)
            keep(lambda: end)

    def _keep(self, start: TrainingState, end: TrainingState, averages_shown: bool) -> None:
        """Set `coef_` and `intercept_`, and the state from which `partial_fit` continues.

        It does as scikit-learn, which keeps intercepts of several classes in the type of `coef_`,
        and which, once it has shown the averages, loses the intercept that is not averaged.
        """
        if len(end.b) > 1:
            end.b = end.b.astype(end.W.dtype)
        self.coef_, self.intercept_ = end.W, end.b
        if not end.average:
            return
        end.average.b = end.average.b.astype(end.W.dtype)
        if averages_shown and len(end.b) > 1:
            end.average.b = end.b
        self._averages_shown = end.average.first <= end.t - 1
        if self._averages_shown:
            self.coef_, self.intercept_ = end.average.A, end.average.b
            if averages_shown or len(end.b) == 1:
                end.b = start.b
        self._state = end

    def _last_state(self) -> TrainingState:
        """Return the state in which the last call has ended."""
        if self.average and hasattr(self, "_state"):
            return self._state
        self._averages_shown = False
        return TrainingState(self.t_, self.coef_, self.intercept_)


def _check_first_call(parameters: Any, classes: object) -> None:
    """Raise a ValueError for what the first `partial_fit` can't do."""
    if parameters.early_stopping:
        raise ValueError("early_stopping should be False with partial_fit")
    if parameters.class_weight == "balanced":
        raise ValueError(
            "class_weight 'balanced' is not supported for partial_fit: the frequencies of the"
            " classes are not known yet. Pass the weights as a dict."
        )
    if classes is None:
        raise ValueError("classes must be passed on the first call to partial_fit.")
