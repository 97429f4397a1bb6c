"""What a run was played on: the region's tables and every strategy's deployment, in the run's own folder.

    RUN/region/*.csv                 the region's tables, the derived stations among them, and its outlines
    RUN/region/region.yaml           the settings of a region of one's own, which the manifest holds too
    RUN/deployments/units.csv        strategy, unit, agency, role, strength, vehicle, home, stops (codes); who may call
                                     it, how soon it is ready, what it can do
    RUN/deployments/rounds.csv       strategy, unit, and the pieces of its round on open roads (as in the table of ways)
    RUN/deployments/posts.csv        strategy, post, unit, station (code), officers of the post, wardens at the station
    RUN/deployments/people.csv       strategy, agency, spent, unspent
    RUN/deployments/STRATEGY.posts.csv, .patrols.csv, .reserves.csv, .standing_guards.csv   tables of a strategy by list

They are written before the first day. Whatever is edited afterwards, days that are still to be played, the report and
an exercise made from the run go by these.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sim.config.own_region import REGION_FILE
from sim.config.plan_tables import PlanTable
from sim.config.scenario import Scenario
from sim.errors import UserError
from sim.experiment.checksum import digests_in
from sim.files import MOST_SETTINGS, MOST_TABLE, read_text
from sim.region.load import region_files, region_folder
from sim.region.write import write_region
from sim.vocabulary import Capability
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.day.world import World
    from sim.region.position import Spot
    from sim.response.plan import ResponsePlan

REGION = "region"
DEPLOYMENTS = "deployments"
_COLUMNS = {
    "units": (
        "strategy", "unit", "agency", "role", "strength", "vehicle", "home", "stops", "base", "stays", "from_severity",
        "called_by", "ready_minutes", "mobilisation_minutes", "shift_from", "shift_to", *map(str, Capability),
    ),
    "rounds": (
        "strategy", "unit", "period", "piece", "begins", "length", "node", "ahead", "away", "slope", "station",
    ),
    "posts": ("strategy", "post", "unit", "station", "officers", "wardens"),
    "people": ("strategy", "agency", "spent", "unspent"),
}  # fmt: skip
_CODES = {"units": ("home", "stops", "base"), "posts": ("station",)}
"""Columns that hold codes, which may look like numbers."""
_MAYBE = ("shift_from", "shift_to")
"""Columns of numbers that may be missing."""


@dataclass(frozen=True, eq=False)
class Deployments:
    """Who stands where under each strategy of a run.

    Attributes:
        units: One row a unit: strategy, unit, agency, role, strength (people), vehicle, home (code of the place where
            it waits or its round begins), stops (codes of its round, in order, with semicolons between; empty when
            it stands still), and who may call it when, how long it takes to get ready, and its people by what they can
            do.
        rounds: One row a piece of a unit's round on open roads, as in the table of ways of a day; one that stands still
            has one piece, which says where it waits.
        posts: One row a station of a guard post: strategy, post (its number), unit, station (code), officers (of the
            whole post), wardens (at this station; a share of a person where they do not divide evenly).
        people: One row an agency: strategy, agency, spent, unspent (people).
    """

    units: pd.DataFrame
    posts: pd.DataFrame
    people: pd.DataFrame
    rounds: pd.DataFrame


def write_inputs(folder: Path, world: World) -> None:
    """Write the region's and the deployments' tables of a prepared scenario into a run's folder.

    Raises:
        OSError: When they cannot be written.
    """
    write_region(world.region, folder / REGION)
    for file in sorted(region_folder(world.scenario.region.path).glob("*.geojson")):
        (folder / REGION / file.name).write_text(read_text(file, MOST_TABLE, ".geojson"), encoding="utf-8")
    settings = _settings_file(world.scenario)
    if settings.exists():
        (folder / REGION / REGION_FILE).write_text(read_text(settings, MOST_SETTINGS, ".yaml"), encoding="utf-8")
    tables = folder / DEPLOYMENTS
    tables.mkdir()
    for name, columns in _COLUMNS.items():
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for plan in world.responses.values():
            writer.writerows(_ROWS[name](plan, world))
        (tables / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8")
    for deployment in world.deployments.values():
        for what, text in deployment.tables.items():
            plan_file(folder, deployment.strategy, what).write_text(text, encoding="utf-8", newline="")


def plan_file(folder: Path, strategy: str, what: PlanTable) -> Path:
    """Return where a run keeps a table that a strategy names, as it was when the run was begun."""
    return folder / DEPLOYMENTS / f"{strategy}.{what}.csv"


def on_own_inputs(scenario: Scenario, folder: Path) -> Scenario:
    """Return a run's scenario on the tables in the run's own folder, those of its strategies among them."""
    folder = folder.resolve()
    strategies = tuple(
        strategy.with_tables({what: plan_file(folder, strategy.name, what) for what in strategy.tables})
        for strategy in scenario.strategies
    )
    region = scenario.region.model_copy(update={"path": str(folder / REGION)})
    return scenario.model_copy(update={"region": region, "strategies": strategies})


def input_files(scenario: Scenario) -> list[Path]:
    """Return what a scenario is prepared from: the region's tables and settings, tables that its strategies name."""
    settings = _settings_file(scenario)
    named = [Path(file) for strategy in scenario.strategies for file in strategy.tables.values()]
    return [*region_files(scenario.region.path), *([settings] if settings.exists() else []), *named]


