"""How settings that are set later go before those set earlier: key by key, but a mapping that names its kind replaces.

``service: {distribution: constant, mean_seconds: 60}`` is a service of its own: nothing of the triangular one that
stood there may be left in it. ``service: {mean_seconds: 60}`` changes one number of the one that stands there. Of what
stood there only those settings stay that all kinds have: ``dispatch: {policy: nearest}`` says nothing of the limit of
``fewest_units``, which goes, nor of ``take_guards_from``, which every rule of dispatch has and which stays.

Where an override sets the kind alone (``service.distribution=gamma``), it changes the kind that stands there: what the
new one knows stays, what it does not know goes, unless another override sets that too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import dropwhile
from typing import Any

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.core.override_parser.types import Override
from hydra.errors import ConfigCompositionException
from omegaconf import DictConfig, OmegaConf, open_dict

from sim.config.plain import copied
from sim.config.tagged import TAGS, common, known, tag_in
from sim.words.language import gettext as _


def merge(settings: dict[str, Any], later: Mapping[str, Any]) -> None:
    """Set in these settings, which are plain data, what later ones say.

    Raises:
        hydra.errors.HydraException: Where a list and a mapping meet.
    """
    for key, new in later.items():
        there = settings.get(key)
        if isinstance(there, dict) and isinstance(new, dict):
            _make_way(there, new)
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
    said = [override.key_or_group for override in overrides]
    others = list(dropwhile(lambda override: _set(settings, override, said), overrides))
    if others:
        _apply_by_hydra(settings, others, said)


def _set(settings: dict[str, Any], override: Override, said: Sequence[str]) -> bool:
    """Set a value or a list in a mapping, in the place of one or of nothing; return whether the override says that."""
    *groups, key = override.key_or_group.split(".")
    mapping: Any = settings
    for group in groups:
        mapping = mapping.get(group) if isinstance(mapping, dict) else None
    value = override.value()
    is_plain = override.is_force_add() and isinstance(mapping, dict)
    if not is_plain or isinstance(value, dict) or isinstance(mapping.get(key), dict):
        return False
    _change_kind(mapping, override.key_or_group, value, said)
    mapping[key] = value
    return True


def _apply_by_hydra(settings: dict[str, Any], overrides: Sequence[Override], said: Sequence[str] = ()) -> None:
    groups = {override.key_or_group.partition(".")[0] for override in overrides}
    config = OmegaConf.create({group: settings[group] for group in settings if group in groups})
    OmegaConf.set_struct(config, True)
    for override in overrides:
        _apply(config, override, said)
    changed = OmegaConf.to_container(config, resolve=False)
    assert isinstance(changed, dict)
    settings |= {str(key): value for key, value in changed.items()}
    for group in groups & settings.keys() - changed.keys():
        del settings[group]


def _apply(config: DictConfig, override: Override, said: Sequence[str]) -> None:
    value, key = override.value(), override.key_or_group
    if not override.is_delete():
        there = OmegaConf.select(config, key if isinstance(value, dict) else key.rpartition(".")[0])
        if isinstance(there, DictConfig):
            with open_dict(there):
                _make_way_below(there, value) if isinstance(value, dict) else _change_kind(there, key, value, said)
    ConfigLoaderImpl._apply_overrides_to_config([override], config)


def _make_way_below(there: Any, new: Mapping[Any, Any]) -> None:
    """Make way in a mapping, and in those in it, for settings that are merged with it afterwards."""
    _make_way(there, new)
    for key, one in new.items():
        if isinstance(there.get(key), DictConfig) and isinstance(one, (dict, DictConfig)):
            _make_way_below(there[key], one)


def _make_way(there: Any, new: Mapping[Any, Any]) -> None:
    """Take out of a mapping what settings replace that are set in it: where they name a kind, all but the common."""
    tag = tag_in(new)
    if tag is not None:
        _keep(there, common(tag))


def _change_kind(there: Any, path: str, value: Any, said: Sequence[str]) -> None:
    """Take out of a mapping what a kind does not know that is set in it alone, but for what is said besides."""
    above, dot, key = path.rpartition(".")
    of_kind = known(key, value) if key in TAGS and isinstance(value, str) else None
    if of_kind is not None:
        besides = {one.removeprefix(above + dot).partition(".")[0] for one in said if one.startswith(above + dot)}
        _keep(there, of_kind | besides)


def _keep(there: Any, keys: Set[str]) -> None:
    for key in [key for key in there if key not in keys]:
        del there[key]
