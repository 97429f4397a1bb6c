"""``simulate check FILE``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.completing import complete_settings
from sim.cli.given import GivenPath
from sim.cli.show import Warnings
from sim.cli.tables import list_printer, print_rows, say_text
from sim.errors import SeveralMistakes, UserError, of_strategy
from sim.text import shown
from sim.words import check as said
from sim.words import names
from sim.words import script as words

if TYPE_CHECKING:
    from sim.config.checked import Checked
    from sim.config.scenario import Scenario
    from sim.day.world import World

_WIDE = 400
"""Columns where the table does not go to a terminal: there a row is a line, unless one is drawn of very many places."""
_SPARED = {"OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"}


@contextmanager
def _spared() -> Iterator[None]:
    """Let libraries that are loaded here leave out what a check has no use for, unless the user says otherwise.

    OpenBLAS, which numpy and scipy bring along one each, starts a thread for each processor when it is loaded, to
    multiply matrices; they keep the processors busy while they wait. Pydantic searches all packages that are installed
    for plugins of its own.
    """
    unsaid = _SPARED.keys() - os.environ.keys()
    os.environ.update({name: _SPARED[name] for name in unsaid})
    try:
        yield
    finally:
        for name in unsaid:
            del os.environ[name]


@click.command()
@click.argument("file", type=GivenPath())
@click.argument("settings", nargs=-1, shell_complete=complete_settings)
@_spared()
def command(file: Path, settings: tuple[str, ...]) -> None:
    """Check a scenario, a strategy, a kind of disturbance, a region or a plan for an area, before anything is played.

    FILE is a scenario file, strategy/NAME.yaml, kinds/NAME.yaml, region/NAME.yaml, evacuation_plan/NAME.yaml, or a
    folder with the tables of a region. Every mistake is said, a line each; what is odd, though not wrong, is a warning.
    SETTINGS such as region.path=FOLDER are those of the scenario in which it is checked.
    """
    from sim.config.checked import Sort, check_any

    try:
        checked = check_any(file, settings)
    except SeveralMistakes as error:
        raise _with_rests(error, file) from error
    world = None
    if checked.sort is Sort.REGION:
        remarks, about = _region(checked.scenario)
    elif checked.sort is Sort.PLAN:
        remarks, about = _plan(checked, file)
    else:
        world, remarks, about = _in_a_day(checked, file)
    Warnings().say(remarks)
    title, *facts = about
    say_text(said.FINE.format(file=file, title=title))
    for fact in facts:
        say_text(f"  {fact}")
    if world is not None and checked.sort is Sort.SCENARIO:
        _print_script(world)


def _with_rests(found: SeveralMistakes, file: Path) -> UserError:
    """Return what is wrong with a scenario, with what is wrong in the rest of it where that meets the region."""
    from sim.config.checked import Checked, Sort
    from sim.config.half_scenario import HalfRight  # read only where something is wrong

    lines = list(found.lines)
    for right in found.rests if isinstance(found, HalfRight) else ():
        try:
            _in_a_day(Checked(Sort.SCENARIO, file.stem, right.scenario), file)
        except UserError as error:
            own = error.lines if isinstance(error, SeveralMistakes) else [str(error)]
            lines += right.telling(own)
    return SeveralMistakes(lines, found.unread)


def _region(scenario: Scenario) -> tuple[list[str], list[str]]:
    """Return what is odd about a region, and facts about it."""
    from sim.day.size import check_size
    from sim.region.load import load_region

    region = load_region(scenario.region)
    check_size(scenario, region)
    return list(region.remarks), [
        said.REGION.format(
            region=region.title,
            districts=len(region.districts),
            villages=len(region.villages),
            stations=len(region.stations),
            voters=int(region.stations.registered.sum()),
        ),
        said.ROADS.format(roads=len(region.roads.u), bases=len(region.bases)),
    ]


def _plan(checked: Checked, file: Path) -> tuple[list[str], list[str]]:
    """Return what is odd about a plan to evacuate an area, and facts about it."""
    from sim.evacuation.area.alone import prepare_area
    from sim.region.load import load_region

    region, scenario = load_region(checked.scenario.region), checked.scenario
    found = prepare_area(region, scenario.evacuation.areas[checked.name], scenario, f"{file}: ")
    places, buses = sum(shelter.places for shelter in found.shelters), sum(team.count for team in found.buses)
    officers = sum(post.officers for post in found.posts)
    return list(found.remarks), [
        said.PLAN.format(title=found.settings.said_title, region=region.title),
        said.PEOPLE.format(people=found.people, villages=len(found.zones), shelters=len(found.shelters), places=places),
        said.BUSES.format(buses=buses, posts=len(found.posts), officers=officers),
    ]


def _in_a_day(checked: Checked, file: Path) -> tuple[World, list[str], list[str]]:
    """Return a scenario, a strategy or a kind made ready to play, what is odd about it, and facts about it."""
    from sim.config.checked import Sort
    from sim.config.source import read_yaml
    from sim.day.fitting import prepare_fitting

    try:
        world = prepare_fitting(checked.scenario)
    except UserError as error:
        set_here = read_yaml(file) if checked.sort is Sort.SCENARIO else {}
        keys = [f"{key}[" for key in set_here]
        keys += [f"{key}.{part}." for key, inside in set_here.items() if isinstance(inside, dict) for part in inside]
        own = (*keys, f"{checked.sort} '{checked.name}'", of_strategy(checked.name))  # what this very file has set
        lines = error.lines if isinstance(error, SeveralMistakes) else [str(error)]
        raise SeveralMistakes(f"{file}: {line}" if line.startswith(own) else line for line in lines) from error
    match checked.sort:
        case Sort.STRATEGY:
            return world, world.remarks, _strategy(world, checked.name)
        case Sort.KIND:
            return world, world.remarks_with({checked.name}), _kind(world.scenario, checked.name)
        case _:
            return world, world.remarks, _scenario(world)


def _strategy(world: World, name: str) -> list[str]:
    """Return what a strategy spends."""
    plan, scenario = world.deployments[name], world.scenario
    spent = ", ".join(
        said.SPENT[agency].format(spent=plan.spent[agency], left=left) for agency, left in plan.unspent.items()
    )
    roles = ", ".join(
        said.IN_ROLE[role].format(officers=officers) for role, officers in plan.by_role.items() if officers
    )
    return [
        said.STRATEGY.format(
            title=scenario.strategy(name).said_title, scenario=scenario.name, region=world.region.title
        ),
        said.SPENDS.format(spent=spent, roles=roles),
        said.UNITS.format(posts=len(plan.posts), units=len(plan.units)),
        *world.routine,
    ]


def _kind(scenario: Scenario, name: str) -> list[str]:
    """Return where a kind can happen, what each severity asks for and does, and what is left of it."""
    kind = scenario.kinds[name]
    places = ", ".join(names.called(names.PLACE, place) for place in kind.places)
    course = names.as_written(names.COURSE, kind.course.course)
    facts = [said.KIND.format(title=kind.said_title, places=places, course=course, scenario=scenario.name)]
    for severity, stage in kind.severities.items():
        needs = (
            ", ".join(
                said.NEED.format(number=number, capability=names.as_written(names.CAPABILITY, capability))
                for capability, number in kind.needs[severity]
            )
            or said.NOBODY
        )
        effects = ", ".join(names.as_written(names.EFFECT, one.effect) for one in stage.effects) or said.NOTHING
        word = names.called(names.SEVERITY, severity.word)
        facts.append(said.SEVERITY.format(severity=word, needs=needs, effects=effects))
    traces = ", ".join(names.called(names.TRACE, trace) for trace in kind.traces) or said.NOTHING
    return [*facts, said.LEAVES.format(traces=traces)]


def _scenario(world: World) -> list[str]:
    """Return what a scenario plays; all that its script holds is a table of its own."""
    scenario = world.scenario
    title, count = scenario.said_title, len(scenario.strategies)
    return [said.SCENARIO.format(title=title, count=count, region=world.region.title), *world.routine]


def _print_script(world: World) -> None:
    """Print all that a scenario writes down, for a reader to verify."""
    from sim.day.script import script_rows
    from sim.report.fitted import Column, Rows

    rows = script_rows(world.scenario, world.gazetteer)
    if not rows:
        say_text(f"  {words.NOTHING}")
        return
    columns = [Column(heading, folds=number > 0) for number, heading in enumerate(words.COLUMNS)]
    cells = [[shown(cell) for cell in row] for row in rows]
    print_rows(Rows(columns, cells, title=words.HEADING, whole=True), list_printer(_WIDE))
