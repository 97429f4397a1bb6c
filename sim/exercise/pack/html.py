"""A paper as a page for print, with nothing loaded from anywhere."""

from __future__ import annotations

from base64 import b64encode

from sim.exercise.pack.paper import Paper
from sim.pages import page

_ON_A_PAGE = 4


def html(paper: Paper) -> bytes:
    """Return a paper as a page of HTML, A4."""
    blocks = [(type(block).__name__.lower(), block) for block in paper.blocks]
    return page("sim.exercise", "paper.html", paper=paper, blocks=blocks, base64=_base64, pages_of=_pages_of).encode()


def _base64(png: bytes) -> str:
    return b64encode(png).decode()


def _pages_of(cards: tuple[object, ...]) -> list[tuple[object, ...]]:
    return [cards[first : first + _ON_A_PAGE] for first in range(0, len(cards), _ON_A_PAGE)]
