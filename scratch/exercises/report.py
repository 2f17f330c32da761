"""What the laws say of a function, as a structure; terminal text and HTML are views of it."""

from dataclasses import dataclass, field

from scratch.exercises.calls import Broken
from scratch.exercises.catalogue import EXERCISES, exercise
from scratch.exercises.terminal import show


@dataclass(frozen=True)
class Outcome:
    """A law, and what it said: nothing if it holds."""

    name: str
    broken: Broken | None = None
    not_asked: str = ""  # why the law could not be asked

    @property
    def holds(self):
        return self.broken is None and not self.not_asked


@dataclass(frozen=True)
class Report:
    """The outcomes of one function or classifier; true if every law that was asked holds."""

    title: str
    outcomes: tuple
    least: int = 0  # laws that must hold; an almost empty report is no pass
    n_waiting: int = 0  # deeper laws, not tried after one was broken
    missing: str = ""  # why nothing could be tried: what is not written yet
    shown_in: list = field(default_factory=list, compare=False, repr=False)

    def __bool__(self):
        held = sum(outcome.holds for outcome in self.outcomes)
        right = all(outcome.broken is None for outcome in self.outcomes)
        return not self.missing and right and held >= self.least

    def __repr__(self):
        if self.missing:
            return f"<{self.title}: {self.missing}>"
        held = sum(outcome.holds for outcome in self.outcomes)
        asked = sum(not outcome.not_asked for outcome in self.outcomes) + self.n_waiting
        return f"<{self.title}: {held} of {asked} laws hold>"

    def __str__(self):
        from scratch.exercises.terminal import text

        return text(self)

    def as_dict(self):
        """The report as plain data, for another process."""
        outcomes = [
            [o.name, o.broken and o.broken.example, o.broken and o.broken.reason, o.not_asked]
            for o in self.outcomes
        ]
        return {"title": self.title, "outcomes": outcomes, "n_waiting": self.n_waiting,
                "missing": self.missing}  # fmt: skip

    @classmethod
    def from_dict(cls, known):
        outcomes = tuple(
            Outcome(name, None if example is None else Broken(example, reason), not_asked)
            for name, example, reason, not_asked in known["outcomes"]
        )
        return cls(known["title"], outcomes, 0, known["n_waiting"], known["missing"])

    def _ipython_display_(self):
        """What a notebook shows of a cell's last value: nothing, if `check` has just shown it."""
        from scratch.exercises.terminal import display

        display(self)

    def _repr_html_(self):
        from scratch.exercises.html import html

        return html(self)


def examine(function, name, say=lambda law: None):
    """Try the laws of an exercise in their order, up to the first that is broken.

    `say` is told each law before it is tried.
    """
    record, outcomes = exercise(name), []
    known = record.laws
    title = f"{record.number}  {name}"
    for law in known:
        say(law.sentence)
        try:
            law(function)
        except NotImplementedError as error:
            return Report(title, tuple(outcomes), missing=_unwritten(error, name))
        except Broken as broken:
            outcomes.append(Outcome(law.sentence, broken))
            break
        outcomes.append(Outcome(law.sentence))
    return Report(title, tuple(outcomes), n_waiting=len(known) - len(outcomes))


def _unwritten(error, name):
    """Which function is not written yet: this one, or one that it calls."""
    trace, last = error.__traceback__, name
    while trace is not None:
        code = trace.tb_frame.f_code
        if trace.tb_next is None and code.co_name in EXERCISES:
            last = code.co_name
        trace = trace.tb_next
    return "not written yet" if last == name else f"waits for {last}, not written yet"


def check(function, name=None):
    """Hold a function to the laws of an exercise, and print what they say.

    Parameters
    ----------
    function : callable
        A function with the signature of its namesake in ``scratch.textbook``.
    name : str, default=None
        The exercise; None means the function's own name.

    Returns
    -------
    Report
        True if all laws hold; as text, or in a notebook as HTML, what was printed.

    Raises
    ------
    ValueError
        If there is no such exercise.

    Examples
    --------
    >>> import numpy as np
    >>> bool(check(lambda y_true, y_pred: np.sum(y_true == y_pred), "accuracy"))
    15  accuracy
      ✗ one answer is right, 1, or wrong, 0, whatever the classes
    <BLANKLINE>
          y_true = np.array([2, 0, 1])
          y_pred = np.array([2, 0, 1])
          accuracy(y_true, y_pred)
              gives      3
              should be  1.0
    <BLANKLINE>
        The number of right answers: divide by the number of samples.
    <BLANKLINE>
      4 deeper laws not tried yet
    False
    """
    if name is None:
        name = getattr(function, "__name__", "")
        if name not in EXERCISES:
            raise ValueError(
                f"which exercise is {name or function!r}? check(function, 'softmax'), for instance"
            )
    report = examine(function, name)
    show(report)
    return report
