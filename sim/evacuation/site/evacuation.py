"""A site that is being left: it can be looked at and gone on with at any moment, while its exits open and shut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.config.site import Movement
from sim.errors import UserError, nearest
from sim.evacuation.curve import Curve, curve_of
from sim.evacuation.site.choice import choose, offered_at
from sim.evacuation.site.exit import ExitClock
from sim.evacuation.site.flow import Flow, Passed, flow_of
from sim.evacuation.site.network import Site
from sim.evacuation.site.occupants import Occupants, seat
from sim.words.language import gettext as _

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Waited = dict[str, float]
Open = Mapping[str, float]
"""How far each exit is open, 0 shut to 1 free, by its name; exits that are not named are free."""

NO_WAY = -1
"""The way of somebody who waits for none yet."""


class SiteEvacuation:
    """People who leave a site, from the order on.

    Each chooses, when he starts, the way by which he expects to be safe soonest; when exits shut or open again, all who
    are still inside choose anew from where they are. What a crowd leaves of an exit changes its capacity at once.

    Args:
        site: The site.
        occupants: Who is there.
        movement: When people start and how they walk.

    Raises:
        ValueError: For people who have no place in the layout.

    Attributes:
        now: Minutes since the order.
        people: Everybody.
        space: Number of the space that each started in, in order of their start; shape (people).
    """

    def __init__(self, site: Site, occupants: Occupants, movement: Movement) -> None:
        self.site = site
        self.occupants = occupants
        self.movement = movement
        self.now = 0.0
        seated = seat(site, occupants, movement)
        self.people = len(seated.space)
        self.space: Ints = seated.space
        self._factor = seated.factor
        self._space, self._since = seated.space.copy(), seated.ready.copy()
        self._next = np.full(self.people, NO_WAY)
        self._inside = np.arange(self.people)
        self._out = np.full(self.people, np.inf)
        self._safe = np.full(self.people, np.inf)
        self._clocks = {arc: ExitClock() for arc in site.exits.values()}
        self._taken = dict.fromkeys(self._clocks, 0.0)
        self._before: dict[int, Floats] = {}
        self._waited: Waited = {}
        self._open: dict[int, float] = dict.fromkeys(self._clocks, 1.0)
        self._told: dict[str, float] | None = None  # how far they are open, as it was said
        self._planned_for: frozenset[int] | None = None
        self._flow: Flow | None = None
        self._planned_at = 0.0

    def advance(self, minutes: float, open_share_by_exit: Open | None = None) -> None:
        """Let time pass, with the exits as far open as said.

        Args:
            minutes: How long.
            open_share_by_exit: How far each exit is open.

        Raises:
            UserError: For an exit that there is not, or a share outside 0 to 1.
            ValueError: For minutes that are negative or without end.
        """
        if not 0 <= minutes < np.inf:
            raise ValueError(f"time passes by some minutes, not by {minutes:g}")
        self._take_up(open_share_by_exit)
        for arc, clock in self._clocks.items():
            clock.go_on(minutes, self._rate(arc))
        self.now += minutes

    def minutes_to_clear(self, open_share_by_exit: Open | None = None) -> float:
        """Return how many minutes from now the last one is safe when exits stay as said; infinite when somebody cannot.

        Raises:
            UserError: As :meth:`advance`.
        """
        return self._foreseen(open_share_by_exit)._minutes_left()

    def minutes_left(self, open_share_by_exit: Open | None = None) -> float:
        """Take up how far exits are open from now on, and return what :meth:`minutes_to_clear` does then.

        Who goes on with the exits so chooses the ways of everybody once, not once to look ahead and once to go on.

        Raises:
            UserError: As :meth:`advance`.
        """
        self._take_up(open_share_by_exit)
        return self._minutes_left()

    def _minutes_left(self) -> float:
        return max(float(self._all_times()[1].max()) - self.now, 0.0) if self.people else 0.0

    def curve(self, open_share_by_exit: Open | None = None, *, waited: bool = True) -> Curve:
        """Return who was safe by when, and will be when exits stay as said from now on.

        Args:
            open_share_by_exit: How far each exit is open.
            waited: Whether anybody asks where they were held up; else nothing is said of that.

        Raises:
            UserError: As :meth:`advance`.
        """
        ahead = self._foreseen(open_share_by_exit)
        safe = ahead._all_times()[1]
        return curve_of(safe, _added(ahead._waited, ahead._waits(np.inf)) if waited else None)

    @property
    def left(self) -> int:
        """People who are still inside."""
        return int((self._all_times()[0] > self.now).sum())

    @property
    def on_the_way(self) -> int:
        """People who are out and not yet at the assembly point."""
        out, safe = self._all_times()
        return int(((out <= self.now) & (safe > self.now)).sum())

    @property
    def safe(self) -> int:
        """People who are at the assembly point."""
        return int((self._all_times()[1] <= self.now).sum())

    def inside(self) -> dict[str, int]:
        """Return how many people are in each space or on each way that leads on from it, by the space's name."""
        out, _ = self._all_times()
        within = out > self.now
        space = self._where(self.now)[0] if self._flow is not None else self._space
        count = np.bincount(space[within], minlength=len(self.site.spaces))
        return dict(zip(self.site.spaces, count.tolist(), strict=True))

    def _read(self, given: Open | None) -> dict[int, float]:
        """Return how far each exit is open, by its number."""
        for name, share in (given or {}).items():
            if name not in self.site.exits:
                raise UserError(
                    _("unknown exit '{name}'; {hint}").format(name=name, hint=nearest(name, self.site.exits))
                )
            if not 0 <= share <= 1:
                raise UserError(
                    _("exit '{name}': it is open by a share from 0 to 1, not {share}").format(
                        name=name, share=f"{share:g}"
                    )
                )
        return {arc: float((given or {}).get(name, 1.0)) for name, arc in self.site.exits.items()}

    def _take_up(self, given: Open | None) -> None:
        """Take up how far exits are open from now on; nothing is done where they are as they were."""
        told = dict(given or {})
        if told != self._told:
            self._set(self._read(told))
            self._told = told

    def _rate(self, arc: int) -> float:
        return self.site.arcs[arc].rate(self._open[arc])

    def _shut(self) -> frozenset[int]:
        least = max(self.movement.shut_below_share, 1e-9)
        return frozenset(arc for arc, share in self._open.items() if share < least)

    def _set(self, shares: dict[int, float]) -> None:
        """Take up how far exits are open from now on; where other ones are shut than before, people choose anew."""
        self._open = shares
        shut = self._shut()
        if self._flow is None:
            self._flow = _first_flow(self.site, self.occupants, self.movement, shut, tuple(shares.items()))
            self._planned_for, self._planned_at = shut, self.now
        elif shut != self._planned_for:
            self._settle()
            self._planned_for, self._planned_at = shut, self.now
            self._plan_anew(shut)

    def _plan_anew(self, shut: frozenset[int]) -> None:
        who, offered = self._inside, offered_at(self.site, shut)
        free = np.zeros(len(self.site.arcs))
        for number, entered in self._before.items():
            free[number] = entered[-1]
        since, holds = self._since[who], _holds(self.site, self._open.items())
        taken = choose(self.site, offered, self._space[who], since, self._factor[who], holds, free)
        turned = offered.arcs[taken, 0] != self._next[who]
        late = turned & (since < self.now)
        since = np.where(late, self.now, since)
        self._since[who] = since
        self._flow = flow_of(self.site, offered.routes, taken, since, self._factor[who], self._before)

    def _settle(self) -> None:
        """Keep what has happened up to now, and where everybody is, so that routes can be chosen anew."""
        assert self._flow is not None
        out, safe = self._all_times()
        self._waited = _added(self._waited, self._waits(self.now))
        for passed in self._flow.ways:
            through = passed.entered[passed.entered <= self.now]
            if len(through):
                self._before[passed.arc] = np.concatenate([self._before.get(passed.arc, np.empty(0)), through])
        for passed in self._flow.exits:
            through_units = self._through(passed)[0][out[self._inside[passed.who]] <= self.now]
            if len(through_units):
                self._taken[passed.arc] = float(through_units[-1])
        self._space, self._since, self._next = self._where(self.now)
        self._out, self._safe = np.where(out <= self.now, out, np.inf), np.where(out <= self.now, safe, np.inf)
        self._inside = np.flatnonzero(out > self.now)
        order = np.argsort(self._since[self._inside], kind="stable")
        self._inside = self._inside[order]

    def _where(self, time: float) -> tuple[Ints, Floats, Ints]:
        """Return for everybody inside his space, since when he is or will be there, and the way he waits for."""
        assert self._flow is not None
        space, since, waits_for = self._space.copy(), self._since.copy(), np.full(self.people, NO_WAY)
        step = np.zeros(len(self._inside), dtype=np.int64)
        for passed in self._flow.ways:
            through = passed.who[passed.entered <= time]
            np.maximum.at(step, through, passed.step[passed.entered <= time] + 1)
        for row, person in enumerate(self._inside.tolist()):
            arcs, k = self._flow.routes[self._flow.taken[row]].arcs, int(step[row])
            if k:
                head = self.site.arcs[arcs[k - 1]].head
                assert head is not None
                space[person] = head
                since[person] = self._flow.at[row, k]
            waits_for[person] = arcs[min(k, len(arcs) - 1)]
        return space, since, waits_for

    def _through(self, passed: Passed) -> tuple[Floats, Floats]:
        """Return when those who come to an exit are through: in its own time, and in minutes."""
        return self._clocks[passed.arc].through(passed.came, self._rate(passed.arc), self._taken[passed.arc])

    def _all_times(self) -> tuple[Floats, Floats]:
        """Return when each is out and when each is safe, minutes, with the exits as they are now."""
        out, safe = self._out.copy(), self._safe.copy()
        if self._flow is not None:
            for passed in self._flow.exits:
                times = self._through(passed)[1]
                people = self._inside[passed.who]
                out[people] = times
                safe[people] = times + self.site.arcs[passed.arc].beyond / self._factor[people]
        return out, safe

    def _waits(self, until: float) -> Waited:
        """Return the person-minutes waited before each way since routes were last chosen, up to a time."""
        waited: Waited = {}
        if self._flow is None:
            return waited
        through = [(passed, passed.entered) for passed in self._flow.ways]
        through += [(passed, self._through(passed)[1]) for passed in self._flow.exits]
        for passed, entered in through:
            arc = self.site.arcs[passed.arc]
            first = np.clip(passed.came, self._planned_at, until)
            held = _sum(np.clip(entered - arc.hold, self._planned_at, until) - first)
            waited[arc.name] = waited.get(arc.name, 0.0) + held
        return waited

    def _foreseen(self, given: Open | None) -> SiteEvacuation:
        """Return an evacuation that goes on from here with the exits as said; this one stays as it is."""
        ahead = SiteEvacuation.__new__(SiteEvacuation)
        ahead.__dict__.update(self.__dict__)
        ahead._before, ahead._taken = dict(self._before), dict(self._taken)
        ahead._waited = dict(self._waited)
        ahead._take_up(given)
        return ahead


