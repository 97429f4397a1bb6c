"""Files of a planner's own, to be edited: a strategy and a scenario made of others, every key with its meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.config.choices import choices, refuse_link, unknown_choice
from sim.config.compose import Composed, called, composed, load, refuse_no_settings
from sim.config.packaged import CONF, STRATEGIES
from sim.config.plan_tables import PlanTable
from sim.config.scenario import Scenario
from sim.config.source import read_yaml
from sim.config.strategy import Patrols, Reserve, RoutePatrols, StrategySettings
from sim.config.template import block, comment, setting, values
from sim.errors import UserError
from sim.words import own as words
from sim.words.language import gettext as _

DEFAULT_STRATEGY = "minimum_pattern"
"""What a strategy of one's own is made of unless another is named."""
_CALM = "calm_day"
"""The packaged scenario that names no place, in which any strategy can be composed."""
_TEXTS = ("title", "description", "sources", "objectives")
_SCRIPT = ("incidents", "conditions", "closures", "slow_stretches", "troubles")


def strategy_text(
    name: str, origin: StrategySettings, tables: Mapping[PlanTable, str], where: str, folder: Path
) -> str:
    """Return the file of a strategy made of another: every key, with what it means and what it may hold.

    Args:
        name: Its name.
        origin: The other one.
        tables: Files of the tables that it reads in place of the other's rules; where there is a table of posts, what
            has no table has nobody.
        where: What stands behind a command that is to find it, such as `` --scenarios mine``.
        folder: Where the file will stand: tables of the other one in it or below are named from there, so that the
            folder can be moved.
    """
    found = {**_from_there(values(origin), folder.absolute()), "title": titled(name)}
    if tables:
        found |= _by_list(origin, tables)
    head = [text.format(origin=origin.name, name=name, where=where) for text in words.STRATEGY_HEAD]
    keys = [key for key in StrategySettings.model_fields if key != "name"]
    return "\n".join(["".join(map(comment, head)), *(block(StrategySettings, key, found[key]) for key in keys)])


def _from_there(settings: Any, folder: Path) -> Any:
    """Return settings in which tables that stand in a folder are named from there."""
    if isinstance(settings, list):
        return [_from_there(one, folder) for one in settings]
    if not isinstance(settings, dict):
        return settings
    return {
        key: str(Path(value).relative_to(folder))
        if key == "table" and isinstance(value, str) and Path(value).is_relative_to(folder)
        else _from_there(value, folder)
        for key, value in settings.items()
    }


def _by_list(origin: StrategySettings, tables: Mapping[PlanTable, str]) -> dict[str, Any]:
    """Return the settings that name tables."""
    found: dict[str, Any] = {"guards": {"rule": "list", "table": tables[PlanTable.POSTS]}}
    kept = with_shifts(origin)
    for what in (PlanTable.PATROLS, PlanTable.RESERVES, PlanTable.STANDING_GUARDS):
        if what not in kept:
            found[what] = [{"table": tables[what]}] if what in tables else []
    return found


def with_shifts(strategy: StrategySettings) -> list[PlanTable]:
    """Return which of a strategy's teams have shifts of their own, which a table cannot hold."""
    teams = {PlanTable.PATROLS: strategy.patrols, PlanTable.RESERVES: strategy.reserves}
    return [
        what
        for what, items in teams.items()
        if any(isinstance(one, (Patrols, RoutePatrols, Reserve)) and one.shift is not None for one in items)
    ]


def titled(name: str) -> str:
    """Return a title made of a name."""
    return name.replace("_", " ").replace("-", " ").strip().capitalize()


def own_choices(group: str, folder: Path | None) -> set[str]:
    """Return the names of a group whose files are the user's own."""
    packaged = choices(group)
    return {name for name, file in choices(group, folder).items() if packaged.get(name) != file}


