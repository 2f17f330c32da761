"""Laws of classification that any linear classifier trained on log loss fulfils.

Two fits of the same problem, its features in another order for instance, need not end at the same
weights: the order of samples, or weights that start at random, may leave a little. What these laws
look for moves probabilities by far more than `NEAR`.
"""

import copy

import numpy as np

from scratch.exercises.calls import Broken
from scratch.exercises.classifier.data import apart, overlapping
from scratch.exercises.classifier.subject import ALPHA, NotAsked

NEAR = 0.05  # of two probabilities
LAWS = []


def law(name):
    """Add the decorated test of a `Subject` to the laws."""

    def add(test):
        LAWS.append((name, test))
        return test

    return add


def broken(what, got, want, reason=""):
    return Broken([what, f"    gives      {got}", f"    should be  {want}"], reason)


def learnt(subject, problem, n_classes):
    """A fitted model and its samples."""
    X, y = problem(n_classes)
    return subject.fitted(X, y), X, y


def takes_three(subject):
    """Raise `NotAsked` if the class is for two classes only."""
    X, y = overlapping(3)
    try:
        model = subject.fitted(X, y)
    except Broken as error:
        raise NotAsked(f"fit {error.example[1].strip()}") from None
    subject.proba(model, X, 3)


def settled(subject, n_classes):
    """The probabilities after a fit in full batches, and how far the samples' order moves them.

    Of full batches that is nothing; SGD that has not settled may be moved by more than a law could
    tell from a mistake.
    """
    X, y = overlapping(n_classes)
    order = np.random.default_rng(32).permutation(len(X))
    P, again, moved = (
        subject.proba(subject.fitted(A, c, full_batch=True), X, n_classes)
        for A, c in ((X, y), (X, y), (X[order], y[order]))
    )
    if not np.abs(P - again).max() <= NEAR / 5:
        raise NotAsked("two fits differ by themselves: give it a seed")
    move = np.abs(P - moved).max()
    if not move <= 4 * NEAR:
        raise NotAsked(f"the order of the samples alone moves a probability by {move:.2f}")
    return P, max(NEAR, 2 * move)


def same_answers(what, P, Q, reason="", margin=NEAR):
    """Require probabilities that are nearly the same."""
    worst = np.unravel_index(np.abs(P - Q).argmax(), P.shape)
    if not np.abs(P - Q).max() <= margin:  # NaN is not
        said = f"probability {Q[worst]:.3f} of class {worst[1]} in row {worst[0]}"
        raise broken(what, said, f"{P[worst]:.3f}, as before", reason)


def mean_loss(P, y):
    return float(-np.log(P[np.arange(len(y)), y].clip(1e-300)).mean())


@law("probabilities: one for each class, from 0 to 1, and each row sums to 1")
def _(subject, n_classes=2):
    model, X, _ = learnt(subject, overlapping, n_classes)
    P = subject.proba(model, X, n_classes)
    if not ((P >= 0) & (P <= 1)).all():  # NaN is not
        row = P[~((P >= 0) & (P <= 1)).all(axis=1)][0]
        raise broken("predict_proba(X)", f"the row {row}", "numbers from 0 to 1")
    off = np.abs(P.sum(axis=1) - 1).argmax()
    if not abs(P[off].sum() - 1) < 1e-6:
        reason = "Sigmoids of several classes must be divided by their sum." * (n_classes > 2)
        if np.allclose(P.sum(axis=0), 1):
            reason = "The columns sum to 1 instead: is the softmax over the samples (axis 0)?"
        raise broken(
            "predict_proba(X)", f"row {off}: {P[off]}, sum {P[off].sum():.4g}", "1", reason
        )


@law("two classes that a line separates are learnt without a mistake")
def _(subject, n_classes=2):
    model, X, y = learnt(subject, apart, n_classes)
    answers = subject.proba(model, X, n_classes).argmax(axis=1)
    share = float(np.mean(answers == y))
    if share < 1:
        reason = ""
        if n_classes == 2 and share < 0.5:
            reason = (
                "The answers are the wrong way round: is the gradient's sign right, and is column 1"
                " of predict_proba the second class?"
            )
        elif share <= 0.5:
            reason = "Hardly anything is learnt: does fit move the weights, and far enough?"
        raise broken("the probabilities of the training samples", f"{share:.3f} right", "1", reason)


