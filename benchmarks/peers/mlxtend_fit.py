"""mlxtend's `SoftmaxRegression`: mini-batches, a constant step, no momentum.

Its steps take the sum of a batch's gradients; ``eta0`` is the step for their mean, as everywhere.
"""

import contextlib
import io

import numpy as np
from mlxtend.classifier import SoftmaxRegression


def prepare(problem, *, batch_size, eta0, epochs):
    """See `benchmarks.peers`."""
    n_batches = -(-len(problem.X) // batch_size)

    def run(seed):
        model = SoftmaxRegression(
            eta=eta0 / batch_size, epochs=epochs, l2=0.0, minibatches=n_batches, random_seed=seed
        )
        with contextlib.redirect_stderr(io.StringIO()):  # its progress
            model.fit(problem.X, problem.y)
        return np.float64(model.w_.T), np.float64(model.b_)

    return run
