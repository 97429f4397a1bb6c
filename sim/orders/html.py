"""The orders as one page to print: A4, a district a page, nothing from any network, readable in grey."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from sim.config.fields import clock_in_words
from sim.orders.blocks import COLUMNS, Block, blocks, deep, depth
from sim.orders.lines import elsewhere
from sim.orders.orders import DistrictOrders, Orders
from sim.orders.tables import budget_lines, others, total_rows
from sim.pages import page
from sim.words import names
from sim.words import orders as words

_ROOM, _SMALL, _TITLE = 622.0, 12.0, 18.0
"""Points of a sheet of A4 that are left for rows beside its head and its rules; of a line in small letters, and of the
heading above such lines (all measured on the printed page)."""
_RULE_LINES = 3
"""Lines of rules that a sheet has room for beside its rows."""
_USUAL, _LEAST = 13.6, 7.8
"""Points of a row as they usually stand, and the least in which letters can be read."""


def html(orders: Orders) -> bytes:
    """Return the orders as one HTML page."""
    return page(
        "sim.orders",
        "orders.html",
        words=words,
        orders=orders,
        facts=facts(orders),
        totals=total_rows(orders),
        budget=budget_lines(orders),
        districts=[_district(one, i, orders) for i, one in enumerate(orders.districts)],
        columns=COLUMNS,
        gravest=names.VULNERABILITY["very_high"],
        others=others(orders),
        outside=blocks(orders.outside),
    ).encode()


def facts(orders: Orders) -> list[str]:
    """Return what all minutes and times rest on."""
    return [
        words.FACTS.format(
            opens=clock_in_words(orders.opens),
            closes=clock_in_words(orders.closes),
            weather=names.called(names.WEATHER, orders.weather),
        ),
        words.STANDARD.format(minutes=orders.standard_minutes),
        words.NO_NAMES,
    ]


def heading(page_of: DistrictOrders, index: int, orders: Orders) -> tuple[str, str]:
    """Return whom a district reports to, and its counts, in words."""
    total = orders.totals[index]
    counts = words.COUNTS.format(
        stations=page_of.stations, registered=page_of.registered,
        officers=total.at_posts + total.on_patrol, wardens=total.wardens,
    )  # fmt: skip
    routine = words.ROUTINE.format(routine=total.routine) if total.routine else ""
    return words.REPORTS.format(base=page_of.reports_to or words.CENTRE), counts + routine


def row_points(made: list[Block], others_have: list[tuple[str, str]], rules: Sequence[str] = ()) -> float:
    """Return how high the rows of a page are so that one sheet has them, or as few as can be read.

    Args:
        made: The page's blocks.
        others_have: What is said below them in small letters.
        rules: The rules at the foot; room for a few lines of them is left on every sheet.
    """
    small = sum(_SMALL * deep(who + stations) for who, stations in others_have) + (_TITLE if others_have else 0.0)
    small += _SMALL * max(0, sum(map(deep, rules)) - _RULE_LINES)
    lines = max(1.0, depth(made))
    sheets = ceil((_LEAST * lines + small) / _ROOM)
    return round(min(_USUAL, (sheets * _ROOM - small) / lines), 1)


def _district(one: DistrictOrders, index: int, orders: Orders) -> dict[str, Any]:
    made, others_have = blocks(one.duties), elsewhere(one)
    return {
        "name": words.PAGE_OF.format(name=one.name, code=one.code),
        "head": heading(one, index, orders),
        "blocks": made,
        "elsewhere": others_have,
        "row": f"{row_points(made, others_have, orders.rules[:2])}pt",
    }
