"""Training: time against the objective and against test accuracy, on the same objective.

In the order of `measure`: do all solvers find the same optimum; an epoch against its floor, beside
a busy process, against other libraries; duels to the same accuracy; the curves of all solvers.
"""

import warnings

import numpy as np

from benchmarks import costs, duels, optimum, problems
from benchmarks.objective import ONE_VS_REST, SOFTMAX, judge
from benchmarks.plots import chart, curve, seconds_axis
from benchmarks.race import Entrant, band, race
from benchmarks.race import seconds as show
from benchmarks.report import Table
from benchmarks.solvers import SOLVERS, length

NAME = "train"
FAMILIES = (SOFTMAX, ONE_VS_REST)
_FEW = 1000  # rows to warm up on
_LEAST_GAP = 1e-7  # of the objective, of about 0.1, in float32


def measure(settings, records, progress):
    """Append what each run took and reached."""
    problem = problems.load(settings.dataset, settings.quick)
    seeds = 2 if settings.quick else 5
    agreement = list(optimum.converged())
    rivals = [_entrant(name, make, problem) for name, make in duels.makers().items()]
    points = {s.after(budget): (s, budget) for s, budget in _points(problem, settings.quick)}
    curves = [_on_curve(name, *point, problem) for name, point in points.items()]
    progress.expect([("converged", name) for _, name, _ in agreement])
    cost = costs.plan(problem, settings, progress)
    progress.expect_race(rivals, seeds)
    progress.expect([("optimum", family) for family in FAMILIES])
    progress.expect_race(curves, seeds)

    _measure_agreement(agreement, records, progress)
    costs.measure(cost, records, progress)
    with warnings.catch_warnings():  # runs are cut short on purpose
        warnings.filterwarnings("ignore", category=_convergence_warning())
        for seed, entrant, taken, fitted in race(rivals, seeds, progress):
            family = ONE_VS_REST if entrant.name.startswith("SGD") else SOFTMAX
            key = {"kind": "duel", "problem": problem.name, "solver": entrant.name}
            records.append({**key, **_run(seed, taken, fitted, problem, family)})
        _measure_optimum(problem, records, progress)
        for seed, entrant, taken, fitted in race(curves, seeds, progress):
            solver, budget = points[entrant.name]
            key = {"kind": "curve", "solver": solver.name, "budget": budget, "unit": solver.unit}
            run = _run(seed, taken, fitted, problem, solver.family)
            records.append({**key, "family": solver.family, **run})


def _measure_agreement(agreement, records, progress):
    for family, name, run in agreement:
        with progress.job(f"{name}, to convergence", ("converged", name)):
            reached = run()
        key = {"kind": "converged", "family": family, "solver": name}
        records.append({**key, "objective": reached})


def _measure_optimum(problem, records, progress):
    about = {
        "kind": "optimum",
        "problem": problem.name,
        "what": problem.what,
        "alpha": problem.alpha,
        "C": problem.C(),
        "targets": list(problem.targets),
    }
    for family in FAMILIES:
        with progress.job(f"the optimum, {family}", ("optimum", family)):
            least = optimum.optimum(problem, family)
        records.append({**about, "family": family, "objective": least})


def _convergence_warning():
    from sklearn.exceptions import ConvergenceWarning

    return ConvergenceWarning


def _points(problem, quick):
    return [(s, budget) for s in SOLVERS for budget in s.budgets_for(problem, quick)]


def _on_curve(name, solver, budget, problem):
    return _entrant(name, lambda seed: solver.make(problem, budget, seed), problem)


def _entrant(name, make, problem):
    def run(seed):
        return make(seed).fit(problem.X, problem.y)

    def warm_up():
        estimator = make(0).set_params(max_iter=2)
        estimator.fit(problem.X[:_FEW], problem.y[:_FEW])

    return Entrant(name, run, warm_up)


def _run(seed, taken, fitted, problem, family):
    reached, accuracy = judge(fitted, problem, family)
    return {
        "seed": seed,
        **taken,
        "epochs": int(np.max(fitted.n_iter_)),
        "objective": reached,
        "accuracy": accuracy,
    }


def unlike(records):
    """What is no longer like for like: one line each."""
    lines = []
    for family in FAMILIES:
        reached = _converged(records, family)
        if reached and max(reached.values()) - min(reached.values()) > optimum.TOLERANCE:
            high, low = max(reached, key=reached.get), min(reached, key=reached.get)
            lines.append(
                f"train: the converged objectives of {high} ({reached[high]:.6f}) and {low}"
                f" ({reached[low]:.6f}) differ by more than {optimum.TOLERANCE:g}"
            )
    return lines + costs.unlike(records)


