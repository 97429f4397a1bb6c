"""Rules of dispatch: who is sent. Small functions of explicit inputs, looked up by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.config.disturbance import SEVERITIES
from sim.config.strategy import Dispatch
from sim.errors import UserError, nearest

RED = 2


@dataclass(frozen=True)
class Call:
    """What is asked for.

    Attributes:
        severity: 0 green, 1 yellow, 2 red.
        strength_missing: People still missing of one kind.
        district: District of the incident.
        neighbours: Districts that share a border with it.
    """

    severity: int
    strength_missing: int
    district: int
    neighbours: frozenset[int]


@dataclass(frozen=True)
class Candidate:
    """A free unit that could go.

    Attributes:
        unit: Its index.
        strength: People.
        minutes: From the order to arrival: request delay, mean mobilisation, shortest travel; infinite when cut off.
        role: guard, patrol, reserve, attached or ambulance.
        district: Where it belongs.
        from_severity: Sent only from this severity on.
    """

    unit: int
    strength: int
    minutes: float
    role: str
    district: int
    from_severity: int


Policy = Callable[[Call, Sequence[Candidate]], list[int]]
POLICIES: dict[str, Policy] = {}
"""Every rule by its name."""


def _rule(function: Policy) -> Policy:
    POLICIES[function.__name__] = function
    return function


def policy(name: str, setting: str = "dispatch.policy") -> Policy:
    """Return the rule of this name.

    Raises:
        UserError: When there is none, with the nearest name.
    """
    if name not in POLICIES:
        raise UserError(f"{setting}: unknown policy '{name}'; {nearest(name, POLICIES)}")
    return POLICIES[name]


def eligible(call: Call, candidates: Sequence[Candidate], dispatch: Dispatch) -> list[Candidate]:
    """Return the units that may be sent at all, whatever the rule.

    A unit that is cut off, or waits for a higher severity, may not. Guards of other posts may from
    ``take_guards_from`` on, within ``guards_within_minutes``. Below red, ``hold_back`` reserve teams stay: those that
    would need longest.
    """
    from_name = dispatch.take_guards_from
    takes_guards = from_name is not None and call.severity >= SEVERITIES.index(from_name)
    may = [
        c
        for c in candidates
        if c.minutes < float("inf")
        and call.severity >= c.from_severity
        and (c.role != "guard" or (takes_guards and c.minutes <= dispatch.guards_within_minutes))
    ]
    if call.severity < RED and dispatch.hold_back:
        reserves = sorted((c for c in may if c.role == "reserve"), key=lambda c: (-c.minutes, -c.unit))
        held = {c.unit for c in reserves[: dispatch.hold_back]}
        may = [c for c in may if c.unit not in held]
    return may


def _until_met(call: Call, ordered: Sequence[Candidate]) -> list[int]:
    """Take units in order until the strength is met."""
    chosen, strength = [], 0
    for candidate in ordered:
        if strength >= call.strength_missing:
            break
        chosen.append(candidate.unit)
        strength += candidate.strength
    return chosen


@_rule
def nearest_free(call: Call, candidates: Sequence[Candidate]) -> list[int]:
    """Send the units that would be there first, until the strength is met."""
    return _until_met(call, sorted(candidates, key=lambda c: (c.minutes, c.unit)))


@_rule
def own_district_first(call: Call, candidates: Sequence[Candidate]) -> list[int]:
    """Send units of the district, then of its neighbours, then the rest; the nearest first in each."""

    def ring(c: Candidate) -> int:
        return 0 if c.district == call.district else 1 if c.district in call.neighbours else 2

    return _until_met(call, sorted(candidates, key=lambda c: (ring(c), c.minutes, c.unit)))


@_rule
def tiered(call: Call, candidates: Sequence[Candidate]) -> list[int]:
    """Keep reserves for yellow and red: to a green incident go patrols and guards only, the nearest first.

    Attached units wait for the severity that their own setting names (``from_severity``), under this rule as under
    every other.
    """
    return nearest_free(call, [c for c in candidates if call.severity > 0 or c.role != "reserve"])


@_rule
def fewest_units(call: Call, candidates: Sequence[Candidate]) -> list[int]:
    """Send the units that meet most of the need first, so that few are bound; of equal ones the nearest.

    A unit stronger than what is missing counts as what is missing: a platoon is not preferred to a team that suffices.
    """
    return _until_met(
        call, sorted(candidates, key=lambda c: (-min(c.strength, call.strength_missing), c.minutes, c.unit))
    )
