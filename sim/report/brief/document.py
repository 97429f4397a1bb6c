"""The brief as a document to edit: the same sentences as the page, in Word's format; the same brief the same bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sim.report.brief.brief import Brief
from sim.text import shown
from sim.words import brief as words
from sim.words.language import speaking

if TYPE_CHECKING:
    from docx.document import Document

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can say: no clock gets into the file."""
_SMALL = 8


def document(brief: Brief, title: str, setting: str, command: str) -> bytes:
    """Return the brief as a document.

    Args:
        brief: The brief.
        title: Title of the scenario.
        setting: Region, weather, days, plans, in a line.
        command: The command that made it.
    """
    from docx import Document  # a third of a second, needed by nobody else

    made = Document()
    _look(made, title)
    made.add_heading(shown(title), 0)
    made.add_paragraph(shown(setting))
    for sentence in brief.partial:
        made.add_paragraph().add_run(shown(sentence)).bold = True
    made.add_heading(words.HEADINGS["answer"], 1)
    for question, told in brief.answer:
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{shown(question)}: ").bold = True
        paragraph.add_run(shown(told))
    made.add_heading(words.HEADINGS["table"], 1)
    _decision(made, brief)
    _note(made, " ".join([brief.rule, *brief.decision.notes]))
    made.add_heading(shown(brief.cover_heading), 1)
    _bullets(made, brief.cover)
    _note(made, brief.cover_which)
    made.add_heading(words.HEADINGS["weak"], 1)
    _bullets(made, brief.weak)
    made.add_heading(words.HEADINGS["facts"], 1)
    _table(made, (), brief.facts)
    made.add_heading(shown(brief.cover_all), 1)
    _note(made, brief.cover_note)
    _table(made, brief.cover_head, brief.cover_rows)
    _bullets(made, brief.cover_sentences)
    _note(made, words.DOCUMENT["note"].format(command=command))
    return _without_clock(made)


def _look(made: Document, title: str) -> None:
    """Set the page, the letters, the language, and what the file says of itself."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    normal: Any = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after = Pt(3)
    language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): str(speaking())})
    normal.element.get_or_add_rPr().append(language)
    about = made.core_properties
    about.title, about.author, about.comments = shown(title)[:255], "Siaga", ""
    about.language = str(speaking())
    about.created = about.modified = datetime(*_EPOCH)


def _decision(made: Document, brief: Brief) -> None:
    rows = [
        (
            row.title,
            *("\n".join(filter(None, (f"{c.value} {c.of}".strip(), f"{c.sign} {c.word}".strip()))) for c in row.cells),
            *row.cost,
        )
        for row in brief.decision.rows
    ]
    _table(made, brief.decision.head, rows, bold=[i for i, row in enumerate(brief.decision.rows) if row.chosen])


def _table(made: Document, head: tuple[str, ...], rows: Any, bold: Any = ()) -> None:
    """Add a table; its head stands again on every page that it goes on to."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    lines = [*([head] if head else []), *rows]
    table = made.add_table(len(lines), len(lines[0]) if lines else 1, style="Table Grid")
    for number, line in enumerate(lines):
        strong = bool(head) and (number == 0 or number - 1 in bold)
        for cell, text in zip(table.rows[number].cells, line, strict=True):
            run = cell.paragraphs[0].add_run(shown(text, lines=True))
            run.font.size, run.bold = Pt(_SMALL), strong
    if head and lines:
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))


def _bullets(made: Document, sentences: tuple[str, ...]) -> None:
    for sentence in sentences:
        made.add_paragraph(shown(sentence), style="List Bullet")


def _note(made: Document, text: str) -> None:
    from docx.shared import Pt

    made.add_paragraph().add_run(shown(text)).font.size = Pt(_SMALL)


def _without_clock(made: Document) -> bytes:
    """Return the document's bytes with the time of writing taken out of its archive."""
    first, last = BytesIO(), BytesIO()
    made.save(first)
    with ZipFile(first) as written, ZipFile(last, "w", ZIP_DEFLATED) as plain:
        for name in written.namelist():
            plain.writestr(ZipInfo(name, _EPOCH), written.read(name), ZIP_DEFLATED)
    return last.getvalue()
