"""One more team at each base: what is reckoned is what really adding the team gives, and it never takes anything away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.config.scenario import Scenario
from sim.config.strategy import StrategySettings
from sim.coverage.one_more import Told, told
from sim.day import Day, World, draw_day, prepare
from sim.day.one_more import Team, one_more, police_bases
from sim.errors import UserError
from sim.log import COVERED_BY
from sim.response.readiness import FORCES
from sim.vocabulary import Force, Role
from tests.conftest import small_scenario

NAME = "even_spread"
CALM = (
    "incidents=[]",
    "disturbance.background.rate_per_station_hour=0",
    "response.reporting.false_reports.per_hour=0",
    "response.force={yellow: {presence: 9, crowd_control: 12}, red: {presence: 18, crowd_control: 20}}",
    "region.forces.police=200",
)
"""Nobody is away, and forces that the small regency can bring together."""
TEAM = Team(12, "truck")


def with_teams(*teams: str) -> tuple[str, ...]:
    return (*CALM, f"strategy.reserves=[{','.join(teams)}]")


def reserve(base: str, size: int = 12, vehicle: str = "truck") -> str:
    return f"{{base: {base}, teams: 1, size: {size}, vehicle: {vehicle}}}"


def with_one_more(scenario: Scenario, code: str, team: Team) -> Scenario:
    (strategy,) = scenario.strategies
    settings = strategy.model_dump(mode="json")
    settings["reserves"] += [{"base": code, "teams": 1, "size": team.size, "vehicle": team.vehicle}]
    return scenario.model_copy(update={"strategies": (StrategySettings.model_validate(settings),)})


def reckoned(world: World, team: Team = TEAM, day: int = 0) -> tuple[Told, dict[str, Told]]:
    found = one_more(world, NAME, day, draw_day(world, day), team)
    return found.planned, {world.region.bases[i].code: one for i, one in found.added.items()}


def really(world: World) -> Told:
    day = Day(world, NAME, 0, draw_day(world, 0))
    day.run()
    return told(day.potential_response().minutes, world.places, world.scenario.response.standard_minutes)


def same(one: Told, other: Told) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def later(one: Told, other: Told, force: Force) -> bool:
    """Whether at some minutes fewer voters have the force than with the other."""

    def by_then(of: Told, minute: float) -> int:
        return int(of.many[(of.force == FORCES.index(force)) & (of.minutes <= minute)].sum())

    return any(by_then(one, m) < by_then(other, m) for m in np.unique([*one.minutes, *other.minutes]))


@pytest.mark.parametrize(
    ("overrides", "kept"),
    [
        ((), ()),
        (("strategy.dispatch={policy: hold_reserve, hold_back: 1, within_minutes: 15, busy: 0.3}",), (reserve("POLRES", 10),)),
        (('closures=[{between: [T1.1, T2.1], closed_at: "08:00", reopened_at: "10:15"}]',), (reserve("SEK-PUT", 9, "car"),)),
        (("strategy.dispatch.take_guards_from=yellow", "strategy.dispatch.policy=tiered"), ()),
    ],
    ids=["nobody else in reserve", "one is held back", "a road is closed", "tiered, with guards"],
)  # fmt: skip
@pytest.mark.parametrize("team", [Team(12, "truck"), Team(9, "motorcycle")], ids=["12 on a truck", "9 on motorcycles"])
def test_it_is_what_really_adding_the_team_gives(overrides: tuple[str, ...], kept: tuple[str, ...], team: Team) -> None:
    scenario = small_scenario(*with_teams(*kept), *overrides)
    world = prepare(scenario)
    planned, added = reckoned(world, team)
    assert same(planned, really(world))
    assert added.keys() == {base.code for base in world.region.bases if base.agency == "police"}
    for code, told_of in added.items():
        assert same(told_of, really(prepare(with_one_more(scenario, code, team)))), code
    formed = team.size >= world.scenario.response.abilities.formed_from
    assert not formed or any(not same(planned, one) for one in added.values())


def test_it_never_takes_anything_away_on_a_day_full_of_trouble(rich_world: World) -> None:
    for day in (0, 1):
        planned, added = reckoned(rich_world, day=day)
        for one in added.values():
            assert (one.covered >= planned.covered).all()
            assert one.voters == planned.voters == one.many[one.force == 0].sum()
            assert not any(later(one, planned, force) for force in FORCES)
        assert any((one.covered > planned.covered).any() for one in added.values())


def test_where_such_a_team_waits_already_the_first_officers_come_no_sooner_but_forces_do() -> None:
    world = prepare(small_scenario(*with_teams(reserve("SEK-PUT"))))
    planned, added = reckoned(world)
    mark = {force: FORCES.index(force) for force in FORCES}
    first = added["SEK-PUT"].force == mark[Force.FIRST]
    before = planned.force == mark[Force.FIRST]
    assert np.array_equal(added["SEK-PUT"].many[first], planned.many[before])
    assert added["SEK-PUT"].covered[mark[Force.FIRST]] == planned.covered[mark[Force.FIRST]]
    assert later(planned, added["SEK-PUT"], Force.RED)
    assert not later(added["SEK-PUT"], planned, Force.BACKUP)


def test_a_formed_team_disperses_a_crowd_and_a_smaller_one_does_not() -> None:
    asked = "response.force={yellow: {crowd_control: 9}, red: {crowd_control: 9}}"
    world = prepare(small_scenario(*with_teams(), asked, "response.attached=[]"))
    for size, helps in ((9, False), (10, True)):
        planned, added = reckoned(world, Team(size, "truck"))
        assert any(later(planned, one, Force.YELLOW) for one in added.values()) is helps, size


def test_a_patrol_is_ready_sooner_and_is_not_held_back() -> None:
    world = prepare(
        small_scenario(
            *with_teams(), "strategy.dispatch={policy: hold_reserve, hold_back: 1, within_minutes: 15, busy: 0.3}"
        )
    )
    _, held = reckoned(world, TEAM)
    planned, patrol = reckoned(world, replace(TEAM, role=Role.PATROL))
    first = FORCES.index(Force.FIRST)
    assert all(one.covered[first] == planned.covered[first] for one in held.values())
    assert any(one.covered[first] > planned.covered[first] for one in patrol.values())


def test_the_plan_itself_is_what_the_table_of_coverage_says(rich_world: World) -> None:
    log = Day(rich_world, NAME, 1, draw_day(rich_world, 1)).run()
    planned, _ = reckoned(rich_world, day=1)
    for force, ending in COVERED_BY.items():
        assert planned.covered[FORCES.index(force)] == log.tables["coverage"][f"voters_{ending}"].sum()
    assert planned.voters == log.tables["coverage"]["voters"].sum()


def test_where_there_is_nobody_at_all_it_is_the_only_one() -> None:
    nobody = "{police: 0, stations: 1, wardens: 2}"
    world = prepare(
        small_scenario(
            *with_teams(),
            f"strategy.guards={{rule: pattern, very_high: {nobody}, high: {nobody}, low: {nobody}}}",
            "strategy.patrols=[]",
            "response.sector_patrol_size=0",
            "response.attached=[]",
            "evacuation.care.ambulances=[]",
        )
    )
    planned, added = reckoned(world)
    assert not planned.covered.any() and np.isinf(planned.minutes).all()
    first, backup = FORCES.index(Force.FIRST), FORCES.index(Force.BACKUP)
    for one in added.values():
        assert np.isfinite(one.minutes[one.force == first]).all()
        assert np.isinf(one.minutes[one.force == backup]).all()
    assert any(one.covered[first] > 0 for one in added.values())


@pytest.mark.parametrize("size", [0, -1, 2.5, True, None, 10**9])
def test_a_team_of_no_size_is_refused(size: object, small_world: World) -> None:
    with pytest.raises(UserError, match=r"size = .*: a team has 1 to 1,000,000 people"):
        reckoned(small_world, Team(size, "truck"))  # type: ignore[arg-type]


def test_a_vehicle_or_role_that_is_none_is_refused(small_world: World) -> None:
    with pytest.raises(UserError, match="unknown vehicle 'trucks'; did you mean 'truck'"):
        reckoned(small_world, Team(12, "trucks"))
    with pytest.raises(UserError, match="'reserve' or 'patrol'"):
        reckoned(small_world, Team(12, "truck", Role.GUARD))


def test_a_region_without_a_base_of_police_is_refused(small_world: World) -> None:
    none = tuple(base for base in small_world.region.bases if base.agency != "police")
    with pytest.raises(UserError, match="no base of agency 'police'"):
        police_bases(replace(small_world, region=replace(small_world.region, bases=none)))
