"""Two rooms on the same day: whether they are, and what their decisions are worth against the plan and each other."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import UserError
from sim.exercise.after.against import Against, Play, against, question_of
from sim.exercise.after.read import Played
from sim.exercise.session.live import Taken, taken
from sim.report.brief.facts import scenario_hash
from sim.words import after as words
from sim.words.language import gettext as _

FIRST, SECOND = 1, 2
"""Numbers of the rooms' courses beside the plan, which is 0."""


@dataclass(frozen=True)
class Contest:
    """Two rooms on the same day.

    Attributes:
        rooms: The two sessions.
        names: What they are called; the two differ.
        found: The plan and both rooms' last lines on the same futures; None: not played.
        fault: Why not, in words.
    """

    rooms: tuple[Played, Played]
    names: tuple[str, str]
    found: Against | None
    fault: str = ""


def check_same_day(one: Played, other: Played) -> None:
    """Refuse two sessions that do not play the same day under the same plan.

    Raises:
        UserError: With what is not the same.
    """
    if one.folder.resolve() == other.folder.resolve():
        raise UserError(_("'{folder}': two sessions are needed, and this is the same twice").format(folder=one.folder))
    folders = {"one": one.folder, "other": other.folder}
    if scenario_hash(one.run.manifest) != scenario_hash(other.run.manifest):
        raise UserError(
            _(
                "'{one}' and '{other}' do not play the same day: their scenarios or the tables that they are played on "
                "are not the same"
            ).format(**folders)
        )
    seeds = one.run.scenario.run.seed, other.run.scenario.run.seed
    if seeds[0] != seeds[1]:
        raise UserError(
            _("'{one}' and '{other}' do not play the same day: their runs have the seeds {a} and {b}").format(
                **folders, a=f"{seeds[0]}", b=f"{seeds[1]}"
            )
        )
    if one.about.day != other.about.day:
        raise UserError(
            _("'{one}' and '{other}' do not play the same day: they are of day {a} and day {b} of the run").format(
                **folders, a=one.about.day, b=other.about.day
            )
        )
    if one.about.strategy != other.about.strategy:
        raise UserError(
            _("'{one}' and '{other}' do not have the same plan in force: '{a}' and '{b}'").format(
                **folders, a=one.about.strategy, b=other.about.strategy
            )
        )


def contest(one: Played, other: Played, play: Play | None, futures: int) -> Contest:
    """Put two rooms on the same day side by side.

    Args:
        one: A session.
        other: Another.
        play: Plays the futures; None: they were not asked for.
        futures: How many.

    Raises:
        UserError: When they do not play the same day under the same plan.
    """
    check_same_day(one, other)
    names = room_names(one, other)
    if play is None:
        return Contest((one, other), names, None, words.NOT_PLAYED)
    lines: list[tuple[str, Taken]] = [
        (name, taken(room.state.decisions)) for name, room in zip(names, (one, other), strict=True)
    ]
    about = one.about
    try:
        found = against(question_of(about.strategy, about.day, lines, (), about.start, futures), play)
    except UserError as error:
        return Contest((one, other), names, None, words.NO_FUTURES.format(why=error))
    return Contest((one, other), names, found)


def room_names(one: Played, other: Played) -> tuple[str, str]:
    """Return what two sessions are called: by their names, else by their folders, else by numbers."""
    for names in ((one.about.name, other.about.name), (one.folder.resolve().name, other.folder.resolve().name)):
        if names[0] != names[1]:
            return names
    return words.ROOM.format(number=1), words.ROOM.format(number=2)
