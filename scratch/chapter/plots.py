"""What the chapter's pictures share: colours, charts, and tiles of digits."""

import io

import matplotlib as mpl
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

# The page's colours, in light: yours, for, against, ink, soft, and the landscape's low and high.
ACCENT, FOR, AGAINST, INK, SOFT = "#a64d00", "#0a5fa8", "#b5203c", "#1b1e22", "#565b62"
SIGNED = LinearSegmentedColormap.from_list("signed", [AGAINST, "#ffffff", FOR])
GROUND = LinearSegmentedColormap.from_list("ground", ["#ffffff", "#bdc6ca"])


def saved(figure, form, dpi=150):
    """Return a picture as a file's bytes, the same at every run; `form` is "png" or "svg"."""
    file = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "scratch"}):
        undated = {"Date": None} if form == "svg" else None
        figure.savefig(file, format=form, dpi=dpi, metadata=undated)
    return file.getvalue()


def title_of(figure):
    return figure._suptitle.get_text() if figure._suptitle else figure.axes[0].get_title()


def chart(title, size=(6.4, 3.8)):
    """Return a figure with one chart, and its axis."""
    figure = Figure(figsize=size, layout="constrained")
    axis = figure.subplots()
    axis.set_title(title)
    tidy(axis)
    return figure, axis


def tidy(axis):
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(axis="y", alpha=0.3)


def tiles(rows, columns, title, size=1.2):
    """Return a figure with a grid of pictures, and its axes."""
    figure = Figure(figsize=(size * columns, 1.3 * size * rows + 0.4), layout="constrained")
    figure.suptitle(title)
    axes = figure.subplots(rows, columns, squeeze=False)
    for axis in axes.flat:
        axis.set_axis_off()
    return figure, axes


def show(axis, pixels, label="", *, signed=False, limit=None):
    """Show a row of pixels as a picture: ink, or with a sign."""
    side = round(len(pixels) ** 0.5)
    limit = limit or (np.abs(pixels).max() or 1.0)
    scale = {"cmap": SIGNED, "vmin": -limit, "vmax": limit} if signed else {}
    axis.imshow(pixels.reshape(side, side), **(scale or {"cmap": "gray_r", "vmin": 0, "vmax": 1}))
    axis.set_title(label, fontsize=9)
    axis.set_axis_off()


def framed(axis):
    """Frame a picture: the answer to it is wrong."""
    axis.set_axis_on()
    axis.set(xticks=[], yticks=[])
    for spine in axis.spines.values():
        spine.set(color=ACCENT, linewidth=2)
