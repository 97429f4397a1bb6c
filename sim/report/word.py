"""Documents in Word's format: the page, headings, tables, lists and notes; the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sim.text import shown
from sim.words.language import speaking

if TYPE_CHECKING:
    from docx.document import Document

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can say: no clock gets into the file."""
SMALL_POINTS = 8


def begun(title: str) -> Document:
    """Return an empty document on A4 in the language that is spoken.

    Its styles are looked for once each; the library looks through all of them for every heading and table.

    Args:
        title: What the file says of itself.
    """
    from docx import Document  # a third of a second, needed by nobody else

    made = Document()
    made.part.get_style_id = cache(made.part.get_style_id)  # type: ignore[method-assign]
    _look(made, title)
    return made


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


def table(made: Document, head: Sequence[str], rows: Iterable[Sequence[str]], bold: Iterable[int] = ()) -> Any:
    """Add a table; its head stands again on every page that it goes on to.

    Args:
        made: The document.
        head: Headings; empty: none.
        rows: Texts of its cells, all rows as long.
        bold: Numbers of rows that stand out, from 0.

    Returns:
        The table.
    """
    from docx.oxml.ns import qn
    from docx.shared import Pt

    lines, strong_rows = [*([head] if head else []), *rows], set(bold)
    found = made.add_table(len(lines), len(lines[0]) if lines else 1, style="Table Grid")
    looks: dict[bool, Any] = {}  # made once; a copy is several times as quick as setting the same in each cell
    for number, (row, line) in enumerate(zip(found.rows, lines, strict=True)):
        strong = bool(head) and (number == 0 or number - 1 in strong_rows)
        for cell, text in zip(row.cells, line, strict=True):
            run = cell.paragraphs[0].add_run(shown(text, lines=True))
            if strong in looks:
                run._r.insert(0, deepcopy(looks[strong]))
            else:
                run.font.size, run.bold = Pt(SMALL_POINTS), strong
                looks[strong] = run._r.rPr
    if head and lines:
        properties = found.rows[0]._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    return found


def set_widths(table: Any, widths: Sequence[int]) -> None:
    """Give each column of a table its width; programs differ in whether they ask the column or its cells."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:  # a column would look through all cells for its own
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def bullets(made: Document, sentences: Iterable[str], *, numbered: bool = False) -> None:
    """Add a list."""
    for sentence in sentences:
        made.add_paragraph(shown(sentence), style="List Number" if numbered else "List Bullet")


def note(made: Document, text: str) -> None:
    """Add a paragraph in small letters."""
    from docx.shared import Pt

    made.add_paragraph().add_run(shown(text)).font.size = Pt(SMALL_POINTS)


def written(made: Document) -> bytes:
    """Return the document's bytes with the time of writing taken out of its archive."""
    first, last = BytesIO(), BytesIO()
    made.save(first)
    with ZipFile(first) as written, ZipFile(last, "w", ZIP_DEFLATED) as plain:
        for name in written.namelist():
            plain.writestr(ZipInfo(name, _EPOCH), written.read(name), ZIP_DEFLATED)
    return last.getvalue()
