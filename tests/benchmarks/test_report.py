"""Tables and JSON."""

import json

from benchmarks.race import Ratio
from benchmarks.report import Table, write_json


def test_table_is_aligned():
    text = str(Table("title", ["name", "σ"], [["a", 1], ["long", "22,000"]], ["note"]))
    assert text.splitlines()[2:6] == [
        "name       σ",
        "------------",
        "a          1",
        "long  22,000",
    ]


def test_json_leaves_no_draft(tmp_path):
    table = Table("t", ["a", "b"], [["x", Ratio(1.0, 2.0, 3.0)]])
    write_json(
        tmp_path / "x.json",
        benchmark="x",
        command=[],
        complete=True,
        machine={},
        tables=[table],
        records=[{"seconds": 1.5}],
    )
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
    content = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert content["records"] == [{"seconds": 1.5}]
    assert content["tables"][0]["rows"] == [["x", "2.00 (1.00–3.00)"]]


def test_markdown_by_hand():
    table = Table("Title", ["", "time"], [["ours", 1], ["theirs", "2.0 s"]], ["A note."])
    assert table.markdown() == (
        "**Title**\n\n|  | time |\n| --- | ---: |\n| ours | 1 |\n| theirs | 2.0 s |\n\nA note.\n"
    )
