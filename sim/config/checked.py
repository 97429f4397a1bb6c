"""A file that is checked on its own: what sort of file it is, and the scenario in which it is checked.

A strategy or a kind is checked in the packaged default scenario, a region or a plan to evacuate an area in the calm
day: they need the rest of a scenario to be deployed, and to be judged by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from sim.config.area import AreaPlan
from sim.config.area_plans import GROUP as PLANS
from sim.config.area_plans import plan_in
from sim.config.compose import (
    Composed,
    called,
    composed,
    composed_file,
    load,
    refuse_no_settings,
    validated,
)
from sim.config.kinds import Kind
from sim.config.merge import merge
from sim.config.own_region import REGION_FILE
from sim.config.packaged import CONF, GROUPS, KINDS, STRATEGIES
from sim.config.region import RegionSettings
from sim.config.region_parts import PARTS, check_parts, is_unfolded, unfolded
from sim.config.scenario import Scenario
from sim.config.source import read_yaml
from sim.config.strategy import StrategySettings
from sim.errors import SeveralMistakes, UserError
from sim.text import override_value
from sim.words.language import gettext as _
from sim.words.language import marked

_REGION = "region"
_CALM = "calm_day"
"""The packaged scenario that names no place, and so fits every region."""
_TABLES = ("districts.csv", "villages.csv", "roads.csv", "bases.csv")
"""What the folder of a region holds, at least one of them by these names."""
_RECOGNISED = marked(
    "recognised are a scenario (settings such as incidents, strategies), a strategy (strategy/NAME.yaml, or settings "
    "such as guards, dispatch), a kind of disturbance (kinds/NAME.yaml, or settings such as places, course), and a "
    "region (region/NAME.yaml, settings such as path, forces, or a folder with {tables}), and a plan to "
    "evacuate an area (evacuation_plan/NAME.yaml, or settings such as area, shelters)"
)


class Sort(StrEnum):
    """The sorts of files that can be checked."""

    SCENARIO = "scenario"
    STRATEGY = "strategy"
    KIND = "kind"
    REGION = "region"
    PLAN = "plan"
    """To evacuate an area."""


_FOLDERS = {STRATEGIES: Sort.STRATEGY, KINDS: Sort.KIND, _REGION: Sort.REGION, PLANS: Sort.PLAN}
_SHARED = {"name", "title", "description", "sources"}
"""Settings that tell nothing: several sorts have them."""
_KEYS: dict[Sort, frozenset[str]] = {
    Sort.SCENARIO: frozenset({*Scenario.model_fields, *GROUPS, "defaults"} - _SHARED),
    Sort.STRATEGY: frozenset(StrategySettings.model_fields.keys() - _SHARED),
    Sort.KIND: frozenset(Kind.model_fields.keys() - _SHARED),
    Sort.REGION: frozenset(RegionSettings.model_fields.keys() - _SHARED),
    Sort.PLAN: frozenset(AreaPlan.model_fields.keys() - _SHARED),
}
"""The settings that tell what sort of file it is; where none does, a file with a title is a scenario."""


@dataclass(frozen=True)
class Checked:
    """A file whose settings are right.

    Attributes:
        sort: What it is.
        name: The name of what it holds, as a scenario names it.
        scenario: The scenario in which it was checked; its own, if it is one.
    """

    sort: Sort
    name: str
    scenario: Scenario


def check_any(path: Path, overrides: Sequence[str] = ()) -> Checked:
    """Check the settings of a scenario, a strategy, a kind of disturbance, a region or a plan to evacuate an area.

    Args:
        path: The file; of a region also the folder of its tables.
        overrides: Settings of the scenario in which it is checked, such as ``region.path=FOLDER``; with one of the
            region it is the calm day.

    Raises:
        UserError: When it is none of these, or for every mistake in it, a line each.
    """
    if path.name == REGION_FILE and _holds_tables(path.parent):
        path = path.parent
    sort = _sort_of(path)
    if sort is Sort.SCENARIO:
        return Checked(sort, path.stem, _scenario_of(path, overrides))
    if path.is_dir():
        return Checked(sort, path.name, validated(_with_tables(path)))
    refuse_no_settings(path, sort)
    if sort is Sort.PLAN:
        return Checked(sort, path.stem, _with_plan(path))
    settings, name = read_yaml(path), path.stem
    if sort is Sort.KIND:
        return Checked(sort, name, _scenario_with_kind(name, _with_kind(name, settings, path, _judged_by(overrides))))
    if _group_of(path) in _FOLDERS:
        judged = _judged_by(overrides) if sort is Sort.STRATEGY else [f"scenario={_CALM}", *overrides]
        return Checked(sort, name, load(None, [f"{sort}={name}", *judged], _user_folder(path)))
    if "defaults" in settings:
        raise UserError(
            _("{path}: defaults: a {sort} that builds on another one stands in a folder '{sort}'").format(
                path=path, sort=sort
            )
        )
    if sort is Sort.REGION:
        return Checked(sort, name, validated(_with_region(settings, path)))
    return Checked(sort, name, validated(_with_strategy(name, settings, path, _judged_by(overrides))))


def _judged_by(overrides: Sequence[str]) -> list[str]:
    """Return what composes the scenario in which a strategy or a kind is checked."""
    elsewhere = any(text.startswith(f"{_REGION}.") or text.startswith(f"{_REGION}=") for text in overrides)
    return [*([f"scenario={_CALM}"] if elsewhere else []), *overrides]


def _scenario_of(path: Path, overrides: Sequence[str]) -> Scenario:
    """Return the scenario of a file.

    Raises:
        UserError: For every setting that is wrong by itself or beside others, with what is right of the rest.
    """
    try:
        return validated(composed_file(path, overrides))
    except UserError:
        from sim.config.half_scenario import scenario_in  # read only where something is wrong

        return scenario_in(path, overrides)


def _scenario_with_kind(name: str, settings: Composed) -> Scenario:
    """Return the scenario in which a kind is checked.

    Raises:
        UserError: For every setting of it that is wrong by itself or beside others.
    """
    try:
        return validated(settings)
    except SeveralMistakes as wrong:
        from sim.config.explain import WrongSettings  # read only where something is wrong
        from sim.config.half_kind import deeper

        if not isinstance(wrong, WrongSettings):
            raise
        raise SeveralMistakes([*wrong.lines, *deeper(settings, name, wrong)], wrong.unread) from wrong


def _with_kind(name: str, settings: dict[str, Any], path: Path, overrides: Sequence[str]) -> Composed:
    default = composed(overrides)
    data = {**default.data, KINDS: {**default.data[KINDS], name: settings}}
    folder = _user_folder(path) if _group_of(path) in _FOLDERS else path.parent
    return replace(default, data=data, folder=folder, files={f"{KINDS}/{name}": path})


def _with_plan(path: Path) -> Scenario:
    calm = load(_CALM)
    evacuation = calm.evacuation.model_copy(update={"areas": {path.stem: plan_in(path)}})
    return calm.model_copy(update={"evacuation": evacuation})


def _with_strategy(name: str, settings: dict[str, Any], path: Path, overrides: Sequence[str]) -> Composed:
    default = composed(overrides)
    data = {**default.data, "strategies": [called(name, settings, path)]}
    own = replace(default.origin, packaged_strategies=frozenset())
    files = {**default.files, f"{STRATEGIES}/{name}": path}
    return replace(default, data=data, folder=path.parent, files=files, typed=_typed(default), origin=own)


def _typed(settings: Composed) -> frozenset[str]:
    """Return the region's path as one that the user typed, wherever the file that is checked may stand."""
    region = settings.data.get(_REGION)
    return settings.typed | ({str(region.get("path"))} if isinstance(region, dict) else set())


