"""A classifier that scikit-learn's tools take for one of its own."""

from typing import Any

from scratch.like_sklearn.callbacks import Callbacks
from scratch.like_sklearn.routing import MetadataRouting
from scratch.like_sklearn.shown import Shown


class ClassifierLikeSklearn(Shown, MetadataRouting, Callbacks):
    """Parameters, tags, print and HTML, metadata routing, callbacks."""

    def __sklearn_tags__(self) -> Any:
        from sklearn import utils

        return utils.Tags(
            estimator_type="classifier",
            target_tags=utils.TargetTags(required=True),
            classifier_tags=utils.ClassifierTags(),
            input_tags=utils.InputTags(sparse=True),
        )
