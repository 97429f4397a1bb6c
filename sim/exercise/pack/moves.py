"""Move lists: who moves where on the day played, how far and how long, for whoever keeps the floor map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

from sim.day.day import Day
from sim.exercise.pack.handbook import day_clock, exercise_time
from sim.exercise.pack.paper import Block, Heading, Look, Paper, Table, Text
from sim.exercise.pack.played import Played
from sim.region.printed import as_printed, name_of_code
from sim.vocabulary import Outcome, Purpose
from sim.words import exercise_pack as words
from sim.words import names
from sim.words.language import number

_LEAST_KM = 0.05
"""Who moves less stays where he is on a map of the floor."""


@dataclass(frozen=True)
class Move:
    """One team on its way.

    Attributes:
        unit: Its name.
        people: How many.
        origin: Where it sets out, by name.
        target: Where it is sent, by name.
        purpose: What for.
        departed: When, minutes after midnight.
        arrived: When it is there; NaN: it never is.
        km: How far, km.
        outcome: How its task ended.
    """

    unit: str
    people: int
    origin: str
    target: str
    purpose: Purpose
    departed: float
    arrived: float
    km: float
    outcome: Outcome


def moves_of(played: Played) -> list[Move]:
    """Return who moves on the day played, in order of departure, at one time in that of the orders."""
    table = played.log.tables["tasks"]
    rows = [dict(zip(table, values, strict=True)) for values in zip(*(c.tolist() for c in table.values()), strict=True)]
    moving = [row for row in rows if not isnan(row["departed"]) and row["km"] >= _LEAST_KM]
    moving.sort(key=lambda row: row["departed"])
    return [_move(row, origin, played) for row, origin in zip(moving, _origins(moving, played), strict=True)]


def _origins(rows: list[dict[str, object]], played: Played) -> Iterator[str]:
    """Give where each of these sets out: the day is played once more, and looked at when he leaves."""
    day = Day(played.world, played.strategy, played.chosen.day, played.draws)
    units = {unit.spec.name: unit for unit in day.fleet.units}
    region = as_printed(played.world.gazetteer)
    for row in rows:
        departed = row["departed"]
        assert isinstance(departed, float)
        day.until(departed)
        position = day.fleet.position(units[str(row["unit"])])
        yield region.nodes[position.node].name if position.station is None else region.stations.name[position.station]


def _move(row: dict[str, object], origin: str, played: Played) -> Move:
    departed, arrived, km = row["departed"], row["arrived"], row["km"]
    assert isinstance(departed, float)
    assert isinstance(arrived, float)
    assert isinstance(km, float)
    target = name_of_code(played.world.gazetteer, str(row["place"]))
    return Move(
        str(row["unit"]), int(str(row["strength"])), origin, target, Purpose(str(row["purpose"])), departed, arrived,
        km, Outcome(str(row["outcome"])),
    )  # fmt: skip


def move_lists(played: Played) -> Paper:
    """Return the move lists of the day played, phase by phase."""
    voting, moves = played.world.scenario.voting, moves_of(played)
    phases = (
        ("before", played.world.start, voting.open), ("polling", voting.open, voting.close),
        ("after", voting.close, played.world.end),
    )  # fmt: skip
    in_phase = {key: [m for m in moves if begin <= m.departed < end] for key, begin, end in phases}
    blocks: list[Block] = [Text(words.MOVES["how"], look=Look.NOTE), Heading(words.HEADINGS["phases"])]
    rows = [
        (
            words.HEADINGS[key], day_clock(begin), day_clock(end), number(len(in_phase[key]), ","),
            number(sum(m.people for m in in_phase[key]), ","), number(sum(m.km for m in in_phase[key]), ",.0f"),
        )
        for key, begin, end in phases
    ]  # fmt: skip
    blocks.append(Table(words.PHASE_COLUMNS, tuple(rows), (36, 12, 12, 13, 13, 14)))
    for key, _begin, _end in phases:
        blocks.append(Heading(words.HEADINGS[key]))
        listed = tuple(_row(move, played.start) for move in in_phase[key])
        widths = (7, 7, 19, 5, 16, 19, 9, 5, 4, 12)
        blocks.append(Table(words.MOVES_COLUMNS, listed, widths) if listed else Text(words.MOVES["none"]))
    return Paper(
        title=words.PAPERS["moves"], sub=f"{played.world.region.title}: {played.title}",
        reader=words.READERS["control"], blocks=tuple(blocks), is_secret=True, is_wide=True,
    )  # fmt: skip


def _row(move: Move, start: float) -> tuple[str, ...]:
    there = words.MOVES["recalled"].format(outcome=words.OUTCOMES[move.outcome])
    minutes = ""
    if not isnan(move.arrived):
        there, minutes = day_clock(move.arrived), number(move.arrived - move.departed, ",.0f")
    return (
        day_clock(move.departed), exercise_time(move.departed, start), names.unit(move.unit),
        number(move.people, ","), move.origin, move.target, words.PURPOSES[move.purpose], number(move.km, ",.1f"),
        minutes, there,
    )  # fmt: skip
