"""Many workers, simulated in one process: the arithmetic is the same, only the clock isn't."""

from itertools import pairwise

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.problems import load
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier
from scratch.losses import sigmoid
from scratch.metrics import log_loss

BLOCKS = 64
PARTS = 1, 2, 4, 8, 16, 32, 64
ROUNDS = 1, 2, 4, 8
_SIZE_OF_WEIGHTS = 4.0  # by which some 88 % of the labels are the likelier one
OPTIMUM = "the optimum"


def rows_of(block, n, d):
    """Block number `block` of made-up rows: (n, d), float32, bell-shaped numbers."""
    return np.random.default_rng([1, block]).standard_normal((n, d), np.float32)


def labels_of(rows, w, block):
    """Labels drawn with the probabilities σ(x·w): (n,)."""
    chance = np.random.default_rng([2, block]).random(len(rows))
    return (chance < sigmoid(rows @ w)).astype(np.int64)


def weights(d):
    """The true weights of the made-up rows, (d,), float32."""
    w = np.random.default_rng(3).standard_normal(d)
    return (_SIZE_OF_WEIGHTS * w / np.linalg.norm(w)).astype(np.float32)


def made_up(n, d=50):
    """Rows and labels; rows and labels of a test; the true model's probabilities of these."""
    w, size = weights(d), n // BLOCKS
    X = np.empty((size * BLOCKS, d), np.float32)
    y = np.empty(len(X), np.int64)
    for block in range(BLOCKS):
        part = slice(block * size, (block + 1) * size)
        X[part] = rows_of(block, size, d)
        y[part] = labels_of(X[part], w, block)
    X_test = rows_of(BLOCKS, min(n, 200_000), d)
    y_test = labels_of(X_test, w, BLOCKS)
    return X, y, X_test, y_test, sigmoid(X_test @ w)


def measure(settings, records, progress):
    """Append accuracy and log loss after so many rounds, by number of parts."""
    problem = load(settings.dataset, settings.quick)
    n = 20_000 if settings.quick else 10**7
    parts, rounds = (PARTS[::3], ROUNDS[:2]) if settings.quick else (PARTS, ROUNDS)
    fewer = PARTS[:: 6 if settings.quick else 2]
    rows = f"{n:,} × 50 made-up rows"
    for name, some in ((problem.name, parts), (rows, fewer)):
        progress.expect([(name, r) for r in rounds] * len(some))
    best = LogisticRegression(C=problem.C(), max_iter=1000, tol=1e-3)
    best.fit(problem.X, problem.y)
    data = problem.X, problem.y, problem.X_test, problem.y_test, best.predict_proba(problem.X_test)
    _measure(problem.name, SoftmaxClassifier, data, parts, rounds, records, progress)
    _measure(rows, LogisticClassifier, made_up(n), fewer, rounds, records, progress)


def _measure(name, make, data, parts, rounds, records, progress):
    import dask

    from scratch.scale import fit_in_rounds

    X, y, X_test, y_test, p_best = data
    judged = {"kind": "simulated", "problem": name, "rows": len(X), "features": X.shape[1]}
    records.append(judged | {"parts": OPTIMUM} | _judge(p_best, y_test))
    bounds = np.linspace(0, len(X), BLOCKS + 1).astype(int)
    blocks = [
        [dask.delayed(each[start:stop], traverse=False) for start, stop in pairwise(bounds)]
        for each in (X, y)
    ]
    how = {"classes": np.unique(y_test)}
    with dask.config.set(scheduler="sync"):
        for n_parts in parts:
            for n_rounds in rounds:
                with progress.job(f"{name}: {n_parts} parts, {n_rounds} rounds", (name, n_rounds)):
                    model = make(random_state=0)
                    model = fit_in_rounds(model, *blocks, **how, n_rounds=n_rounds, n_parts=n_parts)
                found = _judge(model.predict_proba(X_test), y_test)
                records.append(judged | {"parts": n_parts, "rounds": n_rounds} | found)


def _judge(p, y):
    """Accuracy and log loss of probabilities of labels that are codes."""
    p = np.column_stack([1 - p, p]) if p.ndim == 1 else p
    return {"accuracy": float(np.mean(p.argmax(axis=1) == y)), "log_loss": float(log_loss(y, p))}
