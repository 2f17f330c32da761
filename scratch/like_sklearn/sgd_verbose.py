"""The lines that scikit-learn's `SGDClassifier` prints with ``verbose=1``, character by character.

There the classes are trained one after another, here together. So the lines of the first class are
printed as it trains, those of the others at the end, class after class. Times count from the
beginning of the training.
"""

import time
from typing import Any


class VerboseLines:
    """Prints epochs; fills the protocol `scratch.solvers.sequential.state.Report`.

    `one` is the class, a `OneVsRest` of that module.
    """

    def __init__(self) -> None:
        self.start = time.time()
        self.waiting: dict[int, list[str]] = {}  # by the row of the class

    def epoch(
        self,
        one: Any,
        *,
        norm: float,
        n_nonzero: int,
        intercept: float,
        n_steps: int,
        loss: float,
        score: float | None,
    ) -> None:
        """Print the three lines of an epoch."""
        line = (
            f"Norm: {norm:.2f}, NNZs: {n_nonzero}, Bias: {intercept:.6f}, T: {n_steps},"
            f" Avg. loss: {loss:.6f}, Objective: {one.curve[-1]:.6f}"
        )
        if score is not None:
            line += f", Validation score: {score:.6f}"
        self._print(one, f"-- Epoch {len(one.curve)}")
        self._print(one, line)
        self._print(one, f"Total training time: {self._seconds()} seconds.")

    def converged(self, one: Any) -> None:
        """Print that training has ended before `max_iter`."""
        took = f"took {self._seconds()} seconds"
        self._print(one, f"Convergence after {len(one.curve)} epochs {took}")

    def close(self) -> None:
        """Print the lines that are waiting."""
        for _, lines in sorted(self.waiting.items()):
            print(*lines, sep="\n")

    def _print(self, one: Any, line: str) -> None:
        if one.row == 0:
            print(line)
        else:
            self.waiting.setdefault(one.row, []).append(line)

    def _seconds(self) -> str:
        return f"{time.time() - self.start:.2f}"
