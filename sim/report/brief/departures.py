"""Which settings of a run differ from the packaged scenario of its name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sim.errors import shortened
from sim.words import brief as words

MACHINE = ("replications", "seed", "workers", "executor", "dask", "batch", "output", "check")
"""Settings of a run that are told elsewhere, or that its numbers do not depend on."""
_MOST, _LONGEST = 6, 40
"""Departures that are written out; characters of a value."""


TEXTS = ("title", "description", "objectives", "sources")
"""Settings that are only read."""


def of_numbers(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return composed settings without what numbers do not depend on, and without days and seed."""
    run = {name: value for name, value in settings["run"].items() if name not in MACHINE}
    without_texts: dict[str, Any] = _without_texts({**settings, "run": run})
    return without_texts


def _without_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_texts(one) for name, one in value.items() if name not in TEXTS}
    return [_without_texts(one) for one in value] if isinstance(value, list) else value


def departures(manifest: Mapping[str, Any]) -> list[str]:
    """Return in words each setting of a run that is not as in the packaged scenario of its name when it was begun.

    Args:
        manifest: The run's manifest; one of before it held the packaged scenario leaves open what differs.
    """
    if "packaged" not in manifest:
        return [words.FACTS["unknown"]]
    settings, packaged = manifest["scenario"], manifest["packaged"]
    if packaged is None:
        return [words.FACTS["not_packaged"].format(name=settings["name"])]
    found = list(different(of_numbers(settings), of_numbers(packaged)))
    if not found:
        return [words.FACTS["nothing"]]
    more = [words.FACTS["more"].format(count=len(found) - _MOST)] if len(found) > _MOST else []
    return [*found[:_MOST], *more]


def different(settings: Mapping[str, Any], packaged: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Give in words what differs between two mappings of settings, by its dotted path."""
    for key in [*packaged, *(key for key in settings if key not in packaged)]:
        where = f"{path}{key}"
        if key not in settings:
            yield words.FACTS["gone"].format(path=where)
        elif key not in packaged:
            yield words.FACTS["own"].format(path=where, value=_written(settings[key]))
        elif settings[key] != packaged[key]:
            yield from _inside(settings[key], packaged[key], where)


def _inside(value: Any, packaged: Any, where: str) -> Iterator[str]:
    value, packaged = _named(value), _named(packaged)
    if isinstance(value, dict) and isinstance(packaged, dict):
        yield from different(value, packaged, f"{where}.")
    else:
        yield words.FACTS["one"].format(path=where, value=_written(value), packaged=_written(packaged))


def _named(value: Any) -> Any:
    """Return a list of things with names as a mapping of them: strategies differ one by one."""
    if isinstance(value, list) and value and all(isinstance(one, dict) and "name" in one for one in value):
        return {str(one["name"]): one for one in value}
    return value


def _written(value: Any) -> str:
    """Write a value of a setting, as short as a line allows."""
    if isinstance(value, dict):
        return shortened(", ".join(map(str, value)), _LONGEST) if value else "{}"
    return shortened(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), _LONGEST)
