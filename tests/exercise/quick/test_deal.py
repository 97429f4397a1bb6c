from __future__ import annotations

from math import isnan

import pytest

from sim.day.day import simulate_day
from sim.day.world import prepare
from sim.errors import UserError
from sim.exercise.quick.card import IDENTITY, draw_card
from sim.exercise.quick.deal import Dealt, deal, quick_world, with_card
from sim.experiment.frames import frame_of
from sim.vocabulary import Purpose
from tests.conftest import SMALL
from tests.exercise.quick._helping import ALONE, small, usual


def table(dealt: Dealt, name: str):
    return frame_of(name, [simulate_day(dealt.world, dealt.plan, dealt.replication)])


def test_nothing_but_the_card_starts_by_itself_unless_it_is_asked_for() -> None:
    quiet = usual().scenario.disturbance.background
    rates = (
        quiet.rate_per_station_hour, quiet.rate_per_office_hour, quiet.rate_per_road_hour, quiet.rate_per_village_hour,
    )  # fmt: skip
    assert rates == (0, 0, 0, 0)
    asked = small("disturbance.background.rate_per_station_hour=0.5")
    dealt = deal(usual(), draw_card(usual(), 2, "brawl"))
    lively = deal(asked, draw_card(asked, 2, "brawl"))
    assert set(table(dealt, "incidents").origin) <= {"scripted", "spread"}
    assert "background" in set(table(lively, "incidents").origin)


def test_incidents_of_a_scenario_give_way_to_the_card_and_its_roads_stay_closed() -> None:
    world = quick_world([*SMALL, "strategy=even_spread", "scenario=riot_kecamatan3"])
    assert world.scenario.incidents == ()
    closed = quick_world([*SMALL, "strategy=even_spread", '+closures=[{between: [T1.1, T1.2], closed_at: "08:00"}]'])
    assert len(closed.closures) == 1


def test_the_world_with_a_card_is_the_one_that_its_scenario_prepares() -> None:
    card = draw_card(usual(), 11)
    mine = with_card(usual(), card)
    again = prepare(mine.scenario)
    assert again.disturbances.scripted == mine.disturbances.scripted
    one, other = (frame_of("incidents", [simulate_day(world, "even_spread", 4)]) for world in (mine, again))
    assert one.equals(other)


@pytest.mark.parametrize("number", range(12))
def test_the_card_is_read_in_the_minute_in_which_the_report_has_come(number: int) -> None:
    dealt = deal(usual(), draw_card(usual(), number))
    (row,) = [row for row in table(dealt, "incidents").itertuples() if row.incident == IDENTITY]
    assert row.onset == dealt.card.onset
    assert dealt.time - 1 <= row.reported <= dealt.time
    assert row.ended > dealt.time


@pytest.mark.parametrize("number", range(12))
def test_whom_the_plan_sends_is_what_the_ledger_of_the_day_says(number: int) -> None:
    dealt = deal(usual(), draw_card(usual(), number))
    tasks = table(dealt, "tasks").itertuples()
    mine = sorted(
        (t.ordered, t.unit, "" if isnan(t.arrived) else f"{t.arrived:.6f}")
        for t in tasks
        if t.incident == IDENTITY and t.purpose == Purpose.INCIDENT and t.ordered < dealt.time + 235
    )
    told = sorted(
        (t.ordered, t.name, "" if isnan(t.arrived) else f"{t.arrived:.6f}")
        for t in dealt.sent
        if t.ordered < dealt.time + 235
    )
    assert [one[:2] for one in told] == [one[:2] for one in mine]
    arrived = [(mine_one, one) for mine_one, one in zip(mine, told, strict=True) if one[2]]
    assert all(mine_one == one for mine_one, one in arrived)


def test_kilometres_and_minutes_of_who_starts_from_his_base_are_those_of_the_roads() -> None:
    world = usual()
    dealt = deal(world, draw_card(world, 5, "landslide"))
    team = next(t for t in dealt.sent if t.name.startswith("attached/BPBD"))
    base = next(b for b in world.region.bases if b.code == "BPBD")
    km = min(world.disturbances.km[base.node, node] for node in dealt.card.place.nodes)
    assert team.start == base.name
    assert team.km >= km - 1e-9  # the quickest way need not be the shortest
    assert team.km < km + 5


def test_a_plan_that_is_not_played_is_refused_with_the_nearest() -> None:
    with pytest.raises(UserError, match="plan 'evn_spread' is not played by this scenario; did you mean 'even_spread'"):
        quick_world([*SMALL, "strategy=even_spread"], "evn_spread")


def test_the_plan_in_force_is_the_one_that_is_asked_for_else_the_first() -> None:
    two = [*SMALL, "strategy=even_spread,minimum_pattern", "strategy.reserves=[]"]
    assert [quick_world(two).scenario.strategies[0].name] == ["even_spread"]
    assert [one.name for one in quick_world(two, "minimum_pattern").scenario.strategies] == ["minimum_pattern"]


def test_a_sweep_is_refused() -> None:
    with pytest.raises(UserError, match="a sweep of 2"):
        quick_world([*SMALL, "weather=dry,heavy_rain"])


def test_a_card_that_nobody_reports_is_said() -> None:
    world = small(*ALONE, "kinds.intimidation.telling.share=0.000001")
    with pytest.raises(UserError, match="card 3: nobody reports it on any of 50 days"):
        deal(world, draw_card(world, 3, "intimidation"))
