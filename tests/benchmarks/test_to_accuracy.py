"""The tables of the race to an accuracy, from records made by hand."""

import pytest

from benchmarks import to_accuracy

ABOUT = {"problem": "x", "what": "2 × 2", "targets": [0.9], "shift": 0.01, "clock": "seconds"}


def records_of(contender, seconds, accuracies, setting="eta0=1"):
    who = {"problem": "x", "contender": contender, "setting": setting}
    yield {"kind": "choice", **who, "target": 0.9, "seconds": 9.0, "accuracy": 0.91, "of": 4}
    for seed, (taken, reached) in enumerate(zip(seconds, accuracies, strict=True)):
        yield {"kind": "race", **who, "seed": seed, "seconds": taken, "accuracy": reached}


RECORDS = [
    {"kind": "goals", **ABOUT},
    *records_of("ours", [1.0, 2.0, 4.0], [0.90, 0.91, 0.89]),
    *records_of("slow", [2.0, 6.0, 20.0], [0.92, 0.92, 0.92]),
    *records_of("poor", [0.1, 0.1, 0.1], [0.91, 0.89, 0.89]),
    {"kind": "missing", "problem": "x", "contender": "absent", "needs": "torch"},
]


def test_a_row_for_everybody():
    summary, by_target = to_accuracy.tables(RECORDS)
    assert summary.rows == [
        ["ours", "2.00 s (1; 2 of 3)"],
        ["slow", "6.00 s (3; 3 of 3)"],  # 2/1, 6/2, 20/4
        ["poor", "100 ms (missed; 1 of 3)"],
        ["absent", "not installed: torch"],
    ]
    slow = by_target.rows[1]
    assert slow[:4] == ["slow", "eta0=1", "0.9100", "0.9200 (0.9200–0.9200)"]
    assert slow[4:6] == ["3 of 3", "6.00 s (2.00 s–20.0 s)"]
    assert (slow[6].least, slow[6].median, slow[6].most) == (2.0, 3.0, 5.0)
    assert "not installed: torch" in by_target.rows[3]


def test_no_table_before_the_race():
    choices = [r for r in RECORDS if r["kind"] != "race"]
    assert to_accuracy.tables(choices) == []
    assert to_accuracy.pictures(choices) == {}


def test_picture_has_a_dot_for_who_raced():
    (figure,) = to_accuracy.pictures(RECORDS).values()
    (axis,) = figure.axes
    dots = [line for line in axis.lines if line.get_marker() == "o"]
    assert [dot.get_xdata()[0] for dot in dots] == pytest.approx([2.0, 6.0, 0.1])
    assert dots[2].get_markerfacecolor() == "white"  # missed


def test_target_that_nobody_reaches_has_no_column():
    (summary, *rest) = to_accuracy.tables(
        [
            {**RECORDS[0], "targets": [0.9, 0.95]},
            *RECORDS[1:],
            {**RECORDS[1], "target": 0.95},
        ]
    )
    assert summary.columns == ["solver", "0.9"]
    assert len(rest) == 1
    assert "Nobody's median reaches 0.95." in summary.notes


def test_defaults_stand_in_a_table_of_their_own():
    unasked = [
        {"kind": "defaults", "problem": "x", "contender": name, "setting": "defaults",
         "seed": seed, "seconds": seconds, "accuracy": 0.9, "loss": 0.3}
        for name, times in (("ours", [1.0, 2.0]), ("theirs", [3.0, 4.0]))
        for seed, seconds in enumerate(times)
    ]  # fmt: skip
    *tuned, table = to_accuracy.tables(RECORDS + unasked)
    assert [row[0] for row in table.rows] == ["ours", "theirs"]
    assert table.rows[1][2].median == pytest.approx(2.5)  # 3/1, 4/2
    assert all("theirs" not in str(each) for each in tuned)
