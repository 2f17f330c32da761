"""When two results count as equal.

- `CLOSE`: for what is computed with exp and log. Sixteen roundings of single precision: who
  computes in float32 is right too, and every mistake that is looked for is larger by far.
- `EXACT`: for ratios of counts. A few roundings of double precision, as every way to divide whole
  numbers takes. An epsilon added to a denominator, 1e-12 even, is more.
"""

import numpy as np

CLOSE = 16 * float(np.finfo(np.float32).eps)  # 1.9e-6
EXACT = 16 * float(np.finfo(np.float64).eps)  # 3.6e-15


def allowed(margin, got):
    """The margin for a result: of counts in single precision, that of single precision."""
    single = isinstance(got, np.ndarray | np.generic) and got.dtype in (np.float32, np.float16)
    if isinstance(got, tuple):
        single = any(allowed(margin, part) != margin for part in got)
    return CLOSE if single and margin == EXACT else margin


def same(got, want, margin):
    """Whether two numbers, arrays or tuples of them agree, in shape and up to `margin`.

    The margin is relative to the largest entry, and absolute below 1. NaN equals NaN.
    """
    if isinstance(want, tuple):
        return (
            isinstance(got, tuple | list)
            and len(got) == len(want)
            and all(same(g, w, margin) for g, w in zip(got, want, strict=True))
        )
    try:
        got, want = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    except (TypeError, ValueError):  # no numbers
        return False
    if got.shape != want.shape:
        return False
    finite = np.abs(want[np.isfinite(want)])
    scale = max(1.0, float(finite.max(initial=0.0)))
    return bool(np.allclose(got, want, rtol=0, atol=margin * scale, equal_nan=True))