def _converged(records, family):
    found = [r for r in records if r["kind"] == "converged" and r["family"] == family]
    return {r["solver"]: r["objective"] for r in found}


def tables(records):
    """Agreement, curves, time to targets, duels, and what an epoch costs."""
    made = [_agreement(records)]
    for family in FAMILIES:
        points = _curves(records, family)
        about = next((r for r in records if r["kind"] == "optimum" and r["family"] == family), None)
        if points:
            made += [_curve_table(points, about), _target_table(points, about)]
    return [table for table in [*made, duels.table(records), *costs.tables(records)] if table]


def _agreement(records):
    rows = []
    for family in FAMILIES:
        reached = _converged(records, family)
        for solver, value in reached.items():
            difference = f"{value - min(reached.values()):.1e}"
            rows.append([solver, family, f"{value:.6f}", difference])
    title = f"Like for like: converged objectives on digits, α = {optimum.ALPHA:g}"
    return (
        Table(title, ["solver", "family", "objective", "above the least"], rows) if rows else None
    )


def _curves(records, family):
    """Runs by solver and budget."""
    points = {}
    for r in records:
        if r["kind"] == "curve" and r["family"] == family:
            points.setdefault(r["solver"], {}).setdefault(r["budget"], []).append(r)
    return points


def _least(points, about):
    """The optimum; what a solver reached counts where it is lower."""
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
            seconds, low, high = band([r["seconds"] for r in runs])
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


def _target_table(points, about):
    rows = []
    for solver, budgets in points.items():
        row = [solver]
        for target in about["targets"]:
            cell = "–"
            for budget, runs in sorted(budgets.items()):
                if np.median([r["accuracy"] for r in runs]) >= target:
                    unit = "ep" if runs[0]["unit"] == "epochs" else "it"
                    seconds = np.median([r["seconds"] for r in runs])
                    cell = f"{show(seconds)} ({budget} {unit})"
                    break
            row.append(cell)
        rows.append(row)
    columns = ["solver", *(f"{target:g}" for target in about["targets"])]
    title = f"{about['problem']}, {about['family']}: time (epochs or iterations) to a test accuracy"
    notes = ["The shortest run whose median accuracy is at least that; –: none of those above."]
    return Table(title, columns, rows, notes)


def pictures(records):
    """Time against the objective, and against test accuracy."""
    about = {r["family"]: r for r in records if r["kind"] == "optimum"}
    points = {family: _curves(records, family) for family in FAMILIES}
    if not all(points.values()):
        return {}
    name = about[SOFTMAX]["problem"]
    look = {"columns": 2, "width": 9.6, "height": 4.8, "share_x": True, "share_y": True}
    first, axes = chart(f"{name}: distance from the optimum by time of fit", **look)
    second, others = chart(f"{name}: test accuracy by time of fit", **look)
    top = max(
        r["accuracy"]
        for p in points.values()
        for runs in p.values()
        for b in runs.values()
        for r in b
    )
    for axis, other, family in zip(axes, others, FAMILIES, strict=True):
        least = _least(points[family], about[family])

        def gap(runs, least=least):
            return [max(r["objective"] - least, _LEAST_GAP) for r in runs]

        _draw(axis, points[family], family, gap)
        _draw(other, points[family], family, lambda runs: [r["accuracy"] for r in runs])
        axis.set(xscale="log", yscale="log", title=family)
        other.set(xscale="log", title=family)
        for panel in (axis, other):
            below = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.08), "ncols": 2}
            panel.legend(fontsize=7.5, frameon=False, **below)
    for axis in (*axes, *others):
        seconds_axis(axis.xaxis)
    axes[0].set_ylabel("objective above the optimum")
    others[0].set_ylabel("test accuracy")
    others[0].set_ylim(top - 0.055, top + 0.004)
    return {"train-objective": first, "train-accuracy": second}


def _draw(axis, points, family, value):
    solvers = [s for s in SOLVERS if s.family == family and s.name in points]
    for i, solver in enumerate(solvers):
        budgets = points[solver.name]
        seconds = [np.median([r["seconds"] for r in runs]) for runs in budgets.values()]
        middle, low, high = zip(*(band(value(runs)) for runs in budgets.values()), strict=True)
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
