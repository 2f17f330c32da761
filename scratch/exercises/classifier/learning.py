"""Laws of learning: a classifier trained on log loss finds what there is to find."""

import numpy as np

from scratch.exercises.classifier.data import apart, overlapping
from scratch.exercises.classifier.law import NEAR, Laws, broken, learnt
from scratch.exercises.classifier.subject import ALPHA, NotAsked

LEARNING = Laws()


def mean_loss(P, y):
    return float(-np.log(P[np.arange(len(y)), y].clip(1e-300)).mean())


@LEARNING.law("probabilities: one for each class, from 0 to 1, and each row sums to 1")
def _(subject, n_classes=2):
    subject.needs_probabilities()
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


@LEARNING.law("two classes that a line separates are learnt without a mistake")
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


@LEARNING.law("the higher the score, the higher the probability; predict takes the highest")
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


@LEARNING.law("the mean loss on the training samples is below that of guessing")
def _(subject):
    subject.needs_probabilities()
    model, X, y = learnt(subject, overlapping, 2)
    loss, guess = mean_loss(subject.proba(model, X, 2), y), loss_of_guessing(y)
    if not loss < guess:
        reason = LOST if loss >= np.log(2) else HARDLY
        raise broken(
            "the mean loss", f"{loss:.4f}", f"less than {guess:.4f}, that of guessing", reason
        )


LOST = (
    "That is worse than zero weights, whose loss is log 2 = 0.693: is the gradient's sign right,"
    " the step small enough?"
)
HARDLY = (
    "That is hardly better than zero weights, whose loss is log 2 = 0.693: too few epochs, too"
    " small a step, or an intercept that is not learnt?"
)


def loss_of_guessing(y):
    """The loss of the class frequencies as the answer to every sample: their entropy."""
    p = np.bincount(y) / len(y)
    return float(-(p * np.log(p)).sum())


NEAR_OPTIMUM = "the mean loss is near that of scikit-learn's optimum with the same penalty"


@LEARNING.law(NEAR_OPTIMUM)
def _(subject, n_classes=2):
    from sklearn.linear_model import LogisticRegression

    subject.needs_probabilities()
    X, y = overlapping(n_classes)
    # The way it trains by itself, or else full batches: those leave no noise.
    ways = [False] if subject.batch_size is None else [False, True]
    tried = [subject.proba(subject.fitted(X, y, full_batch=way), X, n_classes) for way in ways]
    P = min(tried, key=lambda P: mean_loss(P, y))
    theirs = LogisticRegression(C=1 / (len(y) * ALPHA), tol=1e-8, max_iter=1000).fit(X, y)
    loss, best, guess = mean_loss(P, y), mean_loss(theirs.predict_proba(X), y), loss_of_guessing(y)
    if not loss < best + 0.25 * (guess - best):
        raise broken(
            "the mean loss",
            f"{loss:.4f}",
            f"near {best:.4f}: at least three quarters of the way from {guess:.4f}, guessing",
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


@LEARNING.law("a bigger penalty gives smaller weights")
def _(subject):
    if subject.penalty is None:
        raise NotAsked("no parameter is known to be the penalty's (penalty='name' names it)")
    if subject.make is None and not hasattr(subject.model, subject.penalty):
        raise NotAsked(f"it has no attribute {subject.penalty}")
    if not hasattr(subject.model, "coef_"):
        subject.needs_probabilities()
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


@LEARNING.law("a strong penalty leaves the intercept alone: the classes stay as frequent")
def _(subject):
    if not subject.with_penalty(1, 1):
        raise NotAsked("no parameter is known to be the penalty's (penalty='name' names it)")
    subject.needs_probabilities()
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
