"""The day around one disturbance, from tables written by hand."""

from __future__ import annotations

from math import inf
from typing import Any

import pandas as pd
import pytest

import sim
from sim.day.watched import OfRoads, OfSignal, RoadChange, Watched
from sim.report.around import MOST, Around, Places, around, most_relevant
from sim.report.case import Case, rows_of
from tests.measures.test_causes import NAN, rows

PLACES = Places(
    place=lambda kind, code: f"{kind} {code}",
    any_place=lambda code: f"place {code}",
    kind=str.title,
    road=lambda road: (f"road {road}", road),
    node=lambda node: (f"village {node}", node),
)
MINE = {"incident": "s0", "onset": 600.0, "ended": 700.0, "needed": 6, "district": 3, "strategy": "a"}
RED = {"incident": "s0", "severity": 2, "reached": 610.0, "strategy": "a"}


def told(
    tasks: list[dict[str, Any]] | None = None,
    incidents: list[dict[str, Any]] | None = None,
    states: list[dict[str, Any]] | None = None,
    seen: Watched | None = None,
    complete: float = NAN,
) -> list[Around]:
    frames: dict[str, pd.DataFrame] = {
        "incidents": rows("incidents", MINE, *(incidents or [])),
        "tasks": rows("tasks", *(tasks or [])),
        "unit_states": rows("unit_states", *(states or [])),
        "forces": rows("forces", {**RED, "complete": complete}),
    }
    case = Case(
        incident=rows_of(frames["incidents"])[0], tasks=[], forces=rows_of(frames["forces"]), kind="Riot", place="",
        strategy="", standard_minutes=10.0, abilities=sim.load("calm_day", []).response.abilities,
    )  # fmt: skip
    return around(case, frames, seen, PLACES)


def task(unit: str, ordered: float, returned: float = NAN, **more: Any) -> dict[str, Any]:
    base = {"unit": unit, "ordered": ordered, "returned": returned, "purpose": "incident", "strength": 4, "sent": 1}
    return {**base, **more}


OTHER = {
    "incident": "b1", "kind": "brawl", "place_kind": "station", "place": "x", "onset": 520.0, "ended": 560.0,
    "peak_severity": 1,
}  # fmt: skip


def test_another_disturbance_that_has_units_is_told_with_who_they_are_and_from_when_to_when() -> None:
    found = told(
        [task("patrol/1", 525.0, 640.0, incident="b1"), task("reserve/1", 530.0, 620.0, incident="b1", strength=10)],
        [OTHER],
    )
    assert found == [
        Around(
            520.0,
            "Brawl at station x (b1), yellow at worst, until 09:20; away for it from 08:45 to 10:40: patrol/1 and "
            "reserve/1 (14 people)",
            4 * (640.0 - 540.0) + 10 * (620.0 - 540.0),
        )
    ]


@pytest.mark.parametrize(
    ("ordered", "returned", "is_told"),
    [(480.0, 539.0, False), (480.0, 541.0, True), (699.0, 800.0, True), (701.0, 800.0, False)],
    ids=["back before the hour", "back in it", "sent before its end", "sent after it"],
)
def test_only_who_is_away_from_an_hour_before_to_the_end(ordered: float, returned: float, is_told: bool) -> None:
    assert bool(told([task("patrol/1", ordered, returned, incident="b1")], [OTHER])) is is_told


def test_its_own_units_are_not_told_of_and_those_on_no_task_neither() -> None:
    assert told([task("patrol/1", 605.0, 640.0, incident="s0")], [OTHER]) == []


def test_what_took_people_after_it_had_all_that_it_asked_for_weighs_nothing() -> None:
    after = [task("patrol/1", 660.0, 690.0, incident="b1")]
    (lacking,), (complete,) = told(after, [OTHER]), told(after, [OTHER], complete=650.0)
    assert lacking.weight == 4 * 30.0 and complete.weight == 0.0 and lacking.text == complete.text


