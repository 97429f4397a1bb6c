"""The rules of a strategy that everybody on the ground must know, each in a sentence or two."""

from __future__ import annotations

from sim.config.command import Command, JointCommand, Separate
from sim.config.leaving import Leaving
from sim.config.response import BoxEscort
from sim.config.strategy import StrategySettings
from sim.vocabulary import EscortRule
from sim.words import orders as words


def rules(strategy: StrategySettings, settings: BoxEscort) -> tuple[str, ...]:
    """Return how boxes come home, who has a station left and how, and who asks for attached teams."""
    return (escort(strategy.escort, settings), leaving(strategy.evacuation), asking(strategy.command))


def escort(rule: EscortRule, settings: BoxEscort) -> str:
    """Return how the boxes come home."""
    return words.ESCORT[rule].format(vehicle=words.vehicle(settings.vehicle))


def leaving(rule: Leaving) -> str:
    """Return who orders a dangerous station to be left, and how."""
    manner = words.MANNER[rule.manner].format(officers=rule.escort_officers)
    return words.LEAVING.format(decides=words.DECIDES[rule.decides], manner=manner)


def asking(command: Command) -> str:
    """Return by whom other agencies' teams are asked for."""
    if isinstance(command, JointCommand):
        return words.ASKING["joint_command"]
    if isinstance(command, Separate):
        minutes = words.whole(command.handling.mean_minutes)
        return words.ASKING["separate"].format(minutes=minutes)
    return words.ASKING["on_request"]
