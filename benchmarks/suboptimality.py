"""The same objective for all contenders: how far above its optimum each solver is, over time.

The mean loss plus ``α/2 Σ W²``, for scikit-learn's LogisticRegression ``C = 1/(nα)``.
"""

import numpy as np

from benchmarks import optimum
from benchmarks.objective import ONE_VS_REST, SOFTMAX, judge
from benchmarks.plots import chart, curve, seconds_axis
from benchmarks.race import Entrant, band, race
from benchmarks.race import seconds as show
from benchmarks.report import Table
from benchmarks.solvers import SOLVERS, length

FAMILIES = (SOFTMAX, ONE_VS_REST)
_FEW = 1000  # rows to warm up on
_LEAST_GAP = 1e-7  # of the objective, of about 0.1, in float32


def measure(problem, settings, records, progress):
    """Append the optimum, and the time and result of each run."""
    seeds = 2 if settings.quick else 3
    points = {
        s.after(budget): (s, budget)
        for s in SOLVERS
        for budget in s.budgets_for(problem, settings.quick)
    }
    entrants = [_entrant(name, *point, problem) for name, point in points.items()]
    progress.expect([("optimum", family) for family in FAMILIES])
    progress.expect_race(entrants, seeds)
    _measure_optimum(problem, records, progress)
    for seed, entrant, taken, fitted in race(entrants, seeds, progress):
        solver, budget = points[entrant.name]
        reached, accuracy = judge(fitted, problem, solver.family)
        key = {"kind": "curve", "solver": solver.name, "budget": budget, "unit": solver.unit}
        run = {"seed": seed, **taken, "objective": reached, "accuracy": accuracy}
        records.append({**key, "family": solver.family, "clock": settings.clock, **run})


def _measure_optimum(problem, records, progress):
    about = {
        "kind": "optimum",
        "problem": problem.name,
        "what": problem.what,
        "alpha": problem.alpha,
        "C": problem.C(),
    }
    for family in FAMILIES:
        with progress.job(f"the optimum, {family}", ("optimum", family)):
            least = optimum.optimum(problem, family)
        records.append({**about, "family": family, "objective": least})


def _entrant(name, solver, budget, problem):
    def run(seed):
        return solver.make(problem, budget, seed).fit(problem.X, problem.y)

    def warm_up():
        estimator = solver.make(problem, 2, 0)
        estimator.fit(problem.X[:_FEW], problem.y[:_FEW])

    return Entrant(name, run, warm_up)


def unlike(records):
    """Return nothing: `agreement` checks that all converge to the same."""
    return []


def tables(records):
    """The curves of each family."""
    about = {r["family"]: r for r in records if r["kind"] == "optimum"}
    points = {family: _curves(records, family) for family in FAMILIES}
    return [_curve_table(points[f], about[f]) for f in FAMILIES if points[f]]


def _curves(records, family):
    """Runs by solver and budget."""
    points = {}
    for r in records:
        if r["kind"] == "curve" and r["family"] == family:
            points.setdefault(r["solver"], {}).setdefault(r["budget"], []).append(r)
    return points


def _least(points, about):
    """The optimum, or a solver's objective if that is lower."""
    seen = [r["objective"] for runs in points.values() for each in runs.values() for r in each]
    return min([about["objective"], *seen])


def _title(about):
    return (
        f"{about['problem']}, {about['what']}, {about['family']}: mean loss + α/2 Σ W²,"
        f" α = {about['alpha']:g} (C = 1/(nα) = {about['C']:.4g})"
    )


def _curve_table(points, about):
    least, rows = _least(points, about), []
    for solver, budgets in points.items():
        for budget, runs in budgets.items():
            seconds, low, high = band([r[r["clock"]] for r in runs])
            gap, accuracy = (band([r[what] for r in runs]) for what in ("objective", "accuracy"))
            rows.append(
                [
                    f"{solver}, {length(budget, runs[0]['unit'])}",
                    f"{show(seconds)} ({show(low)}–{show(high)})",
                    f"{gap[0] - least:.1e}",
                    f"{accuracy[0]:.4f} ({accuracy[1]:.4f}–{accuracy[2]:.4f})",
                ]
            )
    columns = ["solver", "time", "above optimum", "test accuracy"]
    notes = ["Median (20–80 %) of the seeds. Each line is a run of its own, of that length."]
    return Table(_title(about), columns, rows, notes)


def pictures(records):
    """Time against the objective."""
    about = {r["family"]: r for r in records if r["kind"] == "optimum"}
    points = {family: _curves(records, family) for family in FAMILIES}
    if not all(points.values()):
        return {}
    name = about[SOFTMAX]["problem"]
    look = {"columns": 2, "width": 9.6, "height": 4.8, "share_x": True, "share_y": True}
    figure, axes = chart(f"{name}: distance from the optimum by time of fit", **look)
    for axis, family in zip(axes, FAMILIES, strict=True):
        _draw(axis, points[family], family, _least(points[family], about[family]))
        axis.set(xscale="log", yscale="log", title=family)
        below = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.08), "ncols": 2}
        axis.legend(fontsize=7.5, frameon=False, **below)
        seconds_axis(axis.xaxis)
    axes[0].set_ylabel("objective above the optimum")
    return {"train-objective": figure}


def _draw(axis, points, family, least):
    solvers = [s for s in SOLVERS if s.family == family and s.name in points]
    for i, solver in enumerate(solvers):
        budgets = points[solver.name]
        seconds = [np.median([r[r["clock"]] for r in runs]) for runs in budgets.values()]
        gaps = [
            [max(r["objective"] - least, _LEAST_GAP) for r in runs] for runs in budgets.values()
        ]
        middle, low, high = zip(*map(band, gaps), strict=True)
        curve(
            axis,
            seconds,
            middle,
            low=low,
            high=high,
            number=i,
            label=solver.name,
            color=solver.colour,
        )
