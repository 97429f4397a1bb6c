"""Who is there where a disturbance is."""

from __future__ import annotations

from dataclasses import dataclass

from sim.vocabulary import NOBODY, Capability, Strength


@dataclass
class Scene:
    """Strength on scene.

    Attributes:
        wardens: Effect of the wardens who stand there, in officers.
        strength: People who have come, by what they can do.
        officers: Officers among them, in formed units or not.
    """

    wardens: float = 0.0
    strength: Strength = NOBODY
    officers: int = 0

    def change(self, strength: Strength) -> None:
        """Take note of who is there now."""
        self.strength, self.officers = strength, strength[Capability.PRESENCE]

    @property
    def formed(self) -> int:
        """Officers who are there as formed units."""
        return self.strength[Capability.CROWD_CONTROL]

    @property
    def force(self) -> float:
        """What a crowd meets: officers, and wardens by their effect."""
        return self.officers + self.wardens
