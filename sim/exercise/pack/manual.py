"""The situation manual: what everybody may know before the exercise begins. No event of the day played is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.config.fields import clock_in_words
from sim.day.world import World
from sim.exercise.inject import EVERYBODY
from sim.exercise.pack.paper import Block, Heading, Listed, Paper, Picture, Table, Text
from sim.exercise.pack.plan import plan_in_short
from sim.words import exercise as text
from sim.words import exercise_pack as words
from sim.words import names, room
from sim.words.language import number

_NOTE_LINES = 8


@dataclass(frozen=True)
class PlayerView:
    """All that a participant's paper is made from: no hidden field, no incident, no title of the scenario.

    Attributes:
        title: Title of the exercise.
        place: Name of the region.
        plan: Title of the plan in force.
        starts: When the exercise starts, as the language writes it.
        opens: When stations open; ``closes`` likewise.
        situation: The general situation, a paragraph.
        in_short: The plan in force.
        map: The map, a PNG picture.
    """

    title: str
    place: str
    plan: str
    starts: str
    opens: str
    closes: str
    situation: str
    in_short: tuple[Block, ...]
    map: bytes


def player_view(world: World, strategy: str, start: float, picture: bytes) -> PlayerView:
    """Return what players may know before the exercise begins.

    Args:
        world: The prepared scenario.
        strategy: Name of the plan in force.
        start: When the exercise starts, minutes after midnight.
        picture: A map of the region on which nothing of the scenario is drawn.
    """
    scenario, region = world.scenario, world.region
    opens, closes = clock_in_words(scenario.voting.open), clock_in_words(scenario.voting.close)
    return PlayerView(
        title=text.PLAYER_TITLE.format(region=region.title),
        place=region.title,
        plan=scenario.titles[strategy],
        starts=clock_in_words(start),
        opens=opens,
        closes=closes,
        situation=text.SITUATION.format(
            date=text.DATE, place=region.title, districts=number(len(region.districts), ","),
            stations=number(len(region.stations), ","), opens=opens, closes=closes,
            registered=number(int(region.stations.registered.sum()), ","),
            weather=names.called(names.WEATHER, scenario.weather.name),
            police=number(scenario.region.forces.police, ","), wardens=number(scenario.region.forces.wardens, ","),
        ),
        in_short=plan_in_short(world, strategy),
        map=picture,
    )  # fmt: skip


def manual(view: PlayerView) -> Paper:
    """Return the situation manual."""
    return Paper(
        title=view.title,
        sub=words.PAPERS["manual"],
        reader=words.READERS["all"],
        blocks=(*_front(view), *_modules(view), *_appendices(view)),
    )


def _front(view: PlayerView) -> Iterator[Block]:
    yield Heading(words.HEADINGS["overview"])
    overview = {
        "name": view.title,
        "date": text.DATE,
        "place": view.place,
        "scope": words.SCOPE.format(starts=view.starts),
        "threat": words.THREAT,
        "plan": view.plan,
        "participants": ", ".join(room.PARTIES[party] for party in EVERYBODY),
        "sponsor": words.TO_FILL_IN,
    }
    yield Table((), tuple((words.OVERVIEW[key], value) for key, value in overview.items()), (22, 78))
    yield Heading(words.HEADINGS["purpose"])
    yield Text(text.PURPOSE)
    yield Listed(words.PLAYER_OBJECTIVES, numbered=True)
    yield Heading(words.HEADINGS["agenda"])
    agenda = [(part, when.format(opens=view.opens, closes=view.closes), asked) for part, when, asked in text.TIMETABLE]
    yield Table(text.TIMETABLE_COLUMNS, tuple(agenda), (26, 22, 52))
    yield Heading(words.HEADINGS["roles"])
    yield Table((), text.ROLES, (22, 78))
    yield Heading(words.HEADINGS["rules"])
    yield Listed(text.RULES)
    yield Heading(words.HEADINGS["artificialities"])
    yield Listed(words.ARTIFICIALITIES)


def _modules(view: PlayerView) -> Iterator[Block]:
    yield Heading(words.HEADINGS["situation"], new_page=True)
    yield Text(view.situation)
    for name, situation, questions in words.MODULES:
        yield Heading(name)
        yield Text(situation.format(starts=view.starts, opens=view.opens, closes=view.closes))
        yield Heading(words.HEADINGS["questions"], 2)
        yield Listed(questions, numbered=True)


def _appendices(view: PlayerView) -> Iterator[Block]:
    yield Heading(words.HEADINGS["plan"], new_page=True)
    yield from view.in_short
    yield Heading(words.HEADINGS["map"], new_page=True)
    yield Picture(view.map, words.MAP_WORDS.format(region=view.place))
    yield Heading(words.HEADINGS["abbreviations"], new_page=True)
    yield Table(words.TERMS_HEAD, words.ABBREVIATIONS, (28, 72))
    yield Heading(words.HEADINGS["notes"])
    blank = tuple(("", "", "") for _ in range(_NOTE_LINES))
    yield Table(text.NOTES_COLUMNS, blank, (15, 50, 35), lines=True)
