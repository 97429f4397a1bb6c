"""One response told in plain sentences, from the rows that a day recorded of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isinf
from typing import Any, NamedTuple

import pandas as pd

from sim.config.fields import clock_in_words
from sim.config.response import Abilities
from sim.echelon import Echelon
from sim.measures.causes import USUAL
from sim.report.case_area import area_sentences
from sim.report.need import asked, in_words, there, there_in_words, with_fewest
from sim.vocabulary import Access, Cause, Severity
from sim.words import names
from sim.words import why as words
from sim.words.language import number

Row = Mapping[str, Any]


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each as a mapping from its columns."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


class WayIn(NamedTuple):
    """How one comes from the middle of a village to a station that no car reaches.

    Attributes:
        access: By what.
        minutes: How long that takes.
        on_foot: How long who walks takes, minutes.
    """

    access: Access
    minutes: float
    on_foot: float


@dataclass(frozen=True, eq=False)
class Case:
    """One disturbance of one day under one strategy.

    Attributes:
        incident: Its row of the table of incidents; where it asks for officers with the parts of the wait and the cause
            (:func:`sim.measures.causes.responses`).
        tasks: Rows of the tasks of those who were sent to it, in order.
        forces: Rows of its forces, the mildest severity first.
        areas: Rows of the areas that were left on account of it.
        way_in: How its place is reached, where that is not by road.
        kind: Title of its kind.
        place: Name of its place.
        strategy: Title of the strategy.
        standard_minutes: The time within which officers should be on scene.
        abilities: What the people of each agency can do.
    """

    incident: Row
    tasks: Sequence[Row]
    forces: Sequence[Row]
    kind: str
    place: str
    strategy: str
    standard_minutes: float
    abilities: Abilities
    areas: Sequence[Row] = ()
    way_in: WayIn | None = None

    @property
    def cause(self) -> Cause | None:
        """Why the response was late, or that it was not; None: it asks for no officers."""
        return Cause(self.incident["cause"]) if self.incident["needed"] > 0 else None


def sentences(case: Case) -> list[str]:
    """Return what happened, why, and what was said of units that were not sent."""
    one = case.incident
    told = [
        words.STORY["case"].format(
            kind=case.kind, place=case.place, incident=one["incident"], day=one["replication"], strategy=case.strategy
        )
    ]
    areas = [sentence for row in case.areas for sentence in area_sentences(row)]
    if case.cause is None:
        return [*told, words.STORY["asks_none"], *areas]
    told += [_outcome(case), words.BECAUSE[case.cause]]
    if one["wait"]:
        told.append(_parts(case))
        if one["handled_by"] == Echelon.SECTOR:
            told.append(words.STORY["sector"])
    if way := case.way_in:
        told.append(words.STORY[way.access].format(minutes=_minutes(way.minutes), on_foot=_minutes(way.on_foot)))
    if one["unsent"]:
        told.append(words.STORY["unsent"].format(why=words.UNSENT[one["unsent"]]))
    told += [*_not_sent(case), *_forces(case)]
    if pd.isna(one["ended"]) and pd.notna(one["first_on_scene"]):
        told.append(words.STORY["open"])
    return told + areas


def _outcome(case: Case) -> str:
    one = case.incident
    if pd.isna(one["first_on_scene"]):
        key = "nobody" if pd.notna(one["ended"]) else "still"
    elif one["first_sent"]:
        key = "in_time"
    else:
        key = "came_by" if one["wait"] else "stood"
    return words.STORY[key].format(wait=_minutes(one["wait"]), standard=number(case.standard_minutes, "g"))


def _parts(case: Case) -> str:
    """Say what the wait was made of; parts that took nothing, and are left nothing, are not mentioned."""
    said = []
    for part, share in USUAL.items():
        minutes, usual = case.incident[part], share * case.standard_minutes
        if usual or minutes >= 0.05:  # what would be written as 0.0 is nothing
            by_sector = part == "desk" and case.incident["handled_by"] == Echelon.SECTOR
            text = words.PARTS["sector" if by_sector else part].format(minutes=_minutes(minutes))
            said.append(text + (words.STORY["usual"].format(usual=_minutes(usual)) if usual else ""))
    return words.STORY["parts"].format(parts="; ".join(said))


def _not_sent(case: Case) -> Iterator[str]:
    """Say what the rule said of the others when it sent the first."""
    for task in case.tasks:
        counts = [(int(task[verdict]), what) for verdict, what in words.VERDICTS.items() if task[verdict]]
        if counts:
            said = "; ".join(words.STORY["verdict"].format(count=count, what=what) for count, what in counts)
            unit, time = names.unit(task["unit"]), clock_in_words(task["ordered"])
            yield words.STORY["verdicts"].format(unit=unit, time=time, verdicts=said)
            return


def _forces(case: Case) -> Iterator[str]:
    """Say which severities never had all that they ask for, or were never known of."""
    for force in case.forces:
        word = _severity(force["severity"])
        if pd.isna(force["known"]):
            yield words.STORY["never_known"].format(severity=word)
        if pd.isna(force["complete"]):
            short = names.called(names.CAPABILITY, str(force["short"]))
            need = asked(force)
            yield words.STORY["never_complete"].format(
                severity=word, asked=in_words(need), there=there_in_words(need, there(force)), short=short
            )


def timeline(case: Case) -> list[tuple[float, str]]:
    """Return what happened when (minutes after midnight), in order of time; what never happened is left out."""
    found = [(time, text) for time, text in _events(case) if pd.notna(time)]
    return sorted(found, key=lambda event: event[0])


def _events(case: Case) -> Iterator[tuple[float, str]]:
    """Give what happened in the order in which it can happen, times NaN where it did not."""
    one = case.incident
    yield one["onset"], words.EVENTS["onset"]
    for force in case.forces:
        word = _severity(force["severity"])
        yield (
            force["reached"],
            words.EVENTS["reached"].format(severity=word, asked=with_fewest(asked(force), case.abilities)),
        )
    yield one["reported"], words.EVENTS["reported"]
    yield one["handled"], words.EVENTS[_handling(one)]
    for time, severity in {force["known"]: force["severity"] for force in case.forces}.items():  # the worst at a time
        yield time, words.EVENTS["known"].format(severity=_severity(severity))
    yield one["ordered"], words.EVENTS["ordered"]
    yield one["first_on_scene"], words.EVENTS["first_on_scene" if one["first_sent"] else "stood"]
    yield one["first_reinforcement"], words.EVENTS["first_reinforcement"]
    for force in case.forces:
        yield force["complete"], words.EVENTS["complete"].format(severity=_severity(force["severity"]))
    if pd.notna(one["controlled"]) and one["controlled"] != one["ended"]:
        yield one["controlled"], words.EVENTS["controlled"]
    yield one["ended"], words.EVENTS["ended"].format(outcome=names.called(names.ENDING, one["outcome"]))


def _handling(one: Row) -> str:
    """Return the line for when the report was handled."""
    if one["handled_by"] == Echelon.SECTOR:
        return "sector"
    return "unsent" if one["unsent"] else "handled"


def units(case: Case) -> list[tuple[float, str]]:
    """Return what became of each unit that was sent, or took it on itself, and when it was given this task."""
    return [(task["ordered"], "; ".join(_unit(task))) for task in case.tasks]


def _unit(task: Row) -> Iterator[str]:
    agency = names.called(names.UNIT_AGENCY, str(task["agency"]))
    yield words.UNITS["unit"].format(unit=names.unit(task["unit"]), people=task["strength"], agency=agency)
    if not task["sent"]:
        yield words.UNITS["stood"]
    else:
        yield from (_at(name, task[name]) for name in ("departed", "arrived") if pd.notna(task[name]))
    if pd.notna(task["released"]):
        yield _at("released", task["released"])
    if words.OUTCOMES[task["outcome"]]:
        yield words.OUTCOMES[task["outcome"]]
    if task["km"] >= 0.05:
        yield words.UNITS["km"].format(km=number(task["km"], ".1f"))


def _at(what: str, time: float) -> str:
    return words.UNITS[what].format(time=clock_in_words(time))


def _severity(value: int) -> str:
    return names.called(names.SEVERITY, Severity(value).word)


def _minutes(minutes: float) -> str:
    return "∞" if isinf(minutes) else number(minutes, ".1f")
