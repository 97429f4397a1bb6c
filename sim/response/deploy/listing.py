"""A strategy by list, whatever rule has made it: the tables that :mod:`sim.response.deploy.listed` reads back.

Who reads them back has the same units of the same names and draws, and so the same days.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from sim.config.plan_tables import NEEDED, PlanTable
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.region.place import Place
from sim.region.position import Spot
from sim.response.deploy.deployment import Deployment, post_names
from sim.response.deploy.listed import BETWEEN
from sim.vocabulary import Role
from sim.words.language import gettext as _

_Cells = tuple[str | int, ...]


def table_of(what: PlanTable, deployment: Deployment, gazetteer: Gazetteer) -> str:
    """Return one table of a strategy as CSV.

    Args:
        what: Posts, patrols, reserves or standing guards.
        deployment: Who stands where.
        gazetteer: The names of the place.

    Raises:
        UserError: When a place can be written neither by its name nor by its code, for both have a semicolon in them.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(NEEDED[what])
    writer.writerows(_ROWS[what](deployment, gazetteer))
    return out.getvalue()


def _posts(deployment: Deployment, gazetteer: Gazetteer) -> Iterator[_Cells]:
    """Give a row for each post; those without officers, which have no unit and so no name, last."""
    for post in deployment.posts:
        name = deployment.units[post.unit].name.removeprefix("guard/")
        yield name, _stations(post.stations, gazetteer), post.officers, post.wardens
    for name, plan in zip(post_names(deployment.unmanned), deployment.unmanned, strict=True):
        own = name if plan.is_named else f"wardens/{name}"
        yield own, _stations(plan.stations, gazetteer), plan.officers, plan.wardens


def _patrols(deployment: Deployment, gazetteer: Gazetteer) -> Iterator[_Cells]:
    for unit in deployment.units:
        if unit.role is Role.PATROL and not unit.base:
            stops = [stop.spot for stop in unit.stops] or [unit.home]
            route = _listed((_place(spot, gazetteer) for spot in stops), gazetteer)
            yield unit.name.removeprefix("patrol/"), route, unit.strength, unit.vehicle


def _reserves(deployment: Deployment, gazetteer: Gazetteer) -> Iterator[_Cells]:
    bases = _base_names(gazetteer)
    for unit in deployment.units:
        if unit.role is Role.RESERVE:
            yield unit.name.removeprefix("reserve/"), bases[unit.base], unit.strength, unit.vehicle


def _standing_guards(deployment: Deployment, gazetteer: Gazetteer) -> Iterator[_Cells]:
    bases = _base_names(gazetteer)
    for unit in deployment.units:
        if unit.stays:
            yield bases[unit.base], unit.strength


def _base_names(gazetteer: Gazetteer) -> dict[str, str]:
    """Return the name of each base under which it is found again, by its code."""
    return {base.code: gazetteer.name_of(gazetteer.base_place(i)) for i, base in enumerate(gazetteer.region.bases)}


def _stations(stations: Iterable[int], gazetteer: Gazetteer) -> str:
    return _listed(map(gazetteer.station_place, stations), gazetteer)


def _place(spot: Spot, gazetteer: Gazetteer) -> Place:
    if spot.station is not None:
        return gazetteer.station_place(spot.station)
    return gazetteer.area_of_village(spot.nodes[0])


def _listed(places: Iterable[Place], gazetteer: Gazetteer) -> str:
    return f"{BETWEEN} ".join(_written(place, gazetteer) for place in places)


def _written(place: Place, gazetteer: Gazetteer) -> str:
    """Return a name that stands alone between semicolons and is found again."""
    for name in (gazetteer.name_of(place), place.code):
        if BETWEEN not in name:
            return name
    raise UserError(
        _("'{place}' ({code}) cannot stand in a table of a strategy: it has a '{between}' in it").format(
            place=place.name, code=place.code, between=BETWEEN
        )
    )


_ROWS: dict[PlanTable, Callable[[Deployment, Gazetteer], Iterator[_Cells]]] = {
    PlanTable.POSTS: _posts,
    PlanTable.PATROLS: _patrols,
    PlanTable.RESERVES: _reserves,
    PlanTable.STANDING_GUARDS: _standing_guards,
}
