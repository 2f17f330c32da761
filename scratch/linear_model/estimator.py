"""What all classifiers here share: checks of their input, and prediction from linear scores."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import NotFittedError
from scratch.like_sklearn import feature_names
from scratch.like_sklearn.classifier_like_sklearn import ClassifierLikeSklearn
from scratch.like_sklearn.native import native
from scratch.typing import Array, Floats
from scratch.validation.arrays import check_array, check_finite
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels, check_same_kind
from scratch.validation.parameters import Constraint, check_parameters, check_random_state
from scratch.validation.sparse import check_csr, is_sparse
from scratch.validation.weights import as_weights


class LinearClassifier(ClassifierLikeSklearn):
    """A fitted linear classifier: scores ``X Wᵀ + b``, and predictions from them.

    A subclass gives `_constraints` (the values that its parameters may have), `_scores`, `fit`, and
    `predict_proba`.
    """

    _constraints: ClassVar[Mapping[str, Constraint]]

    # set by `fit`
    classes_: Array  # (n_classes,)
    coef_: Any  # (n_outputs, n_features), after `sparsify` a sparse matrix
    intercept_: Floats  # (n_outputs,)
    n_features_in_: int
    n_iter_: int

    predict_proba: Callable[..., Floats]
    _scores: Callable[[Any], Floats]  # ``X Wᵀ + b`` of a checked table, (n_samples, n_outputs)

    def decision_function(self, X: ArrayLike) -> Floats:
        """Return the scores of the samples, ``X Wᵀ + b``.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) for two classes, else (n_samples, n_classes)
            With two classes the score of ``classes_[1]``: that class is predicted where it is
            positive.

        Raises
        ------
        NotFittedError
            If `fit` or `partial_fit` was not called before.
        ValueError
            If X is no finite numeric table with the number of features seen in `fit`.
        """
        scores = self._scores_of(X)
        return scores.ravel() if scores.shape[1] == 1 else scores

    def predict(self, X: ArrayLike) -> Array:
        """Return the class with the highest score, for each sample.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,), of labels as in `classes_`
        """
        scores = self.decision_function(X)
        winners = (scores > 0).astype(np.intp) if scores.ndim == 1 else scores.argmax(axis=1)
        return self.classes_[winners]

    def score(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """Return the accuracy: the (weighted) fraction of samples that are predicted right.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)
        y : array_like of shape (n_samples,)
        sample_weight : array_like of shape (n_samples,), default=None

        Returns
        -------
        float in [0, 1]
        """
        predicted = self.predict(X)
        labels = as_labels(y, n_samples=len(predicted))
        check_same_kind(y=labels, classes_=self.classes_)
        weight = as_weights(sample_weight, dtype=np.float64, X=predicted)
        return float(np.average(predicted == labels, weights=weight))

    def sparsify(self) -> Self:
        """Make `coef_` a sparse matrix, which takes less memory where most weights are 0.

        Predictions stay the same. It needs SciPy.

        Returns
        -------
        self

        Raises
        ------
        NotFittedError
            If there are no weights yet.
        """
        from scipy.sparse import csr_matrix

        self._check_fitted()
        self.coef_ = csr_matrix(self.coef_)
        return self

    def densify(self) -> Self:
        """Make `coef_` an array again, after `sparsify`.

        Returns
        -------
        self

        Raises
        ------
        NotFittedError
            If there are no weights yet.
        """
        self._check_fitted()
        self.coef_ = self._dense_coef()
        return self

    def _dense_coef(self) -> Floats:
        return self.coef_.toarray() if hasattr(self.coef_, "toarray") else self.coef_

    def _scores_of(self, X: ArrayLike) -> Floats:
        """Return the scores of a table that has not been checked yet, (n_samples, n_outputs).

        NaN and infinity in X lead to scores that are not finite; so X itself is looked through only
        where there are such scores.
        """
        X = self._check_features(X)
        with np.errstate(over="ignore", invalid="ignore"):
            scores = self._scores(X)
        finite = np.isfinite(scores).all()
        dense = isinstance(self.coef_, np.ndarray)  # a sparse product leaves out 0 · inf
        if not (dense and finite):
            check_finite(X, "X", type(self).__name__)
        return scores if finite else self._mend(scores, X)

    def _mend(self, scores: Floats, X: Array) -> Floats:
        """Return the scores of a finite table, of which some may have overflowed."""
        return scores

    def _check_features(self, X: ArrayLike) -> Array:
        """Check a table to predict from against the one that was fitted."""
        self._check_fitted()
        return self._check_table(X, reset=False, finite=False)

    def _check_fitted(self) -> None:
        if not hasattr(self, "coef_"):
            raise native(NotFittedError)(
                f"This {type(self).__name__} instance is not fitted yet. Call 'fit' with"
                " appropriate arguments before using this estimator."
            )

    def _compare_classes(self, classes: ArrayLike) -> None:
        """Raise a ValueError if classes given to `partial_fit` are not those of the first call."""
        if not np.array_equal(self.classes_, encode_labels(as_labels(classes, "classes"))[0]):
            raise ValueError(
                f"`classes={classes!r}` is not the same as on last call to partial_fit, was:"
                f" {self.classes_!r}"
            )

    def _check_parameters(self) -> Any:
        """Return the parameters as Python objects, by name, or raise for one that is no good."""
        return check_parameters(self, self._constraints)

    def _check_table(
        self,
        X: Any,
        *,
        reset: bool,
        keep: Sequence[str] = ("float32", "float64", "integer"),
        **how: Any,
    ) -> Any:
        """Check X; with `reset` remember its width and column names, else compare them."""
        names = feature_names.column_names(X)
        name = type(self).__name__
        if is_sparse(X):  # its rows are in order, and few numbers are soon looked through
            X = check_csr(X, keep=keep, owner=name)
        else:
            X = check_array(X, keep=keep, owner=name, **how)
        if reset:
            self.n_features_in_ = X.shape[1]
            feature_names.remember(self, names)
            return X
        feature_names.compare(self, names)
        if X.shape[1] != self.n_features_in_:
            raise ValueError(
                f"X has {X.shape[1]} features, but {name} is expecting {self.n_features_in_}"
                " features as input"
            )
        return X


@contextmanager
def kept_on_failure(estimator: Any) -> Iterator[None]:
    """Put an estimator back as it was if the block that follows raises, or is interrupted.

    This holds for its attributes, and for the state of the generators among them. NumPy's global
    generator is not set back: other threads draw from it too. (What else the attributes hold must
    not be changed in place.)
    """
    before = dict(vars(estimator))
    states = [
        (value, value.get_state(legacy=False))
        for value in before.values()
        if isinstance(value, np.random.RandomState) and value is not check_random_state(None)
    ]
    try:
        yield
    except BaseException:
        vars(estimator).clear()
        vars(estimator).update(before)
        for generator, state in states:
            generator.set_state(state)
        raise
