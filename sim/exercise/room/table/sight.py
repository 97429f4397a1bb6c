"""What of the operations centre's picture each party at the table sees."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sim.exercise.inject import Party
from sim.vocabulary import Agency


class Sight(StrEnum):
    """A part of what the operations centre knows."""

    INCIDENTS = "incidents"
    """Disturbances that have been reported to it, as bad as it thinks them."""
    FORCES = "forces"
    """Every unit: where it is, and what for."""
    OWN_FORCES = "own_forces"
    """The party's own units alone."""
    STATIONS = "stations"
    """Stations that do not keep their hours, as far as it knows."""
    ROADS = "roads"
    """Roads that are closed, as far as it knows."""


SCREEN = frozenset(Sight)
"""What the projector shows: all that the centre knows."""
SIGHT: Mapping[Party, frozenset[Sight]] = {
    Party.POLICE: frozenset({Sight.INCIDENTS, Sight.FORCES, Sight.STATIONS, Sight.ROADS}),
    Party.ARMY: frozenset({Sight.INCIDENTS, Sight.OWN_FORCES, Sight.ROADS}),
    Party.COMMISSION: frozenset({Sight.STATIONS, Sight.ROADS}),
    Party.SUPERVISOR: frozenset(),
    Party.WARDENS: frozenset({Sight.INCIDENTS, Sight.STATIONS, Sight.ROADS}),
    Party.DISASTER_AGENCY: frozenset({Sight.INCIDENTS, Sight.OWN_FORCES, Sight.ROADS}),
    Party.HEALTH: frozenset({Sight.INCIDENTS, Sight.OWN_FORCES, Sight.ROADS}),
    Party.LOCAL_GOVERNMENT: frozenset({Sight.INCIDENTS, Sight.STATIONS, Sight.ROADS}),
}
"""Who sees what on a device of his own; an assumption of the exercise.

The police lead the operations centre. The army, civil protection, the disaster agency, health and the local government
each have a desk in it: they see the disturbances and the roads, and of the units their own. The election commission and
its supervisor work elsewhere: the one hears of its stations, the other of what he is told. Whoever sees more on the
projector may look there, as all in the room do; where that is not wanted, the projector is not switched on.
"""
AGENCIES: Mapping[Party, frozenset[Agency]] = {
    Party.POLICE: frozenset({Agency.POLICE, Agency.MOBILE_BRIGADE}),
    Party.ARMY: frozenset({Agency.ARMY}),
    Party.COMMISSION: frozenset(),
    Party.SUPERVISOR: frozenset(),
    Party.WARDENS: frozenset({Agency.WARDENS}),
    Party.DISASTER_AGENCY: frozenset({Agency.DISASTER}),
    Party.HEALTH: frozenset({Agency.MEDICAL}),
    Party.LOCAL_GOVERNMENT: frozenset({Agency.LOCAL_GOVERNMENT}),
}
"""Whose units are a party's own."""


def sight_of(party: Party | None) -> frozenset[Sight]:
    """Return what a player of a party sees; nothing without a party."""
    return SIGHT[party] if party is not None else frozenset()
