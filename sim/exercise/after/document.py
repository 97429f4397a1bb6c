"""A report as a document to edit; the same report gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sim.exercise.after.blocks import Block, Facts, Heading, Listed, Look, Mark, Paper, Picture, Table, Text
from sim.report import word
from sim.text import shown

if TYPE_CHECKING:
    from docx.document import Document

_WIDE_MM, _LINE_MM = 180.0, 9.0
"""The page between its margins, and the height of a line to write on."""
_LABEL = 0.24
"""What share of the page a label takes beside what is said of it."""


def document(paper: Paper) -> bytes:
    """Return a report in Word's format."""
    made = word.begun(paper.title)
    made.add_heading(shown(paper.title), 0)
    made.add_paragraph(shown(paper.sub))
    if paper.warning:
        made.add_paragraph().add_run(shown(paper.warning)).bold = True
    for block in paper.blocks:
        _ADD[type(block)](made, block)
    if paper.foot:
        word.note(made, paper.foot)
    return word.written(made)


def _heading(made: Document, block: Heading) -> None:
    made.add_heading(shown(block.text), block.level)


def _text(made: Document, block: Text) -> None:
    from docx.shared import Pt

    paragraph = made.add_paragraph()
    if block.label:
        paragraph.add_run(f"{shown(block.label)} ").bold = True
    run = paragraph.add_run(shown(block.text, lines=True))
    run.bold = block.look in (Look.STRONG, Look.MARKED)
    paragraph.paragraph_format.keep_with_next = block.look is Look.STRONG
    if block.look is Look.NOTE:
        run.font.size = Pt(word.SMALL_POINTS)


def _listed(made: Document, block: Listed) -> None:
    word.bullets(made, block.items)


def _facts(made: Document, block: Facts) -> None:
    _wide(word.table(made, (), block.rows), (_LABEL, 1 - _LABEL))
    made.add_paragraph()


def _table(made: Document, block: Table) -> None:
    table = word.table(made, block.head, [[cell.whole for cell in row] for row in block.rows], block.strong)
    _wide(table, block.widths)
    _aligned(table, block)
    for line, row in zip(table.rows[1:], block.rows, strict=True):
        for cell, one in zip(line.cells, row, strict=True):
            if one.mark is not Mark.NONE:
                cell.paragraphs[0].runs[0].bold = True
    made.add_paragraph()


def _aligned(table: Any, block: Table) -> None:
    """Set numbers against the right, and make lines to write on high enough."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    first = len(block.head) - block.numbers
    for row in table.rows:
        for cell in row.cells[first:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row in table.rows[1:] if block.to_fill else ():
        row.height = Mm(_LINE_MM)


def _wide(table: Any, shares: tuple[float, ...]) -> None:
    """Give each column its share of the page."""
    from docx.shared import Mm

    word.set_widths(table, [Mm(_WIDE_MM * share / sum(shares)) for share in shares])


def _picture(made: Document, block: Picture) -> None:
    from docx.shared import Mm

    made.add_picture(BytesIO(block.png), width=Mm(_WIDE_MM))
    word.note(made, block.words)


_ADD: dict[type[Block], Callable[[Any, Any], None]] = {
    Heading: _heading,
    Text: _text,
    Listed: _listed,
    Facts: _facts,
    Table: _table,
    Picture: _picture,
}
