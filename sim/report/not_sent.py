"""Who was not sent to a disturbance, by name, with what the rule of dispatch said of each: the nearest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from math import isinf

from sim.config.fields import clock_in_words
from sim.report.case import Case
from sim.response.command.judgement import Judged, Judgement
from sim.vocabulary import Role, Verdict
from sim.words import names
from sim.words import why as words
from sim.words.language import number

MOST = 8
"""Units that are named at one moment unless all are asked for (an assumption)."""


@dataclass(frozen=True)
class NotSent:
    """Who was not sent at one moment.

    Attributes:
        judgement: What was said of all at that moment.
        units: Those who were not sent, those first that would have been there first.
    """

    judgement: Judgement
    units: tuple[Judged, ...]


def moments(case: Case, judgements: Collection[Judgement]) -> list[NotSent]:
    """Return every moment at which somebody was missing and somebody who could have helped was not sent.

    Args:
        case: The disturbance.
        judgements: What was said of all units whenever somebody was missing.
    """
    sent = {(task["unit"], task["ordered"]) for task in case.tasks}
    found = []
    for one in judgements:
        left = tuple(unit for unit in one.units if (unit.unit, one.time) not in sent)
        if left:
            found.append(NotSent(one, left))
    return found


def most_telling(case: Case, found: list[NotSent]) -> list[NotSent]:
    """Return the first moment, and where it never had all that its worst asked for, the first at which that was known.

    Of several capabilities that are missing then it is the one of which most were.
    """
    chosen = found[:1]
    for force in case.forces:
        if force["complete"] != force["complete"] and force["short"]:
            chosen += [
                one
                for one in found
                if one.judgement.severity == force["severity"] and one.judgement.capability == force["short"]
            ][:1]
    return list(dict.fromkeys(chosen))


def heading(moment: NotSent) -> str:
    """Return when it was, and what was missing."""
    one = moment.judgement
    return words.NOT_SENT["heading"].format(
        time=clock_in_words(one.time),
        people=number(one.missing, ","),
        purpose=words.PURPOSES[one.capability],
        severity=names.called(names.SEVERITY, one.severity.word),
    )


def lines(moment: NotSent, *, everybody: bool) -> list[str]:
    """Return a line for each of the nearest units, then the others counted by what was said of them.

    Guards who stay at their posts are not named where others are: there are many, and they say nothing.

    Args:
        moment: The moment.
        everybody: Whether all are named.
    """
    named = list(moment.units)
    if not everybody:
        named = [unit for unit in named if not _stays_at_its_post(unit)][:MOST]
    others = Counter(unit.verdict for unit in moment.units if unit not in named)
    said = [line(unit) for unit in named]
    if others:
        counted = "; ".join(
            words.STORY["verdict"].format(count=count, what=words.VERDICTS[verdict])
            for verdict, count in sorted(others.items(), key=lambda item: -item[1])
        )
        said.append(words.NOT_SENT["others"].format(verdicts=counted))
    if moment.judgement.unable:
        said.append(
            words.NOT_SENT["unable"].format(
                count=moment.judgement.unable, purpose=words.PURPOSES[moment.judgement.capability]
            )
        )
    return said


def line(unit: Judged) -> str:
    """Return one unit, how soon it could have been there, and why it was not sent."""
    people, agency = number(unit.people, ","), names.called(names.UNIT_AGENCY, unit.agency)
    key = "cut_off" if isinf(unit.minutes) else "unit"
    return words.NOT_SENT[key].format(
        unit=names.unit(unit.unit), people=people, agency=agency, minutes=number(unit.minutes, ".0f"), why=why(unit)
    )


def why(unit: Judged) -> str:
    """Return why a unit was not sent."""
    if unit.off_duty:
        return words.NOT_SENT["off_duty"]
    if unit.verdict is Verdict.BUSY:
        key = "busy_with" if unit.incident else "busy"
        doing = words.DOING[unit.purpose] if unit.purpose is not None else words.DOING["on_its_way_back"]
        return words.NOT_SENT[key].format(doing=doing, incident=unit.incident)
    if _stays_at_its_post(unit):
        return words.NOT_SENT["at_post"]
    return words.WHY_NOT[unit.verdict]


def _stays_at_its_post(unit: Judged) -> bool:
    return unit.role is Role.GUARD and unit.verdict is Verdict.HELD_BACK and not unit.off_duty
