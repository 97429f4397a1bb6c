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
        when = f"at {clock_in_words(scripted.onset)}"
        if scripted.window:
            when = f"between {clock_in_words(scripted.onset)} and {clock_in_words(scripted.latest)}"
        timed += _incident(scripted.onset, when, kind, place, scripted.start.identity, ranges)
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


def _inject(module: str, kind: str, title: str, text: str, **more: str | int) -> Inject:
    return Inject(
        0, module, str(more.pop("group", "all")), "", "", kind, str(more.pop("delivery", "spoken")),
        str(more.pop("sender", "control")), str(more.pop("recipient", "operations centre")), title, text,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _opening(scenario: Scenario) -> tuple[float, Inject]:
    stations = f"Polling stations open at {clock_in_words(scenario.voting.open)}. Weather: {scenario.weather.name}."
    return scenario.voting.open, _inject(
        "1 Opening", "admin", "Stations open", stations, objective=words.OBJECTIVES["lead"],
        expected_action="Agencies report readiness; who leads, and who reports to whom, is said aloud.",
        learning_point="One picture of who stands where before anything happens.", model_event="phase: opening",
    )  # fmt: skip


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
    module = "2 Disturbance"
    reports = [found["reported"].middle for found in ranges.values() if found["reported"].happened]
    reported = min(reports, default=onset)
    event = f"incident {identity}"
    injects = [
        (onset, _inject(
            module, "event", f"{kind}: it starts", f"At {place} something is going on; nobody has reported it yet.",
            recipient="control team", group="control", model_event=f"{event}: onset",
            note=f"{kind} at {place} starts {when}. Do not tell the room before the report.",
        )),
        (reported, _inject(
            module, "event", f"{kind}: the report", f"A caller reports from {place}: {kind.lower()}.",
            sender="caller", delivery="phone", model_event=f"{event}: reported",
            note="Expected times:\n" + _ranges(ranges, ("reported", "first_on_scene", "force_complete")),
            expected_action="Take up the report, judge its severity, send officers, say when they will be there.",
            decision="Who is sent, from where, and who stays in reserve?", objective=words.OBJECTIVES["dispatch"],
            learning_point="The first officers buy time; the effective force ends it.",
        )),
    ]  # fmt: skip
    for severity, decision in (
        ("yellow", "Is voting interrupted? Is more strength asked for?"),
        ("red", "Is the station evacuated? Is the army asked for?"),
    ):
        seen = [found[severity].middle for found in ranges.values() if found[severity].happened]
        if seen:
            injects.append((max(reported, min(seen)), _inject(
                module, "contingency", f"{kind}: {severity}", f"From {place}: the situation is now {severity}.",
                sender="officers on scene", delivery="radio", model_event=f"{event}: {severity}", decision=decision,
                condition=f"if the room has not brought enough strength by then; the model has it {severity} as noted",
                note=_ranges(ranges, (severity, "force_complete")), objective=words.OBJECTIVES["voters"],
                expected_action="Reinforce, protect voters, decide on voting, inform the commission.",
            )))  # fmt: skip
    ended = [found["ended"].middle for found in ranges.values() if found["ended"].happened]
    if ended:
        injects.append((max(reported, min(ended)), _inject(
            module, "event", f"{kind}: over", f"From {place}: it is quiet again.", sender="officers on scene",
            delivery="radio", model_event=f"{event}: ended", note=_ranges(ranges, ("ended",)),
            decision="When does voting go on, and who stays?", objective=words.OBJECTIVES["voters"],
            expected_action="Give the all-clear, let voting go on or defer it, release units in order.",
        )))  # fmt: skip
    return injects


def _closure(region: Region, road: int, closed: float, reopened: float) -> list[tuple[float, Inject]]:
    a, b = (region.nodes[int(side[road])].name for side in (region.roads.u, region.roads.v))
    injects = [(closed, _inject(
        "2 Disturbance", "event", f"Road closed: {a} - {b}", f"The road between {a} and {b} cannot be passed.",
        sender="disaster agency", delivery="radio", model_event=f"road {road} closed",
        objective=words.OBJECTIVES["roads"],
        expected_action="Find out who is cut off; move reserves to the far side, ask neighbours for help.",
        decision="Who covers the far side now?",
        note="Whoever is under way goes round by itself in the model, or waits at the closure for a while.",
    ))]  # fmt: skip
    if reopened < float("inf"):
        injects.append((reopened, _inject(
            "2 Disturbance", "information", f"Road open: {a} - {b}", f"The road between {a} and {b} is open again.",
            sender="disaster agency", delivery="radio", model_event=f"road {road} open",
            objective=words.OBJECTIVES["roads"],
        )))  # fmt: skip
    return injects


def _slow(region: Region, road: int, factor: float, begins: float, ends: float) -> list[tuple[float, Inject]]:
    a, b = (region.nodes[int(side[road])].name for side in (region.roads.u, region.roads.v))
    injects = [(begins, _inject(
        "2 Disturbance", "event", f"Road slow: {a} - {b}", f"Traffic between {a} and {b} moves slowly.",
        sender="traffic police", delivery="radio", model_event=f"road {road} slow",
        objective=words.OBJECTIVES["roads"],
        expected_action="Ask how long it lasts; send by another way who can go there.",
        note=f"In the model everybody drives there at {factor:.0%} of the usual speed, or goes round.",
    ))]  # fmt: skip
    if ends < float("inf"):
        injects.append((ends, _inject(
            "2 Disturbance", "information", f"Road free: {a} - {b}", f"The road between {a} and {b} is free again.",
            sender="traffic police", delivery="radio", model_event=f"road {road} free",
            objective=words.OBJECTIVES["roads"],
        )))  # fmt: skip
    return injects


def _evening(scenario: Scenario) -> list[tuple[float, Inject]]:
    close = scenario.voting.close
    counting = close + scenario.voting.counting.setup_minutes
    return [
        (close, _inject(
            "3 Closing", "information", "Stations close", "Polling stations close; who is in line still votes.",
            objective=words.OBJECTIVES["voters"], model_event="phase: closing",
            expected_action="Confirm which stations are still serving their line, and which were interrupted.",
        )),
        (counting, _inject(
            "3 Closing", "information", "The count begins", "The count begins; people gather to watch.",
            objective=words.OBJECTIVES["count"], model_event="phase: counting",
            expected_action="Keep guards at the stations, plan the escorts.", decision="Who escorts which boxes?",
        )),
    ]  # fmt: skip
