"""What the table of forces says, found again from tasks and casualties alone, with code of its own."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, isnan
from typing import Any

import pandas as pd
import pytest

import sim
from sim.config.scenario import Scenario
from sim.experiment.frames import frame_of
from sim.vocabulary import Capability, Severity
from tests.conftest import small_scenario

RIOTS = (
    'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 40, followers: 0},'
    '{kind: riot, onset: "10:30", place: "Pasar Barat", starters: 40, followers: 0}]'
)
Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module", params=[30, 300], ids=["what is asked for is there", "more is asked for than there is"])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    more = (
        "disturbance.background.rate_per_station_hour=0.1",
        f"kinds.riot.severities.red.needs.crowd_control={request.param}",
    )
    return small_scenario(RIOTS, "strategy=central_reserve", "region.forces.police=160", *more)


@pytest.fixture(scope="module")
def tables(scenario: Scenario) -> Tables:
    world = sim.prepare(scenario)
    logs = [sim.simulate_day(world, "central_reserve", day) for day in range(8)]
    return {name: frame_of(name, logs) for name in ("incidents", "forces", "tasks", "casualties")}


def stays(of_incident: dict[str, pd.DataFrame], scenario: Scenario) -> list[tuple[float, float, int, tuple[str, ...]]]:
    """From when until when each unit was at a disturbance, its people, and what they can do.

    An ambulance is gone when it has loaded the last of those whom it hands over when its task is done.
    """
    found = []
    for task in of_incident["tasks"].to_dict("records"):
        if task["purpose"] not in ("incident", "casualty") or isnan(task["arrived"]):
            continue
        hurt = of_incident["casualties"]
        aboard = hurt[(hurt["in_care"] == task["released"]) & hurt["collected"].notna()]
        until = task["released"] if aboard.empty else aboard["collected"].max()
        able = scenario.response.abilities.of(task["agency"], task["strength"])
        found.append((task["arrived"], inf if isnan(until) else until, task["strength"], tuple(able)))
    return found


def cases(tables: Tables, scenario: Scenario) -> Iterator[tuple[Any, Any, Any]]:
    """Each force, its disturbance, and who was there when."""
    for incident in tables["incidents"].to_dict("records"):
        mine = {
            name: frame[(frame["replication"] == incident["replication"]) & (frame["incident"] == incident["incident"])]
            for name, frame in tables.items()
        }
        there = stays(mine, scenario)
        for force in mine["forces"].to_dict("records"):
            yield force, incident, there


def asked(force: dict[str, Any]) -> dict[str, int]:
    return {able: force[f"asked_{able}"] for able in map(str, Capability) if force[f"asked_{able}"]}


def test_when_all_were_there_and_who_was_there_at_most(tables: Tables, scenario: Scenario) -> None:
    counted = {True: 0, False: 0}
    for force, incident, there in cases(tables, scenario):
        need = asked(force)
        end = inf if isnan(incident["ended"]) else incident["ended"]
        moments = sorted({force["reached"], *(t for a, b, *_ in there for t in (a, b) if force["reached"] < t < end)})
        complete, most, best = inf, -1, {}
        for now in moments:
            people = {able: sum(n for a, b, n, can in there if a <= now < b and able in can) for able in need}
            capped = {able: min(number, people[able]) for able, number in need.items()}
            if sum(capped.values()) > most:
                most, best = sum(capped.values()), capped
            if capped == need:
                complete = now
                break
        assert complete == (inf if isnan(force["complete"]) else force["complete"]), (force, incident["kind"])
        assert best == {able: force[f"there_{able}"] for able in need}, (force, incident["kind"])
        counted[complete < inf] += force["severity"] == Severity.RED
    lacks = scenario.kinds["riot"].needs[Severity.RED][Capability.CROWD_CONTROL] == 300
    assert counted[not lacks] >= 3, f"reds that had all they asked for, and reds that had not: {counted}"


def test_needed_is_the_presence_of_the_worst(tables: Tables) -> None:
    worst = tables["forces"].groupby(["replication", "incident"])["asked_presence"].max()
    incidents = tables["incidents"].set_index(["replication", "incident"])["needed"]
    assert worst.reindex(incidents.index, fill_value=0).equals(incidents.astype(worst.dtype).rename("asked_presence"))
