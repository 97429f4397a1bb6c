"""The rules of a strategy that everybody on the ground must know, each in a sentence or two."""

from __future__ import annotations

from sim.config.command import Command, JointCommand, Separate
from sim.config.duty import Duty
from sim.config.fields import clock_in_words
from sim.config.leaving import Leaving
from sim.config.response import BoxEscort
from sim.config.strategy import StrategySettings
from sim.orders.wording import vehicle, whole
from sim.vocabulary import EscortRule
from sim.words import orders as words

FOR_ALL = 3
"""Rules that every strategy has."""


def rules(strategy: StrategySettings, settings: BoxEscort) -> tuple[str, ...]:
    """Return how boxes come home, who has a station left and how, who asks for attached teams.

    Where teams are not on duty all day, how long they are is a fourth.
    """
    said = (escort(strategy.escort, settings), leaving(strategy.evacuation), asking(strategy.command))
    longest = on_duty(strategy.duty)
    return (*said, longest) if longest else said


def escort(rule: EscortRule, settings: BoxEscort) -> str:
    """Return how the boxes come home, and who waits for whom where that is longer than no minutes."""
    said = words.ESCORT[rule].format(vehicle=vehicle(settings.vehicle))
    if not settings.gather_minutes or rule not in words.WAITING:
        return said
    return f"{said} {words.WAITING[rule].format(minutes=settings.gather_minutes)}"


def on_duty(duty: Duty) -> str:
    """Return how long teams are on duty that have no shift of their own; empty where that is all day."""
    parts = []
    if duty.begins is not None:
        parts.append(words.DUTY_BEGINS.format(begins=clock_in_words(duty.begins)))
    if duty.longest_minutes is not None:
        parts.append(words.DUTY_LONGEST.format(minutes=whole(duty.longest_minutes)))
    if duty.rest_minutes is not None:
        parts.append(words.DUTY_REST.format(minutes=whole(duty.rest_minutes)))
    return words.DUTY.format(parts=", ".join(parts)) if parts else ""


def leaving(rule: Leaving) -> str:
    """Return who orders a dangerous station to be left, and how."""
    manner = words.MANNER[rule.manner].format(officers=rule.escort_officers)
    return words.LEAVING.format(decides=words.DECIDES[rule.decides], manner=manner)


def asking(command: Command) -> str:
    """Return by whom other agencies' teams are asked for."""
    if isinstance(command, JointCommand):
        return words.ASKING["joint_command"]
    if isinstance(command, Separate):
        minutes = whole(command.handling.mean_minutes)
        return words.ASKING["separate"].format(minutes=minutes)
    return words.ASKING["on_request"]
