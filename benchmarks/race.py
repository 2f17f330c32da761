"""Timing that can be trusted on a machine that does other things too.

Entrants run in turn, A B C, C B A, A B C, …, so that a machine that slows down slows all of them.
The figure is the ratio of two entrants' times in the same round.
"""

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

_SILENCE = 5.0  # seconds between two lines of progress, where there is no terminal to rewrite one


@dataclass(frozen=True)
class Entrant:
    """Something to time.

    Parameters
    ----------
    name : str
    run : callable
        Takes the number of the round (use it as the seed); its result is handed on, untimed.
    warm_up : callable, default=None
        Run once before all timing, to load code and wake caches; None means ``run(0)``.
    repeat : int, default=1
        Runs in a row that make one measurement, for runs of microseconds. See `repeat_for`.
    """

    name: str
    run: Callable[[int], Any]
    warm_up: Callable[[], Any] | None = None
    repeat: int = 1


def race(entrants, rounds, progress):
    """Run every entrant `rounds` times, interleaved.

    Parameters
    ----------
    entrants : list of Entrant
    rounds : int
    progress : Progress
        Must expect ``len(entrants) * (rounds + 1)`` jobs: the warm-up counts as a round.

    Yields
    ------
    number : int
        The number of the round, from 0.
    entrant : Entrant
    taken : dict
        ``seconds`` of one run by the wall clock, and ``cpu_seconds`` that this process computed:
        the same on a machine that does nothing else.
    outcome : object
        The result of the run.
    """
    for entrant in entrants:
        with progress.job(f"{entrant.name}, warm-up", ("warm-up", entrant.name)):
            (entrant.warm_up or (lambda entrant=entrant: entrant.run(0)))()
    for number in range(rounds):
        for entrant in entrants[:: -1 if number % 2 else 1]:
            with progress.job(f"{entrant.name}, round {number + 1} of {rounds}", entrant.name):
                taken, outcome = clocked(entrant, number)
            yield number, entrant, taken, outcome


def clocked(entrant, number):
    """Times of one run, and its result; no garbage is collected meanwhile."""
    gc.disable()
    try:
        start, cpu_start = time.perf_counter(), time.process_time()
        for _ in range(entrant.repeat):
            outcome = entrant.run(number)
        spans = time.perf_counter() - start, time.process_time() - cpu_start
        wall, cpu = (span / entrant.repeat for span in spans)
        return {"seconds": wall, "cpu_seconds": cpu}, outcome
    finally:
        gc.enable()


def repeat_for(run, seconds):
    """How often to repeat `run` so that one measurement takes about `seconds`."""
    repeat = 1
    while True:
        start = time.perf_counter()
        for _ in range(repeat):
            run()
        taken = time.perf_counter() - start
        if taken >= seconds / 4:
            return max(1, round(repeat * seconds / taken))
        repeat *= 4


@dataclass(frozen=True)
class Ratio:
    """Smallest, median and largest of the ratios of two times, round by round."""

    least: float
    median: float
    most: float

    @classmethod
    def of(cls, above, below):
        """Ratios above / below; both map the number of a round to seconds."""
        each = [above[number] / below[number] for number in above if number in below]
        return cls(min(each), float(np.median(each)), max(each)) if each else None

    def __str__(self):
        return f"{number(self.median)} ({number(self.least)}–{number(self.most)})"


def number(value):
    """A number to three significant digits, without an exponent where that can be."""
    if value >= 1e5:
        return f"{value:.1e}"
    return f"{value:,.0f}" if value >= 100 else f"{value:#.3g}".rstrip(".")


def seconds(value, form=None):
    """A time in µs, ms or s."""
    sizes = {"s": 1.0, "ms": 1e-3, "µs": 1e-6}
    unit = next((unit for unit, size in sizes.items() if value >= size * 0.9995), "µs")
    value = float(f"{value / sizes[unit]:.12g}")
    return f"{number(value) if form is None else form.format(value)} {unit}"


def band(values):
    """Median, and the 20th and 80th percentile."""
    low, median, high = np.percentile(values, [20, 50, 80])
    return float(median), float(low), float(high)


class Progress:
    """Says what runs now and how much is left, on standard error.

    The time left is estimated from the times of the same jobs before; a job that has not run yet
    counts as an average one.
    """

    def __init__(self, title, stream=None):
        self.title, self.stream = title, sys.stderr if stream is None else stream
        self.expected = self.done = 0
        self.seconds, self.counts = {}, {}  # of each kind of job: the last time; how many are left
        self._said, self._live = 0.0, self.stream.isatty()
        self._interrupted = False

    def expect(self, kinds):
        """More jobs to come, each of a kind: something hashable."""
        for kind in kinds:
            self.expected += 1
            self.counts[kind] = self.counts.get(kind, 0) + 1

    def expect_race(self, entrants, rounds):
        """The jobs of a `race`."""
        self.expect([("warm-up", entrant.name) for entrant in entrants])
        self.expect([entrant.name for entrant in entrants] * rounds)

    def interrupt(self, *_):
        """Take note of Ctrl-C (a signal handler): even if a job catches it, no other runs."""
        self._interrupted = True
        raise KeyboardInterrupt

    def job(self, what, kind, counts=True):
        """A context in which one job runs; one that doesn't count is not among those expected."""
        return _Job(self, what, kind, counts)

    def part(self, what, key):
        """The same progress for one race of many: labelled `what`, its jobs of kind (key, name)."""
        return _Part(self, what, key)

    def left(self):
        """Seconds that the jobs to come will take, or None if there is nothing to go by."""
        known = [seconds for kind, seconds in self.seconds.items() if kind[0] != "warm-up"]
        if not known:
            return None
        mean = sum(known) / len(known)
        return sum(count * self.seconds.get(kind, mean) for kind, count in self.counts.items())

    def say(self, what, counts=True):
        """Say what runs now, and how much is left if it is one of the jobs that are counted."""
        now = time.monotonic()
        if not self._live and now - self._said < _SILENCE:
            return
        self._said = now
        left = self.left()
        rest = "" if left is None else f", about {duration(left)} left"
        where = f"{self.done + 1} of {self.expected}{rest}: " if counts else ""
        line = f"{self.title}: {where}{what}"
        if self._live:
            line = f"\r\x1b[K{line[:110]}"
        print(line, end="" if self._live else "\n", file=self.stream, flush=True)

    def clear(self):
        """Leave no half line on a terminal."""
        if self._live:
            print("\r\x1b[K", end="", file=self.stream, flush=True)


class _Part:
    """See `Progress.part`. Warm-ups are not counted: they are small."""

    def __init__(self, progress, what, key):
        self.progress, self.what, self.key = progress, what, key

    def job(self, what, kind, counts=True):
        counts = counts and kind[0] != "warm-up"
        return self.progress.job(f"{self.what}: {what}", (self.key, kind), counts)


class _Job:
    """See `Progress.job`."""

    def __init__(self, progress, what, kind, counts):
        self.progress, self.what, self.kind, self.counts = progress, what, kind, counts

    def __enter__(self):
        self.progress.say(self.what, self.counts)
        self.start = time.monotonic()

    def __exit__(self, kind, *_):
        progress = self.progress
        if progress._interrupted and kind is None:  # an estimator kept Ctrl-C to itself
            raise KeyboardInterrupt
        if not self.counts:
            return
        progress.done += 1
        progress.seconds[self.kind] = time.monotonic() - self.start
        if progress.counts.get(self.kind, 0) > 0:
            progress.counts[self.kind] -= 1


def duration(seconds):
    """As minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
