"""What is right in a scenario of which some settings are wrong, so that mistakes of all depths are said at once.

What is wrong is taken out or set to what is usual, and the rest is looked at; each strategy that is wrong, and each
such kind of the user's, is looked at by itself, in the same scenario without its script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.config.compared import NotCompared
from sim.config.compose import Composed, composed_file, validated
from sim.config.explain import WrongSettings
from sim.config.half_kind import deeper
from sim.config.half_strategy import HalfStrategy, without_spending
from sim.config.packaged import KINDS
from sim.config.rest import Rest
from sim.config.scenario import Scenario
from sim.errors import SeveralMistakes

_USUAL = "minimum_pattern"
"""The packaged strategy that is compared where none that was asked for can be."""


@dataclass(frozen=True)
class Right:
    """A scenario that is right by itself, in which its region may find more mistakes.

    Attributes:
        scenario: The scenario.
        telling: Leaves out messages about it that say nothing, as something else is wrong.
    """

    scenario: Scenario
    telling: Callable[[Sequence[str]], list[str]] = list


class HalfRight(SeveralMistakes):
    """A scenario of which some settings are wrong.

    Attributes:
        rests: What is right of it: the whole without what is wrong, and each strategy that is wrong by itself.
    """

    def __init__(self, lines: Iterable[str], unread: int, rests: Iterable[Right]) -> None:
        super().__init__(lines, unread)
        self.rests = tuple(rests)


def scenario_in(path: Path, overrides: Sequence[str]) -> Scenario:
    """Return the scenario of a file.

    Args:
        path: The file.
        overrides: Further settings.

    Raises:
        UserError: When it is no file of settings, or cannot be put together.
        HalfRight: For every setting that is wrong by itself or beside others.
    """
    settings, told = _composed(path, overrides)
    rest, unread = Rest(settings), 0
    told += [str(error) for error in rest.stand_in_for_unreadable()]
    rights: list[Right] = []
    while not rights:
        try:
            rights.append(Right(validated(rest.settings)))
        except WrongSettings as wrong:
            more = [line for line in wrong.lines if line not in told]
            told, unread = told + more, unread + wrong.unread
            if not more or not rest.leave_out(wrong.paths):
                break
    if not told:
        return rights[0].scenario
    for half in _half_strategies(rest) if rights else ():
        told += [line for line in half.lines if line not in told]
        if half.scenario is not None:
            rights.append(Right(half.scenario, without_spending))
    told += [line for line in _in_kinds(rest) if line not in told]
    raise HalfRight(told, unread, rights)


def _composed(path: Path, overrides: Sequence[str]) -> tuple[Composed, list[str]]:
    """Put the settings together without strategies that cannot be compared; return what is wrong with those, too."""
    try:
        return composed_file(path, overrides), []
    except NotCompared as error:
        others = [text for text in overrides if not text.startswith("strategy=")]
        kept = ",".join(error.kept or (_USUAL,))
        return composed_file(path, [*others, f"strategy={kept}"]), list(error.lines)


def _half_strategies(rest: Rest) -> list[HalfStrategy]:
    """Return each strategy that is wrong, as far as it is right."""
    halves = []
    for strategy in rest.strategies:
        settings = replace(rest.settings, data={**rest.without_script(), "strategies": [strategy]})
        try:
            validated(settings)
        except WrongSettings as wrong:
            halves.append(HalfStrategy(settings, wrong))
    return halves


def _in_kinds(rest: Rest) -> list[str]:
    """Return what else is wrong in the user's kinds that are wrong, a line each."""
    lines: list[str] = []
    kinds = replace(rest.settings.kinds, own=frozenset())  # none is spared
    for name, kind in rest.kinds.items():
        data = rest.without_script()
        settings = replace(rest.settings, kinds=kinds, data={**data, KINDS: {**data[KINDS], name: kind}})
        try:
            validated(settings)
        except WrongSettings as wrong:
            lines += deeper(settings, name, wrong)
    return lines
