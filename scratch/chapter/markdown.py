"""The page's text as the cells of a notebook: a small part of HTML, turned into Markdown."""

from html import escape
from html.parser import HTMLParser

_MARKS = {"em": "*", "b": "**", "dfn": "**", "code": "`"}
_RAW = ("sub", "sup")  # Markdown has no sign of its own for them
_HEADINGS = {"h2": "## ", "h3": "### ", "h4": "#### "}
_VOID = {"meta", "img", "br", "input"}


def cells_of(html):
    r"""Turn a section of the page into cells.

    Parameters
    ----------
    html : str
        What a page alone can show (the classes ``js`` and ``here``, figures) is left out;
        ``<pre class="cell">`` becomes a cell of code.

    Returns
    -------
    list of tuple of str
        ``("markdown", text)`` and ``("code", text)``.

    Examples
    --------
    >>> cells_of("<h2>Loss</h2><p>It is <em>small</em>.</p><pre class='cell'>x = 1</pre>")
    [('markdown', '## Loss\n\nIt is *small*.'), ('code', 'x = 1')]
    >>> cells_of('<p class="js">Press it.</p><p>So <tex>x^2</tex></p>')
    [('markdown', 'So $x^2$')]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.cells()


class _Reader(HTMLParser):
    """Reads HTML, and keeps paragraphs and code in their order."""

    def __init__(self):
        super().__init__()
        self.found = []  # ("markdown" or "code", a block)
        self.text = ""  # of the block that is being read
        self.skipped = []  # the open tags of what is left out
        self.verbatim = self.is_code = self.is_folded = self.plain = False
        self.sign = "$"
        self.row, self.n_rows = None, 0

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = (attributes.get("class") or "").split()
        if self.skipped or {"js", "here"} & set(classes) or tag in ("figure", "noscript"):
            if tag not in _VOID:
                self.skipped.append(tag)
            return
        if tag in _MARKS and not self.verbatim:
            self.mark(tag, opens=True)
        elif tag in _RAW:
            self.text += f"<{tag}>"
        elif tag == "tex":
            self.sign = "$$" if "big" in attributes else "$"
            self.text += self.sign
        elif tag in ("pre", "p", "div", "li", "small", "caption", "table", "details", *_HEADINGS):
            self.end_block()
        if tag in _HEADINGS:
            self.text = _HEADINGS[tag]
        elif tag == "li" and "link" not in classes:
            self.text = "- "
        elif tag == "pre":
            self.verbatim, self.is_code = True, "cell" in classes
        elif tag == "details":
            self.is_folded = "question" in classes  # others may hold code, which can't be folded
            self.block("<details>" if self.is_folded else "")
        elif tag == "summary":
            self.text += "<summary>" if self.is_folded else "**"
        elif tag == "table":
            self.n_rows = 0
        elif tag == "tr":
            self.row, self.text = [], ""
        elif tag in ("td", "th"):
            self.text = ""

    def handle_endtag(self, tag):
        if self.skipped:
            if tag == self.skipped[-1]:
                self.skipped.pop()
            return
        if tag in _MARKS and not self.verbatim:
            self.mark(tag, opens=False)
        elif tag in _RAW:
            self.text += f"</{tag}>"
        elif tag == "tex":
            self.text += self.sign
        elif tag == "pre":
            self.end_pre()
        elif tag in ("td", "th"):
            self.row.append(" ".join(self.text.split()))
            self.text = ""
        elif tag == "tr":
            self.end_row()
        elif tag == "summary":
            self.text += "</summary>" if self.is_folded else "**"
            self.end_block()
        elif tag == "details":
            self.end_block()
            self.block("</details>" if self.is_folded else "")
        elif tag in ("p", "div", "li", "small", "caption", *_HEADINGS):
            self.end_block()

    def mark(self, tag, *, opens):
        """Begin or end emphasis; within another one it is left out, as ``**`rng`**`` would be."""
        inner = tag == "code" and self.text.endswith("**") and opens
        if inner or (tag == "code" and self.plain):
            self.plain = opens
            return
        self.text += _MARKS[tag]

    def handle_data(self, data):
        if not self.skipped:
            # "<" in a sentence is no tag in Markdown either
            self.text += data if self.verbatim else escape(data, quote=False)

    def end_pre(self):
        text, self.text, self.verbatim = self.text.strip("\n"), "", False
        if self.is_code:
            self.found.append(("code", text.strip()))
        else:
            self.block(f"```text\n{text}\n```")

    def end_row(self):
        if self.n_rows == 0:
            self.width = len(self.row)
        self.row += [""] * (self.width - len(self.row))  # Markdown wants rows of one length
        line = f"| {' | '.join(self.row)} |"
        if self.n_rows == 0:
            self.block(line + "\n|" + "---|" * len(self.row))
        else:
            kind, text = self.found.pop()
            self.found.append((kind, f"{text}\n{line}"))
        self.n_rows += 1

    def end_block(self):
        text = " ".join(self.text.split())
        self.block("" if text == "-" else text)
        self.text = ""

    def block(self, text):
        if text:
            self.found.append(("markdown", text))

    def cells(self):
        """Join the paragraphs that follow one another to one cell."""
        self.end_block()
        joined = []
        for kind, text in self.found:
            if joined and kind == joined[-1][0] == "markdown":
                joined[-1] = (kind, f"{joined[-1][1]}\n\n{text}")
            else:
                joined.append((kind, text))
        return joined
