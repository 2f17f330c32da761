"""A report as HTML, for a notebook: its own colours on light and dark pages."""

from html import escape

from scratch.exercises.terminal import waiting

GREEN, RED, FAINT = "#1a7f37", "#cf222e", "#777"


def html(report):
    """The report as a fragment of HTML."""
    parts = [f"<div><strong>{escape(report.title)}</strong>"]
    parts.append('<ul style="list-style:none;margin:.3em 0;padding-left:1em">')
    parts += [_item(outcome) for outcome in report.outcomes]
    parts.append("</ul>")
    if report.missing:
        parts.append(f"<p>{escape(report.missing)}</p>")
    elif report.n_waiting:
        parts.append(f'<p style="color:{FAINT}">{waiting(report.n_waiting)}</p>')
    return "".join([*parts, "</div>"])


def _item(outcome):
    name = escape(outcome.name)
    if outcome.not_asked:
        return f'<li style="color:{FAINT}">– {name}: not asked, {escape(outcome.not_asked)}</li>'
    if outcome.broken is None:
        return f'<li><span style="color:{GREEN}">✓</span> {name}</li>'
    example = escape("\n".join(outcome.broken.example))
    reason = escape(outcome.broken.reason)
    return (
        f'<li><span style="color:{RED}">✗</span> {name}'
        f'<pre style="margin:.5em 1.5em;white-space:pre-wrap">{example}</pre>'
        + (f'<p style="margin:.5em 1.5em"><strong>{reason}</strong></p>' if reason else "")
        + "</li>"
    )
