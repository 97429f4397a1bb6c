"""Whether something can be done in a room as it stands; what cannot is said in one sentence, and is not logged."""

from __future__ import annotations

from functools import singledispatch

from sim.config.fields import clock_in_words
from sim.errors import UserError
from sim.exercise.session.actions import (
    MOST_TEXT,
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
    Move,
    Note,
    Observe,
    Propose,
    Rate,
    RoomRole,
    Run,
    Show,
    Undo,
)
from sim.exercise.session.entry import UNDONE, Entry
from sim.exercise.session.life import FROM, WAITING, Standing, is_delivered
from sim.exercise.session.permits import may, may_pull
from sim.exercise.session.state import State
from sim.words import room as words
from sim.words.language import gettext as _

MOST_DEVICES = 200
"""Devices that may be in a room at once; an assumption, many times the thirty of a large exercise."""
_AFTER_THE_END = (Note, Rate, Observe, Find, Improve, Join, Leave, Answer)
"""What may still be done when the exercise is over."""


def check(state: State, action: object, by: str, role: RoomRole | None, now: float) -> None:
    """Refuse what cannot be done.

    Args:
        state: How the room stands.
        action: What is to be done.
        by: The device.
        role: What it is for; None: it is the program itself.
        now: What the scenario clock shows, minutes after midnight.

    Raises:
        UserError: When its role may not, or it cannot be done as the room stands.
    """
    if role is not None and not may(role, action):
        raise UserError(_("this may not be done as {role}").format(role=words.ROLES[role]))
    if state.ended and not isinstance(action, _AFTER_THE_END):
        raise UserError(_("the exercise is over"))
    number = getattr(action, "inject", None)
    if isinstance(number, int):
        _check_theirs(state, number, by)
        _check_inject(_inject(state, number), action)
    proposal = getattr(action, "proposal", None)
    if isinstance(proposal, int):
        if proposal not in state.proposals:
            raise UserError(_("there is no request {number}").format(number=proposal))
        if not state.proposals[proposal].is_open:
            raise UserError(_("request {number} has been answered already").format(number=proposal))
    question = getattr(action, "question", None)
    if isinstance(question, int) and question not in state.questions:
        raise UserError(_("there is no question {number}").format(number=question))
    _check(action, state, by, now)


def _inject(state: State, number: int) -> Standing:
    if number not in state.injects:
        raise UserError(_("there is no inject {number}").format(number=number))
    return state.injects[number]


def _check_inject(standing: Standing, action: object) -> None:
    allowed = FROM.get(type(action))
    if allowed is not None and standing.status not in allowed:
        raise UserError(
            _("inject {number} is {status}; this cannot be done to it any more").format(
                number=standing.inject.seq, status=words.STATUSES[standing.status]
            )
        )


@singledispatch
def _check(_action: object, _state: State, _by: str, _now: float) -> None:
    """Refuse what cannot be done, for one sort of action."""


@_check.register
def _join(_action: Join, state: State, _by: str, _now: float) -> None:
    if len(state.devices) >= MOST_DEVICES:
        raise UserError(_("{most} devices are in the room; no other can join").format(most=MOST_DEVICES))


@_check.register
def _run(_action: Run, state: State, _by: str, now: float) -> None:
    if now >= state.clock.end:
        raise UserError(_("the day is over; go back, or end the exercise"))


@_check.register
def _jump(action: Jump, state: State, _by: str, now: float) -> None:
    if not now <= action.to <= state.clock.end:
        raise UserError(
            _("jump to {to}: a time from {now} to {end} is needed; to go back makes a line of its own").format(
                to=clock_in_words(action.to), now=clock_in_words(now), end=clock_in_words(state.clock.end)
            )
        )


@_check.register
def _move(action: Move, state: State, _by: str, now: float) -> None:
    if not now <= action.to <= state.clock.end:
        raise UserError(
            _("inject {number} cannot be moved to {to}: a time from {now} to {end} is needed").format(
                number=action.inject,
                to=clock_in_words(action.to),
                now=clock_in_words(now),
                end=clock_in_words(state.clock.end),
            )
        )


