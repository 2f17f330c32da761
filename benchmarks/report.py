"""Tables on the terminal and in Markdown, and everything as JSON."""

import json
import os
import unicodedata
from dataclasses import asdict, dataclass, field


@dataclass
class Table:
    """A table: the first column is text, on the left; the others stand on the right."""

    title: str
    columns: list
    rows: list
    notes: list = field(default_factory=list)

    def __str__(self):
        cells = [self.columns, *([str(cell) for cell in row] for row in self.rows)]
        widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
        lines = ["  ".join(map(_pad, row, widths, range(len(widths)))).rstrip() for row in cells]
        rule = "-" * max(map(_width, lines))
        return "\n".join([self.title, rule, lines[0], rule, *lines[1:], rule, *self.notes])

    def markdown(self):
        """The same for a document."""
        rule = ["---", *["---:"] * (len(self.columns) - 1)]
        rows = [self.columns, rule, *([str(cell) for cell in row] for row in self.rows)]
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([f"**{self.title}**", "", *lines, "", *self.notes, ""])


def _width(text):
    return sum(not unicodedata.combining(sign) for sign in text)


def _pad(text, width, column):
    space = " " * (width - _width(text))
    return text + space if column == 0 else space + text


def write_json(path, *, benchmark, command, complete, machine, tables, records):
    """Write the measurements; a reader of the file never sees half of it."""
    content = {
        "benchmark": benchmark,
        "command": command,
        "complete": complete,
        "machine": machine,
        "tables": [{**asdict(table), "rows": _as_text(table.rows)} for table in tables],
        "records": records,
    }
    draft = path.with_suffix(".tmp")
    try:
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _as_text(rows):
    return [[str(cell) for cell in row] for row in rows]
