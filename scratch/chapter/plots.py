"""What the chapter's pictures share: colours, charts, and digits side by side."""

import io
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image  # comes with matplotlib

# The page's colours, in light: yours, for, against, ink, soft, and the landscape's low and high.
ACCENT, FOR, AGAINST, INK, SOFT = "#a64d00", "#0a5fa8", "#b5203c", "#1b1e22", "#565b62"
SIGNED = LinearSegmentedColormap.from_list("signed", [AGAINST, "#ffffff", FOR])
GROUND = LinearSegmentedColormap.from_list("ground", ["#ffffff", "#bdc6ca"])


@dataclass(frozen=True)
class Still:
    """A picture as the page carries it."""

    title: str
    png: bytes


def still(figure):
    """Return a picture as PNG, the same at every run."""
    figure.set_dpi(96)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    colours = np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[..., :3])  # (rows, columns, 3)
    file = io.BytesIO()
    # 64 colours make it a third as large: the page carries all pictures
    Image.fromarray(colours).quantize(64).save(file, format="png", optimize=True)
    return Still(title_of(figure), file.getvalue())


def as_svg(figure):
    """Return a picture as SVG, the same at every run."""
    file = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "scratch"}):
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def title_of(figure):
    return figure._suptitle.get_text() if figure._suptitle else figure.axes[0].get_title()


def chart(title, size=(6.4, 3.8)):
    """Return a figure with one chart, and its axis."""
    figure = Figure(figsize=size)
    axis = figure.subplots(gridspec_kw=margins(0.13, 0.97, 0.14, 0.91))
    axis.set_title(title, fontsize=11)
    tidy(axis)
    return figure, axis


def margins(left, right, bottom, top, **between):
    """Return fixed margins for `Figure.subplots`: to compute them takes longer than to draw."""
    return {"left": left, "right": right, "bottom": bottom, "top": top, **between}


def tidy(axis):
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(axis="y", alpha=0.3)


def tiles(pictures, captions, columns, title, *, signed=False, size=1.2):
    """Return a figure of pictures side by side, each a row of pixels, with a caption above each."""
    side = round(len(pictures[0]) ** 0.5)
    rows = -(-len(pictures) // columns)
    gap, head = max(1, side // 8), side // 2  # between pictures, and for the captions
    lines = max(caption.count("\n") + 1 for caption in captions)
    high, wide = side + 6 * head * lines // 10 + gap, side + gap
    whole = np.full((rows * high + gap, columns * wide), np.nan)
    figure = Figure(figsize=(size * columns, size * len(whole) / wide + 0.45))
    figure.suptitle(title, y=0.99)
    axis = figure.add_axes((0.01, 0, 0.98, 1 - 0.45 / figure.get_figheight()))
    for k, (picture, caption) in enumerate(zip(pictures, captions, strict=True)):
        top, left = (k // columns + 1) * high - side, k % columns * wide
        whole[top : top + side, left : left + side] = picture.reshape(side, side)
        where = left + side / 2, top - gap
        axis.text(*where, caption, ha="center", va="bottom", fontsize=8, linespacing=1.15)
        axis.add_patch(Rectangle((left - 0.5, top - 0.5), side, side, fill=False, color="#dedad1"))
    limit = np.nanquantile(np.abs(whole), 0.998) if signed else 1
    scale = {"cmap": SIGNED, "vmin": -limit, "vmax": limit} if signed else {}
    axis.imshow(whole, **(scale or {"cmap": "gray_r", "vmin": 0, "vmax": 1}))
    axis.set_axis_off()
    return figure


def show(axis, pixels, label="", *, signed=False, limit=None):
    """Show a row of pixels as a picture: ink, or with a sign."""
    side = round(len(pixels) ** 0.5)
    limit = limit or (np.abs(pixels).max() or 1.0)
    scale = {"cmap": SIGNED, "vmin": -limit, "vmax": limit} if signed else {}
    axis.imshow(pixels.reshape(side, side), **(scale or {"cmap": "gray_r", "vmin": 0, "vmax": 1}))
    axis.set_title(label, fontsize=9)
    axis.set_axis_off()


def mosaic(axis, pictures, wrong, title):
    """Show rows of pictures, (rows, columns, side, side), as one; wrong ones are framed."""
    rows, columns, side, _ = pictures.shape
    whole = pictures.transpose(0, 2, 1, 3).reshape(rows * side, columns * side)
    axis.imshow(whole, cmap="gray_r", vmin=0, vmax=1)
    for row, column in np.argwhere(wrong):
        corner = column * side - 0.5, row * side - 0.5
        axis.add_patch(Rectangle(corner, side, side, fill=False, color=ACCENT, linewidth=1.5))
    axis.set_title(title, fontsize=8)
    axis.set_axis_off()
