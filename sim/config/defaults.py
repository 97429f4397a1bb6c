"""The ``defaults`` of a file: what it builds on, by plain names and nothing else, and never on itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hydra._internal.config_repository import CachingConfigRepository, ConfigRepository
from hydra.plugins.config_source import ConfigResult

from sim.config.choices import choices
from sim.config.packaged import GROUPS
from sim.errors import Mistakes, UserError, nearest, shortened
from sim.words.language import gettext as _
from sim.words.language import marked

DEFAULTS = "defaults"
MOST_FILES = 100
"""Files that one composition may visit, each as often as it is built on; the packaged one visits eleven."""
_SELF = "_self_"
_CHOICE = re.compile(r"override +/([a-z]+)\Z")
_ALLOWED = marked(
    "allowed are the name of a file beside it, _self_, and choices such as 'override /weather: heavy_rain'"
)


def check_defaults(settings: dict[str, Any], group: str, file: Path, folder: Path) -> None:
    """Refuse defaults of a file that are no list of names and choices that there are.

    Args:
        settings: What the file holds.
        group: The group it is a choice of.
        file: The file.
        folder: The user's folder of scenarios.

    Raises:
        UserError: Naming the file, each item of the list that is wrong, and what is allowed or the nearest name.
    """
    if DEFAULTS not in settings:
        return
    listed = settings[DEFAULTS]
    if not isinstance(listed, list):
        raise UserError(
            _("{file}: defaults = {value}: a list is needed; {allowed}").format(
                file=file, value=shortened(repr(listed)), allowed=_(_ALLOWED)
            )
        )
    mistakes = Mistakes()
    for i, one in enumerate(listed):
        with mistakes.noted():
            if wrong := _wrong(one, group, folder):
                raise UserError(f"{file}: defaults[{i}] = {shortened(repr(one))}: {wrong}")
    mistakes.refuse()


def _wrong(one: Any, group: str, folder: Path) -> str:
    """Say what is wrong with an item; empty when nothing is."""
    if one == _SELF:
        return ""
    name = one
    if isinstance(one, dict) and len(one) == 1:
        ((key, name),) = one.items()
        found = _CHOICE.match(str(key))
        if found is None:
            return _(_ALLOWED)
        group = found[1]
        if group not in GROUPS:
            return _("unknown group '{group}'; {hint}").format(group=shortened(group), hint=nearest(group, GROUPS))
    if not isinstance(name, str):
        return _(_ALLOWED)
    known = choices(group, folder)
    return (
        ""
        if name in known
        else _("unknown {group} '{name}'; {hint}").format(group=group, name=shortened(name), hint=nearest(name, known))
    )


class Visited(CachingConfigRepository):
    """The files of a composition; who comes again and again is stopped before Hydra runs out of stack or memory."""

    def __init__(self, delegate: ConfigRepository) -> None:
        """Begin without any file."""
        super().__init__(delegate)
        self._read: dict[str, ConfigResult | None] = {}

    def start(self) -> None:
        """Count anew."""
        self._visited: dict[str, int] = {}

    def load_config(self, config_path: str) -> ConfigResult | None:
        """Load a file, or give it again.

        Raises:
            UserError: When more files were visited than anybody writes: they build on themselves.
        """
        self._visited[config_path] = self._visited.get(config_path, 0) + 1
        if sum(self._visited.values()) > MOST_FILES:
            again = max(self._visited, key=lambda path: self._visited[path])
            raise UserError(
                _("{file}: defaults: they lead back to this file, or to it more often than {most} files could").format(
                    file=self._file(again), most=MOST_FILES
                )
            )
        return super().load_config(config_path)

    def visited(self) -> list[str]:
        """Return the files that were visited since the count began, in the order of their first visits."""
        return list(self._visited)

    def settings(self, config_path: str) -> ConfigResult | None:
        """Return a file as it was loaded, or else read it, without what Hydra makes of its list of defaults."""
        loaded = self.cache.get(f"config_path={config_path}") or self._read.get(config_path)
        if loaded is None:
            source = next((one for one in self.get_sources() if one.is_config(config_path)), None)
            loaded = None if source is None else source.read(config_path)  # type: ignore[attr-defined]
            self._read[config_path] = loaded
        return loaded

    def _file(self, config_path: str) -> str:
        """Return the path of a file that was loaded, as its source tells it."""
        found = self.cache.get(f"config_path={config_path}")
        folder = found.path.partition("://")[2] if found is not None else ""
        return str(Path(folder) / f"{config_path.removeprefix('scenario/')}.yaml")
