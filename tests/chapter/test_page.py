"""The page's text: the terminal's numbers, the source's code, symbols before their use, no more."""

import html
import inspect
import json
import pathlib
import re

import numpy as np
import pytest

import scratch.chapter
from scratch import textbook
from scratch.chapter import excerpts, homework, page_data, terminal
from scratch.chapter.formula import mathml
from scratch.chapter.parts import PARTS

WEB = pathlib.Path(scratch.chapter.__file__).with_name("web")


def plain(fragment):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", fragment)).split())


def body(text):
    """Return the page's text, without scripts, styles and stills."""
    inside = text.split("<main>")[1].split("</main>")[0]
    return re.sub(r"<noscript>.*?</noscript>", "", inside, flags=re.S)


def test_its_numbers_are_the_terminals(lesson, text):
    said = " ".join(terminal.tell(lesson, table=True).split())
    numbers = [plain(data) for data in re.findall(r"<data[^>]*>(.*?)</data>", text, re.S)]
    assert len(numbers) > 250
    missing = {n for n in numbers if not re.search(rf"(^|[\s(=:]){re.escape(n)}", said)}
    assert missing <= {"0.0001"}  # h, which the terminal writes before a colon


def test_its_tables_are_the_lessons(lesson, text):
    reports = re.compile(r'<table class="report">.*?</table>')
    rows = re.findall(r'<tr><th scope="row">(\d)</th>(.*?)</tr>', reports.sub("", body(text)))
    counts = [[int(n) for n in re.findall(r">(\d+)</td>", row)] for _, row in rows]
    matrices = [lesson.ten.confusion.ours.tolist(), lesson.last.confusion.ours.tolist()]
    assert counts == matrices[0] + matrices[1]
    said = [plain(re.sub(r"<t[hdr]", r" \g<0>", report)) for report in reports.findall(body(text))]
    for report in (lesson.binary.report, lesson.ten.report, lesson.last.report):
        assert " ".join(report.ours.split()) in said
    closing = text.split('class="closing')[1].split("</table>")[0]
    assert closing.count("<tr>") == len(lesson.table) + 1


def test_it_is_small_and_needs_nothing_else(text):
    assert len(text.encode()) < 1.2e6
    assert set(re.findall(r"https?://[^\s\"'`)]*", text)) <= {"http://www.w3.org/2000/svg"}
    text = re.sub(r'(?:src|href)="data:image/[^"]*"', "", text)
    assert not re.findall(r"<(?:iframe|object)\b| src=|@import|url\((?!#)", text)
    assert re.findall(r'<link rel="(\w+)"', text) == ["icon"]
    for said in ("description", "og:title", "og:description"):
        assert f'="{said}" content="' in text


def test_its_parts_are_numbered_linked_and_in_the_contents(text):
    for part in PARTS:
        assert (
            f'<h2 id="h{part.number}"><a href="#part-{part.number}">{part.title}</a></h2>' in text
        )
        assert f'<section class="part" id="part-{part.number}"' in text
        assert text.count(f'href="#part-{part.number}"') >= 3  # progress, contents, next or heading
    questions = re.findall(r'<form class="guess" id="guess-(\w+)"', text)
    assert questions == ["1", "2", "3", "4", "5", "6", "6b", "7", "8"]
    for form in re.findall(r'<form class="guess".*?</form>', text, re.S):
        assert form.count("<label data-right>") == 1
        assert 3 <= form.count("<input") <= 4


@pytest.mark.parametrize("name", excerpts.functions())
def test_its_code_is_the_sources(text, name):
    function = getattr(textbook, name)
    block = text.split(f'aria-label="Code of {name}"')[1].split("</figure>")[0]
    lines = re.findall(r"<div[^>]*><span[^>]*>\d*</span><span>(.*?)</span></div>", block)
    shown = [html.unescape(re.sub(r"<[^>]*>", "", line)) for line in lines]
    first = int(re.search(r"line (\d+)", block)[1])
    source = inspect.getsource(textbook).splitlines()
    assert shown[0] == source[first - 1]
    compile("\n".join(shown), name, "exec")
    own = inspect.getsource(function)
    assert all(line in own for line in shown)
    assert '"""' not in "\n".join(shown)


def test_every_function_of_the_textbook_is_shown_once_and_an_exercise(text):
    names = [n for n, f in vars(textbook).items() if inspect.isfunction(f)]
    assert set(excerpts.functions()) == set(names)
    of_parts = [name for part in PARTS for name in homework.names(part.number)]
    assert sorted(of_parts) == sorted(names)
    for name in names:
        assert f'id="textbook-{name}"' in text
        assert f"<code>{name}</code>" in text
    for part, work in homework.HOMEWORK.items():
        assert work.name in homework.names(part)


def test_the_whole_textbook_is_there(text):
    code = text.split('<pre class="whole"')[1].split("<code>")[1].split("</code></pre>")[0]
    assert (
        html.unescape(re.sub(r"<[^>]*>", "", code)).strip() == inspect.getsource(textbook).strip()
    )


def test_each_linked_line_of_code_has_a_formula(text):
    for block in re.findall(
        r'<div class="side".*?(?=<div class="exercise"|<figure class="figure")', body(text), re.S
    ):
        formulas = set(re.findall(r'<li class="link" data-link="(\d+)"', block))
        assert set(re.findall(r'<div class="link" data-link="(\d+)"', block)) <= formulas


