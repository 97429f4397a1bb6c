"""The day that a room plays: played to its scenario clock, and played anew where the room goes back."""

from __future__ import annotations

from collections.abc import Sequence

from sim.day.day import Day
from sim.day.decisions import Decision
from sim.day.draws import DayDraws, draw_day
from sim.day.picture import Picture
from sim.day.world import World
from sim.errors import UserError, said_again
from sim.exercise.pack.events import ModelEvent, events_of
from sim.exercise.pack.seen import seen_of
from sim.exercise.pack.told import due_times
from sim.exercise.session.actions import Decide
from sim.exercise.session.entry import Entry
from sim.exercise.session.orders import Order
from sim.words.language import gettext as _

Taken = tuple[tuple[float, Decision], ...]
"""Decisions, each with its time, minutes after midnight, in order."""


def taken(decisions: Sequence[Entry]) -> Taken:
    """Return what of a room's decisions moves the model."""
    return tuple(
        (entry.time, order.decision())
        for entry in decisions
        if isinstance(entry.action, Decide)
        for order in entry.action.orders
    )


class Live:
    """The day of a room under the plan in force, with all that the room has decided.

    The same voters, the same onsets and the same delays as on that day of the run; whatever differs comes of the
    room's decisions. A day cannot be played backwards: where the room has gone back, or has undone something, it is
    played anew from the morning, which takes a few hundredths of a second.

    Args:
        world: The prepared scenario.
        strategy: Name of the plan.
        replication: Number of the day.
    """

    def __init__(self, world: World, strategy: str, replication: int) -> None:
        self.world, self.strategy, self.replication = world, strategy, replication
        self._draws: DayDraws = draw_day(world, replication)
        self._taken: Taken = ()
        self._seen: tuple[tuple[float, Taken], list[ModelEvent]] | None = None
        self.day = self._morning()

    def _morning(self) -> Day:
        return Day(self.world, self.strategy, self.replication, self._draws)

    def at(self, time: float, decisions: Taken) -> Day:
        """Return the day at a time, played with some decisions up to it."""
        due = tuple(one for one in decisions if one[0] <= time)
        next_at = due[len(self._taken)][0] if len(due) > len(self._taken) else time
        if self._taken != due[: len(self._taken)] or self.day.env.now > next_at:
            self.forget()
        for when, decision in due[len(self._taken) :]:
            self.day.until(when)
            self.day.act(decision)
            self._taken = (*self._taken, (when, decision))
        self.day.until(time)
        return self.day

    def act(self, time: float, decisions: Taken, orders: Sequence[Order]) -> None:
        """Carry out what the room decides now: all of it or nothing.

        Args:
            time: Minutes after midnight.
            decisions: What it has decided before.
            orders: What it decides now.

        Raises:
            UserError: When something of it cannot be done; nothing has happened then.
        """
        day = self.at(time, decisions)
        for number, order in enumerate(orders, start=1):
            try:
                day.act(order.decision())
            except UserError as error:
                self.forget()
                if len(orders) == 1:
                    raise
                raise said_again(_("decision {number}: {error}").format(number=number, error=error)) from error
            self._taken = (*self._taken, (time, order.decision()))
        self._seen = None

    def forget(self) -> None:
        """Play the day anew when it is asked for next: something happened on it that does not count."""
        self.day, self._taken, self._seen = self._morning(), (), None

    def picture(self, time: float, decisions: Taken) -> Picture:
        """Return how things stand at a time."""
        return self.at(time, decisions).picture()

    def events(self, time: float, decisions: Taken) -> list[ModelEvent]:
        """Return what has happened up to a time, in order; asked again at the same moment, it is not read again."""
        key = (time, decisions)
        if self._seen is None or self._seen[0] != key:
            day = self.at(time, decisions)
            self._seen = key, events_of(seen_of(day, self._draws.troubles), self.world)
        return self._seen[1]

    def happened(self, time: float, decisions: Taken) -> dict[str, float]:
        """Return when each event of the model could be told, by its key in the list of injects, up to a time."""
        due = due_times(self.events(time, decisions))
        return {key: when for key, when in due.items() if when <= time}
