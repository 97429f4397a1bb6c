"""Settings of the voters: who comes, when, who goes first, and who goes away without having voted."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.distribution import Lapse
from sim.config.fields import MOST_ITEMS, Clock, NonNegative, Settings, Share, check_order, format_clock
from sim.config.refusal import SettingError
from sim.words.language import gettext as _


class ArrivalInterval(Settings):
    """A piece of an arrival profile: this share of the day's voters comes evenly between two times."""

    from_time: Clock
    """When it begins."""
    to_time: Clock
    """When it ends."""
    share: NonNegative
    """Share of the day's voters; what all pieces have together counts as the whole."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order("from_time", self.from_time, "to_time", self.to_time)
        return self

    @property
    def clocks(self) -> str:
        """Its two times as a reader knows them."""
        return f"{format_clock(self.from_time)}-{format_clock(self.to_time)}"


def check_profile(setting: str, pieces: Sequence[ArrivalInterval], close: float) -> None:
    """Refuse an arrival profile that cannot be.

    Raises:
        SettingError: When nobody would come, pieces overlap, or somebody would come after closing.
    """
    total = sum(piece.share for piece in pieces)
    if total == 0:
        raise SettingError(setting, _("the shares add up to zero, nobody would come"))
    ordered = sorted(pieces, key=lambda piece: piece.from_time)
    for a, b in itertools.pairwise(ordered):
        if b.from_time < a.to_time:
            raise SettingError(
                setting, _("two intervals overlap, {first} and {second}").format(first=a.clocks, second=b.clocks)
            )
    if ordered[-1].to_time > close:
        raise SettingError(
            setting,
            _("the interval {clocks} ends after close at {close}; nobody is admitted then").format(
                clocks=ordered[-1].clocks, close=format_clock(close)
            ),
            also=["close"],
        )


class LateVoters(Settings):
    """Voters who are not on the station's own roll and are admitted only late in the day, evenly until closing."""

    share_of_roll: Share
    """How many come, as a share of the station's registered voters."""
    from_time: Clock
    """They are admitted from this time on."""


class Priority(Settings):
    """Voters who need not queue: elderly, disabled, pregnant. Stages say whether they go first there."""

    share: Share
    """Share of the voters who come."""


class SpecialStations(Settings):
    """What is different at special stations (prisons): their voters are led in and do not leave the line."""

    turnout_share: Share
    """Share of their registered voters who come."""
    arrivals: Annotated[tuple[ArrivalInterval, ...], Field(max_length=MOST_ITEMS)]
    """When their voters come."""


class Absence(Settings):
    """What becomes of voters who stayed away, were sent away because of a disturbance, or left the line."""

    deterred_return_share: Share
    """Share of voters who stayed away from a disturbance and come later."""
    evacuated_return_share: Share
    """Share of voters who were evacuated and come back."""
    impatient_return_share: Share
    """Share of voters who left the entrance line, or went away at the sight of it, and come back; once."""
    return_delay: Lapse
    """From the all-clear, or from leaving the line, to the return."""
