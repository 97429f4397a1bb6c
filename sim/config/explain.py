"""Turns what Hydra and pydantic complain about into messages for the person who wrote the setting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.config.packaged import CONF, GROUPS
from sim.config.scenario import Scenario
from sim.config.source import read_yaml
from sim.errors import UserError, nearest

_MOST_SHOWN = 5
_NOT_THERE = object()


def explain_hydra(error: Exception) -> UserError:
    """Say what is wrong with an override or a choice that Hydra could not apply."""
    text = str(error)
    missing = re.search(r"Could not (?:override|find) '([^']+)'", text)
    if missing is None:
        return UserError(f"settings: {text.splitlines()[0]}")
    group, _, name = missing[1].strip().rpartition("/")
    return UserError(f"unknown {group} '{name}'" if group else f"unknown setting '{name}'")


def explain_validation(
    error: ValidationError, data: dict[str, Any], overrides: Sequence[str], file: Path, chosen: dict[str, str]
) -> UserError:
    """Say, a line for each, which settings are wrong, why, and where each was set.

    Args:
        error: What pydantic found.
        data: The composed settings.
        overrides: The overrides in force.
        file: The scenario's file.
        chosen: The choices of groups that overrides made.
    """
    problems = error.errors(include_url=False)
    lines = [_line(problem, data, overrides, file, chosen) for problem in problems[:_MOST_SHOWN]]
    if len(problems) > _MOST_SHOWN:
        lines.append(f"… and {len(problems) - _MOST_SHOWN} more")
    return UserError("\n".join(lines))


def _line(
    problem: ErrorDetails, data: dict[str, Any], overrides: Sequence[str], file: Path, chosen: dict[str, str]
) -> str:
    path = _real_path(problem["loc"], data)
    setting = _dotted(path)
    origin = _origin(path, data, overrides, file, chosen)
    if problem["type"] == "extra_forbidden":
        return f"{origin}: unknown setting '{setting}'; {nearest(str(path[-1]), _known_keys(problem['loc'][:-1]))}"
    if problem["type"] == "missing":
        return f"{origin}: '{setting}' is missing"
    message = problem["msg"].removeprefix("Value error, ")
    value = problem["input"]
    shown = f" = {value!r}" if isinstance(value, (str, int, float, bool, type(None))) else ""
    return f"{origin}: {setting}{shown}: {message}" if setting else f"{origin}: {message}"


def _real_path(loc: Sequence[str | int], data: Any) -> list[str | int]:
    """Drop from pydantic's location the tags of unions, which are not keys of the settings."""
    path: list[str | int] = []
    here: Any = data
    for i, part in enumerate(loc):
        inner = _step(here, part)
        if inner is not _NOT_THERE:
            here = inner
        elif not (i == len(loc) - 1 and isinstance(here, dict)):
            continue
        path.append(part)
    return path


def _step(settings: Any, part: str | int) -> Any:
    """Return what stands under a key or an index, or the marker that nothing does."""
    if isinstance(settings, dict):
        return settings.get(part, _NOT_THERE)
    if isinstance(settings, list) and isinstance(part, int) and part < len(settings):
        return settings[part]
    return _NOT_THERE


def _dotted(path: Sequence[str | int]) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".")


def _known_keys(loc: Sequence[str | int]) -> list[str]:
    """Return the keys that the model at this location knows."""
    model: Any = Scenario
    for part in loc:
        fields = model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else {}
        if part in fields:
            model = fields[str(part)].annotation
        model = _inner_model(model, part)
    return list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []


def _inner_model(annotation: Any, part: str | int) -> Any:
    """Look through tuples, dictionaries, optional and tagged unions for the model meant."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [arg for arg in getattr(annotation, "__args__", ()) if arg is not Ellipsis and arg is not str]
    models = [_inner_model(arg, part) for arg in inner]
    models = [m for m in models if isinstance(m, type) and issubclass(m, BaseModel)]
    for model in models:
        for field in model.model_fields.values():
            if part in getattr(field.annotation, "__args__", ()):
                return model
    return models[0] if len(models) == 1 else annotation


def _origin(
    path: Sequence[str | int], data: dict[str, Any], overrides: Sequence[str], file: Path, chosen: dict[str, str]
) -> str:
    """Say where a setting was set: on the command line, in the scenario's file, or in a packaged one."""
    keys = [str(p) for p in path]
    dotted = ".".join(keys)
    for override in overrides:
        key = override.partition("=")[0].lstrip("+~")
        if dotted == key or (dotted.startswith(f"{key}.") and key not in GROUPS):
            return f"override '{override}'"
    here: Any = read_yaml(file)
    if keys and _holds(here, path):
        return str(file)
    if not keys:
        return str(file)
    if keys[0] == "strategies" and len(path) > 1 and isinstance(path[1], int):
        return f"strategy '{data['strategies'][path[1]].get('name')}'"
    if keys[0] in GROUPS and keys[0] in chosen:
        return f"{keys[0]} '{chosen[keys[0]]}'"
    return f"{CONF.name}/{keys[0]}" if keys[0] in GROUPS else str(file)


def _holds(settings: Any, path: Sequence[str | int]) -> bool:
    for part in path:
        settings = _step(settings, part)
        if settings is _NOT_THERE:
            return False
    return True
