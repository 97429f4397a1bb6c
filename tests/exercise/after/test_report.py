"""The report as a page, a document, a log and a workbook: whole, in both languages, whatever the texts are."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from sim.errors import UserError
from sim.exercise.after.compared import Worth, worth
from sim.exercise.after.document import document
from sim.exercise.after.page import html
from sim.exercise.after.read import Played, read_session
from sim.exercise.after.report import report
from sim.exercise.after.timeline import passages
from sim.exercise.after.workbook import workbook
from sim.exercise.after.write import DOCUMENT, LOG, PAGE, WORKBOOK, write_report
from sim.exercise.msel import read as read_list
from sim.exercise.session.about import read_secret
from sim.exercise.session.actions import Decide, Deliver, Find, FindingKind, Jump, Note, Observe, Overrule, Rate, Rating
from sim.exercise.session.store import read_log
from sim.text import FORMULA, shown
from sim.words import after as words
from sim.words.language import Language, spoken
from tests.exercise.after.conftest import E, Hands, player
from tests.exercise.session.conftest import inject
from tests.nasty import ALLOWED, EVERYTHING

UNPLAYED = Worth(None, fault="not played here")


class Parsed(HTMLParser):
    """The tags of a page, its ids, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def found(whole_folder: Path) -> Worth:
    session = read_session(whole_folder)
    return worth(session, player(session), 3)


@pytest.mark.parametrize("language", Language)
def test_a_report_has_every_part_in_both_languages(whole: Played, found: Worth, language: Language) -> None:
    with spoken(language):
        paper = report(whole, found, ("a.docx",))
        page = Parsed(html(paper))
        headings = [words.HEADINGS[name] for name in words.HEADINGS if name != "contents"]
    assert [one.text for one in paper.sections] and sorted(one.text for one in paper.sections) == sorted(headings)
    assert ("lang", language.value) in page.attributes
    for said in (
        "The reserve waits",
        "chief of operations",
        "Only the chairman speaks",
        "nobody owned it",
        "the room was loud",
    ):
        assert said in page.text
    anchors = [value for name, value in page.attributes if name == "id"]
    assert len(anchors) == len(set(anchors))
    assert {f"#{anchor}" for anchor in anchors} >= {v for n, v in page.attributes if n == "href"}


def test_what_was_overruled_is_marked_where_it_was_told(whole: Played, found: Worth) -> None:
    page = Parsed(html(report(whole, found, ()))).text
    assert page.count("OVERRULED at 09:50: The army is an hour late (why: a bridge is down)") == 2, "list and question"


def test_a_report_says_what_has_no_end_yet(begun: Callable[..., Hands]) -> None:
    do = begun()
    do(Jump(to=450.0))
    session = read_session(do.room.folder)
    assert not session.state.ended
    paper = report(session, UNPLAYED, ())
    assert paper.warning.startswith("So far:") and "07:30" in paper.warning
    assert paper.warning in Parsed(html(paper)).text


def test_a_session_in_which_nothing_was_done_has_a_report(begun: Callable[..., Hands]) -> None:
    session = read_session(begun().room.folder)
    page = Parsed(html(report(session, UNPLAYED, ()))).text
    for said in (
        words.NOT_HELD,
        words.NO_DECISIONS,
        words.NO_QUESTIONS,
        words.NOT_RATED,
        words.NO_IMPROVEMENTS,
        words.SAW_NOTHING,
    ):
        assert said in page


def test_an_ended_session_has_no_such_warning(whole: Played) -> None:
    assert report(whole, UNPLAYED, ()).warning == ""


def test_nothing_is_loaded_from_anywhere(whole: Played, found: Worth) -> None:
    page = html(report(whole, found, ()))
    assert not {"script", "link", "iframe", "object"} & set(Parsed(page).tags)
    assert (
        not re.search(r"(?:src|href)=\"(?!data:image/png;base64,|#)", page)
        and "@import" not in page
        and "url(" not in page
    )


