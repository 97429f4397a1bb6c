"""From the day's objects to the columns of its log: stations, units and tasks. Coverage: ``sim/day/coverage.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import repeat
from operator import attrgetter

import numpy as np

from sim.day.escort import Escort
from sim.day.world import World
from sim.disturbance.incident import Incident
from sim.log import NEVER, NOWHERE, Columns, columns, dtypes
from sim.region.place import StationPlace
from sim.region.road_state import OPEN
from sim.response.fleet import Fleet
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.task import COUNTED
from sim.vocabulary import Outcome
from sim.voting.polls import Polls


def station_columns(world: World, polls: Polls, escort: Escort, incidents: Iterable[Incident]) -> Columns:
    """Return the table of stations."""
    stations = world.region.stations
    untold = [i.start.place.station for i in incidents if isinstance(i.start.place, StationPlace) and i.is_untold]
    found = {
        "station": np.arange(len(stations)),
        "district": stations.district,
        **polls.table(),
        **escort.table(),
        "untold": np.bincount(np.array(untold, dtype=np.int64), minlength=len(stations)),
    }
    return {name: np.ascontiguousarray(found[name], dtype=kind) for name, kind in dtypes("stations").items()}


def unit_state_columns(fleet: Fleet) -> Columns:
    """Return the table of what units did: how each unit stands in the records, and its stretches."""
    kinds, records = dtypes("unit_states"), fleet.plan.records
    index, *own = zip(*fleet.stretches, strict=True) if fleet.stretches else [()] * 5
    units = np.array(index, dtype=np.int64)
    rest = zip([name for name in kinds if name not in records], own, strict=True)
    return {
        **{name: column[units] for name, column in records.items()},
        **{name: np.fromiter(values, kinds[name], len(values)) for name, values in rest},
    }


def road_columns(roads: OpenRoads, end: float) -> Columns:
    """Return the table of roads: what was in the way when, and when it was night; ``end``: the day's."""
    rows: list[tuple[int, float, float, float]] = []
    ends = [when for when, _ in roads.history[1:]] + [end]
    for (start, state), over in zip(roads.history, ends, strict=True):
        if state is OPEN or start == over:
            continue
        rows += [(road, start, over, 0.0) for road in sorted(state.closed)]
        rows += [(road, start, over, factor) for road, factor in state.slowed]
        if state.dark:
            rows.append((NOWHERE, start, over, NEVER))
    return columns("roads", rows)


_OF_TASK = {
    "task": "number", "purpose": "goal.purpose", "incident": "goal.incident", "place": "goal.place", "sent": "sent",
    "ordered": "ordered", "departed": "departed", "arrived": "arrived", "released": "released", "returned": "returned",
    "shortest_minutes": "shortest",
}  # fmt: skip
"""Columns of the table of tasks, and where a task has what stands in them."""
_UNIT = attrgetter("unit.index")


def task_columns(ledger: Ledger, incidents: Mapping[str, Incident]) -> Columns:
    """Return the table of tasks; each has the time of the report of its disturbance."""
    kinds, tasks, records = dtypes("tasks"), ledger.tasks, ledger.fleet.plan.records
    n, units = len(tasks), np.fromiter(map(_UNIT, tasks), np.int64, len(tasks))
    reported = {name: incident.times.reported for name, incident in incidents.items()}
    judged = np.zeros((len(COUNTED), n), dtype=np.int64)
    for k, task in enumerate(tasks):
        if task.verdicts:
            judged[:, k] = [*map(task.verdicts.get, COUNTED, repeat(0))]
    found: dict[str, Iterable[object]] = {
        **{name: map(attrgetter(where), tasks) for name, where in _OF_TASK.items()},
        "reported": [reported.get(task.goal.incident, NEVER) for task in tasks],
        "km": [task.km_by_now() for task in tasks],
        "outcome": [task.outcome or Outcome.DAY_END for task in tasks],
    }
    columns = {
        **{name: column[units] for name, column in records.items() if name in kinds},
        **{name: np.fromiter(values, kinds[name], n) for name, values in found.items()},
        **{str(verdict): counts for verdict, counts in zip(COUNTED, judged, strict=True)},
    }
    return {name: columns[name] for name in kinds}
