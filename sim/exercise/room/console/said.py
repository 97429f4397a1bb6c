"""What the things of a room are called on the console, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterable

from sim.config.fields import clock_in_words
from sim.errors import UserError
from sim.exercise.inject import Party
from sim.exercise.session.actions import Join
from sim.exercise.session.entry import SIAGA
from sim.exercise.session.orders import Lever, Order, needs
from sim.exercise.session.room import Room
from sim.region.place import Place
from sim.region.position import Position
from sim.words import names
from sim.words import room as room_words
from sim.words import room_console as words
from sim.words.language import number


class Said:
    """Names of units, incidents, places and devices of one room.

    Args:
        room: The room.

    Attributes:
        day: The day as far as it is played; it is looked at only.
    """

    def __init__(self, room: Room) -> None:
        self._room, self.day = room, room.day()
        self._gazetteer = room.live.world.gazetteer
        self._kinds = room.live.world.scenario.kinds
        self._joined = {e.action.device: e.action for e in room.log.entries if isinstance(e.action, Join)}

    def device(self, device: str) -> str:
        """Return what a device is called: by its own label, else by whom it is for."""
        if device == SIAGA:
            return words.SIAGA
        joined = self._joined.get(device)
        if joined is None:
            return words.SOMEBODY
        return joined.label or self.role(joined)

    @staticmethod
    def role(joined: Join) -> str:
        """Return for whom a device is: the party of its player, else its role."""
        return room_words.PARTIES[joined.party] if joined.party is not None else room_words.ROLES[joined.role]

    def place(self, place: Place) -> str:
        """Return the name of a place."""
        return str(self._gazetteer.name_of(place))

    def named(self, code: str) -> str:
        """Return the name of what a code or a name means; itself where it means nothing."""
        try:
            return self.place(self._gazetteer.find(code, "place"))
        except UserError:
            return code

    def kind(self, name: str) -> str:
        """Return the title of a kind of disturbance."""
        return str(self._kinds[name].said_title) if name in self._kinds else name

    def incident(self, identity: str) -> str:
        """Return what an incident is and where; its identity alone where it has not come on this line."""
        incident = self.day.incidents.get(identity)
        if incident is None:
            return identity
        return str(
            words.INCIDENT_AT.format(
                kind=self.kind(incident.start.kind_name), place=self.place(incident.place), identity=identity
            )
        )

    def where(self, position: Position) -> str:
        """Return where a unit is: at a station, at a place, or on the road between two."""
        region = self._room.live.world.region
        if position.station is not None:
            return self.named(region.stations.code[position.station])
        near = self.named(region.nodes[position.node].code)
        if position.ahead is None:
            return near
        return str(words.ON_THE_WAY.format(a=near, b=self.named(region.nodes[position.ahead].code)))

    def order(self, order: Order) -> str:
        """Return what an order says, as a sentence."""
        sentence = "let_go" if order.lever is Lever.HOLD and not order.held else str(order.lever)
        said = {
            "unit": names.unit,
            "incident": self.incident,
            "station": self.named,
            "road": self.named,
            "place": self.named,
        }
        given = {name: said[name](getattr(order, name)) for name in needs(order.lever) if name in said}
        return str(room_words.ORDERS[sentence].format(**given))

    def orders(self, orders: Iterable[Order]) -> list[str]:
        """Return what orders say, a sentence each."""
        return [self.order(order) for order in orders]


def clock(minutes: float) -> str:
    """Return a time of the scenario clock."""
    return clock_in_words(minutes)


def parties(group: Iterable[Party]) -> str:
    """Return who gets an inject: everybody, nobody but the control team, or the parties by name."""
    group = tuple(group)
    if not group:
        return str(words.CONTROL_ONLY)
    if set(group) == set(Party):
        return str(words.EVERYBODY)
    return ", ".join(room_words.PARTIES[party] for party in group)


def minutes(span: float) -> str:
    """Return a span of scenario time: ``7 min``, ``1 h 05 min``."""
    whole = round(span)
    hours, rest = divmod(whole, 60)
    return str(words.HOURS.format(hours=hours, rest=f"{rest:02d}") if hours else words.MINUTES.format(minutes=rest))


def speed(value: float) -> str:
    """Return how fast the scenario clock runs: ``5 ×`` wall time."""
    return str(words.SPEED.format(speed=number(value, "g")))
