"""Who is told of a training's epochs, and may end it."""

from typing import Any


class Watch:
    """Takes note of epochs; this one does nothing with what it is told.

    The training loops tell it, and `scratch.like_sklearn.callbacks` passes it on.
    """

    def begin_epoch(self) -> None:
        """Take note that an epoch begins."""

    def end_epoch(self, outcome: Any) -> bool:
        """Take note of an epoch's end; return whether training should stop.

        What the outcome is, each loop says: a `minibatch.epochs.Training`, or a function that makes
        a `sequential.state.TrainingState`.
        """
        return False
