"""Every value that a reader sees has a name, and a user's own is said as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from sim.vocabulary import Agency, BaseAgency, BaseKind, Capability, Ending, PlaceKind, Role, Severity, VillageKind
from sim.words import names
from sim.words.language import Language, spoken

EACH: list[tuple[Iterable[str], Mapping[str, str]]] = [
    ([one.word for one in Severity], names.SEVERITY),
    (Agency, names.AGENCY),
    (BaseAgency, names.BASE_AGENCY),
    (BaseKind, names.BASE_KIND),
    (Role, names.ROLE),
    (Capability, names.CAPABILITY),
    (Ending, names.ENDING),
    ([*PlaceKind, *VillageKind, "district"], names.PLACE),
]


@pytest.mark.parametrize(("values", "known"), EACH)
def test_each_value_has_a_name(values: Iterable[str], known: Mapping[str, str]) -> None:
    assert {str(value) for value in values} == set(known)


def test_a_value_is_called_by_its_name_in_the_language_that_is_spoken() -> None:
    assert names.called(names.AGENCY, Agency.MOBILE_BRIGADE) == "mobile brigade"
    with spoken(Language.INDONESIAN):
        assert names.called(names.AGENCY, Agency.MOBILE_BRIGADE) == "Brimob"


def test_a_name_of_a_users_own_is_said_as_it_is() -> None:
    with spoken(Language.INDONESIAN):
        assert names.called(names.VEHICLE, "water cannon") == "water cannon"


def test_a_unit_is_called_by_its_role_and_class() -> None:
    assert names.unit("guard/very_high/3") == "guard/very_high/3"
    with spoken(Language.INDONESIAN):
        assert names.unit("guard/very_high/3") == "personel jaga/sangat rawan/3"
        assert names.unit("sector/SEK-CURUP") == "Polsek/SEK-CURUP"
        assert names.unit("Tim Elang/1") == "Tim Elang/1"
