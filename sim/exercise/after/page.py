"""A report as a page: for the screen and for print on A4, with nothing loaded from anywhere."""

from __future__ import annotations

from base64 import b64encode

from sim.exercise.after.blocks import Paper
from sim.pages import page


def html(paper: Paper) -> str:
    """Return a report as a page of HTML."""
    blocks = [(type(block).__name__.lower(), block) for block in paper.blocks]
    return page("sim.exercise.after", "after.html", paper=paper, blocks=blocks, base64=_base64)


def _base64(png: bytes) -> str:
    return b64encode(png).decode()
