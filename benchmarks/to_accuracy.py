"""Time to a test accuracy: all contenders at the best setting of a grid of their own.

`grids` has the grids and the targets, `choice` the rule by which a setting is chosen. The chosen
settings then race: all in one interleaved run, trained on the whole training set and judged on the
test set, each round with a seed of its own.
"""

import numpy as np

from benchmarks import choice, contenders, grids
from benchmarks.objective import accuracy, test_loss
from benchmarks.plots import BLUE, GREY, ORANGE, chart, seconds_axis
from benchmarks.race import Entrant, Ratio, clocked, race
from benchmarks.race import seconds as show
from benchmarks.report import Table

TRIALS, ROUNDS = 3, 5  # seeds: in the choice, and in the race
_MISSED = "missed"


def measure(problem, settings, records, progress):
    """Append every trial, the chosen settings, and the race."""
    dataset = problem.name
    targets, binary_targets = grids.TARGETS[dataset]
    two = problem.five_or_not()
    chosen = _choose(problem, grids.ten_classes(dataset), targets, settings, records, progress)
    unasked = [(c, contenders.settings(c)[0]) for c in grids.defaults(dataset)]
    _race(problem, chosen, unasked, settings, records, progress)
    chosen = _choose(two, grids.five_or_not(dataset), binary_targets, settings, records, progress)
    _race(two, chosen, [], settings, records, progress)


def _choose(problem, everybody, targets, settings, records, progress):
    """The settings that are to race: pairs of contender and setting."""
    with progress.job(f"{problem.name}: how hard is the hold-out", "shift", counts=False):
        shift = choice.shift(problem)
    about = {"kind": "goals", "problem": problem.name, "what": problem.what}
    records.append({**about, "targets": list(targets), "shift": shift, "clock": settings.clock})
    held_out, chosen = problem.held_out(), []
    for contender in everybody:
        key = {"problem": problem.name, "contender": contender.name}
        if not contenders.installed(contender):
            records.append({**key, "kind": "missing", "needs": contender.needs})
            continue
        grid = contenders.settings(contender, settings.quick)
        run = _trial(contender, grid, held_out, settings.clock, progress)
        contenders.warm_up(contender, held_out, grid[0])
        trials = choice.first_trials(grid, run, max(targets) + shift)
        for target in targets:
            index = choice.choose(trials, target + shift, run, TRIALS)
            part = contenders.chosen_part(contender, grid[index])
            found = {"target": target, "setting": part, "of": len(grid)}
            found |= {"seconds": trials[index][0], "accuracy": trials[index][1]}
            records.append({**key, "kind": "choice", **found})
            chosen.append((contender, grid[index]))
    return chosen


def _trial(contender, grid, held_out, clock, progress):
    """``run(index, seed)`` for `choice`: seconds and accuracy; the same run is not made twice."""
    seen = {}

    def run(index, seed):
        if (index, seed) not in seen:
            what = f"{contender.name}, {contenders.chosen_part(contender, grid[index])}"
            with progress.job(f"choosing: {what}", "trial", counts=False):
                train = contenders.prepare(contender, held_out, grid[index])
                taken, outcome = clocked(Entrant(what, train), seed)
            seen[index, seed] = taken[clock], accuracy(*contenders.weights(outcome), held_out)
        return seen[index, seed]

    return run


def _race(problem, chosen, unasked, settings, records, progress):
    """Race the chosen settings, and all contenders at the defaults, in one interleaved run."""
    known, entrants = {}, []
    for contender, setting, kind in (
        *((*each, "race") for each in chosen),
        *((*each, "defaults") for each in unasked),
    ):
        part = contenders.chosen_part(contender, setting)
        name = f"{contender.name}, {kind}: {part}"
        if name not in known:
            known[name] = {"kind": kind, "contender": contender.name, "setting": part}
            run = contenders.prepare(contender, problem, setting)
            entrants.append(Entrant(name, run, _warm_up(contender, problem, setting)))
    rounds = 2 if settings.quick else ROUNDS
    progress.expect_race(entrants, rounds)
    for seed, entrant, taken, outcome in race(entrants, rounds, progress):
        reached = {"accuracy": accuracy(*contenders.weights(outcome), problem)}
        if hasattr(outcome, "predict_proba"):
            reached["loss"] = test_loss(outcome, problem)
        key = {"problem": problem.name, **known[entrant.name], "seed": seed}
        records.append({**key, **taken, **reached})


