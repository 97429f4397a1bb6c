"""Deployments: the packaged strategies on the real region, and a made-up place where everything is known."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.response import ResponseSettings
from sim.config.scenario import Scenario
from sim.config.strategy import StrategySettings
from sim.day.world import World
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.region.region import Region
from sim.region.travel import RoadNetwork
from sim.response.deploy.deployment import Deployment, deploy, walk_over
from sim.response.units import UnitSpec

Maker = Callable[..., Region]
SAME = {"police": 2, "stations": 4, "wardens": 8}
PLAIN: dict[str, Any] = {
    "name": "mine",
    "title": "Mine",
    "guards": {"rule": "pattern", "very_high": SAME, "high": SAME, "low": SAME},
    "patrols": [],
    "reserves": [],
    "dispatch": {"policy": "nearest", "take_guards_from": None, "guards_within_minutes": 15},
}
ATTACHED = {"agency": "army", "teams": 1, "size": 30, "vehicle": "truck", "from_severity": "red", "request_delay": 20}


@pytest.fixture(scope="module")
def settings() -> Scenario:
    """The packaged settings without what waits at the bases of the real region."""
    scenario = load("calm_day", ["strategy=even_spread"])
    care = scenario.evacuation.care.model_copy(update={"ambulances": ()})
    return scenario.model_copy(
        update={
            "response": scenario.response.model_copy(update={"attached": ()}),
            "evacuation": scenario.evacuation.model_copy(update={"care": care}),
        }
    )


def nodes(unit: UnitSpec) -> tuple[int, tuple[int, ...]]:
    """Where a unit that stands at no station belongs, and its round."""
    return unit.home.nodes[0], tuple(stop.spot.nodes[0] for stop in unit.stops)


def play(settings: Scenario, region: Region, strategy: dict[str, Any] | None = None, **response: Any) -> Deployment:
    mine = StrategySettings.model_validate({**PLAIN, **(strategy or {})})
    changed = ResponseSettings.model_validate({**settings.response.model_dump(mode="json"), **response})
    scenario = settings.model_copy(update={"strategies": (mine,), "response": changed})
    network = RoadNetwork(region, scenario.region.speed_kmh, scenario.weather.speed_factor, changed.vehicles)
    return deploy(mine, scenario, Gazetteer(region), network, walk_over(region, network))


# Officers by role and posts by class, by hand from each strategy's pattern: 25 / 24 / 396 stations, 238 officers.
PACKAGED = {
    "minimum_pattern": ({"guard": 174, "patrol": 0, "reserve": 64}, 25 + 12 + 50),
    "even_spread": ({"guard": 224, "patrol": 14, "reserve": 0}, 7 + 6 + 99),
    "risk_weighted": ({"guard": 178, "patrol": 60, "reserve": 0}, 89),
    "central_reserve": ({"guard": 124, "patrol": 0, "reserve": 114}, 25 + 12 + 25),
    "forward_reserve": ({"guard": 124, "patrol": 0, "reserve": 114}, 25 + 12 + 25),
}


@pytest.mark.parametrize("name", PACKAGED)
def test_a_packaged_strategy_spends_the_operation_to_the_last_person(riot_world: World, name: str) -> None:
    plan = riot_world.deployments[name]
    by_role, posts = PACKAGED[name]
    assert plan.by_role == by_role
    assert len(plan.posts) == posts
    assert plan.spent == {"police": 238, "wardens": 890}
    assert plan.unspent == {"police": 0, "wardens": 0}
    assert plan.wardens_at.tolist() == [2.0] * 445
    assert sum(p.officers for p in plan.posts) == by_role["guard"]
    assert sum(p.wardens for p in plan.posts) == 890


@pytest.mark.parametrize("name", PACKAGED)
def test_every_station_of_the_real_region_has_exactly_one_post(riot_world: World, name: str) -> None:
    plan = riot_world.deployments[name]
    assert sorted(s for post in plan.posts for s in post.stations) == list(range(445))
    for i, post in enumerate(plan.posts):
        assert (plan.post_of_station[list(post.stations)] == i).all()
        unit = plan.units[post.unit]
        stops = tuple(stop.spot.station for stop in unit.stops)
        assert (unit.role, stops, unit.strength) == ("guard", post.stations, post.officers)
        assert unit.home.station == post.stations[0]
        assert unit.home.nodes == (riot_world.region.stations.node[post.stations[0]],)


def test_every_unit_has_a_name_of_its_own_and_the_same_units_are_always_there(riot_world: World) -> None:
    always = []
    for plan in riot_world.deployments.values():
        names = [u.name for u in plan.units]
        assert len(set(names)) == len(names)
        there = (u for u in plan.units if u.name.startswith(("sector/", "attached/", "ambulance/")))
        always.append([replace(u, request_delay=0.0) for u in there])  # which a joint command does without
    assert all(units == always[0] for units in always)
    roles = [u.role for u in always[0]]
    police_posts = [b for b in riot_world.region.bases if b.agency == "police" and b.kind != "forward post"]
    assert roles.count("patrol") == len(police_posts)
    assert roles.count("ambulance") == 9
    assert roles.count("attached") == 1 + 1 + 1 + 3


def test_a_plan_does_not_change_with_the_weather_when_its_guards_follow_a_pattern(riot_world: World) -> None:
    wet = load("riot_kecamatan3", ["weather=heavy_rain", "strategy=minimum_pattern"])
    network = RoadNetwork(riot_world.region, wet.region.speed_kmh, wet.weather.speed_factor, wet.response.vehicles)
    plan = deploy(wet.strategies[0], wet, riot_world.gazetteer, network, walk_over(riot_world.region, network))
    assert plan.units == riot_world.deployments["minimum_pattern"].units


def test_the_stations_of_a_post_are_close_to_each_other_by_road(riot_world: World) -> None:
    nodes = riot_world.region.stations.node
    plan = riot_world.deployments["minimum_pattern"]
    walked = [nodes[list(post.stations)] for post in plan.posts]
    km = riot_world.network.km()
    hops = np.concatenate([km[stops[:-1], stops[1:]] for stops in walked])
    plain = km[nodes[:-1], nodes[1:]]  # the stations as they stand in the table
    assert hops.mean() < 2.5
    assert hops.mean() < plain.mean()
    assert hops.max() < 35.0


def test_posts_may_reach_over_a_border_and_belong_where_most_stations_are(make_line: Maker, settings: Scenario) -> None:
    region = make_line(5)  # 6 stations in Barat, 4 in Timur
    plan = play(settings, region)
    assert [(p.stations, p.district) for p in plan.posts] == [((0, 1, 2), 0), ((3, 4, 5), 0), ((6, 7, 8, 9), 1)]
    guards = [f"guard/low/{i}" for i in (1, 2, 3)]
    assert [u.name for u in plan.units] == [*guards, "sector/POLRES", "sector/SEK-TIMUR"]
    assert plan.unspent == {"police": 238 - 6, "wardens": 890 - 20}


def test_a_pattern_without_officers_leaves_wardens_and_no_post(make_line: Maker, settings: Scenario) -> None:
    nobody = {"police": 0, "stations": 4, "wardens": 8}
    guards = {"rule": "pattern", "very_high": SAME, "high": SAME, "low": nobody}
    plan = play(settings, make_line(4, classes=[2, 2, 0, 0, 0, 0, 0, 0]), {"guards": guards})
    assert [p.stations for p in plan.posts] == [(0, 1)]
    assert plan.post_of_station.tolist() == [0, 0] + [-1] * 6
    assert plan.wardens_at.tolist() == [2.0] * 8
    assert plan.spent == {"police": 2, "wardens": 16}


def test_patrols_are_dealt_in_turn_to_the_districts_with_most_voters(make_line: Maker, settings: Scenario) -> None:
    region = make_line(4, registered=[100] * 4 + [500] * 4)
    patrols = [{"teams": 3, "size": 2, "vehicle": "motorcycle", "districts": "by_voters"}]
    units = [u for u in play(settings, region, {"patrols": patrols}).units if u.name.startswith("patrol/")]
    assert [(u.name, *nodes(u)) for u in units] == [
        ("patrol/D2/1", 2, (2, 3)),
        ("patrol/D1/1", 0, (0, 1)),
        ("patrol/D2/2", 2, (2, 3)),
    ]


@pytest.mark.parametrize("name", ["Barat", "barat", "D1", "kecamatan 1", "district 1"])
def test_a_district_may_be_named_in_several_ways(make_line: Maker, settings: Scenario, name: str) -> None:
    patrols = [{"teams": 1, "size": 2, "vehicle": "car", "districts": [name]}]
    plan = play(settings, make_line(4), {"patrols": patrols})
    assert [u.district for u in plan.units if u.name == "patrol/D1/1"] == [0]


def test_patrols_by_risk_go_where_the_vulnerable_stations_are(make_line: Maker, settings: Scenario) -> None:
    patrols = [{"teams": 1, "size": 2, "vehicle": "car", "districts": "by_risk"}]
    for classes, code in (([2] * 4 + [0] * 4, "D1"), ([0] * 8, "D2")):  # all alike: the remote district
        plan = play(settings, make_line(4, classes=classes), {"patrols": patrols})
        assert [u.name for u in plan.units if u.name.startswith("patrol/")] == [f"patrol/{code}/1"]


def test_reserves_and_attached_units_wait_at_their_bases(make_line: Maker, settings: Scenario) -> None:
    reserves = [{"base": "SEK-TIMUR", "teams": 2, "size": 10, "vehicle": "truck"}] * 2
    attached = [{"base": "KODIM", **ATTACHED}, {"base": "KODIM", **ATTACHED, "from_severity": "yellow"}]
    plan = play(settings, make_line(4), {"reserves": reserves}, attached=attached)
    units = {u.name: u for u in plan.units}
    assert [n for n in units if n.startswith("reserve/")] == [f"reserve/SEK-TIMUR/{i}" for i in (1, 2, 3, 4)]
    assert {units[f"reserve/SEK-TIMUR/{i}"].home.nodes for i in (1, 2, 3, 4)} == {(3,)}
    army = units["attached/KODIM/army/1"]
    assert (army.home.nodes, army.from_severity, army.request_delay, army.officers) == ((1,), 2, 20.0, 30)
    assert units["attached/KODIM/army/2"].from_severity == 1
    assert plan.spent["police"] == 2 * 2 + 40


def test_no_routine_patrol_when_its_size_is_nothing(make_line: Maker, settings: Scenario) -> None:
    plan = play(settings, make_line(4), sector_patrol_size=0)
    assert {u.role for u in plan.units} == {"guard"}


def test_spending_too_much_is_refused_with_the_shortage(make_line: Maker, settings: Scenario) -> None:
    reserves = [{"base": "POLRES", "teams": 3, "size": 100, "vehicle": "truck"}]
    with pytest.raises(UserError) as told:
        play(settings, make_line(4), {"reserves": reserves})
    assert "strategy 'mine' spends more than there is" in str(told.value)
    assert "police: 304 asked, 238 there, 66 short (POLRES 66)" in str(told.value)


def listed(folder: Path, *rows: str) -> dict[str, Any]:
    """Guards by list."""
    file = folder / "posts.csv"
    file.write_text("\n".join(("post,stations,officers,wardens", *rows)))
    return {"guards": {"rule": "list", "table": str(file)}}


def test_posts_by_list_are_units_of_their_names(make_line: Maker, settings: Scenario, tmp_path: Path) -> None:
    plan = play(settings, make_line(4), listed(tmp_path, "Pasar,V3;V0/1,3,5", "Jaga,V1,0,4", "Hulu,V2,2,4"))
    assert [(u.name, u.strength, u.district) for u in plan.units[:2]] == [("guard/Pasar", 3, 1), ("guard/Hulu", 2, 1)]
    assert [p.stations for p in plan.posts] == [(6, 7, 0), (4, 5)]
    assert plan.post_of_station.tolist() == [0, -1, -1, -1, 1, 1, 0, 0]
    assert plan.wardens_at.tolist() == pytest.approx([5 / 3, 0, 2, 2, 2, 2, 5 / 3, 5 / 3])
    assert [p.label for p in plan.unmanned] == ["Jaga"]
    assert plan.spent == {"police": 5, "wardens": 13}


def test_stations_in_no_post_are_remarked_on_with_the_first_few(
    make_line: Maker, settings: Scenario, tmp_path: Path
) -> None:
    one = play(settings, make_line(4), listed(tmp_path, "A,Barat;V2;V3/1,2,4"))
    assert one.remarks == (
        "strategy 'mine': 1 of 8 stations is in no post (TPS 7): no officers and no wardens stand there",
    )
    many = play(settings, make_line(4), listed(tmp_path, "A,V0,2,4"))
    assert "6 of 8 stations are in no post (TPS 2, TPS 3, TPS 4, …)" in many.remarks[0]
    assert play(settings, make_line(4), listed(tmp_path, "A,Barat,2,4", "B,Timur,2,4")).remarks == ()


def test_a_list_spends_the_same_budget(make_line: Maker, settings: Scenario, tmp_path: Path) -> None:
    patrols = [{"route": ["V2", "V3"], "size": 30, "vehicle": "car"}]
    with pytest.raises(UserError) as told:
        play(settings, make_line(4), {**listed(tmp_path, "A,Barat,230,900"), "patrols": patrols})
    assert str(told.value) == (
        "strategy 'mine' spends more than there is; police: 260 asked, 238 there, 22 short (Timur 22); "
        "wardens: 900 asked, 890 there, 10 short (Barat 10)"
    )


def test_a_patrol_that_keeps_outside_the_region_is_paid_for_too(make_line: Maker, settings: Scenario) -> None:
    region = make_line(4)
    nodes = (*region.nodes[:3], dataclasses.replace(region.nodes[3], district=None))
    outside = dataclasses.replace(region, nodes=(*nodes[:2], dataclasses.replace(nodes[2], district=None), nodes[3]))
    patrols = [{"route": ["V2", "V3"], "size": 300, "vehicle": "car"}]
    with pytest.raises(UserError, match=r"police: 304 asked, 238 there, 66 short \(outside the region 66\)"):
        play(settings, outside, {"patrols": patrols})


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        (
            {"reserves": [{"base": "POLRESS", "teams": 1, "size": 1, "vehicle": "car"}]},
            r"strategy 'mine': reserves\[0\].base: unknown base 'POLRESS' in Garis; did you mean 'POLRES'\?",
        ),
        (
            {"patrols": [{"teams": 1, "size": 1, "vehicle": "car", "districts": ["Barat", "Timor"]}]},
            r"strategy 'mine': patrols\[0\].districts: unknown district 'Timor' in Garis; did you mean 'Timur'\?",
        ),
        (
            {"patrols": [{"teams": 1, "size": 1, "vehicle": "car", "districts": []}]},
            r"patrols\[0\].districts: the list is empty",
        ),
        (
            {
                "guards": {
                    "rule": "risk_weighted",
                    "officers": 8,
                    "post_size": 2,
                    "wardens_per_station": 2,
                    "remoteness_minutes": 60,
                    "low": 0,
                }
            },
            r"strategy 'mine': guards.low, guards.high and guards.very_high leave every station without weight",
        ),
    ],
)
def test_a_mistake_is_named_with_its_strategy_and_setting(
    make_line: Maker, settings: Scenario, strategy: dict[str, Any], message: str
) -> None:
    with pytest.raises(UserError, match=message):
        play(settings, make_line(4), strategy)


def test_an_unknown_base_of_an_attached_unit_is_named(make_line: Maker, settings: Scenario) -> None:
    with pytest.raises(UserError, match=r"response.attached\[0\].base: unknown base 'KODIN'"):
        play(settings, make_line(4), attached=[{"base": "KODIN", **ATTACHED}])
