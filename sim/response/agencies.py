"""Cooperation: what units of other agencies than the police are under each kind of command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sim.config.command import Command, JointCommand, Separate
from sim.response.units import UnitSpec
from sim.vocabulary import Agency


def under_command(units: Iterable[UnitSpec], command: Command) -> tuple[UnitSpec, ...]:
    """Return units as they are under a command: without request delays, or with a command post of their own.

    Args:
        units: The units as they are on request.
        command: The strategy's command.
    """
    if isinstance(command, JointCommand):
        return tuple(replace(unit, request_delay=0.0) if unit.request_delay else unit for unit in units)
    if isinstance(command, Separate):
        return tuple(
            unit if unit.agency is Agency.POLICE else replace(unit, passing=command.handling) for unit in units
        )
    return tuple(units)
