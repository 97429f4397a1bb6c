"""Who is sent to a call: the day's own rules of dispatch, asked once for each set of free units where that suffices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf, isinf

import numpy as np
from numpy.typing import NDArray

from sim.alone.calls import ANYWHERE, Calls
from sim.alone.city import City
from sim.config.dispatch import Covering, HoldReserve, Preparedness
from sim.response.command.cover import Cover
from sim.response.command.dispatch import POLICIES, Call, Candidate
from sim.response.command.kept import ROLES, missed_most
from sim.vocabulary import Capability, Role, Severity

NOBODY = -1
"""Number of the unit where none is sent."""
_SEVERITIES = tuple(Severity)
MOST_KEPT = 100_000
"""Answers that are kept for each place and severity, some ten megabytes; of a large fleet few sets come again."""


class Chooser:
    """Asks the rule of dispatch whom it sends.

    A rule is a pure function. Where a call's place tells all that it may ask, a rule that puts units in order is asked
    once for each place and severity, for all units; whoever comes first in that order and is free goes. A rule that
    looks at the coverage of those who are free is asked once for each set of them. Sets of units are whole numbers
    with a bit for each.

    Args:
        city: Units, places and the rule.
        calls: The calls.
    """

    def __init__(self, city: City, calls: Calls) -> None:
        self._policy, self._dispatch = POLICIES[city.dispatch.policy], city.dispatch
        self._city = city
        self._teams = [Candidate(0, 1, 0.0, t.role, t.district, t.from_severity)[3:] for t in city.teams]
        self._ready = [team.ready.mean_minutes for team in city.teams]
        self._places = [self._candidates(place) for place in range(len(city.places))]
        kind = calls.place * len(_SEVERITIES) + calls.severity
        keys = {one: divmod(one, len(_SEVERITIES)) for one in np.unique(kind).tolist()}
        self._keys, self._kind = keys, kind.tolist()
        self._ways = calls.travel
        self._answers: dict[tuple[int, int], dict[int, int]] = {key: {} for key in keys.values()}
        self._reached = city.reached(city.dispatch.within_minutes) if isinstance(city.dispatch, Covering) else None
        self._kept: dict[int, frozenset[int]] = {}
        self._in_order = not isinstance(city.dispatch, Covering)
        self._calls = {key: self._call(*key) for key in self._answers}
        self._orders = {one: self._order(*key) for one, key in keys.items()} if calls.travel is None else {}
        self._goes_alone: dict[tuple[int, int], bool] = {}

    def _candidates(self, place: int) -> list[Candidate]:
        """Return every unit as it stands towards a place while it is free."""
        assert self._city.travel is not None
        ranks, travel = self._city.ranks[place], self._city.travel[:, place].tolist()
        there = [Candidate(u, 1, self._ready[u] + way, *self._teams[u]) for u, way in enumerate(travel)]
        return [c._replace(preference=ranks[c.unit]) if c.unit in ranks else c for c in there]

    def _order(self, place: int, severity: int) -> list[tuple[int, int]]:
        """Return the units in the order in which the rule sends them, each with its bit; not those it never sends."""
        if not self._in_order:
            return []
        candidates = self._places[place]
        call = self._calls[place, severity]._replace(missing=len(candidates))
        return [(1 << unit, unit) for unit in self._policy(call, candidates, self._dispatch).units]

    def unit(self, call: int, free: int) -> int:
        """Return the unit that is sent to a call while these are free; NOBODY where none is."""
        if not free:
            return NOBODY
        kind = self._kind[call]
        if self._ways is not None:
            return self._near(call, self._keys[kind], free)
        if self._in_order:
            for bit, unit in self._orders[kind]:
                if free & bit:
                    return unit
            return NOBODY
        key = self._keys[kind]
        known = self._answers[key]
        answer = known.get(free)
        if answer is None:
            answer = self._asked(key, [c for c in self._places[key[0]] if free >> c.unit & 1], free)
            if len(known) < MOST_KEPT:
                known[free] = answer
        return answer

    def among(self, call: int, there: Mapping[int, float]) -> int:
        """Return whom the rule sends of units that are out, by their minutes to a call; NOBODY where it sends none.

        They cover nothing and are kept for nothing, so rules that look at coverage send the nearest.
        """
        key = self._keys[self._kind[call]]
        ranks = self._city.ranks[key[0]] if self._ways is None else {}
        units = [
            Candidate(unit, 1, minutes, *self._teams[unit])._replace(preference=ranks.get(unit, inf))
            for unit, minutes in there.items()
        ]
        chosen = self._policy(self._calls[key], units, self._dispatch).units
        return chosen[0] if chosen else NOBODY

    def _near(self, call: int, key: tuple[int, int], free: int) -> int:
        """Return the unit for a call that can be anywhere."""
        assert self._ways is not None
        if not free & (free - 1) and self._in_order:
            return self._only(call, key, free.bit_length() - 1)
        ready, teams, ways = self._ready, self._teams, self._ways[:, call].tolist()
        make = Candidate._make
        there = [make((u, 1, ready[u] + way, *teams[u])) for u, way in enumerate(ways) if free >> u & 1]
        return self._asked(key, there, free)

    def _only(self, call: int, key: tuple[int, int], unit: int) -> int:
        """Return the only unit that is free, if it may go: however far it is, as long as there is a way at all."""
        assert self._ways is not None
        way = self._ways.item(unit, call)
        if isinf(way):
            return NOBODY
        asked = key[1], unit
        if asked not in self._goes_alone:
            there = [Candidate(unit, 1, self._ready[unit] + way, *self._teams[unit])]
            self._goes_alone[asked] = self._asked(key, there, 1 << unit) != NOBODY
        return unit if self._goes_alone[asked] else NOBODY

    def _asked(self, key: tuple[int, int], there: Sequence[Candidate], free: int) -> int:
        """Let the rule choose."""
        call = self._calls[key]
        if not self._in_order:
            if isinstance(self._dispatch, Preparedness):
                call = call._replace(cover=self._cover([c.unit for c in there]))
            if isinstance(self._dispatch, HoldReserve):
                kept = self._held(free)
                there = [c._replace(is_kept=True) if c.unit in kept else c for c in there]
        chosen = self._policy(call, there, self._dispatch).units
        return chosen[0] if chosen else NOBODY

    def _call(self, place: int, severity: int) -> Call:
        """Return what a call asks for: one unit."""
        known = place != ANYWHERE
        district = self._city.districts[place] if known else None
        neighbours = self._city.neighbours[place] if known else frozenset[int]()
        return Call(_SEVERITIES[severity], Capability.PRESENCE, 1, district, neighbours)

    def _cover(self, units: Sequence[int]) -> Cover:
        """Return which of these units cover what."""
        assert self._reached is not None and isinstance(self._dispatch, Covering)
        reached: NDArray[np.bool_] = self._reached[list(units)]
        return Cover(tuple(units), reached, self._city.demand, self._dispatch.busy)

    def _held(self, free: int) -> frozenset[int]:
        """Return the reserves that are kept back while these units are free."""
        if free not in self._kept:
            assert isinstance(self._dispatch, HoldReserve)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            units = [u for u, (role, *_) in enumerate(self._teams) if free >> u & 1 and role in ROLES]
            reserves = [u for u in units if self._teams[u][0] is Role.RESERVE]
            self._kept[free] = missed_most(self._cover(units), reserves, self._dispatch.hold_back)
        return self._kept[free]
