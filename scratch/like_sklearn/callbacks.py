"""scikit-learn 1.9's callbacks: a progress bar, a score after each epoch, and others.

A fit is a task, and each of its epochs a subtask. Callbacks are told when each of them begins and
ends. At the end of an epoch they see the estimator as it is then, ready to predict. Nothing of
scikit-learn is imported unless callbacks are set.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from scratch.solvers.watch import Watch


class Callbacks:
    """An estimator that takes callbacks."""

    def set_callbacks(self, *callbacks: Any) -> Self:
        """Set callbacks of scikit-learn 1.9: `fit` tells them of each epoch.

        Parameters
        ----------
        *callbacks : instances of the protocol sklearn.callback.FitCallback
            Such as ``ProgressBar()`` or ``ScoringMonitor(scoring="accuracy")``; without any, those
            that were set are forgotten.

        Returns
        -------
        self

        Raises
        ------
        TypeError
            If one of them is no callback.
        """
        _supporting_callbacks(self).set_callbacks(*callbacks)
        return self


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
    estimator : Callbacks
    keep : callable
        Takes the outcome that the training loop passes to `Watch.end_epoch`, and sets the
        estimator's fitted attributes from it.
    n_epochs : int
        The largest number of epochs.
    X, y, sample_weight
        As `fit` was given them.

    Yields
    ------
    Watch
        The training loop has to tell it of its epochs.
    """
    # Here `set_callbacks` and `clone` keep them; there is no public way to ask for them.
    if not hasattr(estimator, "_skl_callbacks"):
        yield Watch()
        return
    from sklearn.callback import with_callbacks

    estimator = _supporting_callbacks(estimator)
    metadata = None if sample_weight is None else {"sample_weight": sample_weight}
    data = {"X": X, "y": y, "metadata": metadata}
    # The public decorator tears down after a method; here it decorates an empty one.
    tear_down = with_callbacks(lambda estimator: None)
    try:
        context = estimator._init_callback_context(max_subtasks=n_epochs)
        context.call_on_fit_task_begin(estimator=estimator, **data)
        yield _FitTask(estimator, context, keep, data)
        context.call_on_fit_task_end(estimator=estimator, reconstruction_attributes={}, **data)
    finally:
        tear_down(estimator)


class _FitTask(Watch):
    """The watch that tells the callbacks of each epoch.

    Parameters
    ----------
    estimator : sklearn.callback.CallbackSupportMixin
    context : sklearn.callback.CallbackContext
        The context of the fit.
    keep : callable
        Called at the end of an epoch with the outcome that the loop passes to `end_epoch`: it sets
        the fitted attributes of the estimator.
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
        """Tell the callbacks that an epoch begins."""
        self.epoch = self.context.subcontext(task_name="epoch")
        # before the first epoch, there is nothing to see
        attributes: dict[str, Any] | None = {} if self.n_epochs else None
        self.epoch.call_on_fit_task_begin(
            estimator=self.estimator, reconstruction_attributes=attributes, **self.data
        )

    def end_epoch(self, outcome: Any) -> bool:
        """Tell the callbacks that an epoch has ended; return whether one of them says stop."""
        self.keep(outcome)
        self.n_epochs += 1
        return self.epoch.call_on_fit_task_end(
            estimator=self.estimator, reconstruction_attributes={}, **self.data
        )


def _supporting_callbacks(estimator: Any) -> Any:
    """Return an instance of scikit-learn's mixin that shares the estimator's attributes.

    The mixin documents `_init_callback_context` for its subclasses. A copy or a pickle
    of the instance has the estimator's own class, since it may outlive the fit.
    """
    from sklearn.callback import CallbackSupportMixin

    ours = type(estimator)
    members = {
        "__module__": ours.__module__,
        "__reduce__": lambda self: (object.__new__, (ours,), vars(self)),
    }
    heir: Any = object.__new__(type(ours.__name__, (CallbackSupportMixin, ours), members))
    heir.__dict__ = vars(estimator)
    return heir
