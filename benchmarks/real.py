"""``python -m benchmarks auto --real``: everybody at their defaults on real tables.

Each of the tables that `tables` chooses is learnt in its own units and standardised, three times:
the worst of the three seeds counts. A table is *learnable* by a loss if the optimum saves at least
2 % of the loss of guessing the class frequencies; `shares` says what the share left is. The made-up
cases of `families.NAMED` come first, learnable or not.

Whoever changes "auto" need not wait for the others: ``--ours`` runs our two classifiers alone, and
so does `evaluate`, in a few minutes. The optimum of each table is kept in the folder's
``optima.json``. ``--held-out`` runs the tables of the other half instead: once before a release,
and never to choose anything.
"""

import hashlib
import json
import multiprocessing
import signal
import time
import warnings
from pathlib import Path

import numpy as np
import threadpoolctl
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold
from sklearn.neural_network import MLPClassifier

from benchmarks import families, shares, tables
from benchmarks.machine import cores
from benchmarks.race import seconds as show
from benchmarks.report import Table
from benchmarks.shares import ALPHA
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

SEEDS = 3
GOALS = 0.02, 0.05
LEARNABLE = 0.02  # of the start that the optimum saves
RAW, STANDARDISED, AS_MADE = "raw", "standardised", "as made"
_MADE_UP = "made-up/"
_FOLDS = 5
_ROUNDING = 1e-9


def _softmax(n, seed, **how):
    return SoftmaxClassifier(random_state=seed, **how)


def _logistic(n, seed, **how):
    return LogisticClassifier(random_state=seed, **how)


def _lbfgs(n, seed, **_):
    return LogisticRegression(C=1 / (n * ALPHA), max_iter=1000)


def _newton(n, seed, **_):
    return LogisticRegression(C=1 / (n * ALPHA), solver="newton-cholesky")


def _network(n, seed, **_):
    return MLPClassifier((), alpha=ALPHA * min(200, n), random_state=seed)


def _one_by_one(n, seed, **_):
    return SGDClassifier(loss="log_loss", average=True, random_state=seed)


# ``make(n_samples, seed, **how)``; `how` is what a made-up case asks of ours.
OURS = {"SoftmaxClassifier": _softmax, "LogisticClassifier": _logistic}
THEIRS = {
    "lbfgs": _lbfgs,
    "newton-cholesky": _newton,
    "MLPClassifier(())": _network,
    "averaged SGDClassifier": _one_by_one,
}
_EXACT = "lbfgs", "newton-cholesky"  # one run will do: no seed changes it
_ONE_VS_REST = "LogisticClassifier", "averaged SGDClassifier"
_NOTE = (
    f"All defaults, alpha = {ALPHA:g}, but lbfgs with 1000 iterations. MLPClassifier divides its"
    " alpha by the size of the batch, so it is given that many times more."
)


def evaluate(makers=None, only=(), *, held_out=False, folds=False, jobs=None, folder=None):
    """Records of how near some classifiers end on the tables; what `summary` and `tables_of` show.

    Parameters
    ----------
    makers : dict of callable, default=OURS
        By name: functions at the top level of a module, which make an estimator of
        ``(n_samples, seed, **how)``.
    only : list of str
        Words: tables alone whose names hold one of them; () means all.
    held_out : bool, default=False
        The other half of the tables.
    folds : bool, default=False
        Also the log loss and the accuracy of five folds.
    jobs : int, default=None
        Processes; None means one for each core.
    folder : path, default=None
        Where ``optima.json`` is kept; None keeps nothing.

    Yields
    ------
    done, of : int
    records : list of dict
        Of one table with one scaling.

    Examples
    --------
    ::

        from benchmarks import real

        if __name__ == "__main__":  # its processes import the script
            found = [r for *_, records in real.evaluate(only=["flchain"]) for r in records]
            print(*real.tables_of(found), sep="\\n\\n")
    """
    makers = OURS if makers is None else makers
    known = _Optima(folder)
    chosen = [n for n in (*made_up(held_out), *tables.names(held_out)) if _wanted(n, only)]
    work = [
        (name, scaling, makers, folds, dict(known.content))
        for name in chosen
        for scaling in ([AS_MADE] if name.startswith(_MADE_UP) else [RAW, STANDARDISED])
    ]
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs or cores(), _alone) as pool:  # leaving it ends the processes
        for done, (records, optima) in enumerate(pool.imap_unordered(_one, work), 1):
            known.keep(optima)
            yield done, len(work), records


