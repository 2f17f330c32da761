"""The code of docs/scale.md runs as it stands, and what it says of its results is so."""

import contextlib
import io
import re
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("dask_ml", reason="Dask and dask-ml are not installed (extra: scale)")

from sklearn import metrics

# Dask's own, with pandas 3.1
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.reset_index")
PAGE = Path(__file__).parents[1] / "docs" / "scale.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return the names of the page's session, and what it prints."""
    names, out = {}, io.StringIO()
    with contextlib.chdir(tmp_path_factory.mktemp("page")), contextlib.redirect_stdout(out):
        for number, block in enumerate(BLOCKS):
            exec(compile(block, f"docs/scale.md, block {number}", "exec"), names)
    return names, out.getvalue()


def test_every_step_has_code(page):
    assert len(BLOCKS) >= 8
    assert "100% Completed" in page[1]  # Dask's progress bar


def test_sorted_chunks_do_harm(page):
    scores = page[0]["scores"]
    assert scores["shuffled"] > scores["sorted"] + 0.05


def test_the_report_is_that_of_all_rows(page):
    names, out = page
    predicted = names["model"].predict(names["X_test"])
    expected = metrics.classification_report(names["y_test"], predicted, output_dict=True)
    cells = names["true"], names["predicted"]
    report = names["classification_report"](
        *cells, sample_weight=names["counts"].ravel(), output_dict=True
    )
    assert report == expected
    assert "macro avg" in out


def test_log_loss_and_auc_are_those_of_all_rows(page):
    names, _ = page
    y, p = names["y_test"], names["model"].predict_proba(names["X_test"])[:, 1]
    assert names["loss"] / names["n"] == pytest.approx(metrics.log_loss(y, p), rel=1e-6)  # float32
    assert 0 < names["error"] < 1e-3
    assert abs(names["auc"] - metrics.roc_auc_score(y, p)) <= names["error"]


def test_predictions_of_blocks_are_those_of_all_rows(page):
    names, _ = page
    expected = names["served"].estimator.predict(names["X"])
    np.testing.assert_array_equal(names["served"].predict(names["blocks"]).compute(), expected)
