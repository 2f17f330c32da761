"""The pictures of the metrics, scikit-learn's Displays; they load matplotlib when they draw."""
