"""The two products against their plain formulas, and how large each one is that BLAS is given."""

import math

import numpy as np
import pytest

from scratch.solvers.minibatch.products import Products, aligned

# outputs, features, rows
SHAPES = [
    (1, 1, 1), (1, 1, 600), (3, 4, 7), (1, 784, 128), (10, 784, 600), (32, 100, 300),
    (33, 100, 300), (33, 5, 600), (300, 64, 130), (1000, 1, 600), (1000, 784, 65),
    (1, 50_000, 100), (10, 50_000, 70), (100, 10_000, 64), (2, 9000, 63),
]  # fmt: skip


def filled(shape, n, dtype, centred=True):
    """Return products and their room with random numbers in them."""
    K, d = shape
    rng = np.random.default_rng(K + d + n)
    centre = rng.normal(size=d).astype(dtype) if centred else None
    made = Products(shape, dtype, n, centre)
    room = made.room(min(n, made.most_rows))
    room.x[...] = rng.normal(size=room.x.shape)
    made.theta[...] = rng.normal(size=made.theta.shape)
    return made, room, np.zeros(d) if centre is None else centre.astype(float)


def assert_close(found, truth, n_terms):
    """Compare what is a sum of so many random products with its value in float64."""
    bound = 8 * np.finfo(found.dtype).eps * math.sqrt(n_terms) * np.abs(truth).max()
    np.testing.assert_allclose(found, truth, rtol=0, atol=bound)


@pytest.mark.parametrize(
    ("K", "d", "n", "dtype", "centred"),
    [
        (*shape, dtype, (i + j) % 2 == 0)
        for i, shape in enumerate(SHAPES)
        for j, dtype in enumerate((np.float32, np.float64))
    ],
)
def test_scores_and_step_are_the_plain_formulas(K, d, n, dtype, centred):
    made, room, centre = filled((K, d), n, dtype, centred)
    x, W, b = (part.astype(float) for part in (room.x, made.W, made.b))
    made.put_scores(room)
    assert_close(room.scores, W @ x.T + (b - W @ centre)[:, None], d + 2)

    R = np.random.default_rng(1).normal(size=room.scores.shape)
    W_step, b_step = 0.0, 0.0
    for first, scale, l2 in ((True, -0.25, -0.5), (False, -0.5, 0.0), (False, 2.0, 0.0)):
        room.scores[...] = R
        made.add_step(room, scale, l2, first=first)
        W_step += scale * (R @ (x - centre)) + l2 * W
        b_step += scale * R.sum(axis=1)
        assert_close(made.step[: K * d].reshape(K, d), W_step, 3 * len(x) + 4)
        assert_close(made.step[K * d :], b_step, 3 * len(x) + 4)
    room.scores[...] = R
    made.add_step(room, 1.0, 0.0, first=True)  # begins anew
    assert_close(made.step[K * d :], R.sum(axis=1), len(x) + 4)
    np.testing.assert_array_equal(made.W, W)


@pytest.mark.parametrize(("K", "d", "n"), SHAPES)
def test_no_product_is_large_enough_to_wake_the_threads_of_blas(K, d, n):
    _, room, _ = filled((K, d), n, np.float32)
    forward = [(*tile.rows.shape, len(tile.weights)) for tile in room.forward]
    backward = [(*tile.rows.shape, len(tile.blocks)) for tile in room.backward]
    for sizes, n_rows in (
        (forward, len(room.x) + 1),
        (backward, len(room.x) + 1 + len(room.diagonal)),
    ):
        assert max(map(math.prod, sizes)) < 2**19
        assert sum(map(math.prod, sizes)) == n_rows * d * K  # none is left out, none done twice
    for tile in room.forward:
        assert tile.scores.shape == (len(tile.rows), len(tile.weights))
    for tile in room.backward:
        assert tile.step.shape == tile.part.shape == (len(tile.blocks), tile.rows.shape[1])
        assert tile.blocks.shape[1] == len(tile.rows)


@pytest.mark.parametrize(("K", "d", "n"), [(3, 4, 90), (1, 784, 500), (10, 50_000, 64)])
def test_smaller_batches_use_the_same_memory(K, d, n):
    made, largest, centre = filled((K, d), n, np.float64)
    assert made.room(len(largest.x)) is largest
    for n_rows in (1, 7, len(largest.x) // 2):
        room = made.room(n_rows)
        assert np.shares_memory(room.x, largest.x)
        made.put_scores(room)
        truth = made.W @ room.x.T + (made.b - made.W @ centre)[:, None]
        assert_close(room.scores, truth, d + 2)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n", [1, 17, 1000])
def test_memory_begins_where_a_cache_line_does(dtype, n):
    for _ in range(5):
        memory = aligned(n, dtype)
        assert memory.dtype == dtype
        assert memory.tolist() == [0] * n
        assert memory.ctypes.data % 64 == 0
