"""What importing the package loads, in a fresh interpreter."""

import subprocess
import sys

HEAVY = {"sklearn", "scipy", "matplotlib", "pandas"}
TRAINING = """
import numpy as np
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier
X = np.random.default_rng(0).normal(size=(40, 3))
y = (X[:, 0] > 0).astype(int)
for Classifier in (LogisticClassifier, SoftmaxClassifier):
    model = Classifier(early_stopping=True, class_weight={0: 2}).fit(X, y).partial_fit(X, y)
    model.predict_proba(X), model.score(X, y), repr(model), model.get_params()
try:
    LogisticClassifier().predict(X)
except ValueError as error:
    assert type(error).__name__ == "NotFittedError"
"""


def run(program):
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_nothing_heavier_than_numpy_is_loaded():
    """One process, which tells after each statement of all that is loaded."""
    statements = [
        "import scratch",
        "import scratch.exceptions",
        "import scratch.losses",
        "import scratch.linear_model",
        "import scratch.metrics",
        "import scratch.datasets",
        "import scratch.exercises",
        TRAINING,
    ]
    told = "\nimport sys; print(*sys.modules)\n"
    lines = run(told.join([*statements, ""])).splitlines()
    for statement, line in zip(statements, lines, strict=True):
        loaded = set(line.split())
        assert "numpy" in loaded or statement in statements[:2]
        assert loaded & HEAVY == set(), statement


def test_an_import_leaves_numpys_random_state_and_error_handling_alone():
    program = """
import numpy as np
np.random.seed(0)
before, errors = np.random.get_state()[1].copy(), np.geterr()
import scratch.linear_model, scratch.losses, scratch.metrics
print((np.random.get_state()[1] == before).all(), np.geterr() == errors)
"""
    assert run(program).split() == ["True", "True"]
