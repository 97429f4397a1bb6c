"""Rules of dispatch: who is sent, and what is said of everybody else. Small pure functions, looked up by their rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from math import inf, isinf
from operator import attrgetter
from typing import NamedTuple

from sim.config.dispatch import Dispatch, DispatchRule, FewestUnits, Preparedness
from sim.response.command.cover import Cover, least_missed
from sim.vocabulary import Capability, Role, Severity, Verdict


class Call(NamedTuple):
    """What is asked for.

    Attributes:
        severity: How bad it is, as far as the centre knows.
        capability: What is missing.
        missing: How many people of it.
        district: District of the place; None outside.
        neighbours: Districts that share a border with it.
        sector: Districts that report to the same sector post, its own among them.
        cover: Which free units cover how many voters; None unless the rule asks for it.
    """

    severity: Severity
    capability: Capability
    missing: int
    district: int | None
    neighbours: frozenset[int]
    sector: frozenset[int] = frozenset()
    cover: Cover | None = None


class Candidate(NamedTuple):
    """A free unit that has what is asked for.

    Attributes:
        unit: Its index.
        strength: Its people with that capability.
        minutes: From the order to arrival: request delay, mean mobilisation, shortest travel; infinite when cut off, or
            when it may not be sent anyway.
        role: What it is there for.
        district: Where it belongs; None outside.
        from_severity: Sent only from this severity on.
        is_held: Whether somebody holds it back.
        is_kept: Whether the rule keeps it for something red.
        preference: Its number in the strategy's table of preference for the place; infinite when it is not there.
        may_be_called: Whether who asks may call it.
        makes_up: Whether its people are no officers but make up for them, and so come after all officers.
    """

    unit: int
    strength: int
    minutes: float
    role: Role
    district: int | None
    from_severity: Severity
    is_held: bool = False
    is_kept: bool = False
    preference: float = inf
    may_be_called: bool = True
    makes_up: bool = False


candidate_of: Callable[
    [tuple[int, int, float, Role, int | None, Severity, bool, bool, float, bool, bool]], Candidate
] = partial(tuple.__new__, Candidate)
"""Makes a candidate of all its fields in their order, for half of what its class takes."""


class Choice(NamedTuple):
    """Who is sent, in order, and the verdict on every candidate."""

    units: tuple[int, ...]
    verdicts: dict[int, Verdict]


Policy = Callable[[Call, Sequence[Candidate], Dispatch], Choice]
Order = Callable[[Call, Sequence[Candidate], Dispatch], Sequence[Candidate]]
_GUARD, _SENT, _SPARED, _HELD = Role.GUARD, Verdict.SENT, Verdict.NOT_NEEDED, Verdict.HELD_BACK
"""Asked for so often that looking them up in their enumerations would be a third of the time of a choice."""
_SOONEST, _MAKES_UP = attrgetter("minutes", "unit"), attrgetter("makes_up")
POLICIES: dict[DispatchRule, Policy] = {}
"""What is done under every rule."""


def takes_guards(severity: Severity, dispatch: Dispatch) -> bool:
    """Return whether guards of other posts may be sent at this severity."""
    return dispatch.take_guards_from is not None and severity >= Severity.of(dispatch.take_guards_from)


def may_not(call: Call, candidate: Candidate, dispatch: Dispatch) -> Verdict | None:
    """Return why a free unit may not be sent, whatever the rule; None when it may.

    One that somebody holds, that the rule keeps for something worse, or whose agency waits for a higher severity or is
    not called by who asks, may not; nor one that is cut off. Guards of other posts may from ``take_guards_from`` on,
    within ``guards_within_minutes``.
    """
    if candidate.is_held or (candidate.is_kept and call.severity < Severity.RED):
        return Verdict.HELD_BACK
    if call.severity < candidate.from_severity:
        return Verdict.NOT_AGREED
    if not candidate.may_be_called:
        return Verdict.NOT_CALLED
    is_guard = candidate.role is _GUARD
    if is_guard and not takes_guards(call.severity, dispatch):
        return Verdict.HELD_BACK
    if isinf(candidate.minutes):
        return Verdict.CUT_OFF
    if is_guard and candidate.minutes > dispatch.guards_within_minutes:
        return Verdict.TOO_FAR
    return None


_NEAREST_TO_GOING = (
    Verdict.HELD_BACK, Verdict.CUT_OFF, Verdict.BUSY, Verdict.NOT_AGREED, Verdict.NOT_CALLED,
    Verdict.TOO_FAR,
)  # fmt: skip
"""The verdicts on those who were not sent, those first whom the least kept from going."""


def why_none(verdicts: Iterable[Verdict], *, busy: bool) -> Verdict:
    """Return the one reason why nobody was sent: what kept those who were nearest to going.

    A free unit that the strategy keeps comes before one that is cut off, that before one that is busy, that before an
    agency that may not be called at this severity, that before one that sector posts alone call, and that before guards
    that are too far; where there is none of all these, nobody is able.

    Args:
        verdicts: What the rule said of free units.
        busy: Whether a unit that is able is busy; of guards only the pair whose post it is.
    """
    said = {*verdicts, Verdict.BUSY} if busy else {*verdicts}
    return next((verdict for verdict in _NEAREST_TO_GOING if verdict in said), Verdict.NOT_ABLE)


def _rule(rule: DispatchRule) -> Callable[[Order], Order]:
    """Register a rule: an order in which those who may go are taken until the strength is met.

    Who the order leaves out is held back.
    """

    def register(order: Order) -> Order:
        def choose(call: Call, candidates: Sequence[Candidate], dispatch: Dispatch) -> Choice:
            return _first_of(order, call, candidates, dispatch)

        choose.__doc__ = order.__doc__
        POLICIES[rule] = choose
        return order

    return register


def _first_of(order: Order, call: Call, candidates: Sequence[Candidate], dispatch: Dispatch) -> Choice:
    """Return those who may go and come first in an order, as many as are needed."""
    verdicts: dict[int, Verdict] = {}
    may = []
    for candidate in candidates:
        verdict = may_not(call, candidate, dispatch)
        if verdict is None:
            may.append(candidate)
            verdict = _HELD
        verdicts[candidate.unit] = verdict
    chosen, strength, missing = [], 0, call.missing
    ordered = order(call, may, dispatch)
    if any(map(_MAKES_UP, may)):
        ordered = sorted(ordered, key=_MAKES_UP)
    for candidate in ordered:
        unit = candidate.unit
        if strength >= missing:
            verdicts[unit] = _SPARED
        else:
            verdicts[unit] = _SENT
            chosen.append(unit)
            strength += candidate.strength
    return Choice(tuple(chosen), verdicts)


def may_be_sent(severity: Severity, role: Role, from_severity: Severity, dispatch: Dispatch) -> bool:
    """Return whether the strategy's rule would send a unit at this severity that is at hand and the only one.

    Which reserves stay back, and how far guards go, depends on the others and on the way: it is not asked here.
    """
    call = Call(severity, Capability.PRESENCE, 1, None, frozenset())
    unit = Candidate(0, 1, 0.0, role, None, from_severity)
    return bool(POLICIES[dispatch.policy](call, [unit], dispatch).units)


@_rule(DispatchRule.NEAREST)
def nearest(_call: Call, candidates: Sequence[Candidate], _dispatch: Dispatch) -> Sequence[Candidate]:
    """Send the units that would be there first, until the strength is met."""
    return sorted(candidates, key=_SOONEST)


@_rule(DispatchRule.OWN_SECTOR_FIRST)
def own_sector_first(call: Call, candidates: Sequence[Candidate], _dispatch: Dispatch) -> Sequence[Candidate]:
    """Send units of the district, then of its sector and its neighbours, then the rest; the nearest first in each."""

    def ring(c: Candidate) -> int:
        if c.district is None:
            return 3
        if c.district == call.district:
            return 0
        return 1 if c.district in call.sector else 2 if c.district in call.neighbours else 3

    return sorted(candidates, key=lambda c: (ring(c), c.minutes, c.unit))


@_rule(DispatchRule.FIXED_PREFERENCE)
def fixed_preference(_call: Call, candidates: Sequence[Candidate], _dispatch: Dispatch) -> Sequence[Candidate]:
    """Send units in the order of the strategy's table for the place; after them the others, the nearest first."""
    return sorted(candidates, key=lambda c: (c.preference, c.minutes, c.unit))


