"""Data that no machine holds: training on many workers with Dask.

Two parts, of which ``--only cluster`` and ``--only simulated`` take one. The *cluster* is one of
processes on this machine, timed (`cluster`). The *simulated* workers are parts that one process
trains in turn (`rounds`): accuracy and loss are those that as many machines would get, bit for bit.
From both follows an estimate.
"""

from importlib.util import find_spec

import numpy as np

from benchmarks import rounds
from benchmarks.plots import BLACK, BLUE, GREEN, GREY, ORANGE, PINK, SKY, YELLOW, chart, curve
from benchmarks.race import seconds as show
from benchmarks.report import Table

NAME = "scale"
NEEDS = "dask_ml"
_OURS = "fit_in_rounds"
_ESTIMATED = {"rows": 10**9, "features": 50, "machines": 64, "rounds": 4}
_MIB = 2**20


def measure(settings, records, progress):
    """Append what the cluster takes, and what the simulated workers reach."""
    if find_spec(NEEDS) is None:
        records.append({"kind": "missing", "missing": NEEDS})
        return
    from benchmarks import cluster

    n, turns = (20_000, 1) if settings.quick else (1_000_000, 3)
    if not settings.only or "cluster" in settings.only:
        jobs = [*cluster.CONTENDERS] * (turns + 1) + ["a round"] * 4
        progress.expect(jobs * len(cluster.WORKERS))
        cluster.measure_speed(n, 50, turns, records, progress)
        cluster.measure_round(turns, records, progress)
    if not settings.only or "simulated" in settings.only:
        rounds.measure(settings, records, progress)


def unlike(records):
    """Whoever trains on the same rows classifies about as well, or is told."""
    accuracies = {}
    for r in records:
        if r["kind"] == "speed":
            accuracies.setdefault(r["who"], []).append(r["accuracy"])
    best = max(map(np.median, accuracies.values()), default=0)
    return [
        f"scale: {who} has an accuracy of {np.median(found):.3f}, the best {best:.3f}"
        for who, found in accuracies.items()
        if np.median(found) < best - 0.05
    ]


def tables(records):
    """Speed, the price of a round, what the simulated workers reach, and the estimate."""
    by = {}
    for r in records:
        by.setdefault(r["kind"], []).append(r)
    if "missing" in by:
        rows = [["Dask", "not installed: python -m pip install -e '.[scale]'"]]
        return [Table("Data that no machine holds", ["", ""], rows)]
    made = []
    if "speed" in by:
        made.append(_speed(by["speed"]))
    if "round" in by:
        made.append(_price(by["round"]))
    for problem in dict.fromkeys(r["problem"] for r in by.get("simulated", [])):
        made.append(_reached([r for r in by["simulated"] if r["problem"] == problem]))
    if "speed" in by and "round" in by:
        made.append(estimate(by["speed"], by["round"]))
    return made


def _grouped(records, *names):
    found = {}
    for r in records:
        found.setdefault(tuple(r[name] for name in names), []).append(r)
    return found


def _median(records, name):
    return float(np.median([r[name] for r in records]))


def _speed(records):
    groups = _grouped(records, "who", "workers")
    rows = []
    for who in dict.fromkeys(who for who, _ in groups):
        one, two = (groups.get((who, workers)) for workers in (1, 2))
        if one and two:
            speeds = [r[0]["rows"] / _median(r, "seconds") for r in (one, two)]
            rows.append(
                [
                    who,
                    *(f"{speed / 1e6:.2f}" for speed in speeds),
                    f"{speeds[1] / speeds[0]:.2f}",
                    f"{_median(two, 'accuracy'):.4f}",
                    *(f"{_median(r, 'held') / _MIB:.0f} + {_median(r, 'more') / _MIB:.0f}"
                      for r in (one, two)),
                ]
            )  # fmt: skip
    first = records[0]
    title = f"One pass over {first['rows']:,} × {first['features']} rows, kept on the workers"
    columns = [
        *("", "10⁶ rows/s, 1 worker", "2 workers", "times", "accuracy"),
        *("MiB of 1 worker", "of each of 2"),
    ]
    notes = [
        "By the wall clock, medians. Workers: processes of one thread, on this machine. MiB: what"
        " the worker with most holds, data included, and the most beyond that while it trains."
    ]
    return Table(title, columns, rows, notes)


