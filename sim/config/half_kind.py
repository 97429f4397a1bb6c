"""What is right in a kind of disturbance of which some settings are wrong: the rest, in which more mistakes are found.

What is wrong is left out or, where it is needed, set as a packaged kind of the same course has it. What is then said
about such a setting is no mistake of the user's, and is not repeated.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from sim.config.compose import Composed, composed, validated
from sim.config.explain import WrongSettings
from sim.config.packaged import KINDS
from sim.config.refusal import SettingPath
from sim.vocabulary import PlaceKind, Severity

_MOST_LOOKS = 5
"""How often the rest is looked at (assumption): mistakes lie in three depths, of a value, a course and the kind."""
_NEEDED: dict[str, Any] = {"title": "-", "places": [place.value for place in PlaceKind], "background_weight": 0}
"""What stands in place of a setting that every kind needs."""
_COURSE = "course"
_SEVERITIES = [[severity.word] for severity in Severity]


def deeper(settings: Composed, name: str, wrong: WrongSettings) -> list[str]:
    """Return what else is wrong in a kind, between settings of it that are right by themselves; a line for each.

    Args:
        settings: Settings in which nothing but this kind is wrong.
        name: The kind.
        wrong: What is wrong with it by itself.
    """
    rest, lines = _Rest(settings, name), list[str]()
    for _ in range(_MOST_LOOKS):
        if not rest.leave_out(wrong.paths):
            break
        try:
            validated(rest.settings)
        except WrongSettings as more:
            wrong = more
            lines += [line for line, about in more.told if line not in lines and not rest.has_made_up(about)]
        else:
            break
    return lines


class _Rest:
    """A kind without what is wrong in it.

    Args:
        settings: Settings in which it is wrong.
        name: The kind.
    """

    def __init__(self, settings: Composed, name: str) -> None:
        self.settings = replace(settings, data=copy.deepcopy(settings.data))
        self._path: SettingPath = (KINDS, name)
        self._made_up: list[SettingPath] = []

    def leave_out(self, wrong: Iterable[SettingPath]) -> bool:
        """Take wrong settings out; False when nothing is left to take out, or to look at."""
        taken = [self._leave_out(path) for path in dict.fromkeys(map(self._shortened, wrong))]
        return bool(taken) and all(taken)

    def has_made_up(self, about: Sequence[SettingPath]) -> bool:
        """Return whether one of some settings was left out or set here, or has such a one in it."""
        pairs = [(path, made) for path in about for made in self._made_up]
        return any(path[: len(made)] == made[: len(path)] for path, made in pairs)

    def _shortened(self, path: SettingPath) -> SettingPath:
        """Return the setting to take out for one that is wrong.

        It is the whole list for an item of one, so that its items keep their numbers, and the group around what was
        taken out before and is wrong all the same: it is needed, and nobody has it.
        """
        keys = tuple(takewhile(lambda part: isinstance(part, str), path))
        while keys in self._made_up:
            keys = keys[:-1]
        return keys

    def _leave_out(self, path: SettingPath) -> bool:
        inside = [str(part) for part in path[2:]]
        if path[:2] != self._path or not inside or inside == [_COURSE]:
            return False
        self._made_up.append(path)
        group: Any = self.settings.data
        for part in path[:-1]:
            group = group.get(part) if isinstance(group, dict) else None
        if not isinstance(group, dict):
            return False
        usual = self._usual(inside)
        if usual is None:
            group.pop(inside[-1], None)
        else:
            group[inside[-1]] = copy.deepcopy(usual)
        return True

    def _usual(self, inside: Sequence[str]) -> Any:
        """Return what stands in place of a setting; None: nothing does."""
        if len(inside) == 1:
            return _NEEDED.get(inside[0])
        if inside[0] == "severities":
            return {} if inside[1:] in _SEVERITIES else None  # which of the others is the first depends on it
        return self._as_packaged(inside) if inside[0] == _COURSE and inside[1:] != [_COURSE] else None

    def _as_packaged(self, inside: Sequence[str]) -> Any:
        """Return what a packaged kind of the same course has for a setting of its course; None where there is none."""
        course = self.settings.data[KINDS][self._path[1]][_COURSE].get(_COURSE)
        for kind in composed([]).data[KINDS].values():
            value: Any = kind if kind[_COURSE][_COURSE] == course else None
            for part in inside:
                value = value.get(part) if isinstance(value, dict) else None
            if value is not None:
                return value
        return None
