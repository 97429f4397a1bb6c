"""What a scenario writes down, told in full: what, where by the place's own name, when, and how large."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.config.courses import CrowdCourse
from sim.config.fields import clock_in_words
from sim.config.kinds import Course
from sim.config.scenario import Scenario
from sim.config.slow import GrowingCourse
from sim.config.trouble import ScriptedLateOpening, ScriptedOutOfUse, ScriptedPutOff, ScriptedTrouble
from sim.config.two_sided import TwoSidedCourse
from sim.disturbance.conditioned import Conditioned, plan_conditions
from sim.disturbance.scripted import Scripted, plan_script, where_of
from sim.region.gazetteer import Gazetteer
from sim.region.place import Place
from sim.words import names
from sim.words import script as words


class ScriptRow(NamedTuple):
    """One thing that a scenario writes down.

    Attributes:
        setting: Where it stands in the scenario: ``incidents[0]``.
        when: When it happens.
        what: What happens.
        where: Where, by a name that a scenario may write.
        district: The district; empty for several, and outside.
        size: How large it is, as far as that is set.
    """

    setting: str
    when: str
    what: str
    where: str
    district: str
    size: str


def script_rows(scenario: Scenario, gazetteer: Gazetteer) -> list[ScriptRow]:
    """Return all that a scenario writes down, in its order: incidents, conditions, closures, slow stretches, troubles.

    Args:
        scenario: The settings.
        gazetteer: The names of the place.

    Raises:
        UserError: For a place that is unknown, or where this kind of disturbance cannot happen.
    """
    return [
        *_incidents(scenario, gazetteer),
        *_conditions(scenario, gazetteer),
        *_roads(scenario, gazetteer),
        *_troubles(scenario, gazetteer),
    ]


def _incidents(scenario: Scenario, gazetteer: Gazetteer) -> Iterator[ScriptRow]:
    as_likely = np.ones(len(gazetteer.region.stations))  # what is drawn how often is not told
    for i, one in enumerate(plan_script(scenario, gazetteer, as_likely)):
        kind = scenario.kinds[one.start.kind_name]
        begin, end = clock_in_words(one.onset), clock_in_words(one.latest)
        when = words.DRAWN.format(begin=begin, end=end) if one.window else begin
        place = None if len(one.places) > 1 else one.start.place
        size = [*_size(kind.course, one.start.starters), *_followers(one, spreads=kind.spreads)]
        where, district = where_of(one, gazetteer), _district(place, gazetteer)
        yield ScriptRow(scenario.item("incidents", i), when, kind.said_title, where, district, ", ".join(size))


def _size(course: Course, starters: int | None) -> Iterator[str]:
    """Say how large a disturbance begins, or how far it grows, or how long it lasts."""
    if isinstance(course, CrowdCourse):
        others = course.other_side.starters if isinstance(course, TwoSidedCourse) else 0
        yield words.STARTERS.format(people=course.starters + others if starters is None else starters)
    elif isinstance(course, GrowingCourse):
        yield words.RADIUS.format(start=course.start_km, most=course.most_km)
    else:
        yield words.LASTS.format(minutes=course.duration.mean_minutes)


def _followers(one: Scripted, *, spreads: bool) -> Iterator[str]:
    if spreads and one.start.followers:
        yield words.FOLLOWERS.format(number=one.start.followers)


def _conditions(scenario: Scenario, gazetteer: Gazetteer) -> Iterator[ScriptRow]:
    for i, one in enumerate(plan_conditions(scenario, gazetteer)):
        kind = scenario.kinds[one.kind_name]
        occasion, delay = _occasion(one, scenario), one.delay.mean_minutes
        when = words.AFTER.format(occasion=occasion, minutes=delay) if delay else occasion
        where = words.THERE if one.place is None else gazetteer.name_of(one.place)
        size = [*_size(kind.course, one.starters), words.PROBABILITY.format(share=one.probability)]
        size += [words.TIMES.format(times=one.times)] if one.times > 1 else []
        district = _district(one.place, gazetteer)
        yield ScriptRow(scenario.item("conditions", i), when, kind.said_title, where, district, ", ".join(size))


def _occasion(one: Conditioned, scenario: Scenario) -> str:
    """Say what brings a condition about."""
    if one.severity is None:
        return words.WHEN_LATE.format(minutes=one.late)
    kinds = [scenario.kinds[name].said_title for name in sorted(one.after)]
    severity = names.called(names.SEVERITY, one.severity.word)
    return words.WHEN_WORSE.format(kind=kinds[0] if len(kinds) == 1 else words.ANYTHING, severity=severity)


def _roads(scenario: Scenario, gazetteer: Gazetteer) -> Iterator[ScriptRow]:
    for i, one in enumerate(scenario.closures):
        place = gazetteer.road(*one.between, f"{scenario.item('closures', i)}.between")
        when = _between(one.closed_at, one.reopened_at)
        size = words.CLOSED_SIZE.format(km=float(gazetteer.region.roads.km[place.road]))
        where, district = gazetteer.name_of(place), _district(place, gazetteer)
        yield ScriptRow(scenario.item("closures", i), when, words.CLOSED, where, district, size)
    for i, slow in enumerate(scenario.slow_stretches):
        place = gazetteer.road(*slow.between, f"{scenario.item('slow_stretches', i)}.between")
        when = _between(slow.from_time, slow.to_time)
        size = words.SLOW_SIZE.format(factor=slow.factor, km=float(gazetteer.region.roads.km[place.road]))
        where, district = gazetteer.name_of(place), _district(place, gazetteer)
        yield ScriptRow(scenario.item("slow_stretches", i), when, words.SLOW, where, district, size)


def _troubles(scenario: Scenario, gazetteer: Gazetteer) -> Iterator[ScriptRow]:
    for i, one in enumerate(scenario.troubles):
        setting = scenario.item("troubles", i)
        count = len(gazetteer.stations(one.place, f"{setting}.place"))
        stations = words.STATION if count == 1 else words.STATIONS.format(count=count)
        place = gazetteer.find(one.place, f"{setting}.place")
        if not place.stations:
            place = gazetteer.station(one.place, f"{setting}.place")
        when, what, size = _trouble(one, stations)
        yield ScriptRow(setting, when, what, gazetteer.name_of(place), _district(place, gazetteer), size)


def _trouble(one: ScriptedTrouble, stations: str) -> tuple[str, str, str]:
    """Return when a trouble is, what it is, and how large."""
    if isinstance(one, ScriptedLateOpening):
        return clock_in_words(one.opens_at), words.LATE_OPENING, stations
    if isinstance(one, ScriptedOutOfUse):
        size = words.SERVERS.format(servers=one.servers, stations=stations)
        return _between(one.from_time, one.to_time), words.OUT_OF_USE.format(stage=one.stage), size
    if isinstance(one, ScriptedPutOff):
        when = words.ALL_DAY if one.stopped_at is None else _between(one.stopped_at, None)
        return when, words.PUT_OFF, stations
    return words.ALL_DAY, words.SHORT_BALLOTS, words.BALLOTS.format(ballots=one.ballots, stations=stations)


def _between(begin: float, end: float | None) -> str:
    if end is None:
        return words.FROM.format(begin=clock_in_words(begin))
    return words.FROM_TO.format(begin=clock_in_words(begin), end=clock_in_words(end))


def _district(place: Place | None, gazetteer: Gazetteer) -> str:
    """Return the name of the district where a place lies; empty where that is none, or not one."""
    district = None if place is None else place.district
    return "" if district is None else gazetteer.name_of(gazetteer.area_of_district(district))
