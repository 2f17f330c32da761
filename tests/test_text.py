"""docs/text.md: its program runs, and shows what the page says."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs/text.md"


def test_the_program_shows_what_the_page_says(capsys):
    text = PAGE.read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
    exec(compile(code, PAGE.name, "exec"), {})
    printed = capsys.readouterr().out
    shown = "".join(re.findall(r"```text\n(.*?)```", text, re.DOTALL))

    def accuracy(report):
        return float(re.search(r"accuracy +([.\d]+)", report)[1])

    def words(report):
        return dict(re.findall(r"^ *(\w+): (.*)$", report, re.MULTILINE))

    # pages of other versions have other words, but not all others
    assert accuracy(printed) > accuracy(shown) - 0.04
    assert words(printed).keys() == words(shown).keys()
    for label, line in words(shown).items():
        assert len(set(line.split()) & set(words(printed)[label].split())) >= 4
