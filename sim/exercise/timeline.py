"""From a scenario and its simulation to the injects of an exercise, in order of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from sim.config.fields import clock_in_words
from sim.config.scenario import Scenario
from sim.day.world import World
from sim.disturbance.scripted import Scripted, where_of
from sim.exercise.expected import Expected, milestones
from sim.exercise.inject import Inject
from sim.region.region import Region
from sim.words import exercise as words
from sim.words import names


def timeline(world: World, incidents: pd.DataFrame, days: int) -> list[Inject]:
    """Return the injects of an exercise: opening, every scripted event, what may follow, closing, boxes home.

    Args:
        world: The prepared scenario.
        incidents: Its table of incidents over all strategies.
        days: Days simulated.
    """
    scenario = world.scenario
    timed: list[tuple[float, Inject]] = [_opening(scenario)]
    for scripted, settings in zip(world.disturbances.scripted, scenario.incidents, strict=True):
        ranges = {
            s.said_title: milestones(incidents, scripted.start.identity, s.name, days) for s in scenario.strategies
        }
        kind, place = scenario.kinds[settings.kind].said_title, place_in_words(scripted, world)
        timed += _incident(scripted.onset, _when(scripted), kind, place, scripted.start.identity, ranges)
    for closed in world.closures:
        timed += _closure(world.region, closed.road, closed.closed, closed.reopened)
    for slow in world.slow_stretches:
        timed += _slow(world.region, slow.road, slow.factor, slow.begins, slow.ends)
    timed += _evening(scenario)
    start = scenario.voting.open - 30
    ordered = sorted(timed, key=lambda item: item[0])
    return [_numbered(i + 1, time, start, inject) for i, (time, inject) in enumerate(ordered)]


def place_in_words(scripted: Scripted, world: World) -> str:
    """Return the name of a scripted disturbance's place, or those of which the model draws one each day."""
    return where_of(scripted, world.gazetteer) if scripted.named else scripted.start.place.name


def _numbered(seq: int, time: float, start: float, inject: Inject) -> Inject:
    sign = "-" if time < start else "+"
    hours, minutes = divmod(round(abs(time - start)), 60)
    return replace(inject, seq=seq, exercise_time=f"T{sign}{hours}:{minutes:02d}", scenario_time=clock_in_words(time))


def _when(scripted: Scripted) -> str:
    begin = clock_in_words(scripted.onset)
    if scripted.window:
        return words.BETWEEN.format(begin=begin, end=clock_in_words(scripted.latest))
    return words.AT.format(time=begin)


def _said(texts: Mapping[str, str], **values: str | float) -> dict[str, str]:
    """Return the texts of an inject, by the columns in which they stand."""
    return {column: text.format(**values) for column, text in texts.items()}


