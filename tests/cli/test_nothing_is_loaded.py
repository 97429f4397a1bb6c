"""No page that a command writes loads anything from a network; a browser confirms it (tests/browser)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.cli import call
from tests.conftest import SMALL

ADDRESS = re.compile(r"https?://[^\s\"'<>)]+")
LOADS = re.compile(
    r"(?:src|href|srcset|action|data)\s*=\s*[\"']?(?!#|data:|mailto:)([^\"'\s>]+)|@import|url\((?!['\"]?data:)"
)
NAMES = {"http://www.w3.org/2000/svg"}
"""Addresses that only name what a page is made of."""
BESIDE = {"page.css"}


def wanted(text: str) -> set[str]:
    """Return what a page would load, or leads to, outside of itself."""
    found = {one[0] or "a style" for one in ((m.group(1), m) for m in LOADS.finditer(text))}
    return (found | set(ADDRESS.findall(text))) - NAMES - BESIDE


PACK = {
    "situation_manual.html", "deployment.html", "floor_map_a3.html", "floor_map_a0.html", "inject_cards.html",
    "facilitator_handbook.html", "move_lists.html", "evaluation_guide.html",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with every page that can be made of it."""
    out = tmp_path_factory.mktemp("pages")
    plans = "strategy=even_spread"
    played = ["scenario=calm_day", *SMALL, plans, "run.replications=2", "run.resamples=100", "run.workers=1"]
    assert call([*played, "--out", str(out), "--quiet"]) == 0
    (run,) = (path for path in out.iterdir() if path.is_dir())
    for more in (
        ["playback", str(run)],
        ["compare", str(run), str(run), "--html", str(out / "compare.html")],
        ["orders", str(run), "--strategy", "even_spread", "--out", str(out / "orders")],
        ["exercise", "pack", "--run", str(run), "--out", str(out / "packs")],
    ):
        assert call(more) == 0, more
    return out


def test_no_page_loads_anything(folder: Path) -> None:
    pages = {file.name: file for file in folder.rglob("*.html")}
    assert {"report.html", "playback.html", "compare.html", "even_spread.html", *PACK} <= set(pages)
    loading = {name: wanted(file.read_text(encoding="utf-8")) for name, file in pages.items()}
    assert {name: found for name, found in loading.items() if found} == {}


def test_the_guard_sees_what_is_loaded() -> None:
    assert wanted('<img src="https://a.example/x.png"> <a href="#part">') == {"https://a.example/x.png"}
    assert wanted("<script src=other.js></script>") == {"other.js"}
    assert wanted("@import 'x.css'; body { background: url(x.png) }") == {"a style"}
    assert wanted('<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/png;base64,x"/></svg>') == set()
