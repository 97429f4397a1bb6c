"""The stations of a day that something has happened to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Touched(NamedTuple):
    """The stations that something has happened to, as far as is known at a moment; arrays in their order.

    Attributes:
        stations: Which.
        voted: Who votes by the end of the day.
        calm_voted: The same on the calm twin.
        evacuations: How often each is emptied.
        abandoned: Whether voting, or the count, is given up.
    """

    stations: Ints
    voted: Ints
    calm_voted: Ints
    evacuations: Ints
    abandoned: Flags
