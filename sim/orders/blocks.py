"""The duties of a page as the page to print has them: a bar for each duty, and below it a row for each of its stations.

A patrol's places and where somebody stands still are told in the bar itself, so that a district fits one sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from sim.orders.lines import Cell, of_visit, shift_in_words
from sim.orders.orders import Duty
from sim.orders.wording import post, vehicle, whole
from sim.words import orders as words

COLUMNS = ("order", "place", "village", "registered", "vulnerability", "wardens", "minutes", "there")
"""Columns of the rows below a bar."""
_WIDE, _BAR_WIDE = 125, 84
"""Characters of a line over the whole width, as they usually stand, and of a bar beside its telephone number."""


@dataclass(frozen=True)
class Bar:
    """One duty: its name, what it is in words, the rows of its stations, and its route where that is told in words."""

    name: str
    what: str
    rows: tuple[dict[str, Cell], ...]
    route: str


@dataclass(frozen=True)
class Block:
    """The duties of one kind, under a heading."""

    heading: str
    bars: tuple[Bar, ...]


def blocks(duties: Iterable[Duty]) -> list[Block]:
    """Return duties kind by kind."""
    grouped = groupby(duties, key=lambda duty: duty.kind)
    return [Block(words.KINDS[kind], tuple(map(_bar, group))) for kind, group in grouped]


def depth(made: Sequence[Block]) -> float:
    """Return how many rows blocks take; a heading takes a row and a half."""
    return sum(1.5 + sum(_lines(bar) for bar in block.bars) for block in made)


def _lines(bar: Bar) -> int:
    """Return how many rows a bar takes with all that stands below it."""
    return ceil(len(f"{bar.name}: {bar.what}") / _BAR_WIDE) + len(bar.rows) + deep(bar.route)


def deep(text: str) -> int:
    """Return how many lines a text takes over the whole width."""
    return ceil(len(text) / _WIDE)


def _bar(duty: Duty) -> Bar:
    at_stations = any(visit.station is not None for visit in duty.visits)
    rows = tuple(of_visit(duty, visit, i) for i, visit in enumerate(duty.visits, start=1)) if at_stations else ()
    route = "" if at_stations or len(duty.visits) == 1 else " → ".join(_stops(duty))
    return Bar(post(duty.name), ", ".join(_what(duty, at_stations)), rows, route)


def _what(duty: Duty, at_stations: bool) -> Iterator[str]:
    if duty.officers:
        yield words.TEAM.format(people=duty.officers)
    if duty.wardens:
        yield words.WITH.format(wardens=duty.wardens)
    if duty.vehicle:
        yield vehicle(duty.vehicle)
    if duty.round_minutes:
        yield words.ROUND.format(minutes=whole(duty.round_minutes), stay=whole(duty.stay_minutes))
    if duty.shift is not None:
        yield words.ON_DUTY.format(shift=shift_in_words(duty.shift))
    if not at_stations and len(duty.visits) == 1:
        yield words.AT.format(place=duty.visits[0].place)


def _stops(duty: Duty) -> Iterator[str]:
    for number, visit in enumerate(duty.visits, start=1):
        cells = of_visit(duty, visit, number)
        yield words.STOP.format(place=visit.place, there=cells.get("there", words.CUT_OFF))
