"""What a crew sees of the disturbance at which people have been hurt."""

from __future__ import annotations

from typing import Protocol

from sim.clock import Signal
from sim.response.emergency import Emergency
from sim.vocabulary import Severity


class InjuredAt(Emergency, Protocol):
    """A disturbance at which people have been hurt."""

    @property
    def stirred(self) -> Signal:
        """Fires when others are there, or it has another severity."""

    def is_safe(self, below: Severity) -> bool:
        """Say whether a crew can go in: there is no crowd, it is milder, officers are there, or it is over."""
