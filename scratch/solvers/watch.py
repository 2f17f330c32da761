"""A watch is told of each epoch of a training, and may end it."""

from typing import Any


class Watch:
    """The watch that does nothing.

    The training loops call a watch; that of `scratch.like_sklearn.callbacks` tells the callbacks.
    """

    def begin_epoch(self) -> None:
        """Take note that an epoch begins."""

    def end_epoch(self, outcome: Any) -> bool:
        """Take note of an epoch's end; return whether training should stop.

        The outcome depends on the loop: a `minibatch.epochs.Training`, or a function that makes a
        `sequential.state.TrainingState`.
        """
        return False
