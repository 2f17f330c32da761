"""Laws of invariance: what must not matter to a classifier, and what must not hurt it.

Two fits of the same problem, its features in another order for instance, need not end at the same
weights: the order of samples, or weights that start at random, may leave a little. What these laws
look for moves probabilities by far more than `NEAR`.
"""

import copy

import numpy as np

from scratch.exercises.calls import Broken
from scratch.exercises.classifier.data import overlapping
from scratch.exercises.classifier.law import NEAR, Laws, broken, learnt, same_answers, settled
from scratch.exercises.classifier.subject import NotAsked

INVARIANCE = Laws()


@INVARIANCE.law("the probabilities of a row do not depend on the other rows")
def _(subject, n_classes=2):
    model, X, _ = learnt(subject, overlapping, n_classes)
    P = subject.proba(model, X, n_classes)
    for i in (0, 5, len(X) - 1):
        alone = subject.proba(model, X[i : i + 1], n_classes)
        if not np.allclose(alone, P[i], rtol=0, atol=1e-5):
            raise broken(
                f"predict_proba of row {i} by itself",
                alone[0].round(4),
                f"{P[i].round(4)}, as among all rows",
                "Does something at prediction run over the samples: a softmax over axis 0, or a"
                " mean and standard deviation of the rows that are predicted?",
            )


@INVARIANCE.law("fit again forgets what was learnt before")
def _(subject):
    X, y = overlapping(2)
    P, margin = settled(subject, 2)
    model = subject.fitted(X, 1 - y, full_batch=True)
    subject.fit(model, X, y)
    what = "fit on exchanged labels, then fit(X, y)"
    same_answers(
        what,
        P,
        subject.proba(model, X),
        margin=margin,
        reason="Does fit begin from the weights that are there? Set them to zero in fit, not in"
        " __init__.",
    )


@INVARIANCE.law("the order of the features does not matter")
def _(subject):
    X, y = overlapping(2)
    (P, margin), order = settled(subject, 2), [2, 0, 1]
    Q = subject.proba(subject.fitted(X[:, order], y, full_batch=True), X[:, order])
    reason = "Is one column special, the intercept's perhaps?"
    same_answers(f"features in the order {order}", P, Q, reason, margin)


@INVARIANCE.law("the order of the samples does not matter to a full batch")
def _(subject):
    X, y = overlapping(2)
    order = np.random.default_rng(32).permutation(len(X))
    P = subject.proba(subject.fitted(X, y, full_batch=True), X)
    Q = subject.proba(subject.fitted(X[order], y[order], full_batch=True), X)
    if subject.batch_size is None and not np.abs(P - Q).max() <= NEAR:
        raise NotAsked("no batch_size can be set to all samples, and single steps see the order")
    same_answers("samples in another order, one batch of all", P, Q)


@INVARIANCE.law("names of classes do not matter: exchanged, they exchange the columns")
def _(subject, n_classes=2):
    X, y = overlapping(n_classes)
    P, margin = settled(subject, n_classes)
    new_name = np.array([1, 0] if n_classes == 2 else [2, 0, 1])
    Q = subject.proba(subject.fitted(X, new_name[y], full_batch=True), X, n_classes)
    reason = "Columns are the classes in sorted order. Do both kinds of targets count alike?"
    same_answers(f"classes renamed to {new_name}", P, Q[:, new_name], reason, margin)


@INVARIANCE.law("labels may be strings")
def _(subject):
    X, y = overlapping(2)
    P = subject.proba(subject.fitted(X, y), X, 2)
    names = np.array(["ant", "bee", "cat"])
    try:
        model = subject.fitted(X, names[y])
    except Broken as error:
        raise NotAsked(f"fit {' '.join(error.example[1].split())}") from None
    Q = subject.proba(model, X, 2)
    same_answers("labels 'ant', 'bee' for 0, 1", P, Q, "Map labels to 0, 1, ...: np.unique(y).")
    labels = subject.labels(model, X)
    if labels is not None and not np.isin(labels.ravel(), names).all():
        other = labels.ravel()[~np.isin(labels.ravel(), names)][0]
        raise broken("predict", repr(other), "one of the labels that fit saw")


@INVARIANCE.law("a constant feature does no harm")
def _(subject):
    X, y = overlapping(2)
    for constant in (0.0, 1.0):
        wide = np.column_stack([X, np.full(len(X), constant)])
        P = subject.proba(subject.fitted(wide, y), wide)
        if not np.isfinite(P).all():
            reason = "Is a feature divided by its standard deviation, which is 0 here?"
            raise broken(f"a feature that is always {constant}", "nan", "probabilities", reason)


@INVARIANCE.law("huge features give probabilities too, not nan")
def _(subject):
    model, X, y = learnt(subject, overlapping, 2)
    reason = "Does exp overflow? 1 / (1 + exp(-z)), or softmax without its row's maximum, is nan."
    P = subject.proba(model, 1e6 * X, 2)
    if not np.isfinite(P).all():
        raise broken("predict_proba of rows times a million", "nan", "probabilities", reason)
    P = subject.proba(subject.fitted(1e4 * X, y), 1e4 * X, 2)
    if not np.isfinite(P).all():
        raise broken("fit on features times 10,000", "nan", "probabilities", reason)


@INVARIANCE.law("fit leaves X, y and its own settings as they were")
def _(subject):
    X, y = overlapping(2)
    X_before, y_before = X.copy(), y.copy()
    model = copy.deepcopy(subject.model)
    before = copy.deepcopy(subject.settings(model))
    subject._guarded("fit(X, y)", lambda: model.fit(X, y))
    for name, old, new in (("X", X_before, X), ("y", y_before, y)):
        if not np.array_equal(old, new):
            reason = "Operations in place (-=, X[...] =) change the caller's array: take a copy."
            raise broken("fit(X, y)", f"another {name}", f"{name} as it was", reason)
    for name, old in before.items():
        new = getattr(model, name)
        plain = isinstance(old, int | float | str | bool | None)
        if plain and old != new:
            reason = "A second fit would begin with another setting: keep it in a variable of fit."
            raise broken("fit(X, y)", f"{name} = {new!r}", f"{name} = {old!r}", reason)
