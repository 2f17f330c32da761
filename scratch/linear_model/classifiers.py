"""`LogisticClassifier` and `SoftmaxClassifier`: one mini-batch solver, two losses."""

import numpy as np
from numpy.typing import ArrayLike

from scratch import losses
from scratch.linear_model.mini_batch_classifier import MiniBatchClassifier
from scratch.typing import Floats


class LogisticClassifier(MiniBatchClassifier):
    """Logistic regression trained by mini-batch SGD.

    Minimises the mean binary cross-entropy of ``sigmoid(w·x + b)`` plus a penalty on the weights.
    Several classes are told apart one-vs-rest: one such problem a class, all solved in one loop;
    the objective is their sum.

    The parameters are those of its constructor, whose documentation has them.

    Attributes
    ----------
    coef_ : ndarray of shape (1, n_features) for two classes, else (n_classes, n_features)
        The weights.
    intercept_ : ndarray of shape (1,) or (n_classes,)
        The intercepts.
    classes_ : ndarray of shape (n_classes,)
        The labels, sorted.
    n_features_in_ : int
        Width of the table seen in `fit`.
    feature_names_in_ : ndarray of shape (n_features,)
        Its column names, if it had names that are all strings.
    n_iter_ : int
        Epochs of the last `fit`; calls of `partial_fit` count as one each.
    loss_curve_ : list of float
        The objective, loss plus penalty, of each epoch: the mean of the samples' losses, each
        before the step that it took part in, plus the penalty before the last step. These are
        the running weights, also where ``coef_`` is a mean of them.
    validation_scores_ : list of float or None
        With ``early_stopping``, the accuracy on the samples held out after each epoch.

    See Also
    --------
    SoftmaxClassifier : One distribution over all classes, for several classes the better choice.
    SGDClassifier : One sample a step, with scikit-learn's bits.

    Notes
    -----
    With ``batch_size=1, momentum=0, shuffle=False`` and one of scikit-learn's schedules the steps
    are those of scikit-learn's ``SGDClassifier(loss="log_loss")``. So is their ``average``, except
    with L1: there scikit-learn 1.9 adds each L1 step in full to the running mean too, which drifts
    away.

    X may be a sparse matrix, as text gives it. A step then reads the numbers that are not 0, but
    still moves all weights: penalty, momentum and mean know no zeros. With 20 classes and 100,000
    words that takes some ten milliseconds, however small the batch is. So few steps are cheap:
    ``batch_size=1024, max_iter=20, tol=None``, float32, and ``alpha=1e-6``, since 1e-4 is too
    strong for text. (Steps could be made up for later, exactly, where a word comes again. That is
    left out: it gains nothing with large batches, and cannot be done with L1.) "auto" scales sparse
    features and doesn't centre them.

    References
    ----------
    C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, section 4.3.2.

    Examples
    --------
    >>> from scratch.datasets import load_digits
    >>> X, y = load_digits()
    >>> model = LogisticClassifier(random_state=0).fit(X / 16, y == "5")
    >>> model.score(X / 16, y == "5") > 0.99
    True
    """

    _loss = losses.BinaryCrossEntropy()

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Return the probabilities of the classes: sigmoids of the scores.

        With more than two classes they are divided by their sum.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
            In [0, 1]; rows sum to 1.
        """
        scores = self.decision_function(X)
        if scores.ndim == 1:
            return np.column_stack([losses.sigmoid(-scores), losses.sigmoid(scores)])
        # The normalised sigmoids are a softmax of log σ(z), which no row of scores can underflow.
        return losses.softmax(-np.logaddexp(0, -scores))

    def predict_log_proba(self, X: ArrayLike) -> Floats:
        """Return the logarithm of `predict_proba`, exact also where that rounds to 0 or 1.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        scores = self.decision_function(X)
        if scores.ndim == 1:
            return -np.logaddexp(0, np.column_stack([scores, -scores]))
        return losses.log_softmax(-np.logaddexp(0, -scores))


class SoftmaxClassifier(MiniBatchClassifier):
    """Softmax (multinomial logistic) regression trained by mini-batch SGD.

    Minimises the mean cross-entropy of ``softmax(W x + b)`` plus a penalty on the weights.

    The parameters are those of its constructor, whose documentation has them.

    Attributes
    ----------
    coef_ : ndarray of shape (n_classes, n_features)
        The weights, also for two classes one row each.
    intercept_ : ndarray of shape (n_classes,)
        The intercepts.
    classes_ : ndarray of shape (n_classes,)
        The labels, sorted.
    n_features_in_ : int
        Width of the table seen in `fit`.
    feature_names_in_ : ndarray of shape (n_features,)
        Its column names, if it had names that are all strings.
    n_iter_ : int
        Epochs of the last `fit`; calls of `partial_fit` count as one each.
    loss_curve_ : list of float
        The objective, loss plus penalty, of each epoch: the mean of the samples' losses, each
        before the step that it took part in, plus the penalty before the last step. These are
        the running weights, also where ``coef_`` is a mean of them.
    validation_scores_ : list of float or None
        With ``early_stopping``, the accuracy on the samples held out after each epoch.

    See Also
    --------
    LogisticClassifier : Binary cross-entropy; several classes one-vs-rest.

    Notes
    -----
    Targets may be probabilities: ``fit(X, Y)`` with rows Y that sum to 1 (soft labels, as from
    several annotators or another model). Then ``classes_`` is 0, …, n_classes - 1.

    With two classes only the difference of the two rows of weights matters. The L2 penalty shares
    it equally between them, and their squares sum to half of its square. So ``alpha`` here is
    ``alpha / 2`` in `LogisticClassifier`, or ``2 / (n_samples · C)``. The L1 penalty is the same.

    X may be a sparse matrix, as text gives it. A step then reads the numbers that are not 0, but
    still moves all weights: penalty, momentum and mean know no zeros. With 20 classes and 100,000
    words that takes some ten milliseconds, however small the batch is. So few steps are cheap:
    ``batch_size=1024, max_iter=20, tol=None``, float32, and ``alpha=1e-6``, since 1e-4 is too
    strong for text. (Steps could be made up for later, exactly, where a word comes again. That is
    left out: it gains nothing with large batches, and cannot be done with L1.) "auto" scales sparse
    features and doesn't centre them.

    References
    ----------
    C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, section 4.3.4.

    Examples
    --------
    >>> from scratch.datasets import load_digits
    >>> X, y = load_digits()
    >>> model = SoftmaxClassifier(random_state=0).fit(X / 16, y)
    >>> model.score(X / 16, y) > 0.97
    True
    """

    _loss = losses.CrossEntropy()
    _soft_labels = True

    def decision_function(self, X: ArrayLike) -> Floats:
        """Return the scores of the samples, ``X Wᵀ + b``.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) for two classes, else (n_samples, n_classes)
            For two classes the second one's score less the first one's.
        """
        scores = self._scores_of(X)
        return scores[:, 1] - scores[:, 0] if scores.shape[1] == 2 else scores

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Return the probabilities of the classes, ``softmax(X Wᵀ + b)``.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
            In [0, 1]; rows sum to 1.
        """
        return losses.softmax(self._scores_of(X))

    def predict_log_proba(self, X: ArrayLike) -> Floats:
        """Return the logarithm of `predict_proba`, exact also where that rounds to 0 or 1.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        return losses.log_softmax(self._scores_of(X))
