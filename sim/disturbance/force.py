"""All that one severity of a disturbance asks for, and how much of it has been there."""

from __future__ import annotations

from dataclasses import dataclass

from sim.log import NEVER
from sim.strength import NOBODY, Strength
from sim.vocabulary import Capability


@dataclass
class Force:
    """All that one severity asks for, from when it was reached on.

    Attributes:
        need: What it asks for.
        reached: When the severity was reached first, minutes after midnight.
        known: When posko knew that it was so bad, or worse; NaN: it never did.
        there: Who was there when most of those asked for were, others among them.
        short: The capability of which most were missing then; None: of none.
        complete: When all were there at one time; NaN: never.
        is_coming: Whether all that was missing was on its way when the disturbance was over.
        fewest_missing: How many were missing then, summed over capabilities; None: nobody has looked.
    """

    need: Strength
    reached: float
    known: float = NEVER
    there: Strength = NOBODY
    short: Capability | None = None
    complete: float = NEVER
    is_coming: bool = False
    fewest_missing: int | None = None

    def note(self, there: Strength, now: float) -> None:
        """Take note of who is there now; not asked any more once all have been there.

        Most are there when fewest are missing, counted by capability.
        """
        missing, most_missing, short = 0, 0, None
        for capability, asked in self.need.people:
            lacking = asked - there[capability]
            if lacking > 0:
                missing += lacking
                if lacking > most_missing:
                    most_missing, short = lacking, capability
        if self.fewest_missing is None or missing < self.fewest_missing:  # the first time, or more than ever
            self.fewest_missing, self.short = missing, short
            self.there = there
        if short is None:
            self.complete = now

    def by_capability(self) -> list[int]:
        """Return how many were asked for by what they can do, then how many of them were there."""
        asked, there = [0] * len(_PLACE), [0] * len(_PLACE)
        for able, number in self.need.people:
            place = _PLACE[able]
            asked[place], there[place] = number, min(number, self.there[able])
        return asked + there


_PLACE = {able: place for place, able in enumerate(Capability)}
"""Where a capability stands in the order of all; to go through an enumeration takes longer."""
