"""What is right in a strategy of which some settings are wrong: the rest, in which more mistakes can be found.

What is wrong is left out or set to what is usual, so that what the place says of the rest is said at once. What it
spends is then not known, and nothing is said of it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sim.config.compose import Composed, validated
from sim.config.refusal import SettingPath
from sim.config.scenario import Scenario
from sim.errors import SeveralMistakes
from sim.words import own as words

_LISTS = ("patrols", "reserves", "standing_guards")
"""Lists whose items do not need each other."""
_NOBODY = {"police": 0, "stations": 1, "wardens": 0}
IDLE: dict[str, Any] = {
    "title": "-",
    "guards": {"rule": "pattern", "very_high": _NOBODY, "high": _NOBODY, "low": _NOBODY},
    "patrols": [],
    "reserves": [],
    "dispatch": {"policy": "nearest", "take_guards_from": None, "guards_within_minutes": 1},
}
"""A strategy that has nobody: what stands in place of a setting that is needed and wrong; any other is left out."""
_ITSELF: SettingPath = ("strategies", 0)
_MOST_LOOKS = 5
"""How often the rest is looked at (assumption): mistakes lie in two or three depths."""


class HalfStrategy:
    """A strategy without what is wrong in it.

    Args:
        settings: A scenario that plays this strategy alone.
        wrong: What is wrong with it.

    Attributes:
        lines: What is wrong, by itself and beside other settings, a line each.
        unread: How many more mistakes there are of which no line was made.
        scenario: The scenario that plays the rest; None where nothing can be said of it.
    """

    def __init__(self, settings: Composed, wrong: SeveralMistakes) -> None:
        self.lines, self.unread = list(wrong.lines), wrong.unread
        self.scenario: Scenario | None = None
        self._settings = replace(settings, data=copy.deepcopy(settings.data))
        (self._own,) = self._settings.data["strategies"]
        self._look(wrong)

    def _look(self, wrong: SeveralMistakes) -> None:
        """Take out what is wrong, look at the rest, and again, until it is right or nothing can be taken out."""
        from sim.config.explain import WrongSettings  # read only where something is wrong

        for _ in range(_MOST_LOOKS):
            if not isinstance(wrong, WrongSettings) or not self._leave_out(wrong.paths):
                return
            try:
                self.scenario = validated(self._settings)
            except SeveralMistakes as deeper:
                self.lines += [line for line in without_spending(deeper.lines) if line not in self.lines]
                self.unread += deeper.unread
                wrong = deeper
            else:
                return

    def _leave_out(self, paths: Iterable[SettingPath]) -> bool:
        """Take settings out; False when one of them is none of the strategy's."""
        items: set[tuple[str, int]] = set()
        for path in paths:
            if path[:2] != _ITSELF or len(path) < 3:
                return False
            key = str(path[2])
            if key in _LISTS and len(path) > 3 and isinstance(path[3], int):
                items.add((key, path[3]))
            elif key in IDLE:
                self._own[key] = copy.deepcopy(IDLE[key])
            elif key in self._own:
                del self._own[key]
            else:
                return False
        for key in _LISTS:
            self._take_items(key, {index for of, index in items if of == key})
        return True

    def _take_items(self, key: str, wrong: set[int]) -> None:
        """Leave items of a list out; the others keep the numbers that the user counts by."""
        if wrong and key in self._own:
            items = self._own[key]
            self._own[key] = [item for index, item in enumerate(items) if index not in wrong]
            numbers = self._settings.numbers.without((*_ITSELF, key), wrong, len(items))
            self._settings = replace(self._settings, numbers=numbers)


def without_spending(lines: Iterable[str]) -> list[str]:
    """Return messages about the rest of a strategy without those about what it spends."""
    return [line for line in lines if words.SPENDS_MORE not in line]
