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
    """

    wardens: float = 0.0
    strength: Strength = NOBODY

    @property
    def officers(self) -> int:
        """Officers who have come; those who are there as a formed unit are among them."""
        return self.strength[Capability.PRESENCE]

    @property
    def force(self) -> float:
        """What a crowd meets: officers, and wardens by their effect."""
        return self.officers + self.wardens