def _alone():
    """What a process does first: one thread for its products, and Ctrl-C is the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threadpoolctl.threadpool_limits(1)


def made_up(held_out=False):
    """Names of the made-up cases; nobody holds them out."""
    return [] if held_out else [f"{_MADE_UP}{name}" for name in families.NAMED]


def _wanted(name, only):
    return not only or any(word.lower() in name.lower() for word in only)


class _Optima:
    """Start and optimum by data and loss, kept in a file."""

    def __init__(self, folder):
        self.path = folder and Path(folder) / "optima.json"
        known = self.path is not None and self.path.exists()
        self.content = json.loads(self.path.read_text("utf-8")) if known else {}

    def keep(self, new):
        self.content |= new
        if self.path is not None and new:
            self.path.write_text(json.dumps(self.content, indent=0), "utf-8")


def data(name, scaling):
    """X, y, and what the case asks of ours; or None if the rule refuses the table."""
    how = {}
    if name.startswith(_MADE_UP):
        make, how = families.NAMED[name.removeprefix(_MADE_UP)]
        X, y = make()
    else:
        loaded = tables.load(name)
        if loaded is None:
            return None
        X, y = loaded
    return families.standardised(X) if scaling == STANDARDISED else X, y, how


def _one(work):
    """The records of one table, and the optima that were not known."""
    name, scaling, makers, folds, known = work
    found, optima = data(name, scaling), {}
    if found is None:
        return [], {}
    X, y, how = found
    about = {"table": name, "scaling": scaling, "n": len(X), "d": X.shape[1]}
    about["classes"] = int(y.max()) + 1
    ends, records = _Ends(X, y, known, optima), []
    for who, make in makers.items():
        for seed in range(1 if who in _EXACT else SEEDS):
            record = _fit(make(len(X), seed, **how), X, y, who, ends)
            records.append({**about, "who": who, "seed": seed, **record})
        if folds:
            loss, accuracy = _five_folds(lambda n, make=make: make(n, 0, **how), X, y)
            records.append({**about, "who": who, "log_loss": loss, "accuracy": accuracy})
    return records, optima


class _Ends:
    """Both ends of the way: start and optimum of each loss."""

    def __init__(self, X, y, known, new):
        self.X, self.y, self.known, self.new = X, y, known, new
        self.key = hashlib.sha256(X.tobytes() + y.tobytes()).hexdigest()[:16]

    def of(self, loss):
        key = f"{self.key} {loss.__name__}"
        if key not in self.known and key not in self.new:
            T = shares.targets(self.y, loss)
            best = shares.optimum(self.X, T, loss)
            self.new[key] = (
                shares.start(T, loss),
                shares.objective(*best, self.X, T, loss),
            )
        return self.known.get(key) or self.new[key]


def _fit(model, X, y, who, ends):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        begun = time.process_time()
        model.fit(X, y)
        taken = time.process_time() - begun
    W, b = _weights(model)
    loss = shares.logistic if len(W) == 1 or who in _ONE_VS_REST else shares.softmax
    first, least = ends.of(loss)
    curve = getattr(model, "loss_curve_", [])
    return {
        "loss": loss.__name__,
        "seconds": taken,
        "start": first,
        "least": least,
        "objective": shares.objective(W, b, X, shares.targets(y, loss), loss),
        "highest": float(np.max(curve)) if len(curve) else None,
        "zero": not W.any(),
        "warned": any(issubclass(w.category, ConvergenceWarning) for w in caught),
        "epochs": int(np.max(model.n_iter_)),
    }


def _weights(model):
    if hasattr(model, "coefs_"):
        return model.coefs_[0].T, model.intercepts_[0]
    return np.float64(model.coef_), np.float64(model.intercept_)


def _five_folds(make, X, y):
    """Mean log loss and accuracy on the samples left out."""
    found = []
    for train, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(X, y):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = make(len(train)).fit(X[train], y[train])
            P = np.float64(model.predict_proba(X[test]))
        P /= P.sum(axis=1, keepdims=True)
        found.append((log_loss(y[test], P), float(np.mean(P.argmax(axis=1) == y[test]))))
    return tuple(float(mean) for mean in np.mean(found, axis=0))


def worst(records):
    """By who, table and scaling, the worst of the seeds: dicts with ``left`` and ``learnable``."""
    least = {}
    runs = [r for r in records if "objective" in r]
    for r in runs:  # whoever got below the optimum that was found has found a better one
        key = r["table"], r["scaling"], r["loss"]
        least[key] = min(least.get(key, np.inf), r["least"], r["objective"])
    found = {}
    for r in runs:
        first, best = r["start"], least[r["table"], r["scaling"], r["loss"]]
        share = {
            "left": shares.share_left(r["objective"], best, first),
            "learnable": r["scaling"] == AS_MADE or first - best >= LEARNABLE * first,
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
    """How many tables everybody ends near on: of all, raw, standardised, made-up."""
    ends = worst(records)
    names = list(dict.fromkeys(who for who, *_ in ends))
    found = []
    for scaling in (RAW, STANDARDISED, AS_MADE):
        cases = {key: r for key, r in ends.items() if key[2] == scaling and r["learnable"]}
        rows = [_counts(who, [r for key, r in cases.items() if key[0] == who]) for who in names]
        if cases:
            n = len({table for _, table, _ in cases})
            title = f"Share of the way to the optimum that is left: {n} learnable tables, {scaling}"
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
            f"{r['table']}, {r['scaling']}", r["who"], f"{r['n']:,} × {r['d']}", r["classes"],
            f"{r['left']:.3g}", "yes" if r["warned"] else "no", r["epochs"], show(r["seconds"]),
            "" if r["highest"] is None else f"{r['highest'] / r['start']:.2f}",
        ]
        for r in cases
    ]  # fmt: skip
    columns = ["table", "", "size", "classes", "share left", "warned", "epochs", "time",
               "highest objective / start"]  # fmt: skip
    return Table("Ours: the cases that end the farthest from the optimum", columns, rows)


def five_folds(records):
    """Mean log loss and accuracy over the tables that everybody finished."""
    folds = [r for r in records if "log_loss" in r]
    names = list(dict.fromkeys(r["who"] for r in folds))
    rows = []
    for scaling in (RAW, STANDARDISED):
        by = {}
        for r in folds:
            if r["scaling"] == scaling:
                by.setdefault(r["table"], {})[r["who"]] = r
        whole = [row for row in by.values() if len(row) == len(names)]
        for what in ("log_loss", "accuracy"):
            means = [f"{np.mean([row[who][what] for row in whole]):.3f}" for who in names]
            if whole:
                rows.append([f"{what.replace('_', ' ')}, {scaling}, {len(whole)} tables", *means])
    return [Table("Five folds: mean over the tables", ["", *names], rows, [_NOTE])] if rows else []


def measure(settings, records, progress):
    """Append what `evaluate` yields."""
    makers = OURS if settings.ours else OURS | THEIRS
    only = settings.only or (["sklearn/", "flchain", "made-up"] if settings.quick else [])
    how = {"held_out": settings.held_out, "jobs": settings.jobs, "folder": settings.folder}
    folds = not (settings.ours or settings.quick)
    expected = False
    for _, of, new in evaluate(makers, only, folds=folds, **how):
        if not expected:
            progress.expect(["table"] * of)
            expected = True
        what = f"{new[0]['table']}, {new[0]['scaling']}" if new else "not usable"
        with progress.job(what, "table"):
            records += new


def tables_of(records):
    """All tables."""
    return [*summary(records), *five_folds(records), far_ones(records)] if records else []
