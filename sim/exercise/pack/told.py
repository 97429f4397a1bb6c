"""From the events of a day to injects: of any event of any kind, on a day of a run or on a room's own line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from sim.config.fields import clock_in_words
from sim.exercise.inject import EVERYBODY, Inject, InjectType
from sim.exercise.pack.events import ModelEvent, OfRoad, OfStation, Subject
from sim.exercise.pack.incidents import KEPT_BACK_MINUTES, told_incident
from sim.exercise.pack.seen import What
from sim.exercise.pack.teller import ELECTION, PUBLIC, Teller
from sim.words import exercise_injects as said
from sim.words import names

READINESS_MINUTES, RELIEF_MINUTES = 20.0, 60.0
"""Readiness is asked for before the opening, but not before the day begins; relief after the closing. Assumptions."""
LATE_SOCIAL_MINUTES, LATE_MEDIA_MINUTES, MANY = 20.0, 35.0, 5
"""What goes round and who calls when so many stations are late, after the hour of opening; assumptions."""
WINDOW_MINUTES = {What.OPENED: 60.0, What.RESUMED: 30.0, What.STOPPED: 15.0, What.SHUT: 15.0, What.EVACUATED: 15.0,
                  What.UNSUPPLIED: 30.0, What.ABANDONED: 60.0}  # fmt: skip
"""Stations to which the same happens within so long are told of together, with the last of them; assumptions."""
_ORDER = {what: number for number, what in enumerate(What)}


def told(event: ModelEvent, teller: Teller, also: Sequence[ModelEvent] = ()) -> list[Inject]:
    """Return the injects of an event, not yet numbered; none while the operations centre cannot know of it.

    What would follow after the end of the day is left out.

    Args:
        event: The event.
        teller: Whoever tells it.
        also: Events of other stations that are told with it; it must be the last of them to be known.
    """
    return [one for one in _told(event, teller, also) if one.time is None or one.time <= teller.world.end]


def _told(event: ModelEvent, teller: Teller, also: Sequence[ModelEvent]) -> list[Inject]:
    if event.subject is Subject.INCIDENT:
        return told_incident(event, teller)
    if event.known != event.known:
        return []
    if event.subject is Subject.STATION:
        return _station([*also, event], teller)
    return _road(event, teller) if event.subject is Subject.ROAD else _phase(event, teller)


def injects_of(events: Iterable[ModelEvent], teller: Teller) -> tuple[Inject, ...]:
    """Return the numbered injects of a whole day, in order of time; what is kept back stands behind what it is for.

    Args:
        events: The events of the day.
        teller: Whoever tells them.
    """
    found: list[tuple[float, Inject]] = []
    for group in _together(events):
        event = group[-1]
        found += [(_at(event) if one.time is None else one.time, one) for one in told(event, teller, group[:-1])]
    ordered = sorted(found, key=lambda pair: pair[0])
    return tuple(replace(inject, seq=number) for number, (_, inject) in enumerate(ordered, start=1))


def due_times(events: Iterable[ModelEvent]) -> dict[str, float]:
    """Return when the inject of each event is due, by its key: when it is known; an onset at once.

    Args:
        events: The events of a day so far; those that nobody can know of yet are left out.
    """
    times = {e.key: e.time if e.what is What.ONSET else e.known for e in events}
    return {key: time for key, time in times.items() if time == time}


def _together(events: Iterable[ModelEvent]) -> list[list[ModelEvent]]:
    """Return events in groups: those of stations to which the same happens about the same time, all others alone.

    In order of when they can be known; a report stands before what is known at the same moment.
    """
    every = list(events)
    groups = [[event] for event in every if event.subject is not Subject.STATION]
    known = [e for e in every if e.subject is Subject.STATION and e.known == e.known]
    for what, same in groupby(sorted(known, key=lambda e: (e.what, e.known)), key=lambda e: e.what):
        group: list[ModelEvent] = []
        for event in same:
            if group and event.known > group[0].known + WINDOW_MINUTES.get(what, 0.0):
                groups.append(group)
                group = []
            group.append(event)
        groups.append(group)
    return sorted(groups, key=lambda group: (_at(group[-1]), _ORDER[group[-1].what]))


def _at(event: ModelEvent) -> float:
    """Return when an event can be known; of one that cannot, when it happened."""
    return event.time if event.known != event.known else event.known


def _station(group: list[ModelEvent], teller: Teller) -> list[Inject]:
    """Return the injects of stations to which the same has happened, but for what a report of their place tells."""
    what, event = group[-1].what, group[-1]
    if what in (What.STOPPED, What.SHUT):
        group = [one for one in group if not _is_told(one)]
    if not group:
        return []
    at = event.known
    indices = [one.facts.station for one in group if isinstance(one.facts, OfStation)]
    stations, votes = teller.stations(indices), teller.votes_at(at)
    action, decision = _asked(what, votes)
    is_calm = what in (What.OPENED, What.RESUMED)
    found = [
        teller.inject(
            InjectType.INFORMATION if is_calm else InjectType.EVENT, at, said.TITLES[what],
            said.STATIONS[what].format(stations=stations), at=at, event=group[-1].key, delivery="phone", sender="crew",
            group=ELECTION if what in (What.LATE, What.OPENED, What.UNSUPPLIED) else EVERYBODY,
            note=said.NOTES["played"].format(time=clock_in_words(event.time)), action=action, decision=decision,
            objective="voters", learning=said.LEARNING["late"] if what is What.LATE else "",
            minutes=5 if is_calm else 10,
        )
    ]  # fmt: skip
    return [*found, *_late(group, indices, stations, teller)] if what is What.LATE else found


def _is_told(event: ModelEvent) -> bool:
    """Return whether a disturbance at this very station tells of it."""
    facts = event.facts
    assert isinstance(facts, OfStation)
    return bool(facts.incident) and facts.at_its_place


def _asked(what: What, votes: bool) -> tuple[str, str]:
    """Return what is expected of the room, and what it decides."""
    if what in (What.OPENED, What.RESUMED):
        return said.ACTIONS["noted"], ""
    key = "stopped" if what in (What.STOPPED, What.SHUT) else str(what)
    action = said.ACTIONS["evacuated" if what is What.ABANDONED else key]
    return action, said.DECISIONS[key if votes or f"{key}_after" not in said.DECISIONS else f"{key}_after"]


def _late(group: list[ModelEvent], indices: list[int], stations: str, teller: Teller) -> list[Inject]:
    """Return what follows where stations are late: what is kept back, and where many are, what goes round."""
    at = group[-1].known
    found = [
        teller.inject(
            InjectType.CONTINGENCY, None, said.TITLES["late_kept_back"], said.KEPT_BACK["late"], at=at,
            delivery="phone", sender="crew", group=ELECTION, note=said.NOTES["kept_back"], minutes=5,
            action=said.ACTIONS["kept_back"], condition=said.CONDITIONS["late"].format(minutes=KEPT_BACK_MINUTES),
            objective="voters",
        )
    ]  # fmt: skip
    if len(indices) < MANY:
        return found
    social, media = at + LATE_SOCIAL_MINUTES, at + LATE_MEDIA_MINUTES
    return [
        *found,
        teller.inject(
            InjectType.SOCIAL, social, said.TITLES["late_social"],
            said.LATE_SOCIAL.format(district=teller.district(_most(indices, teller))), at=social, group=PUBLIC,
            delivery="screen", sender="unknown", note=said.NOTES["social"], action=said.ACTIONS["social"],
            decision=said.DECISIONS["social"], learning=said.LEARNING["social"],
        ),
        teller.inject(
            InjectType.MEDIA, media, said.TITLES["late_media"], said.LATE_MEDIA.format(stations=stations), at=media,
            group=PUBLIC, delivery="phone", sender="press", note=said.NOTES["media"], action=said.ACTIONS["media"],
            decision=said.DECISIONS["media"], learning=said.LEARNING["social"],
        ),
    ]  # fmt: skip


def _most(indices: list[int], teller: Teller) -> int:
    """Return a station of the district that has most of these."""
    of = [int(teller.world.region.stations.district[i]) for i in indices]
    return indices[of.index(max(sorted(set(of)), key=of.count))]


def _road(event: ModelEvent, teller: Teller) -> list[Inject]:
    """Return the injects of a road; a disturbance on it tells itself that it is closed."""
    facts, what, at = event.facts, event.what, event.known
    assert isinstance(facts, OfRoad)
    if facts.incident and what in (What.CLOSED, What.SLOW):
        return []
    ends, is_calm = teller.ends(facts.road), what in (What.OPEN, What.FREE)
    notes = {What.CLOSED: said.NOTES["road"], What.SLOW: said.NOTES["slow"].format(factor=facts.factor)}
    played = said.NOTES["played"].format(time=clock_in_words(event.time))
    found = [
        teller.inject(
            InjectType.INFORMATION if is_calm else InjectType.EVENT, at, said.TITLES[what].format(**ends),
            said.ROADS[what].format(**ends), at=at, event=event.key, delivery="radio",
            sender="disaster" if what in (What.CLOSED, What.OPEN) else "traffic",
            note="\n".join(filter(None, (played, notes.get(what, "")))),
            action=said.ACTIONS["noted" if is_calm else what], objective="roads", minutes=5,
            decision=said.DECISIONS["closed"] if what is What.CLOSED else "",
            learning=said.LEARNING["closed"] if what is What.CLOSED else "",
        )
    ]  # fmt: skip
    if what is What.CLOSED:
        found.append(
            teller.inject(
                InjectType.CONTINGENCY, None, said.TITLES["road_kept_back"], said.KEPT_BACK["road"].format(**ends),
                at=at, delivery="phone", sender="caller", note=said.NOTES["kept_back"], minutes=5,
                action=said.ACTIONS["kept_back"], objective="roads",
                condition=said.CONDITIONS["road"].format(minutes=KEPT_BACK_MINUTES),
            )
        )  # fmt: skip
    return found


def _phase(event: ModelEvent, teller: Teller) -> list[Inject]:
    """Return the injects of a part of polling day, and of the routine that hangs on it."""
    voting, scenario = teller.world.scenario.voting, teller.world.scenario
    half = voting.open + (voting.close - voting.open) / 2
    admin, information = InjectType.ADMIN, InjectType.INFORMATION
    phases: dict[What, list[tuple[InjectType, float, str, str, str]]] = {
        What.OPENING: [
            (admin, max(teller.world.start, voting.open - READINESS_MINUTES), "readiness", "head", "lead"),
            (information, voting.open, "opening", "control", "lead"),
            (admin, half, "midday", "head", "lead"),
        ],
        What.CLOSING: [
            (information, voting.close, "closing", "control", "voters"),
            (admin, voting.close + RELIEF_MINUTES, "relief", "officers_duty", "lead"),
        ],
        What.COUNTING: [(information, event.time, "counting", "control", "count")],
        What.BOXES_HOME: [(information, event.time, "boxes_home", "control", "count")],
    }
    values = {
        "opens": clock_in_words(voting.open),
        "weather": names.called(names.WEATHER, scenario.weather.name),
    }
    return [
        teller.inject(
            sort, time, said.TITLES[key], said.PHASES[key].format(**values), at=time,
            event=event.key if time == event.time else "", sender=sender, objective=objective, minutes=5,
            action=said.ACTIONS.get(key, said.ACTIONS["noted"]), learning=said.LEARNING.get(key, ""),
            decision=said.DECISIONS.get(key, "") if key == "counting" else "",
        )
        for sort, time, key, sender, objective in phases[event.what]
    ]  # fmt: skip
