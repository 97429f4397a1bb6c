"""What a strategy spends, and the shortage when it spends more than there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sim.errors import UserError
from sim.words import own as words
from sim.words.language import gettext as _
from sim.words.language import marked

_AGENCIES = {"police": marked("police"), "wardens": marked("wardens")}


@dataclass(frozen=True)
class Item:
    """People that a strategy asks for.

    Attributes:
        what: A post, a patrol or a reserve team.
        where: District or base.
        police: Officers.
        wardens: Wardens.
    """

    what: str
    where: str
    police: int
    wardens: int = 0


def spend(strategy: str, items: list[Item], available: dict[str, int]) -> dict[str, int]:
    """Spend people on items in order and return what is left of each agency.

    Args:
        strategy: Name of the strategy, for the error.
        items: What it asks for, most urgent first.
        available: People by agency: ``police`` and ``wardens``.

    Raises:
        UserError: When it asks for more than there is, with the shortage by agency and by district or base.
    """
    lines = []
    left = dict(available)
    for agency in available:
        asked = sum(getattr(item, agency) for item in items)
        left[agency] = available[agency] - asked
        if left[agency] < 0:
            short = shortage(agency, items, available[agency])
            where = ", ".join(f"{place} {n}" for place, n in short.items())
            lines.append(
                _("{agency}: {asked} asked, {there} there, {short} short ({where})").format(
                    agency=_(_AGENCIES[agency]), asked=asked, there=available[agency], short=-left[agency], where=where
                )
            )
    if lines:
        raise UserError(
            _("strategy '{strategy}' {spends_more}; {shortages}").format(
                strategy=strategy, spends_more=words.SPENDS_MORE, shortages="; ".join(lines)
            )
        )
    return left


def shortage(agency: str, items: list[Item], available: int) -> dict[str, int]:
    """Return what cannot be filled, by district or base, when items are filled in order."""
    short: Counter[str] = Counter()
    for item in items:
        asked = getattr(item, agency)
        filled = min(asked, available)
        available -= filled
        if asked > filled:
            short[item.where] += asked - filled
    return dict(short)
