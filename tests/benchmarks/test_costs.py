"""What an epoch costs."""

from benchmarks import costs


def test_cost_of_one_more_epoch_is_what_the_longer_fit_takes_more():
    ratios = [("one more", ("long", "short"), "floor"), ("all", ("long",), "floor")]
    records = [
        {
            "kind": "cost",
            "match": "floor",
            "who": who,
            "ratios": ratios,
            "round": turn,
            "seconds": seconds,
            "cpu_seconds": seconds,
        }
        for who, spans in {"long": (9, 11), "short": (5, 5), "floor": (2, 2)}.items()
        for turn, seconds in enumerate(spans)
    ]
    records.append({"kind": "floor", "rows": 64, "scores": "x Wᵀ", "gradient": "R x"})
    one_more, everything = costs.tables(records)[0].rows
    assert [one_more[3].least, one_more[3].most] == [2.0, 3.0]  # (9 - 5) / 2, (11 - 5) / 2
    assert everything[3].median == 5.0
    assert len(costs.tables(records[:-3])) == 0  # interrupted before the floor
