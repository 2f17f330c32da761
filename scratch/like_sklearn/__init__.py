"""The room of all that is here only to look like scikit-learn: nothing in it computes."""
