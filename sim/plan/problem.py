"""A covering problem: what is to be covered, by whom, from where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError
from sim.plan.objective import Floats, Ints, Objective
from sim.words.language import gettext as _

Flags = NDArray[np.bool_]
MOST_COVER = 500_000_000
"""Kinds of team times sites times demand points that are held at once: a byte each."""


@dataclass(frozen=True, eq=False)
class Problem:
    """Where teams can be placed, and what each would cover from there.

    Attributes:
        weight: (points) demand of each point, 0 or more, such as registered voters.
        cover: (kinds, sites, points) whether a team of a kind covers a point from a site.
        teams: (kinds) how many teams of each kind there are.
        already: (points) how many units cover each point in any case.
        room: (sites) how many teams a site takes.

    Raises:
        UserError: When there is no demand or no site, a number is below 0 or too large, or shapes do not fit.
    """

    weight: Floats
    cover: Flags
    teams: Ints
    already: Ints
    room: Ints

    def __post_init__(self) -> None:
        if self.cover.ndim != 3 or self.cover.dtype != np.bool_:
            raise UserError(
                _("cover: flags of the shape (kinds, sites, points), not {dtype} {shape}").format(
                    dtype=self.cover.dtype, shape=self.cover.shape
                )
            )
        kinds, sites, points = self.cover.shape
        for name, array, length in (
            ("weight", self.weight, points), ("teams", self.teams, kinds),
            ("already", self.already, points), ("room", self.room, sites),
        ):  # fmt: skip
            if array.shape != (length,):
                raise UserError(
                    _("{name}: its shape is {shape}; cover asks for ({length},)").format(
                        name=name, shape=array.shape, length=length
                    )
                )
            if not (np.isfinite(array).all() and (array >= 0).all()):
                raise UserError(_("{name}: every number of it is 0 or more, and finite").format(name=name))
        if not self.weight.sum() > 0:
            raise UserError(_("there is no demand: nobody is to be covered"))
        if not sites:
            raise UserError(_("there is no site where a team could be placed"))

    @classmethod
    def of(
        cls, weight: Floats, cover: Flags, teams: int | Ints, already: Ints | None = None, room: int | None = None
    ) -> Problem:
        """Return a problem, with what is usual where nothing is said.

        Args:
            weight: As in :class:`Problem`.
            cover: Likewise, or (sites, points) for teams of one kind.
            teams: Likewise, or their number for teams of one kind.
            already: Likewise; None: nothing is covered yet.
            room: How many teams every site takes; None: all of them.
        """
        whole = cover if cover.ndim == 3 else cover[None]
        many = np.atleast_1d(np.asarray(teams, dtype=np.int64))
        return cls(
            weight=np.asarray(weight, dtype=np.float64),
            cover=whole,
            teams=many,
            already=np.zeros(len(weight), dtype=np.int64) if already is None else already,
            room=np.full(whole.shape[1], many.sum() if room is None else room, dtype=np.int64),
        )

    def allows(self, placed: Ints) -> bool:
        """Return whether there are the teams, and the room, for a placement, (kinds, sites)."""
        return bool(
            placed.shape == self.cover.shape[:2]
            and (placed >= 0).all()
            and (placed.sum(axis=1) <= self.teams).all()
            and (placed.sum(axis=0) <= self.room).all()
        )

    def times(self, placed: Ints) -> Ints:
        """Return how many units cover each point under a placement, those in any case among them, (points)."""
        found = self.already.copy()
        for kind, site in zip(*np.nonzero(placed), strict=True):
            found += placed[kind, site] * self.cover[kind, site]
        return found

    def value(self, objective: Objective, placed: Ints) -> float:
        """Return what a placement is worth, in units of the demand."""
        return float(self.weight @ objective.worth(self.times(placed)))
