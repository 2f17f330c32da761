"""When training has stalled."""

import math


class Plateau:
    """The rule by which training has stalled: a value has not fallen for several epochs in a row.

    Parameters
    ----------
    tol : float or None
        An epoch counts as a gain if its value is at most the least one so far minus `tol`. With
        None every epoch counts as a gain.
    patience : int
        The number of epochs in a row without a gain that make a plateau.

    Attributes
    ----------
    best : float
        The least value so far; infinity before the first one.

    Examples
    --------
    >>> plateau = Plateau(tol=0.1, patience=2)
    >>> [plateau.reached(value) for value in (1.0, 0.95, 1.2, 0.7)]
    [False, False, True, False]
    """

    def __init__(self, tol: float | None, patience: int) -> None:
        self.tol, self.patience = -math.inf if tol is None else tol, patience
        self.best, self.n_without_gain = math.inf, 0

    def reached(self, value: float) -> bool:
        """Note the value of one more epoch; return whether a plateau is reached with it.

        Then the patience begins anew. A score, which ought to rise, is passed with a minus sign;
        NaN counts as a gain, as in scikit-learn.
        """
        gain = not value > self.best - self.tol
        self.n_without_gain = 0 if gain else self.n_without_gain + 1
        self.best = min(self.best, value)
        if self.n_without_gain < self.patience:
            return False
        self.n_without_gain = 0
        return True
