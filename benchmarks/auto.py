"""Defaults alone, on data that differ: how near to the optimum does `fit` end?

Made-up data (`families`) and scikit-learn's own tables; with ``--real`` the real tables that
`tables` chooses by a rule, each in its own units and standardised. Each contender is fitted three
times, and the worst of the three seeds counts. `shares` defines the share left. A table is
*learnable* by a loss if the optimum saves at least 2 % of the loss of guessing the class
frequencies; the others are left out.

To try a change of "auto", ``--ours`` runs our two classifiers alone. The optimum of each table is
kept in the folder's ``optima.json``. ``--held-out`` runs the tables of the other half instead: once
before a release, and never to choose anything.
"""

import numpy as np

from benchmarks import defaults, families, shares
from benchmarks.defaults import OURS, RAW, STANDARDISED, THEIRS
from benchmarks.plots import BLUE, GREEN, GREY, ORANGE, PINK, SKY, YELLOW, chart, plain_axis
from benchmarks.race import seconds as show
from benchmarks.report import Table
from benchmarks.shares import ALPHA

NAME = "auto"
GOALS = 0.02, 0.05
LEARNABLE = 0.02  # of the start that the optimum saves
_TITLE = "Share of the way to the optimum that is left"
_ROUNDING = 1e-9
_BELOW = 1e-4  # tolerance of an optimum, as a share
_FEW = 4  # tables, each of which gets a row
_LEAST, _MOST = 1e-4, 10.0  # of the picture's axis
_NOTE = (
    f"All defaults, alpha = {ALPHA:g}, but lbfgs with 1000 iterations. MLPClassifier divides its"
    " alpha by the size of the batch, so it is given that many times more."
)


def measure(settings, records, progress):
    """Append the time and the result of each fit."""
    makers = OURS if settings.ours else OURS | THEIRS
    how = {"held_out": settings.held_out, "only": settings.only}
    chosen = defaults.names(settings.real, **how)
    if settings.quick:
        chosen = chosen[::9]
    run = {"folds": not (settings.ours or settings.quick), "jobs": settings.jobs}
    runs = defaults.evaluate(makers, chosen, **run, folder=settings.folder)
    tables = defaults.scaled(chosen)
    progress.expect(["table"] * len(tables))
    last = "the first tables"
    for _ in tables:
        with progress.job(f"after {last}", "table"):
            new = next(runs)
        last = _name(new[0]) if new else "one that is refused"
        records += new


def unlike(records):
    """Return one line for each fit below the optimum, which cannot be."""
    return [
        f"auto: {r['who']} on {r['table']}, {r['scaling']}, ends below the optimum: share left"
        f" {shares.share_left(r['objective'], r['least'], r['start']):.1e}"
        for r in records
        if "objective" in r
        and not r["objective"] >= r["least"] - _BELOW * (r["start"] - r["least"])
    ]


def tables(records):
    """Return the counts of near ones, the five folds, and our cases farthest from the optimum."""
    runs = [r for r in records if "objective" in r]
    return [*summary(runs), *five_folds(records), far_ones(runs)] if runs else []


def worst(records):
    """By who, table and scaling, the worst of the seeds: dicts with ``left`` and ``learnable``."""
    least = {}
    runs = [r for r in records if "objective" in r]
    for r in runs:  # a fit below the optimum that was found has found a better one
        key = r["table"], r["scaling"], r["loss"]
        least[key] = min(least.get(key, np.inf), r["least"], r["objective"])
    found = {}
    for r in runs:
        first, best = r["start"], least[r["table"], r["scaling"], r["loss"]]
        share = {
            "left": shares.share_left(r["objective"], best, first),
            "learnable": r["made_up"] or first - best >= LEARNABLE * first,
        }
        found.setdefault((r["who"], r["table"], r["scaling"]), []).append({**r, **share})
    return {
        key: {
            **max(each, key=lambda r: r["left"]),
            "seconds": float(np.median([r["seconds"] for r in each])),
            "warned": any(r["warned"] for r in each),
            "zero": any(r["zero"] for r in each),
        }
        for key, each in found.items()
    }


def summary(records):
    """Return on how many tables each ends near the optimum: made-up, raw, standardised."""
    ends = worst(records)
    names = list(dict.fromkeys(who for who, *_ in ends))
    kinds = {"made-up cases": lambda r: r["made_up"]}
    for held_out, words in ((False, "learnable tables"), (True, "learnable tables held out")):
        for scaling in (RAW, STANDARDISED):
            kinds[f"{words}, {scaling}"] = lambda r, like=(False, held_out, scaling): (
                like == (r["made_up"], r["held_out"], r["scaling"])
            )
    found = []
    for kind, belongs in kinds.items():
        cases = {key: r for key, r in ends.items() if belongs(r) and r["learnable"]}
        rows = [_counts(who, [r for key, r in cases.items() if key[0] == who]) for who in names]
        if cases:
            title = f"{_TITLE}: {len({table for _, table, _ in cases})} {kind}"
            found.append(Table(title, _COLUMNS, rows, [_NOTE]))
    return found


