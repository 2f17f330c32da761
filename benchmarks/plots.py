"""How the pictures look."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from benchmarks.race import seconds

# Okabe and Ito's colours, told apart with any kind of colour vision.
BLUE, ORANGE, GREEN, PINK, SKY, YELLOW, BLACK, GREY = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#e69f00",
    "#000000",
    "#8a8a8a",
)
MARKERS = "osD^v<>P"


def chart(title, columns=1, *, width=6.4, height=4.4, share_x=False, share_y=False):
    """A figure and its axes, side by side."""
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots(1, columns, sharex=share_x, sharey=share_y, squeeze=False)[0]
    figure.suptitle(title, fontsize=11)
    for axis in axes:
        axis.spines[["top", "right"]].set_visible(False)
        axis.grid(True, which="major", color="#e4e4e4", linewidth=0.7)
        axis.set_axisbelow(True)
    return figure, axes


def curve(axis, x, y, *, low=None, high=None, number=0, label, color, line="-"):
    """A line of medians with markers, and its band."""
    axis.plot(
        x,
        y,
        line,
        color=color,
        marker=MARKERS[number % len(MARKERS)],
        markersize=4.5,
        linewidth=1.6,
        label=label,
    )
    if low is not None:
        axis.fill_between(x, low, high, color=color, alpha=0.15, linewidth=0)


def seconds_axis(axis):
    """A logarithmic axis of time, labelled in µs, ms and s."""
    plain_axis(axis, lambda value: seconds(value, "{:g}"))


def plain_axis(axis, text="{:g}".format):
    """A logarithmic axis labelled without exponents."""
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if _decades(axis) < 2 else (1,)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: text(value)))
    axis.set_minor_formatter(NullFormatter())


def _decades(axis):
    low, high = axis.get_view_interval()
    return np.log10(high / low)


def save(figures, folder):
    """Write figures by name; returns the files' names. Each is below 100 kB, to fit in a README."""
    names = []
    with mpl.rc_context({"savefig.dpi": 110}):
        for name, figure in figures.items():
            figure.savefig(folder / f"{name}.png", metadata={"Software": None})
            names.append(f"{name}.png")
    return names
