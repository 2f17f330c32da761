"""A report as text of at most 80 columns, in colour where a terminal shows it."""

import os
import sys
import textwrap

WIDTH = 80
GREEN, RED, FAINT, BOLD = "32", "31", "2", "1"


def wants_colour(stream):
    """Whether a stream is a terminal that shows colour, and NO_COLOR is not set (no-color.org)."""
    return bool(
        getattr(stream, "isatty", lambda: False)()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def signs(stream):
    """✓ ✗ – █ ░, or what stands for them where the stream's encoding lacks them."""
    wanted = "✓✗–█░"
    try:
        wanted.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return "+x-#."
    return wanted


def painter(colour):
    def paint(text, code):
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    return paint


def text(report, colour=False, signs="✓✗–"):
    """The report: a line a law, ✓ or ✗, and of a broken law the smallest example.

    Parameters
    ----------
    report : Report
    colour : bool, default=False
        With ANSI escapes.
    signs : str, default="✓✗–"
        For a law that holds, is broken, was not asked.
    """
    paint = painter(colour)
    lines = [paint(report.title, BOLD)]
    for outcome in report.outcomes:
        if outcome.not_asked:
            lines += [
                paint(line, FAINT)
                for line in item("–", f"{outcome.name}: not asked, {outcome.not_asked}")
            ]
        elif outcome.broken is None:
            lines += item(signs[0], outcome.name, lambda sign: paint(sign, GREEN))
        else:
            lines += item(signs[1], outcome.name, lambda sign: paint(sign, RED))
            lines += ["", *example(outcome.broken), *reason(outcome.broken, paint), ""]
    if report.missing:
        lines.append(f"  {report.missing}")
    if report.n_waiting and not report.missing:
        lines.append(paint(f"  {waiting(report.n_waiting)}", FAINT))
    while lines[-1] == "":
        lines.pop()
    return "\n".join(lines)


def item(sign, name, paint_sign=str):
    first, *rest = textwrap.wrap(name, WIDTH - 4)
    return [f"  {paint_sign(sign)} {first}", *(f"    {line}" for line in rest)]


def example(broken):
    """The smallest example: indented; lines too long are folded."""
    for line in broken.example:
        for part in line.split("\n"):
            yield from fold(part)


def fold(line):
    indent = len(line) - len(line.lstrip())
    if line.lstrip().startswith(("gives ", "should be ")):
        indent += 11
    parts = textwrap.wrap(
        line,
        WIDTH - 6,
        initial_indent="      ",
        subsequent_indent="      " + " " * indent,
        drop_whitespace=False,
        break_long_words=False,
        replace_whitespace=False,
    )
    return [part.rstrip() for part in parts] or [""]


def reason(broken, paint):
    if broken.reason:
        wrapped = textwrap.wrap(broken.reason, WIDTH - 6)
        yield ""
        yield from (paint(f"    {line}", BOLD) for line in wrapped)


def waiting(n):
    return f"{n} deeper law{'s' if n > 1 else ''} not tried yet"


def progress(names, passed, unwritten, stream):
    """How far one is: the last lines of the command."""
    full, empty = signs(stream)[3:]
    bar = full * len(passed) + empty * (len(names) - len(passed))
    line = f"{bar}  {len(passed)} of {len(names)} done"
    left = [name for name in names if name not in passed]
    if left:
        line += f", {len(left)} left; next: {left[0]}"
    if unwritten:
        line += f"\n{len(unwritten)} not written yet" + (
            "" if len(unwritten) > 1 else f": {unwritten[0]}"
        )
    return "\n".join(part for each in line.split("\n") for part in textwrap.wrap(each, WIDTH))


def show(report, stream=None):
    """Print a report; in a notebook, render it where the cell's output is."""
    if _notebook() is None:
        stream = stream or sys.stdout
        print(text(report, wants_colour(stream), signs(stream)), file=stream)
    else:
        display(report)


def display(report):
    """Render a report in a notebook, once a cell; in IPython on a terminal, print its repr."""
    notebook = _notebook()
    if notebook is None:
        print(repr(report))
    elif notebook.execution_count not in report.shown_in:
        from IPython.display import display as render

        render({"text/html": report._repr_html_(), "text/plain": text(report)}, raw=True)
        report.shown_in.append(notebook.execution_count)


def _notebook():
    """The shell of a Jupyter kernel, or None."""
    if "IPython" not in sys.modules:
        return None
    shell = sys.modules["IPython"].get_ipython()
    return shell if hasattr(shell, "kernel") else None
