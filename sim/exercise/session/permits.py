"""Who in the room may do what: enforced where an action is taken in, not where it is offered."""

from __future__ import annotations

from collections.abc import Mapping

from sim.exercise.inject import Party
from sim.exercise.session.actions import Acknowledge, Answer, Join, Leave, Observe, Propose, Rate, RoomRole
from sim.exercise.session.orders import Lever

_PROGRAM = (Answer, Join, Leave)
"""What the program alone does."""
_MAY: Mapping[RoomRole, tuple[type, ...]] = {
    RoomRole.PLAYER: (Propose, Acknowledge),
    RoomRole.EVALUATOR: (Rate, Observe),
    RoomRole.PROJECTOR: (),
}

_FORCES = frozenset({Lever.SEND, Lever.HOLD, Lever.WITHDRAW, Lever.MOVE_UNIT})
_STATIONS = frozenset({Lever.CLOSE_STATION, Lever.OPEN_STATION})
_LEAVE = frozenset({Lever.EVACUATE_STATION})
_ROADS = frozenset({Lever.CLOSE_ROAD, Lever.OPEN_ROAD})
LEVERS: Mapping[Party, frozenset[Lever]] = {
    Party.POLICE: _FORCES | _LEAVE | _ROADS | {Lever.ASK_FOR_ARMY},
    Party.ARMY: _FORCES,
    Party.COMMISSION: _STATIONS | _LEAVE,
    Party.SUPERVISOR: frozenset(),
    Party.WARDENS: _LEAVE,
    Party.DISASTER_AGENCY: _ROADS | _LEAVE | _FORCES,
    Party.HEALTH: _FORCES,
    Party.LOCAL_GOVERNMENT: _ROADS | _LEAVE | {Lever.ASK_FOR_ARMY},
}
"""By which levers each party may ask for something; an assumption of the exercise, as who decides is what it practises.

Whoever has no lever for what he wants says it in his own words.
"""


def may(role: RoomRole, action: object) -> bool:
    """Say whether a device of a role may do something."""
    if isinstance(action, _PROGRAM):
        return False
    return role is RoomRole.FACILITATOR or isinstance(action, _MAY[role])


def may_pull(party: Party | None, lever: Lever) -> bool:
    """Say whether the player of a party may ask for something by a lever."""
    return party is not None and lever in LEVERS[party]
