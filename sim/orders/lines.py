"""The rows of a district's page, as both the spreadsheet and the page to print have them: cell by cell, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from math import inf

from sim.config.fields import clock_in_words
from sim.orders.orders import DistrictOrders, Duty, Elsewhere, Visit
from sim.orders.wording import post, vehicle
from sim.words import names
from sim.words import orders as words

Cell = str | int
COLUMNS = tuple(words.COLUMNS)
"""Keys of the columns, in the order of the spreadsheet."""


@dataclass(frozen=True)
class Line:
    """One row.

    Attributes:
        heading: What the rows below it are, where it is a heading; its cells are empty then.
        cells: Text or number by column; what is missing is empty.
        begins: Whether a duty begins here.
    """

    heading: str
    cells: dict[str, Cell]
    begins: bool = False


def lines(page: DistrictOrders) -> list[Line]:
    """Return the rows of a district's page."""
    return [*of_duties(page.duties), *_elsewhere(page.elsewhere)]


def elsewhere(page: DistrictOrders) -> list[tuple[str, str]]:
    """Return who has the stations of a district that are on no page of its own, and their names in one text each."""
    found: dict[str, list[str]] = {}
    for one in page.elsewhere:
        found.setdefault(_who_has(one), []).append(one.station.name)
    return [(who, ", ".join(stations)) for who, stations in found.items()]


def of_duties(duties: Iterable[Duty]) -> Iterator[Line]:
    """Give the rows of duties under a heading for each kind."""
    for kind, group in groupby(duties, key=lambda duty: duty.kind):
        yield Line(words.KINDS[kind], {})
        for duty in group:
            yield from _of(duty)


def _of(duty: Duty) -> Iterator[Line]:
    """Give a row for each place; what belongs to the duty as a whole stands on the first, so that columns add up."""
    for number, visit in enumerate(duty.visits, start=1):
        cells = of_visit(duty, visit, number)
        if number == 1:
            cells |= _whole(duty)
        yield Line("", cells, number == 1)


def _whole(duty: Duty) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "duty": post(duty.name),
        "officers": duty.officers,
        "vehicle": vehicle(duty.vehicle),
        "reports_to": duty.reports_to or words.CENTRE,
    }
    if duty.shift is not None:
        cells["duty"] = f"{post(duty.name)} ({shift_in_words(duty.shift)})"
    return cells | ({"round": round(duty.round_minutes)} if duty.round_minutes else {})


def of_visit(duty: Duty, visit: Visit, number: int) -> dict[str, Cell]:
    """Return the cells of one place of a duty.

    Args:
        duty: The duty.
        visit: The place.
        number: Its number in the order of the round.
    """
    cells: dict[str, Cell] = {"place": visit.place, "village": visit.village}
    if len(duty.visits) > 1:
        cells["order"] = number
    if duty.wardens:
        cells["wardens"] = visit.wardens
    if visit.station is not None:
        cells["registered"] = visit.station.registered
        cells["vulnerability"] = names.VULNERABILITY[visit.station.vulnerability]
    if visit.minutes is not None:
        cells["minutes"] = words.CUT_OFF if visit.minutes == inf else round(visit.minutes)
    if visit.there is not None:
        cells["there"] = clock_in_words(visit.there)
    return cells


def _elsewhere(stations: Iterable[Elsewhere]) -> Iterator[Line]:
    for number, one in enumerate(stations):
        if number == 0:
            yield Line(words.KINDS["elsewhere"], {})
        cells: dict[str, Cell] = {
            "duty": post(one.post) or words.NOBODY,
            "reports_to": words.PAGE.format(district=one.district) if one.district else "",
            "place": one.station.name,
            "village": one.station.village,
            "registered": one.station.registered,
            "vulnerability": names.VULNERABILITY[one.station.vulnerability],
        }
        yield Line("", cells, True)


def _who_has(one: Elsewhere) -> str:
    return words.OTHER_PAGE.format(post=post(one.post), district=one.district) if one.district else words.NOBODY


def shift_in_words(shift: tuple[float, float]) -> str:
    """Return when a shift begins and ends."""
    return words.SHIFT.format(begins=clock_in_words(shift[0]), ends=clock_in_words(shift[1]))
