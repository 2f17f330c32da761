r"""The two matrix products of a batch, and the memory that they work in.

A batch gives two results: its scores, and the step that follows from its residuals. With the rows x
(n, d) of the batch, the weights W (K, d), the centre μ (d,) that the steps are taken about and the
intercepts b̃ that belong to it,

    Z = W xᵀ + (b̃ − W μ)                    scores, (K, n)
    step = −η (R (x − μ) / n + α W)          minus η times the gradient of loss and L2 penalty

where R (K, n) are the residuals. Neither the centred rows nor the gradient of the penalty are ever
made. Rows, centre and weights lie one after another in memory, so that each line is *one product*:

    [x; μ] · Wᵀ = [x Wᵀ; μ Wᵀ]
    step = [P | −Σ P | −ηα I] · [x; μ; W],    P = −(η/n) R,    Σ P: over the samples

The second follows from the rules for blocks: ``P x − (Σ P) μ = P (x − μ)``, ``−ηα I W = −ηα W``.
Where there is no centre, μ is 0. With many outputs the last block would be large; there ``−ηα W``
is added in a pass over W instead. The plain form is `scratch.textbook.sgd_step`.

Products are taken in tiles. OpenBLAS computes a product of fewer than 2¹⁹ multiply-adds in the
calling thread alone. For a larger one it wakes its other threads. That gains little at such sizes,
and loses much where another process competes for the cores. A tile has 64 rows or more and as many
outputs as there is room for. If that is fewer than 8, the tile has up to 32 outputs and a part of
the features.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from scratch.typing import Floats

# Multiply-adds of a product that OpenBLAS computes in one thread.
_ONE_THREAD = 2**19 - 1
_TILE_ROWS = 64
_LEAST_OUTPUTS, _OUTPUTS_OF_PARTS = 8, 32
# With more outputs than this the L2 term is a pass of its own.
_FOLDED_OUTPUTS = 32
# Numbers in the rows that are gathered at a time: 1 MB in float32, which a cache holds.
_GATHERED_NUMBERS = 2**18
# Bytes: rows that begin where a cache line does are read some percent faster.
_ALIGNMENT = 64


class ForwardTile(NamedTuple):
    """Views for one product of rows and weights: m rows, k outputs, d features."""

    rows: Floats  # (m, d) of [x; μ]
    weights: Floats  # (k, d)
    scores: Floats  # (m, k)
    first: bool  # whether the scores begin with this tile; else its product is added


class BackwardTile(NamedTuple):
    """Views for one product of residuals and rows: k outputs, m rows, d features."""

    blocks: Floats  # (k, m) of [P | −Σ P | −ηα I]
    rows: Floats  # (m, d) of [x; μ; W]
    step: Floats  # (k, d)
    part: Floats  # (k, d), room for a product that is added to the step
    first: bool  # whether the step begins with this tile


class Room(NamedTuple):
    """Views of the memory for n samples."""

    x: Floats  # (n, d)
    targets: Floats  # (K, n)
    scores: Floats  # (K, n): scores, then residuals
    work: Floats  # (2, K, n)
    weights: Floats  # (n,): of the samples
    of_rows: Floats  # (K, n): W xᵀ
    of_centre: Floats  # (K,): W μ
    P: Floats  # (K, n), the first block of [P | −Σ P | −ηα I]
    minus_sums: Floats  # (K,), the second block
    diagonal: Floats  # (K,) of the third block, or (0,) where there is none
    forward: list[ForwardTile]
    backward: list[BackwardTile]


class Products:
    """The memory of batches of at most `n_samples`, and their products.

    Parameters
    ----------
    shape : tuple of int
        The shape of the weights, (K, d).
    dtype : dtype
    n_samples : int
    centre : ndarray of shape (d,), or None
        μ; None for 0.

    Attributes
    ----------
    theta : ndarray of shape (K d + K,)
        Weights and intercepts, W and b̃, which the products read and the solver writes.
    step : ndarray of the shape of `theta`
        The result of `add_step`; `step_W` and `step_b` are its views.
    work : ndarray of the shape of `theta`
        Overwritten by `add_step`.
    most_rows : int
        The number of rows that are read and multiplied at a time.
    """

    def __init__(
        self, shape: tuple[int, int], dtype: DTypeLike, n_samples: int, centre: Floats | None
    ) -> None:
        K, d = self.shape = shape
        n = self.most_rows = min(n_samples, max(_TILE_ROWS, _GATHERED_NUMBERS // d))
        memory = aligned((n + 1 + K) * d + K, dtype)
        self._stack = memory[: (n + 1 + K) * d].reshape(n + 1 + K, d)  # [x; μ; W]
        self._stack[n] = 0 if centre is None else centre
        self.theta = memory[(n + 1) * d :]
        self.step, self.work = aligned(len(self.theta), dtype), aligned(len(self.theta), dtype)
        self.W, self.b = split(self.theta, shape)
        self.step_W, self.step_b = split(self.step, shape)
        self._work_W, _ = split(self.work, shape)
        self._rooms: dict[int, Room] = {}

    def room(self, n: int) -> Room:
        """Return the memory for n samples, at most `most_rows`; the same for the same n."""
        if n not in self._rooms:
            self._rooms[n] = self._new_room(n)
        return self._rooms[n]

    def put_scores(self, room: Room) -> None:
        """Put the scores of ``room.x`` into ``room.scores``: Z of the module's docstring."""
        for tile in room.forward:  # x Wᵀ: faster than W xᵀ, transposing included
            if tile.first:
                np.matmul(tile.rows, tile.weights.T, out=tile.scores)
            else:
                tile.scores[...] += tile.rows @ tile.weights.T
        intercepts = self.b - room.of_centre  # b̃ − W μ, (K,)
        np.add(room.of_rows, intercepts[:, np.newaxis], out=room.scores)

    def add_step(self, room: Room, scale: float, l2: float, *, first: bool) -> None:
        """Add the part of the step that follows from the residuals in ``room.scores``.

        Parameters
        ----------
        room : Room
        scale : float
            −η/n, with the n of the whole batch.
        l2 : float
            −ηα with one part of the batch, 0 with the others.
        first : bool
            Whether this is the first part of the batch: then the step begins anew.
        """
        np.multiply(room.scores, scale, out=room.P)
        sums = np.add.reduce(room.P, axis=1, out=self.step_b if first else None)  # (K,)
        np.negative(sums, out=room.minus_sums)
        room.diagonal[...] = l2
        for tile in room.backward:
            if first and tile.first:
                np.matmul(tile.blocks, tile.rows, out=tile.step)
            else:
                np.matmul(tile.blocks, tile.rows, out=tile.part)
                np.add(tile.step, tile.part, out=tile.step)
        if l2 and not room.diagonal.size:
            np.multiply(self.W, l2, out=self._work_W)
            self.step_W += self._work_W
        if not first:
            self.step_b += sums

    def _new_room(self, n: int) -> Room:
        (K, d), dtype = self.shape, self.theta.dtype
        stack = self._stack[self.most_rows - n :]  # [x; μ; W] with n rows x
        folded = K if K <= _FOLDED_OUTPUTS else 0
        blocks, products = np.zeros((K, n + 1 + folded), dtype), np.empty((n + 1, K), dtype)
        sizes = tile_sizes(K, d)
        forward = [
            ForwardTile(stack[m, j], self.W[k, j], products[m, k], j.start == 0)
            for m, k, j in product(*map(_spans, (n + 1, K, d), sizes))
        ]
        # the rows that were read last come first: a cache still holds them
        m_of_last, *others = reversed(_spans(n + 1 + folded, sizes[0]))
        backward = [
            BackwardTile(
                blocks[k, m], stack[m, j], self.step_W[k, j], self._work_W[k, j], m is m_of_last
            )
            for m, k, j in product((m_of_last, *others), *map(_spans, (K, d), sizes[1:]))
        ]
        scores = np.empty((K, n), dtype)
        return Room(
            x=stack[:n],
            targets=np.empty_like(scores),
            scores=scores,
            work=np.empty((2, K, n), dtype),
            weights=np.ones(n, dtype),
            of_rows=products[:-1].T,
            of_centre=products[-1],
            P=blocks[:, :n],
            minus_sums=blocks[:, n],
            diagonal=np.einsum("kk->k", blocks[:, n + 1 :]) if folded else blocks[0, :0],
            forward=forward,
            backward=backward,
        )


