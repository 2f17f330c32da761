"""A classifier that looks like one of scikit-learn's, in all respects that its tools ask for."""

from scratch.like_sklearn.callbacks import Callbacks
from scratch.like_sklearn.notebook import Notebook
from scratch.like_sklearn.parameters import Parameters
from scratch.like_sklearn.routing import MetadataRouting
from scratch.like_sklearn.tags import ClassifierTags


class ClassifierLikeSklearn(Parameters, Notebook, ClassifierTags, MetadataRouting, Callbacks):
    """A classifier that `Pipeline`, `GridSearchCV` and the like take for one of scikit-learn's."""
