"""How time and memory grow with samples, features, classes and batch size.

On the same axes: the two matrix products of an epoch and nothing else, and reading the data once.
"""

import tracemalloc
from dataclasses import dataclass

import numpy as np
import threadpoolctl

from benchmarks import floors
from benchmarks.machine import cores
from benchmarks.plots import BLUE, GREY, ORANGE, SKY, chart, curve, plain_axis, seconds_axis
from benchmarks.race import Entrant, Ratio, race, repeat_for, seconds
from benchmarks.report import Table
from scratch.linear_model import SoftmaxClassifier

NAME = "scaling"
ONE, ALL, PRODUCTS, READING = "one thread", "all threads", "two products", "reading once"
_EPOCHS = 2
_TILE = 64  # rows to a product, in the floor
_BATCH = SoftmaxClassifier().batch_size
_MIB = 2**20
_NOTES = (
    "Times: an epoch of a fit of two, set-up included, by the wall clock; the ratio by CPU time.",
    f"Two products: {_TILE} rows at a time. Reading once: x · x of all numbers.",
    "Peak memory beyond the data, and the data: MiB.",
)


@dataclass(frozen=True)
class Size:
    """The sizes of a fit."""

    samples: int
    features: int = 100
    classes: int = 10
    batch: int = _BATCH


def sweeps(quick):
    """The sizes to measure, by the name of the one that grows."""
    fixed = 1_000 if quick else 5_000
    most = {"samples": 10_000, "features": 1_000, "classes": 100} if quick else {}
    grown = {
        "samples": (1_000, 3_000, 10_000, 100_000, 1_000_000),
        "features": (10, 100, 300, 1_000, 3_000, 10_000),
        "classes": (2, 10, 30, 100, 300, 1_000),
        "batch": (1, 8, 64, 256, 1_000, fixed),
    }
    return {
        grows: [
            Size(**{"samples": fixed, grows: value})
            for value in dict.fromkeys(values)
            if value <= most.get(grows, value)
        ]
        for grows, values in grown.items()
    }


def measure(settings, records, progress):
    """Append the times and the memory of every size."""
    rounds = 2 if settings.quick else 3
    plan = [(grows, size) for grows, sizes in sweeps(settings.quick).items() for size in sizes]
    for key in plan:
        progress.expect([(key, who) for who in (ONE, ALL, PRODUCTS, READING)] * rounds)
        progress.expect([(key, "memory")])
    controller = threadpoolctl.ThreadpoolController()
    for grows, size in plan:
        X, y = data(size)
        key = {"grows": grows, **vars(size)}
        with progress.job(f"{_text(grows, size)}: memory", ((grows, size), "memory")):
            peak = peak_memory(fit(X, y, size))
        records.append({**key, "data": X.nbytes, "peak": peak})
        entrants = _entrants(X, y, size, controller)
        part = progress.part(_text(grows, size), (grows, size))
        for turn, entrant, taken, _ in race(entrants, rounds, part):
            per_epoch = {clock: value / _EPOCHS for clock, value in taken.items()}
            records.append({**key, "who": entrant.name, "round": turn, **per_epoch})


def _text(grows, size):
    return f"{grows} = {getattr(size, grows):,}"


def data(size):
    """Uniform numbers, float32; the time does not depend on them."""
    rng = np.random.default_rng(0)
    X = rng.random((size.samples, size.features), dtype=np.float32)
    y = np.arange(size.samples) % size.classes
    return X, y


def fit(X, y, size):
    """A function that fits `_EPOCHS` epochs."""
    return lambda: SoftmaxClassifier(
        max_iter=_EPOCHS, tol=None, batch_size=size.batch, random_state=0
    ).fit(X, y)


