"""The tables that are not a district's page: totals, reserves, attached teams, ambulances, houses of care."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.orders.lines import Cell, shift_in_words
from sim.orders.orders import House, Orders, ReserveOrders, Total, Waiting
from sim.orders.rules import FOR_ALL
from sim.orders.wording import vehicle, whole
from sim.words import names
from sim.words import orders as words


@dataclass(frozen=True)
class Grid:
    """A table: its key and title, its headings, its rows."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def total_rows(orders: Orders) -> Grid:
    """Return the totals, their sum last."""
    rows = [tuple(_total(row, name) for name in words.TOTALS) for row in orders.totals]
    columns = list(zip(*rows, strict=True))[1:]
    everybody: tuple[Cell, ...] = (words.ALL, *(sum(int(cell) for cell in column) for column in columns))
    return Grid("totals", words.SHEETS["totals"], tuple(words.TOTALS.values()), (*rows, everybody))


def _total(row: Total, name: str) -> Cell:
    value: Cell = getattr(row, name)
    return value or words.OUTSIDE if name == "name" else value


def budget_lines(orders: Orders) -> list[str]:
    """Return what there is, what has orders and what is left, a sentence for each agency."""
    pairs = ((words.POLICE, orders.police), (words.WARDENS, orders.wardens))
    return [words.BUDGET.format(who=who, available=b.available, spent=b.spent, left=b.left) for who, b in pairs]


def others(orders: Orders) -> list[Grid]:
    """Return the tables of those who wait, those that are empty left out."""
    grids = (
        _grid("reserves", words.RESERVES, _reserves(orders.reserves, orders.standard_minutes, orders.rules)),
        _grid("attached", words.ATTACHED, _attached(orders.attached)),
        _grid("ambulances", words.AMBULANCES, _ambulances(orders.ambulances)),
        _grid("houses", words.HOUSES, _houses(orders.houses)),
    )
    return [grid for grid in grids if grid.rows]


def _grid(key: str, headings: dict[str, str], rows: Iterable[tuple[Cell, ...]]) -> Grid:
    return Grid(key, words.OTHERS[key], tuple(headings.values()), tuple(rows))


def _reserves(reserves: Sequence[ReserveOrders], standard: float, rules: Sequence[str]) -> Iterable[tuple[Cell, ...]]:
    """Give a row for each team; those that are alike share the first tasks, which stand with the first of them."""
    for one in reserves:
        teams, tasks = one.teams, first_tasks(one, standard)
        for i, name in enumerate(teams.names):
            ready, duty = round(teams.ready), _shift(teams, rules)
            who = (*_who(name, teams), teams.people, vehicle(teams.vehicle))
            yield (*who, ready, duty, "" if i else tasks, "")


def first_tasks(one: ReserveOrders, standard: float) -> str:
    """Return a reserve's first tasks, a line each."""
    intro = words.IN_TIME if one.in_time else words.TOO_FAR if one.tasks else words.NOWHERE
    each = [
        words.TASK.format(
            number=number,
            station=task.station.name,
            district=task.district,
            vulnerability=names.VULNERABILITY[task.station.vulnerability],
            minutes=whole(task.minutes),
        )
        for number, task in enumerate(one.tasks, start=1)
    ]
    more = [words.MORE.format(more=one.more)] if one.more else []
    return "\n".join([intro.format(standard=standard), *each, *more])


def _attached(groups: Iterable[Waiting]) -> Iterable[tuple[Cell, ...]]:
    for teams in groups:
        for name in teams.names:
            yield (*_who(name, teams), teams.people, vehicle(teams.vehicle), round(teams.ready),
                   _asked_for(teams), names.AGENCY[teams.agency], "")  # fmt: skip


def _asked_for(teams: Waiting) -> str:
    """Return from which severity on teams may be asked for, and by whom."""
    return words.CALLERS[teams.callers].format(severity=words.SEVERITIES[teams.from_severity.word])


def _ambulances(groups: Iterable[Waiting]) -> Iterable[tuple[Cell, ...]]:
    for teams in groups:
        carries = "" if teams.carries is None else words.INJURIES[teams.carries]
        for name in teams.names:
            yield (*_who(name, teams), teams.places, vehicle(teams.vehicle), round(teams.ready), carries,
                   names.AGENCY[teams.agency], "")  # fmt: skip


def _houses(houses: Iterable[House]) -> Iterable[tuple[Cell, ...]]:
    return ((one.name, one.beds, one.intake, words.INJURIES[one.takes], "") for one in houses)


def _who(name: str, teams: Waiting) -> tuple[str, str]:
    return name, teams.base


def _shift(teams: Waiting, rules: Sequence[str]) -> str:
    """Return when teams are on duty; without a shift of their own as the rule for all says, if any."""
    if teams.shift is None:
        return words.AS_ALL if len(rules) > FOR_ALL else words.ALL_DAY
    return shift_in_words(teams.shift)