@_check.register
def _add(action: Add, state: State, _by: str, now: float) -> None:
    if action.inject.seq in state.injects:
        raise UserError(_("there is an inject {number} already").format(number=action.inject.seq))
    _check_time(action, now)
    _check_texts(action)


@_check.register
def _edit(action: Edit, state: State, _by: str, now: float) -> None:
    standing = _inject(state, action.inject.seq)
    if standing.status not in WAITING:
        raise UserError(_("inject {number} has been delivered already").format(number=action.inject.seq))
    if action.inject.time != standing.inject.time:  # one that is late may be given another text
        _check_time(action, now)
    _check_texts(action)


def _check_time(action: Add | Edit, now: float) -> None:
    inject = action.inject
    if inject.time is not None and inject.time < now and not inject.model_event:
        raise UserError(
            _("inject {number} is at {to}, which is past: it is {now}").format(
                number=inject.seq, to=clock_in_words(inject.time), now=clock_in_words(now)
            )
        )


def _check_texts(action: Add | Edit) -> None:
    inject = action.inject
    if any(len(text) > MOST_TEXT for text in (inject.text, inject.note, inject.title)):
        raise UserError(_("a text may have {most:,} characters at most").format(most=MOST_TEXT))


@_check.register
def _propose(action: Propose, state: State, by: str, _now: float) -> None:
    if not action.text and not action.orders:
        raise UserError(_("a request needs words, or what is to be done"))
    party = state.party(by)
    for order in action.orders:
        if by in state.devices and state.devices[by].role is RoomRole.PLAYER and not may_pull(party, order.lever):
            raise UserError(_("your party cannot ask for this by itself; say it in words"))


def _check_theirs(state: State, number: int, by: str) -> None:
    """Refuse what a player does to a message that the party has not got; it is as if there were none."""
    joined = state.devices.get(by)
    if joined is None or joined.role is not RoomRole.PLAYER:
        return
    standing = _inject(state, number)
    if not is_delivered(standing) or joined.party not in standing.inject.group:
        raise UserError(_("there is no inject {number}").format(number=number))


@_check.register
def _decide(action: Decide, _state: State, _by: str, _now: float) -> None:
    if not action.text and not action.orders:
        raise UserError(_("a decision needs words, or what is to be done"))


@_check.register
def _ask(action: Ask, state: State, _by: str, _now: float) -> None:
    if bool(action.options) == bool(action.lines) or len(action.lines) == 1:
        raise UserError(_("a question needs options, or two lines of the room or more"))
    for number in action.lines:
        if number not in state.lines:
            raise UserError(_("there is no line {number}").format(number=number))
    if len(set(action.lines)) != len(action.lines):
        raise UserError(_("a line is compared with itself"))


@_check.register
def _show(action: Show, state: State, _by: str, _now: float) -> None:
    asked = state.questions[action.question]
    if asked.answer is None and not asked.overruled:
        raise UserError(_("question {number} has no answer yet").format(number=action.question))


@_check.register
def _decline(action: Decline, state: State, _by: str, _now: float) -> None:
    del action, state  # that it is open has been checked


@_check.register
def _back(action: Back, state: State, _by: str, now: float) -> None:
    if not state.start <= action.to <= now:
        raise UserError(
            _("go back to {to}: a time from {start} to {now} is needed").format(
                to=clock_in_words(action.to), start=clock_in_words(state.start), now=clock_in_words(now)
            )
        )


@_check.register
def _goto(action: GoTo, state: State, _by: str, _now: float) -> None:
    if action.line not in state.lines:
        raise UserError(_("there is no line {number}").format(number=action.line))
    if action.line == state.line:
        raise UserError(_("the room is on line {number} already").format(number=action.line))


@_check.register
def _undo(action: Undo, state: State, _by: str, _now: float) -> None:
    last = undoable(state)
    if last is None:
        raise UserError(_("there is nothing to undo"))
    if last.seq != action.entry:
        raise UserError(_("only the last thing that was done can be undone; to undo more, go back"))


def undoable(state: State) -> Entry | None:
    """Return the last thing that was done on the line and can be undone; None: there is none."""
    for entry in reversed(state.done):
        if isinstance(entry.action, UNDONE):
            return entry
        if isinstance(entry.action, (Back, GoTo, End)):
            return None
    return None
