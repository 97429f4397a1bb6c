"""The page to print: a district a sheet, nothing from any network, and whatever somebody is called, text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from sim.day.world import World
from sim.orders.html import html
from sim.orders.make import orders_of
from sim.text import shown
from sim.words import names
from tests.nasty import EVERYTHING
from tests.orders.test_spreadsheet import named


class Parsed(HTMLParser):
    """The tags of a page and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_district_is_a_page_of_its_own_on_a4(riot_world: World) -> None:
    page = html(orders_of(riot_world, "forward_reserve")).decode()
    assert Parsed(page).tags.count("section") == 15 + 2
    assert "@page { size: A4" in page and "section { break-after: page" in page
    assert "thead { display: table-header-group; }" in page, "a long district repeats its headings"


def test_nothing_is_fetched_and_nothing_runs(riot_world: World) -> None:
    page = html(orders_of(riot_world, "forward_reserve")).decode()
    assert not re.search(r"https?:|//|url\(|@import|<script|<link|<img|src=", page)
    assert Parsed(page).attributes <= {"lang", "charset", "name", "content", "class", "colspan", "style"}


def test_it_says_of_each_post_what_somebody_there_needs(riot_world: World) -> None:
    text = " ".join(Parsed(html(orders_of(riot_world, "forward_reserve")).decode()).text.split())
    assert "Reports to: Polsek Kota Padang. 21 polling stations, 10,109 registered voters" in text
    assert re.search(r"low/13: 2 officers, 30 wardens, motorcycle, round 393 min \(15 at each place\)", text)
    assert "Polsek Kota Padang: 4 officers, car, at village Kota Padang" in text
    assert "238 there, 238 with orders, 0 without" in text
    assert "from yellow on (disorderly)" in text and "only at red (violent)" in text


def test_no_incident_and_no_title_of_the_scenario_is_told(riot_world: World) -> None:
    text = Parsed(html(orders_of(riot_world, "forward_reserve")).decode()).text.lower()
    assert "riot" not in text and riot_world.scenario.title.lower() not in text


@pytest.mark.parametrize("name", EVERYTHING)
def test_any_name_is_text(small_world: World, name: str) -> None:
    orders, text = orders_of(small_world, "even_spread", "simulate orders"), EVERYTHING[name]
    plain, odd = (Parsed(html(one).decode()) for one in (orders, named(orders, text)))
    assert set(odd.tags) == set(plain.tags) and odd.attributes == plain.attributes
    assert shown(text, lines=True) in odd.text


def test_it_is_readable_in_grey(small_world: World) -> None:
    page = html(orders_of(small_world, "even_spread")).decode()
    colours = set(re.findall(r"#([0-9a-fA-F]{3,6})\b", page.partition("</style>")[0]))
    assert all(len(set(re.findall("..", c) if len(c) == 6 else c)) == 1 for c in colours), "greys only"
    assert names.VULNERABILITY["very_high"] in page
