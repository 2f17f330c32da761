"""The chapter's functions as exercises: write them yourself, and see which law a slip breaks.

- ``python -m scratch exercises`` writes a file of stubs, ``python -m scratch check`` checks it, and
  ``python -m scratch grade`` a folder of them;
- ``check(my_softmax, "softmax")`` does so for one function, in a notebook for instance;
- ``laws("softmax")`` are the same laws as cases for a test suite;
- ``check_classifier(MyClassifier())`` holds a whole classifier to the laws of classification.

Read in this order: ``topics`` (an exercise is one record, a file a topic), ``record`` (how a law
compares), ``diagnose`` (why it failed, found by trying), ``mutants`` and ``changes`` (slips that
follow by rules), ``sandbox`` (other people's code).
"""

from scratch.exercises.catalogue import laws
from scratch.exercises.classifier import check_classifier
from scratch.exercises.report import check

__all__ = ["check", "check_classifier", "laws"]
