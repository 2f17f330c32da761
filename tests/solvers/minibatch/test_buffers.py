"""The tiles: small enough for one thread, and together the whole product."""

import math

import numpy as np
import pytest

from scratch.solvers.minibatch.buffers import Buffers, rows_at_once, tile_sizes

SHAPES = pytest.mark.parametrize(
    ("n_outputs", "n_features"), [(1, 1), (3, 4), (10, 784), (10, 10_000), (1000, 784)]
)


@SHAPES
def test_tiles_are_small_enough_for_one_thread_and_cover_every_product(n_outputs, n_features):
    made = Buffers.make(300, *np.zeros((3, n_outputs, n_features), np.float32))
    sizes = [(*tile.x.shape, len(tile.residuals)) for tile in made.tiles]
    assert max(map(math.prod, sizes)) < 2**19
    assert sum(map(math.prod, sizes)) == 300 * n_features * n_outputs
    assert all(tile.x.base is made.x for tile in made.tiles)


@SHAPES
def test_the_products_of_the_tiles_add_up_to_the_whole(n_outputs, n_features):
    rng, n = np.random.default_rng(0), 70
    W, gradient, partial = rng.normal(size=(3, n_outputs, n_features))
    made = Buffers.make(n, W, gradient, partial)
    made.x[...] = rng.normal(size=(n, n_features))
    for tile in made.tiles:
        product, scores = tile.x @ tile.W.T, tile.transposed_scores
        scores[...] = product if tile.first_features else scores + product
    np.testing.assert_allclose(made.transposed_z, made.x @ W.T, atol=1e-9)
    made.z[...] = made.transposed_z.T
    for tile in reversed(made.tiles):
        product = tile.residuals @ tile.x
        tile.gradient[...] = product if tile.last_rows else tile.gradient + product
    np.testing.assert_allclose(gradient, made.z @ made.x, rtol=1e-9, atol=1e-6)


@SHAPES
def test_the_rows_gathered_at_once_fill_a_tile(n_outputs, n_features):
    assert rows_at_once(n_outputs, n_features) >= tile_sizes(n_outputs, n_features)[0]
