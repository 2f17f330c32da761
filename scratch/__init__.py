"""Logistic and softmax classifiers, their losses and metrics, from scratch in NumPy.

The parts, in the order in which to read them:

- ``scratch.textbook``: the chapter's mathematics, plain: read it first
- ``scratch.losses``: sigmoid, softmax, binary cross-entropy, cross-entropy, at every logit
- ``scratch.solvers``: mini-batch descent, and one sample at a time with scikit-learn's bits
- ``scratch.linear_model``: ``LogisticClassifier``, ``SoftmaxClassifier``, ``SGDClassifier``
- ``scratch.metrics``: confusion counts, and the metrics that follow from them
- ``scratch.validation``: which input is accepted, and the error for all other input
- ``scratch.like_sklearn``: all code that only imitates scikit-learn
- ``scratch.exercises``: laws of the textbook's functions, for your own code
- ``scratch.datasets``: the bundled digits, and MNIST
- ``scratch.chapter``: the lesson that ``python -m scratch`` tells

``import scratch`` loads NumPy and nothing heavier; import the part that you need.
"""

__version__ = "0.1.0"
