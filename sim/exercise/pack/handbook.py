"""What the control team and the evaluators get: the facilitator handbook, the evaluation guide, the inject cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan

from sim.config.fields import MINUTES_A_DAY, clock_in_words
from sim.disturbance.scripted import where_of
from sim.exercise.expected import votes_lost
from sim.exercise.inject import EVERYBODY, Inject, PlayerMessage
from sim.exercise.pack.paper import Block, Card, Cards, Heading, Listed, Look, Paper, Table, Text
from sim.exercise.pack.played import Played
from sim.experiment.partial import partial_sentences
from sim.log import NEVER
from sim.words import exercise as text
from sim.words import exercise_pack as words
from sim.words import names, room

_SEEN_LINES = 3


def exercise_time(time: float, start: float) -> str:
    """Return a time since the start of the exercise, as ``T+1:30``."""
    hours, minutes = divmod(round(abs(time - start)), 60)
    return f"T{'-' if time < start else '+'}{hours}:{minutes:02d}"


def day_clock(time: float) -> str:
    """Return a time of day, minutes after midnight, with a word where it is the next day."""
    whole = round(time)
    if whole < MINUTES_A_DAY:
        return clock_in_words(time)
    return words.NEXT_DAY.format(time=clock_in_words(whole - MINUTES_A_DAY))


def _clock(inject: Inject) -> str:
    return words.UNTIMED if inject.time is None else day_clock(inject.time)


def handbook(played: Played, injects: Sequence[Inject]) -> Paper:
    """Return the facilitator handbook: what is played and what to expect, then a page for each inject.

    Args:
        played: The day that is played.
        injects: The list.
    """
    scenario = played.world.scenario
    weather = names.called(names.WEATHER, scenario.weather.name)
    return Paper(
        title=scenario.said_title,
        sub=f"{words.PAPERS['handbook']}. {played.world.region.title}, {weather}",
        reader=words.READERS["control"],
        blocks=(*_front(played), *_list(injects), *(b for inject in injects for b in _page(inject, played.start))),
        is_secret=True,
        foot=words.MADE_BY.format(command=played.run.manifest["command"]),
    )


def _front(played: Played) -> Iterator[Block]:
    scenario, run, chosen = played.world.scenario, played.run, played.chosen
    if scenario.said_description:
        yield Text(scenario.said_description)
    if scenario.said_objectives:
        yield Listed(scenario.said_objectives)
    yield Heading(words.HEADINGS["how"])
    yield Listed(words.HOW)
    yield Heading(words.HEADINGS["played"])
    yield Text(
        words.PLAYED[chosen.rule].format(
            day=chosen.day, days=chosen.days, votes=chosen.votes, least=chosen.least, most=chosen.most,
            baseline=scenario.titles[run.strategies[0]],
        )
    )  # fmt: skip
    yield Text(words.PLAYED_UNDER.format(plan=played.title))
    for sentence in partial_sentences(run.replications, scenario.run.replications):
        yield Text(sentence, look=Look.NOTE)
    yield from _expected(played)
    yield Heading(words.HEADINGS["lost"])
    stations = run.table("stations")
    lost = [(s.said_title, votes_lost(stations, s.name)) for s in scenario.strategies]
    rows = [(title, text.SPAN.format(low=low, middle=middle, high=high)) for title, (low, middle, high) in lost]
    yield Table((), tuple(rows), (40, 60))
    yield Heading(words.HEADINGS["limits"])
    yield Listed(text.MODEL_LIMITS)
    yield Heading(words.HEADINGS["standing"])
    yield Listed(text.STANDING_QUESTIONS, numbered=True)


def _expected(played: Played) -> Iterator[Block]:
    """Give a table of the expected times of each disturbance of the scenario, beside the day that is played."""
    world = played.world
    table = played.log.tables["incidents"]
    day = {name: {c: float(table[c][i]) for c in text.MILESTONES} for i, name in enumerate(table["incident"].tolist())}
    titles = {
        one.start.identity: f"{world.scenario.kinds[one.start.kind_name].said_title}, {where_of(one, world.gazetteer)}"
        for one in world.disturbances.scripted
    }
    for identity, title in titles.items():
        if identity not in played.ranges:
            continue
        yield Heading(words.HEADINGS["expected"].format(name=title), 2)
        rows = [
            (text.MILESTONES[c], _on_the_day(day.get(identity, {}).get(c, NEVER)), found.words)
            for c, found in played.ranges[identity].items()
        ]
        yield Table(words.TIMES_COLUMNS, tuple(rows), (34, 22, 44))


def _on_the_day(time: float) -> str:
    return "–" if isnan(time) else day_clock(time)


def _list(injects: Sequence[Inject]) -> Iterator[Block]:
    yield Heading(words.HEADINGS["list"], new_page=True)
    rows = [(str(i.seq), _clock(i), room.TYPES[i.type], i.title) for i in injects]
    yield Table(words.LIST_COLUMNS, tuple(rows), (8, 16, 20, 56))


def _page(inject: Inject, start: float) -> Iterator[Block]:
    """Give the page of an inject."""
    page = words.PAGE
    yield Heading(page["heading"].format(number=inject.seq, time=_clock(inject), title=inject.title), new_page=True)
    values = {
        "type": room.TYPES[inject.type], "delivery": inject.delivery, "sender": inject.sender,
        "recipient": inject.recipient, "minutes": inject.longest_minutes,
    }  # fmt: skip
    if inject.time is None:
        yield Text(page["how_untimed"].format(**values))
    else:
        yield Text(page["how"].format(**values, exercise=exercise_time(inject.time, start)))
    yield Text(_group(inject), page["group"])
    if inject.condition:
        yield Text(inject.condition, page["condition"])
    yield Text(inject.text, page["say" if inject.group else "keep"], Look.SAY)
    if inject.note:
        yield Text(inject.note, page["note"], Look.NOTE)
    told = (("decision", inject.decision), ("action", inject.expected_action), ("objective", inject.objective),
            ("learning", inject.learning_point), ("event", inject.model_event))  # fmt: skip
    for label, value in told:
        if value:
            yield Text(value, page[label])
    yield Text("", page["seen"])
    yield Table((), tuple((" ",) for _ in range(_SEEN_LINES)), lines=True)


def _group(inject: Inject) -> str:
    if not inject.group:
        return words.PAGE["control"]
    if set(inject.group) == set(EVERYBODY):
        return words.PAGE["everybody"]
    return ", ".join(room.PARTIES[party] for party in inject.group)


def guide(injects: Sequence[Inject], sub: str) -> Paper:
    """Return the evaluation guide: by objective, each inject that somebody at the table gets.

    Args:
        injects: The list.
        sub: Of what it is.
    """
    return Paper(
        title=words.PAPERS["guide"], sub=sub, reader=words.READERS["evaluators"], blocks=tuple(_guide(injects)),
        is_secret=True,
    )  # fmt: skip


def _guide(injects: Sequence[Inject]) -> Iterator[Block]:
    yield Heading(words.HEADINGS["scale"])
    yield Text(words.GUIDE["how"])
    yield Table((), tuple((letter, meaning) for letter, meaning in room.RATINGS.items()), (10, 90))
    rated = [inject for inject in injects if inject.group and inject.expected_action]
    for number, objective in enumerate(dict.fromkeys(inject.objective for inject in rated), start=1):
        yield Heading(words.GUIDE["objective"].format(number=number, objective=objective))
        rows = [
            (str(i.seq), _clock(i), i.title, i.expected_action, words.GUIDE["boxes"], "")
            for i in rated
            if i.objective == objective
        ]
        yield Table(words.GUIDE_COLUMNS, tuple(rows), (6, 11, 20, 27, 14, 22), lines=True)


def cards(injects: Sequence[Inject], title: str) -> Paper:
    """Return the cards: of each inject what players may be given of it, and its number and time for the control team.

    Args:
        injects: The list.
        title: Title of the exercise.
    """
    made = [_card(inject) for inject in injects if inject.group]
    return Paper(
        title=title, sub=words.PAPERS["cards"], reader=words.READERS["released"], blocks=(Cards(tuple(made)),),
        has_title_block=False,
    )  # fmt: skip


def _card(inject: Inject) -> Card:
    message, time = PlayerMessage.of(inject), words.CARD["on_condition"]
    if inject.time is not None:
        time = day_clock(inject.time)
    rows = (
        (words.CARD["from"], message.sender), (words.CARD["to"], message.recipient),
        (words.CARD["how"], message.delivery),
    )  # fmt: skip
    return Card(words.CARD["top"].format(number=message.seq, time=time), message.text, rows)
