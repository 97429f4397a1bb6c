"""Finding responses in a run: those of one day, the latest of all, and one case with all that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from sim.errors import UserError, nearest
from sim.experiment.again import StoredDay, check_strategy, stored_day
from sim.experiment.store import Run
from sim.measures.causes import KEY, USUAL, responses
from sim.region.gazetteer import Gazetteer
from sim.report.around import Places
from sim.report.case import Case, WayIn, rows_of
from sim.vocabulary import Access, PlaceKind, Purpose
from sim.words.language import gettext as _

LATEST = 10
"""Responses that are listed of a whole run."""


@dataclass(frozen=True, eq=False)
class Found:
    """One case, and the stored day that it is of.

    Attributes:
        case: The case.
        stored: Tables of the day.
        days: Days of the run on which this disturbance asked for officers, where the day was not asked for: it is the
            one on which they came latest.
    """

    case: Case
    stored: StoredDay
    days: int | None

    @property
    def day(self) -> int:
        """Number of the day."""
        return int(self.case.incident["replication"])


def first_strategy(run: Run, strategy: str | None) -> str:
    """Return the strategy that is meant; without one the first.

    Raises:
        UserError: When the run has none of this name.
    """
    if strategy is None:
        return run.strategies[0]
    check_strategy(run, strategy)
    return strategy


def of_day(run: Run, strategy: str, day: int) -> pd.DataFrame:
    """Return the disturbances of one day, in order of their onset, with ``wait``, its parts and ``cause``.

    Raises:
        UserError: When the run does not have the day or strategy, or is damaged.
    """
    return _told(run, stored_day(run, strategy, day)).sort_values("onset", kind="stable", ignore_index=True)


def latest(run: Run, strategy: str | None) -> tuple[pd.DataFrame, int]:
    """Return the latest responses of a run, the latest first, and how many there are in all.

    One that nobody came to has waited until it was over.

    Args:
        run: The run.
        strategy: Under this strategy only; None: under all.

    Raises:
        UserError: When no day is finished, the run has no such strategy, or is damaged.
    """
    found = _all(run, strategy)
    first = found.sort_values("wait", ascending=False, kind="stable", ignore_index=True).head(LATEST)
    return first, len(found)


def find(run: Run, incident: str, strategy: str, day: int | None) -> Found:
    """Find one case; without a day, on the day on which its officers came latest.

    Raises:
        UserError: When the run does not have it, or is damaged.
    """
    days = None
    if day is None:
        day, days = _latest_day(run, incident, strategy)
    stored = stored_day(run, strategy, day)
    known = stored["incidents"]["incident"].tolist()
    if incident not in known:
        raise UserError(
            _("day {day} under {strategy} had no incident '{incident}'; {hint}").format(
                day=day, strategy=strategy, incident=incident, hint=nearest(incident, known)
            )
        )
    return Found(_case(run, stored, incident, strategy), stored, days)


def _latest_day(run: Run, incident: str, strategy: str) -> tuple[int, int]:
    """Return the day on which a disturbance was responded to latest, and on how many days it was."""
    if not run.finished:
        raise UserError(_("'{folder}' has no finished day").format(folder=run.path))
    everything = run.table("incidents")
    of_strategy = everything[everything["strategy"] == strategy]
    its = of_strategy[of_strategy["incident"] == incident]
    if its.empty:
        hint = nearest(incident, set(of_strategy["incident"]))
        raise UserError(
            _("no day under {strategy} had an incident '{incident}'; {hint}").format(
                strategy=strategy, incident=incident, hint=hint
            )
        )
    found = _all(run, strategy)
    asked = found[found["incident"] == incident].sort_values("wait", ascending=False, kind="stable")
    first = its if asked.empty else asked
    return int(first["replication"].iloc[0]), len(first)


def _all(run: Run, strategy: str | None) -> pd.DataFrame:
    """Return every response of a run, under one strategy or all."""
    if strategy is not None:
        check_strategy(run, strategy)
    if not run.finished:
        raise UserError(_("'{folder}' has no finished day").format(folder=run.path))
    incidents, tasks, forces = (run.table(name) for name in ("incidents", "tasks", "forces"))
    if strategy is not None:
        incidents = incidents[incidents["strategy"] == strategy]
    return responses(incidents, tasks, forces, run.scenario.response.standard_minutes)


def _told(run: Run, stored: StoredDay) -> pd.DataFrame:
    """Return all disturbances of a day, those that ask for no officers too, with what is known of the responses."""
    incidents = stored["incidents"]
    found = responses(incidents, stored["tasks"], stored["forces"], run.scenario.response.standard_minutes)
    return incidents.merge(found[[*KEY, "wait", *USUAL, "cause"]], on=KEY, how="left", validate="one_to_one")


def _case(run: Run, stored: StoredDay, incident: str, strategy: str) -> Case:
    told = _told(run, stored)
    row = rows_of(told[told["incident"] == incident])[0]
    tasks, forces = stored["tasks"], stored["forces"]
    sent = tasks[(tasks["incident"] == incident) & (tasks["purpose"] == Purpose.INCIDENT)]
    return Case(
        incident=row,
        tasks=rows_of(sent),
        forces=rows_of(forces[forces["incident"] == incident]),
        kind=kind_title(run, row["kind"]),
        place=place_namer(run)(row["place_kind"], row["place"]),
        strategy=run.scenario.titles[strategy],
        standard_minutes=run.scenario.response.standard_minutes,
        abilities=run.scenario.response.abilities,
        areas=rows_of(stored["areas"][stored["areas"]["incident"] == incident]),
        way_in=_way_in(run, row["place_kind"], row["place"]),
    )


def _way_in(run: Run, place_kind: str, code: str) -> WayIn | None:
    """Return how a place is reached from its village; None: by road, or in the middle of it."""
    stations, speed = run.region.stations, run.scenario.response.access_speed_kmh
    if place_kind != PlaceKind.STATION:
        return None
    station = stations.code.index(code)
    access, km = stations.access[station], float(stations.access_km[station])
    if access is Access.ROAD:
        return None
    return WayIn(access, km / getattr(speed, access) * 60.0, km / speed.foot * 60.0)


def kind_title(run: Run, kind: str) -> str:
    """Return the title of a kind of disturbance."""
    return run.scenario.kinds[kind].said_title if kind in run.scenario.kinds else kind


def places(run: Run) -> Places:
    """Return what gives names of a run's places, kinds, roads and nodes, as its own tables call them.

    Raises:
        UserError: When a table in the run's folder is missing, or is not what was written.
    """
    gazetteer, nodes = Gazetteer(run.region), run.region.nodes

    def road(index: int) -> tuple[str, int | None]:
        place = gazetteer.road_place(index)
        return gazetteer.name_of(place), place.district

    def node(index: int) -> tuple[str, int | None]:
        return nodes[index].name, nodes[index].district

    def any_place(code: str) -> str:
        try:
            return gazetteer.name_of(gazetteer.find(code, "place"))
        except UserError:
            return code

    return Places(place_namer(run), any_place, partial(kind_title, run), road, node)


def place_namer(run: Run) -> Callable[[str, str], str]:
    """Return what gives the name of a place from its kind and code, as the run's own tables call it.

    Raises:
        UserError: When a table in the run's folder is missing, or is not what was written.
    """
    gazetteer = Gazetteer(run.region)

    def name(kind: str, code: str) -> str:
        return gazetteer.name_of(gazetteer.find(code, "place", {PlaceKind(kind)}))

    return name
