"""Everything a simulated day records: the whole contract between the model and whatever reads it.

Each class below is one table; its fields are the columns, in order. Times are minutes after midnight, NaN where the
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

from sim.vocabulary import Force

NEVER = float("nan")
NOWHERE = -1
"""No code: the only stand-in for nothing in columns of whole numbers."""
Columns = dict[str, NDArray[Any]]


class StationDay(NamedTuple):
    """One polling station. Due = voted + every ``lost_*`` + ``deferred`` + ``in_line``."""

    station: int
    district: int
    due: int  # voters who set out for this station today
    voted: int
    lost_deterred: int  # stayed away from a disturbance or from visible force, and did not come later
    lost_balked: int  # went away at the sight of the line, and did not come back
    lost_impatient: int  # left the entrance line after waiting, and did not come back
    lost_unsupplied: int  # found no ballots left
    lost_evacuated: int  # sent home by an evacuation, and did not come back
    deferred: int  # at an abandoned station: a follow-up poll is due
    in_line: int  # still in the station at the end of the simulated day
    wait_sum: float  # minutes before being served at every stage, over those who voted
    waited_over_30: int  # of those who voted
    priority_voted: int  # of those who voted: elderly, disabled and pregnant voters, who go first
    priority_wait_sum: float  # minutes that these waited
    opened: float  # when service began, or would have
    closed: float  # nobody joins the line later; after an interruption perhaps later than the hour of closing
    last_voted: float  # when the last voter left: the real closing of the room
    suspended_minutes: float  # between opening and closing
    evacuations: int
    abandoned: int  # 1 when voting did not go on
    untold: int  # disturbances here that the operations centre never had a report of
    calm_voted: int  # voted on the same day without any incident (calm twin)
    calm_wait_sum: float
    calm_waited_over_30: int
    calm_last_voted: float
    counted: float  # counting finished
    boxes_left: float  # ballot boxes left the station, loaded
    boxes_home: float  # ballot boxes handed over at the district office
    escorted: int  # 1 when officers were with them from the middle of the village to the office, the whole way
    unescorted_minutes: float  # from counted or sealed until handed over, while no officers were with them
    held_minutes: float  # in the same time, while a disturbance held them where they were


BOXES = ("boxes_left", "boxes_home", "escorted", "unescorted_minutes", "held_minutes")
"""The columns of a station that are about its ballot boxes."""


class IncidentRow(NamedTuple):
    """One disturbance, from onset to closure."""

    incident: str  # identity: s0 scripted, b12 and bo3 background, c0 of a condition, s0.20 a follower of s0
    kind: str
    origin: str  # scripted, background, follower, condition
    place_kind: str  # station, base, road, area
    place: str  # code
    district: int  # NOWHERE outside the region
    onset: float
    reported: float  # report received at posko
    handled: float  # the report was handled: from now on units are ordered
    handled_by: str  # who did so first: posko, or the sector post that sent its own; empty: nobody
    ordered: float  # first unit ordered
    unsent: str  # why no officers were ordered when posko first asked for some: a verdict; empty: some were, or came
    first_on_scene: float  # first officers, guards of the post included
    first_sent: int  # 1 they had been ordered; 0 they stood there or came by their round; NOWHERE: nobody came
    first_reinforcement: float  # first unit that had to be sent, other than the guards of the post
    needed: int  # officers that the worst severity it reached asked for
    force_complete: float  # all that the worst severity it reached asked for was there
    yellow: float
    red: float
    peak_active: int  # most active people at one time, of both sides where two crowds meet
    peak_other: int  # most active people of the second side at one time; 0 where there is none
    peak_time: float
    peak_severity: int  # 0 green, 1 yellow, 2 red
    joined: int
    dispersed: int
    injured: int  # officers not among them
    officers_hurt: int
    withdrawn_minutes: float  # for so long those on scene had drawn back: too few before a violent crowd
    controlled: float  # from now on it was no worse than green; its end where it never was worse
    ended: float  # contained, faded or run out: the place is clear
    outcome: str  # contained, faded, resolved, expired, open


class ForceRow(NamedTuple):
    """All that one disturbance asked for at one severity that it reached: the effective response force.

    Severities that ask for nothing have no row.
    """

    incident: str
    severity: int  # 0 green, 1 yellow, 2 red
    reached: float  # it had this severity first
    known: float  # posko had handled the news that it was so bad, or worse
    asked: int  # people of all capabilities together
    most: int  # of these, the most who were there at one time
    short: str  # the capability of which most were missing when most of them were there; empty: none
    complete: float  # all were there at one time, this severity having been reached


class TaskRow(NamedTuple):
    """One task of one unit: for an incident, a casualty, ballot boxes, or a new position.

    The last seven columns count the units by what the rule of dispatch said of them when this one was chosen; all are
    zero where no rule was asked.
    """

    task: int
    purpose: str  # incident, check (of a false report), casualty, boxes, relocation, area_post
    incident: str  # empty for none; f0, f1, … a false report; s0/PLAN/0, … a post of an area
    place: str  # code of where it goes first
    unit: str
    agency: str
    role: str
    strength: int
    sent: int  # 1 ordered; 0 a pair that stood there, or came by its round, took it on
    reported: float  # of the incident
    ordered: float
    departed: float
    arrived: float
    released: float
    returned: float
    km: float  # by road, on the way there, meanwhile, and home
    shortest_minutes: float  # shortest travel time from where it was ordered, with every road open
    outcome: str  # done, recalled, cut_off, diverted, withdrawn, day_end
    not_needed: int
    busy: int
    held_back: int
    too_far: int
    not_able: int
    cut_off: int
    not_agreed: int


class UnitStateRow(NamedTuple):
    """One stretch of one unit's day. The stretches of a unit follow each other without gap or overlap."""

    unit: str
    agency: str
    role: str  # guard, patrol, reserve, attached, ambulance
    strength: int
    district: int  # NOWHERE outside the region
    state: str  # post, free, mobilising, travelling, on_scene, returning, escorting
    start: float
    end: float
    node: int  # where it is, or where it is going