@_rule(DispatchRule.TIERED)
def tiered(call: Call, candidates: Sequence[Candidate], dispatch: Dispatch) -> Sequence[Candidate]:
    """Keep reserves for yellow and red: to a green incident go patrols and guards only, the nearest first.

    Attached units wait for the severity that their own setting names (``from_severity``), under this rule as under
    every other.
    """
    may = [c for c in candidates if call.severity > Severity.GREEN or c.role is not Role.RESERVE]
    return nearest(call, may, dispatch)


@_rule(DispatchRule.FEWEST_UNITS)
def fewest_units(call: Call, candidates: Sequence[Candidate], dispatch: Dispatch) -> Sequence[Candidate]:
    """Send the units that meet most of the need first, so that few are bound; of equal ones the nearest.

    A unit stronger than what is missing counts as what is missing: a platoon is not preferred to a team that suffices.
    Those who would be there later than the rule's limit come after all others, the nearest first.
    """
    limit = dispatch.within_minutes if isinstance(dispatch, FewestUnits) else None
    within = inf if limit is None else limit

    def place(c: Candidate) -> tuple[bool, float, float, int]:
        late = c.minutes > within
        return late, 0.0 if late else -min(c.strength, call.missing), c.minutes, c.unit

    return sorted(candidates, key=place)


@_rule(DispatchRule.HOLD_RESERVE)
def hold_reserve(call: Call, candidates: Sequence[Candidate], dispatch: Dispatch) -> Sequence[Candidate]:
    """Send the nearest; reserves that would be missed most are kept for red, which is said of them beforehand."""
    return nearest(call, candidates, dispatch)


@_rule(DispatchRule.PREPAREDNESS)
def preparedness(call: Call, candidates: Sequence[Candidate], dispatch: Dispatch) -> Sequence[Candidate]:
    """Send those whose absence costs least expected coverage: of those who are there in time, then of the others.

    Each is chosen with those before him gone already; who costs the same goes by the time he needs.
    """
    assert isinstance(dispatch, Preparedness)
    if call.cover is None:
        return nearest(call, candidates, dispatch)
    in_time = [c for c in candidates if c.minutes <= dispatch.within_minutes]
    late = [c for c in candidates if c.minutes > dispatch.within_minutes]
    left, found = call.cover, list[Candidate]()
    for part in (in_time, late):
        rest = sorted(part, key=lambda c: (c.minutes, c.unit))
        while rest:
            unit = least_missed(left, [c.unit for c in rest])
            found.append(rest.pop(next(i for i, c in enumerate(rest) if c.unit == unit)))
            left = left.without(unit)
            if sum(c.strength for c in found) >= call.missing:
                return [*found, *rest, *(late if part is in_time else ())]
    return found
