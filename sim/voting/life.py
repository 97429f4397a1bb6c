"""A station's life: which state it is in, and what follows from it, as a pure function of what happened to it and when.

What happens is a list of happenings in order of time. Causes act on a station and are lifted; while one of them stops
it, nobody is let in. After the last of them is gone the station needs a while to serve again; when that would not be
before closing, voting is given up. Where the rules say so, its hours are extended by as long as nobody was let in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from types import MappingProxyType
from typing import NamedTuple

from sim.config.voting import VotingSettings
from sim.vocabulary import StationState
from sim.voting.conditions import INF, Conditions, Out, Piece


class Cause(NamedTuple):
    """What one cause does to a station, or all of them together.

    Attributes:
        speed: Speed of all work: 1 normal, below 1 slowed, 0 stopped; people stay where they are.
        deterred: Share of arriving voters who stay away, 0 to 1.
        door_open: Whether people are let in; behind a shut door those in the room are still served.
        out: Servers out of use by stage.
    """

    speed: float = 1.0
    deterred: float = 0.0
    door_open: bool = True
    out: Out = ()

    @property
    def stops(self) -> bool:
        """Whether nobody is let in any more."""
        return self.speed == 0.0 or not self.door_open

    @property
    def is_felt_inside(self) -> bool:
        """Whether those who are there already feel it: it does more than keep others away."""
        return self.speed != 1.0 or not self.door_open or bool(self.out)


def together(causes: Iterable[Cause], base_deterred: float = 0.0) -> Cause:
    """Return what several causes do at the same time.

    The slowest speed, a door that is open only if none shuts it, all their servers out of use, and shares deterred
    that are independent of each other and of ``base_deterred``, the share that guards keep away.
    """
    speed, kept, door_open = 1.0, 1.0, True
    out: Out = ()
    for its_speed, deterred, opens, servers in causes:  # a plain loop: it is gone through thousands of times a day
        speed, kept = its_speed if its_speed < speed else speed, kept * (1.0 - deterred)
        door_open = door_open and opens
        if servers:
            out = tuple(map(sum, zip_longest(out, servers, fillvalue=0)))
    share = base_deterred if kept == 1.0 else 1.0 - (1.0 - base_deterred) * kept
    return Cause(speed, share, door_open, out)


class Imposed(NamedTuple):
    """A cause begins to act on a station; the same one again replaces what it did."""

    time: float
    by: str
    cause: Cause


class Lifted(NamedTuple):
    """A cause does nothing to a station any more."""

    time: float
    by: str


class Emptied(NamedTuple):
    """Everybody is sent out of a station; after its closing, or for good, this ends voting and counting there."""

    time: float
    for_good: bool = False


class PutOff(NamedTuple):
    """The poll of a station is put off to another day; nobody is in danger, and nobody is sent to safety."""

    time: float


Happening = Imposed | Lifted | Emptied | PutOff
_EMPTY = Emptied, PutOff


class Hours(NamedTuple):
    """The rules of a station's hours; times in minutes after midnight.

    Attributes:
        open: The hour of opening.
        close: The hour of closing, before any extension.
        restart_minutes: From the all-clear to the next service.
        most_extended: Minutes by which hours are extended at most after interruptions; 0: they never are.
    """

    open: float
    close: float
    restart_minutes: float
    most_extended: float

    @property
    def last_closing(self) -> float:
        """When a station closes at the latest, however long it stood still."""
        return self.close + self.most_extended


def hours_of(voting: VotingSettings) -> Hours:
    """Return the rules of hours that these settings state."""
    extension = voting.extension
    most = extension.most_minutes if extension.after_interruption else 0.0
    return Hours(voting.open, voting.close, voting.restart_minutes, most)


@dataclass(frozen=True)
class Serving:
    """Nothing keeps the station from serving in its hours."""


@dataclass(frozen=True)
class Halted:
    """A cause lets nobody in.

    Attributes:
        since: Since when nobody has been let in.
        owed_since: Since when that has not been made up for by extended hours.
    """

    since: float
    owed_since: float


@dataclass(frozen=True)
class Restarting:
    """The last cause that let nobody in is gone, and the station will serve again.

    Attributes:
        since: Since when nobody has been let in.
        serves_at: When it serves again.
        room_works: Whether those in the room are served meanwhile, as they were before.
    """

    since: float
    serves_at: float
    room_works: bool


@dataclass(frozen=True)
class GivenUp:
    """Voting was given up for the day.

    Attributes:
        cleared_at: When nothing kept people out any more; None: something does.
    """

    cleared_at: float | None


Phase = Serving | Halted | Restarting | GivenUp
SERVING = Serving()


class Life(NamedTuple):
    """A station's life up to its latest happening.

    Attributes:
        hours: The rules of its hours.
        conditions: What it has gone through, and what is planned, for the engine that plays its voters.
        causes: What acts on it now, by who or what acts.
        phase: Whether it serves, and since or from when.
    """

    hours: Hours
    conditions: Conditions
    causes: Mapping[str, Cause] = MappingProxyType({})
    phase: Phase = SERVING

    @property
    def is_abandoned(self) -> bool:
        """Whether voting was given up."""
        return isinstance(self.phase, GivenUp)

    @property
    def is_evacuated(self) -> bool:
        """Whether it was emptied and the all-clear has not come."""
        evacuations = self.conditions.evacuations
        return bool(evacuations) and evacuations[-1][1] == INF

    @property
    def closing(self) -> float:
        """When it closes to those who come, minutes after midnight."""
        return self.hours.close + self.conditions.extended

    @property
    def opening(self) -> float:
        """When its service begins, minutes after midnight."""
        return max(self.hours.open, self.conditions.opens_at)

    @property
    def serves_at(self) -> float | None:
        """When a station that restarts serves again; None: it does not restart."""
        return self.phase.serves_at if isinstance(self.phase, Restarting) else None

    @property
    def sealed_at(self) -> float | None:
        """When the boxes of an abandoned station could leave; None: not abandoned, or something keeps people out."""
        return self.phase.cleared_at if isinstance(self.phase, GivenUp) else None

    @property
    def suspended_minutes(self) -> float:
        """How long in its regular hours nobody is let in, as far as is known."""
        return self.conditions.stopped_minutes(self.hours.open, self.hours.close)

    def state(self, time: float, counted_at: float = INF) -> StationState:
        """Return its state, by its name.

        Args:
            time: When; not before its latest happening.
            counted_at: When it has counted; infinite: not yet.
        """
        phase = later(self, time).phase
        if isinstance(phase, GivenUp):
            return StationState.ABANDONED
        if time >= max(self.closing, counted_at):
            return StationState.COUNTED
        if isinstance(phase, Restarting):
            return StationState.RESTARTING
        if isinstance(phase, Halted):
            return self._halted()
        if time < self.opening:
            return StationState.UNOPENED
        return StationState.OPEN if time < self.closing else StationState.CLOSED

    def _halted(self) -> StationState:
        if self.is_evacuated:
            return StationState.EVACUATED
        room_works = together(self.causes.values()).speed > 0
        return StationState.SHUT if room_works else StationState.STOPPED


def life_of(history: Iterable[Happening], hours: Hours, conditions: Conditions, time: float) -> Life:
    """Return a station's life at a moment.

    Args:
        history: What happened to it, in order of time; what comes after ``time`` is left out.
        hours: The rules of its hours.
        conditions: How it is when nothing happens to it.
        time: The moment, minutes after midnight.
    """
    known = [happening for happening in history if happening.time <= time]
    return later(after(Life(hours, conditions), *known), time)


def after(life: Life, *happenings: Happening) -> Life:
    """Return a life with some more happenings, in order of time, none before its latest one."""
    rest = list(happenings)
    while rest:
        life, known = later(life, rest[0].time), 0
        if life.phase is SERVING:
            life, known = _serving_on(life, rest)
        if not known:
            life, known = _next(life, rest[0]), 1
        del rest[:known]
    return life


def _serving_on(life: Life, happenings: Iterable[Happening]) -> tuple[Life, int]:
    """Return the life of a station that goes on serving, and for how many happenings it does, all of them at once.

    Most are of this kind. It ends before one that keeps people out.
    """
    pieces: list[Piece] = []
    causes, base = dict(life.causes), life.conditions.deterred[0]
    for happening in happenings:
        if isinstance(happening, _EMPTY) or (isinstance(happening, Imposed) and happening.cause.stops):
            break
        _act(causes, happening)
        speed, deterred, _, out = together(causes.values(), base)
        pieces.append((happening.time, (speed, deterred, out, True)))
    if pieces:
        life = Life(life.hours, life.conditions.changing_often(pieces), causes)
    return life, len(pieces)


def _act(causes: dict[str, Cause], happening: Imposed | Lifted) -> None:
    """Change what acts; a cause that acts already keeps its place."""
    if isinstance(happening, Imposed):
        causes[happening.by] = happening.cause
    else:
        causes.pop(happening.by, None)


def _next(life: Life, happening: Happening) -> Life:
    """Return a life with the next happening."""
    if isinstance(happening, Emptied):
        return _emptied(life, happening.time, for_good=happening.for_good)
    if isinstance(happening, PutOff):
        return life if life.is_abandoned else _given_up(life, happening.time, life.conditions)
    causes = dict(life.causes)
    _act(causes, happening)
    return _under(life, happening.time, causes)


def later(life: Life, time: float) -> Life:
    """Return a life some time later, when nothing has happened meanwhile.

    A restart comes to its end; a station that still lets nobody in at the last possible closing is given up, unless it
    was closed already when that began.
    """
    phase, last = life.phase, life.hours.last_closing
    if isinstance(phase, Restarting) and phase.serves_at <= time:
        return life._replace(phase=SERVING)
    if isinstance(phase, Halted) and phase.since < life.closing and last <= time:
        return life._replace(phase=GivenUp(None), conditions=life.conditions.abandoning(last))
    return life


def _emptied(life: Life, time: float, *, for_good: bool) -> Life:
    """Send everybody out, unless nobody is there."""
    if life.is_abandoned or (life.is_evacuated and not for_good):
        return life
    conditions = life.conditions if life.is_evacuated else life.conditions.evacuating(time)
    if time < life.closing and not for_good:
        return life._replace(conditions=conditions)
    return _given_up(life, time, conditions)


def _given_up(life: Life, time: float, conditions: Conditions) -> Life:
    """Give voting up for the day; the boxes can leave as soon as nothing keeps people out."""
    cleared = None if together(life.causes.values()).stops else time
    return life._replace(phase=GivenUp(cleared), conditions=conditions.abandoning(time))


def _under(life: Life, time: float, causes: Mapping[str, Cause]) -> Life:
    """Let causes act from a time on, in place of those that did."""
    effect = together(causes.values(), life.conditions.deterred[0])
    room_worked = together(life.causes.values()).speed > 0
    life = life._replace(causes=causes)
    if effect.stops:
        life = life._replace(phase=_stopped(life.phase, time))
    elif isinstance(life.phase, Halted):
        life = _all_clear(life, life.phase, time, room_worked)
    elif life.phase == GivenUp(None):
        life = life._replace(phase=GivenUp(time), conditions=life.conditions.all_clear(time))
    return life._replace(conditions=_changed(life.conditions, life.phase, time, effect))


def _stopped(phase: Phase, time: float) -> Phase:
    """Return the phase that follows when a cause lets nobody in."""
    if isinstance(phase, GivenUp):
        return GivenUp(None)
    if isinstance(phase, Halted):
        return phase
    if isinstance(
        phase, Restarting
    ):  # one interruption with the stop before it, made up for until it would have served
        return Halted(phase.since, phase.serves_at)
    return Halted(time, time)


def _all_clear(life: Life, phase: Halted, time: float, room_worked: bool) -> Life:
    """Let a station serve again after a while, or give it up when it is too late for that."""
    hours, conditions = life.hours, life.conditions.all_clear(time)
    serves_at = time + hours.restart_minutes
    if phase.since < life.closing:
        lost = max(0.0, serves_at - max(phase.owed_since, life.opening))
        conditions = conditions.extending(min(hours.most_extended, conditions.extended + lost))
        if serves_at >= hours.close + conditions.extended:
            return life._replace(phase=GivenUp(time), conditions=conditions.abandoning(time))
    again = SERVING if serves_at <= time else Restarting(phase.since, serves_at, room_worked)
    return life._replace(phase=again, conditions=conditions)


def _changed(conditions: Conditions, phase: Phase, time: float, effect: Cause) -> Conditions:
    """Return conditions under a combined effect from a time on."""
    speed, deterred, out = effect.speed, effect.deterred, effect.out
    pieces: list[Piece] = [(time, (speed, deterred, out, effect.door_open))]
    if isinstance(phase, GivenUp):
        pieces = [(time, (0.0, deterred, out, True))]
    elif isinstance(phase, Restarting):
        still = speed if phase.room_works else 0.0
        pieces = [
            (time, (still, deterred, out, not phase.room_works)),
            (phase.serves_at, (speed, deterred, out, True)),
        ]
    return conditions.changing_often(pieces)  # causes were checked when they were imposed
