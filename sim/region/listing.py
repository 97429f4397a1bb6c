"""A list of what can be named in a region, filtered by words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sim.region.gazetteer import Entry, Gazetteer, Sort, fold
from sim.region.printed import as_printed
from sim.region.region import Region
from sim.words import places
from sim.words.language import Language, spoken


@dataclass(frozen=True)
class Listed:
    """One row of the list.

    Attributes:
        kind: What it is: ``ward``, ``police sector post``, ``road``, …
        code: Its code.
        name: A name that means it alone.
        district: Name of the district where it lies; empty outside the region.
    """

    kind: str
    code: str
    name: str
    district: str


def listing(gazetteer: Gazetteer, words: Sequence[str], sorts: Collection[Sort] | None = None) -> list[Listed]:
    """Return everything in whose code, name or kind each of the words occurs, however folded; without words, all.

    The kind counts as it is said, and in English, as tables have it. What the words mean together in a scenario's file
    is there too: ``kecamatan 3``.

    Args:
        gazetteer: The names of the place.
        words: The words.
        sorts: Only these sorts of things; None: all.
    """
    wanted, meant = [fold(word) for word in words], gazetteer.meant(" ".join(words))
    found, printed = [], as_printed(gazetteer)
    for entry in gazetteer.entries():
        if sorts is not None and entry.sort not in sorts:
            continue
        kind = kind_of(entry, gazetteer.region)
        with spoken(Language.ENGLISH):
            as_written = kind_of(entry, gazetteer.region)
        texts = [fold(text) for text in (entry.code, entry.name, kind, as_written)]
        if entry in meant or all(any(word in text for text in texts) for word in wanted):
            found.append(_listed(entry, kind, gazetteer, printed))
    return found


def kind_of(entry: Entry, region: Region) -> str:
    """Return what an entry is, in a word or two."""
    match entry.sort:
        case Sort.VILLAGE:
            inside = entry.index < len(region.villages)
            return places.VILLAGES[region.villages[entry.index].kind] if inside else places.OUTSIDE
        case Sort.BASE:
            base = region.bases[entry.index]
            written = f"{base.agency} {base.kind}".replace("_", " ")
            return places.BASES.get(written, written)
        case Sort.STATION:
            return places.SPECIAL if region.stations.special[entry.index] else places.NOUNS[entry.sort]
        case _:
            return places.NOUNS[entry.sort]


def _listed(entry: Entry, kind: str, gazetteer: Gazetteer, printed: Region) -> Listed:
    district = gazetteer.place(entry).district
    lies_in = "" if district is None else printed.districts[district].name
    return Listed(kind, entry.code, gazetteer.name_of_entry(entry), lies_in)
