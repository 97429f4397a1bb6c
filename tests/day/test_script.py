"""What a scenario writes down is told in full: what, where by the place's own name, when, how large."""

from __future__ import annotations

from sim.config.compose import load
from sim.config.packaged import SCENARIOS
from sim.config.source import read_yaml
from sim.day.script import ScriptRow, script_rows
from sim.day.world import World, prepare
from tests.conftest import small_scenario

SCRIPT = (
    'incidents=[{kind: riot, onset: "09:40", place: district 3, starters: 18, followers: 2}, '
    '{kind: clash, onset: ["10:00", "10:30"], among: [Pasar Barat, Pasar Timur]}, '
    '{kind: intimidation, onset: "11:00", place: Pasar Barat}, {kind: flood, onset: "12:00", place: Pasar Barat}]',
    "conditions=[{when: {incident: riot, reaches: red}, then: {kind: office_protest, place: KPU, probability: 0.5, "
    "delay: {mean_minutes: 60}, starters: 40}, times: 3}, "
    "{when: {station_opens_late_minutes: 30}, then: {kind: brawl, place: there, probability: 0.1, "
    "delay: {mean_minutes: 0}}}]",
    'closures=[{between: [T1.1, T1.2], closed_at: "09:00", reopened_at: "10:00"}, '
    '{between: [T1.2, T1.1], closed_at: "13:00"}]',
    'slow_stretches=[{between: [T1.1, T1.2], from_time: "07:00", to_time: "08:00", factor: 0.5}]',
    'troubles=[{what: late_opening, place: Pasar Barat, opens_at: "08:00"}, '
    '{what: out_of_use, place: TPS 1 Pasar Barat, stage: booth, servers: 2, from_time: "09:00", to_time: "09:30"}, '
    "{what: short_ballots, place: Pasar Barat, ballots: 100}, "
    '{what: put_off, place: Pasar Timur}, {what: put_off, place: TPS 1 Pasar Barat, stopped_at: "10:30"}]',
)


def small_rows(*overrides: str) -> tuple[World, list[ScriptRow]]:
    world = prepare(small_scenario(*overrides))
    return world, script_rows(world.scenario, world.gazetteer)


def test_every_thing_has_a_row_with_what_where_when_and_how_large() -> None:
    world, rows = small_rows(*SCRIPT)
    riot, clash, pressure, flood, protest, brawl, closed, closed_on, slow, late, booth, ballots, unopened, stopped = (
        rows
    )
    district = world.region.districts[2].name
    assert riot.setting == "incidents[0]" and riot.when == "09:40" and riot.what == "Riot"
    assert riot.where.startswith("TPS ") and riot.district == district
    assert riot.size == "18 people at the start, 2 followers"
    assert clash.when == "10:00 to 10:30, drawn" and clash.district == ""
    assert clash.where.startswith("one of Pasar Barat (")
    both = world.scenario.kinds["clash"].course
    assert clash.size.startswith(f"{both.starters + both.other_side.starters} people at the start")  # type: ignore[union-attr]
    assert pressure.size.startswith("for about ") and flood.size.endswith(" km around")
    assert protest[:3] == ("conditions[0]", "Riot turns red; after 60 min", "Protest at an election office")
    assert protest.size == "40 people at the start, with a probability of 50%, 3 times a day at most"
    assert brawl.when == "a station opens 30 min late" and brawl.where == "there"
    assert closed.when == "09:00 to 10:00" and closed.size == "4.2 km" and closed_on.when == "from 13:00"
    assert closed.where == closed_on.where == slow.where
    assert slow.when == "07:00 to 08:00" and slow.size == "50% of its speed, 4.2 km"
    count = len(world.gazetteer.stations("Pasar Barat", "x"))
    assert late[1:] == ("08:00", "late opening", "Pasar Barat", world.region.districts[0].name, f"{count} stations")
    assert booth[1:4] == ("09:00 to 09:30", "out of use: booth", "TPS 1 Pasar Barat")
    assert booth.size == "2 of its servers at 1 station"
    assert ballots[1:4] == ("all day", "short of ballots", "Pasar Barat")
    assert ballots.size == f"100 sets at {count} stations"
    assert unopened[1:4] == ("all day", "poll put off to another day", "Pasar Timur")
    assert stopped[1:4] == ("from 10:30", "poll put off to another day", "TPS 1 Pasar Barat")
    assert stopped.size == "1 station"


def test_where_is_found_again_as_it_is_told() -> None:
    world, rows = small_rows(*SCRIPT)
    for row in rows:
        if not row.where.startswith("one of ") and row.where != "there":
            place = world.gazetteer.find(row.where, "x")
            assert world.gazetteer.name_of(place) == row.where


def test_an_override_changes_what_is_told() -> None:
    _, (before,) = small_rows('incidents=[{kind: riot, onset: "09:40", place: district 3}]')
    _, (after,) = small_rows('incidents=[{kind: riot, onset: "10:15", place: district 2}]')
    assert (before.when, after.when) == ("09:40", "10:15") and before.where != after.where


def test_of_every_packaged_scenario_everything_is_told() -> None:
    for file in sorted(SCENARIOS.glob("*.yaml")):
        settings = read_yaml(file)
        world = prepare(load(file.stem, ["strategy=even_spread"]))
        rows = script_rows(world.scenario, world.gazetteer)
        parts = ("incidents", "conditions", "closures", "slow_stretches", "troubles")
        assert [row.setting for row in rows] == [f"{p}[{i}]" for p in parts for i in range(len(settings.get(p, [])))]
        assert all(row.when and row.what and row.where and row.size for row in rows)


def test_a_calm_day_has_none() -> None:
    assert small_rows()[1] == []
