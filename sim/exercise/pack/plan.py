"""The plan in force as tables that everybody may see: who stands where, who waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sim.day.world import World
from sim.echelon import Echelon
from sim.exercise.pack.paper import Block, Heading, Paper, Table, Text
from sim.region.printed import as_printed
from sim.region.region import Region
from sim.response.agencies import callers
from sim.response.units import UnitSpec
from sim.vocabulary import Agency, Role, Severity
from sim.words import exercise_pack as words
from sim.words import names
from sim.words.language import number

WAITING = (Role.RESERVE, Role.ATTACHED, Role.AMBULANCE)
"""Who waits at a base until he is sent."""


def plan_paper(world: World, strategy: str) -> Paper:
    """Return the plan in force as a paper for everybody.

    Args:
        world: The prepared scenario.
        strategy: Name of the plan.
    """
    return Paper(
        title=words.PAPERS["deployment"],
        sub=f"{world.region.title}: {world.scenario.titles[strategy]}",
        reader=words.READERS["all"],
        blocks=(*plan_in_short(world, strategy), *_posts(world, strategy)),
    )


def plan_in_short(world: World, strategy: str) -> tuple[Block, ...]:
    """Return the plan in force in two tables: by district, and who waits.

    Args:
        world: The prepared scenario.
        strategy: Name of the plan.
    """
    deployment = world.response(strategy).deployment
    rows = district_rows(world, strategy)
    sums = [sum(row[i] for row in rows.values()) for i in range(7)]
    cells = [(name, *(number(n, ",") for n in row)) for name, row in rows.items()]
    cells.append((words.TOTAL, *(number(n, ",") for n in sums)))
    return (
        Text(
            words.PLAN_IN_FORCE.format(
                plan=world.scenario.titles[strategy], officers=deployment.spent.get(Agency.POLICE, 0),
                wardens=deployment.spent.get(Agency.WARDENS, 0), posts=len(deployment.posts),
                minutes=world.scenario.response.standard_minutes,
            )
        ),
        Heading(words.HEADINGS["districts"], 2),
        Table(words.DISTRICT_COLUMNS, tuple(cells), (25, 11, 11, 8, 12, 12, 10, 11)),
        Heading(words.HEADINGS["reserves"], 2),
        Table(words.WAITING_COLUMNS, tuple(_waiting(world, strategy)), (20, 12, 11, 7, 8, 12, 8, 14, 8)),
    )  # fmt: skip


def district_rows(world: World, strategy: str) -> dict[str, tuple[int, ...]]:
    """Return of each district, by its name: stations, voters, posts, officers there, wardens, on patrol, in reserve."""
    region, deployment = as_printed(world.gazetteer), world.response(strategy).deployment
    found: dict[str, tuple[int, ...]] = {}
    for district in region.districts:
        at = region.stations.district == district.index
        posts = [post for post in deployment.posts if post.district == district.index]
        units = [u for u in deployment.units if u.district == district.index and u.agency is Agency.POLICE]
        found[district.name] = (
            int(at.sum()), int(region.stations.registered[at].sum()), len(posts), sum(p.officers for p in posts),
            round(float(deployment.wardens_at[at].sum())), sum(u.strength for u in units if u.role is Role.PATROL),
            sum(u.strength for u in units if u.role is Role.RESERVE),
        )  # fmt: skip
    return found


class Alike(NamedTuple):
    """What teams that stand in one line have in common; each as its unit has it."""

    base: str
    agency: Agency
    role: Role
    strength: int
    vehicle: str
    from_severity: Severity
    callers: tuple[Echelon, ...]
    ready_minutes: float


def waiting_teams(world: World, strategy: str) -> Counter[Alike]:
    """Return how many teams wait at bases, those together that are alike, in the order of the plan."""
    plan = world.response(strategy)
    return Counter(
        Alike(
            one.base, one.agency, one.role, one.strength, one.vehicle, one.from_severity,
            callers(one.called_by, plan.settings), one.ready_minutes,
        )
        for one in plan.deployment.units if one.role in WAITING
    )  # fmt: skip


def _waiting(world: World, strategy: str) -> Iterator[tuple[str, ...]]:
    bases = {base.code: base.name for base in as_printed(world.gazetteer).bases}
    for one, teams in waiting_teams(world, strategy).items():
        yield (
            bases.get(one.base, ""), names.called(names.AGENCY, one.agency), names.called(names.ROLE, one.role),
            number(teams, ","), number(one.strength * teams, ","), names.called(names.VEHICLE, one.vehicle),
            names.called(names.SEVERITY, one.from_severity.word),
            ", ".join(names.called(names.ECHELON, post) for post in one.callers), number(one.ready_minutes, ",.0f"),
        )  # fmt: skip


def _posts(world: World, strategy: str) -> Iterator[Block]:
    """Give the posts and patrols of each district, a table each."""
    deployment, region = world.response(strategy).deployment, as_printed(world.gazetteer)
    for district in region.districts:
        rows = [_post(unit, region) for unit in deployment.units if _is_out(unit) and unit.district == district.index]
        alone = [
            (words.WARDENS_ALONE, number(0, ","), "", _stations(plan.stations, region))
            for plan in deployment.unmanned
            if int(region.stations.district[plan.stations[0]]) == district.index
        ]
        if rows or alone:
            yield Heading(words.HEADINGS["posts"].format(district=district.name), 2)
            yield Table(words.POST_COLUMNS, (*rows, *alone), (22, 10, 12, 56))


def _is_out(unit: UnitSpec) -> bool:
    return unit.agency is Agency.POLICE and unit.role in (Role.GUARD, Role.PATROL)


def _post(unit: UnitSpec, region: Region) -> tuple[str, ...]:
    stops = [stop.spot.station for stop in unit.stops]
    stations = [station for station in stops if station is not None]
    nodes = dict.fromkeys(region.nodes[stop.spot.nodes[0]].name for stop in unit.stops)
    where = _stations(stations, region) if stations else ", ".join(nodes) or region.nodes[unit.home.nodes[0]].name
    return names.unit(unit.name), number(unit.strength, ","), names.called(names.VEHICLE, unit.vehicle), where


def _stations(stations: tuple[int, ...] | list[int], region: Region) -> str:
    return ", ".join(region.stations.name[station] for station in stations)