@law("the higher the score, the higher the probability; predict takes the highest")
def _(subject, n_classes=2):
    model, X, y = learnt(subject, overlapping, n_classes)
    P = subject.proba(model, X, n_classes)
    Z, labels = subject.scores(model, X), subject.labels(model, X)
    if Z is None and labels is None:
        raise NotAsked("it has neither coef_ and intercept_ nor predict")
    if Z is not None:
        p = P[:, 1] if Z.ndim == 1 else P
        order = np.argsort(Z, axis=None) if Z.ndim == 1 else np.argsort(Z, axis=1)
        sorted_p = p[order] if Z.ndim == 1 else np.take_along_axis(P, order, axis=1)
        if (np.diff(sorted_p, axis=-1) < -1e-6).any():
            raise broken(
                "predict_proba(X) against X @ coef_.T + intercept_",
                "a lower probability for a higher score",
                "the same order",
                "Are coef_ and predict_proba of the same class, and is the intercept in both?",
            )
    clear = np.sort(P, axis=1)[:, -1] - np.sort(P, axis=1)[:, -2] > 1e-6
    if labels is not None and (np.unique(y)[P.argmax(axis=1)] != labels.ravel())[clear].any():
        row = np.flatnonzero((np.unique(y)[P.argmax(axis=1)] != labels.ravel()) & clear)[0]
        raise broken(
            f"predict of a row with probabilities {P[row].round(3)}",
            labels.ravel()[row],
            y_of(P, row, y),
        )


def y_of(P, row, y):
    return np.unique(y)[P[row].argmax()]


@law("the mean loss on the training samples is lower than the majority's guess has it")
def _(subject):
    model, X, y = learnt(subject, overlapping, 2)
    loss, guess = mean_loss(subject.proba(model, X, 2), y), majority(y)
    if not loss < guess:
        reason = LOST if loss >= np.log(2) else HARDLY
        raise broken(
            "the mean loss", f"{loss:.4f}", f"less than {guess:.4f}, the majority's", reason
        )


LOST = (
    "That is worse than zero weights, whose loss is log 2 = 0.693: is the gradient's sign right,"
    " the step small enough?"
)
HARDLY = (
    "That is hardly better than zero weights, whose loss is log 2 = 0.693: too few epochs, too"
    " small a step, or an intercept that is not learnt?"
)


def majority(y):
    """The loss of who says the frequencies of the classes to every sample: their entropy."""
    p = np.bincount(y) / len(y)
    return float(-(p * np.log(p)).sum())


@law("the mean loss is near that of scikit-learn's optimum with the same penalty")
def _(subject, n_classes=2):
    from sklearn.linear_model import LogisticRegression

    X, y = overlapping(n_classes)
    # The way it trains by itself, or else full batches: those leave no noise.
    ways = [False] if subject.batch_size is None else [False, True]
    tried = [subject.proba(subject.fitted(X, y, full_batch=way), X, n_classes) for way in ways]
    P = min(tried, key=lambda P: mean_loss(P, y))
    theirs = LogisticRegression(C=1 / (len(y) * ALPHA), tol=1e-8, max_iter=1000).fit(X, y)
    loss, best, guess = mean_loss(P, y), mean_loss(theirs.predict_proba(X), y), majority(y)
    if not loss < best + 0.25 * (guess - best):
        raise broken(
            "the mean loss",
            f"{loss:.4f}",
            f"near {best:.4f}: at least three quarters of the way from {guess:.4f}, the majority's",
            _far(P, y),
        )


def _far(P, y):
    """Why the loss is far from the optimum, by trying."""
    frequencies = np.bincount(y) / len(y)
    if np.abs(P.mean(axis=0) - frequencies).max() > NEAR:
        return (
            f"The mean probabilities are {P.mean(axis=0).round(3)}, the classes' frequencies"
            f" {frequencies.round(3)}: is the intercept learnt, and is it not penalised?"
        )
    return "Too few epochs, too small a step, or too strong a penalty: does the loss still fall?"


@law("a bigger penalty gives smaller weights")
def _(subject):
    if subject.penalty is None:
        raise NotAsked("no parameter is known to be the penalty's (penalty='name' names it)")
    if not hasattr(subject.model, subject.penalty):
        raise NotAsked(f"it has no attribute {subject.penalty}")
    X, y = overlapping(2)
    sizes, said = [], []
    for alpha in (1e-3, 1e-1):
        sizes.append(subject.size(subject.fitted(X, y, alpha=alpha), X))
        said += [f"{n} = {v:.3g}" for n, v in subject.with_penalty(alpha, len(y)).items()]
    small, large = sizes
    if not large < small * (1 - 1e-3):
        reason = (
            "The penalty changes nothing: is it in the gradient?"
            if np.isclose(small, large, rtol=1e-3)
            else "The penalty grows the weights: is its sign +, or is it a C, that weighs the loss?"
        )
        raise broken(
            f"weights with {said[0]}, then {said[1]}",
            f"of size {small:.4g}, then {large:.4g}",
            "smaller the second time",
            reason,
        )


