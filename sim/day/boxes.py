"""Ballot boxes where disturbances are: where one can start, which boxes it holds, and who is there with them."""

from __future__ import annotations

from collections.abc import Iterator

from sim.day.escort import Escort
from sim.day.joint import Reported
from sim.disturbance.incident import Incident
from sim.disturbance.sources.source import BoxesNow
from sim.region.gazetteer import Gazetteer
from sim.region.place import Place, RoadPlace
from sim.region.position import Position
from sim.response.command.posko import Posko
from sim.strength import NOBODY, Strength
from sim.vocabulary import BoxState

_AT_RISK = (BoxState.WAITING, BoxState.ON_THE_WAY)


def place_of(position: Position, gazetteer: Gazetteer) -> Place:
    """Return the place where something at a position is: a station, a road, else the village, its paths included."""
    if position.station is not None:
        return gazetteer.station_place(position.station)
    road = None if position.ahead is None else gazetteer.region.edge(position.node, position.ahead)
    return gazetteer.area_of_village(position.node) if road is None else gazetteer.road_place(road)


class TroubledBoxes:
    """The boxes of a day as its disturbances find them, and the officers with them as these meet them.

    Args:
        escort: The boxes' way home.
        posko: Is told who is there without an order.
        gazetteer: Finds the places.
    """

    def __init__(self, escort: Escort, posko: Posko, gazetteer: Gazetteer) -> None:
        self.escort = escort
        self.posko = posko
        self.gazetteer = gazetteer
        self._at_boxes: dict[str, tuple[Reported, int]] = {}

    def now(self, station: int) -> BoxesNow | None:
        """Return where a station's boxes are, and the strength with them; None unless they wait or are on their way."""
        boxes = self.escort.boxes_at(station, float(self.escort.env.now))
        if boxes.state not in _AT_RISK:
            return None
        here = boxes.position.station
        wardens = 0.0 if here is None else self.escort.fleet.wardens_at(here)
        return BoxesNow(place_of(boxes.position, self.gazetteer), boxes.officers + wardens)

    def hold(self, incident: Incident) -> None:
        """Let a disturbance hold the boxes where it started; where it started at none, those that are at its place."""
        station = incident.start.boxes_of
        self.escort.hold(list(self._there(incident.place)) if station is None else [station], incident.identity)

    def release(self, identity: str) -> None:
        """Let a disturbance hold none any more."""
        self.escort.release(identity)

    def _there(self, place: Place) -> Iterator[int]:
        """Give the stations whose boxes are at a place: on a road what is on it, else what has not left."""
        left, home, now = self.escort.boxes_left, self.escort.boxes_home, float(self.escort.env.now)
        if not isinstance(place, RoadPlace):
            yield from (station for station in place.stations if left[station] != left[station])
            return
        for station in range(len(left)):
            if left[station] <= now and home[station] != home[station]:
                here = self.escort.boxes_at(station, now).position
                if here.ahead is not None and self.gazetteer.region.edge(here.node, here.ahead) == place.road:
                    yield station

    def meet(self, emergency: Reported, station: int) -> None:
        """Let a disturbance at a station's boxes meet the officers who go with them, as long as they are with them.

        They have no task for it and are reckoned with all the same. Who stands at the station is another matter.
        """
        if self.escort.boxes_left[station] <= self.escort.env.now:
            self._at_boxes[emergency.identity] = emergency, station
            listeners = self.escort.escorts.listeners
            if self._look not in listeners:  # from the first of the day on
                listeners.append(self._look)
            self._look()

    def _look(self) -> None:
        """Note who is with the boxes of each disturbance now."""
        for identity, (emergency, station) in list(self._at_boxes.items()):
            if emergency.is_over:
                del self._at_boxes[identity]
                continue
            unit, before = self.escort.unit_with(station), self.posko.there(emergency)
            now: Strength = NOBODY if unit is None else unit.spec.provides
            if now != before:
                self.posko.note_there(emergency, now)
                if before:
                    emergency.leave(before)
                if now:
                    emergency.arrive(now, sent=False, of_post=True)