def _warm_up(contender, problem, setting):
    return lambda: contenders.warm_up(contender, problem, setting)


def unlike(records):
    """Each contender has a setting, an objective and a stopping rule of their own here."""
    return []


def tables(records):
    """For each problem the summary, then a table for each target; and all at their defaults."""
    made = []
    for about in _abouts(records):
        lines = _lines(records, about)
        if any(line.get("runs") for line in lines):
            made += [_summary(about, lines), *_by_target(about, lines)]
    return [*made, *_defaults(records)]


def _abouts(records):
    """The facts of each problem; targets that no median reaches are named, and not shown."""
    for about in (r for r in records if r["kind"] == "goals"):
        lines = _lines(records, about)
        reached = [t for t in about["targets"] if any(_reaches(line, t) for line in lines)]
        shown = reached or about["targets"]
        missed = [target for target in about["targets"] if target not in shown]
        yield {**about, "targets": shown, "missed": missed}


def _reaches(line, target):
    """Whether the median of the seeds reaches the target for which the setting was chosen."""
    right = line.get("target") == target and line["runs"]
    return bool(right) and np.median([r["accuracy"] for r in line["runs"].values()]) >= target


def _lines(records, about):
    """The facts of each contender and target: a list of dicts."""
    lines, runs = [], {}
    for r in records:
        if r["kind"] == "race" and r["problem"] == about["problem"]:
            runs.setdefault((r["contender"], r["setting"]), {})[r["seed"]] = r
    for r in records:
        if r["kind"] in ("choice", "missing") and r["problem"] == about["problem"]:
            lines.append({**r, "runs": runs.get((r["contender"], r.get("setting")))})
    return lines


def _by_target(about, lines):
    for target in about["targets"]:
        ours = next(line for line in lines if line.get("target") == target)["runs"]
        rows = []
        for line in lines:
            if line["kind"] == "missing":
                rows.append([line["contender"], _not_installed(line), *[""] * 5])
            elif line["target"] == target and line["runs"]:
                cells = _cells(line, target, ours, about["clock"])
                hold_out = f"{line['accuracy']:.4f}"
                rows.append([line["contender"], line["setting"], hold_out, *cells])
        columns = ["solver", "its best setting", "hold-out", "test accuracy", "reached"]
        title = f"{about['problem']}, {about['what']}: time to a test accuracy of {target:g}"
        yield Table(title, [*columns, "time", "time / ours"], rows, _notes(about))


def _cells(line, target, ours, clock):
    """Test accuracy, seeds that reached the target, time, and time / ours."""
    accuracies = [r["accuracy"] for r in line["runs"].values()]
    reached = f"{sum(a >= target for a in accuracies)} of {len(accuracies)}"
    times = {seed: r[clock] for seed, r in line["runs"].items()}
    ratio = _MISSED
    if _reaches(line, target):
        mine = {seed: r[clock] for seed, r in (ours or {}).items()}
        ratio = Ratio.of(times, mine) or "interrupted"
    return [_span(accuracies, "{:.4f}".format), reached, _span(list(times.values()), show), ratio]


def _span(values, text):
    return f"{text(np.median(values))} ({text(min(values))}–{text(max(values))})"


def _summary(about, lines):
    rows = []
    for name in dict.fromkeys(line["contender"] for line in lines):
        row = [name]
        for target in about["targets"]:
            row.append(_short(lines, name, target, about["clock"]))
        rows.append(row)
    title = f"{about['problem']}: time to a test accuracy (times ours; seeds that reached it)"
    columns = ["solver", *(f"{target:g}" for target in about["targets"])]
    return Table(title, columns, rows, _notes(about))