def _inject(
    module: str, kind: str, event: str, said: Mapping[str, str], *, group: str = "all", delivery: str = "spoken",
    sender: str = "control", recipient: str = "centre", **more: str,
) -> Inject:  # fmt: skip
    """Return an inject, not yet numbered.

    Args:
        module: Key of the part of the exercise; ``kind``, ``group``, ``delivery``, ``sender`` and ``recipient`` are
            keys likewise.
        kind: What sort of inject it is.
        event: What it is in the simulation.
        said: Its texts by column.
        group: Who gets it.
        delivery: How it is delivered.
        sender: From whom.
        recipient: To whom.
        **more: Further texts by column.
    """
    return Inject(
        seq=0, module=words.MODULES[module], group=words.GROUPS[group], exercise_time="", scenario_time="",
        type=words.TYPES[kind], delivery=words.DELIVERIES[delivery], sender=words.PEOPLE[sender],
        recipient=words.PEOPLE[recipient], model_event=event,
        **said, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _phase(name: str) -> str:
    return words.EVENTS["phase"].format(phase=names.called(names.PHASE, name))


def _opening(scenario: Scenario) -> tuple[float, Inject]:
    opens, weather = clock_in_words(scenario.voting.open), names.called(names.WEATHER, scenario.weather.name)
    said = _said(words.OPENING, opens=opens, weather=weather)
    objective = words.OBJECTIVES["lead"]
    return scenario.voting.open, _inject("opening", "admin", _phase("opening"), said, objective=objective)


def _ranges(ranges: Mapping[str, Mapping[str, Expected]], columns: Iterable[str]) -> str:
    """Return expected times in words, a line for each strategy."""
    return "\n".join(
        f"{title}: " + "; ".join(f"{words.MILESTONES[c]} {found[c].words}" for c in columns)
        for title, found in ranges.items()
    )


def _incident(
    onset: float, when: str, kind: str, place: str, identity: str, ranges: Mapping[str, Mapping[str, Expected]]
) -> list[tuple[float, Inject]]:
    """Return an incident's injects: its onset, its report, and what is kept back for how it may go on."""
    reports = [found["reported"].middle for found in ranges.values() if found["reported"].happened]
    reported = min(reports, default=onset)
    injects = [
        (onset, _inject(
            "disturbance", "event", words.EVENTS["onset"].format(incident=identity),
            _said(words.ONSET, kind=kind, place=place, when=when), recipient="team", group="control",
        )),
        (reported, _inject(
            "disturbance", "event", words.EVENTS["reported"].format(incident=identity),
            _report(kind, place, ranges), sender="caller", delivery="phone", objective=words.OBJECTIVES["dispatch"],
        )),
    ]  # fmt: skip
    for severity in words.DECISIONS:
        seen = [found[severity].middle for found in ranges.values() if found[severity].happened]
        if seen:
            injects.append((max(reported, min(seen)), _worse(severity, kind, place, identity, ranges)))
    ended = [found["ended"].middle for found in ranges.values() if found["ended"].happened]
    if ended:
        injects.append((max(reported, min(ended)), _inject(
            "disturbance", "event", words.EVENTS["ended"].format(incident=identity),
            _said(words.OVER, kind=kind, place=place), sender="officers", delivery="radio",
            note=_ranges(ranges, ("ended",)), objective=words.OBJECTIVES["voters"],
        )))  # fmt: skip
    return injects


def _report(kind: str, place: str, ranges: Mapping[str, Mapping[str, Expected]]) -> dict[str, str]:
    """Return the texts of a report; a caller says what it is in the middle of a sentence."""
    expected = _ranges(ranges, ("reported", "first_on_scene", "force_complete"))
    said = _said(words.REPORT, kind=kind, place=place, ranges=expected)
    return said | {"text": words.REPORT["text"].format(kind=kind.lower(), place=place)}


def _worse(severity: str, kind: str, place: str, identity: str, ranges: Mapping[str, Mapping[str, Expected]]) -> Inject:
    """Return the inject that is kept back for when a disturbance turns yellow or red."""
    called = names.called(names.SEVERITY, severity)
    return _inject(
        "disturbance", "contingency", words.EVENTS["severity"].format(incident=identity, severity=called),
        _said(words.WORSE, kind=kind, place=place, severity=called), sender="officers", delivery="radio",
        decision=words.DECISIONS[severity], note=_ranges(ranges, (severity, "force_complete")),
        objective=words.OBJECTIVES["voters"],
    )  # fmt: skip


def _closure(region: Region, road: int, closed: float, reopened: float) -> list[tuple[float, Inject]]:
    injects = [(closed, _on_road(region, road, "event", "closed", words.CLOSURE, sender="disaster"))]
    if reopened < float("inf"):
        injects.append((reopened, _on_road(region, road, "information", "open", words.REOPENED, sender="disaster")))
    return injects


def _slow(region: Region, road: int, factor: float, begins: float, ends: float) -> list[tuple[float, Inject]]:
    injects = [(begins, _on_road(region, road, "event", "slow", words.SLOW, sender="traffic", factor=factor))]
    if ends < float("inf"):
        injects.append((ends, _on_road(region, road, "information", "free", words.FREE, sender="traffic")))
    return injects


def _on_road(
    region: Region, road: int, kind: str, event: str, texts: Mapping[str, str], *, sender: str, factor: float = 1.0
) -> Inject:
    """Return the inject of what is told of a road."""
    a, b = (region.nodes[int(side[road])].name for side in (region.roads.u, region.roads.v))
    return _inject(
        "disturbance", kind, words.EVENTS[event].format(road=road), _said(texts, a=a, b=b, factor=factor),
        sender=sender, delivery="radio", objective=words.OBJECTIVES["roads"],
    )  # fmt: skip


def _evening(scenario: Scenario) -> list[tuple[float, Inject]]:
    close = scenario.voting.close
    counting = close + scenario.voting.counting.setup_minutes
    phases = ((close, "closing", words.CLOSING, "voters"), (counting, "counting", words.COUNT, "count"))
    return [
        (time, _inject("closing", "information", _phase(phase), said, objective=words.OBJECTIVES[objective]))
        for time, phase, said, objective in phases
    ]
