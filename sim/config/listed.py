"""What a file is put together from, in order: Hydra works it out once for the same lists of defaults and choices.

It takes most of the time of a composition, and follows from little: what each file builds on and where it is put, and
which choices are made. What was worked out is therefore kept, with what it follows from; files are read anew each time,
and where one of them builds on something else, Hydra works it out again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hydra._internal.defaults_list import create_defaults_list
from hydra.core.default_element import ResultDefault
from hydra.core.override_parser.types import Override
from hydra.plugins.config_source import ConfigResult

from sim.config.defaults import Visited
from sim.config.source import FileSettings

_MOST_KEPT = 256


@dataclass(frozen=True)
class Listed:
    """What a file is put together from.

    Attributes:
        defaults: The files, in order.
        choices: The choice of each group.
        overrides: Those that choose nothing: they set something.
    """

    defaults: Sequence[ResultDefault]
    choices: Mapping[str, str | None]
    overrides: Sequence[Override]


@dataclass(frozen=True)
class _Kept:
    """What was worked out, what each file that was visited builds on, and which texts of overrides choose nothing."""

    listed: Listed
    visited: Sequence[tuple[str, Any]]
    setting: frozenset[str | None]


_kept: dict[tuple[str, ...], _Kept] = {}


def listed(files: Visited, file: str, overrides: Sequence[Override]) -> Listed:
    """Return what a file is put together from; who calls holds the lock of Hydra.

    Raises:
        hydra.errors.HydraException: For a group, choice or override that Hydra cannot place.
        UserError: For a file that cannot be read.
    """
    choosing = [override for override in overrides if _may_choose(override)]
    key = (file, *(str(override.input_line) for override in choosing))
    kept = _kept.get(key)
    if kept is not None and all(_built_on(files.settings(path)) == built_on for path, built_on in kept.visited):
        return Listed(kept.listed.defaults, kept.listed.choices, [
            one for one in overrides if not _may_choose(one) or one.input_line in kept.setting
        ])  # fmt: skip
    files.start()
    found = create_defaults_list(files, file, list(overrides), prepend_hydra=False, skip_missing=False)
    result = Listed(found.defaults, dict(found.overrides.known_choices), found.config_overrides)
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    setting = frozenset(one.input_line for one in found.config_overrides if _may_choose(one))
    _kept[key] = _Kept(result, [(path, _built_on(files.settings(path))) for path in files.visited()], setting)
    return result


def _may_choose(override: Override) -> bool:
    """Whether an override may be the choice of a group, whose name has no dot: what has one sets something."""
    return "." not in override.key_or_group


def _built_on(file: ConfigResult | None) -> Any:
    return (file.builds_on, file.header) if isinstance(file, FileSettings) else None
