"""What a strategy spends, and the shortage when it spends more than there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sim.errors import UserError
from sim.vocabulary import Agency
from sim.words import names
from sim.words import own as words
from sim.words.language import gettext as _


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

    def of(self, agency: Agency) -> int:
        """Return how many of an agency it asks for."""
        return {Agency.POLICE: self.police, Agency.WARDENS: self.wardens}[agency]


def spend(strategy: str, items: list[Item], available: Mapping[Agency, int]) -> dict[Agency, int]:
    """Spend people on items in order and return what is left of each agency.

    Args:
        strategy: Name of the strategy, for the error.
        items: What it asks for, most urgent first.
        available: People by agency: police and wardens.

    Raises:
        UserError: When it asks for more than there is, with the shortage by agency and by district or base.
    """
    lines = []
    left = dict(available)
    for agency in available:
        asked = sum(item.of(agency) for item in items)
        left[agency] = available[agency] - asked
        if left[agency] < 0:
            short = shortage(agency, items, available[agency])
            where = ", ".join(f"{place} {n}" for place, n in short.items())
            lines.append(
                _("{agency}: {asked} asked, {there} there, {short} short ({where})").format(
                    agency=names.called(names.AGENCY, agency),
                    asked=asked,
                    there=available[agency],
                    short=-left[agency],
                    where=where,
                )
            )
    if lines:
        raise UserError(
            _("strategy '{strategy}' {spends_more}; {shortages}").format(
                strategy=strategy, spends_more=words.SPENDS_MORE, shortages="; ".join(lines)
            )
        )
    return left


def shortage(agency: Agency, items: list[Item], available: int) -> dict[str, int]:
    """Return what cannot be filled, by district or base, when items are filled in order."""
    short: Counter[str] = Counter()
    for item in items:
        asked = item.of(agency)
        filled = min(asked, available)
        available -= filled
        if asked > filled:
            short[item.where] += asked - filled
    return dict(short)
