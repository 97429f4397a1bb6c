"""Sites where teams could be placed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.errors import UserError
from sim.region.gazetteer import Entry, Gazetteer, Sort
from sim.vocabulary import BaseAgency
from sim.words.language import gettext as _
from sim.words.language import marked


class Candidates(StrEnum):
    """Which sites are looked at."""

    BASES = "bases"
    """Every base of police, forward posts among them."""
    VILLAGES = "villages"
    """The middle of every village."""
    BASES_AND_VILLAGES = "bases_and_villages"


@dataclass(frozen=True)
class Site:
    """A node where teams can be placed.

    Attributes:
        node: The node.
        code: Code of the first base of police there; of the node where there is none.
        name: Its name, by which it is found again.
    """

    node: int
    code: str
    name: str


def sites(gazetteer: Gazetteer, candidates: Candidates) -> tuple[Site, ...]:
    """Return the sites, each node once, bases before villages.

    Raises:
        UserError: When the region has none of those that are asked for.
    """
    region, found = gazetteer.region, dict[int, Site]()
    if candidates is not Candidates.VILLAGES:
        for i, base in enumerate(region.bases):
            if base.agency == BaseAgency.POLICE:
                name = gazetteer.name_of_entry(Entry(Sort.BASE, i, base.code, base.name))
                found.setdefault(base.node, Site(base.node, base.code, name))
    if candidates is not Candidates.BASES:
        for node, village in enumerate(region.villages):
            name = gazetteer.name_of_entry(Entry(Sort.VILLAGE, node, village.code, village.name))
            found.setdefault(node, Site(node, village.code, name))
    if not found:
        raise UserError(_(_NONE[candidates]).format(region=region.title, agency=BaseAgency.POLICE))
    return tuple(found.values())


_NONE = {
    Candidates.BASES: marked("{region} has no base of agency '{agency}' where a team could be placed"),
    Candidates.VILLAGES: marked("{region} has no village where a team could be placed"),
    Candidates.BASES_AND_VILLAGES: marked(
        "{region} has no village, and no base of agency '{agency}', where a team could be placed"
    ),
}
