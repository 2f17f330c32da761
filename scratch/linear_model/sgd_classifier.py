"""`SGDClassifier`: scikit-learn's, with its parameters, its defaults and its bits."""

import math
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from scratch.like_sklearn.available_if import available_if
from scratch.linear_model.one_sample import OneSampleClassifier
from scratch.margin_losses import NAMES, ModifiedHuber
from scratch.typing import Floats, RandomState
from scratch.validation.parameters import any_of, boolean, integer, one_of, real


class SGDClassifier(OneSampleClassifier):
    r"""Linear classifiers, trained one sample an update: scikit-learn's `SGDClassifier`.

    The loss says which classifier it is: by default "hinge", a support vector machine; with
    "log_loss" logistic regression, the classifier of this package's chapter.

    For each class against the rest, with the margins :math:`m_i = \pm (w \cdot x_i + b)`, + for the
    class, training minimises

    .. math:: \frac1n \sum_i v_i \, \varphi(m_i)
              + \alpha \left( \frac{1 - r}2 \|w\|_2^2 + r \|w\|_1 \right)

    in the way of scikit-learn 1.9. With the same parameters, input and ``random_state`` the results
    are the same to the bit. This holds on processors and builds where the compiled code neither
    fuses its multiplications with its additions, nor takes exp from another library than Python
    does. `scratch.solvers.sequential` says how.

    Parameters
    ----------
    loss : str, default="hinge"
        φ, in the table of `scratch.margin_losses`: "hinge", "log_loss", "modified_huber",
        "squared_hinge", "perceptron", "squared_error", "huber", "epsilon_insensitive" or
        "squared_epsilon_insensitive".
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
        If not 0, three lines per epoch and class are printed, those of scikit-learn.
    epsilon : float, default=0.1
        ε of "huber", "epsilon_insensitive" and "squared_epsilon_insensitive", ≥ 0.
    n_jobs : int or None, default=None
        For scikit-learn's sake; the classes are trained together in one thread.
    random_state : int, RandomState or None, default=None
        What draws the orders and the hold-out.
    learning_rate : str, default="optimal"
        "optimal", "constant", "invscaling", "adaptive", or with the hinge loss "pa1" or "pa2".
        The step of update t: ``1 / (alpha (t0 + t - 1))`` with ``alpha^(-1/4)`` as the first one;
        ``eta0``; ``eta0 / t^power_t``; and ``eta0``, divided by 5 where training would end, until
        it is 1e-6 or less. See `scratch.solvers.schedules`. "pa1" and "pa2" are the steps of the
        passive-aggressive classifier, with `eta0` as its C: see
        `scratch.solvers.sequential.passive_aggressive`.
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
    loss_curve_ : list of float
        The objective in each epoch, each sample's loss (without its weight) and the penalty taken
        before its update; summed over the classes of one-vs-rest, in which a class that has
        stopped keeps its last value. After `partial_fit`: that of the last call alone.
    n_features_in_ : int
    feature_names_in_ : ndarray of shape (n_features,)
        If X had column names.

    Notes
    -----
    Where scikit-learn 1.9.1 errs and what happens here:

    - ``early_stopping`` scores the held-out samples with weights that lack their scale; with the
      log loss it also compares the classes −1 and 1 with the labels 0 and 1, so that no held-out
      sample of the rest ever counts as right. Here the score is the accuracy, so training may end
      in another epoch: with the log loss on the standardised small digits after 12.7 instead of 7.7
      (mean of ten seeds). The weights after a given number of epochs are equal. So is what
      `verbose` prints, except for that score.
    - ``partial_fit`` with ``average`` loses track of the intercept that is not averaged from the
      second call on. The same happens here; what `partial_fit` continues is otherwise unclear.
    - The array given as ``coef_init`` is overwritten there, not here.
    - Negative sample weights, which would climb the loss, are taken there and refused here.
    - Weights that overflow may come back as 0 there, on sparse X with an L1 penalty or with
      ``l1_ratio=0`` in an elastic net, or end as NaN without an error. Here training ends with the
      error that any other overflow brings.

    The objective that `tol` watches is summed in another order there, and its penalty is a float32
    where X is. So its last digits differ, and for float32 all after the sixth may. Where `tol` is
    as small as these digits, training may end in another epoch.

    X may be a sparse matrix of any format; it is converted to CSR, and never made dense. Numbers
    that share a place in it are added up first; scikit-learn takes them one after another, so there
    the bits differ (by some 4e-5 at the defaults). As in
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

    loss_functions: ClassVar = NAMES  # the names, as in scikit-learn

    _constraints: ClassVar = {
        **OneSampleClassifier._constraints,
        "loss": one_of(*NAMES),
        "l1_ratio": any_of(real(0, 1), one_of(None)),
        "epsilon": real(0, None, closed="left"),
        "learning_rate": one_of("constant", "optimal", "invscaling", "adaptive", "pa1", "pa2"),
        "power_t": real(None, None, closed="neither"),
        "average": any_of(integer(1), boolean),
    }

    def __init__(
        self,
        loss: str = "hinge",
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

    def _check_proba(self) -> None:
        if self.loss not in ("log_loss", "modified_huber"):
            raise AttributeError(f"probability estimates are not available for loss={self.loss!r}")

    @available_if(_check_proba)
    def predict_proba(self, X: Any) -> Floats:
        """Probabilities of the classes, with the losses "log_loss" and "modified_huber" only.

        Of a score z they are σ(z), or (z + 1) / 2 cut off at 0 and 1. With more than two classes
        they are divided by their sum, or all equal where each is 0.

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
        scores = self.decision_function(X)
        if self.loss == "log_loss":
            p = _sigmoid(scores)
        else:  # scikit-learn's type with two classes is float64
            p = ModifiedHuber().probabilities(scores.astype(float) if scores.ndim == 1 else scores)
        if p.ndim == 1:
            return np.stack([1 - p, p], axis=1)
        sums = p.sum(axis=1, keepdims=True)  # (n_samples, 1)
        p[sums[:, 0] == 0] = 1
        return p / np.where(sums == 0, p.shape[1], sums).astype(p.dtype)

    @available_if(_check_proba)
    def predict_log_proba(self, X: Any) -> Floats:
        """Return the logarithm of `predict_proba`, where that is there.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
            -inf where a probability is 0.
        """
        return np.log(self.predict_proba(X))


def _sigmoid(z: Floats) -> Floats:
    """Return σ(z) with the bits of SciPy's, which takes exp from the C library.

    NumPy's exp of real numbers may round differently. Its exp of complex numbers calls the C
    library, so that one is used. Where it works around an overflow, `math.exp` is.
    """
    with np.errstate(over="ignore"):
        e = np.exp(-z.astype(np.result_type(z, np.complex64))).real
        steep = np.log(np.finfo(z.dtype).max) - 1 < -z
        e[steep] = [_exp(-v) for v in z[steep].tolist()]
    return 1 / (1 + e)


def _exp(v: float) -> float:
    return math.exp(v) if v < 709.782712893384 else math.inf
