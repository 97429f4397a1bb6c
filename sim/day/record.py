"""From the day's objects to the columns of its log: stations, units and tasks. Coverage: ``sim/day/coverage.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from sim.day.escort import Escort
from sim.day.world import World
from sim.disturbance.incident import Incident
from sim.log import NEVER, Columns, TaskRow, dtypes
from sim.region.place import StationPlace
from sim.response.fleet import Fleet
from sim.response.ledger import Ledger
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


def task_rows(ledger: Ledger, incidents: Mapping[str, Incident]) -> list[TaskRow]:
    """Return the table of tasks; each has the time of the report of its disturbance."""
    reported = {name: incident.times.reported for name, incident in incidents.items()}
    return [task.row(reported.get(task.goal.incident, NEVER)) for task in ledger.tasks]
