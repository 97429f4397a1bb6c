"""Reading a session for its report: nothing of it is changed, and it may be running meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sim.config.scenario import Scenario
from sim.day.day import Day
from sim.day.world import World
from sim.exercise.after.copied import without_secrets
from sim.exercise.session.about import SECRET, About, played_run, read_about, read_injects, read_secret
from sim.exercise.session.entry import Entry
from sim.exercise.session.live import Live, taken
from sim.exercise.session.state import Opening, State, state_of
from sim.exercise.session.store import LOG, read_log
from sim.experiment.batch import world_of
from sim.experiment.store import Run
from sim.report.why import place_namer


@dataclass(frozen=True)
class Played:
    """A session as its log has it.

    Attributes:
        folder: Its folder.
        about: What it is.
        run: What is played.
        opening: What the room began with.
        entries: All that was done, in order, without what opens the session's doors.
        state: How the room stands, on the line that it is on.
    """

    folder: Path
    about: About
    run: Run
    opening: Opening
    entries: tuple[Entry, ...]
    state: State

    @property
    def scenario(self) -> Scenario:
        """What is played, on the session's own tables."""
        return self.run.own_scenario

    @cached_property
    def world(self) -> World:
        """What is played, prepared."""
        return world_of(self.scenario)

    @cached_property
    def place_name(self) -> Callable[[str, str], str]:
        """Gives the name of a place from its kind and its code."""
        return place_namer(self.run)

    @property
    def plan(self) -> str:
        """Title of the plan in force."""
        return self.run.scenario.titles[self.about.strategy]

    @property
    def left(self) -> float:
        """When the room was last on its line, minutes after midnight."""
        return self.state.lines[self.state.line].left

    @cached_property
    def day(self) -> Day:
        """The played day with the room's decisions, at the moment when the room left its line; not to be acted on."""
        return self._live.at(self.left, taken(self.state.decisions))

    @cached_property
    def happened(self) -> dict[str, float]:
        """When each event of the model happened on the room's line, by key, as far as the room has played it."""
        return self._live.happened(self.left, taken(self.state.decisions))

    @cached_property
    def _live(self) -> Live:
        return Live(self.world, self.about.strategy, self.about.day)

    def on(self, line: int) -> State:
        """Return how the room stands on another of its lines."""
        return state_of(self.opening, self.entries, line)


def read_session(folder: Path) -> Played:
    """Read a session; its log is not written to, and what a loss of power cut off of it is left out.

    Raises:
        UserError: When the folder is not one of a session, or something of it is not what was written.
    """
    about = read_about(folder)
    run = played_run(folder, about)
    opening = Opening(read_injects(folder), about.start, about.end)
    entries, _ = read_log(folder / LOG)
    if (folder / SECRET).exists():
        entries = without_secrets(entries, read_secret(folder))
    return Played(folder, about, run, opening, tuple(entries), state_of(opening, entries))
