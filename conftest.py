"""What tests and examples share: pictures are drawn without a screen, and closed when done."""

import os
import sys

import pytest

os.environ["MPLBACKEND"] = "Agg"  # before matplotlib is imported; other processes get it too


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