def _settings_file(scenario: Scenario) -> Path:
    """Return the file of a region's own settings, whether it is there or not: a packaged region has none."""
    return region_folder(scenario.region.path) / REGION_FILE


def input_digests(folder: Path) -> dict[str, str]:
    """Return the checksum of everything that a run is played on, by its path in the run's folder."""
    folders = (REGION, DEPLOYMENTS)
    return {f"{name}/{file}": found for name in folders for file, found in digests_in(folder / name).items()}


def read_deployments(folder: Path) -> Deployments:
    """Read the deployments that a run was played with.

    Raises:
        UserError: When a table is missing or is not what was written.
    """
    return Deployments(**{name: _read(folder / DEPLOYMENTS / f"{name}.csv", name) for name in _COLUMNS})


def _read(file: Path, name: str) -> pd.DataFrame:
    codes = dict.fromkeys(_CODES.get(name, ()), "str")
    maybe = {column: [""] for column in _MAYBE if column in _COLUMNS[name]}
    try:
        frame = pd.read_csv(file, dtype=codes, keep_default_na=False, na_values=maybe)
    except (OSError, ValueError) as error:
        raise UserError(_("{file}: cannot be read ({why})").format(file=file, why=error)) from error
    if tuple(frame) != _COLUMNS[name]:
        raise UserError(
            _("{file}: not the table that was written; columns: {columns}").format(
                file=file, columns=", ".join(_COLUMNS[name])
            )
        )
    return frame


def _units(plan: ResponsePlan, world: World) -> Iterator[tuple[object, ...]]:
    for unit in plan.deployment.units:
        home, stops = _code(unit.home, world), ";".join(_code(stop.spot, world) for stop in unit.stops)
        yield (
            plan.deployment.strategy, unit.name, str(unit.agency), str(unit.role), unit.strength, unit.vehicle, home,
            stops, unit.base, int(unit.stays), unit.from_severity.word, ";".join(sorted(map(str, unit.called_by))),
            unit.ready_minutes, unit.mobilisation.mean_minutes, *(unit.shift or ("", "")),
            *(unit.provides[capability] for capability in Capability),
        )  # fmt: skip


def _rounds(plan: ResponsePlan, _: World) -> Iterator[tuple[object, ...]]:
    from sim.region.route import pieces, resting_at  # rounds are walked on days, not when a scenario is checked

    for unit, home in zip(plan.deployment.units, plan.homes, strict=True):
        cycle = home.cycle
        period = 0.0 if cycle is None else cycle.minutes
        parts = [(0.0, resting_at(home.there.end))] if cycle is None else pieces(cycle)
        for number, (begin, piece) in enumerate(parts):
            yield plan.deployment.strategy, unit.name, period, number, begin, *piece[:_PIECE]


def _code(spot: Spot, world: World) -> str:
    """Return the code of a spot: guards stand at stations, others at nodes."""
    region = world.region
    return region.nodes[spot.nodes[0]].code if spot.station is None else region.stations.code[spot.station]


def _posts(plan: ResponsePlan, world: World) -> Iterator[tuple[object, ...]]:
    deployment = plan.deployment
    for number, post in enumerate(deployment.posts):
        name = deployment.units[post.unit].name
        for station in post.stations:
            wardens = float(deployment.wardens_at[station])
            yield deployment.strategy, number, name, world.region.stations.code[station], post.officers, wardens


def _people(plan: ResponsePlan, _: World) -> Iterator[tuple[object, ...]]:
    deployment = plan.deployment
    for agency, spent in deployment.spent.items():
        yield deployment.strategy, agency, spent, deployment.unspent[agency]


_PIECE = 6
"""The first fields of a piece of a round are columns of rounds."""
_ROWS = {"units": _units, "rounds": _rounds, "posts": _posts, "people": _people}
