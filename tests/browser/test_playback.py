"""The playback in a browser: it plays, stops, jumps, shows both plans at one minute, and prints what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.words.language import Language
from tests.browser.opened import Opened

Pages = dict[tuple[str, Language], Path]
Open = Callable[..., Opened]


@pytest.fixture
def shown(pages: Pages, open_page: Open) -> Any:
    opened = open_page(pages["playback", Language.ENGLISH])
    yield opened.page
    assert (opened.wanted, opened.wrong) == ([], [])


def clock(page: Any) -> str:
    return str(page.inner_text("#clock"))


def set_time(page: Any, minutes: float) -> None:
    page.evaluate(
        "m => { const s = document.getElementById('time'); s.value = m; s.dispatchEvent(new Event('input')); }", minutes
    )


def data(page: Any) -> Any:
    return page.evaluate("JSON.parse(document.getElementById('data').textContent)")


def status(page: Any, plan: int) -> list[str]:
    return list(page.locator(".status").nth(plan).locator("dd").all_inner_texts())


def test_it_opens_at_the_first_incident_and_stands_still(shown: Any) -> None:
    first = min(p["onset"] for p in data(shown)["incidents"][0]["plans"] if p) / 10
    assert clock(shown) == f"{int(first) // 60:02d}:{int(first) % 60:02d}"
    before = clock(shown)
    shown.wait_for_timeout(300)
    assert clock(shown) == before


def test_space_plays_and_pauses(shown: Any) -> None:
    set_time(shown, 480)
    shown.select_option("#speed", "30")
    shown.evaluate("document.activeElement.blur()")
    shown.keyboard.press("Space")
    assert shown.inner_text("#play") == "Pause"
    for _ in range(100):  # the page's own policy forbids what would wait inside it
        if clock(shown) > "08:05":
            break
        shown.wait_for_timeout(100)
    assert clock(shown) > "08:05"
    shown.keyboard.press("Space")
    assert shown.inner_text("#play") == "Play"
    stopped = clock(shown)
    shown.wait_for_timeout(300)
    assert clock(shown) == stopped


def test_the_play_button_is_pressed_once_by_space_on_it(shown: Any) -> None:
    shown.focus("#play")
    shown.keyboard.press("Space")
    assert shown.inner_text("#play") == "Pause"


def test_arrows_go_a_minute_and_letters_to_incidents(shown: Any) -> None:
    set_time(shown, 600)
    shown.evaluate("document.activeElement.blur()")
    shown.keyboard.press("ArrowRight")
    shown.keyboard.press("ArrowRight")
    shown.keyboard.press("ArrowLeft")
    assert clock(shown) == "10:01"
    onsets = sorted(min(p["onset"] for p in one["plans"] if p) / 10 for one in data(shown)["incidents"])
    set_time(shown, 401)
    for onset in onsets:
        shown.keyboard.press("n")
        assert clock(shown) == f"{int(onset + 0.05) // 60:02d}:{int(onset + 0.05) % 60:02d}"
    shown.keyboard.press("p")
    assert len(onsets) < 2 or clock(shown) <= f"{int(onsets[-2] + 0.05) // 60:02d}:{int(onsets[-2] + 0.05) % 60:02d}"


def test_both_maps_show_the_same_minute_and_units_where_the_data_have_them(shown: Any) -> None:
    found = data(shown)
    for minutes in (450, 600, 655, 1000):
        set_time(shown, minutes)
        for number, plan in enumerate(found["plans"]):
            drawn = shown.locator(".map svg").nth(number).locator(".unit")
            assert drawn.count() == len(plan["units"])
            places = drawn.evaluate_all("nodes => nodes.map(n => n.getAttribute('transform'))")
            size = float(re.search(r"scale\(([\d.]+)\)", places[0])[1])  # type: ignore[index]
            for unit, place in zip(plan["units"], places, strict=True):
                x, y = map(float, re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", place).groups())  # type: ignore[union-attr]
                at, sx, sy = 0, 0, 0
                rows = []
                for i in range(0, len(unit["track"]), 3):
                    at, sx, sy = at + unit["track"][i], sx + unit["track"][i + 1], sy + unit["track"][i + 2]
                    rows.append((at, sx / 10, sy / 10))
                moment = (minutes - found["start"]) / found["step"]
                before = max(row for row in rows if row[0] <= moment)
                after = min((row for row in rows if row[0] > moment), default=before)
                share = (moment - before[0]) / max(after[0] - before[0], 1)
                wanted = [before[k] + share * (after[k] - before[k]) for k in (1, 2)]
                aside = 5.2 * size * len(plan["units"]) ** 0.5 + 0.1  # several at one place stand round it
                assert abs(x - wanted[0]) <= aside and abs(y - wanted[1]) <= aside


def test_severities_differ_in_shape_and_letter_and_the_unknown_are_dashed(shown: Any) -> None:
    found = data(shown)
    seen = set()
    for number, plan in enumerate(found["plans"]):
        for identity, steps in plan["incidents"].items():
            for step in steps[:: max(1, len(steps) // 12)]:
                set_time(shown, step[0] / 10 + 0.2)
                marks = shown.locator(".map svg").nth(number).locator("g[visibility=visible] .mark")
                for mark in marks.all():
                    cls = mark.get_attribute("class")
                    letter = mark.locator("xpath=following-sibling::*").text_content()
                    seen.add((re.search(r"sev(\d)", cls)[1], letter, mark.get_attribute("d")))  # type: ignore[index]
                assert identity
    assert {("0", "G"), ("1", "Y")} <= {(severity, letter) for severity, letter, _ in seen}
    assert len({shape for _, _, shape in seen}) == len({severity for severity, _, _ in seen}) == len(seen)


def test_the_numbers_below_a_map_are_those_of_the_minute(shown: Any) -> None:
    found = data(shown)
    set_time(shown, 660)
    for number, plan in enumerate(found["plans"]):
        i = plan["coverage"]["times"].index(6600)
        assert status(shown, number)[0] == f"{round(plan['coverage']['total'][i] / 10)} %"
        assert status(shown, number)[-1] == "1", "the road is closed from 10:00 to 11:30"
    set_time(shown, 1200)
    assert status(shown, 0)[0] == "–" and status(shown, 0)[-1] == "0"


def test_the_line_that_tells_is_read_out_politely(shown: Any) -> None:
    set_time(shown, 601)
    line = shown.locator("#events")
    assert line.get_attribute("aria-live") == "polite"
    assert "Road closed: Pasar Tengah - Pasar Timur." in line.inner_text()
    assert shown.get_attribute("#time", "aria-valuetext") == clock(shown)


def test_the_list_goes_to_an_incident(shown: Any) -> None:
    button = shown.locator("#list button").last
    said = button.inner_text()
    button.click()
    assert clock(shown) == said


def test_following_an_incident_looks_closer(shown: Any) -> None:
    whole = shown.get_attribute(".map svg", "viewBox")
    shown.evaluate("document.activeElement.blur()")
    shown.keyboard.press("f")
    closer = shown.get_attribute(".map svg", "viewBox")
    assert float(closer.split()[2]) < float(whole.split()[2])


def test_who_asks_for_little_motion_sees_a_picture_a_second(pages: Pages, open_page: Open) -> None:
    page = open_page(pages["playback", Language.ENGLISH], reduced_motion="reduce").page
    set_time(page, 480)
    page.click("#play")
    pictures = page.evaluate(
        "() => new Promise(done => { const seen = new Set(); const began = performance.now();"
        " const look = () => { seen.add(document.querySelector('#time').value);"
        " performance.now() - began < 1600 ? requestAnimationFrame(look) : done([...seen]); }; look(); })"
    )
    assert len(pictures) <= 3


def test_a_day_on_which_nothing_happens_under_one_strategy_is_shown_as_well(quiet_page: Path, open_page: Open) -> None:
    opened = open_page(quiet_page)
    page = opened.page
    assert clock(page) == "07:00" and page.locator(".map svg").count() == 1
    assert page.inner_text("#list").strip() == "Nothing happened on this day."
    for key in ("n", "p", "f", "ArrowRight"):
        page.keyboard.press(key)
    set_time(page, 900)
    assert "Nothing new" in page.inner_text("#events")
    assert opened.broken_rules() == {} and (opened.wanted, opened.wrong) == ([], [])


def test_times_are_written_as_the_language_does(pages: Pages, open_page: Open) -> None:
    assert re.fullmatch(r"\d\d[.:]\d\d", clock(open_page(pages["playback", Language.INDONESIAN]).page))


def test_on_paper_stand_the_minute_both_maps_and_the_list_but_no_controls(pages: Pages, open_page: Open) -> None:
    opened = open_page(pages["playback", Language.ENGLISH])
    set_time(opened.page, 633)
    opened.page.emulate_media(media="print")
    assert not opened.page.is_visible("#play") and not opened.page.is_visible("#time")
    assert opened.page.inner_text("#printed") == "The picture shows 10:33."
    assert opened.page.locator(".map svg").count() == 2 and opened.page.is_visible("#list")
