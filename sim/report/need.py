"""What a disturbance asks for, and who was there, in words: by what people can do, and the fewest who can fill it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.config.fewest import fewest_people
from sim.config.response import Abilities
from sim.log import ASKED, THERE
from sim.strength import Strength
from sim.vocabulary import Capability
from sim.words import why as words
from sim.words.language import number


def in_words(need: Strength) -> str:
    """Return a strength by capability, as in ``12 for presence, 30 for crowd control``; empty for nobody."""
    return ", ".join(
        words.NEED["for"].format(people=number(people, ","), purpose=words.PURPOSES[able]) for able, people in need
    )


def with_fewest(need: Strength, abilities: Abilities) -> str:
    """Return a need by capability, and where some can count for several, the fewest people who can fill it.

    Args:
        need: What is asked for.
        abilities: What the people of each agency can do.
    """
    said, fewest = in_words(need), fewest_people(need, abilities)
    if fewest is None:
        return words.NEED["nobody"].format(need=said)
    if fewest == sum(people for _, people in need):
        return said
    return words.NEED["fewest"].format(need=said, people=number(fewest, ","))


def there_in_words(need: Strength, there: Strength) -> str:
    """Return who was there of those asked for, as in ``12 of 12 for presence, 16 of 30 for crowd control``."""
    return ", ".join(
        words.NEED["there"].format(
            there=number(there[able], ","), people=number(people, ","), purpose=words.PURPOSES[able]
        )
        for able, people in need
    )


def asked(force: Mapping[str, Any]) -> Strength:
    """Return what a row of the table of forces asks for."""
    return _strength(force, ASKED)


def there(force: Mapping[str, Any]) -> Strength:
    """Return who of those were there when fewest were missing."""
    return _strength(force, THERE)


def _strength(force: Mapping[str, Any], columns: Mapping[Capability, str]) -> Strength:
    return Strength.of({able: int(force[column]) for able, column in columns.items()})