@lru_cache(maxsize=256)
def _first_flow(
    site: Site, occupants: Occupants, movement: Movement, shut: frozenset[int], shares: tuple[tuple[int, float], ...]
) -> Flow:
    """Return how people leave who have just been told to, as long as no other exit is shut.

    As many are often there again, before exits as far open: on another day, or under another strategy. The answer is
    read only.
    """
    seated, offered = seat(site, occupants, movement), offered_at(site, shut)
    free = np.zeros(len(site.arcs))
    taken = choose(site, offered, seated.space, seated.ready, seated.factor, _holds(site, shares), free)
    return flow_of(site, offered.routes, taken, seated.ready, seated.factor, {})


def _holds(site: Site, shares: Iterable[tuple[int, float]]) -> Floats:
    """Return the minutes for which one person holds each way, and each exit as far as it is open."""
    holds = np.array([arc.hold for arc in site.arcs])
    for exit_, share in shares:
        holds[exit_] = 1.0 / rate if (rate := site.arcs[exit_].rate(share)) > 0 else np.inf
    return holds


def _sum(minutes: Floats) -> float:
    """Add up waits; who waits without end counts nothing, as there is no telling how long."""
    return float(np.maximum(minutes, 0.0)[np.isfinite(minutes)].sum())


def _added(one: Waited, other: Waited) -> Waited:
    return {name: one.get(name, 0.0) + other.get(name, 0.0) for name in sorted({*one, *other})}
