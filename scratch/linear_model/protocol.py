"""What scikit-learn's tools ask of an estimator.

`clone`, `Pipeline`, `GridSearchCV` and the like need no base class, only some methods: parameters
that can be read and set, tags that say what an estimator is, and a few more for its callbacks, its
metadata routing and its notebooks. Where one of these asks for a type of scikit-learn, that type is
imported at that moment.
"""

import inspect
from typing import Any, Self

from scratch.linear_model import callbacks


class Estimator:
    """Parameters that can be read, set and shown, as scikit-learn's tools expect."""

    @classmethod
    def _parameter_names(cls) -> list[str]:
        parameters = inspect.signature(cls.__init__).parameters
        return sorted(name for name in parameters if name != "self")

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the constructor's parameters, by name.

        Parameters
        ----------
        deep : bool, default=True
            Accepted for scikit-learn's sake; no parameter here is itself an estimator.

        Returns
        -------
        dict
        """
        return {name: getattr(self, name) for name in self._parameter_names()}

    def set_params(self, **params: Any) -> Self:
        """Set parameters by name.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If there is no parameter of that name.
        """
        names = self._parameter_names()
        for name, value in params.items():
            if name not in names:
                raise ValueError(
                    f"Invalid parameter {name!r} for estimator {self}. Valid parameters are:"
                    f" {names!r}."
                )
            setattr(self, name, value)
        return self

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import ClassifierTags, InputTags, Tags, TargetTags

        return Tags(
            estimator_type="classifier",
            target_tags=TargetTags(required=True),
            classifier_tags=ClassifierTags(),
            input_tags=InputTags(),
        )

    # How it is shown

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self).__init__).parameters
        changed = (
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if repr(value) != repr(defaults[name].default)
        )
        return f"{type(self).__name__}({', '.join(changed)})"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the parameters, and whether it is fitted."""
        from sklearn.utils import estimator_html_repr

        return estimator_html_repr(self)

    def _get_params_html(self, deep: bool = True, doc_link: str = "") -> Any:
        """Return the table of the parameters in `_repr_html_`; scikit-learn asks for it."""
        from sklearn.base import BaseEstimator

        return BaseEstimator._get_params_html(self, deep, doc_link)

    # Callbacks

    def set_callbacks(self, *callbacks_: Any) -> Self:
        """Set callbacks of scikit-learn 1.9: `fit` tells them of each epoch.

        Parameters
        ----------
        *callbacks_ : instances of the protocol sklearn.callback.FitCallback
            Such as ``ProgressBar()`` or ``ScoringMonitor(scoring="accuracy")``; without any, those
            that were set are forgotten.

        Returns
        -------
        self

        Raises
        ------
        TypeError
            If one of them is no callback.
        """
        return callbacks.set_callbacks(self, callbacks_)

    # Metadata routing

    def get_metadata_routing(self) -> Any:
        """Return which metadata `fit`, `partial_fit` and `score` ask a meta-estimator for.

        Returns
        -------
        sklearn.utils.metadata_routing.MetadataRequest
        """
        from sklearn.utils.metadata_routing import MetadataRequest, get_routing_for_object

        if hasattr(self, "_metadata_request"):
            return get_routing_for_object(self._metadata_request)  # a copy
        requests = MetadataRequest(owner=self)
        for method in ("fit", "partial_fit", "score"):
            for name in self._metadata_names(method):
                getattr(requests, method).add_request(param=name, alias=None)
        return requests

    def set_fit_request(self, **requests: Any) -> Self:
        """Say which metadata a meta-estimator passes on to `fit`: ``sample_weight=True``, say.

        Parameters
        ----------
        **requests : bool, str or None
            By the name of the metadata: True to ask for it, False not to, None for an error where
            it is given, a str for the name that it goes by.

        Returns
        -------
        self

        Raises
        ------
        RuntimeError
            If metadata routing is not enabled in scikit-learn.
        TypeError
            If `fit` takes no metadata of that name.
        """
        return self._set_request("fit", requests)

    def set_partial_fit_request(self, **requests: Any) -> Self:
        """Say which metadata a meta-estimator passes on to `partial_fit`; see `set_fit_request`.

        Returns
        -------
        self
        """
        return self._set_request("partial_fit", requests)

    def set_score_request(self, **requests: Any) -> Self:
        """Say which metadata a meta-estimator passes on to `score`; see `set_fit_request`.

        Returns
        -------
        self
        """
        return self._set_request("score", requests)

    def _metadata_names(self, method: str) -> list[str]:
        parameters = inspect.signature(getattr(self, method)).parameters
        return [name for name in parameters if name not in ("X", "y")]

    def _set_request(self, method: str, requests: dict[str, Any]) -> Self:
        from sklearn import get_config
        from sklearn.utils.metadata_routing import UNCHANGED

        if not get_config()["enable_metadata_routing"]:
            raise RuntimeError(
                "This method is only available when metadata routing is enabled. You can enable it"
                " using sklearn.set_config(enable_metadata_routing=True)."
            )
        accepted = self._metadata_names(method)
        unexpected = set(requests) - set(accepted)
        if unexpected:
            raise TypeError(
                f"Unexpected args: {unexpected} in {method}. Accepted arguments are: {accepted}"
            )
        changed = self.get_metadata_routing()
        for name, alias in requests.items():
            if alias != UNCHANGED:
                getattr(changed, method).add_request(param=name, alias=alias)
        self._metadata_request = changed
        return self
