"""What of a setting can be completed on the command line: names of groups, dotted settings, choices, comma lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import click

_SCENARIO = "scenario"


def complete_settings(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete a setting such as ``weather=heavy_rain`` or ``run.replications=``; click asks for it."""
    typed = tuple(ctx.params.get(param.name or "") or ())
    return list(_settings(incomplete, typed, ctx.params.get("scenarios")))


def complete_strategies(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a strategy."""
    from sim.config.packaged import STRATEGIES

    return _beginning(incomplete, _choices(STRATEGIES, ctx.params.get("scenarios")))


def complete_strategies_and_settings(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a strategy, or a setting."""
    return [*complete_strategies(ctx, param, incomplete), *complete_settings(ctx, param, incomplete)]


def complete_layouts(_ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a packaged site."""
    return _beginning(incomplete, _files("layouts"))


def complete_plans(_ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a packaged plan for an area."""
    return _beginning(incomplete, _files("evacuation_plan"))


def _settings(incomplete: str, typed: tuple[str, ...], folder: Path | None) -> Iterator[str]:
    from sim.config.packaged import GROUPS, KINDS

    key, sign, value = incomplete.partition("=")
    groups = (_SCENARIO, *GROUPS)
    if sign:
        if key in groups:
            *before, last = value.split(",")
            left = [name for name in _choices(key, folder) if name not in before]
            yield from (f"{key}={','.join([*before, name])}" for name in _beginning(last, left))
        elif isinstance(_default(key, typed, folder), bool):
            yield from (f"{key}={answer}" for answer in _beginning(value, ("true", "false")))
        return
    *path, last = key.split(".")
    if not path:
        several = [group for group in groups if len(_choices(group, folder)) > 1]
        yield from (f"{group}=" for group in _beginning(last, several))
        yield from (f"{group}." for group in _beginning(last, (*GROUPS, KINDS)))
        return
    inside = _default(".".join(path), typed, folder)
    if isinstance(inside, Mapping):
        for name in _beginning(last, inside):
            yield f"{'.'.join(path)}.{name}{'.' if isinstance(inside[name], Mapping) else '='}"


def _beginning(with_: str, names: Iterable[Any]) -> list[str]:
    return [str(name) for name in names if str(name).startswith(with_)]


def _choices(group: str, folder: Path | None) -> list[str]:
    """Return the choices of a group; the packaged ones where the user's folder is none."""
    from sim.config.choices import choices

    return sorted(choices(group, folder if folder is not None and folder.is_dir() else None))


def _files(folder: str) -> list[str]:
    from sim.config.packaged import CONF

    return sorted(file.stem for file in (CONF / folder).glob("*.yaml"))


def _default(path: str, typed: tuple[str, ...], folder: Path | None) -> Any:
    """Return what a dotted setting is where nothing changes it, or the settings inside of it; None: there is none."""
    from sim.config.packaged import CONF, KINDS

    group, *rest = path.split(".")
    if group == KINDS:
        found: Any = {name: _read(CONF / KINDS / f"{name}.yaml") if name in rest else {} for name in _files(KINDS)}
    else:
        found = _read(_chosen(group, typed, folder))
    for name in rest:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _chosen(group: str, typed: tuple[str, ...], folder: Path | None) -> Path | None:
    """Return the file of a group's choice: the last that was typed, else the packaged one."""
    from sim.config.choices import choices
    from sim.config.packaged import CONF, GROUPS

    if group not in GROUPS:
        return None
    packaged = {name: choice for one in _read(CONF / "config.yaml")["defaults"] if one != "_self_"
                for name, choice in one.items()}  # fmt: skip
    named = [word.partition("=")[2] for word in typed if word.startswith(f"{group}=")]
    there = choices(group, folder if folder is not None and folder.is_dir() else None)
    return there.get(named[-1] if named else "", there.get(packaged[group]))


def _read(file: Path | None) -> Any:
    """Read the settings of a file; none where it cannot be read, which is said when it is played."""
    import yaml

    if file is None:
        return {}
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return yaml.load(file.read_text(encoding="utf-8"), loader) or {}
    except (OSError, ValueError, yaml.YAMLError):
        return {}
