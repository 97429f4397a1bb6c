"""The injects that tell of a disturbance: what is reported, asked, rumoured and kept back at each of its events."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.config.fields import clock_in_words
from sim.exercise.inject import CONTROL_ONLY, Inject, InjectType
from sim.exercise.pack.events import ModelEvent, OfIncident
from sim.exercise.pack.seen import What
from sim.exercise.pack.teller import PUBLIC, Teller, needs
from sim.exercise.pack.traits import MEDIA, trait_of
from sim.vocabulary import Origin, PlaceKind, Severity
from sim.words import exercise_injects as said
from sim.words import names

FILES_MINUTES, SOCIAL_MINUTES, KEPT_BACK_MINUTES, MEDIA_MINUTES, WRITTEN_MINUTES = 2.0, 8.0, 10, 20.0, 25.0
"""After its report: what the files say of a place, what goes round, what is kept back, the press, a written report.
Assumptions: so that a room has five minutes for each."""
_WHERE_PEOPLE_VOTE = (PlaceKind.STATION, PlaceKind.AREA)


def told_incident(event: ModelEvent, teller: Teller) -> list[Inject]:
    """Return the injects of an event of a disturbance; none while the operations centre cannot know of it.

    Args:
        event: The event.
        teller: Whoever tells it.
    """
    facts = event.facts
    assert isinstance(facts, OfIncident)
    if event.what is not What.ONSET and event.known != event.known:
        return []
    return list(_TOLD[event.what](event, facts, teller))


def _fields(facts: OfIncident, teller: Teller) -> dict[str, str]:
    title = teller.kind(facts).said_title
    severity = names.called(names.SEVERITY, facts.severity.word)
    return {"kind": title[:1].lower() + title[1:], "place": teller.place_name(facts), "severity": severity}


def _title(key: str, facts: OfIncident, teller: Teller) -> str:
    return said.TITLES[key].format(kind=teller.kind(facts).said_title)


def _onset(event: ModelEvent, facts: OfIncident, teller: Teller) -> Iterator[Inject]:
    values = {**_fields(facts, teller), "time": clock_in_words(event.time)}
    title = teller.kind(facts).said_title
    note = said.NOTES["onset"].format(**{**values, "kind": title})
    yield teller.inject(
        InjectType.EVENT, event.time, _title("onset", facts, teller), note, at=event.time, recipient="team",
        group=CONTROL_ONLY, event=event.key, note=teller.expected(event, "reported"), action=said.ACTIONS["onset"],
        objective="dispatch",
    )  # fmt: skip


def _reported(event: ModelEvent, facts: OfIncident, teller: Teller) -> Iterator[Inject]:
    values, kind, at = _fields(facts, teller), teller.kind(facts), event.known
    trait = trait_of(kind, facts.place_kind)
    text = said.REPORT_OVER if facts.over else said.OFFICERS_REPORT if facts.officers else said.CALLS[trait]
    asked = needs(kind, facts.severity)
    key = "reported" if asked else "nothing_asked"
    yield teller.inject(
        InjectType.EVENT, at, _title("reported", facts, teller), text.format(**values), at=at, event=event.key,
        sender="officers" if facts.officers else "caller", delivery="radio" if facts.officers else "phone",
        note=teller.expected(event, "reported", "first_on_scene", "yellow", "red", "force_complete", "ended"),
        action=said.ACTIONS[key].format(needs=asked), decision=said.DECISIONS[key], objective="dispatch",
        learning=said.LEARNING["reported"],
    )  # fmt: skip
    if facts.origin is Origin.BACKGROUND or facts.over:
        return
    yield teller.inject(
        InjectType.INFORMATION, at + FILES_MINUTES, _title("files", facts, teller),
        teller.files(teller.place(facts.place_kind, facts.place)), at=at, action=said.ACTIONS["files"], minutes=5,
        objective="dispatch",
    )  # fmt: skip
    yield from _around(facts, teller, at)
    yield _kept_back(key, facts, teller, at)


def _around(facts: OfIncident, teller: Teller, at: float) -> Iterator[Inject]:
    """Give what comes from outside after a report: what goes round, the press, and a report that is wanted."""
    values, trait = _fields(facts, teller), trait_of(teller.kind(facts), facts.place_kind)
    social, media = at + SOCIAL_MINUTES, at + MEDIA_MINUTES
    text = said.SOCIAL[trait] if teller.votes_at(social) else said.SOCIAL_AFTER
    yield teller.inject(
        InjectType.SOCIAL, social, _title("social", facts, teller), text.format(**values), at=social, group=PUBLIC,
        delivery="screen", sender="unknown", note=said.NOTES["social"], action=said.ACTIONS["social"],
        decision=said.DECISIONS["social"], learning=said.LEARNING["social"],
    )  # fmt: skip
    asks = ""
    if facts.place_kind in _WHERE_PEOPLE_VOTE:
        asks = f" {said.MEDIA_ASKS['voting' if teller.votes_at(media) else 'after']}"
    yield teller.inject(
        InjectType.MEDIA, media, _title("media", facts, teller), said.MEDIA[MEDIA[trait]].format(**values) + asks,
        at=media, group=PUBLIC, delivery="phone", sender="press", note=said.NOTES["media"],
        action=said.ACTIONS["media"], decision=said.DECISIONS["media"], learning=said.LEARNING["social"],
    )  # fmt: skip
    yield teller.inject(
        InjectType.ADMIN, at + WRITTEN_MINUTES, _title("written", facts, teller), said.WRITTEN_REPORT.format(**values),
        at=at + WRITTEN_MINUTES, delivery="paper", sender="head", action=said.ACTIONS["written"],
    )  # fmt: skip


def _kept_back(key: str, facts: OfIncident, teller: Teller, at: float) -> Inject:
    """Return what is kept back for when nothing is done; it has no time of its own."""
    return teller.inject(
        InjectType.CONTINGENCY, None, _title("kept_back", facts, teller),
        said.KEPT_BACK[key].format(**_fields(facts, teller)), at=at, delivery="phone", sender="caller",
        note=said.NOTES["kept_back"], action=said.ACTIONS["kept_back"], minutes=5, objective="dispatch",
        condition=said.CONDITIONS[key].format(minutes=KEPT_BACK_MINUTES),
    )  # fmt: skip


def _first(event: ModelEvent, facts: OfIncident, teller: Teller) -> Iterator[Inject]:
    """Give the arrival of the first officers, unless it is they who reported."""
    if event.known > event.time or facts.over:
        return
    yield teller.inject(
        InjectType.INFORMATION, event.known, _title("first_on_scene", facts, teller),
        said.SCENE.format(**_fields(facts, teller)), at=event.known, event=event.key, delivery="radio",
        sender="officers", note=teller.expected(event, "first_on_scene", "force_complete"), minutes=5,
        action=said.ACTIONS["first_on_scene"], decision=said.DECISIONS["first_on_scene"], objective="dispatch",
    )  # fmt: skip


def _worse(event: ModelEvent, facts: OfIncident, teller: Teller) -> Iterator[Inject]:
    """Give that it has become worse, told by whoever is there, and what is kept back then."""
    if facts.over:
        return
    severity, kind, at = Severity.of(event.what), teller.kind(facts), event.known
    values = {**_fields(facts, teller), "severity": names.called(names.SEVERITY, severity.word)}
    stage = kind.stage(severity) if severity in dict(kind.severities.items()) else None
    effects = [said.EFFECTS[one.effect] for one in (stage.effects if stage else ()) if one.effect in said.EFFECTS]
    by = "officers" if facts.officers else "caller"
    text = said.WORSE[by if facts.officers or facts.is_news else "again"].format(**values)
    yield teller.inject(
        InjectType.EVENT, at, _title(event.what, facts, teller), " ".join([text, *effects]),
        at=at, event=event.key, sender=by, delivery="radio" if facts.officers else "phone",
        note=teller.expected(event, event.what, "force_complete"), objective="voters",
        action=said.ACTIONS["worse"].format(needs=needs(kind, severity) or "–"), learning=said.LEARNING["worse"],
        decision=_decision(str(event.what), facts, teller, at),
    )  # fmt: skip
    if facts.origin is not Origin.BACKGROUND or severity is Severity.RED:
        yield _kept_back(str(event.what), facts, teller, at)


def _decision(key: str, facts: OfIncident, teller: Teller, at: float) -> str:
    """Return what is to be decided: about voting only where people vote and while they do."""
    if facts.place_kind not in _WHERE_PEOPLE_VOTE:
        return said.DECISIONS[f"{key}_elsewhere"]
    return said.DECISIONS[key if teller.votes_at(at) else f"{key}_after"]


def _force(event: ModelEvent, facts: OfIncident, teller: Teller) -> Iterator[Inject]:
    if facts.over or facts.origin is Origin.BACKGROUND:
        return
    yield teller.inject(
        InjectType.INFORMATION, event.known, _title("force_complete", facts, teller),
        said.FORCE.format(**_fields(facts, teller)), at=event.known, event=event.key, delivery="radio",
        sender="officers", note=teller.expected(event, "force_complete"), action=said.ACTIONS["force_complete"],
        minutes=5, objective="dispatch",
    )  # fmt: skip


def _ended(event: ModelEvent, facts: OfIncident, teller: Teller) -> Iterator[Inject]:
    """Give that it is over, unless its report told so."""
    if event.known > event.time:
        return
    votes = facts.place_kind in _WHERE_PEOPLE_VOTE and teller.votes_at(event.known)
    by = "officers" if facts.officers else "caller"
    yield teller.inject(
        InjectType.INFORMATION, event.known, _title("ended", facts, teller),
        said.OVER[by].format(**_fields(facts, teller)), at=event.known, event=event.key, sender=by,
        delivery="radio" if facts.officers else "phone", note=teller.expected(event, "ended"),
        action=said.ACTIONS["ended"], decision=said.DECISIONS["ended" if votes else "ended_after"],
        objective="voters" if votes else "lead",
    )  # fmt: skip


_Told = Callable[[ModelEvent, OfIncident, Teller], Iterator[Inject]]
_TOLD: dict[What, _Told] = {
    What.ONSET: _onset,
    What.REPORTED: _reported,
    What.FIRST_ON_SCENE: _first,
    What.YELLOW: _worse,
    What.RED: _worse,
    What.FORCE_COMPLETE: _force,
    What.ENDED: _ended,
}
