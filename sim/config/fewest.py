"""The fewest people who can fill a need: one officer of a platoon counts for presence and for crowd control at once."""

from __future__ import annotations

import numpy as np

from sim.config.response import Abilities
from sim.solver import maximise
from sim.strength import Strength
from sim.vocabulary import Agency, Capability

_SENT: tuple[Agency, ...] = tuple(agency for agency in Agency if agency is not Agency.WARDENS)


def fewest_people(need: Strength, abilities: Abilities) -> int | None:
    """Return the fewest people who can do together all that is asked for; None where nobody can.

    Everybody of an agency counts for each of its abilities at once. Who has crowd control stands in a formed unit, so
    of an agency that gives it there are at least ``formed_from`` people. It is a covering problem in whole numbers,
    solved exactly: the fewest ``sum(n)`` with ``sum(n of those who can) >= asked`` for each capability. How large real
    units are is not asked, nor whether there are so many people. An ambulance with its crew counts as one.

    Args:
        need: What is asked for.
        abilities: What the people of each agency can do.
    """
    kinds = [kind for kind in _kinds(abilities) if any(able in kind[0] for able, _ in need)]
    if any(all(able not in kind[0] for kind in kinds) for able, _ in need):
        return None
    return _fewest(need, kinds) if need else 0


def _kinds(abilities: Abilities) -> list[tuple[frozenset[Capability], int]]:
    """Return the different sorts of people: what they can do, and how many of them there are at least where any are."""
    found = dict.fromkeys(
        (frozenset(abilities.of(agency, people)), people if people > 1 else 0)
        for agency in _SENT
        for people in (1, abilities.formed_from)
    )
    return [kind for kind in found if kind[0]]


def _fewest(need: Strength, kinds: list[tuple[frozenset[Capability], int]]) -> int:
    """Solve it: whole numbers of people of each kind, and for each whether there are any (0 or 1)."""
    many, most = len(kinds), max(number for _, number in need) + max(least for _, least in kinds)
    counts = np.array([[able in can for can, _ in kinds] + [False] * many for able, _ in need], dtype=np.float64)
    unit = np.eye(many)
    fewest = np.diag([float(minimum) for _, minimum in kinds])
    rows = np.vstack([counts, np.hstack([unit, -fewest]), np.hstack([-unit, most * many * unit])])
    least = np.array([*(number for _, number in need), *(0 for _ in range(2 * many))], dtype=np.float64)
    found = maximise(
        np.repeat([-1.0, 0.0], many),
        np.ones(2 * many, dtype=np.int64),
        np.repeat([float(most * many), 1.0], many),
        rows,
        np.full(len(rows), np.inf),
        least=least,
    )
    assert found.x is not None, "somebody can do each of it, and there may be as many as it takes"
    return sum(round(n) for n in found.x[:many].tolist())
