"""How lines, texts and images look: defaults, overruled by the caller's keyword arguments."""

from typing import Any


def style(artist: Any, defaults: dict[str, Any], given: dict[str, Any] | None) -> dict[str, Any]:
    """Return keyword arguments for an `artist` class of matplotlib: defaults overruled by `given`.

    Short names (``lw``) and long ones (``linewidth``) count as the same.

    Examples
    --------
    >>> from matplotlib.lines import Line2D
    >>> style(Line2D, {"linewidth": 1, "color": "k"}, {"lw": 3})
    {'linewidth': 3, 'color': 'k'}
    """
    from matplotlib.cbook import normalize_kwargs

    return {**normalize_kwargs(defaults, artist), **normalize_kwargs(given or {}, artist)}
