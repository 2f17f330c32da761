"""What all classifiers here share: scikit-learn's protocol, and prediction from linear scores.

scikit-learn's tools (`clone`, `Pipeline`, `GridSearchCV`, `cross_val_score`) need no base class,
only a few methods: parameters that can be read and set, and tags that say what an estimator is.
"""

import inspect
from contextlib import contextmanager

import numpy as np

from scratch.exceptions import NotFittedError, native
from scratch.validation.arrays import check_array
from scratch.validation.labels import check_labels
from scratch.validation.parameters import check_parameters
from scratch.validation.weights import check_sample_weight

# Rows that are converted at a time where a table is not of floating point numbers already.
_CHUNK = 4096


class Estimator:
    """Parameters that can be read, set and shown, as scikit-learn's tools expect."""

    @classmethod
    def _parameter_names(cls):
        parameters = inspect.signature(cls.__init__).parameters
        return sorted(name for name in parameters if name != "self")

    def get_params(self, deep=True):
        """Return the constructor's parameters, by name.

        Parameters
        ----------
        deep : bool, default=True
            Accepted for scikit-learn's sake; no parameter here is itself an estimator.

        Returns
        -------
        dict
        """
        return {name: getattr(self, name) for name in self._parameter_names()}

    def set_params(self, **params):
        """Set parameters by name.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If there is no parameter of that name.
        """
        names = self._parameter_names()
        for name, value in params.items():
            if name not in names:
                raise ValueError(
                    f"Invalid parameter {name!r} for estimator {self}. Valid parameters are:"
                    f" {names!r}."
                )
            setattr(self, name, value)
        return self

    def __repr__(self):
        defaults = inspect.signature(type(self).__init__).parameters
        changed = (
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if repr(value) != repr(defaults[name].default)
        )
        return f"{type(self).__name__}({', '.join(changed)})"

    def __sklearn_tags__(self):
        from sklearn.utils import ClassifierTags, InputTags, Tags, TargetTags

        return Tags(
            estimator_type="classifier",
            target_tags=TargetTags(required=True),
            classifier_tags=ClassifierTags(),
            input_tags=InputTags(),
        )


class LinearClassifier(Estimator):
    """A fitted linear classifier: scores ``X Wᵀ + b``, and what follows from them.

    A subclass gives `_constraints` (what its parameters may be), `fit`, and `predict_proba`.
    """

    _constraints: dict

    def decision_function(self, X):
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
        scores = self._scores(self._check_features(X))
        return scores.ravel() if scores.shape[1] == 1 else scores

    def predict(self, X):
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

    def predict_log_proba(self, X):
        """Return the logarithm of `predict_proba`.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        return np.log(self.predict_proba(X))

    def score(self, X, y, sample_weight=None):
        """Return the accuracy: the (weighted) fraction of samples whose label is predicted.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)
        y : array_like of shape (n_samples,)
        sample_weight : array_like of shape (n_samples,), default=None

        Returns
        -------
        float in [0, 1]
        """
        labels = check_labels(y, len(X))
        if isinstance(labels[0], str) != isinstance(self.classes_[0], str):
            raise ValueError(
                f"Mix of label types: y holds labels such as {labels[0]!r}, while the classes that"
                f" were fitted are such as {self.classes_[0]!r}."
            )
        right = self.predict(X) == labels
        if sample_weight is not None:
            sample_weight = check_sample_weight(sample_weight, len(right))
        return float(np.average(right, weights=sample_weight))

    def _scores(self, X):
        """Return ``X Wᵀ + b`` of a checked table, (n_samples, n_outputs)."""
        if X.dtype.kind == "f":
            return X @ self.coef_.T + self.intercept_
        chunks = (X[i : i + _CHUNK] for i in range(0, len(X), _CHUNK))
        dtype = self.coef_.dtype
        return np.concatenate([x.astype(dtype) @ self.coef_.T + self.intercept_ for x in chunks])

    def _check_features(self, X):
        """Check a table to predict from against the one that was fitted."""
        if not hasattr(self, "coef_"):
            raise native(NotFittedError)(
                f"This {type(self).__name__} instance is not fitted yet. Call 'fit' with"
                " appropriate arguments before using this estimator."
            )
        return self._check_table(X, reset=False)

    def _compare_classes(self, classes):
        """Raise a ValueError if classes given to `partial_fit` are not those of the first call."""
        if not np.array_equal(self.classes_, np.unique(classes)):
            raise ValueError(
                f"`classes={classes!r}` is not the same as on last call to partial_fit, was:"
                f" {self.classes_!r}"
            )

    def _check_parameters(self):
        check_parameters(self, self._constraints)

    def _check_table(self, X, *, reset, keep=("float32", "float64", "integer"), **how):
        """Check X; with `reset` remember its width and column names, else compare them."""
        names = _column_names(X)
        name = type(self).__name__
        X = self._check_array(X, keep=keep, owner=name, **how)
        if reset:
            self.n_features_in_ = X.shape[1]
            if names is not None:
                self.feature_names_in_ = names
            elif hasattr(self, "feature_names_in_"):
                del self.feature_names_in_
            return X
        self._compare_names(names)
        if X.shape[1] != self.n_features_in_:
            raise ValueError(
                f"X has {X.shape[1]} features, but {name} is expecting {self.n_features_in_}"
                " features as input"
            )
        return X

    def _check_array(self, X, **how):
        """Return X as `check_array` does; a subclass may let other tables in."""
        return check_array(X, **how)

    def _compare_names(self, names):
        fitted = getattr(self, "feature_names_in_", None)
        if names is None or fitted is None or np.array_equal(names, fitted):
            return
        lines = ["The feature names should match those that were passed during fit."]
        unseen = [n for n in names if n not in set(fitted)]
        missing = [n for n in fitted if n not in set(names)]
        if unseen:
            lines += ["Feature names unseen at fit time:", *(f"- {n}" for n in unseen[:5])]
        if missing:
            lines += ["Feature names seen at fit time, yet now missing:"]
            lines += [f"- {n}" for n in missing[:5]]
        if not unseen and not missing:
            lines += ["Feature names must be in the same order as they were in fit."]
        raise ValueError("\n".join(lines) + "\n")


@contextmanager
def kept_on_failure(estimator):
    """Put an estimator's attributes back as they were, if the block that follows raises."""
    before = dict(vars(estimator))
    try:
        yield
    except BaseException:
        vars(estimator).clear()
        vars(estimator).update(before)
        raise


def _column_names(X):
    """Return the column names of a data frame if all are strings, (n_features,); else None."""
    columns = getattr(X, "columns", None)
    if columns is None:
        return None
    names = np.asarray(columns, dtype=object)
    return names if all(isinstance(name, str) for name in names) else None
