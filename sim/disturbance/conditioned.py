"""What may start because something else has happened, made ready."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.conditions import THERE, Condition
from sim.config.distribution import Delay
from sim.config.scenario import Scenario
from sim.errors import Mistakes
from sim.region.gazetteer import Gazetteer
from sim.region.place import Place
from sim.vocabulary import Severity


@dataclass(frozen=True)
class Conditioned:
    """A condition of the scenario.

    Attributes:
        after: Kinds of which an incident may be its occasion; none: its occasion is a late opening.
        severity: The severity that such an incident reaches; None: a late opening.
        late: How late a station opens, minutes; None: an incident.
        kind_name: Kind of what may start.
        place: Where; None: where the occasion is.
        probability: How likely each occasion brings it.
        delay: From the occasion to its start.
        starters: Active people at the start; None: the kind's own number.
        times: How many occasions of a day count.
    """

    after: frozenset[str]
    severity: Severity | None
    late: float | None
    kind_name: str
    place: Place | None
    probability: float
    delay: Delay
    starters: int | None
    times: int


def plan_conditions(scenario: Scenario, gazetteer: Gazetteer) -> tuple[Conditioned, ...]:
    """Find the places of a scenario's conditions.

    Raises:
        UserError: For a place that is unknown, or where this kind of disturbance cannot happen.
    """
    kinds = scenario.kinds

    def made(i: int, one: Condition) -> Conditioned:
        then, setting = one.then, f"{scenario.item('conditions', i)}.then.place"
        return Conditioned(
            after=frozenset(name for name, kind in kinds.items() if one.may_follow(name, kind)),
            severity=one.when.severity,
            late=one.when.station_opens_late_minutes,
            kind_name=then.kind,
            place=None if then.place == THERE else gazetteer.find(then.place, setting, kinds[then.kind].places),
            probability=then.probability,
            delay=then.delay,
            starters=then.starters,
            times=one.times,
        )

    mistakes = Mistakes()
    found = mistakes.each(scenario.conditions, made)
    mistakes.refuse()
    return found