def peak_memory(run):
    """The largest number of bytes that a call held at a time, its arguments not counted."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _entrants(X, y, size, controller):
    run = fit(X, y, size)

    def all_threads():
        with controller.limit(limits=cores(), user_api="blas"):
            return run()

    reading = floors.reading(X)
    runs = {
        ONE: run,
        ALL: all_threads,
        PRODUCTS: floors.products(X, size.classes, min(size.batch, _TILE), epochs=_EPOCHS),
        READING: lambda: [reading() for _ in range(_EPOCHS)],
    }
    small = X.size * size.classes < 10**7
    return [
        Entrant(who, lambda _, call=call: call(), lambda: None, _repeat(call, small))
        for who, call in runs.items()
    ]


def _repeat(call, small):
    return repeat_for(call, 0.01) if small else 1


def unlike(records):
    """Nothing is compared with another library here."""
    return []


def _points(records):
    """By what grows, then its value: seconds per epoch by who and round (wall, CPU), and memory."""
    found = {}
    for r in records:
        point = found.setdefault(r["grows"], {}).setdefault(r[r["grows"]], {"runs": {}, "cpu": {}})
        if "who" in r:
            point["runs"].setdefault(r["who"], {})[r["round"]] = r["seconds"]
            point["cpu"].setdefault(r["who"], {})[r["round"]] = r["cpu_seconds"]
        else:
            point.update(peak=r["peak"], data=r["data"], size=r)
    complete = {ONE, ALL, PRODUCTS, READING}
    return {
        grows: {v: p for v, p in points.items() if complete <= p["runs"].keys()}
        for grows, points in found.items()
    }


def exponent(values, measured):
    """The slope of log(measured) over log(values), of the larger half of the points."""
    half = len(values) // 2
    x, y = np.log(values[half:]), np.log(measured[half:])
    return float(np.polyfit(x, y, 1)[0]) if len(x) > 1 else float("nan")


def _median(point, who):
    return float(np.median(list(point["runs"][who].values())))


def tables(records):
    """One table for each thing that grows."""
    made = []
    for grows, points in _points(records).items():
        if not points:
            continue
        rows = [
            [
                f"{value:,}",
                *(seconds(_median(point, who)) for who in (ONE, ALL, PRODUCTS, READING)),
                Ratio.of(point["cpu"][ONE], point["cpu"][PRODUCTS]),
                f"{point['peak'] / _MIB:.1f}",
                f"{point['data'] / _MIB:.1f}",
            ]
            for value, point in points.items()
        ]
        columns = [grows, ONE, ALL, PRODUCTS, READING, "one thread / products"]
        notes = [_exponents(points), *_NOTES]
        made.append(Table(_title(grows, points), [*columns, "peak", "data"], rows, notes))
    return made


def _title(grows, points):
    """The sizes that stay, as ``10,000 samples, 10 classes, batches of 128``."""
    size = next(iter(points.values()))["size"]
    stays = [
        f"{size[what]:,} {what}" for what in ("samples", "features", "classes") if what != grows
    ]
    if grows != "batch":
        stays.append(f"batches of {size['batch']}")
    return f"SoftmaxClassifier as {grows} grow{'s' * (grows == 'batch')}: {', '.join(stays)}"


def _exponents(points):
    values = list(points)
    slopes = [
        exponent(values, [_median(p, who) for p in points.values()]) for who in (ONE, PRODUCTS)
    ]
    memory = exponent(values, [p["peak"] for p in points.values()])
    return (
        f"Fitted exponents, larger half: time {slopes[0]:.2f} (products {slopes[1]:.2f}),"
        f" peak memory {memory:.2f}."
    )


def pictures(records):
    """Time and peak memory, log-log."""
    points = {grows: p for grows, p in _points(records).items() if len(p) > 1}
    if not points:
        return {}
    times, axes = chart(
        "SoftmaxClassifier: time of an epoch", len(points), width=3.2 * len(points), height=3.6
    )
    memory, others = chart(
        "SoftmaxClassifier: peak memory of fit", len(points), width=3.2 * len(points), height=3.4
    )
    looks = ((ONE, BLUE, "-"), (ALL, SKY, "--"), (PRODUCTS, ORANGE, "-"), (READING, GREY, "-"))
    for axis, other, (grows, part) in zip(axes, others, points.items(), strict=True):
        values = list(part)
        for i, (who, colour, line) in enumerate(looks):
            measured = [_median(point, who) for point in part.values()]
            curve(axis, values, measured, number=i, label=who, color=colour, line=line)
        slope = exponent(values, [_median(p, ONE) for p in part.values()])
        axis.set(xscale="log", yscale="log", xlabel=grows)
        axis.set_title(f"time ∝ {grows}^{slope:.2f} at the right", fontsize=9)
        seconds_axis(axis.yaxis)
        peaks = [point["peak"] / _MIB for point in part.values()]
        curve(other, values, peaks, label="beyond the data", color=BLUE)
        sizes = [point["data"] / _MIB for point in part.values()]
        curve(other, values, sizes, number=1, label="the data (float32)", color=GREY)
        other.set(xscale="log", yscale="log", xlabel=grows)
        plain_axis(other.yaxis)
    axes[0].legend(fontsize=7.5, frameon=False)
    others[0].legend(fontsize=7.5, frameon=False)
    others[0].set_ylabel("MiB")
    return {"scaling-time": times, "scaling-memory": memory}
