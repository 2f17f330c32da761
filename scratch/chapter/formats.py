"""How numbers are written, in the terminal and on the page alike."""

import math

import numpy as np


def percent(value):
    """Return a share, such as an accuracy: 97.62 %."""
    return f"{100 * value:.2f} %"


def whole(value):
    """Return a share in round numbers: 91 %."""
    return f"{100 * value:.0f} %"


def loss(value):
    """Return a loss in nats: 0.17381."""
    return f"{value:.5f}"


def count(value):
    """Return a count, its thousands set apart: 60,000."""
    return f"{value:,}"


def seconds(value):
    """Return a duration in seconds: 0.42."""
    return f"{value:.2f}"


def signed(value, digits=2):
    """Return a number with its sign, the minus as long as the plus: +0.50, −1.26."""
    return f"{value:+.{digits}f}".replace("-", "−")


def probability(value):
    """Write a probability with as many nines as it needs: 0.52, 0.98, 0.99997; 1 if it is 1.

    >>> [probability(p) for p in (0.5, 0.987, 0.9996, 0.99997, 1.0)]
    ['0.50', '0.98', '0.9996', '0.99997', '1']
    """
    if value == 1:
        return "1"
    digits = max(2, math.ceil(-math.log10(1 - value)))
    return f"{math.floor(value * 10**digits) / 10**digits:.{digits}f}"


def listed(values, style):
    """Return a short array, each number in the style given: [0.90, 0.20]."""
    return "[" + ", ".join(format(value, style) for value in values.tolist()) + "]"


def shape(dimensions):
    """Return a shape: 60,000 × 784."""
    return " × ".join(count(n) for n in dimensions)


def compared(value):
    """One side of the closing table: a number in full, of anything larger what it is."""
    if isinstance(value, str):
        return f"{len(value)} characters"
    if np.ndim(value) == 0:
        return f"{value:.12f}"
    return f"{shape(np.shape(value))} {'counts' if value.dtype.kind in 'iu' else 'values'}"


def difference(value):
    """Return a difference: 0 where there is none, else its order of magnitude."""
    return "0" if value == 0 else f"{value:.1e}"