def _with_region(settings: dict[str, Any], path: Path) -> Composed:
    calm = composed([f"scenario={_CALM}"])
    if is_unfolded(settings):
        check_parts(settings, path, with_path=True)
    data = {**calm.data, _REGION: {}}
    merge(data, unfolded(settings))
    return replace(calm, data=data, folder=path.parent, files={_REGION: path})


def _with_tables(path: Path) -> Composed:
    return composed([f"scenario={_CALM}", f"region.path={override_value(str(path))}"])


def _group_of(path: Path) -> str:
    """Return the name of the folder that a file stands in."""
    return path.absolute().parent.name


def _recognised() -> str:
    return _(_RECOGNISED).format(tables=", ".join(_TABLES))


def _sort_of(path: Path) -> Sort:
    """Say what sort of file it is: by the folder it stands in, else by the settings that it holds.

    Raises:
        UserError: When neither tells.
    """
    if path.is_dir():
        if _holds_tables(path):
            return Sort.REGION
        raise UserError(
            _("'{path}': a folder that holds no tables of a region; {recognised}").format(
                path=path, recognised=_recognised()
            )
        )
    folder = _FOLDERS.get(_group_of(path))
    if folder is not None or not path.exists() or path.suffix != ".yaml":
        return folder or Sort.SCENARIO
    keys = read_yaml(path).keys()
    if is_unfolded(keys) and keys <= PARTS.keys():
        return Sort.REGION
    matches = {sort: len(keys & known) for sort, known in _KEYS.items()}
    best = max(matches.values())
    if not best and keys and "title" not in keys:
        raise UserError(
            _("{path}: no setting tells what it is: {keys}; {recognised}").format(
                path=path, keys=", ".join(sorted(keys)[:5]), recognised=_recognised()
            )
        )
    return next(sort for sort, number in matches.items() if number == best)


def _holds_tables(folder: Path) -> bool:
    return any((folder / table).is_file() for table in _TABLES)


def _user_folder(path: Path) -> Path | None:
    """Return the user's folder that a file of a group stands in; None for a packaged file."""
    folder = path.absolute().parent.parent
    if folder == CONF:
        return None
    return path.parent.parent if path.parent.name in _FOLDERS else folder  # messages repeat what was typed