@law("a strong penalty leaves the intercept alone: the classes stay as frequent")
def _(subject):
    if not subject.with_penalty(1, 1):
        raise NotAsked("no parameter is known to be the penalty's (penalty='name' names it)")
    X, y = overlapping(2)
    # Where the intercept has no penalty its slope vanishes: mean probability less frequency.
    P = subject.proba(subject.fitted(X, y, alpha=1.0, full_batch=True), X)
    mean, frequency = float(P[:, 1].mean()), float(y.mean())
    if not abs(mean - frequency) <= 2 * NEAR:  # a penalised intercept: 0.13 away
        setting = subject.with_penalty(1.0, len(y))
        raise broken(
            f"the mean probability of class 1, with {setting}",
            f"{mean:.3f}",
            f"about its frequency, {frequency:.3f}",
            "Is the intercept penalised? The penalty is on the weights alone.",
        )


@law("the probabilities of a row do not depend on the other rows")
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


@law("fit again forgets what was learnt before")
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


@law("the order of the features does not matter")
def _(subject):
    X, y = overlapping(2)
    (P, margin), order = settled(subject, 2), [2, 0, 1]
    Q = subject.proba(subject.fitted(X[:, order], y, full_batch=True), X[:, order])
    reason = "Is one column special, the intercept's perhaps?"
    same_answers(f"features in the order {order}", P, Q, reason, margin)


@law("the order of the samples does not matter to a full batch")
def _(subject):
    X, y = overlapping(2)
    order = np.random.default_rng(32).permutation(len(X))
    P = subject.proba(subject.fitted(X, y, full_batch=True), X)
    Q = subject.proba(subject.fitted(X[order], y[order], full_batch=True), X)
    if subject.batch_size is None and not np.abs(P - Q).max() <= NEAR:
        raise NotAsked("no batch_size can be set to all samples, and single steps see the order")
    same_answers("samples in another order, one batch of all", P, Q)


@law("names of classes do not matter: exchanged, they exchange the columns")
def _(subject, n_classes=2):
    X, y = overlapping(n_classes)
    P, margin = settled(subject, n_classes)
    new_name = np.array([1, 0] if n_classes == 2 else [2, 0, 1])
    Q = subject.proba(subject.fitted(X, new_name[y], full_batch=True), X, n_classes)
    reason = "Columns are the classes in sorted order. Do both kinds of targets count alike?"
    same_answers(f"classes renamed to {new_name}", P, Q[:, new_name], reason, margin)


@law("labels may be strings")
def _(subject):
    X, y = overlapping(2)
    P = subject.proba(subject.fitted(X, y), X, 2)
    names = np.array(["ant", "bee", "cat"])
    try:
        model = subject.fitted(X, names[y])
    except Broken as error:
        raise NotAsked(f"fit {error.example[1].strip()}") from None
    Q = subject.proba(model, X, 2)
    same_answers("labels 'ant', 'bee' for 0, 1", P, Q, "Map labels to 0, 1, ...: np.unique(y).")
    labels = subject.labels(model, X)
    if labels is not None and not np.isin(labels.ravel(), names).all():
        other = labels.ravel()[~np.isin(labels.ravel(), names)][0]
        raise broken("predict", repr(other), "one of the labels that fit saw")


@law("a constant feature does no harm")
def _(subject):
    X, y = overlapping(2)
    for constant in (0.0, 1.0):
        wide = np.column_stack([X, np.full(len(X), constant)])
        P = subject.proba(subject.fitted(wide, y), wide)
        if not np.isfinite(P).all():
            reason = "Is a feature divided by its standard deviation, which is 0 here?"
            raise broken(f"a feature that is always {constant}", "nan", "probabilities", reason)


@law("huge features give probabilities too, not nan")
def _(subject):
    model, X, y = learnt(subject, overlapping, 2)
    reason = "Does exp overflow? 1 / (1 + exp(-z)), or softmax without its row's maximum, is nan."
    P = subject.proba(model, 1e6 * X, 2)
    if not np.isfinite(P).all():
        raise broken("predict_proba of rows times a million", "nan", "probabilities", reason)
    P = subject.proba(subject.fitted(1e4 * X, y), 1e4 * X, 2)
    if not np.isfinite(P).all():
        raise broken("fit on features times 10,000", "nan", "probabilities", reason)


@law("fit leaves X, y and its own settings as they were")
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