def split(theta: Floats, shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return views of an array like theta: the weights (K, d), and the intercepts (K,)."""
    n_weights = shape[0] * shape[1]
    return theta[:n_weights].reshape(shape), theta[n_weights:]


def aligned(n: int, dtype: DTypeLike) -> Floats:
    """Return n zeros, the first of which begins a cache line."""
    n_bytes = n * np.dtype(dtype).itemsize
    memory = np.zeros(n_bytes + _ALIGNMENT, np.uint8)
    start = -memory.ctypes.data % _ALIGNMENT
    return memory[start : start + n_bytes].view(dtype)


def tile_sizes(n_outputs: int, n_features: int) -> tuple[int, int, int]:
    """Return the rows, outputs and features of a product that one thread computes.

    Examples
    --------
    >>> tile_sizes(10, 784), tile_sizes(1000, 784), tile_sizes(10, 50_000)
    ((66, 10, 784), (66, 10, 784), (64, 10, 816))
    """
    most = _ONE_THREAD // _TILE_ROWS  # weights in a tile
    outputs, features = min(n_outputs, most // n_features), n_features
    if outputs < min(n_outputs, _LEAST_OUTPUTS):
        outputs = min(n_outputs, _OUTPUTS_OF_PARTS)
        features = most // outputs // 16 * 16
    return _ONE_THREAD // (outputs * features), outputs, features


def _spans(n: int, size: int) -> list[slice]:
    """Return the fewest slices of at most `size` that cover n, of nearly equal sizes."""
    n_spans = -(-n // size)
    return [slice(n * k // n_spans, n * (k + 1) // n_spans) for k in range(n_spans)]
