"""The chapter's functions as exercises: write them yourself, and see which law a slip breaks.

- ``python -m scratch exercises`` writes a file of stubs, ``python -m scratch check`` checks it;
- ``check(my_softmax, "softmax")`` does so for one function, in a notebook for instance;
- ``laws("softmax")`` are the same laws as cases for a test suite;
- ``check_classifier(MyClassifier())`` holds a whole classifier to the laws of classification.

Read in this order: ``definitions`` (what should come out), ``topics`` (the laws, a file a topic),
``law`` (how one compares), ``mistakes`` and ``patterns`` (why it failed, found by trying).
"""

from scratch.exercises.book import laws
from scratch.exercises.classifier import check_classifier
from scratch.exercises.function import check

__all__ = ["check", "check_classifier", "laws"]
