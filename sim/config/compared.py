"""Which strategies a scenario compares: the names of its list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sim.config.choices import choices, unknown_choice
from sim.config.scenario import MOST_STRATEGIES
from sim.errors import Mistakes, SeveralMistakes, UserError, shortened
from sim.words.language import gettext as _


class NotCompared(SeveralMistakes):
    """Names of strategies that cannot be compared.

    Attributes:
        kept: The others of the list.
    """

    def __init__(self, lines: Iterable[str], kept: Sequence[str]) -> None:
        super().__init__(lines)
        self.kept = tuple(kept)


def compared_strategies(names: Any, folder: Path | None) -> list[str]:
    """Return the strategies to compare.

    Raises:
        UserError: For what is no list, or too long a one.
        NotCompared: For every one that is named twice, or that there is not.
    """
    if not isinstance(names, list) or not names:
        written = shortened(repr(names))
        raise UserError(
            _("strategies: a list of names is needed, such as [minimum_pattern], not {value}").format(value=written)
        )
    if len(names) > MOST_STRATEGIES:
        raise UserError(
            _("strategies: at most {most} are compared, not {count:,}").format(most=MOST_STRATEGIES, count=len(names))
        )
    known = choices("strategy", folder)
    mistakes, kept = Mistakes(), []
    for name in names:
        with mistakes.noted():
            if not isinstance(name, str) or name not in known:
                raise unknown_choice("strategy", str(name), folder)
            if name in kept:
                raise UserError(_("strategies: '{name}' is named twice").format(name=name))
            kept.append(name)
    try:
        mistakes.refuse()
    except SeveralMistakes as error:
        raise NotCompared(error.lines, kept) from None
    return kept
