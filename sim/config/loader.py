"""One composition by Hydra, without its global state: two may have different folders at one time.

Hydra's own ``compose`` works on a singleton and composes everything; here the whole is composed once, and each further
strategy from what differs: its own file, what other files say of the strategy, and the overrides of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hydra import version
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra._internal.config_repository import ConfigRepository
from hydra._internal.config_search_path_impl import ConfigSearchPathImpl
from hydra._internal.sources_registry import SourcesRegistry
from hydra.core.default_element import ResultDefault
from hydra.core.override_parser.types import Override
from hydra.errors import ConfigCompositionException
from hydra.types import RunMode

from sim.config.defaults import Visited
from sim.config.listed import listed
from sim.config.merge import apply, merge
from sim.config.packaged import CONF, KINDS, SCENARIOS
from sim.config.source import PACKAGED, SCHEME, FileSettings, PackagedFolder, ScenarioFolder, refuse_code
from sim.words.language import gettext as _

Layer = tuple[str, dict[str, Any]]
"""A file, as group/name, and its settings under the groups they belong to."""
_STRATEGY = "strategy"
_REGION = "region"


class Composition:
    """What a configuration is put together from, layer by layer.

    Attributes:
        choices: The choice of each group.
    """

    def __init__(self, overrides: Sequence[Override], folder: Path | None, below: Mapping[str, Any]) -> None:
        """Find the layers.

        Args:
            overrides: What the user sets; overrides of settings forced (``++``).
            folder: The user's folder of scenarios.
            below: Settings that every file may change: they come before all layers.

        Raises:
            hydra.errors.HydraException: For a group, choice or override that Hydra cannot place.
        """
        version.setbase("1.3")
        for folders in (ScenarioFolder, PackagedFolder):
            SourcesRegistry.instance().register(folders)
        self._files = Visited(ConfigRepository(_search_path(folder)))
        ConfigLoaderImpl.validate_sweep_overrides_legal(list(overrides), RunMode.RUN, from_shell=False)
        found = listed(self._files, "config", overrides)
        self._layers: list[Layer] = [(KINDS, dict(below)), *map(self._layer, found.defaults)]
        self._overrides = found.overrides
        self.choices: dict[str, str | None] = dict(found.choices)

    def _layer(self, default: ResultDefault) -> Layer:
        path = str(default.config_path)
        result = self._files.settings(path)
        assert isinstance(result, FileSettings)
        settings = result.settings
        package = result.header["package"] if default.package is None else default.package
        for group in reversed(package.split(".") if package else []):
            settings = {group: settings}
        return path, settings

    def whole(self) -> dict[str, Any]:
        """Return everything as plain data, with the one strategy chosen.

        Raises:
            hydra.errors.HydraException: For settings that cannot be merged, an override that cannot be applied.
            UserError: For interpolations and whatever else could run code.
        """
        return _put_together(self._layers, self._overrides)

    def group(self, name: str) -> Any:
        """Return what the whole has under this group, without the rest; None where it has nothing.

        Raises:
            hydra.errors.HydraException: As :meth:`whole`.
            UserError: As :meth:`whole`.
        """
        return _put_together(_only(name, self._layers), self._overrides_of(name)).get(name)

    def _overrides_of(self, group: str) -> list[Override]:
        return [o for o in self._overrides if o.key_or_group.partition(".")[0] == group]

    def put_region(self, layers: Sequence[Layer]) -> None:
        """Put other layers in the place of those of the region that is chosen, with what that one builds on."""
        there = [path.startswith(f"{_REGION}/") for path, _settings in self._layers]
        place = there.index(True) if any(there) else 1
        others = [layer for layer, is_region in zip(self._layers, there, strict=True) if not is_region]
        self._layers = [*others[:place], *layers, *others[place:]]

    def put_below_region(self, layers: Sequence[Layer]) -> None:
        """Put layers below those of the region that is chosen: what they say, it may say otherwise."""
        there = [path.startswith(f"{_REGION}/") for path, _settings in self._layers]
        place = there.index(True) if any(there) else 1
        self._layers = [*self._layers[:place], *layers, *self._layers[place:]]

    def strategy(self, name: str) -> dict[str, Any]:
        """Return the settings of the strategy of this name, as the whole would have them if it were chosen.

        Raises:
            hydra.errors.HydraException: As :meth:`whole`.
            UserError: As :meth:`whole`.
        """
        its_files = listed(self._files, f"{_STRATEGY}/{name}", ()).defaults
        chosen = [path.startswith(f"{_STRATEGY}/") for path, _settings in self._layers]
        others = _only(_STRATEGY, [layer for layer, is_it in zip(self._layers, chosen, strict=True) if not is_it])
        place = chosen.index(True) if any(chosen) else 0
        layers = [*others[:place], *map(self._layer, its_files), *others[place:]]
        settings = _put_together(layers, self._overrides_of(_STRATEGY))[_STRATEGY]
        if not isinstance(settings, dict):
            raise ConfigCompositionException(f"{_STRATEGY}: {_('a mapping of settings is needed')}")
        return {str(key): value for key, value in settings.items()}


def _only(group: str, layers: Sequence[Layer]) -> list[Layer]:
    """Return as many layers, with nothing but this group in each."""
    return [(path, {group: settings[group]} if group in settings else {}) for path, settings in layers]


def _put_together(layers: Sequence[Layer], overrides: Sequence[Override]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for path, settings in layers:
        try:
            merge(data, settings)
        except ConfigCompositionException as error:
            raise ConfigCompositionException(_("In '{path}': {why}").format(path=path, why=error)) from error
    apply(data, overrides)
    refuse_code(data, _("settings"))
    return data


def _search_path(folder: Path | None) -> ConfigSearchPathImpl:
    """Return where files are looked for: the user's folder, the packaged configuration, the packaged scenarios.

    Nowhere else: neither Hydra's own settings nor what other packages register with it. The user's folder comes first
    because a file of his that bears a packaged name would otherwise be shadowed without a word.
    """
    path = ConfigSearchPathImpl()
    if folder is not None:
        path.append("user", f"{SCHEME}://{folder.resolve()}")
    path.append("main", f"{PACKAGED}://{CONF}")
    path.append("siaga", f"{SCHEME}://{SCENARIOS}")
    return path
