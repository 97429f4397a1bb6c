"""Folders of scenarios as Hydra configuration sources.

A folder's own YAML files are the group ``scenario``; its subfolders may add choices to any other group
(``DIR/strategy/mine.yaml``). Files are data from strangers: whatever could run code, read the environment or
configure logging is refused before Hydra sees it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from hydra.core.object_type import ObjectType
from hydra.plugins.config_source import ConfigLoadError, ConfigResult, ConfigSource
from omegaconf import OmegaConf

from sim.config.choices import refuse_link
from sim.config.defaults import check_defaults
from sim.config.packaged import GROUPS
from sim.config.plain import copied
from sim.config.region_parts import check_parts, is_unfolded
from sim.config.scalars import read_settings
from sim.errors import UserError, shortened
from sim.files import MOST_SETTINGS, read_text
from sim.words.language import gettext as _

SCHEME = "siaga"
PACKAGED = "siaga-packaged"
_LONGEST_KEPT = 8 * 1024
"""Characters of a text whose settings are kept in memory; the packaged files have half of it at most."""


def read_yaml(path: Path) -> dict[str, Any]:
    """Read one YAML file that must hold a mapping of settings.

    Raises:
        UserError: When the file cannot be read, is not YAML, is not a mapping, or holds what a scenario may not:
            interpolations, ``_target_``, a ``hydra`` section.
    """
    try:
        text = read_text(path, MOST_SETTINGS, ".yaml")
    except OSError as error:
        raise UserError(_("{path}: cannot be read ({why})").format(path=path, why=error.strerror)) from error
    return (
        {key: copied(item) for key, item in _kept(text, path).items()}
        if len(text) <= _LONGEST_KEPT
        else _parse(text, path)
    )


def _parse(text: str, path: Path) -> dict[str, Any]:
    """Turn the text of a file into settings, or say what is wrong with it; see :func:`read_yaml`."""
    try:
        settings = read_settings(text, str(path))
    except yaml.YAMLError as error:
        raise UserError(
            _("{path}: not valid YAML: {why}").format(path=path, why=" ".join(str(error).split()))
        ) from error
    if not isinstance(settings, (dict, type(None))):
        raise UserError(_("{path}: a mapping of settings is needed, such as 'title: …'").format(path=path))
    data = settings or {}
    refuse_code(data, str(path))
    if "hydra" in data:
        raise UserError(_("{path}: 'hydra' settings are not allowed in a scenario").format(path=path))
    return {str(key): value for key, value in data.items()}


_kept = lru_cache(maxsize=128)(_parse)
"""The settings of the texts that were read last: the packaged files are parsed once in a process. What is kept goes by
the text itself, so an edited file is read anew."""


def refuse_code(value: Any, origin: str) -> None:
    """Refuse interpolations and instantiation anywhere in these settings.

    Raises:
        UserError: Naming the offending text and ``origin``.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            if str(key).startswith("_") and str(key).endswith("_"):
                raise UserError(
                    _("{origin}: '{key}' is not allowed; settings are data, nothing is made from them").format(
                        origin=origin, key=key
                    )
                )
            if "${" in str(key):
                raise _evaluated(key, origin)
            if isinstance(item, (dict, list, str)):
                refuse_code(item, origin)
    elif isinstance(value, list):
        for item in value:
            refuse_code(item, origin)
    elif isinstance(value, str) and "${" in value:
        raise _evaluated(value, origin)


def _evaluated(text: object, origin: str) -> UserError:
    return UserError(
        _(
            "{origin}: '{text}' is not allowed; interpolations such as ${{…}} are not evaluated "
            "here, and no variable of the environment is read"
        ).format(origin=origin, text=shortened(str(text)))
    )


def _in_its_place(settings: dict[str, Any], config_path: str, file: Path) -> None:
    """Refuse a file that says where days are played, or their results written: who plays them says that.

    Raises:
        UserError: Naming the setting and the file.
    """
    run = settings if config_path.startswith("run/") else settings.get("run")
    if isinstance(run, dict) and "output" in run:
        raise UserError(
            _(
                "{file}: run.output = {value!r}: a file of a scenario does not say where results are "
                "written; use --out or run.output=FOLDER on the command line"
            ).format(file=file, value=run["output"])
        )
    if isinstance(run, dict):
        for name in ("executor", "dask", "workers"):
            if name in run:
                raise UserError(
                    _(
                        "{file}: run.{name} = {value}: a file of a scenario does not say which machines play it; "
                        "use run.{name}=… on the command line"
                    ).format(file=file, name=name, value=shortened(repr(run[name])))
                )


