"""Strength: people by what they can do, added up and taken away."""

from __future__ import annotations

import pytest

from sim.vocabulary import NOBODY, Strength

PAIR, CREW = Strength.of(presence=2), Strength.of(medical=3, presence=1)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (NOBODY, PAIR, PAIR),
        (PAIR, NOBODY, PAIR),
        (NOBODY, NOBODY, NOBODY),
        (PAIR, CREW, Strength.of(presence=3, medical=3)),
        (CREW, PAIR, Strength.of(presence=3, medical=3)),
    ],
)
def test_who_come_together_can_do_what_each_can_and_are_gone_when_they_are_taken_away(
    one: Strength, other: Strength, together: Strength
) -> None:
    assert one + other == together
    assert together - other == one and together - one == other


def test_of_whom_there_are_none_nothing_is_said() -> None:
    assert (CREW - Strength.of(medical=3)).people == Strength.of(presence=1).people
    assert not CREW - CREW and (CREW - CREW).people == ()
