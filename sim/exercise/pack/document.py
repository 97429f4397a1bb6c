"""A paper as a document to edit."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from sim.exercise.pack.paper import Card, Cards, Heading, Listed, Look, Paper, Picture, Table, Text
from sim.report import word
from sim.text import shown

if TYPE_CHECKING:
    from docx.document import Document

_ACROSS, _ON_A_PAGE = 2, 4
_WIDE_MM, _CARD_MM, _LINE_MM = 180.0, 128.0, 9.0
"""The page between its margins, the height of a card, and that of a line to write on."""


def document(paper: Paper) -> bytes:
    """Return a paper in Word's format; the same paper gives the same bytes."""
    made = word.begun(paper.title)
    _furniture(made, paper)
    if paper.has_title_block:
        made.add_heading(shown(paper.title), 0)
        made.add_paragraph(shown(paper.sub))
    for block in paper.blocks:
        _ADD[type(block)](made, block)
    if paper.foot:
        word.note(made, paper.foot)
    return word.written(made)


def _furniture(made: Document, paper: Paper) -> None:
    """Put who may see it on top of each page, and the page's number at its end."""
    from docx.enum.section import WD_ORIENT

    section = made.sections[0]
    if paper.is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    top = section.header.paragraphs[0].add_run(shown(paper.reader))
    top.bold = True
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for sort, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if sort else "w:instrText")
        if sort:
            part.set(qn("w:fldCharType"), sort)
        else:
            part.text = text
        paragraph.add_run()._r.append(part)


def _heading(made: Document, block: Heading) -> None:
    made.add_heading(shown(block.text), block.level).paragraph_format.page_break_before = block.new_page


def _text(made: Document, block: Text) -> None:
    from docx.shared import Mm, Pt

    paragraph = made.add_paragraph()
    if block.label:
        paragraph.add_run(f"{shown(block.label)} ").bold = True
    run = paragraph.add_run(shown(block.text, lines=True))
    if block.look is Look.SAY:
        paragraph.paragraph_format.left_indent, run.font.size = Mm(6), Pt(13)
    elif block.look is Look.NOTE:
        paragraph.paragraph_format.left_indent, run.italic = Mm(6), True
    elif block.look is Look.SMALL:
        run.font.size = Pt(word.SMALL_POINTS)


def _listed(made: Document, block: Listed) -> None:
    if not block.numbered:
        word.bullets(made, block.items)
    for number, item in enumerate(block.items if block.numbered else (), start=1):
        made.add_paragraph(shown(f"{number}. {item}"))


def _table(made: Document, block: Table) -> None:
    from docx.shared import Mm

    table = word.table(made, block.head, block.rows)
    if block.widths:
        _set_widths(made, table, block.widths)
    if block.lines:
        for row in table.rows[1 if block.head else 0 :]:
            row.height = Mm(_LINE_MM)
    made.add_paragraph()


def _set_widths(made: Document, table: Any, shares: tuple[float, ...]) -> None:
    """Give each column its share of the page."""
    section = made.sections[0]
    whole = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    word.set_widths(table, [int(whole * share / sum(shares)) for share in shares])


def _picture(made: Document, block: Picture) -> None:
    from docx.shared import Mm

    made.add_picture(BytesIO(block.png), width=Mm(_WIDE_MM))
    word.note(made, block.words)


def _cards(made: Document, block: Cards) -> None:
    for first in range(0, len(block.cards), _ON_A_PAGE):
        if first:
            made.add_page_break()  # type: ignore[no-untyped-call]
        cards = block.cards[first : first + _ON_A_PAGE]
        table = made.add_table(-(-len(cards) // _ACROSS), _ACROSS, style="Table Grid")
        for number, card in enumerate(cards):
            _card(table.cell(number // _ACROSS, number % _ACROSS), card)
        _heights(table)


def _heights(table: Any) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    for row in table.rows:
        row.height, row.height_rule = Mm(_CARD_MM), WD_ROW_HEIGHT_RULE.AT_LEAST


def _card(cell: Any, card: Card) -> None:
    from docx.shared import Pt

    top = cell.paragraphs[0].add_run(shown(card.top))
    top.bold, top.font.size = True, Pt(14)
    for label, text in card.rows:
        paragraph = cell.add_paragraph()
        paragraph.add_run(f"{shown(label)} ").bold = True
        paragraph.add_run(shown(text))
    cell.add_paragraph().add_run(shown(card.text, lines=True)).font.size = Pt(13)


_ADD: dict[type, Any] = {
    Heading: _heading,
    Text: _text,
    Listed: _listed,
    Table: _table,
    Picture: _picture,
    Cards: _cards,
}
