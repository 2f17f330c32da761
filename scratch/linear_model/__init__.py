"""Linear classifiers trained by stochastic gradient descent."""

from scratch.linear_model.classifiers import LogisticClassifier, SoftmaxClassifier
from scratch.linear_model.sgd_classifier import SGDClassifier

__all__ = ["LogisticClassifier", "SGDClassifier", "SoftmaxClassifier"]
