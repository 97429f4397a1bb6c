"""How a strategy lets people leave a station that has become dangerous."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from sim.config.fields import MOST_ITEMS, PlainName, Settings, Whole


class InCharge(StrEnum):
    """Who orders a station to be left."""

    CHAIR = "chair"
    """The chair of the station, who sees the danger."""
    FIRST_OFFICER = "first_officer"
    """The first officer on scene, once there is one."""
    POSKO = "posko"
    """The operations centre, once it knows how bad it is; its order must get through."""


class Manner(StrEnum):
    """What is done with people while a crowd stands outside; another danger is always left at once."""

    SEND_OUT = "send_out"
    """They leave at the order."""
    WAIT_FOR_ESCORT = "wait_for_escort"
    """They leave once enough officers are there."""
    HOLD_INSIDE = "hold_inside"
    """They stay behind shut doors until it is over."""


class Leaving(Settings):
    """Who orders it, and how."""

    decides: InCharge = InCharge.CHAIR
    """Who orders a station to be left."""
    manner: Manner = Manner.SEND_OUT
    """What is done with people while a crowd stands outside; another danger is always left at once."""
    escort_officers: Annotated[Whole, Field(ge=1, le=10_000)] = 6
    """Officers on scene with whom people who wait for an escort go."""
    areas: Annotated[dict[PlainName, PlainName], Field(max_length=MOST_ITEMS)] = Field(default_factory=dict)
    """Plans to evacuate an area that this strategy has in place of others: {theirs: its own}. Both are names, of
    packaged plans or of files ``evacuation_plan/NAME.yaml`` in a user's folder."""


CHAIR_SENDS_OUT = Leaving()
"""Nothing is arranged: the chair decides, and people go."""
