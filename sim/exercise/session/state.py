"""How a room stands: what comes of its list of injects and of everything that was done, as a pure function.

**Lines.** A room can go back to a moment and decide otherwise from there. What it did before stays: each such try is a
*line*, with the line that it left and the moment at which it left it. What is done belongs to the line on which it is
done, and to the lines that leave it later; notes, observations and findings belong to all
(:data:`sim.exercise.session.actions.ROOM`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sim.exercise.inject import Inject, Party
from sim.exercise.session.actions import (
    Add,
    Answer,
    Ask,
    Back,
    Decide,
    Decline,
    Edit,
    End,
    Find,
    GoTo,
    Improve,
    Join,
    Jump,
    Leave,
    Note,
    Observe,
    Overrule,
    Pause,
    Propose,
    Rate,
    RoomRole,
    Run,
    Show,
    Undo,
)
from sim.exercise.session.entry import ROOM, Entry
from sim.exercise.session.life import Standing, after

MAIN = 0
"""The line on which a room begins."""


@dataclass(frozen=True)
class Opening:
    """What a room begins with.

    Attributes:
        injects: Its list.
        start: When its scenario clock begins, minutes after midnight.
        end: When the played day ends.
    """

    injects: tuple[Inject, ...]
    start: float
    end: float


@dataclass(frozen=True)
class Clock:
    """The scenario clock.

    Attributes:
        time: What it showed at ``since``, minutes after midnight.
        since: By the wall clock, UTC.
        speed: Scenario minutes a wall minute while it runs.
        running: Whether it runs.
        end: It stops there, minutes after midnight.
    """

    time: float
    since: datetime
    speed: float
    running: bool
    end: float

    def now(self, wall: datetime) -> float:
        """Return what it shows at a moment of the wall clock; a wall clock that is put back does not put it back."""
        if not self.running:
            return self.time
        gone = max(0.0, (wall - self.since).total_seconds())
        return min(self.end, round(self.time + gone / 60.0 * self.speed, 3))


@dataclass(frozen=True)
class Line:
    """One try of the room.

    Attributes:
        number: Its number, from 0.
        parent: The line that it left; None: it is the first.
        fork: When it left it, minutes after midnight.
        name: What it is called; may be empty.
        left: When it was last on it.
    """

    number: int
    parent: int | None
    fork: float
    name: str
    left: float


@dataclass(frozen=True)
class Asked:
    """A question, and what came of it.

    Attributes:
        entry: The entry that asked.
        answer: The ranges; None while they are being worked out, or when that was not possible.
        fault: Why it was not possible.
        shown: Whether everybody sees the answer.
        overruled: What the facilitator said otherwise.
    """

    entry: Entry
    answer: Mapping[str, object] | None = None
    fault: str = ""
    shown: bool = False
    overruled: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What players have asked for.

    Attributes:
        entry: The entry by which they did.
        decided: The entry by which it was decided; None: it was not.
        declined: The entry by which it was declined.
    """

    entry: Entry
    decided: Entry | None = None
    declined: Entry | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.decided is None and self.declined is None


@dataclass
class State:
    """How a room stands on the line that it is on.

    Attributes:
        seq: Number of the last entry.
        start: When the scenario clock began, minutes after midnight.
        line: Number of the line.
        lines: All lines by number.
        clock: The scenario clock.
        injects: Every inject by its number, and how it stands.
        devices: Who has joined and not left, by device.
        proposals: By number of the entry.
        questions: By number of the entry.
        decisions: In order.
        overrules: In order.
        notes: In order, those of every line.
        observations: In order, those of every line.
        findings: In order.
        improvements: In order.
        done: All entries that hold on the line, in order.
        ended: Whether the exercise is over.
    """

    seq: int
    start: float
    line: int
    lines: dict[int, Line]
    clock: Clock
    injects: dict[int, Standing]
    devices: dict[str, Join] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    questions: dict[int, Asked] = field(default_factory=dict)
    decisions: list[Entry] = field(default_factory=list)
    overrules: list[Entry] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)
    observations: list[Entry] = field(default_factory=list)
    findings: list[Entry] = field(default_factory=list)
    improvements: list[Entry] = field(default_factory=list)
    done: list[Entry] = field(default_factory=list)
    ended: bool = False

    def party(self, device: str) -> Party | None:
        """Return for whom a device's player sits at the table; None for nobody."""
        joined = self.devices.get(device)
        return joined.party if joined is not None else None

    def in_role(self, role: RoomRole) -> list[Join]:
        """Return the devices of a role that are in the room."""
        return [joined for joined in self.devices.values() if joined.role is role]


def state_of(opening: Opening, entries: Sequence[Entry], line: int | None = None) -> State:
    """Return how a room stands.

    Args:
        opening: What it began with.
        entries: All that was done, in order.
        line: On this line; None: on the one that it is on.
    """
    lines, clock, now = _times(opening, entries)
    here = now if line is None else line
    if here != now:
        clock = replace(clock, time=lines[here].left, running=False)
    state = State(
        seq=entries[-1].seq if entries else 0,
        start=opening.start,
        line=here,
        lines=lines,
        clock=clock,
        injects={inject.seq: Standing.of(inject) for inject in opening.injects},
    )
    for entry in holding(entries, lines, here):
        _do(state, entry)
    return state


