"""Folders of scenarios as Hydra configuration sources.

A folder's own YAML files are the group ``scenario``; its subfolders may add choices to any other group
(``DIR/strategy/mine.yaml``). Files are data from strangers: whatever could run code, read the environment or
configure logging is refused before Hydra sees it.
"""

from __future__ import annotations

import copy
import math
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from hydra.core.object_type import ObjectType
from hydra.plugins.config_source import ConfigLoadError, ConfigResult, ConfigSource
from omegaconf import DictConfig, ListConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from sim.config.defaults import check_defaults
from sim.config.document import check_document, refuse_huge
from sim.config.packaged import GROUPS
from sim.errors import UserError, shortened
from sim.files import MOST_SETTINGS, read_text

SCHEME = "siaga"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_NODES = 20_000
"""Values of one file; the longest packaged one has 236."""
_MOST_DEPTH = 32
"""Levels of mappings and lists; the deepest packaged file has six."""


def read_yaml(path: Path) -> dict[str, Any]:
    """Read one YAML file that must hold a mapping of settings.

    Raises:
        UserError: When the file cannot be read, is not YAML, is not a mapping, or holds what a scenario may not:
            interpolations, ``_target_``, a ``hydra`` section.
    """
    try:
        text = read_text(path, MOST_SETTINGS, ".yaml")
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from error
    return copy.deepcopy(_settings(text, path))


@lru_cache(maxsize=64)
def _settings(text: str, path: Path) -> dict[str, Any]:
    """Return what the text of a file means; every composition asks for the same few files several times."""
    try:
        check_document(text, path)
        _check_size(text, path)
        data = OmegaConf.to_container(OmegaConf.create(text), resolve=False) if text.strip() else {}
    except yaml.YAMLError as error:
        raise UserError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error
    except (OmegaConfBaseException, RecursionError, ValueError) as error:
        # a key that is no name, a part that holds itself, a number of thousands of digits
        where, what = getattr(error, "full_key", None) or "settings", str(error).partition("\n")[0]
        raise UserError(f"{path}: {where}: cannot be read ({what})") from error
    if not isinstance(data, dict):
        raise UserError(f"{path}: a mapping of settings is needed, such as 'title: …'")
    refuse_code(data, str(path))
    refuse_huge(data, str(path))
    if "hydra" in data:
        raise UserError(f"{path}: 'hydra' settings are not allowed in a scenario")
    return {str(key): value for key, value in data.items()}


def _check_size(text: str, path: Path) -> None:
    """Refuse settings that become too many or too deep once every alias stands for what it repeats.

    Raises:
        UserError: Naming the file and the limit.
        yaml.YAMLError: For text that is not YAML.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
        nodes = _nodes(root, {}, _MOST_DEPTH) if root is not None else 0
    except RecursionError:
        nodes = math.inf
    if nodes > _MOST_NODES:
        raise UserError(
            f"{path}: cannot be read (settings may have {_MOST_NODES:,} values in {_MOST_DEPTH} levels, "
            "each counted as often as an alias repeats it)"
        )


def _nodes(node: yaml.Node, known: dict[int, float], levels: int) -> float:
    """Return how many values a node stands for; infinite where it is too deep, or holds itself."""
    if levels == 0:
        return math.inf
    if id(node) not in known:
        known[id(node)] = math.inf  # so that it is too many where it is found inside itself
        parts = node.value if isinstance(node, yaml.CollectionNode) else ()
        inside = [part for pair in parts for part in (pair if isinstance(pair, tuple) else (pair,))]
        known[id(node)] = 1 + sum(_nodes(part, known, levels - 1) for part in inside)
    return known[id(node)]


def refuse_code(value: Any, origin: str) -> None:
    """Refuse interpolations and instantiation anywhere in these settings.

    Raises:
        UserError: Naming the offending text and ``origin``.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            if str(key).startswith("_") and str(key).endswith("_"):
                raise UserError(f"{origin}: '{key}' is not allowed; settings are data, nothing is made from them")
            if "${" in str(key):
                raise _evaluated(key, origin)
            refuse_code(item, origin)
    elif isinstance(value, list):
        for item in value:
            refuse_code(item, origin)
    elif isinstance(value, str) and "${" in value:
        raise _evaluated(value, origin)


def _evaluated(text: object, origin: str) -> UserError:
    return UserError(
        f"{origin}: '{shortened(str(text))}' is not allowed; interpolations such as ${{…}} are not evaluated here, "
        "and no variable of the environment is read"
    )


def _in_its_place(settings: dict[str, Any], config_path: str, file: Path) -> dict[str, Any]:
    """Return a file's settings; one that says where days are played or written is refused: who plays them says that.

    Raises:
        UserError: Naming the setting and the file.
    """
    run = settings if config_path.startswith("run/") else settings.get("run")
    if isinstance(run, dict) and "output" in run:
        raise UserError(
            f"{file}: run.output = {run['output']!r}: a file of a scenario does not say where results are written; "
            "use --out or run.output=FOLDER on the command line"
        )
    dask = run.get("dask") if isinstance(run, dict) else None
    if isinstance(dask, dict) and dask.get("address") is not None:
        raise UserError(
            f"{file}: run.dask.address = {shortened(repr(dask['address']))}: a file of a scenario does not say which "
            "machine plays it; use run.dask.address=ADDRESS on the command line"
        )
    return settings


class ScenarioFolder(ConfigSource):
    """A folder of scenarios, addressed as ``siaga://FOLDER``."""

    @staticmethod
    def scheme() -> str:
        """Return the scheme of such folders in Hydra's search path."""
        return SCHEME

    def _file(self, config_path: str) -> Path | None:
        group, _, name = config_path.removesuffix(".yaml").rpartition("/")
        if not name or group not in ("scenario", *GROUPS):
            return None
        return Path(self.path) / ("" if group == "scenario" else group) / f"{name}.yaml"

    def load_config(self, config_path: str) -> ConfigResult:
        """Load one file; a scenario's settings go to the top level without a package header."""
        file = self._file(config_path)
        if file is None or not file.is_file():
            raise ConfigLoadError(f"Config not found: {config_path}")
        data = _in_its_place(read_yaml(file), config_path, file)
        check_defaults(data, config_path.rpartition("/")[0], file, Path(self.path))
        settings = OmegaConf.create(data)
        assert isinstance(settings, (DictConfig, ListConfig))
        package = "_global_" if config_path.startswith("scenario/") else config_path.rpartition("/")[0]
        return ConfigResult(
            config=settings, path=f"{SCHEME}://{self.path}", provider=self.provider, header={"package": package}
        )

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
        return file is not None and file.is_file()

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        """List the choices of a group."""
        if config_path == "":
            return ["scenario"] if results_filter is not ObjectType.CONFIG else []
        folder = Path(self.path) / ("" if config_path == "scenario" else config_path)
        return sorted(file.stem for file in folder.glob("*.yaml"))
