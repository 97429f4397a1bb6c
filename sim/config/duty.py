"""Settings of duty: when a shift begins and ends, how long anybody is on duty at a stretch, and when he is tired."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.fields import MINUTES_A_DAY, Clock, NonNegative, Number, Positive, Settings, format_clock
from sim.config.refusal import SettingError
from sim.words.language import gettext as _

MOST_TIRED = 10.0
"""Who takes ten times as long to get ready is no use any more: he needs rest, which has a setting of its own."""


class Shift(Settings):
    """When a team is on duty."""

    from_time: Clock
    """When it begins."""
    to_time: Clock
    """Who is at a disturbance then stays until others have come in his place."""

    @property
    def span(self) -> tuple[float, float]:
        """When it begins and ends, minutes after midnight."""
        return self.from_time, self.to_time

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.to_time <= self.from_time:
            begins = format_clock(self.from_time)
            raise SettingError(
                "to_time", _("the shift ends before it starts, at {begins}").format(begins=begins), also=["from_time"]
            )
        return self


class Duty(Settings):
    """How long teams that can be sent (patrols, reserves, attached units) are on duty; guards stand there all day.

    Unless a strategy says something, all are on duty for the whole day and nobody is tired.
    """

    begins: Clock | None = None
    """When the duty of those begins who have no shift; they are called from then on. Null: when the day does."""
    longest_minutes: Positive | None = None
    """Nobody is on duty for longer at a stretch; null: as long as the day."""
    rest_minutes: Annotated[Number, Field(gt=0, le=MINUTES_A_DAY)] | None = None
    """After that he rests for so long, from when he was let go, and is on duty again; null: he is off for the day."""
    overtime_minutes: NonNegative | None = None
    """Who is at a disturbance when his duty ends leaves so long afterwards even if nobody has come in his place; null:
    he stays until it is over."""
    tired_after_minutes: Positive | None = None
    """Who has been on duty for so long is tired; null: nobody is."""
    tired_factor: Annotated[Number, Field(ge=1, le=MOST_TIRED)] = 1.0
    """How many times as long who is tired needs to get ready."""

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        if self.rest_minutes is not None and self.longest_minutes is None:
            message = _("nobody is ever relieved, so nobody rests; longest_minutes says after how long")
            raise SettingError("rest_minutes", message, also=["longest_minutes"])
        if (self.tired_after_minutes is None) != (self.tired_factor == 1.0):
            message = _("who is tired, and how many times as long he takes then, are told together")
            raise SettingError("tired_factor", message, also=["tired_after_minutes"])
        return self


ALL_DAY = Duty()