def _price(records):
    rows = [
        [f"{classes} × {features}, {parts} parts", show(_median(one, "seconds")),
         show(_median(two, "seconds"))]
        for (classes, features, parts), one, two in _by_workers(records)
    ]  # fmt: skip
    notes = ["Each part trains on one batch of 128 rows: graph, scatter, tasks, mean."]
    return Table("A round next to no training", ["weights", "1 worker", "2 workers"], rows, notes)


def _by_workers(records):
    groups = _grouped(records, "classes", "features", "parts", "workers")
    for *key, workers in groups:
        if workers == 1 and (*key, 2) in groups:
            yield key, groups[*key, 1], groups[*key, 2]


def _reached(records):
    counts = sorted({r["rounds"] for r in records if "rounds" in r})
    cells = {(r["parts"], r.get("rounds")): r for r in records}
    rows = [
        [
            f"{parts}: {records[0]['rows'] // parts:,} rows each",
            *(_cell(cells.get((parts, count))) for count in counts),
        ]
        for parts in dict.fromkeys(r["parts"] for r in records if "rounds" in r)
    ]
    best = cells.get((rounds.OPTIMUM, None))
    rows.append([rounds.OPTIMUM, *[""] * (len(counts) - 1), _cell(best)])
    columns = ["parts", *(f"{count} round{'s' * (count > 1)}" for count in counts)]
    title = f"Test accuracy and log loss by parts and rounds: {records[0]['problem']}"
    notes = ["One part is one worker: `partial_fit`, block after block."]
    return Table(title, columns, rows, notes)


def _cell(record):
    return f"{record['accuracy']:.4f} ({record['log_loss']:.4f})" if record else ""


def estimate(speed, price):
    """What many machines would take, from one worker's speed and the price of a round."""
    rows, machines, passes = (_ESTIMATED[name] for name in ("rows", "machines", "rounds"))
    ours = [r for r in speed if r["who"].startswith(_OURS) and r["workers"] == 1]
    each = rows / machines / (ours[0]["rows"] / _median(ours, "seconds"))
    most = max(price, key=lambda r: (r["features"] == _ESTIMATED["features"], r["parts"]))
    like = [r for r in price if all(r[k] == most[k] for k in ("features", "parts", "workers"))]
    of_round = _median(like, "seconds")
    lines = [
        ["a pass, with its share of the first look", show(each)],
        ["a round beside it", show(of_round)],
        [f"{passes} rounds", show(passes * (each + of_round))],
    ]
    title = (
        f"ESTIMATE, not measured: {rows:,} × {_ESTIMATED['features']} rows on {machines} machines"
    )
    notes = [
        "Assumes: rows in the workers' memory, one part and one thread each, machines like this"
        " one; no worker much slower than the others; a round's price that of 64 parts here, where"
        " all the traffic is between processes. Reading from disk is not in it."
    ]
    return Table(title, ["", "time"], lines, notes)


_LOOKS = (BLACK, BLUE, SKY, GREEN, YELLOW, ORANGE, PINK)


def pictures(records):
    """Log loss above the optimum's, by rounds, a line for each number of parts."""
    simulated = [r for r in records if r["kind"] == "simulated"]
    problems = _grouped(simulated, "problem")
    if not problems:
        return {}
    figure, axes = chart(
        "Workers that train side by side: test log loss by rounds",
        len(problems), width=4.4 * len(problems), height=4.0,
    )  # fmt: skip
    for axis, ((name,), found) in zip(axes, problems.items(), strict=True):
        best = next(r["log_loss"] for r in found if r["parts"] == rounds.OPTIMUM)
        lines = _grouped([r for r in found if "rounds" in r], "parts")
        for number, ((parts,), points) in enumerate(lines.items()):
            curve(
                axis, [r["rounds"] for r in points], [r["log_loss"] for r in points],
                number=number, label=f"{parts}", color=_LOOKS[number % len(_LOOKS)],
            )  # fmt: skip
        axis.axhline(best, color=GREY, linestyle="--", linewidth=1, label="optimum")
        counts = sorted({r["rounds"] for r in found if "rounds" in r})
        axis.set(xscale="log", yscale="log", xlabel="rounds", title=name)
        axis.set_xticks(counts, counts)
        axis.minorticks_off()
        axis.yaxis.set_major_formatter("{x:.3g}")
        axis.yaxis.set_minor_formatter("{x:.3g}")
    axes[0].set_ylabel("log loss of the test set")
    axes[-1].legend(title="parts", fontsize=8, frameon=False)
    return {"scale": figure}
