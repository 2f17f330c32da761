"""`Perceptron`: scikit-learn's, which is `SGDClassifier` with other defaults."""

from collections.abc import Mapping
from typing import Any, ClassVar

from scratch.linear_model.one_sample import OneSampleClassifier
from scratch.typing import RandomState


class Perceptron(OneSampleClassifier):
    """Rosenblatt's perceptron: after each wrong answer, add or subtract the sample.

    The same as ``SGDClassifier(loss="perceptron", learning_rate="constant", eta0=1,
    penalty=None)``, with scikit-learn's bits. A sample with margin m > 0 changes nothing. For
    m ≤ 0, with y = ±1, a step is ``w ← w + eta0 · y · x`` and ``b ← b + eta0 · y``. If two classes
    can be separated by a line, training ends with one that separates them.

    Parameters
    ----------
    penalty : {"l2", "l1", "elasticnet", None}, default=None
        As in `SGDClassifier`, and so are all parameters after it.
    alpha : float, default=0.0001
        Strength of the penalty, ≥ 0.
    l1_ratio : float, default=0.15
        L1 share of "elasticnet", in [0, 1].
    fit_intercept : bool, default=True
        Whether to learn the intercepts.
    max_iter : int, default=1000
        Most epochs of `fit`.
    tol : float or None, default=1e-3
        What counts as a gain in the mean loss.
    shuffle : bool, default=True
        Whether the samples are put into another order before each epoch.
    verbose : int, default=0
        If not 0, each epoch is printed.
    eta0 : float, default=1.0
        Step size, > 0. Without a penalty it scales the weights, and changes no answer.
    n_jobs : int or None, default=None
        For scikit-learn's sake.
    random_state : int, RandomState or None, default=0
        What draws the orders and the hold-out.
    early_stopping : bool, default=False
        Whether to stop on the accuracy on samples that are held out.
    validation_fraction : float, default=0.1
        Fraction held out, in (0, 1).
    n_iter_no_change : int, default=5
        Epochs without a gain after which training ends.
    class_weight : dict {label: weight}, "balanced" or None, default=None
        Factors of the classes' samples.
    warm_start : bool, default=False
        Whether `fit` begins at the weights of the last `fit`.

    Attributes
    ----------
    coef_ : ndarray of shape (1, n_features) for two classes, else (n_classes, n_features)
    intercept_ : ndarray of shape (1,) or (n_classes,)
    classes_ : ndarray of shape (n_classes,)
    n_iter_ : int
    t_ : float
    loss_curve_ : list of float
        As in `SGDClassifier`.
    n_features_in_ : int
    feature_names_in_ : ndarray of shape (n_features,)
        If X had column names.

    References
    ----------
    F. Rosenblatt, "The perceptron: a probabilistic model for information storage and organization
    in the brain", Psychological Review 65, 1958.

    Examples
    --------
    >>> X = [[-1.0, -1.0], [-2.0, -1.0], [1.0, 1.0]]
    >>> Perceptron().fit(X, ["no", "no", "yes"]).predict([[2.0, 3.0]]).tolist()
    ['yes']
    """

    _fixed: ClassVar[Mapping[str, Any]] = {
        "loss": "perceptron",
        "learning_rate": "constant",
        "power_t": 0.5,
        "epsilon": 0.1,
        "average": False,
    }

    def __init__(
        self,
        *,
        penalty: str | None = None,
        alpha: float = 0.0001,
        l1_ratio: float = 0.15,
        fit_intercept: bool = True,
        max_iter: int = 1000,
        tol: float | None = 1e-3,
        shuffle: bool = True,
        verbose: int = 0,
        eta0: float = 1.0,
        n_jobs: int | None = None,
        random_state: RandomState | None = 0,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int = 5,
        class_weight: Mapping[Any, float] | str | None = None,
        warm_start: bool = False,
    ) -> None:
        self.penalty = penalty
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.fit_intercept = fit_intercept
        self.max_iter = max_iter
        self.tol = tol
        self.shuffle = shuffle
        self.verbose = verbose
        self.eta0 = eta0
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.class_weight = class_weight
        self.warm_start = warm_start