def followed(state: State, opening: Opening, entries: Sequence[Entry]) -> State:
    """Return how a room stands after the last of some entries, from how it stood before: the same, only sooner.

    Args:
        state: How it stood; it is changed, where that is enough.
        opening: What the room began with.
        entries: All that was done, in order.
    """
    entry = entries[-1]
    if isinstance(entry.action, (Back, GoTo, Undo)):
        return state_of(opening, entries)
    state.seq = entry.seq
    state.line, state.clock = _tick(state.lines, state.line, state.clock, entry)
    _do(state, entry)
    return state


def _times(opening: Opening, entries: Iterable[Entry]) -> tuple[dict[int, Line], Clock, int]:
    """Return all lines, the clock, and the line that the room is on."""
    lines = {MAIN: Line(MAIN, None, -math.inf, "", opening.start)}
    clock, here = Clock(opening.start, datetime.min.replace(tzinfo=UTC), 1.0, False, opening.end), MAIN
    for entry in entries:
        here, clock = _tick(lines, here, clock, entry)
    return lines, clock, here


def _tick(lines: dict[int, Line], here: int, clock: Clock, entry: Entry) -> tuple[int, Clock]:
    """Take one entry into account for the lines, and return the line that the room is on, and its clock."""
    action, time, running, speed = entry.action, entry.time, clock.running, clock.speed
    if isinstance(action, Run):
        running, speed = True, action.speed
    elif isinstance(action, (Pause, End)):
        running = False
    elif isinstance(action, Jump):
        time = min(action.to, clock.end)
    lines[here] = replace(lines[here], left=max(lines[here].left, time))
    if isinstance(action, Back):
        here, time, running = len(lines), min(action.to, clock.end), False
        lines[here] = Line(here, entry.line, action.to, action.name, time)
    elif isinstance(action, GoTo):
        here, running = action.line, False
        time = lines[here].left
    return here, Clock(time, datetime.fromisoformat(entry.at), speed, running, clock.end)


def lines_of(opening: Opening, entries: Iterable[Entry]) -> dict[int, Line]:
    """Return all lines of a room by their numbers."""
    return _times(opening, entries)[0]


def lineage(lines: Mapping[int, Line], line: int) -> dict[int, float]:
    """Return until when each line is part of a line's past, minutes after midnight; its own has no end."""
    until, found = math.inf, {}
    here: int | None = line
    while here is not None:
        found[here] = until
        until, here = min(until, lines[here].fork), lines[here].parent
    return found


def holding(entries: Iterable[Entry], lines: Mapping[int, Line], line: int) -> list[Entry]:
    """Return the entries that hold on a line: its own, those of its past, those of the room; not what was undone."""
    listed = list(entries)
    undone = {entry.action.entry for entry in listed if isinstance(entry.action, Undo)}
    past = lineage(lines, line)
    return [
        entry
        for entry in listed
        if entry.seq not in undone and (isinstance(entry.action, ROOM) or entry.time < past.get(entry.line, -math.inf))
    ]


def _do(state: State, entry: Entry) -> None:
    """Take one entry into account."""
    action = entry.action
    number = getattr(action, "inject", None)
    if isinstance(action, (Add, Edit)):
        state.injects[action.inject.seq] = Standing.of(action.inject)
    elif isinstance(number, int) and number in state.injects:
        state.injects[number] = after(state.injects[number], entry)
    _of_people(state, entry)
    _of_questions(state, entry)
    lists: dict[type, list[Entry]] = {
        Decide: state.decisions, Overrule: state.overrules, Note: state.notes, Observe: state.observations,
        Find: state.findings, Improve: state.improvements,
    }  # fmt: skip
    if type(action) in lists:
        lists[type(action)].append(entry)
    if isinstance(action, End):
        state.ended = True
    state.done.append(entry)


def _of_people(state: State, entry: Entry) -> None:
    action = entry.action
    if isinstance(action, Join):
        state.devices[action.device] = action
    elif isinstance(action, Leave):
        state.devices.pop(action.device, None)
    elif isinstance(action, Propose):
        state.proposals[entry.seq] = Proposal(entry)
    elif isinstance(action, Decline) and action.proposal in state.proposals:
        state.proposals[action.proposal] = Proposal(state.proposals[action.proposal].entry, declined=entry)
    elif isinstance(action, Decide) and action.proposal in state.proposals:
        state.proposals[action.proposal] = Proposal(state.proposals[action.proposal].entry, decided=entry)


def _of_questions(state: State, entry: Entry) -> None:
    action = entry.action
    if isinstance(action, Ask):
        state.questions[entry.seq] = Asked(entry)
    asked = state.questions.get(getattr(action, "question", None) or 0)
    if asked is None:
        return
    if isinstance(action, Answer):
        made = Asked(asked.entry, action.found, action.fault, asked.shown, asked.overruled)
    elif isinstance(action, Show):
        made = Asked(asked.entry, asked.answer, asked.fault, True, asked.overruled)
        inject = asked.entry.action.inject if isinstance(asked.entry.action, Ask) else None
        if inject in state.injects:
            state.injects[inject] = after(state.injects[inject], entry)
    elif isinstance(action, Overrule):
        made = Asked(asked.entry, asked.answer, asked.fault, asked.shown, (*asked.overruled, entry))
    else:
        return
    state.questions[asked.entry.seq] = made


def ratings(standing: Standing) -> list[Entry]:
    """Return the last rating of each evaluator of an inject."""
    by: dict[str, Entry] = {}
    for entry in standing.ratings:
        if isinstance(entry.action, Rate):
            by[entry.by] = entry
    return list(by.values())
