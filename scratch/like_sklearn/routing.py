"""Which metadata (sample weights, say) a meta-estimator passes on to an estimator's methods."""

import inspect
from typing import Any, Self


class MetadataRouting:
    """Requests for the arguments beside X and y of `fit`, `partial_fit` and `score`."""

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
            By the name of the metadata: True asks for it, False does not, None raises an error if
            it is given, and a str asks for it under that other name.

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
        self._metadata_request = changed  # where `clone` looks for it; only the getter is public
        return self
