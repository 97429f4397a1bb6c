"""The papers hold any title or name as text: no markup, nothing that a reader would not see, in page and document."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.exercise.inject import EVERYBODY, Inject, InjectType
from sim.exercise.pack.document import document
from sim.exercise.pack.handbook import cards, guide
from sim.exercise.pack.html import html
from sim.exercise.pack.paper import Heading, Listed, Look, Paper, Table, Text
from sim.text import shown
from tests.nasty import EVERYTHING


def paper(text: str) -> Paper:
    """A paper whose every text is this one."""
    blocks = (
        Heading(text, 1), Heading(text, 2), Text(text, text, Look.SAY), Text(text, text, Look.NOTE), Text(text),
        Listed((text, text)), Listed((text,), numbered=True), Table((text, text), ((text, text),)),
        Table((), ((text, text),), (1, 2), lines=True),
    )  # fmt: skip
    return Paper(text, text, text, blocks, is_secret=True, foot=text)


def inject(text: str) -> Inject:
    return Inject(
        1, text, EVERYBODY, 600.0, InjectType.EVENT, text, text, text, text, text, text, text, text, text, 5, text,
        text, text, text,
    )  # fmt: skip


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


@pytest.mark.parametrize("name", EVERYTHING)
def test_pages_and_documents_hold_it_as_text(name: str) -> None:
    check(EVERYTHING[name])


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_text_at_all(text: str) -> None:
    check(text)


def papers(text: str) -> tuple[Paper, Paper, Paper]:
    return paper(text), cards([inject(text)], text), guide([inject(text)], text)


@cache
def plain_tags() -> list[list[tuple[str, object]]]:
    """The tags of the same papers when their texts are plain."""
    return [Parsed(html(made).decode()).tags for made in papers("x")]


def check(text: str) -> None:
    """Check that a paper of this text has the tags of any paper, and the text as a reader sees it."""
    seen = shown(text, lines=True)
    for made, plain in zip(papers(text), plain_tags(), strict=True):
        source = html(made).decode()
        assert Parsed(source).tags == plain
        assert seen.strip() in Parsed(source).text
        assert shown(source, lines=True) == source
        written = Document(BytesIO(document(made)))
        texts = [p.text for p in written.paragraphs]
        texts += [cell.text for table in written.tables for row in table.rows for cell in row.cells]
        joined = "\n".join(texts)
        assert all(part in joined for part in seen.split("\n"))


def test_the_same_paper_is_the_same_bytes() -> None:
    assert document(paper("x")) == document(paper("x")) and html(paper("x")) == html(paper("x"))
