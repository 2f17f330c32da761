"""Names that programs import beside the metrics, handed through from scikit-learn on demand."""

from typing import Any

HANDED_THROUGH = ("get_scorer", "make_scorer")


def scorer(name: str) -> Any:
    """Return scikit-learn's function of one of these names; it loads scikit-learn."""
    import sklearn.metrics

    return getattr(sklearn.metrics, name)
