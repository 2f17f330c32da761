"""`LogisticClassifier` and `SoftmaxClassifier`: one mini-batch solver, two losses."""

import numpy as np
from numpy.typing import ArrayLike

from scratch import losses
from scratch.linear_model.minibatch import MiniBatchClassifier
from scratch.solvers.minibatch import first_step
from scratch.typing import Floats, Ints


class LogisticClassifier(MiniBatchClassifier):
    """Logistic regression trained by mini-batch SGD.

    Minimises the mean binary cross-entropy of ``sigmoid(w·x + b)`` plus a penalty on the weights.
    Several classes are told apart one-vs-rest: one such problem a class, all solved in one loop;
    the objective is their sum.

    Parameters
    ----------
    penalty : {"l2", "l1", "elasticnet", None}, default="l2"
        What is added to the mean loss: ``alpha`` times ``½ Σ W²``, ``Σ |W|``, or the mixture
        ``(1 - l1_ratio)/2 Σ W² + l1_ratio Σ |W|``. The intercept is not penalised.
    alpha : float in [0, inf), default=1e-4
        Strength of the penalty. For two classes scikit-learn's ``LogisticRegression(C=C)``
        minimises the same objective with ``alpha = 1 / (n_samples · C)``.
    l1_ratio : float in [0, 1], default=0.15
        Share of L1 in the elastic net.
    fit_intercept : bool, default=True
        Whether to learn the intercepts; else they are 0.
    batch_size : int >= 1 or "full", default=128
        Samples per step; "full" takes all samples each time, in their order (gradient descent).
    momentum : float in [0, 1), default=0.9
        Share of the last step that the next one keeps; 0 is plain SGD.
    nesterov : bool, default=False
        Nesterov's variant of momentum.
    average : bool or int, default=False
        True gives the mean of the weights over all steps (Polyak and Ruppert) instead of the last
        ones; an int starts averaging after that many samples have been seen. False leaves it to
        ``learning_rate``: all but "auto" give the last weights.
    learning_rate : {"auto", "constant", "optimal", "invscaling", "adaptive"}, default="auto"
        Step size η of update t. "auto" needs no tuning: centre, scale and step follow from 512
        samples (see `scratch.solvers.minibatch.first_step`), so features need no scaling. The step
        follows the loss and falls linearly to 0 over the run. What comes out is a mean of the
        weights, unless ``average`` asks for another: of all updates, where update t counts as t²,
        and after six epochs an exponential mean with a memory of two epochs. With an L1 penalty,
        whose zeros a mean would lose, the last weights come out. "auto" can't help where batches
        of a few samples or runs of a few hundred updates are too short for the optimum, or where
        outliers are many hundred times as large as the rest: scale those, or raise ``max_iter``.
        `partial_fit`, which knows no end, lets the step fall as ``1 / sqrt(1 + t/300)``, and its
        mean forgets nothing. The others are scikit-learn's: ``eta0``;
        ``1 / (alpha (t0 + t - 1))``; ``eta0 / t^power_t``; and ``eta0``, divided by 5 whenever
        training has stalled.
    eta0 : float in (0, inf), default=0.01
        Initial step size of "constant", "invscaling" and "adaptive".
    power_t : float, default=0.5
        Exponent of "invscaling".
    max_iter : int >= 1, default=100
        The most epochs that `fit` makes.
    tol : float in [0, inf) or None, default=1e-3
        Training has stalled when the objective (with ``early_stopping``: the accuracy on the
        samples held out) was not better than the best by ``tol`` for ``n_iter_no_change`` epochs
        in a row; then it ends ("auto": after as many epochs again, in which the step falls to 0;
        and it asks for a little more than ``tol``, what the noise of the batches may bring). None
        makes all ``max_iter`` epochs.
    n_iter_no_change : int >= 1, default=5
        See ``tol``. "auto" takes more where few batches make an epoch: at least 500 updates. With
        fewer than some 640 samples and the other defaults, ``max_iter`` therefore comes first.
    early_stopping : bool, default=False
        Hold samples out, stop by their accuracy, and keep the weights that scored best on them.
    validation_fraction : float in (0, 1), default=0.1
        Share of the samples to hold out, of each class alike.
    class_weight : dict {label: weight}, "balanced" or None, default=None
        Factor on the weights of a class's samples; "balanced" gives all classes the same total.
    shuffle : bool, default=True
        Whether to take the samples in a new random order in every epoch.
    warm_start : bool, default=False
        Whether `fit` starts from the weights of the last `fit` instead of zeros.
    random_state : int, RandomState or None, default=None
        Source of the random order and of the samples held out. The same int, the same bits.
    verbose : bool or int, default=False
        Whether to print a line an epoch: its number, the objective, the seconds it took.

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

    _residual = staticmethod(losses.sigmoid_residual)

    @staticmethod
    def _positive(n_classes: int) -> Ints:
        return np.arange(n_classes) if n_classes > 2 else np.array([1])

    @staticmethod
    def _loss(n_outputs: int) -> first_step.Loss:
        return first_step.Loss(curvature=1 / 4, blind=1 / 2, entropy=_binary_entropies)

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

    Parameters
    ----------
    penalty : {"l2", "l1", "elasticnet", None}, default="l2"
        What is added to the mean loss: ``alpha`` times ``½ Σ W²``, ``Σ |W|``, or the mixture
        ``(1 - l1_ratio)/2 Σ W² + l1_ratio Σ |W|``. The intercept is not penalised.
    alpha : float in [0, inf), default=1e-4
        Strength of the penalty. scikit-learn's ``LogisticRegression(C=C)`` minimises the same
        objective with ``alpha = 1 / (n_samples · C)``; for two classes see the notes.
    l1_ratio : float in [0, 1], default=0.15
        Share of L1 in the elastic net.
    fit_intercept : bool, default=True
        Whether to learn the intercepts; else they are 0.
    batch_size : int >= 1 or "full", default=128
        Samples per step; "full" takes all samples each time, in their order (gradient descent).
    momentum : float in [0, 1), default=0.9
        Share of the last step that the next one keeps; 0 is plain SGD.
    nesterov : bool, default=False
        Nesterov's variant of momentum.
    average : bool or int, default=False
        True gives the mean of the weights over all steps (Polyak and Ruppert) instead of the last
        ones; an int starts averaging after that many samples have been seen. False leaves it to
        ``learning_rate``: all but "auto" give the last weights.
    learning_rate : {"auto", "constant", "optimal", "invscaling", "adaptive"}, default="auto"
        Step size η of update t. "auto" needs no tuning: centre, scale and step follow from 512
        samples (see `scratch.solvers.minibatch.first_step`), so features need no scaling. The step
        follows the loss and falls linearly to 0 over the run. What comes out is a mean of the
        weights, unless ``average`` asks for another: of all updates, where update t counts as t²,
        and after six epochs an exponential mean with a memory of two epochs. With an L1 penalty,
        whose zeros a mean would lose, the last weights come out. "auto" can't help where batches
        of a few samples or runs of a few hundred updates are too short for the optimum, or where
        outliers are many hundred times as large as the rest: scale those, or raise ``max_iter``.
        `partial_fit`, which knows no end, lets the step fall as ``1 / sqrt(1 + t/300)``, and its
        mean forgets nothing. The others are scikit-learn's: ``eta0``;
        ``1 / (alpha (t0 + t - 1))``; ``eta0 / t^power_t``; and ``eta0``, divided by 5 whenever
        training has stalled.
    eta0 : float in (0, inf), default=0.01
        Initial step size of "constant", "invscaling" and "adaptive".
    power_t : float, default=0.5
        Exponent of "invscaling".
    max_iter : int >= 1, default=100
        The most epochs that `fit` makes.
    tol : float in [0, inf) or None, default=1e-3
        Training has stalled when the objective (with ``early_stopping``: the accuracy on the
        samples held out) was not better than the best by ``tol`` for ``n_iter_no_change`` epochs
        in a row; then it ends ("auto": after as many epochs again, in which the step falls to 0;
        and it asks for a little more than ``tol``, what the noise of the batches may bring). None
        makes all ``max_iter`` epochs.
    n_iter_no_change : int >= 1, default=5
        See ``tol``. "auto" takes more where few batches make an epoch: at least 500 updates. With
        fewer than some 640 samples and the other defaults, ``max_iter`` therefore comes first.
    early_stopping : bool, default=False
        Hold samples out, stop by their accuracy, and keep the weights that scored best on them.
    validation_fraction : float in (0, 1), default=0.1
        Share of the samples to hold out, of each class alike.
    class_weight : dict {label: weight}, "balanced" or None, default=None
        Factor on the weights of a class's samples; "balanced" gives all classes the same total.
    shuffle : bool, default=True
        Whether to take the samples in a new random order in every epoch.
    warm_start : bool, default=False
        Whether `fit` starts from the weights of the last `fit` instead of zeros.
    random_state : int, RandomState or None, default=None
        Source of the random order and of the samples held out. The same int, the same bits.
    verbose : bool or int, default=False
        Whether to print a line an epoch: its number, the objective, the seconds it took.

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

    _residual = staticmethod(losses.softmax_residual)
    _soft_labels = True

    @staticmethod
    def _positive(n_classes: int) -> Ints:
        return np.arange(n_classes)

    @staticmethod
    def _loss(n_outputs: int) -> first_step.Loss:
        return first_step.Loss(1 / np.sqrt(2 * n_outputs), blind=1 / n_outputs, entropy=_entropy)

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


def _entropy(p: Floats) -> float:
    """Return the entropy of probabilities (n,) that are not 0 and sum to 1."""
    return -float(p @ np.log(p))


def _binary_entropies(p: Floats) -> float:
    """Return the sum of the entropies of p and 1 - p, for probabilities (n,) inside (0, 1)."""
    return _entropy(p) + _entropy(1 - p)
