"""What a unit is, before the day begins."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.distribution import Delay
from sim.vocabulary import Strength

POLICE = frozenset({"police", "mobile_brigade", "army"})
"""Agencies whose people count as officers."""


@dataclass(frozen=True)
class UnitSpec:
    """A team that is sent as one.

    Attributes:
        name: Identity, such as ``guard/low/3`` or ``reserve/POLRES/1``; also the name of its random stream.
        agency: police, mobile_brigade, army, medical or disaster.
        role: guard, patrol, reserve, attached or ambulance.
        strength: People (an ambulance counts 1).
        vehicle: Name of its vehicle.
        district: Index of the district it belongs to; -1 outside.
        home: Node where it waits, or where its round begins.
        stops: Its round: stations of a guard, nodes of a patrol; empty when it stands still.
        dwell: Minutes at each stop.
        from_severity: Sent only from this severity on (0 green, 1 yellow, 2 red).
        request_delay: Minutes between asking and the order.
        mobilisation: From the order to departure.
    """

    name: str
    agency: str
    role: str
    strength: int
    vehicle: str
    district: int
    home: int
    stops: tuple[int, ...]
    dwell: float
    from_severity: int
    request_delay: float
    mobilisation: Delay

    @property
    def officers(self) -> int:
        """Officers in it; 0 for an ambulance or a disaster team."""
        return self.strength if self.agency in POLICE else 0

    @property
    def provides(self) -> Strength:
        """Its strength by the kind of need that it meets."""
        if self.agency in POLICE:
            return Strength.of(presence=self.strength)
        return (
            Strength.of(medical=self.strength)
            if self.agency == "medical"
            else Strength.of(rescue=self.strength, engineering=self.strength)
        )
