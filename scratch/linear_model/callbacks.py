"""scikit-learn 1.9's callbacks: a progress bar, a score after each epoch, and what else there is.

A fit is a task, and each of its epochs a subtask. Callbacks are told when one begins and ends; one
that is told of an epoch's end sees the estimator as it stands then, ready to predict. Nothing of
scikit-learn is imported unless callbacks are set.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from scratch.solvers.watch import Watch


class _FitTask(Watch):
    """Passes on to the callbacks what the training loop tells it.

    Parameters
    ----------
    estimator : Estimator
    context : sklearn.callback.CallbackContext
        Of the fit.
    keep : callable
        Called at the end of an epoch with what the loop passes to `end_epoch`: it sets the fitted
        attributes of the estimator.
    data : dict
        X, y and metadata, as `fit` was given them.
    """

    def __init__(
        self, estimator: Any, context: Any, keep: Callable[[Any], None], data: dict[str, Any]
    ) -> None:
        self.estimator, self.context, self.keep, self.data = estimator, context, keep, data
        self.epoch: Any = None  # the context of the present epoch
        self.n_epochs = 0

    def begin_epoch(self) -> None:
        """Tell the callbacks that an epoch begins.

        Where training has started over, in the midst of an epoch, that epoch goes on.
        """
        if self.epoch is None and self.n_epochs < self.context.max_subtasks:
            self.epoch = self.context.subcontext(task_name="epoch")
            # before the first epoch, there is nothing to see
            attributes: dict[str, Any] | None = {} if self.n_epochs else None
            self.epoch.call_on_fit_task_begin(
                estimator=self.estimator, reconstruction_attributes=attributes, **self.data
            )

    def end_epoch(self, outcome: Any) -> bool:
        """Tell the callbacks that an epoch has ended; return whether one of them says stop."""
        if self.epoch is None:
            return False
        self.keep(outcome)
        epoch, self.epoch = self.epoch, None
        self.n_epochs += 1
        return epoch.call_on_fit_task_end(
            estimator=self.estimator, reconstruction_attributes={}, **self.data
        )


@contextmanager
def fit_task(
    estimator: Any,
    keep: Callable[[Any], None],
    n_epochs: int,
    X: Any,
    y: Any,
    sample_weight: Any = None,
) -> Iterator[Watch]:
    """Tell the estimator's callbacks of a fit, which happens in the block that follows.

    Parameters
    ----------
    estimator : Estimator
    keep : callable
        Takes what the training loop passes to `Watch.end_epoch`, and sets the estimator's fitted
        attributes by it.
    n_epochs : int
        The most epochs that there will be.
    X, y, sample_weight
        As `fit` was given them.

    Yields
    ------
    Watch
        What the training loop has to tell of its epochs.
    """
    if not hasattr(estimator, "_skl_callbacks"):
        yield Watch()
        return
    from sklearn.callback import CallbackSupportMixin
    from sklearn.callback._callback_support import callback_management_context

    metadata = None if sample_weight is None else {"sample_weight": sample_weight}
    data = {"X": X, "y": y, "metadata": metadata}
    with callback_management_context(estimator):
        context = CallbackSupportMixin._init_callback_context(estimator, max_subtasks=n_epochs)
        context.call_on_fit_task_begin(estimator=estimator, **data)
        yield _FitTask(estimator, context, keep, data)
        context.call_on_fit_task_end(estimator=estimator, reconstruction_attributes={}, **data)


def set_callbacks(estimator: Any, callbacks: Sequence[Any]) -> Any:
    """Give an estimator callbacks, in place of those that it had.

    Raises
    ------
    TypeError
        If one of them is no callback of scikit-learn's protocol.
    """
    from sklearn.callback import CallbackSupportMixin

    return CallbackSupportMixin.set_callbacks(estimator, *callbacks)
