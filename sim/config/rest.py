"""What is right in settings of which some are wrong: the rest, in which mistakes of another depth can still be found.

A check of one value by itself comes before a check of several values together, and that before one against the tables
of the region. So that a user reads of all of them at once, what is wrong is taken out: items of the script get what is
usual in its place, so that their own place is still looked at, or are left out; other settings are set back to the
packaged ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sim.config.compose import Composed, composed
from sim.config.conditions import THERE
from sim.config.half_strategy import IDLE
from sim.config.merge import merge
from sim.config.own_region import BASIS
from sim.config.packaged import KINDS
from sim.config.plain import copied
from sim.config.refusal import SettingPath
from sim.config.source import read_yaml
from sim.errors import UserError
from sim.vocabulary import PlaceKind, Severity

_SCRIPT = ("incidents", "conditions", "closures", "slow_stretches", "troubles")
_STRATEGIES = "strategies"
_LISTS = (*_SCRIPT, _STRATEGIES)
"""Lists whose items do not need each other."""
_CROWD = "brawl"
"""The packaged kind whose course stands in for that of a kind which is wrong."""
_NOT_NEEDED = ("starters", "followers")
"""Of an incident, or what a condition brings: where they are wrong it has those of its kind."""
_INNOCENT = {"onset": "09:00", "probability": 1, "delay": {"mean_minutes": 0}}
"""What stands in place of one of these; which it is matters to no other check."""
_LATE = {"station_opens_late_minutes": 1}
"""The occasion that stands in place of a wrong one: it needs no kind, and no condition leads back to it."""
_EFFECTS = "effects"
"""Of a kind's severity: where one is wrong it has none, as the packaged ones need not suit its places."""
_TEXTS = ("title", "description", "sources", "objectives")
"""They may speak of what has been left out."""


