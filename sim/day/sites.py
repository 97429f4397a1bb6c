"""Sites that people may have to leave: who is at a station or an office, and what sending them away does there."""

from __future__ import annotations

from typing import Protocol

from sim.evacuation.site.network import Site
from sim.evacuation.site.occupants import Occupants
from sim.log import NOWHERE
from sim.region.place import BasePlace
from sim.voting.polls import Polls


class Occupied(Protocol):
    """A site with people in it."""

    @property
    def code(self) -> str:
        """Code of the place."""

    @property
    def station(self) -> int:
        """Index of the station; NOWHERE for anything else."""

    @property
    def stream(self) -> str:
        """What its random streams are called."""

    @property
    def site(self) -> Site:
        """Its layout."""

    def occupants(self) -> Occupants:
        """Return who is there now."""

    def empty(self, cause: str) -> int:
        """Send everybody away; return how many of them were bystanders of a disturbance there."""

    def hold(self, cause: str) -> None:
        """Shut the doors with everybody inside."""

    def free(self, cause: str) -> None:
        """Open them again."""


class StationSite:
    """A polling station.

    Args:
        polls: The stations.
        station: Its index.
        code: Its code.
        site: Its layout.
        crew: Who runs it.
    """

    def __init__(self, polls: Polls, station: int, code: str, site: Site, crew: int) -> None:
        self.polls, self.station, self.code, self.site, self.crew = polls, station, code, site, crew
        self.stream = str(station)

    def occupants(self) -> Occupants:
        """Return who is there now; nobody where its day is over."""
        crowd = self.polls.crowd(self.station)
        if not crowd:
            return Occupants()
        votes = self.polls.votes_so_far(self.station)
        watching = 0 if votes.in_line + votes.in_room else crowd
        return Occupants(votes.in_room, votes.in_line, self.crew, 0, watching)

    def empty(self, cause: str) -> int:
        """Send everybody away; return how many of them were bystanders of a disturbance there."""
        return self.polls.evacuate(self.station, cause)

    def hold(self, cause: str) -> None:
        """Shut the doors with everybody inside."""
        self.polls.impose(self.station, f"held/{cause}", door_open=False)

    def free(self, cause: str) -> None:
        """Open them again."""
        self.polls.lift(self.station, f"held/{cause}")


class OfficeSite:
    """An office or another base: its staff is there until it is sent away, and comes back with the all-clear.

    Args:
        place: The place.
        site: Its layout.
        staff: Who works there.
    """

    station = NOWHERE

    def __init__(self, place: BasePlace, site: Site, staff: int) -> None:
        self.code = self.stream = place.code
        self.site, self.staff = site, staff
        self._away: set[str] = set()

    def occupants(self) -> Occupants:
        """Return who is there now."""
        return Occupants(crew=0 if self._away else self.staff)

    def empty(self, cause: str) -> int:
        """Send everybody away; none of them is a bystander."""
        self._away.add(cause)
        return 0

    def hold(self, cause: str) -> None:
        """Shut the doors: nobody else would come in anyway."""

    def free(self, cause: str) -> None:
        """Open them again."""

    def all_clear(self, cause: str) -> None:
        """Let the staff come back, as far as this disturbance is concerned."""
        self._away.discard(cause)
