"""Settings of the voters: who comes, when, who goes first, and who goes away without having voted."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Self

from pydantic import model_validator

from sim.config.distribution import Delay
from sim.config.fields import Clock, NonNegative, Settings, Share


class ArrivalInterval(Settings):
    """A piece of an arrival profile: this share of the day's voters comes evenly between two times."""

    from_time: Clock
    to_time: Clock
    share: NonNegative

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.to_time <= self.from_time:
            raise ValueError("to_time must come after from_time")
        return self


def check_profile(setting: str, pieces: Sequence[ArrivalInterval], close: float) -> None:
    """Refuse an arrival profile that cannot be.

    Raises:
        ValueError: When nobody would come, pieces overlap, or somebody would come after closing.
    """
    if sum(piece.share for piece in pieces) <= 0:
        raise ValueError(f"{setting}: the shares add up to zero, nobody would come")
    ordered = sorted(pieces, key=lambda piece: piece.from_time)
    if any(b.from_time < a.to_time for a, b in itertools.pairwise(ordered)):
        raise ValueError(f"{setting}: two intervals overlap")
    if ordered[-1].to_time > close:
        raise ValueError(f"{setting}: an interval ends after close; nobody is admitted then")


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


class Balking(Settings):
    """How long an entrance line may be before somebody who comes goes away at once: lognormal between voters."""

    mean_people: NonNegative
    """0: everybody goes away who is not served at once."""
    cv: NonNegative = 0.5


class SpecialStations(Settings):
    """What is different at special stations (prisons): their voters are led in and do not leave the line."""

    turnout_share: Share
    """Share of their registered voters who come."""
    arrivals: tuple[ArrivalInterval, ...]


class Absence(Settings):
    """What becomes of voters who stayed away, were sent away because of a disturbance, or left the line."""

    deterred_return_share: Share
    """Share of voters who stayed away from a disturbance and come later."""
    evacuated_return_share: Share
    """Share of voters who were evacuated and come back."""
    impatient_return_share: Share
    """Share of voters who left the entrance line, or went away at the sight of it, and come back; once."""
    return_delay: Delay
    """From the all-clear, or from leaving the line, to the return, minutes."""
