"""`predict` and `predict_proba` against scikit-learn's, of the same weights on the same rows."""

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.race import Entrant, Ratio, race, repeat_for
from benchmarks.race import seconds as show
from benchmarks.report import Table
from scratch.linear_model import SoftmaxClassifier

_METHODS = "predict", "predict_proba"
_OURS, _THEIRS = "scratch", "scikit-learn"
_ABSOLUTE = 1e-5  # of probabilities computed in float32
_ROUNDS = 7


def measure(problem, settings, records, progress):
    """Append the times, and whether the answers are equal."""
    theirs = LogisticRegression(max_iter=5).fit(problem.X, problem.y)
    ours = SoftmaxClassifier(max_iter=1).fit(problem.X, problem.y)
    ours.coef_, ours.intercept_ = np.float32(theirs.coef_), np.float32(theirs.intercept_)
    theirs.coef_, theirs.intercept_ = ours.coef_, ours.intercept_
    for method in _METHODS:
        entrants = []
        for who, fitted in ((_OURS, ours), (_THEIRS, theirs)):
            call = getattr(fitted, method)
            run = lambda _, call=call: call(problem.X)  # noqa: E731
            entrants.append(Entrant(who, run, None, repeat_for(lambda run=run: run(0), 0.01)))
        key = {"kind": "answers", "method": method, "rows": problem.X.shape[0]}
        rounds = 2 if settings.quick else _ROUNDS
        outcomes = {}
        part = progress.part(method, method)
        progress.expect([(method, entrant.name) for entrant in entrants] * rounds)
        for turn, entrant, taken, outcome in race(entrants, rounds, part):
            outcomes[entrant.name] = outcome
            records.append({**key, "who": entrant.name, "round": turn, **taken})
        far = np.abs(np.float64(outcomes[_OURS]) - np.float64(outcomes[_THEIRS])).max(initial=0)
        records.append({**key, "furthest": float(far), "clock": settings.clock})


def unlike(records):
    """Return one line for each comparison that is no longer like for like."""
    return [
        f"train: {r['method']} differs from scikit-learn's by {r['furthest']:.1e}"
        for r in records
        if r["kind"] == "answers" and r.get("furthest", 0.0) > _ABSOLUTE
    ]


def tables(records):
    """Times and their ratio, for each method."""
    rows, rows_of_data = [], 0
    for done in [r for r in records if r["kind"] == "answers" and "furthest" in r]:
        times = {_OURS: {}, _THEIRS: {}}
        for r in records:
            if r["kind"] == "answers" and r["method"] == done["method"] and "who" in r:
                times[r["who"]][r["round"]] = r[done["clock"]]
        medians = [show(np.median(list(times[who].values()))) for who in (_OURS, _THEIRS)]
        rows.append([done["method"], *medians, Ratio.of(times[_THEIRS], times[_OURS])])
        rows_of_data = done["rows"]
    title = f"Answers for {rows_of_data:,} rows, float32: SoftmaxClassifier, LogisticRegression"
    return [Table(title, ["method", *times, "theirs / ours"], rows)] if rows else []
