"""What the solver is given, and where it stands: the records of `scratch.solvers.sequential`."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar

import numpy as np

from scratch.losses import BinaryCrossEntropy, Loss
from scratch.solvers.penalties import Penalty
from scratch.solvers.plateau import Plateau
from scratch.solvers.sequential.averaging import RunningAverage
from scratch.solvers.sequential.passive_aggressive import PassiveAggressive
from scratch.solvers.sequential.rows import NonZeros, WholeRows
from scratch.solvers.watch import Watch
from scratch.typing import Array, Bools, Floats, Ints

#: A dataclass, some of whose fields are arrays with a row for each class.
Record = TypeVar("Record", "TrainingState", RunningAverage)


@dataclass(frozen=True)
class TrainingSet:
    """What is trained on."""

    rows: WholeRows | NonZeros
    codes: Ints  # (n_samples,), the class of each sample
    weight: Floats  # (n_samples,), of the weights' dtype
    held_out: Bools  # (n_samples,), bool: not trained on
    sparse: bool = False  # whether X was a sparse matrix


class Report(Protocol):
    """Who is told of the epochs of each class."""

    def epoch(
        self,
        one: "OneVsRest",
        *,
        norm: float,
        n_nonzero: int,
        intercept: float,
        n_steps: int,
        loss: float,
        score: float | None,
    ) -> None:
        """Take note of an epoch.

        Parameters
        ----------
        one : OneVsRest
            The class; its curve ends with this epoch.
        norm : float
            ‖w‖, as the objective counts it.
        n_nonzero : int
            How many weights are not 0.
        intercept : float
        n_steps : int
            How many steps were taken since training began.
        loss : float
            The mean loss.
        score : float or None
            On the samples held out.
        """

    def converged(self, one: "OneVsRest") -> None:
        """Take note that a class's training has ended before `max_iter` epochs."""


@dataclass(frozen=True)
class Settings:
    """How all classes are trained, and which functions are told of each epoch."""

    penalty: Penalty
    max_iter: int
    loss: Loss = field(default_factory=BinaryCrossEntropy)
    #: It gives the length of a step, in place of the schedule.
    passive_aggressive: PassiveAggressive | None = None
    fit_intercept: bool = True
    #: (W, b, codes of the classes) ↦ (n_classes,): what to stop on
    score: Callable[..., Floats] | None = None
    report: Report | None = None
    #: It is told of the epochs, each time with a function that makes the `TrainingState` after it.
    watch: Watch = field(default_factory=Watch)

    @property
    def penalizes_objective(self) -> bool:
        """Whether the objective that is watched has a penalty; that of "pa1" and "pa2" has none."""
        return self.penalty.alpha > 0 and not self.passive_aggressive


@dataclass
class OneVsRest:
    """One class against the rest."""

    row: int  # of the weights of all classes
    code: int
    weights: tuple[float, float]  # factors for the samples of the rest and of the class
    shuffle: Ints | None  # (n_samples,), the permutation before each epoch
    plateau: Plateau
    curve: list[float] = field(default_factory=list)  # the objective of each epoch
    n_steps: int = 0  # taken so far


@dataclass
class TrainingState:
    """Where training stands. All arrays have a row or a number for each class."""

    t: float  # the number of the next update
    W: Floats  # (n_classes, n_columns): the weights are scale · W
    b: Floats  # (n_classes,), float64
    average: RunningAverage | None = None
    scale: float = 1.0
    l1_pull: float = 0.0  # how far L1 could have moved each weight so far
    l1_moved: Any = None  # (n_classes, n_columns): how far it has moved it
    squares: Any = None  # (n_classes,), Σ w² as measured last
    lengths: Any = None  # (n_classes,), Σ |w|
    order: Any = None  # (n_classes, n_samples), the order of the last epoch

    def multiply_out(self, n_features: int) -> None:
        """Multiply the scales into W and into the average, so that both are plain numbers."""
        if self.average:
            self.average.multiply_out(self.W, n_features)
        self.W *= self.W.dtype.type(self.scale)
        self.scale = 1.0


def only(record: Record, chosen: Array) -> Record:
    """Return a copy of a dataclass for some of its classes: those rows of each of its arrays."""
    changed: dict[str, Any] = {}
    for name, value in vars(record).items():
        if isinstance(value, np.ndarray):
            changed[name] = value[chosen]
        elif isinstance(value, RunningAverage):
            changed[name] = only(value, chosen)
    return replace(record, **changed)
