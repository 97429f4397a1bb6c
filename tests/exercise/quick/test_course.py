from __future__ import annotations

import pytest

from sim.day.day import Day
from sim.day.decisions import CloseStation, EvacuateStation, Hold, MoveUnit, Send
from sim.day.draws import draw_day
from sim.exercise.quick.card import draw_card
from sim.exercise.quick.course import Alternative, alternative_of, capability_of, choose, nearest_free
from sim.exercise.quick.deal import deal, with_card
from sim.exercise.quick.deck import deck_of
from sim.vocabulary import Agency, Capability, Role
from tests.exercise.quick._helping import ALONE, small, usual

RESERVE = "strategy.reserves=[{{base: POLRES, teams: {teams}, size: 15, vehicle: truck}}]"


@pytest.mark.parametrize(
    ("kind", "able"),
    [
        ("riot", Capability.CROWD_CONTROL),
        ("flood", Capability.RESCUE),
        ("landslide", Capability.ENGINEERING),
        ("vandalism", Capability.INVESTIGATE),
        ("intimidation", Capability.PRESENCE),
        ("mobile_outage", Capability.PRESENCE),
    ],
)
def test_the_team_must_be_able_to_do_the_rarest_of_what_is_asked_for(kind: str, able: Capability) -> None:
    assert capability_of(usual().scenario.kinds[kind]) is able


def test_a_team_is_sent_where_one_is_asked_for_and_waits_where_none_is() -> None:
    world = usual()
    for name, hand in deck_of(world).items():
        for ground in hand.grounds:
            found = alternative_of(world.scenario.kinds[name], ground.places[0])
            asks = name not in ("blackout", "mobile_outage")
            assert found is (Alternative.SEND if asks else Alternative.MOVE)


def test_stations_where_people_vote_until_an_area_has_grown_are_emptied_before() -> None:
    world = small("kinds.flood.severities.yellow.effects=[{effect: deter, share: 0.5}]")
    choice = deal(world, draw_card(world, 3, "flood")).choice
    assert choice is not None
    assert choice.what is Alternative.EVACUATE
    assert all(isinstance(one, EvacuateStation) for one in choice.decisions)
    village = draw_card(world, 3, "flood").place
    assert len(choice.decisions) == len(village.stations)


def test_the_nearest_free_team_goes_by_recomputed_minutes() -> None:
    world = small()
    card = draw_card(world, 5, "landslide")
    dealt = deal(world, card)
    day = Day(dealt.world, dealt.plan, dealt.replication, draw_day(dealt.world, dealt.replication))
    day.until(dealt.time)
    found = nearest_free(day, Capability.ENGINEERING)
    assert found is not None
    spot = day.plan.spot(card.place)

    def minutes(unit):  # by the fleet's own rule, not by teams.py
        return day.fleet.ready_minutes(unit) + day.roads.minutes(unit.spec.vehicle, day.fleet.position(unit), spot)

    able = [u for u in day.fleet.units if Capability.ENGINEERING in u.spec.abilities and u.is_idle]
    waiting = [u for u in able if u.spec.role is not Role.PATROL]
    assert minutes(found) == pytest.approx(min(map(minutes, waiting)))


def test_the_army_and_guards_are_never_the_alternative() -> None:
    world = usual()
    for number in range(60):
        choice = deal(world, draw_card(world, number)).choice
        if choice is not None and choice.team is not None:
            assert choice.team.agency is not Agency.ARMY
            assert choice.team.role is not Role.GUARD


def test_the_others_whom_the_plan_sends_soon_go_as_well() -> None:
    world = small(*ALONE, RESERVE.format(teams=2))
    dealt = deal(world, draw_card(world, 5, "riot"))
    assert dealt.choice is not None
    assert dealt.choice.what is Alternative.SEND
    assert [one.unit for one in dealt.choice.decisions if isinstance(one, Send)] == [
        "reserve/POLRES/1",
        "reserve/POLRES/2",
    ]


def test_where_nobody_else_is_free_whom_the_plan_sends_is_sent_sooner() -> None:
    world = small(*ALONE, RESERVE.format(teams=1))
    choice = deal(world, draw_card(world, 5, "riot")).choice
    assert choice is not None
    assert choice.what is Alternative.SOONER


def test_where_nobody_is_free_at_all_the_station_is_closed_while_people_vote() -> None:
    world = small(*ALONE)
    assert isinstance(_only(world, "riot"), CloseStation)
    assert deal(world, draw_card(world, 5, "storming_of_count")).choice is None  # voting is over
    assert deal(world, draw_card(world, 5, "office_protest")).choice is None  # there is no station


def _only(world, kind):
    choice = deal(world, draw_card(world, 5, kind)).choice
    assert choice is not None
    (decision,) = choice.decisions
    return decision


def test_a_team_waits_in_the_village_where_no_telephone_works() -> None:
    world = usual()
    decision = _only(world, "mobile_outage")
    assert isinstance(decision, MoveUnit)
    assert decision.place == draw_card(world, 5, "mobile_outage").place.code


def test_who_is_held_back_is_not_free() -> None:
    world = small(*ALONE, RESERVE.format(teams=1))
    card = draw_card(world, 5, "riot")
    dealt = deal(world, card)
    played = with_card(world, card)
    day = Day(played, dealt.plan, dealt.replication, draw_day(played, dealt.replication))
    day.act(Hold("reserve/POLRES/1"))
    day.until(dealt.time)
    choice = choose(day, card)
    assert choice is not None
    assert choice.what is Alternative.CLOSE
