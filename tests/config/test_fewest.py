"""The fewest people who can fill a need, against every way to fill it tried out one by one."""

from __future__ import annotations

from itertools import product

import pytest

from sim.config.fewest import fewest_people
from sim.config.response import Abilities
from sim.strength import Strength
from sim.vocabulary import Agency
from tests.conftest import small_scenario

RED = Strength.of(presence=12, crowd_control=30, medical=1)


@pytest.fixture(scope="module")
def packaged() -> Abilities:
    return small_scenario("strategy=even_spread").response.abilities


def abilities(formed_from: int = 1, **can: tuple[str, ...]) -> Abilities:
    nobody = dict.fromkeys((agency.value for agency in Agency), ())
    return Abilities.model_validate({**nobody, **can, "formed_from": formed_from})


def tried_out(need: Strength, given: Abilities, most: int) -> int:
    """Every number of people of each agency, in one unit each, up to some; the fewest that suffice."""
    agencies = [agency for agency in Agency if agency is not Agency.WARDENS and getattr(given, agency)]
    ways = product(range(most + 1), repeat=len(agencies))
    return min(sum(way) for way in ways if _there(way, agencies, given).covers(need))


def _there(way: tuple[int, ...], agencies: list[Agency], given: Abilities) -> Strength:
    units = [Strength.of(dict.fromkeys(given.of(agency, n), n)) for agency, n in zip(agencies, way, strict=True) if n]
    return sum(units, Strength())


def test_a_platoon_counts_for_presence_and_crowd_control_at_once(packaged: Abilities) -> None:
    assert fewest_people(RED, packaged) == 31, "thirty officers and an ambulance; the sum over capabilities is 43"
    assert fewest_people(Strength.of(presence=6, crowd_control=12), packaged) == 12
    assert fewest_people(Strength.of(presence=6), packaged) == 6


def test_nobody_is_nobody_and_what_nobody_can_do_is_said(packaged: Abilities) -> None:
    assert fewest_people(Strength(), packaged) == 0
    assert fewest_people(RED, packaged.model_copy(update={"medical": ()})) is None


def test_crowd_control_asks_for_a_whole_formed_unit(packaged: Abilities) -> None:
    assert fewest_people(Strength.of(crowd_control=3), packaged) == packaged.formed_from
    assert fewest_people(Strength.of(crowd_control=3), packaged.model_copy(update={"formed_from": 20})) == 20


def test_who_can_do_less_at_once_makes_more_people(packaged: Abilities) -> None:
    """Worse: no officer has presence and crowd control both; then all are added up. Better: one has everything."""
    apart = abilities(police=("presence",), army=("crowd_control",), medical=("medical",))
    assert fewest_people(RED, apart) == 43
    assert fewest_people(RED, abilities(police=("presence", "crowd_control", "medical"))) == 30


@pytest.mark.parametrize(
    ("need", "given", "most"),
    [
        ({"presence": 5, "rescue": 3, "escort": 3}, {"police": ("presence", "escort"), "disaster": ("rescue",)}, 6),
        (
            {"presence": 6, "crowd_control": 3, "rescue": 3},
            {"police": ("presence", "crowd_control"), "disaster": ("presence", "rescue")},
            7,
        ),
        (
            {"presence": 4, "negotiate": 4, "rescue": 4},
            {
                "police": ("presence", "negotiate"),
                "army": ("negotiate", "rescue"),
                "disaster": ("presence", "rescue"),
            },
            4,
        ),
        (
            {"presence": 3, "crowd_control": 2, "medical": 2},
            {"police": ("presence", "crowd_control"), "medical": ("medical", "presence")},
            5,
        ),
    ],
)
@pytest.mark.parametrize("formed_from", [1, 3])
def test_it_is_the_least_of_all_ways(
    need: dict[str, int], given: dict[str, tuple[str, ...]], most: int, formed_from: int
) -> None:
    able, asked = abilities(formed_from, **given), Strength.of(**need)
    assert fewest_people(asked, able) == tried_out(asked, able, most)
