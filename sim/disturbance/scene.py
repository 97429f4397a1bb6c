"""Who is there where a disturbance is."""

from __future__ import annotations

from dataclasses import dataclass

from sim.strength import NOBODY, Strength
from sim.vocabulary import Capability


@dataclass
class Scene:
    """Strength on scene.

    Attributes:
        wardens: Effect of the wardens who stand there, in officers.
        strength: People who have come, by what they can do.
        officers: Officers among them, in formed units or not; auxiliaries are none.
        formed: Officers who are there as formed units.
        holding: Auxiliaries: they stand in a crowd's way, and disperse it only as formed units.
    """

    wardens: float = 0.0
    strength: Strength = NOBODY
    officers: int = 0
    formed: int = 0
    holding: int = 0

    def change(self, strength: Strength) -> None:
        """Take note of who is there now; who is asked for most often is counted here, once."""
        self.strength, self.officers = strength, strength.officers
        self.formed, self.holding = strength[Capability.CROWD_CONTROL], strength.auxiliaries

    @property
    def force(self) -> float:
        """What a crowd meets: officers, auxiliaries, and the wardens who stand there by their effect."""
        return self.officers + self.holding + self.wardens
