"""The one door for input: which input is accepted, and the error for all other input.

- ``parameters``: which values a parameter may have
- ``arrays``: tables of numbers
- ``sparse``: sparse tables, for classifiers and metrics
- ``labels``: which arrays are labels
- ``encoding``: labels as codes 0, 1, …, n_classes - 1
- ``weights``: weights of samples and of classes

The types of errors are scikit-learn's, so that its tools and its users' programs see the
types that they expect.
"""
