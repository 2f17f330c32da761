"""Logistic and softmax classifiers, their losses and metrics, from scratch in NumPy.

The parts (README.md gives an order in which to read the source):

- ``scratch.losses``: sigmoid, softmax, binary cross-entropy, cross-entropy
- ``scratch.linear_model``: ``LogisticClassifier``, ``SoftmaxClassifier``, ``SGDClassifier``
- ``scratch.metrics``: confusion counts and all that follows from them
- ``scratch.datasets``: the bundled digits, and MNIST
- ``scratch.chapter``: the lesson that ``python -m scratch`` tells

``import scratch`` loads NumPy and nothing heavier; import the part that you need.
"""

__version__ = "0.1.0"
