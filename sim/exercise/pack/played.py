"""The day that a pack is of: a day of a run under one plan, played again and watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.day.day import Day
from sim.day.draws import DayDraws, draw_day
from sim.day.world import World
from sim.errors import UserError
from sim.exercise.expected import Expected, milestones
from sim.exercise.inject import Inject
from sim.exercise.pack.events import ModelEvent, events_of
from sim.exercise.pack.seen import seen_of
from sim.exercise.pack.teller import Teller
from sim.exercise.pack.told import injects_of
from sim.experiment.again import check_strategy, differing_tables, stored_day
from sim.experiment.batch import world_of
from sim.experiment.execute import changed_since
from sim.experiment.inputs import DEPLOYMENTS, REGION
from sim.experiment.store import Run
from sim.log import DayLog
from sim.report.chosen_day import ChosenDay, chosen_day
from sim.vocabulary import Origin
from sim.words.language import gettext as _

_EVERY_DAY = (Origin.SCRIPTED, Origin.CONDITION)
"""Where disturbances come from that have the same identity on every day."""


@dataclass(frozen=True, eq=False)
class Played:
    """One day of a run under the plan in force.

    Attributes:
        run: The run.
        world: Its prepared scenario.
        strategy: Name of the plan in force.
        chosen: The day, and by what rule it was chosen.
        draws: Its random numbers.
        log: What it recorded.
        events: What happened, with the keys of the events list.
    """

    run: Run
    world: World
    strategy: str
    chosen: ChosenDay
    draws: DayDraws
    log: DayLog
    events: tuple[ModelEvent, ...]

    @property
    def start(self) -> float:
        """When the exercise starts, minutes after midnight: with the simulated day."""
        return self.world.start

    @cached_property
    def ranges(self) -> Mapping[str, Mapping[str, Expected]]:
        """When the milestones of each incident that every day has are to be expected, under the plan in force."""
        incidents = self.run.table("incidents")
        known = incidents[(incidents["strategy"] == self.strategy) & incidents["origin"].isin(list(_EVERY_DAY))]
        names = dict.fromkeys(known["incident"].tolist())
        return {name: milestones(known, name, self.strategy, self.run.replications) for name in names}

    @property
    def title(self) -> str:
        """The title of the plan in force."""
        return self.world.scenario.titles[self.strategy]

    def injects(self) -> tuple[Inject, ...]:
        """Return the injects, in the language that is spoken."""
        return injects_of(self.events, Teller(self.world, self.ranges))


def played_day(run: Run, strategy: str | None, asked: str) -> Played:
    """Play a day of a run again, and make sure that it is the day that was stored.

    Args:
        run: A run with a finished day.
        strategy: Name of the plan in force; None: the run's first.
        asked: ``median``, ``worst``, or the number of a day.

    Raises:
        UserError: For a strategy or a day that the run has not, when what it is played on is not what was written, or
            when the day does not come out as it was stored.
    """
    if not run.finished:
        raise UserError(
            _("'{run}': the run has no finished day; an exercise needs expected times").format(run=run.path)
        )
    name = run.strategies[0] if strategy is None else strategy
    check_strategy(run, name)
    chosen = chosen_day(run, asked)
    run.check_inputs(REGION, DEPLOYMENTS)
    world = world_of(run.own_scenario)
    stored = stored_day(run, name, chosen.day)
    draws = draw_day(world, chosen.day)
    day = Day(world, name, chosen.day, draws)
    log = day.run()
    if differing := differing_tables(log, stored):
        raise UserError(
            _(
                "day {day} under {strategy} of '{run}' cannot be played again: {tables} come out otherwise than they "
                "were stored ({changed}); no exercise is made of what did not happen"
            ).format(
                day=chosen.day, strategy=name, run=run.path, tables=", ".join(differing),
                changed=changed_since(run) or _("the program is the same"),
            )
        )  # fmt: skip
    events = tuple(events_of(seen_of(day, draws.troubles), world))
    return Played(run, world, name, chosen, draws, log, events)
