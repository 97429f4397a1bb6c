"""Everything a simulated day records: the whole contract between the model and whatever reads it.

Each class below is one table; its fields are the columns, in order; what each means, and its unit, stands in
``sim/words/columns.py``, where ``sim.describe`` reads it. Times are minutes after midnight, NaN where the
thing did not happen ("never" is not a number). Numbers of stations and districts are indices into the region's tables.
A run adds the columns ``strategy`` and ``replication`` in front.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

from sim.vocabulary import Capability, Force

NEVER = float("nan")
NOWHERE = -1
"""No code: the only stand-in for nothing in columns of whole numbers."""
OWN_ROUND = -1
"""No way of the day: the unit's own round, as ``deployments/rounds.csv`` of the run has it."""
Columns = dict[str, NDArray[Any]]


class StationDay(NamedTuple):
    """One polling station. Due = voted + every ``lost_*`` + ``deferred`` + ``in_line``."""

    station: int
    district: int
    due: int
    voted: int
    lost_deterred: int
    lost_balked: int
    lost_impatient: int
    lost_unsupplied: int
    lost_evacuated: int
    deferred: int
    in_line: int
    wait_sum: float
    waited_over_30: int
    priority_voted: int
    priority_wait_sum: float
    opened: float
    closed: float
    last_voted: float
    suspended_minutes: float
    evacuations: int
    abandoned: int
    untold: int
    calm_voted: int
    calm_deferred: int
    calm_wait_sum: float
    calm_waited_over_30: int
    calm_last_voted: float
    counted: float
    boxes_left: float
    boxes_home: float
    escorted: int
    unescorted_minutes: float
    held_minutes: float


BOXES = ("boxes_left", "boxes_home", "escorted", "unescorted_minutes", "held_minutes")
"""The columns of a station that are about its ballot boxes."""


class IncidentRow(NamedTuple):
    """One disturbance, from onset to closure."""

    incident: str
    kind: str
    origin: str
    place_kind: str
    place: str
    district: int
    onset: float
    reported: float
    handled: float
    handled_by: str
    ordered: float
    unsent: str
    first_on_scene: float
    first_sent: int
    first_reinforcement: float
    needed: int
    force_complete: float
    yellow: float
    red: float
    peak_active: int
    peak_other: int
    peak_time: float
    peak_severity: int
    joined: int
    dispersed: int
    injured: int
    officers_hurt: int
    withdrawn_minutes: float
    controlled: float
    ended: float
    outcome: str


class ForceRow(NamedTuple):
    """All that one disturbance asked for at one severity that it reached: the effective response force.

    Severities that ask for nothing have no row. It is told by capability, in ``asked_*`` and ``there_*``: people of one
    platoon count for presence and for crowd control at once, so a sum over capabilities would be no number of people.
    """

    incident: str
    severity: int
    reached: float
    known: float
    short: str
    complete: float
    coming: int
    asked_presence: int
    asked_crowd_control: int
    asked_negotiate: int
    asked_investigate: int
    asked_escort: int
    asked_medical: int
    asked_rescue: int
    asked_engineering: int
    there_presence: int
    there_crowd_control: int
    there_negotiate: int
    there_investigate: int
    there_escort: int
    there_medical: int
    there_rescue: int
    there_engineering: int


class TaskRow(NamedTuple):
    """One task of one unit: for an incident, a casualty, ballot boxes, or a new position.

    The last seven columns count the units by what the rule of dispatch said of them when this one was chosen; all are
    zero where no rule was asked.
    """

    task: int
    purpose: str
    incident: str
    place: str
    unit: str
    agency: str
    role: str
    strength: int
    sent: int
    reported: float
    ordered: float
    departed: float
    arrived: float
    released: float
    returned: float
    km: float
    shortest_minutes: float
    outcome: str
    not_needed: int
    busy: int
    held_back: int
    too_far: int
    not_able: int
    cut_off: int
    not_agreed: int
    not_called: int


class UnitStateRow(NamedTuple):
    """One stretch of one unit's day. The stretches of a unit follow each other without gap or overlap."""

    unit: str
    agency: str
    role: str
    strength: int
    district: int
    state: str
    start: float
    end: float
    node: int


class TrackRow(NamedTuple):
    """A stretch in which a unit that could be sent went a way, or stood elsewhere than where it waits.

    Stretches begin before the table of coverage has its last moment, and have one of its moments in them. A unit that
    can be sent and has none at a moment stands where it waits: there ``deployments/rounds.csv`` has its only piece. One
    that starts as it ends is the round that the unit was on its way to when it was called away.
    """

    unit: str
    start: float
    end: float
    way: int
    began: float
    period: float


