"""How settings that are set later go before those set earlier: key by key, but a mapping that names its kind replaces.

``service: {distribution: constant, mean_seconds: 60}`` is a service of its own: nothing of the triangular one that
stood there may be left in it. ``service: {mean_seconds: 60}`` changes one number of the one that stands there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import dropwhile
from typing import Any

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.core.override_parser.types import Override
from hydra.errors import ConfigCompositionException
from omegaconf import DictConfig, OmegaConf, open_dict

from sim.config.plain import copied
from sim.words.language import gettext as _

DISCRIMINATORS = ("distribution", "rule", "what", "model", "course", "effect")
"""The keys by which a mapping says what it is, and so which other keys it has."""


def merge(settings: dict[str, Any], later: Mapping[str, Any]) -> None:
    """Set in these settings, which are plain data, what later ones say.

    Raises:
        hydra.errors.HydraException: Where a list and a mapping meet.
    """
    for key, new in later.items():
        there = settings.get(key)
        if isinstance(there, dict) and isinstance(new, dict) and not _names_its_kind(new):
            merge(there, new)
        elif {type(there), type(new)} == {dict, list}:
            raise ConfigCompositionException(_("{key}: a list and a mapping cannot be merged").format(key=key))
        else:
            settings[key] = copied(new)


def apply(settings: dict[str, Any], overrides: Sequence[Override]) -> None:
    """Set, add or delete in these settings what overrides say, one after the other.

    Values that take the place of values are set as they are. From the first override that says something else Hydra
    applies them, which turns whole groups into configurations of its own kind and back.

    Raises:
        hydra.errors.HydraException: For an override that cannot be applied.
        omegaconf.errors.OmegaConfBaseException: For a key that leads nowhere.
    """
    others = list(dropwhile(lambda override: _set(settings, override), overrides))
    if others:
        _apply_by_hydra(settings, others)


def _set(settings: dict[str, Any], override: Override) -> bool:
    """Set a value or a list in a mapping, in the place of one or of nothing; return whether the override says that."""
    *groups, key = override.key_or_group.split(".")
    mapping: Any = settings
    for group in groups:
        mapping = mapping.get(group) if isinstance(mapping, dict) else None
    value = override.value()
    is_plain = override.is_force_add() and isinstance(mapping, dict)
    if not is_plain or isinstance(value, dict) or isinstance(mapping.get(key), dict):
        return False
    mapping[key] = value
    return True


def _apply_by_hydra(settings: dict[str, Any], overrides: Sequence[Override]) -> None:
    groups = {override.key_or_group.partition(".")[0] for override in overrides}
    config = OmegaConf.create({group: settings[group] for group in settings if group in groups})
    OmegaConf.set_struct(config, True)
    for override in overrides:
        _apply(config, override)
    changed = OmegaConf.to_container(config, resolve=False)
    assert isinstance(changed, dict)
    settings |= {str(key): value for key, value in changed.items()}
    for group in groups & settings.keys() - changed.keys():
        del settings[group]


def _apply(config: DictConfig, override: Override) -> None:
    value, key = override.value(), override.key_or_group
    if isinstance(value, dict) and not override.is_delete():
        there = OmegaConf.select(config, key)
        if _names_its_kind(value) and isinstance(there, DictConfig):
            OmegaConf.update(config, key, {}, merge=False, force_add=True)
        elif isinstance(there, DictConfig):
            _make_way(there, value)
    ConfigLoaderImpl._apply_overrides_to_config([override], config)


def _make_way(config: DictConfig, settings: Mapping[Any, Any]) -> None:
    """Empty every mapping that these settings replace; it keeps its place among the others."""
    for key, new in settings.items():
        there = config.get(key)
        if not isinstance(there, DictConfig) or not isinstance(new, (dict, DictConfig)):
            continue
        if _names_its_kind(new):
            with open_dict(config):
                config[key] = {}
        else:
            _make_way(there, new)


def _names_its_kind(settings: Mapping[Any, Any]) -> bool:
    return any(isinstance(settings.get(key), str) for key in DISCRIMINATORS)
