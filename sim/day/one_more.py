"""One more team at each base where police can wait: what it would add to the potential response of a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from sim.config.fields import MOST
from sim.coverage.one_more import Told, standing_too, told
from sim.day.coverage import minutes_through
from sim.day.day import Day
from sim.day.draws import DayDraws
from sim.day.garbage import swept_at_end
from sim.day.whereabouts import can_be_sent, held, whereabouts
from sim.day.world import World
from sim.errors import UserError, nearest
from sim.region.region import Base
from sim.response.deploy.teams import waiting
from sim.response.readiness import Readiness, readiness
from sim.response.units import UnitSpec
from sim.vocabulary import BaseAgency, Role
from sim.words.language import gettext as _


@dataclass(frozen=True)
class Team:
    """The team that is added: people and what they drive; as every other it has crowd control from ``formed_from`` on.

    Attributes:
        size: People.
        vehicle: Name of its vehicle, one of ``response.vehicles``.
        role: A reserve or a patrol: it mobilises like one, and a reserve may be held back.
    """

    size: int = 12
    vehicle: str = "truck"
    role: Role = Role.RESERVE


@dataclass(frozen=True, eq=False)
class WithOneMore:
    """Potential response of one day under one strategy.

    Attributes:
        planned: As the strategy has it.
        added: With one more team, by the index of the base where it stands.
    """

    planned: Told
    added: dict[int, Told]


def police_bases(world: World) -> dict[int, Base]:
    """Return the bases where police can wait, forward posts among them, by their index.

    Raises:
        UserError: When there are none.
    """
    bases = {i: base for i, base in enumerate(world.region.bases) if base.agency == BaseAgency.POLICE}
    if not bases:
        raise UserError(
            _("{region} has no base of agency '{agency}' where a team could wait").format(
                region=world.region.title, agency=BaseAgency.POLICE
            )
        )
    return bases


def check_team(team: Team, world: World) -> None:
    """Refuse a team that there cannot be.

    Raises:
        UserError: For another role, a size below 1 or beyond every limit, or a vehicle that the scenario has not.
    """
    if team.role not in (Role.RESERVE, Role.PATROL):
        raise UserError(
            _("role = {role!r}: '{reserve}' or '{patrol}'").format(
                role=team.role, reserve=Role.RESERVE, patrol=Role.PATROL
            )
        )
    size, vehicles = team.size, world.scenario.response.vehicles
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= MOST:
        raise UserError(_("size = {size!r}: a team has 1 to {most:,} people").format(size=size, most=MOST))
    if team.vehicle not in vehicles:
        raise UserError(
            _("vehicle: unknown vehicle {vehicle!r}; {hint}").format(
                vehicle=team.vehicle, hint=nearest(str(team.vehicle), vehicles)
            )
        )


def _unit(team: Team, base: Base, world: World) -> UnitSpec:
    response, role = world.scenario.response, team.role
    spec = waiting(
        base,
        world.region,
        response,
        name="one more",
        role=role,
        strength=team.size,
        vehicle=team.vehicle,
        mobilisation=getattr(response.mobilisation, role),
    )
    return replace(spec, base="")  # posko's wherever it waits: only a post's routine patrol is its chief's


def one_more(world: World, strategy: str, replication: int, draws: DayDraws, team: Team) -> WithOneMore:
    """Play a day and say what one more team at each base would have added to its potential response.

    The team stands at its base all day and is never sent, so this is the most it can give: the day itself is the same.
    It is beyond the strategy's budget.

    Args:
        world: The prepared scenario.
        strategy: Name of one of its strategies.
        replication: Number of the day, from 0.
        draws: The day's shared random numbers.
        team: The team.

    Raises:
        UserError: For a team that there cannot be, a strategy that is not played, or a region without a base of police.
    """
    check_team(team, world)
    bases, plan = police_bases(world), world.response(strategy)
    with swept_at_end():
        day = Day(world, strategy, replication, draws)
        day.finish()
    places, standard = world.places, world.scenario.response.standard_minutes
    times, requests = world.moments, day.posko.requests
    where = whereabouts(world, strategy, day.fleet, day.roads, times)
    is_held = np.vstack([held(day.fleet, times), np.zeros(len(times), dtype=np.bool_)])
    # Where it stands is in the table of whereabouts; what it is ready for is the same at every base.
    spec = _unit(team, next(iter(bases.values())), world)

    @cache
    def ready(requested: frozenset[int]) -> Readiness:
        return readiness(plan, requested, more=(spec,))

    @cache
    def from_node(node: int) -> Told:
        can = can_be_sent(standing_too(where, node), is_held, plan, day.roads, times, more=(spec,))
        return told(minutes_through(world, can, day.roads, times, ready, requests), places, standard)

    planned = told(day.potential_response().minutes, places, standard)
    return WithOneMore(planned, {index: from_node(base.node) for index, base in bases.items()})
