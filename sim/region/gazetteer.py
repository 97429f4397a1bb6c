"""The gazetteer: one rule by which everybody finds a place by its name, and gives it a name that is found again."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property

from sim.errors import UserError
from sim.region.atlas import Atlas
from sim.region.place import AreaPlace, BasePlace, Place, RoadPlace, StationPlace
from sim.region.region import District
from sim.vocabulary import PlaceKind
from sim.words import lists
from sim.words import places as words

_DASH = re.compile(r"\s*(-+)\s*")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SHOWN = 3
"""How many roads an error offers."""


class Sort(StrEnum):
    """The sorts of things that have names; the value is the word that may stand before a name or code."""

    DISTRICT = "district"
    VILLAGE = "village"
    """A village, a ward, or a place outside the region: a node of the roads."""
    BASE = "base"
    STATION = "station"
    ROAD = "road"


_WORDS = {
    Sort.DISTRICT: ("district", "kecamatan"),
    Sort.VILLAGE: ("village", "ward"),
    Sort.BASE: ("base",),
    Sort.STATION: ("station",),
    Sort.ROAD: ("road",),
}
SORTS = {
    PlaceKind.STATION: (Sort.STATION,),
    PlaceKind.BASE: (Sort.BASE,),
    PlaceKind.ROAD: (Sort.ROAD,),
    PlaceKind.AREA: (Sort.DISTRICT, Sort.VILLAGE),
}
"""What can be meant by each kind of place."""
_EVERY = frozenset(Sort)
_Ref = tuple[Sort, int]
_Level = Mapping[str, Sequence[_Ref]]


@dataclass(frozen=True)
class Entry:
    """One thing that has a name.

    Attributes:
        sort: What it is.
        index: Its position in the region's table of that sort (villages: its node).
        code: Its code.
        name: Its name, which need not be its alone; ``Gazetteer.name_of`` gives one that is.
    """

    sort: Sort
    index: int
    code: str
    name: str


def fold(text: str) -> str:
    """Return a text without what makes no difference: case, width of spaces, kind of dash and spaces round it."""
    plain = " ".join((text if text.isascii() else text.translate(_HYPHENS)).split()).casefold()
    return _DASH.sub(r"\1", plain) if "-" in plain else plain


class Gazetteer(Atlas):
    """Every name of a region.

    A text is looked for among, in this order: the codes; a sort's word with a name (``district Curup``, ``kecamatan
    Curup``, ``village Curup``, ``ward``, ``base``, ``station``); the districts' numbers (``kecamatan 3``, ``district
    3``); the names of districts, of villages and places outside, of bases, of stations; ``NAME (CODE)``; a sort's word
    with a code; and the roads, as two ends (in either order, by code or name) with a dash between. The first that may
    be meant is meant: where only a base will do, a village of the same name is passed over.

    Args:
        region: The place.
    """

    def find(self, text: str, setting: str, allowed: Collection[PlaceKind] | None = None) -> Place:
        """Find a place by what a user wrote.

        An area stands for its largest station (most registered voters) where stations are allowed and areas are not.

        Args:
            text: A code or a name.
            setting: What the user set, for the message.
            allowed: The kinds of place that may be meant; None: all.

        Raises:
            UserError: When there is no such place (with the nearest name), several (with their codes), or it is of a
                kind that is not allowed (with a usable neighbour).
        """
        sorts = _EVERY if allowed is None else frozenset(s for kind in allowed for s in SORTS[kind])
        return self._find(text, setting, sorts, words.PLACE)

    def station(self, text: str, setting: str) -> StationPlace:
        """Find a station; an area stands for its largest one.

        Raises:
            UserError: As ``find``.
        """
        place = self._find(text, setting, frozenset({Sort.STATION}), words.NOUNS[Sort.STATION])
        assert isinstance(place, StationPlace)
        return place

    def base(self, text: str, setting: str) -> BasePlace:
        """Find a base or an office.

        Raises:
            UserError: As ``find``.
        """
        place = self._find(text, setting, frozenset({Sort.BASE}), words.NOUNS[Sort.BASE])
        assert isinstance(place, BasePlace)
        return place

    def stations(self, text: str, setting: str) -> tuple[int, ...]:
        """Find a station, or all stations of an area, and return their indices.

        Raises:
            UserError: As ``find``, and for an area without stations (with the nearest station).
        """
        place = self.find(text, setting, (PlaceKind.STATION, PlaceKind.AREA))
        return place.stations or self.station(text, setting).stations

    def district(self, text: str, setting: str) -> District:
        """Find a district.

        Raises:
            UserError: As ``find``.
        """
        place = self._find(text, setting, frozenset({Sort.DISTRICT}), words.NOUNS[Sort.DISTRICT])
        assert isinstance(place, AreaPlace)
        assert place.district is not None
        return self.region.districts[place.district]

    def road(self, a_text: str, b_text: str, setting: str) -> RoadPlace:
        """Find the road between two neighbouring places; a district stands for its seat, a base for its village.

        Raises:
            UserError: When an end is unknown, no road joins them (with the roads of both ends), or several do.
        """
        for text in (a_text, b_text):
            if not self._groups(fold(text)):
                raise self._unknown(text, setting, _EVERY, words.PLACE)
        roads = self._joining(fold(a_text), fold(b_text))
        if not roads:
            raise self._not_joined(a_text, b_text, setting)
        if len(roads) > 1:
            raise self._several(f"{a_text} - {b_text}", setting, [(Sort.ROAD, road) for road in roads])
        return self.road_place(roads[0])

    def name_of(self, place: Place) -> str:
        """Return a place's name as the tool prints it: it is accepted back and means this place."""
        return self.name_of_entry(self._entry(self._ref(place)))

    def name_of_entry(self, entry: Entry) -> str:
        """Return the plainest name of a thing that means it alone: its name, else with a word, else with its code."""
        word = _WORDS[entry.sort][0]
        names = (entry.name, f"{word} {entry.name}", f"{entry.name} ({entry.code})")
        ref = (entry.sort, entry.index)
        return next((name for name in names if self._means(name, ref)), self._sure(ref))

    def nearest_name(self, text: str, sort: Sort | None = None) -> str | None:
        """Return the name or code most like a text, of one sort or of all; None when none is like it."""
        return self._nearest(text, _EVERY if sort is None else frozenset({sort}))

    def entries(self) -> list[Entry]:
        """Return all that has a name: districts, villages and places outside, bases, stations, roads."""
        roads = [self._entry((Sort.ROAD, i)) for i in range(len(self.region.roads.u))]
        return [*self._tabled, *roads]

    def place(self, entry: Entry) -> Place:
        """Return the place of an entry."""
        return self._place((entry.sort, entry.index))

    @cached_property
    def _tabled(self) -> list[Entry]:
        """All that has a name but the roads, whose names are made of those of their ends."""
        region, s = self.region, self.region.stations
        return [
            *(Entry(Sort.DISTRICT, i, d.code, d.name) for i, d in enumerate(region.districts)),
            *(Entry(Sort.VILLAGE, i, n.code, n.name) for i, n in enumerate(region.nodes)),
            *(Entry(Sort.BASE, i, b.code, b.name) for i, b in enumerate(region.bases)),
            *(Entry(Sort.STATION, i, *pair) for i, pair in enumerate(zip(s.code, s.name, strict=True))),
        ]

    @cached_property
    def _codes(self) -> _Level:
        """What each code means; a road's stands with its ends in either order."""
        code = [node.code for node in self.region.nodes]
        ends = zip(self.region.roads.u.tolist(), self.region.roads.v.tolist(), strict=True)
        roads = [
            (f"{code[a]}--{code[b]}", (Sort.ROAD, i)) for i, (u, v) in enumerate(ends) for a, b in ((u, v), (v, u))
        ]
        return _level([*((e.code, _of(e)) for e in self._tabled), *roads])

    @cached_property
    def _names(self) -> tuple[_Level, ...]:
        """What means what beside the codes, folded; where levels collide, the earlier one is meant."""
        every, districts = self._tabled, self.region.districts
        numbers = [(f"{w} {d.number}", (Sort.DISTRICT, d.index)) for w in _WORDS[Sort.DISTRICT] for d in districts]
        return (
            _level((f"{word} {e.name}", _of(e)) for e in every for word in _WORDS[e.sort]),
            _level(numbers),
            *(
                _level((e.name, _of(e)) for e in every if e.sort is sort)
                for sort in (Sort.DISTRICT, Sort.VILLAGE, Sort.BASE, Sort.STATION)
            ),
            _level((f"{e.name} ({e.code})", _of(e)) for e in every),
            _level((f"{word} {e.code}", _of(e)) for e in every for word in _WORDS[e.sort]),
        )

    def _groups(self, key: str) -> list[Sequence[_Ref]]:
        """Return what a folded text can mean but for roads, level by level."""
        return [level[key] for level in (self._codes, *self._names) if key in level]

    def _meanings(self, key: str, sorts: frozenset[Sort]) -> list[Sequence[_Ref]]:
        """Return what a folded text can mean; the roads are looked through only where nothing before may be meant."""
        groups = self._groups(key)
        if any(ref[0] in sorts for group in groups for ref in group):
            return groups
        roads = [(Sort.ROAD, road) for road in self._roads_named(key)]
        return [*groups, roads] if roads else groups

    def meant(self, text: str) -> list[Entry]:
        """Return what a text means to ``find`` where any kind of place will do: none, one, or several of one name."""
        groups = self._meanings(fold(text), _EVERY)
        return [self._entry(ref) for ref in groups[0]] if groups else []

    def _find(self, text: str, setting: str, sorts: frozenset[Sort], noun: str) -> Place:
        at_once = self._codes.get(fold(text), ())
        if len(at_once) == 1 and at_once[0][0] in sorts:  # most settings are codes: the names need not be gone through
            return self._place(at_once[0])
        groups = self._meanings(fold(text), sorts)
        if not groups:
            raise self._unknown(text, setting, sorts, noun)
        found = next((f for f in ([r for r in group if r[0] in sorts] for group in groups) if f), None)
        if found is None and Sort.STATION in sorts:
            found = self._largest(groups)
        if found is None:
            raise self._refused(text, setting, groups[0], sorts)
        if len(found) > 1:
            raise self._several(text, setting, found)
        return self._place(found[0])

    def _largest(self, groups: Iterable[Sequence[_Ref]]) -> list[_Ref] | None:
        """Return the largest station of the first area that has any; the areas, where it is not clear which."""
        for group in groups:
            areas = [ref for ref in group if ref[0] in SORTS[PlaceKind.AREA] and self._place(ref).stations]
            if len(areas) == 1:
                return [(Sort.STATION, self.station_near(self._place(areas[0])).station)]
            if areas:
                return areas
        return None

    def _joining(self, a: str, b: str) -> list[int]:
        """Return the roads between two folded ends: taken as villages, and only where none joins those, as anything."""
        for ones, others in zip(self._ends(a), self._ends(b), strict=True):
            roads = {self.region.edge(u, v) for u in ones for v in others} - {None}
            if roads:
                return sorted(road for road in roads if road is not None)
        return []

    def _ends(self, key: str) -> tuple[set[int], set[int]]:
        """Return the nodes that a folded text can mean as the end of a road: villages only, and anything."""
        refs = [ref for group in self._groups(key) for ref in group]
        return {i for sort, i in refs if sort is Sort.VILLAGE}, {self._place(ref).node for ref in refs}

    def _roads_named(self, key: str) -> list[int]:
        """Return the roads that a folded text names, cut at each of its dashes."""
        texts = {key, key.removeprefix(f"{Sort.ROAD} ")}
        cuts = [(text[: dash.start()], text[dash.end() :]) for text in texts for dash in _DASH.finditer(text)]
        return sorted({road for a, b in cuts for road in self._joining(a, b)})

    def _not_joined(self, a_text: str, b_text: str, setting: str) -> UserError:
        """Return the error about two places that no road joins, with roads of both: first those to a place between."""
        ends = {text: self._ends(fold(text))[1] for text in (a_text, b_text)}
        between = set.intersection(*(self.beside(nodes) for nodes in ends.values()))
        hints = "; ".join(words.FROM.format(place=p, roads=self._roads_from(at, between)) for p, at in ends.items())
        return UserError(words.NOT_JOINED.format(setting=setting, one=a_text, other=b_text, hints=hints))

    def _roads_from(self, nodes: Collection[int], first: Collection[int] = frozenset()) -> str:
        """Return the names of some roads from these nodes, quoted, beginning with those to the places named first."""
        there = sorted(self.roads_at(nodes), key=lambda road: not set(self.road_place(road).nodes) & set(first))
        return ", ".join(f"'{self.name_of(self.road_place(i))}'" for i in there[:_SHOWN]) or words.NO_ROADS

    def _means(self, text: str, ref: _Ref) -> bool:
        groups = self._meanings(fold(text), _EVERY)
        return bool(groups) and list(groups[0]) == [ref]

    def _sure(self, ref: _Ref) -> str:
        """Return the code of a thing, after its word where another thing has the same code."""
        code = self._entry(ref).code
        return code if self._means(code, ref) else f"{_WORDS[ref[0]][0]} {code}"

    def _ref(self, place: Place) -> _Ref:
        match place:
            case StationPlace():
                return Sort.STATION, place.station
            case BasePlace():
                return Sort.BASE, place.base
            case RoadPlace():
                return Sort.ROAD, place.road
            case AreaPlace():
                if place.district is not None and place == self.area_of_district(place.district):
                    return Sort.DISTRICT, place.district
                return Sort.VILLAGE, place.node

    def _place(self, ref: _Ref) -> Place:
        makers: dict[Sort, Callable[[int], Place]] = {
            Sort.DISTRICT: self.area_of_district,
            Sort.VILLAGE: self.area_of_village,
            Sort.BASE: self.base_place,
            Sort.STATION: self.station_place,
            Sort.ROAD: self.road_place,
        }
        return makers[ref[0]](ref[1])

    def _entry(self, ref: _Ref) -> Entry:
        place = self._place(ref)
        return Entry(*ref, place.code, place.name)

    def _unknown(self, text: str, setting: str, sorts: frozenset[Sort], noun: str) -> UserError:
        """Return the error about a name that nothing has, with the nearest of all that may be meant."""
        near = self._nearest(text, sorts | {Sort.DISTRICT, Sort.VILLAGE} if Sort.STATION in sorts else sorts)
        every = lists.ALL_BASES if sorts == {Sort.BASE} else lists.ALL_PLACES
        hint = words.DID_YOU_MEAN.format(near=near, every=every) if near else every
        region = self.region.title
        return UserError(words.UNKNOWN.format(setting=setting, noun=noun, text=text, region=region, hint=hint))

    def _nearest(self, text: str, sorts: frozenset[Sort]) -> str | None:
        known = {fold(name): name for e in self.entries() if e.sort in sorts for name in (e.code, e.name)}
        close = get_close_matches(fold(text), list(known), n=1, cutoff=0.6)
        return known[close[0]] if close else None

    def _several(self, text: str, setting: str, refs: Sequence[_Ref]) -> UserError:
        codes = ", ".join(map(self._sure, refs))
        return UserError(words.SEVERAL.format(setting=setting, text=text, codes=codes))

    def _refused(self, text: str, setting: str, refs: Sequence[_Ref], sorts: frozenset[Sort]) -> UserError:
        """Return the error about a place of a kind that is not allowed, with a neighbour that is."""
        wanted = [sort for sort in (Sort.STATION, Sort.BASE, Sort.ROAD, Sort.DISTRICT, Sort.VILLAGE) if sort in sorts]
        needed = words.OR.join(words.NOUNS[sort] for sort in wanted)
        place = self._place(refs[0])
        what, neighbour = self.describe(place), self._neighbour(place, wanted[0])
        said = words.REFUSED.format(setting=setting, text=text, what=what, needed=needed, neighbour=neighbour)
        return UserError(said)

    def describe(self, place: Place) -> str:
        """Return what a place is, in words."""
        sort, index = self._ref(place)
        if sort is Sort.VILLAGE:
            if index >= len(self.region.villages):
                return words.A_PLACE_OUTSIDE
            of_kind = words.A if place.stations else words.A_WITHOUT
            return of_kind.format(noun=words.VILLAGES[self.region.villages[index].kind])
        return words.A.format(noun=words.NOUNS[sort])

    def _neighbour(self, place: Place, sort: Sort) -> str:
        """Return the clause that offers something of the sort that is needed, where the place is."""
        match sort:
            case Sort.STATION:
                return words.NEAREST_STATION.format(name=self.name_of(self.station_near(place)))
            case Sort.BASE:
                base = self.base_near(place)
                return words.NEAREST_BASE.format(name=self.name_of(base)) if base else words.NO_BASES
            case Sort.ROAD:
                return words.ROADS_THERE.format(roads=self._roads_from(place.nodes))
            case Sort.DISTRICT:
                district = self.station_near(place).district if place.district is None else place.district
                return words.NEAREST_DISTRICT.format(name=self.name_of(self.area_of_district(int(district or 0))))
            case Sort.VILLAGE:
                return words.LIES_IN.format(name=self.name_of(self.area_of_village(place.node)))


def _of(entry: Entry) -> _Ref:
    return entry.sort, entry.index


def _level(ways: Iterable[tuple[str, _Ref]]) -> _Level:
    level: dict[str, list[_Ref]] = {}
    for name, ref in ways:
        refs = level.setdefault(fold(name), [])
        if ref not in refs:
            refs.append(ref)
    return level
