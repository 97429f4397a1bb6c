"""Settings of the voters and of the polling station."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.config.distribution import Duration, Lapse, People
from sim.config.fields import (
    MOST_ITEMS,
    Clock,
    Name,
    NonNegative,
    Positive,
    Settings,
    Share,
    Spread,
    Switch,
    Whole,
    check_order,
    clock_in_words,
)
from sim.config.refusal import SettingError, SettingPath, dotted, path_of
from sim.config.trouble import OutOfUse, ScriptedOutOfUse, ScriptedPutOff, Trouble
from sim.config.voters import (
    Absence,
    ArrivalInterval,
    LateVoters,
    Priority,
    SpecialStations,
    check_profile,
)
from sim.errors import nearest
from sim.words.language import gettext as _

MOST_SERVERS = 10_000
"""More than anybody has at one stage; a station remembers of each when it is free, and for every voter looks through
them."""
MOST_STAGES = 20
"""Stages of a station; every voter has a time and a service at each, in memory."""


class Stage(Settings):
    """One step of the way through a station: a line served by a number of officers, tables or booths."""

    name: Name
    """How it is called in reports, and by `troubles`."""
    servers: Annotated[Whole, Field(ge=1, le=MOST_SERVERS)]
    """Officers, tables or booths that serve at one time."""
    service: Duration
    """How long one voter is served."""
    priority: Switch = True
    """Whether elderly, disabled and pregnant voters go first here; nobody's service is broken off for them."""
    priority_factor: Positive = 1.0
    """How much longer than others they take here."""


class Counting(Settings):
    """Counting of the ballots after the last voter."""

    minutes_per_voter: NonNegative
    """Counting time for each vote cast (all its ballots), minutes."""
    setup_minutes: NonNegative
    """From the last voter to the first ballot counted, minutes."""
    cv: Spread
    """Spread of counting time between stations."""
    spectators: NonNegative
    """People who watch the count."""


class Ballots(Settings):
    """How many sets of ballots a station is given."""

    per_registered: NonNegative
    """For each voter on the roll; 1.025 is the roll and a reserve of 2.5 %."""


class Extension(Settings):
    """Whether a station that stood still during voting closes later by as long as it did."""

    after_interruption: Switch
    """Whether it does; else it closes at the hour."""
    most_minutes: NonNegative
    """At most this much later."""


class VotingSettings(Settings):
    """The voters and their stations."""

    open: Clock
    """When stations open."""
    close: Clock
    """Who is in line at this time still votes."""
    day_end: Clock
    """When the simulated day stops; nothing should still be going on."""
    engine: Literal["compiled", "reference"]
    """What plays the stations: compiled, or plain SimPy with a process for every voter (hundreds of times slower)."""
    turnout_share: Share
    """Share of registered voters who come, region-wide."""
    turnout_by_district: Switch
    """Whether districts differ as their table says (``valid_vote_share_2024``), around that share."""
    turnout_spread: Share
    """Standard deviation of that share between stations."""
    turnout_count: Literal["binomial", "poisson"]
    """How many come, given the share: each registered voter for himself (binomial), or as many as come from a large
    crowd with the same mean (Poisson), which may be more than are registered; of late voters alike."""
    arrivals: Annotated[tuple[ArrivalInterval, ...], Field(min_length=1, max_length=MOST_ITEMS)]
    """When voters come: pieces of the day, each with a share of them."""
    moved_in: LateVoters
    """Voters who are registered at another station."""
    identity_card: LateVoters
    """Voters who are on no roll and show an identity card."""
    special: SpecialStations
    priority: Priority
    stages: Annotated[tuple[Stage, ...], Field(min_length=1, max_length=MOST_STAGES)]
    """The way through a station: one line and one service after the other."""
    ballots: Ballots
    balking: People | None
    """How long an entrance line may be before somebody who comes goes away at once, unless he is served at once; null:
    none is too long."""
    patience: Lapse | None
    """How long a voter waits in the entrance line before he leaves; null: for ever."""
    guard_deterrence: Share
    """Share of voters whom each officer at the station deters (visible force), zero allowed."""
    absence: Absence
    restart_minutes: NonNegative
    """From the all-clear to the first voter served again, minutes."""
    extension: Extension
    trouble: Trouble
    counting: Counting

    @model_validator(mode="after")
    def _possible_day(self) -> Self:
        check_order("open", self.open, "close", self.close)
        check_order("close", self.close, "day_end", self.day_end)
        check_profile("arrivals", self.arrivals, self.close)
        check_profile("special.arrivals", self.special.arrivals, self.close)
        for name, group in (("moved_in", self.moved_in), ("identity_card", self.identity_card)):
            check_order(f"{name}.from_time", group.from_time, "close", self.close)
        names = [stage.name for stage in self.stages]
        if len(set(names)) < len(names):
            raise SettingError("stages", _("two have the same name, '{name}'").format(name=max(names, key=names.count)))
        if self.trouble.out_of_use.share > 0:
            self.check_out_of_use("trouble.out_of_use", self.trouble.out_of_use)
        return self

    def check_out_of_use(
        self, setting: SettingPath | str, trouble: OutOfUse | ScriptedOutOfUse, stages: SettingPath | str = "stages"
    ) -> None:
        """Refuse servers out of use that are not there; both settings are named as seen by who asks.

        Raises:
            SettingError: When no stage has the name, or the stage has fewer servers.
        """
        setting, stages = path_of(setting), path_of(stages)
        stage = self.stage_number((*setting, "stage"), trouble.stage, stages)
        name, there, servers = self.stages[stage].name, self.stages[stage].servers, (*stages, stage, "servers")
        if trouble.servers > there:
            raise SettingError(
                (*setting, "servers"),
                _("{servers} cannot be out of use, as '{name}' has {there} in all ({setting})").format(
                    servers=trouble.servers, name=name, there=there, setting=dotted(servers)
                ),
                also=[servers],
            )

    def check_put_off(self, setting: SettingPath | str, trouble: ScriptedPutOff) -> None:
        """Refuse voting that is stopped when there is none; the setting is named as seen by who asks.

        Raises:
            SettingError: When it is stopped before the hour of opening, or after that of closing.
        """
        if trouble.stopped_at is not None and not self.open <= trouble.stopped_at <= self.close:
            raise SettingError(
                (*path_of(setting), "stopped_at"),
                _("voting is from {open} to {close} (voting.open, voting.close)").format(
                    open=clock_in_words(self.open), close=clock_in_words(self.close)
                ),
                also=[("voting", "open"), ("voting", "close")],
            )

    def stage_number(self, setting: SettingPath | str, name: str | None, stages: SettingPath | str = "stages") -> int:
        """Return which stage has this name, from 0; without a name the one with most servers, the first of several.

        Args:
            setting: The setting that gives the name, as seen by who asks.
            name: Name of a stage, or None.
            stages: The setting of the stages, as seen by who asks.

        Raises:
            SettingError: When none has the name.
        """
        if name is None:
            servers = [stage.servers for stage in self.stages]
            return servers.index(max(servers))
        names = [stage.name for stage in self.stages]
        if name not in names:
            raise SettingError(
                setting,
                _("no '{name}' is among the stages; {hint}").format(name=name, hint=nearest(name, names)),
                also=[stages],
            )
        return names.index(name)

    @property
    def deters_nobody(self) -> bool:
        """Whether guards leave the voters alone."""
        return self.guard_deterrence == 0

    @property
    def mean_minutes(self) -> tuple[float, ...]:
        """Mean service time of each stage, minutes."""
        return tuple(stage.service.mean for stage in self.stages)