class Rest:
    """Settings without those that are wrong.

    Args:
        settings: All of them.
    """

    def __init__(self, settings: Composed) -> None:
        self._default = composed([]).data
        if settings.origin.own_region:  # what is packaged there belongs to another place
            merge(self._default, read_yaml(BASIS))
        self.settings = replace(settings, data=copied(settings.data))
        self.strategies: list[dict[str, Any]] = []
        """Strategies that are wrong, as the user wrote them."""
        self.kinds: dict[str, Any] = {}
        """Kinds of the user's that are wrong, likewise, by name."""

    def leave_out(self, wrong: Iterable[SettingPath]) -> bool:
        """Take wrong settings out.

        Args:
            wrong: Where they stand in the settings as they are now.

        Returns:
            False when that cannot be done without making up what the user meant.
        """
        paths = list(wrong)
        listed = {(str(p[0]), p[1]) for p in paths if len(p) > 1 and p[0] in _LISTS and isinstance(p[1], int)}
        others = [p for p in paths if tuple(p[:2]) not in listed]
        if not paths or not all(self._set_back(path) for path in others):
            return False
        self._take_strategies({index for name, index in listed if name == _STRATEGIES})
        script = {name: {i for of, i in listed if of == name and not self._mended(of, i, paths)} for name in _SCRIPT}
        if any(script.values()) or any(path[0] in _TEXTS for path in others):
            self.settings.data.update(self._texts())
        for name, items in script.items():
            if items:
                self._take_items(name, items)
        return True

    def _mended(self, name: str, index: int, wrong: Iterable[SettingPath]) -> bool:
        """Give an item of the script what is usual in place of what is wrong in it; False where that is its place."""
        item = self.settings.data[name][index]
        parts = [path[2:] for path in wrong if path[:2] == (name, index)]
        if name == "incidents":
            return self._start_mended(item, parts)
        then = item.get("then") if name == "conditions" and isinstance(item, dict) else None
        if not isinstance(then, dict) or then.get("place") == THERE or not all(part[:1] for part in parts):
            return False  # it has no place of its own to look at, or it is not known what is wrong
        if occasion := [part for part in parts if part[0] == "when"]:
            item["when"] = dict(_LATE)
        if not all(part[0] in ("when", "then") for part in parts):
            return False
        return len(occasion) == len(parts) or self._start_mended(then, [p[1:] for p in parts if p[0] == "then"])

    def _start_mended(self, start: Any, parts: Iterable[SettingPath]) -> bool:
        """Do the same for what starts somewhere: an incident, or what a condition brings."""
        keys = {part[0] if part else None for part in parts}
        if not isinstance(start, dict) or not keys <= {"kind", *_NOT_NEEDED, *_INNOCENT}:
            return False
        kind, known = start.get("kind"), self.settings.data[KINDS]
        if keys == {"kind"} and (not isinstance(kind, str) or kind in known):
            return False
        if "kind" in keys and isinstance(kind, str) and kind not in known:
            self._stand_in(kind)
        for key in keys & {*_NOT_NEEDED}:
            start.pop(key, None)
        start.update({key: copied(_INNOCENT[key]) for key in _INNOCENT if key in keys})
        return True

    def _take_items(self, name: str, wrong: set[int]) -> None:
        """Leave items of the script out; the others keep the numbers that the user counts by."""
        items = self.settings.data[name]
        self.settings.data[name] = [item for index, item in enumerate(items) if index not in wrong]
        self.settings = replace(self.settings, numbers=self.settings.numbers.without((name,), wrong, len(items)))

    def _take_strategies(self, wrong: set[int]) -> None:
        """Put strategies aside; where none is left, one that has nobody is played."""
        if wrong:
            compared = self.settings.data[_STRATEGIES]
            self.strategies += [compared[index] for index in sorted(wrong)]
            kept = [one for index, one in enumerate(compared) if index not in wrong]
            self.settings.data[_STRATEGIES] = kept or [{"name": compared[0]["name"], **copied(IDLE)}]

    def _set_back(self, path: SettingPath) -> bool:
        """Give a setting its packaged value; what the packaged ones do not know is left out."""
        if not path or path[0] in _LISTS:
            return False
        if path[0] in _TEXTS:
            return True
        if path[0] == KINDS and len(path) > 1 and path[1] not in self._default[KINDS]:
            name = str(path[1])
            self.kinds.setdefault(name, self.settings.data[KINDS].get(name))
            self._stand_in(name)
            return True
        inside, packaged = self.settings.data, self._default
        if path[0] == KINDS and _EFFECTS in path:
            path = path[: path.index(_EFFECTS) + 1]
        for part in path[:-1]:
            if not isinstance(inside, dict) or not isinstance(packaged, dict) or part not in inside:
                return False
            inside, packaged = inside[part], packaged.get(part, {})
        if not isinstance(inside, dict) or not isinstance(packaged, dict):
            return False
        if path[-1] == _EFFECTS:
            inside[_EFFECTS] = []
        elif path[-1] in packaged:
            inside[path[-1]] = copied(packaged[path[-1]])
        else:
            inside.pop(str(path[-1]), None)
        return True

    def _stand_in(self, kind: str) -> None:
        """Let a kind of the user's be a crowd that can be anywhere, asks for nobody and does nothing."""
        like = self._default[KINDS][_CROWD]
        self.settings.data[KINDS][kind] = {
            **{key: copied(like[key]) for key in ("title", "course")},
            "places": [place.value for place in PlaceKind],
            "severities": {Severity.GREEN.word: {}},
            "background_weight": 0,
        }

    def stand_in_for_unreadable(self) -> list[UserError]:
        """Let a crowd stand in for each kind of the user's that is wanted and cannot be read; return what is wrong."""
        kinds, data = self.settings.kinds, self.settings.data
        wanted = [name for name in kinds.unreadable if kinds.is_wanted(name, data)]
        for name in wanted:
            self._stand_in(name)
        others = {name: error for name, error in kinds.unreadable.items() if name not in wanted}
        self.settings = replace(self.settings, kinds=replace(kinds, unreadable=others))
        return [kinds.unreadable[name] for name in wanted]

    def without_script(self) -> dict[str, Any]:
        """Return the settings without anything that is written down for the day."""
        return {**self.settings.data, **self._texts(), **{name: [] for name in _SCRIPT}}

    def _texts(self) -> dict[str, Any]:
        return {name: copied(self._default[name]) for name in _TEXTS} | {"title": "-"}
