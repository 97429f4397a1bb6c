"""An exercise pack holds any title or name as text: no formula, no markup, nothing that a reader would not see."""

from __future__ import annotations

import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from sim.exercise.inject import COLUMNS, Inject
from sim.exercise.pack import read_spreadsheet, spreadsheet
from sim.pages import page
from sim.text import FORMULA, shown
from sim.words import exercise as words
from tests.nasty import EVERYTHING

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def inject(text: str) -> Inject:
    """An inject whose every text is this one."""
    return Inject(seq=1, longest_minutes=5, **{n: text for n in COLUMNS if n not in ("seq", "longest_minutes")})


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_spreadsheet_holds_it_as_text(name: str) -> None:
    text = EVERYTHING[name]
    content = spreadsheet([inject(text)])
    for cell in load_workbook(BytesIO(content)).active[2]:
        if isinstance(cell.value, int):
            continue
        assert cell.data_type == "s", "neither a formula nor an error"
        assert cell.quotePrefix == text.startswith(FORMULA), "it stays a text when somebody edits it"
    assert read_spreadsheet(content) == [inject(shown(text, lines=True))]


@pytest.mark.parametrize("name", EVERYTHING)
def test_a_spreadsheet_program_reads_what_was_written(name: str) -> None:
    """As the format says: _xHHHH_ is a character by its number."""
    text = EVERYTHING[name]
    sheet = zipfile.ZipFile(BytesIO(spreadsheet([inject(text)]))).read("xl/worksheets/sheet1.xml")
    cells = [cell for cell in ElementTree.fromstring(sheet).iter(f"{SHEET}c") if str(cell.get("r")).endswith("2")]
    assert {cell.get("t") for cell in cells} == {"n", "inlineStr"} and not list(cells[1].iter(f"{SHEET}f"))
    found = [one.text for cell in cells for one in cell.iter(f"{SHEET}t")]
    read = {re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), str(one)) for one in found}
    assert read == {shown(text, lines=True)}


class Parsed(HTMLParser):
    """The tags of a page and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, object]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("template", ["facilitator.html", "participant.html"])
@pytest.mark.parametrize("name", EVERYTHING)
def test_the_handouts_hold_it_as_text(name: str, template: str) -> None:
    def written(text: str) -> str:
        view = {key: text for key in ("title", "place", "weather", "purpose")} | {"roles": [(text, text)]}
        times = {milestone: {"words": text} for milestone in words.MILESTONES}
        return page(
            "sim.exercise", template, words=words, view={**view, "rules": [text]},
            scenario={"said_title": text, "said_description": text}, ranges=[(text, [(text, times)])],
            lost=[(text, (1.0, 2.0, 3.0))], days=1, injects=[inject(text)], command=text,
        )  # fmt: skip

    source = written(EVERYTHING[name])
    source.encode()
    seen, read = shown(EVERYTHING[name], lines=True), Parsed(source)
    assert read.tags == Parsed(written("x")).tags
    sentences = (f"It is  in {seen}: ",) if template == "participant.html" else (f"{seen}, weather {seen}. {seen}\n",)
    for sentence in (*sentences, f"{seen}\n"):
        assert sentence in read.text
    assert shown(source, lines=True) == source