_NOTHING = OmegaConf.create({})


@dataclass
class FileSettings(ConfigResult):
    """What a file holds; Hydra, which finds the files, is shown only the list of defaults.

    Attributes:
        settings: Everything else, as plain data.
        builds_on: The list of defaults, as plain data.
    """

    settings: dict[str, Any] = field(default_factory=dict)
    builds_on: Any = None


def _is_there(file: Path) -> bool:
    """Whether there is something of this name; that it can be read is for reading it to say."""
    return file.exists() or file.is_symlink()


class ScenarioFolder(ConfigSource):
    """A folder of scenarios, addressed as ``siaga://FOLDER``.

    Attributes:
        strangers: Whether anybody may have written its files.
    """

    strangers = True

    @staticmethod
    def scheme() -> str:
        """Return the scheme of such folders in Hydra's search path."""
        return SCHEME

    def _file(self, config_path: str) -> Path | None:
        group, _slash, name = config_path.removesuffix(".yaml").rpartition("/")
        if not name or group not in ("scenario", *GROUPS):
            return None
        return Path(self.path) / ("" if group == "scenario" else group) / f"{name}.yaml"

    def load_config(self, config_path: str) -> ConfigResult:
        """Load one file; a scenario's settings go to the top level without a package header."""
        result = self.read(config_path)
        result.config = OmegaConf.create({"defaults": result.builds_on})
        return result

    def read(self, config_path: str) -> FileSettings:
        """Read one file as :meth:`load_config` does, but for what Hydra is shown of it."""
        file = self._file(config_path)
        if file is None or not _is_there(file):
            raise ConfigLoadError(f"Config not found: {config_path}")
        if self.strangers:
            refuse_link(file, Path(self.path))
        settings = read_yaml(file)
        if self.strangers:
            _in_its_place(settings, config_path, file)
            check_defaults(settings, config_path.rpartition("/")[0], file, Path(self.path))
        builds_on = settings.pop("defaults", [])
        group = config_path.rpartition("/")[0]
        whole = group == "region" and is_unfolded(settings)
        if whole:
            check_parts(settings, file, with_path=True)
        package = "_global_" if group == "scenario" or whole else group
        path = f"{self.scheme()}://{self.path}"
        return FileSettings(self.provider, path, _NOTHING, {"package": package}, settings=settings, builds_on=builds_on)

    def available(self) -> bool:
        """Say whether the folder exists."""
        return Path(self.path).is_dir()

    def is_group(self, config_path: str) -> bool:
        """Say whether this folder has choices for a group."""
        if config_path in ("", "scenario"):
            return self.available()
        return config_path in GROUPS and (Path(self.path) / config_path).is_dir()

    def is_config(self, config_path: str) -> bool:
        """Say whether this folder has this choice."""
        file = self._file(config_path)
        return file is not None and _is_there(file)

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        """List the choices of a group."""
        if config_path == "":
            return ["scenario"] if results_filter is not ObjectType.CONFIG else []
        folder = Path(self.path) / ("" if config_path == "scenario" else config_path)
        return sorted(file.stem for file in folder.glob("*.yaml"))


class PackagedFolder(ScenarioFolder):
    """The packaged ``conf/``, ``siaga-packaged://FOLDER``: its groups, and ``config``, which lists them."""

    strangers = False

    @staticmethod
    def scheme() -> str:
        """Return the scheme of this folder in Hydra's search path."""
        return PACKAGED

    def _file(self, config_path: str) -> Path | None:
        if config_path.removesuffix(".yaml") == "config":
            return Path(self.path) / "config.yaml"
        return None if config_path.startswith("scenario/") else super()._file(config_path)

    def is_group(self, config_path: str) -> bool:
        """Say whether there are choices for a group."""
        return config_path != "scenario" and super().is_group(config_path)

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        """List the choices of a group."""
        return [] if config_path in ("", "scenario") else super().list(config_path, results_filter)
