"""Room for the mini-batch solver's work, and the tiles that its matrix products are taken in."""

from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np

# OpenBLAS computes a product of fewer multiply-adds in the calling thread alone. For a larger one
# it wakes its other threads, which gains little at such sizes, and loses much where another
# process competes for the cores. So products are taken in tiles: with MNIST's 10 classes and 784
# features in 64 rows (a multiple of 32, since odd lengths leave the fast path); where weights are
# many, in parts of the classes and of the features too.
_TILE_PRODUCTS = 2**19
_TILE_ROWS = 32
_TILE_OUTPUTS = 128


class Tile(NamedTuple):
    """Views of what one product of rows and weights takes and makes: m rows, k outputs, d features.

    x (m, d), products (m, k), scores (k, m), W (k, d), gradient (k, d), V (k, d).
    """

    x: np.ndarray
    products: np.ndarray
    scores: np.ndarray
    W: np.ndarray
    gradient: np.ndarray
    V: np.ndarray
    first: bool  # of the parts of the features, whose products add up


@dataclass
class Buffers:
    """Room for n samples, and the tiles that their products are taken in."""

    x: np.ndarray  # (n, n_features)
    z: np.ndarray  # (n_outputs, n): scores, then residuals
    target: np.ndarray  # (n_outputs, n)
    loss: np.ndarray  # (n,)
    work: np.ndarray  # (3, n_outputs, n)
    tiles: list

    @classmethod
    def make(cls, n, W, gradient, V):
        (n_outputs, n_features), dtype = W.shape, W.dtype
        x, z = np.empty((n, n_features), dtype), np.empty((n_outputs, n), dtype)
        sizes = tile_sizes(n_outputs, n_features)
        room = np.empty(sizes[0] * sizes[1], dtype)
        tiles = []
        for rows, outputs, features in product(*map(_spans, (n, n_outputs, n_features), sizes)):
            scores, weights = z[outputs, rows], (outputs, features)
            products = room[: scores.size].reshape(scores.shape[::-1])
            views = x[rows, features], products, scores, W[weights], gradient[weights], V[weights]
            tiles.append(Tile(*views, first=features.start == 0))
        work = np.empty((3, n_outputs, n), dtype)
        return cls(x, z, np.empty_like(z), np.empty(n, dtype), work, tiles)


def tile_sizes(n_outputs, n_features):
    """Rows, outputs and features of a product that one thread computes."""
    units = (_TILE_PRODUCTS - 1) // (n_outputs * n_features * _TILE_ROWS)
    if units:
        return units * _TILE_ROWS, n_outputs, n_features
    outputs = min(n_outputs, _TILE_OUTPUTS)
    features = (_TILE_PRODUCTS - 1) // (_TILE_ROWS * outputs)
    return _TILE_ROWS, outputs, features // 16 * 16


def _spans(n, size):
    """Slices of at most `size`, that cover n."""
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]