def test_the_files_are_the_same_bytes_and_are_not_written_over(whole: Played, found: Worth, tmp_path: Path) -> None:
    files = write_report(whole, found, tmp_path / "one")
    assert [file.name for file in files] == [PAGE, DOCUMENT, LOG, WORKBOOK]
    again = write_report(read_session(whole.folder), found, tmp_path / "two")
    for one, other in zip(files, again, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
    write_report(whole, found, tmp_path / "one")
    files[1].write_bytes(b"edited")
    with pytest.raises(UserError, match="it was edited"):
        write_report(whole, UNPLAYED, tmp_path / "one")
    assert files[1].read_bytes() == b"edited" and files[0].read_bytes() == again[0].read_bytes(), "all or none"


def test_reading_a_session_changes_nothing_of_it(whole_folder: Path, tmp_path: Path) -> None:
    before = {file: file.read_bytes() for file in whole_folder.rglob("*") if file.is_file()}
    write_report(read_session(whole_folder), UNPLAYED, tmp_path)
    assert {file: file.read_bytes() for file in whole_folder.rglob("*") if file.is_file()} == before


def test_no_file_holds_what_opens_the_doors(begun: Callable[..., Hands], tmp_path: Path) -> None:
    do = begun()
    secret = read_secret(do.room.folder)
    do(Note(text=f"the PIN is {secret.players}, and the console {secret.console}"))
    do(Observe(text=f"evaluators: {secret.evaluators} {secret.seal}"))
    for file in write_report(read_session(do.room.folder), UNPLAYED, tmp_path / "out"):
        content = file.read_bytes()
        if zipfile.is_zipfile(BytesIO(content)):
            with zipfile.ZipFile(BytesIO(content)) as packed:
                content = b"".join(packed.read(name) for name in packed.namelist())
        for door in secret.model_dump().values():
            assert str(door).encode() not in content, file.name


def test_the_copied_log_is_a_log(whole: Played, tmp_path: Path) -> None:
    copied = write_report(whole, UNPLAYED, tmp_path)[2]
    assert read_log(copied)[0] == list(whole.entries)
    assert len(copied.read_text().splitlines()) == len(whole.entries)


def test_the_workbook_holds_log_injects_decisions_and_ratings(whole: Played, tmp_path: Path) -> None:
    file = write_report(whole, UNPLAYED, tmp_path)[3]
    book = load_workbook(file)
    assert book.sheetnames == ["log", "injects", "timeline", "decisions", "ratings"]
    log = [[cell.value for cell in row] for row in book["log"].iter_rows(min_row=2)]
    assert [row[0] for row in log] == [entry.seq for entry in whole.entries]
    assert [json.loads(str(row[6])) for row in log][1]["device"] == whole.entries[1].action.device
    rated = [[cell.value for cell in row] for row in book["ratings"].iter_rows(min_row=2)]
    assert sorted((row[1], row[4], row[6]) for row in rated) == [(2, "Evaluator 1", "M"), (2, "evaluator y", "S")]
    decided = [[cell.value for cell in row] for row in book["decisions"].iter_rows(min_row=2)]
    assert [row[2] for row in decided] == ["The reserve waits", "Only the chairman speaks"]


def test_the_workbooks_injects_are_read_back_with_what_became_of_them(whole: Played, tmp_path: Path) -> None:
    file = write_report(whole, UNPLAYED, tmp_path)[3]
    read = read_list(file, whole.about.start)
    assert not read.mistakes
    back = {one.seq: one for one in read.injects}
    assert (back[2].status, back[2].actual_time) == ("scored", 590.0)
    assert "nobody asked for numbers" in back[2].observation and "the map was not kept" in back[2].observation
    assert (back[4].status, back[5].status, back[5].actual_time) == ("held", "skipped", None)
    first = {one.seq: one for one in whole.opening.injects}
    for number, one in back.items():
        assert replace(one, status=first[number].status, actual_time=None, observation="") == first[number]


@pytest.fixture(scope="module")
def nasty(made_for_report: Path) -> Callable[[str], Played]:
    """Give a session in which everything that people write is one text."""
    base = read_session(made_for_report)

    def give(text: str) -> Played:
        from sim.exercise.session.entry import Entry
        from sim.exercise.session.state import Opening, state_of

        listed = tuple(
            replace(inject(n, 430.0), title=text, text=text, objective=text, expected_action=text) for n in (1, 2)
        )
        did = [
            Deliver(inject=1),
            Decide.model_construct(text=text, who=text, why=text, orders=(), inject=1),
            Overrule.model_construct(text=text, why=text, inject=1),
            Rate.model_construct(inject=1, rating=Rating.P, text=text),
            Observe.model_construct(text=text, inject=1, objective=text),
            Find.model_construct(kind=FindingKind.STRENGTH, text=text, reference=text, analysis=text),
        ]
        entries = tuple(
            Entry.model_construct(
                seq=n, at="2024-11-27T01:00:00+00:00", line=0, time=431.0, by="x", key="", action=action
            )
            for n, action in enumerate(did, start=1)
        )
        opening = Opening(listed, base.about.start, base.about.end)
        about = base.about.model_copy(update={"name": text})
        return Played(base.folder, about, base.run, opening, entries, state_of(opening, list(entries)))

    return give


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_page_holds_any_text_as_text(nasty: Callable[[str], Played], name: str) -> None:
    text = EVERYTHING[name]
    source = html(report(nasty(text), UNPLAYED, ()))
    source.encode()
    read = Parsed(source)
    assert read.tags == Parsed(html(report(nasty("x"), UNPLAYED, ()))).tags
    assert read.text.count(shown(text, lines=True)) >= 8 or not text.strip()
    assert shown(source, lines=True) == source


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_document_holds_any_text_as_text(nasty: Callable[[str], Played], name: str) -> None:
    text = EVERYTHING[name]
    made = Document(BytesIO(document(report(nasty(text), UNPLAYED, ()))))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert any(shown(text, lines=True) in one for one in cells)


@pytest.mark.parametrize("name", ALLOWED)
def test_no_text_becomes_a_formula(nasty: Callable[[str], Played], name: str) -> None:
    session = nasty(ALLOWED[name])
    went = passages(session.opening, session.state, session.left, session.happened)
    for sheet in load_workbook(BytesIO(workbook(session, went))):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "b")
                if isinstance(cell.value, str) and cell.value.startswith(FORMULA):
                    assert cell.quotePrefix


def test_an_evaluator_who_rates_again_is_told_once(begun: Callable[..., Hands]) -> None:
    do = begun()
    do.join("x", E, label="Evaluator 1")
    do(Jump(to=431.0))
    do(Deliver(inject=1))
    do(Rate(inject=1, rating=Rating.U, text="first thought"), "x", E)
    do(Rate(inject=1, rating=Rating.P, text="second thought"), "x", E)
    page = Parsed(html(report(read_session(do.room.folder), UNPLAYED, ()))).text
    assert "Evaluator 1, P: second thought" in page and "first thought" not in page
