"""What an estimator says that it is."""

from typing import Any


class ClassifierTags:
    """A classifier, which needs y and takes dense tables."""

    def __sklearn_tags__(self) -> Any:
        from sklearn import utils

        return utils.Tags(
            estimator_type="classifier",
            target_tags=utils.TargetTags(required=True),
            classifier_tags=utils.ClassifierTags(),
            input_tags=utils.InputTags(),
        )
