"""Linear classifiers trained by stochastic gradient descent."""

from scratch.linear_model.minibatch_classifiers import LogisticClassifier, SoftmaxClassifier

__all__ = ["LogisticClassifier", "SoftmaxClassifier"]
