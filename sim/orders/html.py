"""The orders as one page to print: A4, a district a page, nothing from any network, readable in grey."""

from __future__ import annotations

from typing import Any

from sim.config.fields import format_clock
from sim.orders.blocks import COLUMNS, Block, blocks, deep, depth
from sim.orders.lines import elsewhere
from sim.orders.orders import DistrictOrders, Orders
from sim.orders.tables import budget_lines, others, total_rows
from sim.pages import page
from sim.words import orders as words

_FIT = {"": 40, "close": 52}
"""Lines that a sheet of A4 has as they usually stand, and closer (measured on the printed page)."""


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
        others=others(orders),
        outside=blocks(orders.outside),
    ).encode()


def facts(orders: Orders) -> list[str]:
    """Return what all minutes and times rest on."""
    return [
        words.FACTS.format(
            opens=format_clock(orders.opens), closes=format_clock(orders.closes), weather=orders.weather
        ),
        words.STANDARD.format(minutes=f"{orders.standard_minutes:g}"),
        words.NO_NAMES,
    ]


def heading(page_of: DistrictOrders, index: int, orders: Orders) -> tuple[str, str]:
    """Return whom a district reports to, and its counts, in words."""
    total = orders.totals[index]
    counts = words.COUNTS.format(
        stations=page_of.stations, registered=f"{page_of.registered:,}",
        officers=total.at_posts + total.on_patrol, wardens=total.wardens,
    )  # fmt: skip
    routine = words.ROUTINE.format(routine=total.routine) if total.routine else ""
    return words.REPORTS.format(base=page_of.reports_to or words.CENTRE), counts + routine


def density(made: list[Block], others_have: list[tuple[str, str]]) -> str:
    """Return how close the lines of a page must stand to fit a sheet; longer ones go on to a second."""
    lines = depth(made) + sum(deep(who + names) for who, names in others_have)
    return next((name for name, most in _FIT.items() if lines <= most), "closer")


def _district(one: DistrictOrders, index: int, orders: Orders) -> dict[str, Any]:
    made, others_have = blocks(one.duties), elsewhere(one)
    return {
        "name": words.PAGE_OF.format(name=one.name, code=one.code),
        "head": heading(one, index, orders),
        "blocks": made,
        "elsewhere": others_have,
        "close": density(made, others_have),
    }
