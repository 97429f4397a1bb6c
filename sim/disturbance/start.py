"""How a disturbance starts: what a plan, a hazard or another disturbance says of one that is to come."""

from __future__ import annotations

from dataclasses import dataclass

from sim.region.place import Place
from sim.vocabulary import Origin


@dataclass(frozen=True)
class Start:
    """How an incident starts.

    Attributes:
        identity: ``s0`` scripted, ``b12`` background at a station or boxes (``bw``, ``bl``, ``bo``, ``br``, ``bv``:
            waiting, late, at an office, on a road, in a village), ``c0`` and ``c0-2`` of the first and second occasion
            of the first condition, ``s0.20`` the first follower that ``s0`` has since it turned red.
        kind_name: Name of its kind.
        origin: Where it comes from.
        place: Where it happens.
        starters: Active people at the start; None: the kind's own number.
        followers: Expected followers when it turns red and nobody hinders them.
        boxes_of: The station at whose ballot boxes it starts, wherever these are; None: at no boxes.
    """

    identity: str
    kind_name: str
    origin: Origin
    place: Place
    starters: int | None
    followers: float
    boxes_of: int | None = None
