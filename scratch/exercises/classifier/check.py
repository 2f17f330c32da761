"""Check a whole classifier, law by law."""

import inspect
import sys

from scratch.exercises.calls import Broken
from scratch.exercises.classifier.invariance import INVARIANCE
from scratch.exercises.classifier.law import takes_three
from scratch.exercises.classifier.learning import LEARNING, NEAR_OPTIMUM
from scratch.exercises.classifier.subject import ALPHA, NotAsked, Subject
from scratch.exercises.report import Outcome, Report
from scratch.exercises.terminal import show

LEAST = 3  # laws that must hold; fewer say next to nothing


def check_classifier(model=None, *, penalty=None, make=None):
    """Hold a classifier to the laws of classification, and print what they say.

    Parameters
    ----------
    model : object
        Not fitted. It has ``fit(X, y)``, and ``predict_proba(X)`` or, after `fit`, ``coef_`` and
        ``intercept_``. It is copied for every fit; nothing of scikit-learn's protocol is needed.
    penalty : str, default=None
        The attribute that is the penalty's strength; None looks for a usual name: alpha, C, l2,
        lam, reg, weight_decay and so on.
    make : callable, default=None
        ``make(alpha)`` gives an unfitted classifier with the penalty α/2 · ΣW² beside the mean
        loss, where no attribute can be set; in place of `model`.

    Returns
    -------
    Report
        True if all laws that could be asked hold, and there are at least three. Those that could
        not say why.

    Raises
    ------
    TypeError
        If it has no method `fit`.

    Examples
    --------
    >>> from scratch.linear_model import LogisticClassifier
    >>> bool(check_classifier(LogisticClassifier(max_iter=50)))  # doctest: +ELLIPSIS
    LogisticClassifier
      ✓ probabilities: one for each class, from 0 to 1, and each row sums to 1
    ...
    True
    """
    subject = Subject(make(ALPHA) if model is None else model, penalty, make)
    report = Report(subject.name, tuple(told(outcomes(subject))), least=LEAST)
    show(report)
    return report


def told(outcomes):
    """The outcomes, each told on a terminal when it is there: a slow class takes minutes."""
    for number, outcome in enumerate(outcomes, start=1):
        if sys.stderr.isatty():
            print(f"\r{number} laws asked", end="\r", file=sys.stderr, flush=True)
        yield outcome


def outcomes(subject):
    """What each law says of two classes; then, where it speaks of several, of three.

    If `fit` raises on the first, it would on all: no more is asked.
    """
    for number, (name, law) in enumerate((*LEARNING, *INVARIANCE)):
        outcome = ask(name, law, subject)
        yield outcome
        if number == 0 and outcome.broken and outcome.broken.example[0].startswith("fit("):
            return
        if name == NEAR_OPTIMUM and outcome.broken:
            subject.converged = False
    three = ask("three classes", takes_three, subject)
    if not three.holds:
        yield three
        return
    for name, law in (*LEARNING, *INVARIANCE):
        if "n_classes" in inspect.signature(law).parameters:
            name = name.replace("two classes that", "classes that")
            yield ask(f"three classes: {name}", law, subject, 3)


def ask(name, law, *args):
    try:
        law(*args)
    except NotAsked as reason:
        return Outcome(name, not_asked=str(reason))
    except Broken as error:
        return Outcome(name, error)
    except Exception as error:  # the law could not even read what came out
        return Outcome(name, Broken([f"{type(error).__name__}: {error}"]))
    return Outcome(name)
