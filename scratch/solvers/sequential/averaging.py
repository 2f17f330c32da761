"""The average of the weights over all updates, kept without touching all weights in each."""

from dataclasses import dataclass

import numpy as np

from scratch.solvers.sequential.fused_multiply_add import add_multiple
from scratch.solvers.sequential.rows import NonZeros, WholeRows
from scratch.typing import Floats, Ints


@dataclass
class RunningAverage:
    """The mean of weights and intercepts over the updates from number `first` on.

    While the weights are ``scale · W``, their average is ``(A + mix · W) / stretch``. A step that
    moves a few numbers of W changes the same few numbers of A, so that ``A + mix · W`` stays what
    it was; then it adds its weights to the average by changing `mix` and `stretch` alone.

    References
    ----------
    L. Bottou, "Stochastic Gradient Descent Tricks", 2012, section 5.1.
    """

    first: int
    A: Floats  # (n_classes, n_columns)
    b: Floats  # (n_classes,), the average intercepts
    mix: float = 0.0
    stretch: float = 1.0

    def add(
        self,
        t: float,
        rows: WholeRows | NonZeros,
        chosen: Ints,
        u: Floats,
        b: Floats,
        scales: Floats,
    ) -> None:
        """Take the weights and intercepts after some updates into the average.

        Parameters
        ----------
        t : float
            The number of the first of the updates.
        rows : WholeRows or NonZeros
        chosen : ndarray of shape (n_steps, n_classes)
            The samples of the updates, as rows of `rows`.
        u, b : ndarrays of shape (n_steps, n_classes)
            The moves, and the intercepts after the updates.
        scales : ndarray of shape (n_steps, 1)
            What the weights are scaled by after each update. In between they were not multiplied
            out; that may have happened in the first update.
        """
        late = int(min(max(self.first - t, 0), len(u)))  # updates before the first that counts
        numbers = t - self.first + 1 + np.arange(late, len(u))  # 1, 2, …, (n_steps,)
        of_classes = zip(self.b.tolist(), b[late:].T.tolist(), strict=True)
        self.b = np.array([_running_mean(*of_class, numbers.tolist()) for of_class in of_classes])
        rounded = self.A.dtype.type
        moves = u[late:].astype(rounded).astype(np.float64) / -scales[late:]
        rows.add_multiples(self.A, chosen[late:], self._mixes(numbers, scales[late:, 0]), moves)
        rows.meet_zeros(self.A, chosen[late:], moves)

    def _mixes(self, numbers: Floats, scales: Floats) -> Floats:
        """Return `mix` before each update, (n_steps,), and set it to what it is after the last."""
        mixes = []
        shares = 1.0 / numbers.astype(self.A.dtype).astype(np.float64)
        for number, share, scale in zip(
            numbers.tolist(), shares.tolist(), scales.tolist(), strict=True
        ):
            mixes.append(self.mix)
            if number > 1:
                self.stretch /= 1.0 - share
            self.mix += share * self.stretch * scale
        return np.array(mixes)

    def multiply_out(self, W: Floats, n_features: int) -> None:
        """Bring A to the average itself; W is (n_classes, n_columns), without its scale."""
        rounded = self.A.dtype.type
        # without the fillers' column: how BLAS rounds depends on the length of a row
        add_multiple(float(rounded(self.mix)), W[:, :n_features], self.A[:, :n_features])
        self.A *= rounded(1.0 / self.stretch)
        self.mix, self.stretch = 0.0, 1.0


def _running_mean(mean: float, values: list[float], numbers: list[float]) -> float:
    """Return a mean after more values have been taken in, which are those of such numbers."""
    for value, number in zip(values, numbers, strict=True):
        mean += (value - mean) / number
    return mean
