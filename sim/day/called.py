"""What a day asked of its officers: the disturbances that a response is measured for, and who was there first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isnan

from sim.config.distribution import Delay
from sim.delay import draw
from sim.disturbance.incident import Incident
from sim.echelon import Echelon
from sim.region.place import Place
from sim.response.plan import ResponsePlan
from sim.response.task import Task
from sim.streams import Streams
from sim.vocabulary import Capability, Severity

_PRESENCE = Capability.PRESENCE


@dataclass(frozen=True, eq=False)
class Called:
    """A reported disturbance that asks for officers, as it was on its day. Times are minutes after midnight.

    Attributes:
        identity: What it is called in the records.
        place: Where it was.
        onset: When it began.
        reported: When its report was received.
        standard: The standard time from then on, minutes.
        ended: When it ended; infinite when it did not.
        known: When the operations centre first knew that it was so bad, or worse, by severity; infinite: it never did.
        sector: When its sector post could order its own first; infinite where there is no such level.
        came: When the first officers came; NaN: nobody did.
        first: The task of those who came first; None: nobody came, or those who did had no task for it.
    """

    identity: str
    place: Place
    onset: float
    reported: float
    standard: float
    ended: float
    known: Mapping[Severity, float]
    sector: float
    came: float
    first: Task | None

    @property
    def is_late(self) -> bool:
        """Whether no officers came within the standard time after the report."""
        return not max(self.came - self.reported, 0.0) <= self.standard

    @property
    def last(self) -> float:
        """Until when somebody who comes is in time: while it lasts, and within the standard time."""
        return min(self.reported + self.standard, self.ended)

    @property
    def free(self) -> float:
        """When those who came first were released; who did not come would have been when it ended."""
        if self.first is None:
            return self.ended
        return inf if isnan(self.first.released) else self.first.released


def called(incidents: Iterable[Incident], tasks: Iterable[Task], plan: ResponsePlan, streams: Streams) -> list[Called]:
    """Return the disturbances of a day that a response is measured for, in the order in which officers were free again.

    These are the reported ones that asked for officers, as in :func:`sim.measures.response.within_standard`.

    Args:
        incidents: All disturbances of the day.
        tasks: All tasks of it.
        plan: The response under its strategy.
        streams: The day's random streams, from which nothing has been drawn.
    """
    firsts = _first(tasks)
    found = [
        _called(incident, firsts.get(incident.identity, []), plan, streams)
        for incident in incidents
        if not isnan(incident.times.reported) and any(force.need[_PRESENCE] for force in incident.forces.values())
    ]
    return sorted(found, key=lambda call: (call.free, inf if isnan(call.came) else call.came))


def _first(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    """Return the tasks of officers who got to each disturbance, by its identity."""
    found: dict[str, list[Task]] = {}
    for task in tasks:
        if task.goal.incident and not isnan(task.arrived) and task.unit.spec.provides.officers:
            found.setdefault(task.goal.incident, []).append(task)
    return found


def _called(incident: Incident, arrived: Sequence[Task], plan: ResponsePlan, streams: Streams) -> Called:
    times = incident.times
    first = next((task for task in arrived if task.arrived == times.first_on_scene), None)
    return Called(
        identity=incident.identity,
        place=incident.place,
        onset=times.onset,
        reported=times.reported,
        standard=plan.settings.standard_minutes,
        ended=inf if isnan(times.ended) else times.ended,
        known=_known(incident),
        sector=_sector(incident, plan, streams),
        came=times.first_on_scene,
        first=first,
    )


def _known(incident: Incident) -> dict[Severity, float]:
    """Return since when the centre knew that it was so bad or worse, and so that officers were asked for.

    A report may have taken it for milder than it was: where the mildest asks for officers, some could be sent then.
    """
    known = {s: f.known for s, f in incident.forces.items() if f.need[_PRESENCE] and not isnan(f.known)}
    mildest = min(incident.kind.needs)
    if incident.handled_by is Echelon.POSKO and incident.kind.needs[mildest][_PRESENCE]:
        known[mildest] = incident.times.handled
    return {s: min((when for worse, when in known.items() if worse >= s), default=inf) for s in Severity}


def _sector(incident: Incident, plan: ResponsePlan, streams: Streams) -> float:
    """Return when a sector post could order: as it did, else when it would have with a desk free at once."""
    times, district = incident.times, incident.place.district
    if not plan.settings.sector_posts.desks or district is None or not plan.sectors[district]:
        return inf
    if incident.handled_by is Echelon.SECTOR:
        return times.handled
    handling: Delay = plan.settings.sector_posts.alarm_handling
    return times.reported + draw(handling, streams.marks(f"incident/{incident.identity}/sector"))
