"""Reports of what is not there: they take a desk, and a unit goes to look."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import simpy

from sim import exact
from sim.clock import Process
from sim.config.response import FalseReports
from sim.region.place import StationPlace
from sim.response.emergency import Unrecorded
from sim.streams import Streams
from sim.strength import Strength
from sim.vocabulary import Capability, Purpose, Severity

_PAIR = Strength.of(presence=2)


class FalseReport(Unrecorded):
    """Something that was reported and is not there; see :class:`sim.response.emergency.Emergency`.

    It is over when the first officers have seen that there is nothing, or when nobody asks for it any more.

    Args:
        env: The clock.
        identity: What it is called in the records.
        place: Where it is said to be.
    """

    purpose = Purpose.CHECK
    severity = heard = Severity.GREEN
    need = heard_need = _PAIR

    def __init__(self, env: simpy.Environment, identity: str, place: StationPlace) -> None:
        self.identity = identity
        self.place = place
        self.onset = float(env.now)
        self.over = env.event()

    def close(self) -> None:
        """Nobody looks for it any more."""
        if not self.is_over:
            self.over.succeed()

    def arrive(self, strength: Strength, *, sent: bool = True, of_post: bool = False) -> None:
        """Officers have come and see that there is nothing."""
        del sent, of_post
        if strength[Capability.PRESENCE]:
            self.close()


def false_reports(
    env: simpy.Environment,
    settings: FalseReports,
    places: Sequence[StationPlace],
    streams: Streams,
    until: float,
    begin: Callable[[FalseReport], None],
) -> Process[None]:
    """Process: false reports all day long, as a Poisson process over all stations alike.

    Args:
        env: The clock; nothing is reported before now.
        settings: How many there are.
        places: The stations.
        streams: The day's random streams; no strategy changes what is drawn.
        until: When they end, minutes after midnight.
        begin: Lets posko hear of one.
    """
    number = 0
    while settings.per_hour > 0:
        rng = streams.generator("false_reports")
        gap = -exact.log1p(-rng.random()) * 60.0 / settings.per_hour
        if env.now + gap >= until:
            return
        yield env.timeout(gap)
        report = FalseReport(env, f"f{number}", places[int(rng.integers(len(places)))])
        number += 1
        begin(report)
        env.process(_forgotten(env, report, settings.kept_minutes))


def _forgotten(env: simpy.Environment, report: FalseReport, minutes: float) -> Process[None]:
    """Process: after a time nobody looks for it any more."""
    yield env.timeout(minutes)
    report.close()