def one_strategy(name: str, overrides: list[str], folder: Path | None) -> Scenario:
    """Return a scenario that plays one strategy: the calm day, unless the overrides choose another.

    Raises:
        UserError: For an unknown strategy, and all that is wrong with it or the overrides.
    """
    if name not in choices("strategy", folder):
        raise unknown_choice("strategy", name, folder)
    return load(None, [*in_calm(overrides), f"strategy={name}", *overrides], folder)


def in_calm(overrides: Sequence[str]) -> list[str]:
    """Return what stands before overrides that name no scenario: one without places, which any region can play."""
    return [] if any(text.startswith("scenario=") for text in overrides) else [f"scenario={_CALM}"]


def scenario_text(name: str, origin: str, file: Path, folder: Path | None) -> str:
    """Return the file of a scenario made of another, as it is written there: its texts name its settings.

    Args:
        name: Its name.
        origin: Name of the other one.
        file: Where it will stand, for the commands in its head.
        folder: The user's folder of scenarios.

    Raises:
        UserError: For an unknown scenario, or one that cannot be read.
    """
    known = choices("scenario", folder)
    if origin not in known:
        raise unknown_choice("scenario", origin, folder)
    if folder is not None:
        refuse_link(known[origin], folder)
    written = read_yaml(known[origin])
    weather = ", ".join(choices("weather", folder))
    found = {**{key: [] if key in ("objectives", *_SCRIPT) else "" for key in (*_TEXTS, *_SCRIPT)}, **written}
    found["title"] = titled(name)
    head = [text.format(origin=origin, file=file) for text in words.SCENARIO_HEAD]
    parts = ["".join(map(comment, head)), *(block(Scenario, key, found[key]) for key in _TEXTS)]
    parts.append(comment(words.CHOICES.format(weather=weather)) + setting("defaults", written.get("defaults", [])))
    strategies = written.get("strategies") or [one.name for one in load(origin, (), folder).strategies]
    parts.append(comment(words.COMPARED) + setting("strategies", strategies))
    parts += [block(Scenario, key, found[key]) for key in _SCRIPT]
    others = {key: value for key, value in written.items() if key not in (*_TEXTS, *_SCRIPT, "defaults", "strategies")}
    parts.append(comment(words.OTHER_SETTINGS.format(origin=origin)) + "".join(setting(*one) for one in others.items()))
    return "\n".join(parts)


def composed_strategy(what: str, overrides: list[str], folder: Path) -> tuple[str, Path, Composed]:
    """Compose the scenario that plays one strategy alone, and validate nothing of it yet.

    Args:
        what: Its name, or its file.
        overrides: Further settings.
        folder: The user's folder of scenarios; one that is not there counts as none.

    Returns:
        Its name, its file, and the settings.

    Raises:
        UserError: For an unknown strategy, a file that cannot be read, an override that cannot.
    """
    calm = in_calm(overrides)
    file = Path(what) if "/" in what or what.endswith(".yaml") else None
    if file is None:
        own = folder if folder.is_dir() else None
        known = choices("strategy", own)
        if what not in known:
            raise unknown_choice("strategy", what, own)
        return what, known[what], composed([*calm, f"strategy={what}", *overrides], own)
    refuse_no_settings(file, "strategy")
    settings, name = read_yaml(file), file.stem
    if file.absolute().parent.name == STRATEGIES:
        return name, file, composed([*calm, f"strategy={name}", *overrides], _folder_of(file))
    if "defaults" in settings:
        raise UserError(
            _("{file}: defaults: a strategy that builds on another one stands in a folder '{folder}'").format(
                file=file, folder=STRATEGIES
            )
        )
    made = composed([*calm, *overrides])
    data = {**made.data, "strategies": [called(name, settings, file)]}
    return name, file, replace(made, data=data, folder=file.parent, files={f"{STRATEGIES}/{name}": file})


def _folder_of(file: Path) -> Path | None:
    """Return the user's folder that a strategy's file stands in, as it was typed; None for a packaged one."""
    folder = file.absolute().parent.parent
    if folder == CONF:
        return None
    return file.parent.parent if file.parent.name == STRATEGIES else folder
