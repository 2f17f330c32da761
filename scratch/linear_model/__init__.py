"""Linear classifiers trained by stochastic gradient descent: thin over `scratch.solvers`.

Read in this order:

- ``classifiers``: `LogisticClassifier` and `SoftmaxClassifier`, one mini-batch solver, two losses
- ``mini_batch_classifier``: their parameters, and `fit`, which is a table of contents
- ``training_data``: their input: checked targets, classes and weights; ``holdout``: the samples
  that early stopping keeps apart
- ``sgd_classifier``, ``perceptron``: scikit-learn's two, with their bits
- ``one_sample``: their `fit` and `partial_fit`
- ``one_sample_setup``: turns their parameters and data into the solver's input
- ``estimator``: the base of all: checks of their input, prediction from scores
- ``scores``: the scores of many samples, in tiles
"""

from scratch.linear_model.classifiers import LogisticClassifier, SoftmaxClassifier
from scratch.linear_model.perceptron import Perceptron
from scratch.linear_model.sgd_classifier import SGDClassifier

__all__ = ["LogisticClassifier", "Perceptron", "SGDClassifier", "SoftmaxClassifier"]
