"""The HTML that a notebook shows: scikit-learn's, of an estimator by itself or in a pipeline."""

from typing import Any

from scratch.like_sklearn.twin import twin


class Notebook:
    """An estimator that is drawn as scikit-learn draws its own."""

    @property
    def _repr_html_(self) -> Any:
        """What a notebook calls; not there after ``sklearn.set_config(display="text")``."""
        return twin(self)._repr_html_

    # For its parameters and its attributes the HTML of a pipeline asks a step by these two names;
    # a public one there isn't.

    def _get_params_html(self, *args: Any, **options: Any) -> Any:
        return twin(self)._get_params_html(*args, **options)

    def _get_fitted_attr_html(self, *args: Any, **options: Any) -> Any:
        return twin(self)._get_fitted_attr_html(*args, **options)
