"""A region of one's own checked as a whole: its tables, its settings, and whether they name each other's things."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.config.compose import load
from sim.config.own_region import BASIS, REGION_FILE
from sim.config.region import ROAD_CLASSES, DerivedStations, RoadSpeeds
from sim.config.region_parts import REGION
from sim.config.response import Vehicle
from sim.config.scenario import Scenario
from sim.config.source import read_yaml
from sim.config.weather import SpeedFactors
from sim.day.fitting import strategies_that_fit
from sim.day.size import check_size
from sim.errors import Mistakes, UserError
from sim.region.gazetteer import Gazetteer
from sim.region.load import load_tables
from sim.region.region import Region
from sim.region.sheets import Sheets
from sim.region.summary import CAR
from sim.region.table import Tables
from sim.region.travel import RoadNetwork
from sim.text import TABLE_NAME, override_value
from sim.words import region as words
from sim.words.language import gettext as _

BOOK = ".xlsx"


@dataclass(frozen=True, eq=False)
class CheckedRegion:
    """A region that is right.

    Attributes:
        region: The place.
        tables: The tables that it was read from.
        scenario: A calm day in it; None where its forces are not known, as there is no ``region.yaml``.
        network: Its roads by day in dry weather.
        fitting: Names of the packaged strategies that fit.
        made_up: Whether its stations were made by the rule.
        remarks: What is odd, a sentence each.
    """

    region: Region
    tables: Tables
    scenario: Scenario | None
    network: RoadNetwork
    fitting: tuple[str, ...]
    made_up: bool
    remarks: tuple[str, ...]


def check_region(path: Path, *, playable: bool = True) -> CheckedRegion:
    """Check a region's tables and its ``region.yaml``.

    Args:
        path: The folder of both, or a workbook of the tables, with a ``region.yaml`` beside it or not.
        playable: Whether a ``region.yaml`` that is not filled in yet is a mistake; else it is as if it were not there.

    Raises:
        UserError: For everything that is wrong, a line each.
    """
    mistakes, remarks = Mistakes(), list[str]()
    is_book = not path.is_dir() and path.suffix == BOOK
    if not path.exists():
        raise UserError(words.NO_SUCH.format(path=path))
    if not path.is_dir() and not is_book:
        raise UserError(words.NO_REGION.format(path=path))
    folder = path.parent if is_book else path
    scenario: Scenario | None = None
    if is_book and playable and not (folder / REGION_FILE).exists():
        remarks.append(words.BESIDE.format(folder=folder))
    else:
        with (mistakes if playable else Mistakes()).noted():
            scenario = load("calm_day", [f"region.path={override_value(str(folder))}", "strategy=even_spread"])
    region: Region | None = None
    with mistakes.noted():
        tables = Sheets(path) if is_book else Tables(path)
        region = load_tables(tables, *_named(scenario, folder))
    if region is not None and scenario is not None:
        with mistakes.noted():
            _check_bases(scenario, Gazetteer(region))
        with mistakes.noted():
            check_size(scenario, region)
    mistakes.refuse()
    assert region is not None
    remarks += [*region.remarks, *_lacking(scenario)]
    return CheckedRegion(
        region=region,
        tables=tables,
        scenario=scenario,
        network=_network(region, scenario),
        fitting=() if scenario is None or is_book else strategies_that_fit(scenario),
        made_up=not tables.seen.get("stations"),
        remarks=tuple(remarks),
    )


def _named(scenario: Scenario | None, folder: Path) -> tuple[str, DerivedStations]:
    """Return what the region is called, and the rule that makes its stations."""
    if scenario is not None:
        return scenario.region.title, scenario.region.derive
    name = folder.absolute().name
    title = name if TABLE_NAME.fault(name) is None else _("own region")
    return title, DerivedStations.model_validate(read_yaml(BASIS)[REGION]["derive"])


def _check_bases(scenario: Scenario, names: Gazetteer) -> None:
    """Refuse bases that the region's settings name and its tables do not have."""
    mistakes, care = Mistakes(), scenario.evacuation.care
    listed = {
        "response.attached": [one.base for one in scenario.response.attached],
        "evacuation.care.ambulances": [one.base for one in care.ambulances],
        "evacuation.care.facilities": [one.base for one in care.facilities],
    }
    for setting, bases in listed.items():
        mistakes.each(bases, lambda i, base, s=setting: names.base(base, f"{s}[{i}].base"))  # type: ignore[misc]
    mistakes.refuse()


def _lacking(scenario: Scenario | None) -> list[str]:
    """Return a sentence for each sort of help that the region does not have."""
    if scenario is None:
        return []
    care = scenario.evacuation.care
    return [
        *([] if scenario.response.attached else [words.NO_ATTACHED]),
        *([] if care.ambulances else [words.NO_AMBULANCES]),
        *([] if care.facilities else [words.NO_FACILITIES]),
    ]


def _network(region: Region, scenario: Scenario | None) -> RoadNetwork:
    """Return its roads for a car by day in dry weather."""
    basic = read_yaml(BASIS)[REGION]["speed_kmh"]
    speeds = scenario.region.speed_kmh if scenario is not None else RoadSpeeds.model_validate(basic)
    as_it_is = dict.fromkeys(ROAD_CLASSES, 1.0)
    car = Vehicle.model_validate(as_it_is)
    return RoadNetwork(region, speeds, SpeedFactors.model_validate(as_it_is), {CAR: car})
