"""What is odd in a scenario's disturbances and conditions, though not wrong: a line each, with what would be usual.

- An incident before the polls open, or after midnight when no station can still be counting. What can only happen on a
  road does not wait for the polls.
- A crowd that starts larger than any that was seen at such a place, or that more could join than ten times as many.
- Something that would last longer than the day.
- A late opening that is not late, or for which voting is over, and a stage out of use only while nobody votes.
- A text of the scenario that names a part of it which is not there.

What was seen: :mod:`sim.config.seen`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.config.conditions import Condition
from sim.config.courses import CrowdCourse
from sim.config.distribution import Delay
from sim.config.fields import MINUTES_A_DAY, format_clock
from sim.config.kinds import Kind
from sim.config.scenario import Scenario
from sim.config.script import Between, ScriptedIncident
from sim.config.seen import POOL_FACTOR, largest_seen, seen_at
from sim.config.trouble import ScriptedLateOpening, ScriptedOutOfUse, ScriptedTrouble
from sim.vocabulary import PlaceKind
from sim.words.language import gettext as _


def odd_settings(scenario: Scenario, kinds: Iterable[str]) -> list[str]:
    """Return a sentence for each thing that is odd in the scenario's incidents and in some of its kinds.

    Args:
        scenario: The settings.
        kinds: Names of the kinds that can happen.
    """
    length = scenario.voting.day_end - scenario.voting.open
    return [
        *(text for i, one in enumerate(scenario.incidents) for text in _odd_incident(i, one, scenario)),
        *(text for i, one in enumerate(scenario.conditions) for text in _odd_condition(i, one, scenario, length)),
        *(text for i, one in enumerate(scenario.troubles) for text in _odd_trouble(i, one, scenario)),
        *(text for name in kinds for text in odd_kind(name, scenario.kinds[name], length)),
        *(
            _("{text} names {setting}, which is not there: the heading has a dash, or the sentence is left out").format(
                text=text, setting=setting
            )
            for text, setting in scenario.unsaid
        ),
    ]


def odd_kind(name: str, kind: Kind, day_minutes: float) -> Iterator[str]:
    """Give a sentence for each thing that is odd in a kind.

    Args:
        name: Its name.
        kind: The kind.
        day_minutes: From the opening of the polls to the end of the day.
    """
    course, at = kind.course, f"kinds.{name}.course"
    if isinstance(course, CrowdCourse):
        yield from _odd_start(f"{at}.starters", course.starters, kind.places)
        yield from _odd_pool(at, course, course.starters, kind.places)
    for key, value in course:
        if isinstance(value, Delay):
            yield from _odd_delay(f"{at}.{key}", value, day_minutes)


def _odd_incident(i: int, incident: ScriptedIncident, scenario: Scenario) -> Iterator[str]:
    kind, at = scenario.kinds[incident.kind], scenario.item("incidents", i)
    if any(place is not PlaceKind.ROAD for place in kind.places):
        yield from _odd_onset(f"{at}.onset", incident.onset, scenario)
    yield from _odd_starters(f"{at}.starters", incident.starters, incident.kind, kind)


def _odd_condition(i: int, condition: Condition, scenario: Scenario, day_minutes: float) -> Iterator[str]:
    then, at = condition.then, f"{scenario.item('conditions', i)}.then"
    yield from _odd_starters(f"{at}.starters", then.starters, then.kind, scenario.kinds[then.kind])
    yield from _odd_delay(f"{at}.delay", then.delay, day_minutes)


def _odd_trouble(i: int, trouble: ScriptedTrouble, scenario: Scenario) -> Iterator[str]:
    voting, at = scenario.voting, scenario.item("troubles", i)
    hours = {"opening": format_clock(voting.open), "closing": format_clock(voting.close)}
    if isinstance(trouble, ScriptedLateOpening) and not voting.open < trouble.opens_at < voting.close:
        yield _(
            "{setting} = {time}: not between the opening of the polls at {opening} and their closing at {closing}, as "
            "late openings are"
        ).format(setting=f"{at}.opens_at", time=format_clock(trouble.opens_at), **hours)
    if isinstance(trouble, ScriptedOutOfUse) and (
        voting.close <= trouble.from_time or (trouble.to_time is not None and trouble.to_time <= voting.open)
    ):
        yield _(
            "{setting} = {time}: not in the hours of voting, {opening} to {closing}, so hardly anybody waits for it"
        ).format(setting=f"{at}.from_time", time=format_clock(trouble.from_time), **hours)


def _odd_starters(setting: str, starters: int | None, name: str, kind: Kind) -> Iterator[str]:
    course = kind.course
    if starters is not None and isinstance(course, CrowdCourse):
        yield from _odd_start(setting, starters, kind.places)
        if starters > course.starters:  # with fewer, what is odd is odd of the kind itself
            both = _(" and ").join((setting, f"kinds.{name}.course"))
            yield from _odd_pool(both, course, starters, kind.places)


def _odd_delay(setting: str, delay: Delay, day_minutes: float) -> Iterator[str]:
    if delay.mean_minutes > day_minutes:
        yield _(
            "{setting} = {mean_minutes:,g}: longer than the day, which has "
            "{day_minutes:,.0f} minutes from the opening of the polls (voting.open, voting.day_end); "
            "usual is a part of it"
        ).format(setting=f"{setting}.mean_minutes", mean_minutes=delay.mean_minutes, day_minutes=day_minutes)


def _odd_onset(setting: str, onset: Between, scenario: Scenario) -> Iterator[str]:
    voting, latest = scenario.voting, max(float(MINUTES_A_DAY), _counted(scenario))
    opening = format_clock(voting.open)
    usual = _("usual is between {opening} and {closing}").format(opening=opening, closing=format_clock(latest))
    if onset.earliest < voting.open:
        yield _("{setting} = {earliest}: before the polls open at {opening} (voting.open); {usual}").format(
            setting=setting, earliest=format_clock(onset.earliest), opening=opening, usual=usual
        )
    elif onset.latest >= latest:
        yield _("{setting} = {latest}: after midnight; {usual}").format(
            setting=setting, latest=format_clock(onset.latest), usual=usual
        )


def _counted(scenario: Scenario) -> float:
    """Return when the largest station that is allowed has counted, minutes after midnight: until then people watch."""
    voting = scenario.voting
    cast = voting.turnout_share * scenario.region.derive.most_registered
    end = voting.close + voting.counting.setup_minutes + voting.counting.minutes_per_voter * cast
    return min(end, voting.day_end)


def _odd_start(setting: str, starters: int, places: tuple[PlaceKind, ...]) -> Iterator[str]:
    most = largest_seen(places)
    if most is not None and starters > most:
        yield (
            _(
                "{setting} = {starters:,}: it starts larger than any crowd seen {there}; seen were {seen} people in all"
            ).format(setting=setting, starters=starters, there=_there(places), seen=seen_at(places))
        )


def _odd_pool(at: str, course: CrowdCourse, starters: int, places: tuple[PlaceKind, ...]) -> Iterator[str]:
    around = course.neighbours.most if course.neighbours else 0
    most, people = largest_seen(places), starters + course.onlookers + around + course.supporters
    if most is not None and people > POOL_FACTOR * most:
        yield (
            _(
                "{at}: starters, onlookers, neighbours and supporters are {people:,} together, over "
                "{factor} times the largest crowd seen {there}; seen were {seen} people"
            ).format(at=at, people=people, factor=POOL_FACTOR, there=_there(places), seen=seen_at(places))
        )


def _there(places: tuple[PlaceKind, ...]) -> str:
    names = {PlaceKind.STATION: _("at a station"), PlaceKind.AREA: _("in a village"), PlaceKind.BASE: _("at an office")}
    return _(" or ").join(names[place] for place in places if place in names)
