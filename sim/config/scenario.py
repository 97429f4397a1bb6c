"""A scenario: everything one simulated polling day needs to know, frozen."""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

from pydantic import Field, model_validator

from sim.config.disturbance import DisturbanceSettings
from sim.config.evacuation import EvacuationSettings
from sim.config.fields import Clock, Name, NonNegative, Settings, Size
from sim.config.region import RegionSettings
from sim.config.response import ResponseSettings
from sim.config.run import RunSettings
from sim.config.strategy import StrategySettings
from sim.config.trouble import ScriptedOutOfUse, ScriptedTrouble
from sim.config.voting import VotingSettings
from sim.config.weather import WeatherSettings
from sim.errors import nearest


class ScriptedIncident(Settings):
    """A disturbance that happens on every simulated day."""

    kind: Name
    """Name of a kind in ``disturbance.kinds``."""
    onset: Clock
    place: Name
    """A station, village, district or base, by code or by name; ``kecamatan 3`` is the third district."""
    starters: Size | None = None
    """Active people at the start, instead of the kind's own number."""
    followers: NonNegative | None = None
    """Expected followers, instead of ``disturbance.spread.followers``."""


class Closure(Settings):
    """A road that is closed for a time."""

    between: tuple[Name, Name]
    """The two neighbouring places of a road, by code or by name."""
    closed_at: Clock
    reopened_at: Clock | None = None
    """Null: it stays closed."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.reopened_at is not None and self.reopened_at <= self.closed_at:
            raise ValueError("reopened_at must come after closed_at")
        return self


class Scenario(Settings):
    """One polling day under one or more strategies."""

    name: Name
    title: Name
    description: str = ""
    incidents: tuple[ScriptedIncident, ...]
    closures: tuple[Closure, ...]
    troubles: tuple[ScriptedTrouble, ...]
    region: RegionSettings
    voting: VotingSettings
    disturbance: DisturbanceSettings
    response: ResponseSettings
    evacuation: EvacuationSettings
    weather: WeatherSettings
    run: RunSettings
    strategies: tuple[StrategySettings, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _known_names(self) -> Self:
        kinds, vehicles = self.disturbance.kinds, self.response.vehicles
        for i, incident in enumerate(self.incidents):
            _known(f"incidents[{i}].kind", incident.kind, kinds)
            if incident.onset >= self.voting.day_end:
                raise ValueError(f"incidents[{i}].onset: the day ends before it, at voting.day_end")
        for i, trouble in enumerate(self.troubles):
            if isinstance(trouble, ScriptedOutOfUse):
                self.voting.check_out_of_use(f"troubles[{i}]", trouble, "voting.stages")
        for i, attached in enumerate(self.response.attached):
            _known(f"response.attached[{i}].vehicle", attached.vehicle, vehicles)
        for setting in ("sector_patrol_vehicle", "guard_vehicle", "unescorted_vehicle"):
            _known(f"response.{setting}", getattr(self.response, setting), vehicles)
        for i, ambulances in enumerate(self.evacuation.care.ambulances):
            _known(f"evacuation.care.ambulances[{i}].vehicle", ambulances.vehicle, vehicles)
        for strategy in self.strategies:
            for vehicle in [p.vehicle for p in strategy.patrols] + [r.vehicle for r in strategy.reserves]:
                _known(f"strategy '{strategy.name}': vehicle", vehicle, vehicles)
        return self

    def strategy(self, name: str) -> StrategySettings:
        """Return the strategy of this name.

        Raises:
            KeyError: When the scenario does not play it.
        """
        for strategy in self.strategies:
            if strategy.name == name:
                return strategy
        raise KeyError(name)


def _known(setting: str, value: str, names: Collection[str]) -> None:
    if value not in names:
        raise ValueError(f"{setting}: unknown '{value}'; {nearest(value, names)}")
