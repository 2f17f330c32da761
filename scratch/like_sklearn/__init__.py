"""The room of all that is here only to look like scikit-learn: nothing in it computes.

scikit-learn is imitated, since its users bring their tools along: `clone`, `Pipeline`,
`GridSearchCV`, its callbacks, data frames, notebooks, and filters of its warnings. These go by
methods and types. Inheriting both from scikit-learn would load it, and SciPy with it, for everybody
who trains or measures here. So each respect in which our classes look like scikit-learn's has a
file, which looks up the types of scikit-learn at the moment in which one is needed; no other part
of the library does:

- ``native``: errors and warnings that are of scikit-learn's type too
- ``parameters``: `get_params`, `set_params`, and how an estimator is printed
- ``notebook``: the HTML that a notebook shows
- ``tags``: what an estimator says that it is
- ``routing``: which metadata a meta-estimator passes on
- ``callbacks``: who is told of the epochs of a fit
- ``feature_names``: the columns of a data frame, remembered and compared
- ``estimator``: the base class that puts these together

`scratch.linear_model` builds on the whole room. `scratch.exceptions` and the displays of
`scratch.metrics` use ``native`` alone; the solvers, the losses and the metrics nothing of it.
"""
