"""The spreadsheet can be printed, holds any name as text, and tears no post at the end of a page."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sim.day.world import World
from sim.orders.make import orders_of
from sim.orders.orders import Orders, Visit
from sim.orders.spreadsheet import breaks, fitting, spreadsheet
from sim.text import FORMULA, shown
from sim.words import orders as words
from tests.nasty import EVERYTHING


@pytest.fixture(scope="module")
def orders(small_world: World) -> Orders:
    return orders_of(small_world, "even_spread", "simulate orders")


def book_of(orders: Orders) -> Workbook:
    return load_workbook(BytesIO(spreadsheet(orders)))


def sheets_of(orders: Orders) -> list[Worksheet]:
    return [sheet for sheet in book_of(orders).worksheets]


def named(orders: Orders, name: str) -> Orders:
    """The same orders where everything that a user names is called so."""
    pages = []
    for page in orders.districts:
        duties = tuple(
            replace(
                duty, name=name, vehicle=name, reports_to=name, visits=tuple(_renamed(v, name) for v in duty.visits)
            )
            for duty in page.duties
        )
        pages.append(replace(page, name=name, code=name, reports_to=name, duties=duties))
    totals = tuple(replace(total, name=name) for total in orders.totals)
    attached = tuple(replace(one, base=name, vehicle=name) for one in orders.attached)
    houses = tuple(replace(one, name=name) for one in orders.houses)
    return replace(
        orders, region=name, title=name, weather=name, districts=tuple(pages), totals=totals, attached=attached,
        houses=houses, command=name,
    )  # fmt: skip


def _renamed(visit: Visit, name: str) -> Visit:
    station = visit.station and replace(visit.station, name=name, village=name)
    return replace(visit, place=name, village=name, station=station)


@pytest.mark.parametrize("name", EVERYTHING)
def test_any_name_is_text(orders: Orders, name: str) -> None:
    text = EVERYTHING[name]
    seen = 0
    for sheet in sheets_of(named(orders, text)):
        assert len(sheet.title) <= 31 and not set("[]:*?/\\") & set(sheet.title)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.data_type in ("s", "n"), "neither a formula nor an error"
            if str(cell.value).replace("_x005F_", "_") == shown(text, lines=True):
                assert bool(cell.quotePrefix) == text.startswith(FORMULA), "it stays a text when somebody edits it"
                seen += 1
    assert seen > 50


def test_a_sheet_a_district_whatever_they_are_called(orders: Orders) -> None:
    names = ["a" * 40, "a" * 40, "A" * 31]
    pages = tuple(replace(page, name=name) for page, name in zip(orders.districts, names, strict=True))
    titles = [sheet.title for sheet in sheets_of(replace(orders, districts=pages))]
    assert titles == ["Totals", "a" * 31, "a" * 27 + " (2)", "A" * 27 + " (3)", "Reserves and others"]


def test_every_sheet_prints_on_a4_landscape_with_its_headings(orders: Orders) -> None:
    for sheet in sheets_of(orders):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9), "9 is A4"
        assert sheet.print_area and sheet.freeze_panes and sheet.print_title_rows
        assert 60 <= sheet.page_setup.scale <= 70 and not sheet.page_setup.fitToHeight
        widths = sum(dimension.width for dimension in sheet.column_dimensions.values())
        assert widths <= 150, "what a page takes at this scale"


def test_the_headings_stay_in_sight(orders: Orders) -> None:
    sheet = book_of(orders)[orders.districts[0].name]
    top = int(sheet.print_title_rows.split(":")[0].strip("$"))
    assert sheet.freeze_panes == f"A{top + 1}"
    assert [cell.value for cell in sheet[top]] == list(words.COLUMNS.values())


def test_nothing_is_computed_and_no_telephone_number_is_given(orders: Orders) -> None:
    column = list(words.COLUMNS).index("phone") + 1
    for page in orders.districts:
        sheet = book_of(orders)[page.name]
        top = int(sheet.print_title_rows.split(":")[0].strip("$"))
        assert {sheet.cell(row, column).value for row in range(top + 1, sheet.max_row + 1)} <= {None, ""}


@given(
    heights=st.lists(st.floats(10, 60), min_size=1, max_size=80),
    data=st.data(),
    room=st.floats(200, 600),
)
def test_no_page_tears_what_would_fit_it(heights: list[float], data: st.DataObject, room: float) -> None:
    begins = sorted(
        data.draw(st.sets(st.integers(2, max(2, len(heights))), max_size=20)) & set(range(2, len(heights) + 1))
    )
    found = breaks(heights, begins, room, again=10.0)
    assert set(found) <= {row - 1 for row in begins} and found == sorted(set(found))
    starts = [1, *(row + 1 for row in found)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(heights) + 1], strict=True)):
        height = sum(heights[start - 1 : end - 1]) + (10.0 if number else 0.0)
        inside = [row for row in begins if start < row < end]
        assert (
            height <= room + 1e-6
            or not inside
            or (number == 0 and inside == begins[:1])
            or _last_alone(heights, inside, end, room)
        )


def _last_alone(heights: list[float], inside: list[int], end: int, room: float) -> bool:
    """Whether what makes a page too long is a block that is longer than a page by itself."""
    blocks = zip(inside, [*inside[1:], end], strict=True)
    return any(sum(heights[a - 1 : b - 1]) > room - 10.0 for a, b in blocks)


def test_breaks_by_hand() -> None:
    heights = [10.0] * 10
    assert breaks(heights, [3, 5, 7, 9], 45.0, again=5.0) == [4, 8]
    assert breaks(heights, [3, 5, 7, 9], 44.0, again=5.0) == [4, 6, 8], "headings are repeated on every further page"
    assert breaks(heights, [3, 5, 7, 9], 100.0, again=5.0) == []
    assert breaks(heights, [], 45.0, again=5.0) == []


def test_a_sheet_is_printed_smaller_when_that_makes_it_one_page() -> None:
    assert fitting(100.0) == 70 and fitting(800.0) == 63 and fitting(2_000.0) == 70
