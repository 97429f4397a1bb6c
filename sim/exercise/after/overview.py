"""The first part of a report: what was exercised, when, under which plan, by whom, and what came of it in short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sim.exercise.after.blocks import Block, Cell, Facts, Heading, Listed, Look, Table, Text, cells
from sim.exercise.after.compared import Worth, short_blocks
from sim.exercise.after.naming import clock
from sim.exercise.after.objectives import Objective, objectives, total
from sim.exercise.after.read import Played
from sim.exercise.after.timeline import GRACE_MINUTES, Passage, punctuality
from sim.exercise.inject import InjectStatus, Party
from sim.exercise.session.actions import Decide, Join, Rating, RoomRole
from sim.words import after as words
from sim.words import names
from sim.words import room as room_words
from sim.words.language import day_in_words


def overview_blocks(played: Played, passages: list[Passage], found: Worth) -> list[Block]:
    """Return the part of the facts, and that of what came of it in short."""
    return [
        Heading(words.HEADINGS["overview"], anchor="overview"),
        Facts(tuple(facts(played, passages))),
        Heading(words.HEADINGS["short"], anchor="short"),
        Listed(tuple(_short(played, passages))),
        *short_blocks(found),
    ]


def facts(played: Played, passages: list[Passage]) -> list[tuple[str, str]]:
    """Return what was exercised, as labels and texts."""
    about, scenario, state, text = played.about, played.run.scenario, played.state, words.FACTS
    weather = names.called(names.WEATHER, scenario.weather.name)
    orders = [entry for entry in state.decisions if isinstance(entry.action, Decide) and entry.action.orders]
    statuses = Counter(one.status for one in passages)
    return [
        (text["scenario"], scenario.said_title),
        (text["region"], scenario.region.title),
        (text["plan"], played.plan),
        (text["day"], words.DAY.format(day=about.day, weather=weather)),
        (text["when"], _held(played)),
        (text["clock"], words.PLAYED.format(start=clock(about.start), left=clock(played.left))),
        (text["parties"], _parties(played)),
        (text["control"], _control(played)),
        (
            text["injects"],
            words.INJECTS.format(
                listed=len(passages),
                delivered=sum(one.delivered is not None for one in passages),
                held=statuses[InjectStatus.HELD],
                skipped=statuses[InjectStatus.SKIPPED],
            ),
        ),
        (text["decided"], words.DECIDED.format(count=len(state.decisions), moving=len(orders))),
        (text["lines"], _lines(played)),
        (text["made"], words.MADE.format(version=about.siaga, command=about.command)),
    ]


def _held(played: Played) -> str:
    if not played.entries:
        return words.NOT_HELD
    begun, ended = (datetime.fromisoformat(played.entries[i].at) for i in (0, -1))
    minutes = max(0.0, (ended - begun).total_seconds() / 60)
    return words.HELD.format(date=day_in_words(begun.astimezone().date()), minutes=minutes)


def _joined(played: Played) -> dict[str, Join]:
    """Return every device that has ever joined, those that have left among them, by its name."""
    return {entry.action.device: entry.action for entry in played.entries if isinstance(entry.action, Join)}


def _parties(played: Played) -> str:
    found = Counter(one.party for one in _joined(played).values() if one.role is RoomRole.PLAYER and one.party)
    return _counted((room_words.PARTIES[party], found[party]) for party in Party) or words.NO_PARTY


def _control(played: Played) -> str:
    found: Counter[RoomRole] = Counter(one.role for one in _joined(played).values() if one.role is not RoomRole.PLAYER)
    return _counted((room_words.ROLES[role], found[role]) for role in RoomRole) or words.NO_CONTROL


def _counted(found: Iterable[tuple[str, int]]) -> str:
    told = [
        (words.ONE_DEVICE if count == 1 else words.DEVICES).format(name=name, count=count)
        for name, count in found
        if count
    ]
    return ", ".join(told)


def _lines(played: Played) -> str:
    lines, here = played.state.lines, played.state.line
    if len(lines) == 1:
        return words.ONE_LINE
    name = words.LINE_NAME.format(name=lines[here].name) if lines[here].name else ""
    return words.LINES.format(count=len(lines), line=here, name=name)


def _short(played: Played, passages: list[Passage]) -> list[str]:
    whole, on_time = total(objectives(played.state)), punctuality(passages)
    sentences = [_rated(whole)]
    if on_time.latest_minutes is None:
        sentences.append(words.PUNCTUAL_NONE.format(delivered=on_time.delivered))
    else:
        sentences.append(
            words.PUNCTUAL.format(
                delivered=on_time.delivered, timed=on_time.timed, late=on_time.late, grace=GRACE_MINUTES,
                latest=max(0.0, on_time.latest_minutes),
            )
        )  # fmt: skip
    overruled = len(played.state.overrules)
    if overruled:
        sentences.append((words.OVERRULED_ONCE if overruled == 1 else words.OVERRULED_SHORT).format(count=overruled))
    return sentences


def _rated(whole: Objective) -> str:
    if not whole.rated:
        return words.NOT_RATED
    counts = {rating.value: whole.counts[rating] for rating in Rating}
    return words.RATED.format(rated=whole.rated, unrated=whole.unrated, delivered=whole.delivered, **counts)


def objective_blocks(played: Played) -> list[Block]:
    """Return the part of the objectives and their ratings."""
    found = objectives(played.state)
    heading = Heading(words.HEADINGS["objectives"], anchor="objectives")
    if not found:
        return [heading, Text(words.NO_OBJECTIVES)]
    rows = [_row(one.text or words.NO_OBJECTIVE, one) for one in found]
    if len(found) > 1:
        rows.append(_row(words.TOTAL, total(found)))
    head = (words.OBJECTIVE, *(one.value for one in Rating), words.UNRATED, words.NOT_GIVEN)
    table = Table(
        words.HEADINGS["objectives"], head, tuple(rows), (43, 8, 8, 8, 8, 11, 14), numbers=6,
        strong=(len(rows) - 1,) if len(found) > 1 else (),
    )  # fmt: skip
    return [heading, table, ratings_note()]


def ratings_note() -> Text:
    """Return what the letters mean, and what is counted."""
    return Text(words.OBJECTIVES_NOTE.format(**room_words.RATINGS), look=Look.NOTE)


def _row(text: str, one: Objective) -> tuple[Cell, ...]:
    counts = [f"{one.counts[rating]:d}" for rating in Rating]
    return cells(text, *counts, f"{one.unrated:d}", f"{len(one.injects) - one.delivered:d}")
