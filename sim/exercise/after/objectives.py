"""How each objective was performed: counts of ratings, never a mean of letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sim.exercise.session.actions import Rate, Rating
from sim.exercise.session.life import Standing, is_delivered
from sim.exercise.session.state import State, ratings


@dataclass(frozen=True)
class Objective:
    """How one objective was performed.

    Attributes:
        text: The objective as the list has it; empty: of the injects that serve none.
        counts: How many ratings of each kind there are: the last of each evaluator of each inject.
        injects: Numbers of the injects that serve it.
        delivered: How many of them players got.
        unrated: How many of those that players got nobody has rated.
    """

    text: str
    counts: dict[Rating, int]
    injects: tuple[int, ...]
    delivered: int
    unrated: int

    @property
    def rated(self) -> int:
        """How many ratings there are."""
        return sum(self.counts.values())


def objectives(state: State) -> list[Objective]:
    """Return the objectives in the order in which the list has them; that of no inject comes last.

    Injects that only inform (without an objective and an expected action, and never rated) are left out.
    """
    grouped: dict[str, list[Standing]] = {}
    for standing in sorted(state.injects.values(), key=lambda one: one.inject.seq):
        inject = standing.inject
        if inject.objective.strip() or inject.expected_action.strip() or standing.ratings:
            grouped.setdefault(inject.objective.strip(), []).append(standing)
    return [_objective(text, grouped[text]) for text in sorted(grouped, key=lambda text: not text)]


def total(found: Iterable[Objective]) -> Objective:
    """Return the sum over objectives."""
    listed = list(found)
    return Objective(
        "",
        {rating: sum(one.counts[rating] for one in listed) for rating in Rating},
        tuple(number for one in listed for number in one.injects),
        sum(one.delivered for one in listed),
        sum(one.unrated for one in listed),
    )


def _objective(text: str, standings: list[Standing]) -> Objective:
    given = [one for one in standings if is_delivered(one)]
    found = Counter(
        entry.action.rating for one in standings for entry in ratings(one) if isinstance(entry.action, Rate)
    )
    return Objective(
        text,
        {rating: found[rating] for rating in Rating},
        tuple(one.inject.seq for one in standings),
        len(given),
        sum(not one.ratings for one in given),
    )
