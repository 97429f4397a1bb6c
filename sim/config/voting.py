"""Settings of the voters and of the polling station."""

from __future__ import annotations

import itertools
from typing import Self

from pydantic import Field, model_validator

from sim.config.distribution import Delay, Duration
from sim.config.fields import Clock, Name, NonNegative, Settings, Share, Size


class ArrivalInterval(Settings):
    """A piece of the arrival profile: this share of the day's voters comes evenly between two times."""

    from_time: Clock
    to_time: Clock
    share: NonNegative

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.to_time <= self.from_time:
            raise ValueError("to_time must come after from_time")
        return self


class Stage(Settings):
    """One step of the way through a station: a line served by a number of officers, tables or booths."""

    name: Name
    servers: Size
    service: Duration


class Counting(Settings):
    """Counting of the ballots after the last voter."""

    minutes_per_voter: NonNegative
    """Counting time for each vote cast (all its ballots), minutes."""
    setup_minutes: NonNegative
    """From the last voter to the first ballot counted, minutes."""
    cv: NonNegative
    """Spread of counting time between stations."""
    spectators: NonNegative
    """People who watch the count."""


class Absence(Settings):
    """What becomes of voters who stayed away or were sent away because of a disturbance."""

    deterred_return_share: Share
    """Share of voters who stayed away from a disturbance and come later."""
    evacuated_return_share: Share
    """Share of voters who were evacuated and come back."""
    return_delay: Delay
    """From the all-clear to the return, minutes."""


class VotingSettings(Settings):
    """The voters and their stations."""

    open: Clock
    close: Clock
    """Who is in line at this time still votes."""
    day_end: Clock
    """When the simulated day stops; nothing should still be going on."""
    turnout_share: Share
    """Share of registered voters who come, region-wide."""
    turnout_spread: Share
    """Standard deviation of that share between stations."""
    arrivals: tuple[ArrivalInterval, ...] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(min_length=1)
    patience: Delay | None
    """How long a voter waits in the entrance line before he leaves; null: for ever."""
    guard_deterrence: Share
    """Share of voters whom each officer at the station deters (visible force), zero allowed."""
    absence: Absence
    restart_minutes: NonNegative
    """From the all-clear to the first voter served again, minutes."""
    counting: Counting

    @model_validator(mode="after")
    def _possible_day(self) -> Self:
        if self.close <= self.open:
            raise ValueError("close must come after open")
        if self.day_end <= self.close:
            raise ValueError("day_end must come after close")
        if sum(piece.share for piece in self.arrivals) <= 0:
            raise ValueError("arrivals: the shares add up to zero, nobody would come")
        ordered = sorted(self.arrivals, key=lambda piece: piece.from_time)
        if any(b.from_time < a.to_time for a, b in itertools.pairwise(ordered)):
            raise ValueError("arrivals: two intervals overlap")
        if ordered[-1].to_time > self.close:
            raise ValueError("arrivals: an interval ends after close; nobody is admitted then")
        return self

    @property
    def deters_nobody(self) -> bool:
        """Whether guards leave the voters alone."""
        return self.guard_deterrence == 0

    @property
    def mean_minutes(self) -> tuple[float, ...]:
        """Mean service time of each stage, minutes."""
        return tuple(stage.service.mean_minutes for stage in self.stages)
