"""Kinds of disturbance from their files: one file a kind, then what a scenario says of them, then the overrides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.core.override_parser.types import Override
from omegaconf import DictConfig, OmegaConf

KINDS = "kinds"
"""The setting, and the folder of the files."""
_TAG = "course"
"""The key that says which settings a mapping has."""


def compose_kinds(files: Mapping[str, dict[str, Any]], section: Any, overrides: Sequence[Override]) -> Any:
    """Return the kinds by name, as plain data.

    What is set later goes before; a mapping is merged with the one before unless it is about another course, whose
    numbers mean nothing here.

    Args:
        files: What each kind's file holds.
        section: What the scenario says under ``kinds``; None: nothing.
        overrides: Overrides of kinds, with their keys from ``kinds`` on.

    Raises:
        hydra.errors.HydraException: For an override that cannot be applied.
        omegaconf.errors.OmegaConfBaseException: For settings that cannot be merged.
    """
    kinds: dict[str, Any] = {KINDS: {name: dict(kind) for name, kind in files.items()}}
    if section is not None:
        kinds = _merged(kinds, {KINDS: section})
    for override in overrides:
        kinds = _overridden(kinds, override)
    return kinds.get(KINDS)


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    _forget(base, over)
    return _plain(OmegaConf.merge(OmegaConf.create(base), OmegaConf.create(over)))


def _overridden(base: dict[str, Any], override: Override) -> dict[str, Any]:
    """Apply one override, as Hydra does."""
    if not override.is_delete():
        over: Any = override.value()
        for key in reversed(override.key_or_group.split(".")):
            over = {key: over}
        _forget(base, over)
    config = OmegaConf.create(base)
    assert isinstance(config, DictConfig)
    ConfigLoaderImpl._apply_overrides_to_config([override], config)
    return _plain(config)


def _forget(base: Any, over: Any) -> None:
    """Empty every mapping of the base that the new one turns to another course."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return
    if isinstance(over.get(_TAG), str) and over[_TAG] != base.get(_TAG):
        base.clear()
    for key in base.keys() & over.keys():
        _forget(base[key], over[key])


def _plain(config: Any) -> dict[str, Any]:
    data = OmegaConf.to_container(config, resolve=False)
    assert isinstance(data, dict)
    return {str(key): value for key, value in data.items()}
