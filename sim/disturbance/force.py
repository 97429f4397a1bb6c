"""All that one severity of a disturbance asks for, and how much of it has been there."""

from __future__ import annotations

from dataclasses import dataclass

from sim.log import NEVER
from sim.vocabulary import Capability, Strength


@dataclass
class Force:
    """All that one severity asks for, from when it was reached on.

    Attributes:
        need: What it asks for.
        reached: When the severity was reached first, minutes after midnight.
        known: When posko knew that it was so bad, or worse; NaN: it never did.
        most: Of those asked for, the most who were there at one time.
        short: The capability of which most were missing then; None: of none.
        complete: When all were there at one time; NaN: never.
    """

    need: Strength
    reached: float
    known: float = NEVER
    most: int = 0
    short: Capability | None = None
    complete: float = NEVER

    @property
    def asked(self) -> int:
        """All people that it asks for."""
        return sum([number for _, number in self.need])

    def note(self, there: Strength, now: float) -> None:
        """Take note of who is there now; not asked any more once all have been there."""
        present, most_missing, short = 0, 0, None
        for capability, asked in self.need:
            missing = max(0, asked - there[capability])
            present += asked - missing
            if missing > most_missing:
                most_missing, short = missing, capability
        if self.short is None or present > self.most:  # the first time, or more than ever
            self.most, self.short = present, short
        if short is None:
            self.complete = now
