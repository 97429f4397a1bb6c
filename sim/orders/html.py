"""The orders as one page to print: A4, a district a page, nothing from any network, readable in grey."""

from __future__ import annotations

from sim.config.fields import format_clock
from sim.orders.lines import Line, lines, of_duties
from sim.orders.orders import DistrictOrders, Orders
from sim.orders.tables import budget_lines, others, total_rows
from sim.pages import page
from sim.words import orders as words

_CLOSE, _CLOSER = 42, 60
"""Rows of a page from which they stand closer, so that one sheet of A4 has them (measured on the printed page)."""


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
        districts=[(one, heading(one, i, orders), rows, density(rows)) for i, one in enumerate(orders.districts)
                   for rows in [lines(one)]],
        others=others(orders),
        outside=list(of_duties(orders.outside)),
    ).encode()  # fmt: skip


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


def density(rows: list[Line]) -> str:
    """Return how close the rows of a page must stand to fit a sheet; longer ones go on to a second."""
    if len(rows) < _CLOSE:
        return ""
    return "close" if len(rows) < _CLOSER else "closer"
