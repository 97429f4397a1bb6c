"""Dealing a card: the day on which it comes, when it is reported, whom the plan sends, what else could be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor
from pathlib import Path

from sim.config.compose import expand, load
from sim.config.override import read_overrides
from sim.config.scenario import Scenario
from sim.config.strategy import StrategySettings
from sim.day.day import Day
from sim.day.draws import draw_day
from sim.day.fitting import fitting
from sim.day.world import World, prepare
from sim.disturbance.scripted import plan_script
from sim.errors import UserError, nearest
from sim.exercise.quick.card import IDENTITY, Card
from sim.exercise.quick.course import Choice, choose
from sim.exercise.quick.teams import Team, sent_by_plan
from sim.words.language import gettext as _

QUIET = tuple(f"disturbance.background.rate_per_{place}_hour=0" for place in ("station", "office", "road", "village"))
"""Nothing else starts by itself, unless the user sets it: whatever the answer tells comes of the card."""
_SOON_MINUTES = 10.0
"""Whom the plan sends so soon after the report goes with the alternative as well (assumption)."""
_MOST_DAYS = 50
"""So many days are looked through for one on which the card is reported."""


@dataclass(frozen=True)
class Dealt:
    """A card on the table.

    Attributes:
        card: The card.
        world: The scenario with the card as its one scripted disturbance, under one plan.
        plan: Name of the plan in force.
        replication: Number of the day on which it comes.
        time: The whole minute after it was reported, minutes after midnight: when it is read aloud.
        sent: Whom the plan sends on that day, in order of the orders.
        choice: What else could be done; None where nobody is free to go.
    """

    card: Card
    world: World
    plan: str
    replication: int
    time: float
    sent: tuple[Team, ...]
    choice: Choice | None

    @property
    def text(self) -> str:
        """What is read aloud."""
        return self.card.text(self.time)

    @property
    def plan_title(self) -> str:
        """What the plan in force is called."""
        return self.world.scenario.strategy(self.plan).said_title


def quick_world(overrides: Sequence[str], plan: str | None = None, folder: Path | None = None) -> World:
    """Prepare what cards are drawn in and played on: one plan, nothing scripted, nothing that starts by itself.

    Args:
        overrides: Settings. Without a scenario among them it is the calm day; incidents of a scenario are left out, as
            the card takes their place. What they set of disturbances that start by themselves holds.
        plan: Name of the plan in force; None: the first of the scenario.
        folder: A folder of one's own scenarios.

    Raises:
        UserError: For a mistake in the settings, a sweep, or a plan that the scenario does not play.
    """
    jobs = expand(overrides)
    if len(jobs) > 1:
        raise UserError(_("a card is of one scenario; these overrides are a sweep of {count}").format(count=len(jobs)))
    named = any(override.key_or_group == "scenario" for override in read_overrides(jobs[0]))
    scenario = load(None if named else "calm_day", [*QUIET, *jobs[0]], folder)
    scenario = fitting(scenario.model_copy(update={"incidents": ()}))
    return prepare(scenario.model_copy(update={"strategies": (_plan(scenario, plan),)}))


def _plan(scenario: Scenario, name: str | None) -> StrategySettings:
    if name is None:
        return scenario.strategies[0]
    known = {one.name: one for one in scenario.strategies}
    if name not in known:
        raise UserError(
            _("plan '{name}' is not played by this scenario; {hint}").format(name=name, hint=nearest(name, known))
        )
    return known[name]


def with_card(world: World, card: Card) -> World:
    """Return the prepared scenario with a card as its one scripted disturbance."""
    scenario = world.scenario.model_copy(update={"incidents": (card.incident(),)})
    scripted = plan_script(scenario, world.gazetteer, world.disturbances.weight)
    return replace(world, scenario=scenario, disturbances=replace(world.disturbances, scripted=scripted))


def deal(world: World, card: Card) -> Dealt:
    """Put a card on the table: find a day on which it is reported, and what the plan does on it.

    The first day that is looked at has the card's own number, so that cards differ in how long a report takes.

    Args:
        world: The prepared scenario; its first plan is in force.
        card: The card.

    Raises:
        UserError: When the card is reported on none of the first days.
    """
    played, plan = with_card(world, card), world.scenario.strategies[0].name
    for replication in range(card.number, card.number + _MOST_DAYS):
        draws = draw_day(played, replication)
        day = Day(played, plan, replication, draws)
        if _play_to_report(day, card):
            time, sent = float(day.env.now), sent_by_plan(day)
            day = Day(played, plan, replication, draws)
            day.until(time)
            soon = [team.name for team in sent if time < team.ordered <= time + _SOON_MINUTES]
            return Dealt(card, played, plan, replication, time, sent, choose(day, card, soon))
    raise UserError(
        _("card {number}: nobody reports it on any of {days} days; take another card").format(
            number=card.number, days=_MOST_DAYS
        )
    )


def _play_to_report(day: Day, card: Card) -> bool:
    """Play a day to the whole minute after the report; return whether there is one before it is over."""
    minute = floor(card.onset)
    while day.env.now < day.world.end:
        minute += 1
        day.until(minute)
        if day.incidents[IDENTITY].is_over:
            return False
        if IDENTITY in day.posko.reports:
            return True
    return False
