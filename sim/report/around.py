"""The day around one disturbance: what bound units, moved them, rested them, closed roads and took the signal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import pandas as pd

from sim.config.fields import clock_in_words
from sim.day.watched import OfRoads, OfSignal, RoadChange, Watched
from sim.experiment.again import StoredDay
from sim.report.case import Case, rows_of
from sim.report.sentence import listed
from sim.vocabulary import Purpose, Severity, UnitState
from sim.words import names
from sim.words import why as words
from sim.words.language import number

BEFORE_MINUTES = 60.0
"""The day is told from so long before the onset (an assumption: who was sent then is often still away)."""
MOST = 12
"""Events that are told of unless all are asked for (an assumption: with the timeline they fit on a screen)."""
_NAMED = 3
"""Units and villages that are named before the others are counted."""


@dataclass(frozen=True)
class Around:
    """Something that happened around a disturbance.

    Attributes:
        time: When it began, minutes after midnight.
        text: What.
        weight: How much it matters: the person-minutes for which it took people away from an hour before the onset
            until the disturbance had all that it asked for, or was over; of roads and the signal, infinite where they
            are in its own district, or all of them, and else 0.
    """

    time: float
    text: str
    weight: float


@dataclass(frozen=True)
class Places:
    """The names of places, and where they are.

    Attributes:
        place: Gives the name of a place from its kind and code.
        any_place: Gives the name of a place from its code alone; the code where several have it.
        kind: Gives the title of a kind of disturbance.
        road: Gives the name of a road and its district from its index; district None: in none.
        node: Gives the name of a node and its district from its index; district None: in none.
    """

    place: Callable[[str, str], str]
    any_place: Callable[[str], str]
    kind: Callable[[str], str]
    road: Callable[[int], tuple[str, int | None]]
    node: Callable[[int], tuple[str, int | None]]


def around(case: Case, stored: StoredDay, seen: Watched | None, places: Places) -> list[Around]:
    """Return what happened from an hour before a disturbance until it was over, in order of time.

    Units bound elsewhere, with ballot boxes, moved, going off duty or coming on it are in the tables; roads and the
    signal are not: of them nothing is known unless the day was played again.

    Args:
        case: The disturbance.
        stored: The tables of its day.
        seen: What was seen when the day was played again; None: it was not, or it was another day.
        places: The names of places.
    """
    one = case.incident
    window = _window(case)
    tasks = _spans(stored["tasks"], window)
    found = [
        *_bound(case, stored, tasks, places),
        *_with_boxes(tasks),
        *_moved(tasks, places),
        *_shifts(stored["unit_states"], window),
    ]
    if seen is not None:
        found += _roads(seen.roads, window, places, one["district"])
        found += _signal(seen.signal, window, places, one["district"])
    return sorted(found, key=lambda event: event.time)


def most_relevant(events: list[Around]) -> list[Around]:
    """Return those that matter most, in order of time; of equal ones the first."""
    ranked = sorted(range(len(events)), key=lambda at: (-events[at].weight, at))[:MOST]
    return [events[at] for at in sorted(ranked)]


@dataclass(frozen=True)
class _Window:
    """The time that is told of, minutes after midnight.

    Attributes:
        start: From when on.
        end: Until when: the disturbance is over; infinite where it never was.
        wanted: Until when it asked for somebody who was not there.
    """

    start: float
    end: float
    wanted: float

    def holds(self, time: float) -> bool:
        return self.start <= time < self.end


def _window(case: Case) -> _Window:
    one = case.incident
    end: float = inf if pd.isna(one["ended"]) else one["ended"]
    complete = [force["complete"] for force in case.forces]
    lacked = any(map(pd.isna, complete))
    return _Window(one["onset"] - BEFORE_MINUTES, end, end if lacked else min(end, max(complete, default=end)))


def _spans(tasks: pd.DataFrame, window: _Window) -> pd.DataFrame:
    """Return the tasks that fall into a window, with ``until`` and ``lost``: the person-minutes while it wants people.

    A unit is away until it is back; where that was never, until it was released, or had something else to do.
    """
    until = tasks["returned"].fillna(tasks["released"]).fillna(_next_order(tasks)).fillna(inf)
    last = min(window.wanted, _last(tasks))
    lost = (until.clip(upper=last) - tasks["ordered"].clip(lower=window.start)).clip(lower=0.0)
    found = tasks.assign(until=until, lost=lost * tasks["strength"])
    return found[(found["ordered"] < window.end) & (found["until"] > window.start)]


def _last(tasks: pd.DataFrame) -> float:
    """Return the last time that any task has: no more is known of the day."""
    return max((float(tasks[name].max()) for name in ("ordered", "released", "returned") if len(tasks)), default=0.0)


def _next_order(tasks: pd.DataFrame) -> pd.Series:
    """Return when each unit was given its next task; NaN: it was given none."""
    return tasks.sort_values("ordered", kind="stable").groupby("unit")["ordered"].shift(-1)


def _bound(case: Case, stored: StoredDay, tasks: pd.DataFrame, places: Places) -> Iterator[Around]:
    """Give the other disturbances, and false reports, that had units."""
    known = {str(row["incident"]): row for row in rows_of(stored["incidents"])}
    tasks = tasks[(tasks["incident"] != "") & (tasks["incident"] != case.incident["incident"])]
    for incident, mine in tasks.groupby("incident", sort=False):
        row, who, lost = known.get(str(incident)), _who(mine), float(mine["lost"].sum())
        if row is not None:
            yield Around(float(row["onset"]), _of_incident(row, who, places), lost)
            continue
        key = "check" if mine["purpose"].iloc[0] == Purpose.CHECK else "post"
        place = places.any_place(str(mine["place"].iloc[0]))
        text = words.AROUND[key].format(incident=incident, place=place, **who)
        yield Around(float(mine["ordered"].min()), text, lost)


def _of_incident(row: Mapping[str, Any], who: Mapping[str, str], places: Places) -> str:
    return words.AROUND["incident"].format(
        kind=places.kind(row["kind"]),
        place=places.place(row["place_kind"], row["place"]),
        incident=row["incident"],
        severity=names.called(names.SEVERITY, Severity(row["peak_severity"]).word),
        ended=_until(inf if pd.isna(row["ended"]) else row["ended"]),
        **who,
    )


def _who(tasks: pd.DataFrame) -> dict[str, str]:
    """Return the units of some tasks, their people, and from when to when they were away, in words."""
    return {
        **_of_units(tasks.drop_duplicates("unit")),
        "start": clock_in_words(tasks["ordered"].min()),
        "until": _until(tasks["until"].max()),
    }


def _of_units(units: pd.DataFrame) -> dict[str, str]:
    """Return some units, a row each, and their people in words."""
    people = number(int(units["strength"].sum()), ",")
    return {"units": _some([names.unit(unit) for unit in units["unit"]]), "people": people}


def _with_boxes(tasks: pd.DataFrame) -> Iterator[Around]:
    """Give in one line the units that were with ballot boxes."""
    boxes = tasks[tasks["purpose"] == Purpose.BOXES]
    if len(boxes):
        text = words.AROUND["boxes"].format(**_who(boxes))
        yield Around(float(boxes["ordered"].min()), text, float(boxes["lost"].sum()))


def _moved(tasks: pd.DataFrame, places: Places) -> Iterator[Around]:
    """Give the units that were sent elsewhere to wait."""
    for row in rows_of(tasks[tasks["purpose"] == Purpose.RELOCATION]):
        came = pd.notna(row["arrived"])
        text = words.AROUND["moved" if came else "moving"].format(
            unit=names.unit(row["unit"]), people=row["strength"], place=places.any_place(row["place"]),
            arrived=clock_in_words(row["arrived"]) if came else "",
        )  # fmt: skip
        yield Around(row["ordered"], text, float(row["lost"]))


def _shifts(states: pd.DataFrame, window: _Window) -> Iterator[Around]:
    """Give who went off duty and who came on it, together where it was at one time."""
    off = states[states["state"] == UnitState.OFF_DUTY]
    first, last = states["start"].min(), states["end"].max()
    for key, column in (("off", "start"), ("on", "end")):
        here = off[off[column].map(window.holds) & (off[column] > first) & (off[column] < last)]
        for time, mine in here.groupby(column):
            lost = int(mine["strength"].sum()) * max(0.0, min(window.wanted, last) - float(time))
            yield Around(float(time), words.AROUND[key].format(**_of_units(mine)), lost)


def _roads(roads: list[OfRoads], window: _Window, places: Places, district: int) -> Iterator[Around]:
    """Give what became of roads, those together that the same became of at one time."""
    together: dict[tuple[float, RoadChange], list[OfRoads]] = {}
    for change in roads:
        if window.holds(change.time):
            together.setdefault((change.time, change.change), []).append(change)
    for (time, what), changes in together.items():
        where = [places.road(one.road) for one in changes if one.road is not None]
        text = words.ROADS[what].format(roads=_some([name for name, _ in where]))
        yield Around(time, text, inf if not where or district in {at for _, at in where} else 0.0)


def _signal(changes: list[OfSignal], window: _Window, places: Places, district: int) -> Iterator[Around]:
    for change in changes:
        if window.holds(change.time):
            where = [places.node(node) for node in change.nodes]
            text = words.AROUND["signal_back" if change.back else "signal_lost"].format(
                places=_some([name for name, _ in where])
            )
            yield Around(change.time, text, inf if district in {at for _, at in where} else 0.0)


def _some(all_of_them: list[str]) -> str:
    """Return the first few names, and how many more there are."""
    if len(all_of_them) <= _NAMED + 1:
        return listed(all_of_them)
    return words.AROUND["some"].format(names=", ".join(all_of_them[:_NAMED]), more=len(all_of_them) - _NAMED)


def _until(time: float) -> str:
    return words.AROUND["never_ended"] if time == inf else clock_in_words(time)