def _short(lines, name, target, clock):
    """As ``64.0 ms (1.44; 5 of 5)``."""
    line = next(
        line for line in lines if line["contender"] == name and line.get("target", target) == target
    )
    if line["kind"] == "missing":
        return _not_installed(line)
    if not line["runs"]:
        return "interrupted"
    ours = next(line for line in lines if line.get("target") == target)["runs"]
    _, reached, _, ratio = _cells(line, target, ours, clock)
    time = show(np.median([r[clock] for r in line["runs"].values()]))
    ratio = ratio if isinstance(ratio, str) else f"{ratio.median:.3g}"
    return f"{time} ({ratio}; {reached})"


def _not_installed(line):
    return f"not installed: {line['needs']}"


def _notes(about):
    missed = [f"Nobody's median reaches {target:g}." for target in about["missed"]]
    return [
        f"Fit only, {_CLOCKS[about['clock']]}; median (min–max) of the seeds. A ratio is given"
        " where the median accuracy reaches the target.",
        "Each contender's setting is the quickest of a grid (benchmarks/grids.py) with which all"
        " seeds reached the target on the samples held out,",
        f"the last sixth of the training set (there the target {about['shift']:+.4f}, by which a"
        " reference scores higher than on the test set);",
        "if there was none, the most accurate.",
        *missed,
    ]


_CLOCKS = {"cpu_seconds": "CPU time", "seconds": "by the wall clock"}


def _defaults(records):
    about = next((r for r in records if r["kind"] == "goals"), None)
    runs = {}
    for r in records:
        if r["kind"] == "defaults":
            runs.setdefault(r["contender"], {})[r["seed"]] = r
    names = list(runs)
    if not names:
        return []
    clock = about["clock"]
    times = {name: {seed: r[clock] for seed, r in runs[name].items()} for name in names}
    rows = [
        [
            name,
            _span(list(times[name].values()), show),
            Ratio.of(times[name], times[names[0]]),
            *(
                _span([r[what] for r in runs[name].values()], "{:.4f}".format)
                for what in ("accuracy", "loss")
            ),
        ]
        for name in names
    ]
    columns = ["solver", "time", "time / ours", "test accuracy", "test log loss"]
    note = f"Fit only, {_CLOCKS[clock]}; median (min–max) of the seeds."
    return [Table("All contenders at the defaults", columns, rows, [note])]


def pictures(records):
    """The times to each target."""
    about = next(_abouts(records), None)
    lines = [line for line in _lines(records, about) if line.get("runs")] if about else []
    if not lines:
        return {}
    names = list(dict.fromkeys(line["contender"] for line in lines))
    figure, axes = chart(
        f"{about['problem']}: time of fit to a test accuracy (filled: reached; dot: median)",
        len(about["targets"]), width=9.6, height=1.2 + 0.3 * len(names), share_y=True,
    )  # fmt: skip
    for axis, target in zip(axes, about["targets"], strict=True):
        for line in lines:
            if line["target"] == target:
                _dot(axis, names.index(line["contender"]), line, target, about["clock"])
        axis.set(xscale="log", title=f"{target:g}")
        seconds_axis(axis.xaxis)
    axes[0].set_yticks(range(len(names)), names, fontsize=8)
    axes[0].invert_yaxis()
    return {"train-accuracy": figure}


def _dot(axis, row, line, target, clock):
    times = [r[clock] for r in line["runs"].values()]
    reached = np.median([r["accuracy"] for r in line["runs"].values()]) >= target
    colour = (BLUE if row == 0 else ORANGE) if reached else GREY
    axis.plot([min(times), max(times)], [row, row], color=colour, linewidth=1.4)
    face = colour if reached else "white"
    axis.plot(np.median(times), row, "o", color=colour, markerfacecolor=face, markersize=5)