def test_a_unit_that_was_given_something_else_was_away_until_then() -> None:
    (found,) = told(
        [task("patrol/1", 560.0, incident="b1", outcome="diverted"), task("patrol/1", 580.0, 640.0, incident="s0")],
        [OTHER],
    )
    assert "away for it from 09:20 to 09:40" in found.text and found.weight == 4 * 20.0


def test_false_reports_boxes_and_units_that_are_moved() -> None:
    found = told(
        [
            task("patrol/1", 610.0, 630.0, incident="f0", purpose="check", place="A"),
            task("guard/1", 620.0, 680.0, purpose="boxes", strength=2),
            task("guard/2", 625.0, 690.0, purpose="boxes", strength=2),
            task("reserve/1", 640.0, NAN, arrived=660.0, released=660.0, purpose="relocation", place="B", strength=12),
            task("reserve/2", 645.0, 650.0, purpose="relocation", place="B", strength=12),
        ]
    )
    assert [event.text for event in found] == [
        "a false report at place A (f0); away for it from 10:10 to 10:30: patrol/1 (4 people)",
        "with ballot boxes from 10:20 to 11:30: guard/1 and guard/2 (4 people)",
        "reserve/1, 12 people, is sent to wait at place B, and is there at 11:00",
        "reserve/2, 12 people, is sent to wait at place B, and does not come there",
    ]
    assert [event.weight for event in found] == [4 * 20, 2 * 60 + 2 * 65, 12 * 20, 12 * 5]


def test_who_goes_off_duty_and_comes_on_it() -> None:
    states = [
        {"unit": "patrol/1", "state": "free", "start": 300.0, "end": 620.0, "strength": 4},
        {"unit": "patrol/1", "state": "off_duty", "start": 620.0, "end": 900.0, "strength": 4},
        {"unit": "patrol/2", "state": "off_duty", "start": 300.0, "end": 620.0, "strength": 3},
        {"unit": "patrol/2", "state": "free", "start": 620.0, "end": 900.0, "strength": 3},
    ]
    found = told(states=states)
    assert [event.text for event in found] == [
        "going off duty: patrol/1 (4 people)",
        "coming on duty: patrol/2 (3 people)",
    ]
    assert {event.time for event in found} == {620.0} and found[0].weight == 4 * 80.0


def test_roads_and_signal_are_known_only_to_who_looked_on_and_matter_in_its_own_district() -> None:
    seen = Watched(
        roads=[
            OfRoads(500.0, RoadChange.CLOSED, 3), OfRoads(610.0, RoadChange.CLOSED, 3), OfRoads(610.0, RoadChange.CLOSED, 4),
            OfRoads(620.0, RoadChange.OPENED, 4), OfRoads(630.0, RoadChange.DARK), OfRoads(701.0, RoadChange.OPENED, 3),
        ],
        signal=[OfSignal(640.0, False, (1, 2, 3, 4, 5)), OfSignal(650.0, True, (1,))],
    )  # fmt: skip
    found = told(seen=seen)
    assert [(event.text, event.weight) for event in found] == [
        ("closed from now on: road 3 and road 4", inf),
        ("open again: road 4", 0.0),
        ("it gets dark: all roads are slower", inf),
        ("the mobile signal is gone: village 1, village 2, village 3 and 2 more", inf),
        ("the mobile signal is back: village 1", 0.0),
    ]
    assert told() == []


def test_of_a_busy_day_the_most_relevant_are_told_in_order_of_time() -> None:
    events = [Around(float(time), str(time), float(time % 7)) for time in range(40)]
    shown = most_relevant(events)
    assert len(shown) == MOST and [event.time for event in shown] == sorted(event.time for event in shown)
    left = [event for event in events if event not in shown]
    assert min(event.weight for event in shown) >= max(event.weight for event in left)
    assert most_relevant(events[:5]) == events[:5]
