"""The parts of a report that tell how the exercise went: injects, decisions, questions to the model, the day seen."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from sim.errors import UserError
from sim.exercise.after.blocks import Block, Cell, Heading, Listed, Look, Table, Text, cells
from sim.exercise.after.naming import NONE, clock, decision_text, incident_name, order_name, party_of
from sim.exercise.after.ranges import Scope, options_table
from sim.exercise.after.read import Played
from sim.exercise.after.timeline import Passage, Step
from sim.exercise.futures.answer import Answer
from sim.exercise.session.actions import Ask, Decide, Decline, Hold, Move, Overrule, Propose
from sim.exercise.session.entry import Entry
from sim.exercise.session.state import Asked, Proposal, State
from sim.words import after as words
from sim.words import room as room_words
from sim.words.language import number


def timeline_blocks(passages: list[Passage]) -> list[Block]:
    """Return the part of the injects: planned, due, delivered, read, decided, late."""
    columns = ("number", "title", "planned", "due", "delivered", "late", "acknowledged", "decided", "status", "why")
    head = tuple(words.TIMELINE[name] for name in columns)
    widths = (5, 18, 9, 11, 10, 6, 7, 9, 13, 13)
    return [
        Heading(words.HEADINGS["timeline"], anchor="timeline"),
        Table(words.HEADINGS["timeline"], head, tuple(map(passage_cells, passages)), widths),
        Text(words.TIMELINE_NOTE, look=Look.NOTE),
    ]


def passage_cells(one: Passage) -> tuple[Cell, ...]:
    """Return how an inject went as a row: number, title, and the columns of the timeline."""
    return cells(
        f"{one.inject.seq}",
        one.inject.title,
        clock(one.planned),
        words.DUE[one.due_by.value].format(time=clock(one.due)),
        clock(one.delivered),
        NONE if one.late_minutes is None else late(one.late_minutes),
        clock(one.acknowledged),
        clock(one.decided),
        room_words.STATUSES[one.status.value],
        "\n".join(map(step_text, one.steps)) or NONE,
    )


def late(minutes: float) -> str:
    """Return how late something was, minutes; 0 below half a minute."""
    text = number(minutes, "+,.0f")
    return text if text.strip("+-0") else "0"


def step_text(step: Step) -> str:
    """Return what was done about an inject besides delivering it."""
    action, time = step.action, clock(step.entry.time)
    if isinstance(action, Move):
        return words.STEPS["move"].format(time=time, to=clock(action.to))
    name = "hold" if isinstance(action, Hold) else "skip"
    return words.STEPS[name if action.why else f"{name}_bare"].format(time=time, why=action.why)


def decision_blocks(played: Played) -> list[Block]:
    """Return the part of the decisions, and of what was asked for and not decided."""
    blocks: list[Block] = [Heading(words.HEADINGS["decisions"], anchor="decisions")]
    table = decision_table(played, played.state, played.state.decisions, words.HEADINGS["decisions"])
    blocks += table or [Text(words.NO_DECISIONS)]
    overruled = [overrule_text(one) for one in played.state.overrules]
    blocks += [Text(words.OVERRULES, look=Look.STRONG), Listed(tuple(overruled))] if overruled else []
    return [*blocks, *_not_decided(played)]


def decision_table(played: Played, state: State, decisions: Sequence[Entry], caption: str) -> list[Block]:
    """Return the table of some decisions of a line; nothing where there are none.

    Args:
        played: The session.
        state: How the room stands on the line.
        decisions: The entries by which it decided, in order.
        caption: What the table is called.
    """
    columns = ("number", "time", "text", "who", "why", "moved", "to")
    rows = tuple(cells(f"{n}", *decision_row(played, state, entry)) for n, entry in enumerate(decisions, start=1))
    head = tuple(words.DECISION[name] for name in columns)
    return [Table(caption, head, rows, (6, 8, 24, 12, 17, 21, 12))] if rows else []


def decision_row(played: Played, state: State, entry: Entry) -> tuple[str, ...]:
    """Return a decision of a line: when, what, who, why, what it moves, and on what it was taken."""
    action = entry.action
    assert isinstance(action, Decide)
    moved = "\n".join(order_name(played, order) for order in action.orders)
    return (
        clock(entry.time),
        decision_text(played, entry),
        action.who or NONE,
        action.why or NONE,
        moved or words.MOVES_NOTHING,
        "\n".join(_taken_on(played, state, action)) or NONE,
    )


def _taken_on(played: Played, state: State, action: Decide) -> list[str]:
    """Return on what a decision was taken: an inject, a request, a question."""
    told = []
    if action.inject is not None:
        told.append(words.TO_INJECT.format(number=action.inject))
    proposal = state.proposals.get(action.proposal or 0)
    if proposal is not None:
        party = party_of(played.entries, proposal.entry.by)
        form = words.TO_PROPOSAL if party else words.TO_PROPOSAL_OF_NOBODY
        told.append(form.format(party=party, time=clock(proposal.entry.time)))
    if action.question is not None:
        told.append(words.TO_QUESTION.format(number=_count_of(state, action.question)))
    return told


def _count_of(state: State, question: int) -> int:
    """Return what number a question of a line has in the report."""
    known = list(state.questions)
    return known.index(question) + 1 if question in known else question


def overrule_text(entry: Entry) -> str:
    """Return what the facilitator said otherwise than the model."""
    action = entry.action
    assert isinstance(action, Overrule)
    form = words.OVERRULE_WHY if action.why else words.OVERRULE
    return form.format(time=clock(entry.time), text=action.text, why=action.why)


def _not_decided(played: Played) -> list[Block]:
    """Return what players have asked for that was declined, or that nobody has answered."""
    declined, left = [], []
    for one in played.state.proposals.values():
        party = party_of(played.entries, one.entry.by) or NONE
        time, text = clock(one.entry.time), _proposed(played, one)
        if one.declined is not None and isinstance(one.declined.action, Decline):
            why = one.declined.action.why or NONE
            declined.append(words.DECLINED_ROW.format(time=time, party=party, text=text, why=why))
        elif one.is_open:
            left.append(words.OPEN_ROW.format(time=time, party=party, text=text))
    blocks: list[Block] = []
    for heading, told in ((words.DECLINED, declined), (words.OPEN, left)):
        blocks += [Text(heading, look=Look.STRONG), Listed(tuple(told))] if told else []
    return blocks


def _proposed(played: Played, proposal: Proposal) -> str:
    action = proposal.entry.action
    assert isinstance(action, Propose)
    return action.text or "; ".join(order_name(played, order) for order in action.orders)


def answer_blocks(played: Played) -> list[Block]:
    """Return the part of the questions: what the model answered, and what was decided then."""
    blocks: list[Block] = [Heading(words.HEADINGS["answers"], anchor="answers")]
    for count, asked in enumerate(played.state.questions.values(), start=1):
        blocks += _question(played, count, asked)
    return blocks if len(blocks) > 1 else [*blocks, Text(words.NO_QUESTIONS)]


def _question(played: Played, count: int, asked: Asked) -> list[Block]:
    action = asked.entry.action
    assert isinstance(action, Ask)
    form = words.QUESTION if action.inject is None else words.QUESTION_ABOUT
    heading = form.format(number=count, time=clock(asked.entry.time), inject=action.inject)
    blocks: list[Block] = [Heading(heading, level=2), *_answer(played, heading, asked)]
    if asked.answer is not None and not asked.shown:
        blocks.append(Text(words.NOT_SHOWN))
    blocks += [Text(overrule_text(one), look=Look.MARKED) for one in asked.overruled]
    then = [
        words.DECIDED_THEN.format(time=clock(entry.time), text=decision_text(played, entry))
        for entry in played.state.decisions
        if isinstance(entry.action, Decide) and entry.action.question == asked.entry.seq
    ]
    return [*blocks, *(Text(one) for one in then or [words.DECIDED_NOTHING])]


def _answer(played: Played, caption: str, asked: Asked) -> list[Block]:
    """Return the ranges that were told; they are read as anybody's data, for a log may be edited."""
    action = asked.entry.action
    assert isinstance(action, Ask)
    titles = words.OPTIONS_ASKED.format(options="; ".join(one.title for one in action.options))
    if asked.answer is None:
        told = words.NO_ANSWER.format(why=asked.fault) if asked.fault else words.NO_ANSWER_YET
        return [Text(titles), Text(told)]
    try:
        found = Answer.read(asked.answer)
    except UserError as error:
        return [Text(titles), Text(words.NO_ANSWER.format(why=error))]
    focus, time = words.FOCUS_ALL, clock(found.time)
    if found.focus is not None:
        focus = words.FOCUS.format(focus=incident_name(played, found.focus), time=time)
    options = [(one.title, one.ranges, one.differences) for one in found.options]
    table = options_table(caption, found.plan.ranges, options, Scope(found.until, found.focus is not None))
    return [Text(words.ANSWERED.format(futures=found.futures, time=time, focus=focus)), table]


def saw_blocks(played: Played) -> list[Block]:
    """Return the part of the one day that the room has played: what it saw, never a result."""
    rows = []
    for identity, incident in played.day.incidents.items():
        row = incident.row()
        times = [float(getattr(row, name)) for name in words.SAW_COLUMNS if name != "name"]
        if times[0] <= played.left:
            seen = (clock(time) if not isnan(time) and time <= played.left else NONE for time in times)
            rows.append(cells(incident_name(played, identity), *seen))
    blocks: list[Block] = [
        Heading(words.HEADINGS["saw"], anchor="saw"),
        Text(words.SAW.format(left=clock(played.left))),
    ]
    head = tuple(words.SAW_COLUMNS.values())
    table = Table(words.HEADINGS["saw"], head, tuple(rows), (37, 9, 9, 9, 9, 9, 9, 9), numbers=7)
    return [*blocks, table if rows else Text(words.SAW_NOTHING)]
