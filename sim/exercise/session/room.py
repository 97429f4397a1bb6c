"""A room: its log, how it stands, and the day that it plays, kept together. No network is known here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sim.day.day import Day
from sim.day.picture import Picture
from sim.errors import UserError
from sim.exercise.inject import InjectStatus
from sim.exercise.pack.events import ModelEvent
from sim.exercise.session.about import About, played_run, read_about, read_injects, read_secret
from sim.exercise.session.actions import Back, Decide, GoTo, Pause, RoomRole
from sim.exercise.session.check import check
from sim.exercise.session.entry import SIAGA, Entry
from sim.exercise.session.life import Standing, status_now
from sim.exercise.session.live import Live, Taken, taken
from sim.exercise.session.state import Opening, State, followed, state_of
from sim.exercise.session.store import CannotWrite, Log, read_beat, write_beat
from sim.experiment.batch import world_of
from sim.words.language import gettext as _

Listener = Callable[[Entry], None]
PICTURE_SECONDS = 1.0
"""While the clock runs, a picture is taken at most this often."""


def _wall() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class _Kept:
    """A picture, the number of the last entry before it, and when it was taken by the wall clock."""

    seq: int
    wall: datetime
    picture: Picture


class Room:
    """A session that is being played.

    Everything that is done goes through :meth:`do`: it is checked, carried out on the model, put on the disk, and then
    told to whoever listens.

    Args:
        folder: The session's folder; keep others from it by :func:`sim.exercise.session.store.held`.
        wall: The wall clock, UTC.

    Attributes:
        about: What the session is.
        secret: By what its doors are opened.
        state: How it stands, on its line.
        live: The day that it plays.
        read_only: Why nothing can be done any more, in words; empty while the disk takes the log.
        listeners: Called with every entry once it is on the disk.

    Raises:
        UserError: When the folder is not one of a session, or something of it is not what was written.
    """

    def __init__(self, folder: Path, wall: Callable[[], datetime] = _wall) -> None:
        self.folder, self._wall = folder, wall
        self.about: About = read_about(folder)
        self.secret = read_secret(folder)
        self.opening = Opening(read_injects(folder), self.about.start, self.about.end)
        run = played_run(folder, self.about)
        self.scenario = run.own_scenario
        self.live = Live(world_of(self.scenario), self.about.strategy, self.about.day)
        self.log = Log(folder)
        self.read_only = ""
        self.listeners: list[Listener] = []
        self._picture: _Kept | None = None
        self._done = {(entry.by, entry.key): entry for entry in self.log.entries if entry.key}
        self.state: State = state_of(self.opening, self.log.entries)
        self._resume()

    def _resume(self) -> None:
        """Go on where the room was: paused, at the last moment that is known of the clock."""
        if not self.state.clock.running:
            return
        clock, beat = self.state.clock, read_beat(self.folder)
        time = clock.time
        if beat is not None and beat[0] == self.state.line:
            time = min(max(time, beat[1]), clock.end)
        self._append(Pause(), SIAGA, "", time)

    @property
    def now(self) -> float:
        """What the scenario clock shows, minutes after midnight."""
        return self.state.clock.now(self._wall())

    @property
    def decisions(self) -> Taken:
        """What has been decided on the line and moves the model."""
        return taken(self.state.decisions)

    def day(self) -> Day:
        """Return the played day at what the scenario clock shows; it is not to be acted on."""
        return self.live.at(self.now, self.decisions)

    def picture(self) -> Picture:
        """Return how things stand on the played day now; while the clock runs it may be a second old.

        Looking at every station takes some hundredths of a second, and all devices of a room look at once.
        """
        wall, kept = self._wall(), self._picture
        if kept is not None and kept.seq == self.state.seq:
            age = (wall - kept.wall).total_seconds()
            if not self.state.clock.running or 0 <= age < PICTURE_SECONDS:
                return kept.picture
        made = self.live.picture(self.now, self.decisions)
        self._picture = _Kept(self.state.seq, wall, made)
        return made

    def happened(self) -> dict[str, float]:
        """Return when each event of the model could be told on the room's line, by key."""
        return self.live.happened(self.now, self.decisions)

    def events(self) -> list[ModelEvent]:
        """Return what has happened on the room's line so far, in order, whether anybody knows of it or not."""
        return self.live.events(self.now, self.decisions)

    def statuses(self) -> dict[int, InjectStatus]:
        """Return where each inject stands now."""
        now, happened = self.now, self.happened()
        return {number: status_now(one, now, happened) for number, one in self.state.injects.items()}

    def next_injects(self) -> list[Standing]:
        """Return the injects that nobody has got, those with a time in order of it, then those without."""
        waiting = [one for one in self.state.injects.values() if one.delivered is None]
        return sorted(waiting, key=lambda one: (one.due is None, one.due or 0.0, one.inject.seq))

    def do(self, action: object, *, by: str, role: RoomRole | None, key: str = "") -> Entry:
        """Do something.

        Args:
            action: What (:mod:`sim.exercise.session.actions`).
            by: The device that does it.
            role: What the device is for; None: the program itself does it.
            key: What the device calls it; done once, however often it is sent.

        Returns:
            The entry in the log, which is on the disk.

        Raises:
            UserError: When it may not or cannot be done; nothing has happened then.
            CannotWrite: When the disk does not take it; nothing has happened then, and nothing more can be done.
        """
        if key and (by, key) in self._done:
            return self._done[by, key]
        if self.read_only:
            raise CannotWrite(self.read_only)
        now = self.now
        check(self.state, action, by, role, now)
        if isinstance(action, Decide) and action.orders:
            self.live.act(now, self.decisions, action.orders)
        if isinstance(action, (Back, GoTo)):
            self.beat()
        return self._append(action, by, key, now)

    def _append(self, action: object, by: str, key: str, time: float) -> Entry:
        entry = Entry.model_validate(
            {
                "seq": len(self.log.entries) + 1, "at": self._wall().isoformat(timespec="milliseconds"),
                "line": self.state.line, "time": time, "by": by, "key": key, "action": action,
            }
        )  # fmt: skip
        try:
            self.log.append(entry)
        except CannotWrite as error:
            self.read_only = _("the room is read-only: {error}").format(error=error)
            self.live.forget()
            raise CannotWrite(self.read_only) from error
        if key:
            self._done[by, key] = entry
        self.state = followed(self.state, self.opening, self.log.entries)
        for listener in self.listeners:
            listener(entry)
        return entry

    def beat(self) -> None:
        """Note what the scenario clock shows; where the disk does not take it, the room is read-only from then on."""
        if self.read_only or not self.state.clock.running:
            return
        try:
            write_beat(self.folder, self.state.line, self.now)
        except UserError as error:
            self.read_only = _("the room is read-only: {error}").format(error=error)

    def close(self) -> None:
        """Put the clock to rest and close the log."""
        self.beat()
        self.log.close()
