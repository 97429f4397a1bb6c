"""The calls played by the day's own operations centre, fleet and ledger, on a clock of their own."""

from __future__ import annotations

import numpy as np
import simpy

from sim.alone.calls import ANYWHERE, Calls
from sim.alone.choices import WhenBusy
from sim.alone.choose import NOBODY
from sim.alone.city import City
from sim.alone.events import Conduct, Played
from sim.alone.plan import plan_of
from sim.clock import Process
from sim.config.distribution import Delay
from sim.region.place import AreaPlace
from sim.response.command.posko import Posko
from sim.response.emergency import Emergency, Unrecorded
from sim.response.fleet import Fleet
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.signal import MobileSignal
from sim.streams import Streams
from sim.strength import Strength
from sim.vocabulary import Purpose, Severity

_ONE = Strength.of(presence=1)
"""What every call asks for."""


class CallEmergency(Unrecorded):
    """A call as the day's operations centre sees it; see :class:`sim.response.emergency.Emergency`.

    It is over when the unit that came has done its work, or when it is lost.

    Args:
        env: The clock.
        number: Its number.
        place: Where it is.
        severity: How bad it is, always.
        ledger: Knows who has come.
        calls: All calls.
    """

    purpose = Purpose.INCIDENT
    need = heard_need = _ONE

    def __init__(
        self, env: simpy.Environment, number: int, place: AreaPlace, severity: Severity, ledger: Ledger, calls: Calls
    ) -> None:
        self.env = env
        self.number = number
        self.identity = str(number)
        self.place = place
        self.severity = self.heard = severity
        self.onset = float(calls.came[number])
        self.over = env.event()
        self.handled_at = float("nan")
        self._ledger, self._calls = ledger, calls

    def handled(self) -> None:
        """Take note of when it had been handled."""
        self.handled_at = float(self.env.now)

    def arrive(self, strength: Strength, *, sent: bool = True, of_post: bool = False) -> None:
        """Let whoever has come begin to work."""
        del strength, sent, of_post
        (there,) = [task.unit.index for task in self._ledger.open_tasks(self.identity) if task.on_scene]
        self.env.process(self._worked_on(float(self._calls.service[there][self.number])))

    def _worked_on(self, minutes: float) -> Process[None]:
        yield self.env.timeout(minutes)
        self.over.succeed()


class CallCentre(Posko):
    """The day's operations centre, with the time that each call is at a desk told by the calls."""

    handling: list[float]
    """Minutes at a desk, one a call."""
    loses_who_waits: bool
    """Whether a call for which nobody is free is lost."""

    def _draw(self, delay: Delay, emergency: Emergency, purpose: str) -> float:
        return (
            self.handling[int(emergency.identity)] if purpose == "alarm" else super()._draw(delay, emergency, purpose)
        )

    def _alarm_handled(self, emergency: Emergency) -> None:
        super()._alarm_handled(emergency)
        if self.loses_who_waits and not self.ledger.open_tasks(emergency.identity):
            emergency.over.succeed()


def play_by_posko(city: City, calls: Calls, conduct: Conduct, streams: Streams) -> Played:
    """Let the day's own operations centre play all calls; see :func:`sim.alone.events.play` for the arguments.

    Raises:
        UserError: When there are more places than the day's own network is made for.
    """
    plan, env = plan_of(city, calls, conduct), simpy.Environment()
    roads = OpenRoads(env, plan.network)
    fleet = Fleet(env, plan, roads, streams)
    ledger = Ledger(env, fleet, roads)
    centre = CallCentre(env, plan, fleet, ledger, roads, MobileSignal(plan.signal), streams)
    centre.handling, centre.loses_who_waits = calls.handling.tolist(), conduct.when_busy is WhenBusy.LOST
    emergencies = [
        CallEmergency(env, number, _place(city, calls, number), Severity(severity), ledger, calls)
        for number, severity in enumerate(calls.severity.tolist())
    ]

    def live(emergency: CallEmergency) -> Process[None]:
        yield env.timeout(emergency.onset)
        centre.notice(emergency)

    for emergency in emergencies:
        env.process(live(emergency))
    env.run()
    return _record(ledger, [emergency.handled_at for emergency in emergencies])


def _place(city: City, calls: Calls, number: int) -> AreaPlace:
    place = int(calls.place[number])
    if place == ANYWHERE:
        return AreaPlace("", "", len(city.teams) + number, (), (), None)
    name, node = city.places[place], len(city.teams) + place
    return AreaPlace(name, name, node, (node,), (), city.districts[place])


def _record(ledger: Ledger, handled: list[float]) -> Played:
    n = len(handled)
    unit = np.full(n, NOBODY, dtype=np.int64)
    ordered, departed, arrived, released, free = np.full((5, n), np.nan)
    for task in ledger.tasks:
        call = int(task.goal.incident)
        unit[call] = task.unit.index
        ordered[call], departed[call], arrived[call] = task.ordered, task.departed, task.arrived
        released[call], free[call] = task.released, task.returned
    return Played(unit, np.array(handled), ordered, departed, arrived, released, free)