class WayRow(NamedTuple):
    """A piece of one of the ways of a day: a stay, a road, or the way between the middle of a village and a station.

    Who goes a way since ``began`` is, e minutes after ``begins`` of the last piece that has begun, ``away + slope * e``
    minutes from its node, and ``length - slope * e`` from the node ahead. Minutes since ``began`` begin anew every
    ``period`` minutes where it is not 0. Of a way that is gone once the last piece says where it ends.
    """

    way: int
    begins: float
    length: float
    node: int
    ahead: int
    away: float
    slope: float
    station: int


class RoadRow(NamedTuple):
    """A stretch in which a road was closed or slow, or in which it was night on all of them."""

    road: int
    start: float
    end: float
    speed: float


class EvacuationRow(NamedTuple):
    """One station or office that had to be left."""

    incident: str
    station: int
    place: str
    due: float
    ordered: float
    ordered_by: str
    people: int
    cleared: float
    least_minutes: float
    exposed_minutes: float


class AreaRow(NamedTuple):
    """One area that people were told to leave."""

    incident: str
    plan: str
    due: float
    ordered: float
    people: int
    refused: int
    safe: int
    left_behind: int
    without_place: int
    half_safe: float
    most_safe: float
    last_safe: float
    least_minutes: float
    bottleneck: str
    votes_caught: int
    posts: int
    posts_manned: int
    unguarded_minutes: float


class CasualtyRow(NamedTuple):
    """One injured person."""

    incident: str
    number: int
    triage: str
    injured: float
    sorted: float
    collected: float
    in_care: float
    facility: str
    without_bed: int
    untreated_minutes: float
    least_minutes: float


class CoverageRow(NamedTuple):
    """One district at one moment of the polling hours, every five minutes."""

    district: int
    time: float
    voters: int
    voters_covered: int
    voters_covered_any: int
    voters_backup: int
    voters_yellow: int
    voters_red: int
    stations: int
    stations_covered: int
    stations_backup: int
    stations_yellow: int
    stations_red: int
    area: float
    area_covered: float
    area_backup: float
    area_yellow: float
    area_red: float
    free_units: int
    busy_units: int
    closed_roads: int
    active_incidents: int


class PotentialRow(NamedTuple):
    """For how many voters a force would have needed so long, over all moments of the table of coverage."""

    force: str
    minutes: float
    voters: int


class BoundRow(NamedTuple):
    """The best possible beside the day: reported disturbances that asked for officers.

    There is a row on the first ``run.bound_days`` days only, and none where too much happened to look at it all.
    """

    calls: int
    late: int
    best_late: int
    proved: int


ASKED = {capability: f"asked_{capability}" for capability in Capability}
"""The columns of forces that say how many were asked for, by what they can do."""
THERE = {capability: f"there_{capability}" for capability in Capability}
"""The columns of forces that say how many of them were there."""
COVERED_BY = {Force.FIRST: "covered", Force.BACKUP: "backup", Force.YELLOW: "yellow", Force.RED: "red"}
"""How the columns of coverage end that tell of a force."""
TABLES: dict[str, type] = {
    "stations": StationDay,
    "incidents": IncidentRow,
    "forces": ForceRow,
    "tasks": TaskRow,
    "unit_states": UnitStateRow,
    "tracks": TrackRow,
    "ways": WayRow,
    "roads": RoadRow,
    "evacuations": EvacuationRow,
    "areas": AreaRow,
    "casualties": CasualtyRow,
    "coverage": CoverageRow,
    "potential": PotentialRow,
    "bounds": BoundRow,
}
_DTYPES = {int: np.dtype(np.int64), float: np.dtype(np.float64), str: np.dtype(object)}


@cache
def _types(table: str) -> tuple[tuple[str, np.dtype[np.generic]], ...]:
    return tuple((name, _DTYPES[kind]) for name, kind in get_type_hints(TABLES[table]).items())


def dtypes(table: str) -> dict[str, np.dtype[np.generic]]:
    """Return the columns of a table and their numpy types, in order."""
    return dict(_types(table))


def columns(table: str, rows: Sequence[tuple[object, ...]]) -> Columns:
    """Turn rows of a table into columns of the table's types."""
    types = _types(table)
    values = zip(*rows, strict=True) if rows else [()] * len(types)
    return {name: np.fromiter(v, t, len(v)) for (name, t), v in zip(types, values, strict=True)}


@dataclass
class DayLog:
    """What one day recorded under one strategy: columns by table name."""

    strategy: str
    replication: int
    tables: dict[str, Columns] = field(default_factory=dict)
