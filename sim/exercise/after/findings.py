"""The parts of a report that people have written: strengths, areas for improvement, the plan for it, observations."""

from __future__ import annotations

from sim.exercise.after.blocks import Block, Heading, Table, Text, cells
from sim.exercise.after.naming import NONE, device
from sim.exercise.after.read import Played
from sim.exercise.session.actions import Find, FindingKind, Improve, Note, Observe, Rate
from sim.exercise.session.entry import Entry
from sim.exercise.session.state import ratings
from sim.words import after as words

_EMPTY_ROWS = 4
"""Lines to fill in where nothing was noted."""


def numbers(played: Played) -> dict[int, str]:
    """Return what each finding is called in the report, by the number of its entry: S1, S2 and I1, I2 and so on."""
    found: dict[int, str] = {}
    for kind, letter in ((FindingKind.STRENGTH, "S"), (FindingKind.IMPROVE, "I")):
        mine = [one.seq for one in played.state.findings if isinstance(one.action, Find) and one.action.kind is kind]
        found |= {seq: f"{letter}{count}" for count, seq in enumerate(mine, start=1)}
    return found


def finding_blocks(played: Played) -> list[Block]:
    """Return strengths and areas for improvement, then the improvement plan."""
    blocks: list[Block] = []
    called = numbers(played)
    for kind, anchor in ((FindingKind.STRENGTH, "strengths"), (FindingKind.IMPROVE, "improve")):
        blocks.append(Heading(words.HEADINGS[anchor], anchor=anchor))
        rows = [
            cells(called[one.seq], one.action.text, one.action.reference or NONE, one.action.analysis or NONE)
            for one in played.state.findings
            if isinstance(one.action, Find) and one.action.kind is kind
        ]
        text = words.FINDING
        head = (text["number"], text["text"], text["reference"], text["analysis"])
        table = Table(words.HEADINGS[anchor], head, tuple(rows), (7, 38, 20, 35))
        blocks.append(table if rows else Text(words.NO_FINDINGS[kind.value]))
    return [*blocks, *_plan(played, called)]


def _plan(played: Played, called: dict[int, str]) -> list[Block]:
    rows = [
        cells(
            f"{number}", one.action.action, one.action.owner or NONE, one.action.start or NONE, one.action.due or NONE,
            called.get(one.action.finding or 0, NONE),
        )
        for number, one in enumerate(played.state.improvements, start=1)
        if isinstance(one.action, Improve)
    ]  # fmt: skip
    text = words.IMPROVEMENT
    head = tuple(text[name] for name in ("number", "action", "owner", "start", "due", "finding"))
    heading, widths = Heading(words.HEADINGS["plan"], anchor="plan"), (7, 41, 20, 12, 12, 8)
    if rows:
        return [heading, Table(words.HEADINGS["plan"], head, tuple(rows), widths)]
    empty = tuple(cells(*[""] * len(head)) for _ in range(_EMPTY_ROWS))
    return [heading, Text(words.NO_IMPROVEMENTS), Table(words.HEADINGS["plan"], head, empty, widths, to_fill=True)]


def observation_blocks(played: Played) -> list[Block]:
    """Return what was seen, inject by inject, then what was noted on none."""
    rows = []
    for number, standing in sorted(played.state.injects.items()):
        told = told_of(played, number)
        letters = " ".join(one.action.rating.value for one in ratings(standing) if isinstance(one.action, Rate))
        if told or letters:
            rows.append(cells(f"{number}", standing.inject.title, letters or NONE, "\n".join(told) or NONE))
    general = told_of(played, None)
    if general:
        rows.append(cells(NONE, words.OBSERVED_GENERAL, NONE, "\n".join(general)))
    heading = Heading(words.HEADINGS["observations"], anchor="observations")
    if not rows:
        return [heading, Text(words.NO_OBSERVATIONS)]
    head = tuple(words.OBSERVED[name] for name in ("number", "title", "rating", "text"))
    return [heading, Table(words.HEADINGS["observations"], head, tuple(rows), (7, 26, 11, 56))]


def told_of(played: Played, inject: int | None) -> list[str]:
    """Return what was noted of an inject, or of none: with ratings, by evaluators, by the control team."""
    state, told = played.state, []
    if inject is not None:
        told += [_rated(played, one) for one in ratings(state.injects[inject]) if _text(one)]
    for one in state.observations:
        action = one.action
        if isinstance(action, Observe) and action.inject == inject:
            told.append(words.OBSERVED_BY.format(who=device(played.entries, one.by), text=action.text))
    for one in state.notes:
        if isinstance(one.action, Note) and one.action.inject == inject:
            told.append(words.OBSERVED_NOTE.format(text=one.action.text))
    return told


def _text(entry: Entry) -> str:
    return entry.action.text if isinstance(entry.action, Rate) else ""


def _rated(played: Played, entry: Entry) -> str:
    assert isinstance(entry.action, Rate)
    who = device(played.entries, entry.by)
    return words.OBSERVED_RATING.format(who=who, rating=entry.action.rating.value, text=entry.action.text)
