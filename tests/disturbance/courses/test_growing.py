"""An area that grows, on a clock of its own: villages 2 km apart on a line are in it one after the other."""

from __future__ import annotations

import numpy as np
import simpy

from sim.config.distribution import Delay
from sim.config.kinds import Kind
from sim.disturbance.incident import Incident
from sim.disturbance.start import Start
from sim.region.place import AreaPlace
from sim.streams import Streams
from sim.vocabulary import Ending, Origin, Severity
from tests.disturbance.made_up import END, KINDS, PER_VILLAGE, VILLAGE_TWO, Heard, bare_plan

BEGINS = 600.0


def flood(**changes: float) -> Kind:
    numbers = {"start_km": 0.5, "km_per_hour": 2.0, "most_km": 5.0, "duration": Delay(mean_minutes=300, cv=0)} | changes
    kind = KINDS["flood"]
    red = kind.severities.red
    assert red is not None
    severities = kind.severities.model_copy(update={"red": red.model_copy(update={"from_km": 3.0})})
    return kind.model_copy(update={"course": kind.course.model_copy(update=numbers), "severities": severities})


def lived(kind: Kind, until: float = END) -> tuple[Incident, Heard, list[tuple[float, int, AreaPlace]]]:
    env, heard, places = simpy.Environment(initial_time=BEGINS), Heard(), []
    around = bare_plan().surroundings(VILLAGE_TWO, lambda: np.ones(9, dtype=np.bool_))
    hooks = heard.hooks()

    def changed(incident: Incident) -> None:
        assert isinstance(incident.place, AreaPlace)
        places.append((float(env.now), len(incident.place.villages), incident.place))

    hooks = type(hooks)(hooks.severity, hooks.news, hooks.injury, changed, hooks.ended)
    incident = Incident(
        env, Start("s0", "flood", Origin.SCRIPTED, VILLAGE_TWO, None, 0.0), kind, Streams(1, 0), hooks, END, around
    )
    env.process(incident.live(0))
    env.run(until)
    return incident, heard, places


def test_villages_are_in_it_when_its_radius_has_come_to_them() -> None:
    incident, heard, places = lived(flood())
    grown = [(when, villages) for when, villages, _ in places]
    # 0.5 km at 10:00 and 2 km an hour: 2 km after 45 minutes, 3 km (red) after 75, 4 km after 105, 5 km (most) after 135
    assert [(when, v) for when, v in grown if v != 1] == [
        (BEGINS + 45, 3), (BEGINS + 75, 3), (BEGINS + 105, 5), (BEGINS + 135, 5),
    ]  # fmt: skip
    assert incident.times.red == BEGINS + 75 and heard.severities == [Severity.YELLOW, Severity.RED]
    assert (incident.times.ended, incident.ending) == (BEGINS + 300, Ending.EXPIRED)


def test_the_stations_of_the_villages_are_in_it_and_it_keeps_its_name() -> None:
    *_, places = lived(flood())
    last = places[-1][2]
    assert last.villages == (0, 1, 2, 3, 4) and len(last.stations) == 5 * PER_VILLAGE
    assert (last.code, last.node) == (VILLAGE_TWO.code, VILLAGE_TWO.node)


def test_what_does_not_grow_is_all_there_at_once_and_what_is_over_grows_no_more() -> None:
    *_, places = lived(flood(km_per_hour=0.0, start_km=4.0))
    assert [len(place.villages) for _, _, place in places] == [5]
    *_, places = lived(flood(duration=Delay(mean_minutes=60, cv=0)))
    assert max(villages for _, villages, _ in places) == 3


def test_twice_as_fast_is_there_in_half_the_time() -> None:
    def reached(speed: float) -> float:
        incident, *_ = lived(flood(km_per_hour=speed, start_km=0.0))
        return incident.times.red - BEGINS

    assert reached(2.0) == 2 * reached(4.0) == 90.0
