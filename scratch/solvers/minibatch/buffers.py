"""Memory for the mini-batch solver's work, and the tiles that its matrix products are taken in."""

from dataclasses import dataclass
from itertools import product
from typing import NamedTuple, Self

import numpy as np

from scratch.typing import Floats

# OpenBLAS computes a product of fewer multiply-adds in the calling thread alone. For a larger one
# it wakes its other threads, which gains little at such sizes, and loses much where another
# process competes for the cores. So products are taken in tiles: with MNIST's 10 classes and 784
# features in 64 rows (a multiple of 32, since odd lengths leave the fast path); where weights are
# many, in parts of the classes and of the features too.
_TILE_PRODUCTS = 2**19
_TILE_ROWS = 32
_TILE_OUTPUTS = 128
# Numbers in the rows that are gathered at a time: 1 MB in float32, which a cache holds.
_GATHERED_NUMBERS = 2**18


class Tile(NamedTuple):
    """Views of what one product of rows and weights takes and makes: m rows, k outputs, d features.

    The forward product takes x and W and makes scores; the backward one takes the residuals, which
    have replaced the scores, and x, and makes a part of the gradient.
    """

    x: Floats  # (m, d)
    W: Floats  # (k, d)
    transposed_scores: Floats  # (m, k)
    residuals: Floats  # (k, m)
    gradient: Floats  # (k, d)
    partial_gradient: Floats  # (k, d), room for the backward product
    first_features: bool  # whether the scores begin with this tile; else its product is added
    last_rows: bool  # true for tiles of the last rows: the sum runs from these to the first


@dataclass
class Buffers:
    """Memory for n samples, and the tiles that their products are taken in."""

    x: Floats  # (n, n_features)
    transposed_z: Floats  # (n, n_outputs): scores without the intercepts
    z: Floats  # (n_outputs, n): scores, then residuals
    target: Floats  # (n_outputs, n)
    loss: Floats  # (n,)
    work: Floats  # (3, n_outputs, n)
    tiles: list[Tile]

    @classmethod
    def make(cls, n: int, W: Floats, gradient: Floats, partial_gradient: Floats) -> Self:
        """Return buffers for n samples; the other arguments are arrays (n_outputs, n_features)."""
        (n_outputs, n_features), dtype = W.shape, W.dtype
        x, z = np.empty((n, n_features), dtype), np.empty((n_outputs, n), dtype)
        sizes = tile_sizes(n_outputs, n_features)
        transposed_z = np.empty((n, n_outputs), dtype)
        tiles = []
        for rows, outputs, features in product(*map(_spans, (n, n_outputs, n_features), sizes)):
            weights = outputs, features
            tile = Tile(
                x=x[rows, features],
                W=W[weights],
                transposed_scores=transposed_z[rows, outputs],
                residuals=z[outputs, rows],
                gradient=gradient[weights],
                partial_gradient=partial_gradient[weights],
                first_features=features.start == 0,
                last_rows=rows.stop == n,
            )
            tiles.append(tile)
        work = np.empty((3, n_outputs, n), dtype)
        return cls(x, transposed_z, z, np.empty_like(z), np.empty(n, dtype), work, tiles)


def tile_sizes(n_outputs: int, n_features: int) -> tuple[int, int, int]:
    """Return the rows, outputs and features of a product that one thread computes."""
    units = (_TILE_PRODUCTS - 1) // (n_outputs * n_features * _TILE_ROWS)
    if units:
        return units * _TILE_ROWS, n_outputs, n_features
    outputs = min(n_outputs, _TILE_OUTPUTS)
    features = (_TILE_PRODUCTS - 1) // (_TILE_ROWS * outputs)
    return _TILE_ROWS, outputs, features // 16 * 16


def rows_at_once(n_outputs: int, n_features: int) -> int:
    """Return the number of rows that are gathered at a time."""
    return max(tile_sizes(n_outputs, n_features)[0], _GATHERED_NUMBERS // n_features)


def _spans(n: int, size: int) -> list[slice]:
    """Return slices of at most `size` that cover n."""
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]
