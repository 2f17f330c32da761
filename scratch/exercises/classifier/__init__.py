"""Laws of a whole classifier: one that has ``fit(X, y)`` and gives probabilities or weights."""

from scratch.exercises.classifier.check import check_classifier

__all__ = ["check_classifier"]
