"""A region's names as the tool prints them: each means its thing alone, and is accepted back."""

from __future__ import annotations

from dataclasses import replace

from sim.region.gazetteer import SORTS, Gazetteer, Sort
from sim.region.region import Region
from sim.vocabulary import PlaceKind


def as_printed(gazetteer: Gazetteer) -> Region:
    """Return the region with every name as ``Gazetteer.name_of`` has it, for whoever prints many of them."""
    region, names = gazetteer.region, dict[tuple[Sort, int], str]()
    for entry in gazetteer.entries():
        if entry.sort is not Sort.ROAD:
            names[entry.sort, entry.index] = gazetteer.name_of_entry(entry)
    return replace(
        region,
        districts=tuple(replace(one, name=names[Sort.DISTRICT, i]) for i, one in enumerate(region.districts)),
        villages=tuple(replace(one, name=names[Sort.VILLAGE, i]) for i, one in enumerate(region.villages)),
        nodes=tuple(replace(one, name=names[Sort.VILLAGE, i]) for i, one in enumerate(region.nodes)),
        bases=tuple(replace(one, name=names[Sort.BASE, i]) for i, one in enumerate(region.bases)),
        stations=replace(region.stations, name=tuple(names[Sort.STATION, i] for i in range(len(region.stations.name)))),
    )


def name_of_code(gazetteer: Gazetteer, code: str, kind: PlaceKind | None = None) -> str:
    """Return the name of a place from its code, and its kind where that is known.

    What is no code of a place, or of several, stays as it is.
    """
    found = [entry for entry in gazetteer.meant(code) if kind is None or entry.sort in SORTS[kind]]
    return gazetteer.name_of_entry(found[0]) if len(found) == 1 else code