# --- Symbols --------------------------------------------------------------------------------------

GREEK = {"eta": "η", "alpha": "α", "mu": "μ", "momentum": "μ", "eta0": "η"}


def symbols_of(part):
    """Yield what a part introduces and what it uses, in order: ("dfn" or "use", symbol)."""
    for match in re.finditer(
        r"<dfn>(?P<dfn>.*?)</dfn>|<math[^>]*>(?P<math>.*?)</math>|<code>(?P<code><div.*?)</code>",
        part,
        re.S,
    ):
        if match["dfn"]:
            yield from (("dfn", word) for word in plain(match["dfn"]).replace("∂L/∂", "").split())
        elif match["math"]:
            yield from (("use", s) for s in re.findall(r"<mi>(.)</mi>", match["math"]))
        else:
            yield from (("use", name) for name in parameters(match["code"]))


def parameters(code):
    line = plain(re.search(r"def</span> \w+\((.*?)\):", code)[1])
    names = [name.split("=")[0].strip() for name in line.split(",")]
    return [GREEK.get(name, name) for name in names if name not in ("*", "")]


def test_every_symbol_is_introduced_before_its_first_use(text):
    known = set()
    n_used = 0
    for part in re.split(r'(?=<section class="part" id="part-)', body(text))[1:]:
        part = part.split('<section class="part" id="textbook"')[0]
        for kind, symbol in symbols_of(part):
            if kind == "dfn":
                known |= {symbol, symbol.replace("sub", "")[0:1] if len(symbol) < 6 else symbol}
            else:
                n_used += 1
                assert symbol in known, f"{symbol} is used before it is introduced"
    assert n_used > 150


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x", "<mi>x</mi>"),
        (r"\frac{a}{2}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mn>2</mn></mrow></mfrac>"),
        (r"p_i^2", "<msubsup><mi>p</mi><mi>i</mi><mn>2</mn></msubsup>"),
        (r"\text{so many}", "<mtext>so many</mtext>"),
        (r"a - \eta", "<mi>a</mi><mo>−</mo><mi>η</mi>"),
    ],
)
def test_formulas_are_mathml(tex, expected):
    assert f">{expected}</math>" in mathml(tex)


def test_no_formula_was_left_as_tex(text):
    assert "<tex>" not in text
    assert "<tex " not in text
    for words in re.findall(r"<math[^>]*>(.*?)</math>", text, re.S):
        assert "\\" not in words
    assert text.count("<math ") > 25


# --- Colours --------------------------------------------------------------------------------------


def luminance(colour):
    """WCAG 2's relative luminance of #rrggbb."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "well", "wash"])
@pytest.mark.parametrize(
    ("ink", "least"), [("ink", 4.5), ("soft", 4.5), ("accent", 4.5), ("edge", 2.7)]
)
def test_contrast(scheme, ground, ink, least):
    """WCAG 2 AA asks for 4.5 : 1 of text, and 3 : 1 of a control's border on the page."""
    css = (WEB / "tokens.css").read_text(encoding="utf-8")
    block = re.findall(r":root \{(.*?)\n\s*\}", css, re.S)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#\w{6});", block))
    light, dark = sorted((luminance(colours[ground]), luminance(colours[ink])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


def test_light_is_low_in_both_schemes():
    css = (WEB / "tokens.css").read_text(encoding="utf-8")
    for block in re.findall(r":root \{(.*?)\n\s*\}", css, re.S)[:2]:
        colours = dict(re.findall(r"--([\w-]+): (#\w{6});", block))
        assert luminance(colours["low"]) > luminance(colours["high"])


def test_colours_and_sizes_are_tokens():
    for name in ("frame.css", "figures.css", "tools.css", "present.css"):
        css = (WEB / name).read_text(encoding="utf-8")
        assert set(re.findall(r"#[0-9a-f]{3,6}\b", css)) <= {"#fff"}, name  # behind a still


@pytest.mark.parametrize("evil", ["</script><b>", "<!--<script>", "a & b < c"])
def test_no_string_ends_the_script_that_holds_it(lesson, monkeypatch, evil):
    monkeypatch.setattr(page_data, "contents", lambda lesson: {"name": evil})
    text = page_data.for_scripts(lesson)
    assert "<" not in text
    assert json.loads(text) == {"name": evil}


# --- What has to be there to be quoted ------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Put a minus sign before it, and it is a price, which should be low.",
        "Where the truth is 1, the factor p cancels, and p − 1 is left.",
        "A learning rate that is too large, beyond the limit, throws the weights from wall to wall",
        "A choice looks too good on the digits by which it was chosen.",
        "accuracy is the micro average of the recall: every answer counts the same",
        "macro avg is the plain mean over the classes",
        "weighted avg weighs each class by its support",
    ],
)
def test_the_questions_of_the_course_are_answered_by_a_sentence(text, sentence):
    assert sentence in plain(body(text))


@pytest.mark.parametrize(
    "word",
    """chain rule, derivative, likelihood, regularisation, overfitting, validation, calibrated,
    imbalance, convex, one-vs-rest, bias, momentum, penalty""".replace("\n", " ").split(", "),
)
def test_the_words_of_the_course_are_there(text, word):
    assert word.strip() in plain(body(text)).lower()
