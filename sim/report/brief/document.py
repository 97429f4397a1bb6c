"""The brief as a document to edit: the same sentences as the page, in Word's format; the same brief the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.brief.brief import Brief
from sim.report.word import begun, bullets, note, table, written
from sim.text import shown
from sim.words import brief as words

if TYPE_CHECKING:
    from docx.document import Document


def document(brief: Brief, title: str, setting: str, command: str) -> bytes:
    """Return the brief as a document.

    Args:
        brief: The brief.
        title: Title of the scenario.
        setting: Region, weather, days, plans, in a line.
        command: The command that made it.
    """
    made = begun(title)
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
    note(made, " ".join([brief.rule, *brief.decision.notes]))
    made.add_heading(shown(brief.cover_heading), 1)
    bullets(made, brief.cover)
    note(made, brief.cover_which)
    made.add_heading(words.HEADINGS["weak"], 1)
    bullets(made, brief.weak)
    made.add_heading(words.HEADINGS["facts"], 1)
    table(made, (), brief.facts)
    made.add_heading(shown(brief.cover_all), 1)
    note(made, brief.cover_note)
    table(made, brief.cover_head, brief.cover_rows)
    bullets(made, brief.cover_sentences)
    note(made, words.DOCUMENT["note"].format(command=command))
    return written(made)


def _decision(made: Document, brief: Brief) -> None:
    rows = [
        (
            row.title,
            *("\n".join(filter(None, (f"{c.value} {c.of}".strip(), f"{c.sign} {c.word}".strip()))) for c in row.cells),
            *row.cost,
        )
        for row in brief.decision.rows
    ]
    table(made, brief.decision.head, rows, bold=[i for i, row in enumerate(brief.decision.rows) if row.chosen])
