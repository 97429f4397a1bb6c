"""What one more team would bring: one day played again from the run's own tables, where that is cheap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.coverage.one_more import Told
from sim.day.draws import draw_day
from sim.day.one_more import Team, one_more
from sim.day.world import World
from sim.errors import UserError
from sim.experiment.batch import world_of
from sim.experiment.store import Run
from sim.report.wording import number, signed
from sim.response.readiness import FORCES
from sim.text import word
from sim.vocabulary import Force
from sim.words import brief as words

MOST_STATIONS = 1_000
"""Stations up to which it is reckoned while a report is written: a regency's day takes under a second."""
_NOT_ITS_OWN = ("strategy=", "run.")
"""Overrides of the run that the command does not take over: its plan is the one told of, its days are few."""


@dataclass(frozen=True)
class Gain:
    """What one more team brings at the base where it brings most.

    Attributes:
        size: People in the team.
        base: Name of the base.
        before: Share of voters whom the first officers could reach within the standard time without it.
        after: The same with it.
    """

    size: int
    base: str
    before: float
    after: float


def world_again(run: Run, strategy: str) -> World | None:
    """Return what days of a run are played on under one plan, from the run's own tables, where that is cheap.

    None where the region is large, no day is finished, or the run is of a version whose days cannot be played any more.
    """
    if len(run.region.stations.code) > MOST_STATIONS or not run.finished:
        return None
    try:
        scenario = run.own_scenario
        kept = tuple(one for one in scenario.strategies if one.name == strategy)
        return world_of(scenario.model_copy(update={"strategies": kept}))
    except UserError:
        return None


def best_gain(run: Run, strategy: str) -> Gain | None:
    """Return what one more team would bring under a plan on the first finished day; None where that is not reckoned.

    It is not where the region is large, has no base where police can wait, lacks the team's vehicle, or the run is of
    a version whose days cannot be played any more.
    """
    world = world_again(run, strategy)
    if world is None:
        return None
    team, day = Team(), min(run.finished)
    try:
        found = one_more(world, strategy, day, draw_day(world, day), team)
    except UserError:
        return None
    shares = {index: _covered(told) for index, told in found.added.items()}
    most = max(shares, key=lambda index: (shares[index], -index))
    base = world.gazetteer.name_of(world.gazetteer.base_place(most))
    return Gain(team.size, base, _covered(found.planned), shares[most])


def _covered(told: Told) -> float:
    return float(told.covered[FORCES.index(Force.FIRST)]) / told.voters


def team_sentence(gain: Gain | None, command: str, standard: str) -> str:
    """Say what one more team would bring, or which command tells it."""
    if gain is None:
        return words.WEAK["team_command"].format(command=command)
    values: Mapping[str, object] = {
        "size": gain.size,
        "base": gain.base,
        "standard": standard,
        "gain": signed(gain.after - gain.before, "share").lstrip("+"),
        "before": number(gain.before, "share"),
        "after": number(gain.after, "share"),
        "command": command,
    }
    return words.WEAK["team" if gain.after > gain.before else "team_none"].format(**values)


def team_command(run: Run, strategy: str) -> str:
    """Return the command that tells what one more team would bring at every base."""
    first, _, rest = run.manifest["command"].partition(" ")
    typed = rest.split() if first == "simulate" and "=" in rest.partition(" ")[0] else [f"scenario={run.scenario.name}"]
    others = " ".join(part for part in typed if not part.startswith(_NOT_ITS_OWN))
    return f"simulate one-more {others} {word(f'strategy={strategy}')}"
