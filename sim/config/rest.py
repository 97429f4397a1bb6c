"""What is right in settings of which some are wrong: the rest, in which mistakes of another depth can still be found.

A check of one value by itself comes before a check of several values together, and that before one against the tables
of the region. So that a user reads of all of them at once, what is wrong is taken out: items of the script are left
out, other settings are set back to the packaged ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sim.config.compose import Composed, composed
from sim.config.merge import merge
from sim.config.own_region import BASIS
from sim.config.packaged import KINDS
from sim.config.plain import copied
from sim.config.refusal import SettingPath
from sim.config.source import read_yaml

_SCRIPT = ("incidents", "conditions", "closures", "slow_stretches", "troubles")
"""Lists whose items do not need each other."""
_TEXTS = ("title", "description", "sources", "objectives")
"""They may speak of what has been left out."""
_ITEM = re.compile(rf"\b({'|'.join(_SCRIPT)})\[(\d+)\]")


class Rest:
    """Settings without those that are wrong.

    Args:
        settings: All of them.
    """

    def __init__(self, settings: Composed) -> None:
        self._default = composed([]).data
        if settings.origin.own_region:  # what is packaged there belongs to another place
            merge(self._default, read_yaml(BASIS))
        self._kept = {name: list(range(len(_list(settings.data.get(name))))) for name in _SCRIPT}
        self.settings = replace(settings, data=copied(settings.data))

    def leave_out(self, wrong: Iterable[SettingPath]) -> bool:
        """Take wrong settings out.

        Args:
            wrong: Where they stand in the settings as they are now.

        Returns:
            False when that cannot be done without making up what the user meant.
        """
        paths = list(wrong)
        script = {(str(p[0]), p[1]) for p in paths if len(p) > 1 and p[0] in _SCRIPT and isinstance(p[1], int)}
        others = [p for p in paths if tuple(p[:2]) not in script]
        if not paths or not all(self._set_back(path) for path in others):
            return False
        if script or any(path[0] in _TEXTS for path in others):
            self.settings.data.update({name: copied(self._default[name]) for name in _TEXTS} | {"title": "-"})
        for name, index in sorted(script, key=lambda item: item[1], reverse=True):
            del self.settings.data[name][index]
            del self._kept[name][index]
        return True

    def _set_back(self, path: SettingPath) -> bool:
        """Give a setting its packaged value; what the packaged ones do not know is left out."""
        if not path or path[0] in _SCRIPT or path[0] == "strategies":
            return False
        if path[0] == KINDS and (len(path) < 2 or path[1] not in self._default[KINDS]):
            return False  # incidents of it would be called unknown
        if path[0] in _TEXTS:
            return True
        inside, packaged = self.settings.data, self._default
        for part in path[:-1]:
            if not isinstance(inside, dict) or not isinstance(packaged, dict) or part not in inside:
                return False
            inside, packaged = inside[part], packaged.get(part, {})
        if not isinstance(inside, dict) or not isinstance(packaged, dict):
            return False
        if path[-1] in packaged:
            inside[path[-1]] = copied(packaged[path[-1]])
        else:
            inside.pop(str(path[-1]), None)
        return True

    def numbered_as_written(self, line: str) -> str:
        """Return a message with the number of an item of the script as the user counts it."""

        def written(found: re.Match[str]) -> str:
            name, index = found[1], int(found[2])
            kept = self._kept[name]
            return f"{name}[{kept[index]}]" if index < len(kept) else found[0]

        return _ITEM.sub(written, line, count=1)


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
