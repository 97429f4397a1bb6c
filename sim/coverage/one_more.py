"""What one more unit that stands still would add to potential response: arrays in, arrays out.

The unit is at its place at every moment and never sent anywhere, so this is the most that it can give: one that is sent
is away meanwhile, like every other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.coverage.covered import covered, spread_of
from sim.coverage.inputs import Floats, Ints, Places, Whereabouts

_NO_STATION = -1
_NO_ROUND = -1.0


def standing_too(where: Whereabouts, node: int) -> Whereabouts:
    """Return where units are when one more, numbered after all others, stands at a node and is free all the time.

    Args:
        where: Where the others are.
        node: Where it stands.
    """
    moments = where.node.shape[1]
    row = {
        "node": np.full(moments, node),
        "minutes": np.zeros(moments),
        "ahead": np.full(moments, _NO_STATION),
        "ahead_minutes": np.zeros(moments),
        "station": np.full(moments, _NO_STATION),
        "free": np.ones(moments, dtype=np.bool_),
        "kept": np.zeros(moments, dtype=np.bool_),
        "phase": np.full(moments, _NO_ROUND),
    }
    return where._replace(**{name: np.vstack([getattr(where, name), more]) for name, more in row.items()})


class Told(NamedTuple):
    """Potential response of one day, as far as days add.

    Attributes:
        covered: (forces) registered voters whose force would be there within the standard time, once a moment.
        voters: All registered voters, once a moment.
        force: Number of a force, for the next two.
        minutes: Potential response, rounded up to half minutes; infinite for never.
        many: Voters who have it, once a moment.
    """

    covered: Ints
    voters: int
    force: Ints
    minutes: Floats
    many: Ints


def told(minutes: Floats, places: Places, standard: float) -> Told:
    """Sum potential response over the moments of a day.

    Args:
        minutes: Potential response, shape (forces, moments, places).
        places: The places.
        standard: The standard time, minutes.
    """
    inside = covered(minutes, places, standard).voters.sum(axis=(1, 2))
    return Told(inside, int(places.voters.sum()) * minutes.shape[1], *spread_of(minutes, places))
