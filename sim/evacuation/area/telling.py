"""What came of an evacuation of an area, in sentences."""

from __future__ import annotations

import math

from sim.evacuation.area.result import AreaResult
from sim.evacuation.area.state import Whereabouts
from sim.words import evacuate_area as words
from sim.words.language import number


def describe(result: AreaResult) -> list[str]:
    """Return the outcome as lines to print: who, when, against which bound, held up by what, and where they are."""
    plan, counts = result.plan, result.counts
    settings = plan.settings
    wanted = plan.people - counts[Whereabouts.REFUSED]
    lines = [
        words.TITLE.format(
            title=settings.said_title,
            people=plan.people,
            villages=len(plan.zones),
            shelters=len(plan.shelters),
            buses=sum(team.count for team in plan.buses),
            decided_by=settings.decided_by,
        ),
        *plan.remarks,
        words.SAFE.format(safe=counts[Whereabouts.SAFE], wanted=wanted, refused=counts[Whereabouts.REFUSED]),
        words.TIMES.format(**{name: minutes(getattr(result, name)) for name in ("t50", "t90", "t95", "last")}),
        _bound(result),
    ]
    if result.left_behind:
        waiting, dead_end, without = (
            counts[state] for state in (Whereabouts.WAITING, Whereabouts.DEAD_END, Whereabouts.WITHOUT_PLACE)
        )
        lines.append(words.BEHIND.format(waiting=waiting, dead_end=dead_end, without=without))
        if moving := result.left_behind - waiting - dead_end - without:
            lines.append(words.GIVEN_UP.format(moving=moving))
    if result.bottleneck is not None:
        spent = minutes(result.minutes_spent[result.bottleneck])
        lines.append(words.HELD_UP[result.bottleneck.value].format(minutes=spent))
    if settings.area.around is not None:
        near = min(range(len(plan.zones)), key=lambda zone: plan.zones[zone].from_danger_km)
        lines.append(words.NEAREST.format(name=plan.zones[near].name, minutes=minutes(result.zone_last[near])))
    shelters = zip(plan.shelters, result.inside, strict=True)
    return lines + [words.SHELTER.format(name=s.name, inside=n, places=s.places) for s, n in shelters]


def _bound(result: AreaResult) -> str:
    if math.isnan(result.ratio):
        return words.BOUND_ALONE.format(bound=minutes(result.bound))
    return words.BOUND.format(bound=minutes(result.bound), ratio=number(result.ratio, ".1f"))


def minutes(time: float) -> str:
    """Write minutes for a sentence; infinite is never."""
    return words.MINUTES.format(minutes=time) if math.isfinite(time) else words.NEVER
