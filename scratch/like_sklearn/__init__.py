"""All code that only imitates scikit-learn; nothing in this room computes.

scikit-learn's users bring their tools along: `clone`, `Pipeline`, `GridSearchCV`, callbacks, data
frames, notebooks, and filters of warnings. These tools ask an estimator for certain methods, and
now and then for a type of scikit-learn's. Inheriting from its classes would give us both, but it
would load scikit-learn and SciPy for everybody who trains or measures here. So the methods are
imitated, and a type is looked up when it is needed: in this room, and nowhere else in the code that
trains and measures.

- ``native``: errors and warnings that are of scikit-learn's type too
- ``get_params``: `get_params` and `set_params`
- ``shown``: how an estimator is printed, and drawn in a notebook
- ``routing``: the metadata that a meta-estimator passes on
- ``callbacks``: the epochs of a fit, told to scikit-learn's callbacks
- ``feature_names``: the columns of a data frame
- ``available_if``: methods that exist for some parameters only
- ``sgd_quirks``: behaviour of `SGDClassifier` whose only reason is scikit-learn's
- ``sgd_verbose``: the lines that it prints
- ``scorers``: `make_scorer` and `get_scorer`, scikit-learn's own
- ``positional``: arguments by position that scikit-learn will take by name only
- ``classifier_like_sklearn``: the base class that puts these together, and its tags

`scratch.linear_model` builds on the whole room. `scratch.exceptions` and the displays of
`scratch.metrics` use ``native``, and the metrics ``scorers`` and ``positional``. The losses and the
solvers use nothing of it.
"""
