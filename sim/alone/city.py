"""Where units wait, where calls come from, by which rule units are sent: all that stays as it is while it is played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.alone.given import MOST_WAYS, index_of, items_of, once_each, table
from sim.alone.plane import Plane
from sim.alone.rule import Ranks, covering, ranks_of, rule_of
from sim.alone.team import Team
from sim.config.dispatch import Dispatch
from sim.errors import UserError, shortened
from sim.minutes import ROUNDING
from sim.words.language import gettext as _
from sim.words.language import marked

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class City:
    """Units, places and the rule of dispatch.

    Attributes:
        teams: The units.
        places: Names of the places where calls come from; none where they come from anywhere.
        travel: (units, places) minutes from where each unit waits; None where that is told for each call.
        plane: The plane on which calls and units are; None where travel is given.
        bases: (units, 2) where each unit waits on the plane, km; None where travel is given.
        positions: (places, 2) where each place is on the plane, km; None where there are no places on one.
        between: (places, places) minutes from each place to each; None where that is not told.
        ranks: For each place the number of each unit in its order of preference.
        dispatch: The rule of dispatch.
        districts: The district of each place; None: in none.
        neighbours: For each place the districts that share a border with its own.
        demand: (places or points) what expected coverage is counted in: the weight of each.
        demand_minutes: (units, places or points) travel to each, minutes; None where no rule asks for it.
    """

    teams: tuple[Team, ...]
    places: tuple[str, ...]
    travel: Floats | None
    plane: Plane | None
    bases: Floats | None
    positions: Floats | None
    between: Floats | None
    ranks: tuple[Ranks, ...]
    dispatch: Dispatch
    districts: tuple[int | None, ...]
    neighbours: tuple[frozenset[int], ...]
    demand: Floats
    demand_minutes: Floats | None

    def reached(self, within: float) -> NDArray[np.bool_]:
        """Return (units, places or points) who would be where within some minutes of the order, on average."""
        assert self.demand_minutes is not None
        ready = np.array([team.ready.mean_minutes for team in self.teams])
        return ready[:, None] + self.demand_minutes <= within + ROUNDING


@dataclass(frozen=True)
class Asked:
    """What the user says of the city, as he says it; see :func:`sim.alone.simulate.simulate_dispatch`."""

    teams: tuple[Team, ...]
    names: tuple[str, ...]
    positions: Floats | None
    travel: Plane | ArrayLike | None
    dispatch: Any
    preference: Any
    districts: Any
    borders: Any
    demand: ArrayLike | None
    weights: ArrayLike | None


def names_of(places: Any, rates: Any, travel: Any, preference: Any, at: Any) -> tuple[tuple[str, ...], Floats | None]:
    """Return the names of the places, and where they are, from whatever tells them; none where calls are anywhere.

    Raises:
        UserError: For a name that stands there twice, and a position that is no x and y.
    """
    if isinstance(places, Mapping):
        names = once_each("places", list(places), marked("place"))
        return names, points("places", list(places.values()))
    if places is not None:
        if isinstance(places, str) or not isinstance(places, Sequence):
            raise UserError(_("places: a list of names is needed, or the position of each name"))
        return once_each("places", places, marked("place")), None
    if isinstance(rates, Mapping):
        return once_each("rates", list(rates), marked("place")), None
    if isinstance(preference, Mapping):
        return once_each("preference", list(preference), marked("place")), None
    if isinstance(travel, Plane):
        return (), None
    return tuple(f"place {i + 1}" for i in range(_how_many(rates, travel, preference, at))), None


def _how_many(rates: Any, travel: Any, preference: Any, at: Any) -> int:
    """Return how many places there are where nobody names them; 0 where travel is given from each unit to each call."""
    if rates is not None:
        return max(1, table("rates", rates, marked("every rate")).size)
    if preference is not None:
        return len(items_of("preference", preference, marked("orders, one a place,")))
    if travel is None:
        return 1
    matrix = table("travel", travel, marked("every time"))
    return 0 if at is None or matrix.ndim != 2 else matrix.shape[1]


def points(name: str, given: ArrayLike) -> Floats:
    """Return points of the plane, km, shape (n, 2).

    Raises:
        UserError: For anything else.
    """
    try:
        found = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise UserError(_("{name}: x and y in km are needed, as two numbers").format(name=name)) from error
    if found.ndim != 2 or found.shape[1] != 2 or not np.all(np.isfinite(found)):
        raise UserError(_("{name}: x and y in km are needed, as two finite numbers each").format(name=name))
    return found


def city_of(asked: Asked, rates: Floats | None) -> City:
    """Put a city together.

    Args:
        asked: What the user says of it.
        rates: Calls an hour at each place, by which coverage is weighted where no weights are given.

    Raises:
        UserError: For a unit at an unknown base, a matrix of another shape, a preference that names a missing place or
            unit, an unknown rule, and a rule that asks for what is not given.
    """
    teams, names = asked.teams, asked.names
    plane = asked.travel if isinstance(asked.travel, Plane) else None
    if plane is not None and names and asked.positions is None:
        raise UserError(_("places: on a plane the position of each is needed, as name: (x, y)"))
    bases = None if plane is None else _bases(teams, names, asked.positions)
    dispatch = rule_of(asked.dispatch, asked.preference, names, [team.name for team in teams])
    travel = _travel(asked, plane, bases)
    demand, demand_minutes = _demand(asked, plane, bases, travel, rates, dispatch)
    districts = _districts(asked.districts, len(names))
    return City(
        teams=teams,
        places=names,
        travel=travel,
        plane=plane,
        bases=bases,
        positions=None if plane is None else asked.positions,
        between=_between(asked),
        ranks=ranks_of(dispatch, names, teams),
        dispatch=dispatch,
        districts=districts,
        neighbours=_neighbours(districts, asked.borders),
        demand=demand,
        demand_minutes=demand_minutes,
    )


def _bases(teams: Sequence[Team], names: Sequence[str], positions: Floats | None) -> Floats:
    """Return where units wait on a plane: at points, or at places that have one."""
    found = []
    for team in teams:
        setting = f"units[{team.name}].base"
        if isinstance(team.base, str) or (isinstance(team.base, (int, np.integer)) and positions is not None):
            where = index_of(setting, team.base, names, marked("place"))
            assert positions is not None  # on a plane every place has one
            found.append(positions[where])
        else:
            if team.base is None:
                raise UserError(
                    _("{setting}: x and y in km are needed on a plane, like (3, 4)").format(setting=setting)
                )
            found.append(points(setting, [team.base])[0])
    return np.array(found)


def _travel(asked: Asked, plane: Plane | None, bases: Floats | None) -> Floats | None:
    """Return the minutes from units to places; None where they are told for each call."""
    n = len(asked.names)
    if isinstance(asked.travel, Plane):
        if asked.positions is None:
            return None
        assert plane is not None and bases is not None
        return plane.minutes(plane.km(bases[:, None, :], asked.positions[None, :, :]))
    if asked.travel is None:
        for team in asked.teams:
            if team.base is not None:
                raise UserError(
                    _("units[{team}].base: travel is needed, for units that wait somewhere").format(team=team.name)
                )
        return np.zeros((len(asked.teams), n))
    if not n:
        return None
    return _matrix(asked.travel, asked.teams, asked.names)


def _between(asked: Asked) -> Floats | None:
    """Return the minutes between all places, once travel is known to fit; None where they are not told."""
    n = len(asked.names)
    if asked.travel is None:
        return np.broadcast_to(0.0, (n, n))
    is_square = not isinstance(asked.travel, Plane) and any(team.base is not None for team in asked.teams)
    return np.asarray(asked.travel, dtype=np.float64) if n and is_square else None


def _matrix(given: ArrayLike, teams: Sequence[Team], names: Sequence[str]) -> Floats:
    """Return the minutes from units to places, from a table of units or of the places where they wait."""
    matrix, n = table("travel", given, marked("every time")), len(names)
    if matrix.ndim != 2:
        raise UserError(
            _("travel: a table of minutes is needed, not an array of {ndim} dimensions").format(ndim=matrix.ndim)
        )
    if all(team.base is None for team in teams):
        if matrix.shape != (len(teams), n):
            raise UserError(
                _(
                    "travel: {rows} x {columns} minutes, where {units} units and {places} places need "
                    "{units} x {places}"
                ).format(rows=matrix.shape[0], columns=matrix.shape[1], units=len(teams), places=n)
            )
        return matrix
    if matrix.shape != (n, n):
        raise UserError(
            _(
                "travel: {rows} x {columns} minutes; between {places} places where units wait and calls "
                "come from, it must be square, {places} x {places}"
            ).format(rows=matrix.shape[0], columns=matrix.shape[1], places=n)
        )
    at = [index_of(f"units[{team.name}].base", team.base, names, marked("place")) for team in teams]
    return np.ascontiguousarray(matrix[at])


def _demand(
    asked: Asked, plane: Plane | None, bases: Floats | None, travel: Floats | None, rates: Floats | None, rule: Dispatch
) -> tuple[Floats, Floats | None]:
    """Return the weights of expected coverage and the minutes to where they lie; nothing where no rule asks for it."""
    if not covering(rule):
        for name, given in (("demand", asked.demand), ("weights", asked.weights)):
            if given is not None:
                raise UserError(
                    _("{name}: only rules that look at expected coverage read it, not {policy}").format(
                        name=name, policy=rule.policy
                    )
                )
        return np.empty(0), None
    minutes = travel
    if asked.demand is not None:
        if plane is None or bases is None:
            raise UserError(_("demand: points are on a plane only; with places their weights are enough (weights)"))
        there = points("demand", asked.demand)
        if len(there) * len(bases) > MOST_WAYS:
            raise UserError(
                _("demand: at most {most:,} points for {units} units").format(
                    most=MOST_WAYS // len(bases), units=len(bases)
                )
            )
        minutes = plane.minutes(plane.km(bases[:, None, :], there[None, :, :]))
    if minutes is None:
        raise UserError(
            _("demand: {policy} asks which units cover what: give points (x, y) that stand for the area").format(
                policy=rule.policy
            )
        )
    n = minutes.shape[1]
    weights = np.ones(n) if asked.demand is not None or rates is None else rates
    if asked.weights is not None:
        weights = table("weights", asked.weights, marked("every weight"))
        if weights.shape != (n,):
            of_points = _("weights: {size} of them for {n} points")
            of_places = _("weights: {size} of them for {n} places")
            raise UserError((of_places if asked.demand is None else of_points).format(size=weights.size, n=n))
    return weights, minutes


def _districts(given: Any, places: int) -> tuple[int | None, ...]:
    if given is None:
        return (None,) * places
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != places:
        raise UserError(
            _("districts: the number of a district is needed for each of {places} places").format(places=places)
        )
    for one in given:
        if one is not None and (isinstance(one, bool) or not isinstance(one, (int, np.integer)) or one < 0):
            raise UserError(
                _("districts: a district is told by its number, zero or more, not by {given}").format(
                    given=shortened(repr(one))
                )
            )
    return tuple(None if one is None else int(one) for one in given)


def _neighbours(districts: Sequence[int | None], borders: Any) -> tuple[frozenset[int], ...]:
    pairs = []
    for border in items_of("borders", borders, marked("pairs of districts")):
        pair = items_of("borders", border, marked("pairs of districts"))
        if len(pair) != 2 or not all(isinstance(one, (int, np.integer)) for one in pair):
            raise UserError(
                _("borders: pairs of districts by number are needed, not {given}").format(given=shortened(repr(border)))
            )
        pairs += [tuple(pair), tuple(reversed(pair))]
    return tuple(frozenset(int(b) for a, b in pairs if a == district) for district in districts)
