"""The average of the weights over all updates, kept without touching all weights in each."""

from dataclasses import dataclass
from typing import Any

from scratch.solvers.sequential.fused_multiply_add import add_multiple
from scratch.solvers.sequential.rounding import Arithmetic
from scratch.typing import Floats


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
    b: Floats  # (n_classes,), the average intercepts; a number while steps are taken
    mix: float = 0.0
    stretch: float = 1.0

    def add(self, t: float, step: tuple[Any, ...], arithmetic: Arithmetic) -> None:
        """Take the weights and intercepts after update number t into the average."""
        where, x, layout, u, b, scale = step
        number = t - self.first + 1
        self.b = self.b + (b - self.b) / number
        A = arithmetic.view(self.A)
        back = arithmetic.averaged_multiple(self.mix, u, scale, x, layout)
        if where is None:
            A += back
        else:
            A[where] += back
        share = 1.0 / self.A.dtype.type(number).item()
        if number > 1:
            self.stretch /= 1.0 - share
        self.mix += share * self.stretch * scale

    def multiply_out(self, W: Floats, n_features: int) -> None:
        """Bring A to the average itself; W is (n_classes, n_columns), without its scale."""
        rounded = self.A.dtype.type
        # without the fillers' column: how BLAS rounds depends on the length of a row
        add_multiple(float(rounded(self.mix)), W[:, :n_features], self.A[:, :n_features])
        self.A *= rounded(1.0 / self.stretch)
        self.mix, self.stretch = 0.0, 1.0
