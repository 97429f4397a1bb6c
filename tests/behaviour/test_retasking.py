"""Re-tasking and duty on whole days move the numbers the right way, by a size that matters."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.day import draw_day, prepare, simulate_day
from sim.log import DayLog
from sim.vocabulary import Role, UnitState
from tests.conftest import small_scenario
from tests.day.conftest import NAME, RICH

DAYS = 4


@cache
def logs(*overrides: str) -> tuple[DayLog, ...]:
    world = prepare(small_scenario(*RICH, "kinds.riot.severities.red.needs={presence: 30}", *overrides))
    return tuple(simulate_day(world, NAME, number, draw_day(world, number)) for number in range(DAYS))


def retasking(**settings: object) -> tuple[DayLog, ...]:
    said = ", ".join(f"{name}: {value}" for name, value in settings.items())
    return logs(f"+strategy.retasking={{{said}}}")


def officers_on_scene(days: tuple[DayLog, ...]) -> float:
    """Return the minutes of all units on scene, those apart who treat the injured there."""
    tables = [day.tables["unit_states"] for day in days]
    here = [(t["state"] == UnitState.ON_SCENE) & (t["role"] != Role.AMBULANCE) for t in tables]
    return float(sum((t["end"] - t["start"])[on_scene].sum() for t, on_scene in zip(tables, here, strict=True)))


def coverage(days: tuple[DayLog, ...], what: str = "voters_covered") -> float:
    tables = [day.tables["coverage"] for day in days]
    return float(sum(t[what].sum() for t in tables) / sum(t["voters"].sum() for t in tables))


def outcomes(days: tuple[DayLog, ...], outcome: str) -> int:
    return sum(
        int(((d.tables["tasks"]["outcome"] == outcome) & (d.tables["tasks"]["purpose"] == "incident")).sum())
        for d in days
    )


def after_the_end(days: tuple[DayLog, ...]) -> float:
    """Minutes of officers at disturbances that are over, for each disturbance."""
    worked, over = 0.0, 0
    for day in days:
        tasks, incidents = day.tables["tasks"], day.tables["incidents"]
        ended = dict(zip(incidents["incident"], incidents["ended"], strict=True))
        for name, role, arrived, released in zip(
            *(tasks[c] for c in ("incident", "role", "arrived", "released")), strict=True
        ):
            if name in ended and role != "ambulance" and released > ended[name]:
                worked += released - max(arrived, ended[name])
        over += int(np.isfinite(incidents["ended"]).sum())
    return worked / over


def test_the_fewer_work_on_after_the_end_the_less_time_they_spend_there() -> None:
    worked = [after_the_end(retasking(keep_officers=keep)) for keep in ("null", 6, 2, 0)]
    assert worked == sorted(worked, reverse=True)
    assert worked[1] < 0.8 * worked[0] and worked[-1] == 0.0
    assert retasking(keep_officers=4)[0].tables["tasks"]["released"].tolist() == pytest.approx(
        logs()[0].tables["tasks"]["released"].tolist(), nan_ok=True
    ), "as is usual"


def test_who_can_be_sent_on_from_the_way_home_covers_more() -> None:
    alone = (
        "strategy.dispatch.in_time_minutes=null",
        "+strategy.retasking={keep_officers: null, eased_minutes: null}",
    )
    assert coverage(logs(*alone, "+strategy.retasking.way_home=true")) > coverage(logs(*alone)) + 0.002


def test_units_are_diverted_and_pre_empted_only_by_the_matrix() -> None:
    anything = "{under_way: [green, yellow], on_scene: [green, yellow], after_end: true}"
    many = "disturbance.background.rate_per_station_hour=0.1"  # else nobody is taken from another
    matrix = f"{{taken_for: {{red: {anything}}}"
    without, taken = (outcomes(logs(many, *more), "diverted") for more in ((), (f"+strategy.retasking={matrix}}}",)))
    assert taken > without
    assert outcomes(logs(many, "+strategy.retasking={taken_for: {red: {after_end: false}}}"), "diverted") == without
    shut = logs(many, f"+strategy.retasking={matrix}, farther_minutes: 1000}}")
    assert outcomes(shut, "diverted") <= taken, "nobody who is free is passed over for one who is not"


def test_the_sooner_who_is_not_needed_goes_the_less_time_is_spent_on_scene() -> None:
    stay, usual, soon = (officers_on_scene(retasking(eased_minutes=m)) for m in ("null", 20, 1))
    assert soon < usual <= stay and usual == officers_on_scene(logs())


def test_the_shorter_duty_is_the_less_is_covered() -> None:
    covered = [coverage(logs(f"+strategy.duty={{longest_minutes: {m}}}")) for m in (1000, 300, 150, 5)]
    assert covered == sorted(covered, reverse=True)
    assert covered[0] == coverage(logs()) and covered[-1] < 0.5 * covered[0]
    off = logs("+strategy.duty={longest_minutes: 5}")[0].tables["unit_states"]
    assert set(off["role"][off["state"] == "off_duty"]) <= {"patrol", "reserve", "attached"}


def test_with_rest_they_come_back() -> None:
    for_good, rested = (logs(f"+strategy.duty={{longest_minutes: 120{rest}}}") for rest in ("", ", rest_minutes: 60"))
    assert coverage(rested) > coverage(for_good)


def test_tired_teams_are_later_everywhere() -> None:
    rested, tired = logs(), logs("+strategy.duty={tired_after_minutes: 60, tired_factor: 4}")
    assert coverage(tired) < coverage(rested) - 0.01
    assert np.array_equal(
        rested[0].tables["coverage"]["voters_covered"][:3], tired[0].tables["coverage"]["voters_covered"][:3]
    ), "nobody is yet"
