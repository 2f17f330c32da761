"""How a law of classification is written, and what several of them need."""

import numpy as np

from scratch.exercises.calls import Broken
from scratch.exercises.classifier.data import overlapping
from scratch.exercises.classifier.subject import NotAsked

NEAR = 0.05  # of two probabilities


class Laws(list):
    """Pairs of a name and a test of a `Subject`."""

    def law(self, name):
        """Add the decorated test."""

        def add(test):
            self.append((name, test))
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
        raise NotAsked(f"fit {' '.join(error.example[1].split())}") from None
    subject.proba(model, X, 3)


def settled(subject, n_classes):
    """The probabilities after a fit in full batches, and how far the samples' order moves them.

    Of full batches that is nothing; SGD that has not settled may be moved by more than a law could
    tell from a mistake.
    """
    if not subject.converged:
        raise NotAsked("training has not converged: see the law on the mean loss")
    X, y = overlapping(n_classes)
    order = np.random.default_rng(32).permutation(len(X))
    P, again, moved = (
        subject.proba(subject.fitted(A, c, full_batch=True), X, n_classes)
        for A, c in ((X, y), (X, y), (X[order], y[order]))
    )
    if not np.abs(P - again).max() <= 1e-6:
        raise NotAsked("two fits differ by themselves: give it a seed")
    move = np.abs(P - moved).max()
    if not move <= 4 * NEAR:
        raise NotAsked(f"the order of the samples alone moves a probability by {move:.2f}")
    return P, max(NEAR, 2 * move)


def same_answers(what, P, Q, reason="", margin=NEAR):
    """Require probabilities that are nearly the same."""
    if set(np.unique(P)) <= {0, 1}:  # answers alone: a few may change
        margin = 1 if np.abs(P - Q).mean() <= NEAR else 0
    worst = np.unravel_index(np.abs(P - Q).argmax(), P.shape)
    if not np.abs(P - Q).max() <= margin:  # NaN is not
        said = f"probability {Q[worst]:.3f} of class {worst[1]} in row {worst[0]}"
        raise broken(what, said, f"{P[worst]:.3f}, as before", reason)
