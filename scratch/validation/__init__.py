"""The one door for input: what is accepted, and the error for what is not.

- ``parameters``: what a parameter may be
- ``arrays``: tables of numbers
- ``sparse``: sparse tables, for `SGDClassifier`
- ``labels``: what labels may be
- ``encoding``: labels as codes 0, 1, …, n_classes - 1
- ``weights``: weights of samples and of classes

The types of errors are scikit-learn's, so that its tools and its users' programs see what they
expect.
"""