class EvacuationRow(NamedTuple):
    """One station or office that had to be left."""

    incident: str
    station: int  # NOWHERE for an office
    place: str  # code
    due: float  # since when it had to be
    ordered: float  # somebody told people to leave
    ordered_by: str  # chair, first_officer, posko, decision; empty: nobody, they stayed until the danger was over
    people: int
    cleared: float  # last person safe
    least_minutes: float  # no choice of ways out is quicker
    exposed_minutes: float  # person-minutes from the danger to safety


class AreaRow(NamedTuple):
    """One area that people were told to leave."""

    incident: str
    plan: str  # name of the plan that was played
    due: float  # since when it had to be left
    ordered: float
    people: int  # who live there
    refused: int  # who would not leave
    safe: int
    left_behind: int  # who wanted to be safe and never were: at assembly points, in dead ends, without a place
    without_place: int  # of these, at a full shelter
    half_safe: float  # half of those who wanted to leave were in a shelter; NaN: never
    most_safe: float  # nine of ten of them
    last_safe: float  # the last who ever was
    least_minutes: float  # no bus plan, nobody on free roads, and no choice of ways is quicker
    bottleneck: str  # what held up the last: warning, road, buses, reception; empty: nobody left
    votes_caught: int  # of the calm day, still to come when their village was told; none where voting stood still
    posts: int  # of the plan, for traffic and for houses
    posts_manned: int  # of these, at which all officers that they take were at one time
    unguarded_minutes: float  # posts that guard houses, together, without their officers, from the order to the end


class CasualtyRow(NamedTuple):
    """One injured person."""

    incident: str
    number: int
    triage: str  # how badly: immediate, delayed, minor
    injured: float
    sorted: float  # the first crew knew how badly
    collected: float  # aboard; NaN for who is treated on the spot
    in_care: float  # handed over, or treated on the spot
    facility: str  # code of its base, on_the_spot; empty while it is not chosen
    without_bed: int  # 1: none was free where he was brought
    untreated_minutes: float  # from the injury to care, or to the end of the day
    least_minutes: float  # no crew and no plan could have been quicker; NaN: nobody could have brought him


class CoverageRow(NamedTuple):
    """One district at one moment of the polling hours, every five minutes."""

    district: int
    time: float
    voters: int  # registered voters
    voters_covered: int  # whose station the first officers could be at within the standard time
    voters_covered_any: int  # guards of the station's own post counted too
    voters_backup: int  # a second unit
    voters_yellow: int  # the yellow force
    voters_red: int  # the red force
    stations: int
    stations_covered: int
    stations_backup: int
    stations_yellow: int
    stations_red: int
    area: float  # of its villages, km2
    area_covered: float  # of those whose middle the first officers could be at within the standard time
    area_backup: float
    area_yellow: float
    area_red: float
    free_units: int  # of officers, in the district, that posko may send
    busy_units: int
    closed_roads: int  # in the district
    active_incidents: int


class PotentialRow(NamedTuple):
    """For how many voters a force would have needed so long, over all moments of the table of coverage."""

    force: str  # first, first_with_guards, backup, yellow, red
    minutes: float  # rounded up to half minutes; NaN for never
    voters: int  # registered voters, each once a moment


class BoundRow(NamedTuple):
    """The best possible beside the day: reported disturbances that asked for officers.

    There is a row on the first ``run.bound_days`` days only, and none where too much happened to look at it all.
    """

    calls: int
    late: int  # no officers were there within the standard time after the report
    best_late: int  # no dispatch could have had fewer: sim/day/clairvoyant.py says what that means
    proved: int  # 1: a dispatch with so few is known; 0: the search was ended, and the best may have more


COVERED_BY = {Force.FIRST: "covered", Force.BACKUP: "backup", Force.YELLOW: "yellow", Force.RED: "red"}
"""How the columns of coverage end that tell of a force."""
TABLES: dict[str, type] = {
    "stations": StationDay,
    "incidents": IncidentRow,
    "forces": ForceRow,
    "tasks": TaskRow,
    "unit_states": UnitStateRow,
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
    types = dtypes(table)
    values = list(zip(*rows, strict=True)) if rows else [()] * len(types)
    return {name: np.array(list(v), dtype=t) for (name, t), v in zip(types.items(), values, strict=True)}


@dataclass
class DayLog:
    """What one day recorded under one strategy: columns by table name."""

    strategy: str
    replication: int
    tables: dict[str, Columns] = field(default_factory=dict)
