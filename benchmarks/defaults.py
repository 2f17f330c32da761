"""All contenders at their defaults on many tables, each table in a process's turn.

To try a change of "auto", `evaluate` runs our two classifiers alone in a few minutes, like
``python -m benchmarks auto --real --ours``.
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
from benchmarks.shares import ALPHA
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

SEEDS = 3
RAW, STANDARDISED = "raw", "standardised"
_FOLDS = 5


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


# ``make(n_samples, seed, **how)``; `how` are a made-up case's parameters for ours.
OURS = {"SoftmaxClassifier": _softmax, "LogisticClassifier": _logistic}
THEIRS = {
    "lbfgs": _lbfgs,
    "newton-cholesky": _newton,
    "MLPClassifier(())": _network,
    "averaged SGDClassifier": _one_by_one,
}
_EXACT = "lbfgs", "newton-cholesky"  # one run will do: no seed changes it
_ONE_VS_REST = "LogisticClassifier", "averaged SGDClassifier"


def names(real=False, *, held_out=False, only=()):
    """The names to run on: the made-up cases, or with `real` those that fail, and the real tables.

    Parameters
    ----------
    real : bool, default=False
    held_out : bool, default=False
        The other half of the real tables, and nothing else.
    only : list of str
        Only the names that hold one of these words; () means all.
    """
    made_up = [*families.HARD] if real else [*families.CASES, *families.HARD]
    if real:
        found = tables.names(held_out=True) if held_out else [*made_up, *tables.names()]
    else:
        found = [*made_up, *tables.OWN]
    return [name for name in found if not only or any(w.lower() in name.lower() for w in only)]


def scaled(chosen):
    """Pairs of name and scaling: real tables raw and standardised, the others as they are made."""
    return [
        (name, scaling)
        for name in chosen
        for scaling in (RAW, STANDARDISED)
        if scaling == RAW or not families.is_made_up(name)
    ]


def evaluate(makers=None, chosen=None, *, folds=False, jobs=None, folder=None):
    """Fit on every table, raw and standardised; records for the views of `auto`.

    Parameters
    ----------
    makers : dict of callable, default=OURS
        By name: functions at the top level of a module, which make an estimator of
        ``(n_samples, seed, **how)``.
    chosen : list of str, default=names(real=True)
    folds : bool, default=False
        Also the log loss and the accuracy of five folds.
    jobs : int, default=None
        Processes; None means one for each core, 1 this one.
    folder : path, default=None
        Where the optima are kept, in ``optima.json``, for the next time; None keeps nothing.

    Yields
    ------
    list of dict
        The records of one table with one scaling; none if the rule of `tables` refuses it.

    Examples
    --------
    ::

        from benchmarks import auto, defaults

        if __name__ == "__main__":  # its processes import the script
            chosen = defaults.names(real=True, only=["flchain", "weak signal"])
            found = [r for new in defaults.evaluate(chosen=chosen) for r in new]
            print(*auto.tables(found), sep="\n\n")
    """
    makers = OURS if makers is None else makers
    known = _Optima(folder)
    chosen = names(real=True) if chosen is None else chosen
    work = [(*each, makers, folds, dict(known.content)) for each in scaled(chosen)]
    for records, optima in _results(work, cores() if jobs is None else jobs):
        known.keep(optima)
        yield records


def _results(work, jobs):
    if jobs == 1:
        yield from map(_one, work)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, _alone) as pool:  # leaving it ends the processes
        yield from pool.imap_unordered(_one, work)


def _alone():
    """Set up a process: one thread for its products, and Ctrl-C left to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threadpoolctl.threadpool_limits(1)


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
    """X, y, and the case's parameters for ours; or None if the rule refuses the table."""
    made_up = families.is_made_up(name)
    loaded = families.make(name) if made_up else tables.load(name)
    if loaded is None:
        return None
    X, y, how = loaded if made_up else (*loaded, {})
    return families.standardised(X) if scaling == STANDARDISED else X, y, how


def _one(work):
    """The records of one table, and the optima that were not known."""
    name, scaling, makers, folds, known = work
    found, optima = data(name, scaling), {}
    if found is None:
        return [], {}
    X, y, how = found
    about = {"table": name, "scaling": scaling, "n": len(X), "d": X.shape[1]}
    about |= {"classes": int(y.max()) + 1, "made_up": families.is_made_up(name)}
    about["held_out"] = not about["made_up"] and tables.is_held_out(name)
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
