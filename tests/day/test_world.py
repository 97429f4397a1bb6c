"""Preparing a world: places and roads of the scenario are found, or refused with their setting's name."""

from __future__ import annotations

import numpy as np
import pytest

from sim.day.world import prepare
from sim.disturbance.plan import noticing
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.region.place import StationPlace
from tests.conftest import small_scenario


def test_scripted_incidents_stand_at_their_places_and_closures_on_roads() -> None:
    world = prepare(
        small_scenario(
            'incidents=[{kind: riot, onset: "06:15", place: "district 2"},{kind: office_protest, onset: "08:00", place: KPU}]',
            'closures=[{between: [Pasar Barat, Pasar Tengah], closed_at: "09:00"}]',
        )
    )
    riot, protest = (s.start for s in world.disturbances.scripted)
    assert [riot.identity, protest.identity] == ["s0", "s1"]
    assert isinstance(riot.place, StationPlace) and riot.place.district == 1
    assert protest.place == Gazetteer(world.region).base("KPU", "place"), "at its office, not at a station near it"
    assert protest.place.stations == ()
    (closed,) = world.closures
    ends = {world.region.nodes[int(side[closed.road])].name for side in (world.region.roads.u, world.region.roads.v)}
    assert ends == {"Pasar Barat", "Pasar Tengah"} and np.isinf(closed.reopened)
    assert world.start == 6 * 60 + 15, "the day begins with whatever comes first"


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ('incidents=[{kind: riot, onset: "09:00", place: Pasar Tengh}]', "incidents[0].place: unknown place 'Pasar Tengh'"),
        ('closures=[{between: [Pasar Barat, Pasar Timur], closed_at: "09:00"}]', "closures[0].between: no road joins"),
        ('slow_stretches=[{between: [Pasar Barat, Hulu Sungia], factor: 0.5, from_time: "09:00"}]', "slow_stretches[0].between: unknown place 'Hulu Sungia' in Tanjung Contoh; did you mean 'Hulu Sungai'?"),
        ('slow_stretches=[{between: [Pasar Barat, Hulu Sungai], factor: 0.5, from_time: "09:00"}]', "slow_stretches[0].between: no road joins 'Pasar Barat' and 'Hulu Sungai' directly; from 'Pasar Barat': 'Pasar Barat - Air Jernih', "),
        ('closures=[{between: [Pasar Barat, Nowhere], closed_at: "09:00"}]', "closures[0].between: unknown place 'Nowhere'"),
        ('troubles=[{what: late_opening, place: KPU, opens_at: "08:00"}]', "troubles[0].place: 'KPU' is a base, but a station or"),
        ("strategy.dispatch={policy: fixed_preference, preference: {Pasr Barat: [POLRES]}}", "dispatch.preference: unknown place 'Pasr Barat'"),
        ("strategy.dispatch={policy: fixed_preference, preference: {Pasar Barat: [POLRS]}}", "dispatch.preference[Pasar Barat]: unknown unit or base 'POLRS'; did you mean 'POLRES'?"),
        ("strategy.dispatch={policy: fixed_preference, preference: {Pasar Barat: [POLRES, POLRES]}}", "dispatch.preference[Pasar Barat]: 'POLRES' is named twice"),
        ("strategy.reserves=[{base: POLRS, teams: 1, size: 4, vehicle: car}]", "unknown base 'POLRS'"),
        ("response.attached=[{base: XX, agency: army, teams: 1, size: 9, vehicle: car, from_severity: red, request_delay: 0}]",
         "response.attached[0].base"),
        ("evacuation.care.facilities=[{base: NOWHERE, beds: 3}]", "evacuation.care.facilities[0].base: unknown base 'NOWHERE'"),
        ("evacuation.care.ambulances=[{base: XX, count: 1, vehicle: car}]", "evacuation.care.ambulances[0].base"),
    ],
)  # fmt: skip
def test_what_is_nowhere_is_refused(override: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        prepare(small_scenario(override))
    assert says in str(caught.value)


def test_incidents_and_closures_take_every_name_that_the_tool_prints() -> None:
    world = prepare(
        small_scenario(
            'incidents=[{kind: riot, onset: "09:00", place: "TPS 2 Air Jernih"}]',
            'closures=[{between: [Pasar Barat, T1.2], closed_at: "09:00"}]',
        )
    )
    assert world.disturbances.scripted[0].start.place.name == "TPS 2 Air Jernih"
    assert world.region.edge(0, 1) == world.closures[0].road


def test_neighbours_notice_less_with_distance() -> None:
    world = prepare(small_scenario("disturbance.deterred_reach_km=4"))
    plan, place = world.disturbances, world.gazetteer.station_place(0)
    near, share = noticing(plan, place)
    km = plan.km_to_stations(place)[near]
    assert 0 not in near
    assert np.all(np.diff(share[np.argsort(km, kind="stable")]) <= 1e-12)
    assert share.max() <= 1.0 and share.min() >= 0.1
