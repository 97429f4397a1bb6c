from __future__ import annotations

from dataclasses import replace

import pytest

from sim.config.compose import load
from sim.config.kinds import Kind
from sim.day.world import World
from sim.exercise.quick.deck import Phase, deck_of, hours_of, phase_of
from sim.region.place import AreaPlace, BasePlace, RoadPlace, StationPlace
from sim.vocabulary import BaseKind, PlaceKind
from tests.exercise.quick._helping import small, usual

SORTS = {
    PlaceKind.STATION: StationPlace,
    PlaceKind.BASE: BasePlace,
    PlaceKind.ROAD: RoadPlace,
    PlaceKind.AREA: AreaPlace,
}


def kinds() -> dict[str, Kind]:
    return dict(load("calm_day").kinds)


@pytest.mark.parametrize(
    ("name", "phase"),
    [
        ("riot", Phase.VOTING),
        ("intimidation", Phase.VOTING),
        ("flood", Phase.VOTING),
        ("ballot_box_seizure", Phase.VOTING),
        ("storming_of_count", Phase.EVENING),
        ("ballot_box_interception", Phase.EVENING),
        ("blockade_of_officials", Phase.EVENING),
        ("landslide", Phase.DAY),
        ("office_protest", Phase.DAY),
    ],
)
def test_a_kind_belongs_to_the_hours_in_which_it_does_something(name: str, phase: Phase) -> None:
    assert phase_of(kinds()[name]) is phase


def test_the_hours_go_by_the_record_and_not_by_the_name() -> None:
    riot = kinds()["riot"]
    renamed = riot.model_copy(update={"title": "Storming of a count"})
    assert phase_of(renamed) is phase_of(riot)


def test_voting_cards_come_while_people_vote_and_evening_cards_after_it() -> None:
    scenario = usual().scenario
    opens, closes = scenario.voting.open, scenario.voting.close
    for kind in scenario.kinds.values():
        begin, end = hours_of(kind, scenario)
        assert opens < begin <= end < scenario.voting.day_end
        if phase_of(kind) is Phase.VOTING:
            assert end < closes
        if phase_of(kind) is Phase.EVENING:
            assert begin > closes


def test_every_packaged_kind_is_in_the_deck_with_every_sort_of_place_of_its_record() -> None:
    deck = deck_of(usual())
    assert set(deck) == set(kinds())
    for name, hand in deck.items():
        assert [type(g.places[0]) for g in hand.grounds] == [SORTS[p] for p in kinds()[name].places]


def test_what_may_be_at_bases_is_at_an_office_where_there_is_one() -> None:
    world = usual()
    (ground,) = deck_of(world)["office_protest"].grounds
    found = {world.region.bases[p.base].kind for p in ground.places if isinstance(p, BasePlace)}
    assert found == {BaseKind.OFFICE}


def without(world: World, **parts: object) -> World:
    region = replace(world.region, **parts)  # type: ignore[arg-type]
    gazetteer = type(world.gazetteer)(region)
    return replace(world, region=region, gazetteer=gazetteer)


def test_a_kind_whose_places_the_region_lacks_is_not_in_the_deck() -> None:
    deck = deck_of(without(usual(), bases=()))
    assert "office_protest" not in deck
    assert len(deck["bomb_threat"].grounds) == 1  # stations are left


def test_a_kind_of_which_nobody_ever_tells_is_not_in_the_deck() -> None:
    assert "hoax" not in deck_of(small("kinds.hoax.telling.share=0"))
