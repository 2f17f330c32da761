"""JAX on the CPU: a whole epoch is one compiled function; compiling is not counted.

Batches have one length, so the last few samples of an epoch's order are left out, as is usual.
"""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.peers import MOMENTUM, n_outputs, step_sizes, targets


def prepare(problem, *, batch_size, eta0, epochs, falling=True, shuffle=True):
    """See `benchmarks.peers`."""
    X, T = jnp.asarray(problem.X), jnp.asarray(targets(problem))
    n_batches = len(X) // batch_size
    etas = np.float32(step_sizes(eta0, epochs * n_batches, falling)).reshape(epochs, n_batches)

    def start():
        shape = n_outputs(problem), X.shape[1]
        return jnp.zeros(shape), jnp.zeros(shape[0]), jnp.zeros(shape), jnp.zeros(shape[0])

    def run(seed):
        rng = np.random.default_rng(seed)
        state = start()
        for steps in etas:
            order = rng.permutation(len(X)) if shuffle else np.arange(len(X))
            order = order[: n_batches * batch_size].reshape(n_batches, batch_size)
            state = _epoch(state, X, T, order.astype(np.int32), steps)
        W, b, _, _ = state
        return np.asarray(W), np.asarray(b)

    _epoch.lower(start(), X, T, np.zeros((n_batches, batch_size), np.int32), etas[0]).compile()
    return run


@partial(jax.jit, donate_argnums=0)
def _epoch(state, X, T, order, etas):
    def step(state, batch_and_eta):
        W, b, V, v = state
        batch, eta = batch_and_eta
        x = X[batch]
        Z = x @ W.T + b  # (batch_size, n_outputs)
        R = (jax.nn.sigmoid(Z) if Z.shape[1] == 1 else jax.nn.softmax(Z)) - T[batch]
        V = MOMENTUM * V - eta / len(batch) * (R.T @ x)
        v = MOMENTUM * v - eta / len(batch) * R.sum(0)
        return (W + V, b + v, V, v), None

    return jax.lax.scan(step, state, (order, etas))[0]
