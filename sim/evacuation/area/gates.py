"""The shelters: places that are claimed on arrival, and a gate that lets so many people in a minute."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from sim.evacuation.area.plan import Haven


class Gates:
    """The shelters during an evacuation.

    Args:
        shelters: What they hold, and how fast they let people in.
    """

    def __init__(self, shelters: Sequence[Haven]) -> None:
        self.shelters = shelters
        self.at = {shelter.node: number for number, shelter in reversed(list(enumerate(shelters)))}
        """The shelter at each node, the first of the plan where there are several."""
        self.claimed = [0] * len(shelters)
        """People who are in or at the gate; never more than there are places."""
        self.inside = [0] * len(shelters)
        self._free_at = [0.0] * len(shelters)

    def room(self, shelter: int) -> int:
        """Return how many more people a shelter can take."""
        return self.shelters[shelter].places - self.claimed[shelter]

    def claim(self, shelter: int, people: int, time: float) -> tuple[float, float]:
        """Give places to people at the gate; calls are made in order of time.

        Returns:
            When their turn comes and when the last of them is in, minutes.
        """
        assert people <= self.room(shelter)
        self.claimed[shelter] += people
        turn = max(time, self._free_at[shelter])
        self._free_at[shelter] = turn + people / self.shelters[shelter].per_minute
        return turn, self._free_at[shelter]

    def enter(self, shelter: int, people: int) -> None:
        """Count people in."""
        self.inside[shelter] += people

    def nearest(self, minutes_to: Callable[[int], float], people: int) -> int | None:
        """Return the nearest shelter that can be reached and has room for so many; None without any.

        Args:
            minutes_to: The time to a node, infinite where no way leads there.
            people: How many places are needed; 0: whether it has room or not.
        """
        best, soonest = None, math.inf
        for number, shelter in enumerate(self.shelters):
            if shelter.places - self.claimed[number] >= people or not people:
                minutes = minutes_to(shelter.node)
                if minutes < soonest:
                    best, soonest = number, minutes
        return best

    def any_room(self, people: int = 1) -> bool:
        """Return whether any shelter, near or far, can take so many more."""
        return any(self.room(number) >= people for number in range(len(self.shelters)))
