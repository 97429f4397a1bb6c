"""Cooperation: what units of other agencies than the police are under each kind of command."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from sim.config.command import Command, JointCommand, Separate
from sim.config.response import ResponseSettings
from sim.echelon import Echelon
from sim.response.units import BY_POSKO, UnitSet, UnitSpec, set_of
from sim.vocabulary import Agency, Severity


def under_command(units: Iterable[UnitSpec], command: Command) -> tuple[UnitSpec, ...]:
    """Return units as they are under a command: without request delays, or with a command post of their own.

    Which posts may call them stays, but that the one centre of a joint command may call everybody. Where agencies have
    command posts of their own, calls of sector posts come to the same desks there as those of the centre.

    Args:
        units: The units as they are on request.
        command: The strategy's command.
    """
    if isinstance(command, JointCommand):
        return tuple(
            replace(unit, request_delay=0.0, called_by=unit.called_by | BY_POSKO)
            if unit.request_delay or not unit.called_by >= BY_POSKO
            else unit
            for unit in units
        )
    if isinstance(command, Separate):
        return tuple(
            unit if unit.agency is Agency.POLICE else replace(unit, passing=command.handling) for unit in units
        )
    return tuple(units)


def called_by(units: Sequence[UnitSpec]) -> dict[Echelon, UnitSet]:
    """Return which of some units each kind of command post may call."""
    return {post: set_of(i for i, unit in enumerate(units) if post in unit.called_by) for post in Echelon}


def callers(called_by: Set[Echelon], settings: ResponseSettings) -> tuple[Echelon, ...]:
    """Return those of some command posts that take reports, in the order in which they hear of a disturbance.

    Args:
        called_by: The command posts that may call somebody.
        settings: Where there are no desks, sector posts take no reports, and so call nobody.
    """
    there = (Echelon.SECTOR, Echelon.POSKO) if settings.sector_posts.desks else (Echelon.POSKO,)
    return tuple(post for post in there if post in called_by)


def agreed_for(units: Sequence[UnitSpec]) -> dict[Severity, UnitSet]:
    """Return which of some units wait for no worse severity than each, and may be called by the centre."""
    called = called_by(units)[Echelon.POSKO]
    return {
        severity: called & set_of(i for i, unit in enumerate(units) if unit.from_severity <= severity)
        for severity in Severity
    }