_COLUMNS = [
    "", "tables", *(f"≤ {goal:g}" for goal in GOALS), "worst", "above the start", "all weights 0",
    "warned", f"> {GOALS[1]:g} unwarned", "time: median", "time: sum",
]  # fmt: skip


def _counts(who, cases):
    if not cases:
        return [who, 0, *[""] * (len(_COLUMNS) - 2)]
    left = np.array([r["left"] for r in cases])
    far = [r for r in cases if r["left"] > GOALS[1]]
    times = [r["seconds"] for r in cases]
    return [
        who,
        len(cases),
        *(f"{int(np.sum(left <= goal))} ({np.mean(left <= goal):.1%})" for goal in GOALS),
        f"{left.max():.3g}",
        int(np.sum(left > 1 + _ROUNDING)),
        sum(r["zero"] for r in cases),
        sum(r["warned"] for r in cases),
        sum(not r["warned"] for r in far),
        show(np.median(times)),
        show(np.sum(times)),
    ]


def far_ones(records, most=25):
    """The cases of ours that end the farthest."""
    cases = [r for (who, *_), r in worst(records).items() if who in OURS and r["learnable"]]
    cases = sorted(cases, key=lambda r: -r["left"])[:most]
    rows = [
        [
            _name(r), r["who"], f"{r['n']:,} × {r['d']}", r["classes"],
            f"{r['left']:.3g}", "yes" if r["warned"] else "no", r["epochs"], show(r["seconds"]),
            "" if r["highest"] is None else f"{r['highest'] / r['start']:.2f}",
        ]
        for r in cases
    ]  # fmt: skip
    columns = ["table", "", "size", "classes", "share left", "warned", "epochs", "time",
               "highest objective / start"]  # fmt: skip
    return Table("Ours: the cases that end the farthest from the optimum", columns, rows)


def _name(r):
    return r["table"] if r["made_up"] else f"{r['table']}, {r['scaling']}"


def five_folds(records):
    """Log loss and accuracy: of each table where they are few, and the mean over all."""
    folds = [r for r in records if "log_loss" in r]
    names = list(dict.fromkeys(r["who"] for r in folds))
    rows = []
    for what in ("log_loss", "accuracy"):
        for scaling in (RAW, STANDARDISED):
            by = {}
            for r in folds:
                if r["scaling"] == scaling and not r["made_up"]:
                    by.setdefault(r["table"], {})[r["who"]] = r[what]
            whole = {name: row for name, row in by.items() if len(row) == len(names)}
            each = whole if len(whole) <= _FEW else {}
            means = {f"mean of {len(whole)} tables": _means(whole, names)} if whole else {}
            rows += [
                [f"{what.replace('_', ' ')}, {scaling}: {name}", *(f"{row[w]:.3f}" for w in names)]
                for name, row in (each | means).items()
            ]
    return [Table("Five folds", ["", *names], rows, [_NOTE])] if rows else []


def _means(rows, names):
    return {who: float(np.mean([row[who] for row in rows.values()])) for who in names}


_LOOKS = {
    **dict(zip(OURS, ((BLUE, "o"), (SKY, "o")), strict=True)),
    **dict(zip(THEIRS, ((GREEN, "D"), (YELLOW, "v"), (ORANGE, "s"), (PINK, "^")), strict=True)),
}


def pictures(records):
    """One dot for each data set and classifier."""
    ends = {key: r for key, r in worst(records).items() if r["learnable"]}
    rows = list(dict.fromkeys(_row(r) for r in ends.values()))
    if not rows:
        return {}
    title = "All defaults: share of the way to the optimum that is left after fit"
    figure, (axis,) = chart(title, width=8.4, height=1.6 + 0.4 * len(rows))
    for number, (who, (colour, marker)) in enumerate(_LOOKS.items()):
        dots = [(r["left"], rows.index(_row(r))) for (name, *_), r in ends.items() if name == who]
        lift = 0.7 * (number / (len(_LOOKS) - 1) - 0.5)
        x = np.clip([left for left, _ in dots], _LEAST, _MOST)
        y = [row + lift for _, row in dots]
        if dots:
            axis.plot(x, y, marker, color=colour, markersize=4, alpha=0.7, label=who)
    for goal in (*GOALS, 1):
        axis.axvline(goal, color=GREY, linewidth=1, linestyle="-" if goal == 1 else "--")
    axis.set(xscale="log", xlim=(_LEAST / 1.3, _MOST * 1.3))
    plain_axis(axis.xaxis)
    axis.set_xlabel(
        f"share left: dashed {GOALS[0]:g} and {GOALS[1]:g}, line 1 (nothing learnt);"
        f" what is beyond {_LEAST:g} or {_MOST:g} stands at the edge",
        fontsize=8.5,
    )
    axis.set_yticks(range(len(rows)), rows, fontsize=8.5)
    axis.invert_yaxis()
    figure.legend(loc="outside lower center", ncols=3, fontsize=8, frameon=False)
    return {"auto": figure}


def _row(r):
    """Return the row of a dot in the picture: a family, or a kind of real table."""
    return families.family(r["table"]) if r["made_up"] else f"real tables, {r['scaling']}"
