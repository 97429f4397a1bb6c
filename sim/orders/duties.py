"""From a deployment to the duties of each district: posts, wardens, patrols, standing guards, sector patrols."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from sim.orders.orders import Duty, Elsewhere, Kind, Station, Visit
from sim.orders.rounds import Driven, driven, spread
from sim.region.position import Spot, Stop
from sim.region.region import VULNERABILITY, Region
from sim.response.deploy.deployment import post_names
from sim.response.plan import ResponsePlan
from sim.response.units import UnitSpec
from sim.vocabulary import Agency, Role


def station_of(region: Region, station: int) -> Station:
    """Return a station as a page shows it."""
    s = region.stations
    return Station(
        code=s.code[station],
        name=s.name[station],
        village=region.nodes[int(s.node[station])].name,
        district=int(s.district[station]),
        registered=int(s.registered[station]),
        vulnerability=VULNERABILITY[int(s.vulnerability[station])],
    )


def duties(plan: ResponsePlan, region: Region) -> dict[int | None, list[Duty]]:
    """Return the duties of each district, by its index (None: outside all), kind by kind in the order of the plan."""
    made: defaultdict[int | None, list[Duty]] = defaultdict(list)
    for kind in Kind:
        for district, duty in _MADE[kind](plan, region):
            made[district].append(duty)
    return dict(made)


def elsewhere(plan: ResponsePlan, region: Region, district: int) -> tuple[Elsewhere, ...]:
    """Return the stations of a district that its own page has no post for, in the order of the region."""
    names = [place.name for place in region.districts]
    posts = {station: (name, at) for name, stations, at in _all_posts(plan, region) for station in stations}
    found = []
    for station, here in enumerate(region.stations.district.tolist()):
        post, at = posts.get(station, ("", None))
        if here == district and at != district:
            found.append(Elsewhere(station_of(region, station), post, "" if at is None else names[at]))
    return tuple(found)


def reports_to(plan: ResponsePlan, region: Region, district: int | None) -> str:
    """Return the name of the police base that a district reports to; empty where there is none."""
    code = "" if district is None else plan.sectors[district]
    return next((base.name for base in region.bases if base.code == code), "")


def _all_posts(plan: ResponsePlan, region: Region) -> Iterator[tuple[str, Sequence[int], int]]:
    """Give the name, the stations and the district of every post, those of wardens alone among them."""
    units = plan.deployment.units
    for post in plan.deployment.posts:
        yield _name(units[post.unit]), post.stations, post.district
    unmanned = plan.deployment.unmanned
    for name, alone in zip(post_names(unmanned), unmanned, strict=True):
        yield name, alone.stations, most_of(alone.stations, region)


def most_of(stations: Sequence[int], region: Region) -> int:
    """Return the district where most of some stations are; of as many, that of the first."""
    count: dict[int, int] = {}
    for district in region.stations.district[list(stations)].tolist():
        count[district] = count.get(district, 0) + 1
    return max(count, key=count.__getitem__)


def _name(unit: UnitSpec) -> str:
    return unit.name.partition("/")[2]


_Made = Iterator[tuple[int | None, Duty]]


def _posts(plan: ResponsePlan, region: Region) -> _Made:
    units = plan.deployment.units
    for post in plan.deployment.posts:
        unit = units[post.unit]
        yield (
            post.district,
            _on_round(
                Kind.POST, unit, plan, region, to=post.district, wardens=post.wardens,
            ),
        )  # fmt: skip


def _wardens(plan: ResponsePlan, region: Region) -> _Made:
    unmanned = plan.deployment.unmanned
    for name, post in zip(post_names(unmanned), unmanned, strict=True):
        district = most_of(post.stations, region)
        at = spread(post.wardens, len(post.stations))
        visits = tuple(
            _visit(plan.stations[station], region, wardens) for station, wardens in zip(post.stations, at, strict=True)
        )
        to = reports_to(plan, region, district)
        yield district, Duty(Kind.WARDENS, name, 0, post.wardens, "", to, visits)


def _patrols(plan: ResponsePlan, region: Region) -> _Made:
    for unit in _units(plan, Role.PATROL):
        if not unit.base:
            yield unit.district, _on_round(Kind.PATROL, unit, plan, region, to=unit.district)


def _offices(plan: ResponsePlan, region: Region) -> _Made:
    for unit in _units(plan, Role.GUARD):
        if unit.stays:
            yield unit.district, _at_base(Kind.OFFICE, unit, plan, region)


def _sector_patrols(plan: ResponsePlan, region: Region) -> _Made:
    for unit in _units(plan, Role.PATROL):
        if unit.base:
            yield unit.district, _at_base(Kind.SECTOR, unit, plan, region)


_MADE = {
    Kind.POST: _posts,
    Kind.WARDENS: _wardens,
    Kind.PATROL: _patrols,
    Kind.OFFICE: _offices,
    Kind.SECTOR: _sector_patrols,
}


def _units(plan: ResponsePlan, role: Role) -> Iterable[UnitSpec]:
    return (unit for unit in plan.deployment.units if unit.role is role and unit.agency is Agency.POLICE)


def _on_round(
    kind: Kind, unit: UnitSpec, plan: ResponsePlan, region: Region, *, to: int | None, wardens: int = 0
) -> Duty:
    """Return the duty of a unit that goes from stop to stop, or stands at its only one."""
    stops = unit.stops or (Stop(unit.home),)
    way = driven(stops, plan.network, unit.vehicle, plan.hours[0] if unit.shift is None else unit.shift[0])
    return Duty(
        kind=kind,
        name=_name(unit),
        officers=unit.strength,
        wardens=wardens,
        vehicle=unit.vehicle,
        reports_to=reports_to(plan, region, to),
        visits=tuple(_visits(stops, way, spread(wardens, len(stops)), region)),
        round_minutes=way.minutes,
        stay_minutes=stops[0].stay if len(stops) > 1 else 0.0,
        shift=unit.shift,
    )


def _visits(stops: Sequence[Stop], way: Driven, wardens: Sequence[int], region: Region) -> Iterator[Visit]:
    for i, (stop, leg, there) in enumerate(zip(stops, way.legs, wardens, strict=True)):
        yield _visit(stop.spot, region, there, None if i == 0 else leg.minutes, None if leg.there == inf else leg.there)


def _visit(
    spot: Spot, region: Region, wardens: int = 0, minutes: float | None = None, there: float | None = None
) -> Visit:
    if spot.station is None:
        return Visit(region.nodes[spot.nodes[0]].name, "", None, wardens, minutes, there)
    station = station_of(region, spot.station)
    return Visit(station.name, station.village, station, wardens, minutes, there)


def _at_base(kind: Kind, unit: UnitSpec, plan: ResponsePlan, region: Region) -> Duty:
    visit = Visit(region.nodes[unit.home.nodes[0]].name, "", None, 0, None, None)
    base, to = bases_by_code(region)[unit.base], reports_to(plan, region, unit.district)
    return Duty(kind, base, unit.strength, 0, unit.vehicle, to, (visit,))


def bases_by_code(region: Region) -> Mapping[str, str]:
    """Return the name of each base, by its code."""
    return {base.code: base.name for base in region.bases}
