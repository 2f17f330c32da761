"""What the laws say of a function, as a structure; terminal text and HTML are views of it."""

from dataclasses import dataclass, field

from scratch.exercises.book import laws
from scratch.exercises.calls import Broken
from scratch.exercises.catalogue import EXERCISES


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
    n_waiting: int = 0  # deeper laws, not tried after one was broken
    missing: str = ""  # why nothing could be tried: what is not written yet
    shown_in: list = field(default_factory=list, compare=False, repr=False)

    def __bool__(self):
        return not self.missing and all(outcome.broken is None for outcome in self.outcomes)

    def __repr__(self):
        if self.missing:
            return f"<{self.title}: {self.missing}>"
        held = sum(outcome.holds for outcome in self.outcomes)
        asked = sum(not outcome.not_asked for outcome in self.outcomes) + self.n_waiting
        return f"<{self.title}: {held} of {asked} laws hold>"

    def __str__(self):
        from scratch.exercises.terminal import text

        return text(self)

    def _ipython_display_(self):
        """What a notebook shows of a cell's last value: nothing, if `check` has just shown it."""
        from scratch.exercises.terminal import display

        display(self)

    def _repr_html_(self):
        from scratch.exercises.html import html

        return html(self)


def examine(function, name):
    """Try the laws of an exercise in their order, up to the first that is broken."""
    known, outcomes = laws(name), []
    title = f"{EXERCISES[name].number}  {name}"
    for law in known:
        try:
            law(function)
        except NotImplementedError as error:
            return Report(title, tuple(outcomes), missing=_unwritten(error, name))
        except Broken as broken:
            outcomes.append(Outcome(law.name, broken))
            break
        outcomes.append(Outcome(law.name))
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
