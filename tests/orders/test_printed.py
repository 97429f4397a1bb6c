"""How high rows stand, and with a browser: every district is one printed sheet."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sim.day.world import World
from sim.orders.blocks import Bar, Block, depth
from sim.orders.html import html, row_points
from sim.orders.make import orders_of
from sim.words.language import Language, spoken

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def of_rows(number: int) -> list[Block]:
    return [Block("Guard posts", (Bar("one", "2 officers", ({"place": "TPS 1"},) * number, ""),))]


def test_rows_stand_closer_the_more_there_are_and_never_unreadably() -> None:
    usual, close, closer, two_sheets = (row_points(of_rows(n), []) for n in (20, 50, 70, 90))
    assert usual == 13.6 > close > closer >= 7.8
    assert two_sheets > closer, "what would be too small for one sheet is easy to read on two"
    assert 7.8 <= row_points(of_rows(500), []) < usual
    assert row_points(of_rows(60), [("post a, page b", "TPS 1, " * 100)]) < row_points(of_rows(60), [])
    assert row_points([], []) == 13.6


def test_a_heading_takes_a_row_and_a_half_and_a_long_route_the_lines_that_it_needs() -> None:
    assert depth(of_rows(3)) == 1.5 + 1 + 3
    assert depth([Block("Patrols", (Bar("one", "4 officers", (), "a" * 126),))]) == 1.5 + 1 + 2


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
@pytest.mark.parametrize("strategy", ["minimum_pattern", "forward_reserve"])
@pytest.mark.parametrize("language", Language)
def test_every_district_is_one_sheet(riot_world: World, tmp_path: Path, strategy: str, language: Language) -> None:
    with spoken(language):
        (tmp_path / "orders.html").write_bytes(html(orders_of(riot_world, strategy)))
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path}/user",
    ]
    pages = [str(BROWSER), *flags, f"--print-to-pdf={tmp_path}/orders.pdf", (tmp_path / "orders.html").as_uri()]
    subprocess.run(pages, check=True, capture_output=True, timeout=120)
    printed = len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "orders.pdf").read_bytes()))
    assert 1 + 15 + 1 <= printed <= 1 + 15 + 3, "the first, the districts, one to three of those who wait"
