"""A scenario: everything one simulated polling day needs to know, frozen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, Any, Self

from pydantic import Field, PrivateAttr, ValidationInfo, model_validator

from sim.config.conditions import MOST_CONDITIONS, Condition, Then, When, check_conditions, check_starters
from sim.config.courses import CrowdCourse, FixedCourse
from sim.config.disturbance import DisturbanceSettings
from sim.config.evacuation import EvacuationSettings
from sim.config.fields import (
    MOST_ITEMS,
    Clock,
    Description,
    Factor,
    ForATime,
    Name,
    PlainName,
    Settings,
    Title,
)
from sim.config.kinds import Kind
from sim.config.numbers import Numbered, numbers_in
from sim.config.origin import PACKAGED_ONLY, Origin
from sim.config.refusal import Refusals, SettingError, SettingPath
from sim.config.region import RegionSettings
from sim.config.response import ResponseSettings
from sim.config.run import RunSettings
from sim.config.script import ScriptedIncident
from sim.config.slow import GrowingCourse, SlowCourse
from sim.config.strategy import PatrolTable, ReserveTable, StrategySettings
from sim.config.together import check_together
from sim.config.told import heading, not_there, spoken_of, told
from sim.config.trouble import SCRIPTED_TROUBLES, ScriptedOutOfUse, ScriptedPutOff, ScriptedTrouble
from sim.config.two_sided import TwoSidedCourse
from sim.config.voting import VotingSettings
from sim.config.weather import WeatherSettings
from sim.errors import nearest, nearest_of
from sim.vocabulary import Capability
from sim.words import lists as words
from sim.words.language import gettext as _

MOST_STRATEGIES = 50
"""Strategies of one run; a comparison of more cannot be read, and each is composed, deployed and played."""


MOST_OBJECTIVES = 20
"""Objectives of one exercise; a room keeps three to five in mind."""


class Closure(Settings):
    """A road that is closed for a time."""

    between: tuple[Name, Name]
    """The two neighbouring places of a road, by code or by name."""
    closed_at: Clock
    """When it is closed."""
    reopened_at: Clock | None = None
    """Null: it stays closed."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.reopened_at is not None and self.reopened_at <= self.closed_at:
            raise SettingError(
                "reopened_at", _("reopened_at must come after closed_at"), also=["closed_at"], named=True
            )
        return self


class SlowStretch(ForATime):
    """A road that is slow for a time: a market on it, water on it, a convoy."""

    between: tuple[Name, Name]
    """The two neighbouring places of a road, by code or by name."""
    factor: Factor
    """Its speed as a share of the speed it has otherwise."""


SPOKEN_NAMES = frozenset(
    name
    for part in (
        *(ScriptedIncident, Condition, When, Then, Closure, SlowStretch, *SCRIPTED_TROUBLES),
        *(Kind, CrowdCourse, TwoSidedCourse, FixedCourse, SlowCourse, GrowingCourse),
    )
    for name in part.model_fields
)
"""What the parts of a scenario that its texts may name are made of."""


class Scenario(Numbered):
    """One polling day under one or more strategies."""

    name: PlainName
    """Name of its file; the file itself does not say it."""
    title: Title
    """How it is called in reports."""
    description: Description = ""
    """What happens. It, the title and the objectives may name times, places and sizes by their settings, as in
    ``{incidents[0].onset}``, ``{conditions[0].then.place}`` and ``{kinds.flood.course.most_km}``, so that they stay
    true when these are changed."""
    sources: Description = ""
    """Where the story comes from, or that it is made up."""
    objectives: Annotated[tuple[Title, ...], Field(max_length=MOST_OBJECTIVES)] = ()
    """What an exercise on this scenario is to show."""
    incidents: Annotated[tuple[ScriptedIncident, ...], Field(max_length=MOST_ITEMS)]
    """Disturbances that happen on every simulated day."""
    closures: Annotated[tuple[Closure, ...], Field(max_length=MOST_ITEMS)]
    """Roads that are closed for a time."""
    slow_stretches: Annotated[tuple[SlowStretch, ...], Field(max_length=MOST_ITEMS)]
    """Roads that are slow for a time."""
    conditions: Annotated[tuple[Condition, ...], Field(max_length=MOST_CONDITIONS)] = ()
    """What may start because something else has happened."""
    troubles: Annotated[tuple[ScriptedTrouble, ...], Field(max_length=MOST_ITEMS)]
    """Ordinary trouble at stations, every day."""
    region: RegionSettings
    """The place: its tables, its forces, how fast its roads are."""
    voting: VotingSettings
    disturbance: DisturbanceSettings
    kinds: Annotated[dict[Name, Kind], Field(min_length=1, max_length=100)]
    """The kinds of disturbance, by name; a hundred are more than a legend can tell apart."""
    response: ResponseSettings
    evacuation: EvacuationSettings
    weather: WeatherSettings
    run: RunSettings
    strategies: Annotated[tuple[StrategySettings, ...], Field(min_length=1, max_length=MOST_STRATEGIES)]
    """The plans that are compared on the same days, by name; differences are taken from the first."""
    _remarks: tuple[str, ...] = PrivateAttr(default=())
    _origin: Origin = PrivateAttr(default=PACKAGED_ONLY)

    @model_validator(mode="after")
    def _counted(self, info: ValidationInfo) -> Self:
        numbers = numbers_in(info.context)
        for i, strategy in enumerate(self.strategies):
            strategy.count_by(numbers.inside(("strategies", i)))
        return self.count_by(numbers)

    @model_validator(mode="after")
    def _known_names(self) -> Self:
        found = Refusals()
        for i, incident in enumerate(self.incidents):
            with found.noted():
                self._possible(("incidents", i), incident)
        with found.noted():
            check_conditions(self.conditions, self.kinds, lambda i: self.item("conditions", i))
        for i, trouble in enumerate(self.troubles):
            with found.noted():
                if isinstance(trouble, ScriptedOutOfUse):
                    self.voting.check_out_of_use(("troubles", i), trouble, "voting.stages")
                elif isinstance(trouble, ScriptedPutOff):
                    self.voting.check_put_off(("troubles", i), trouble)
        for setting, vehicle in self._vehicles():
            with found.noted():
                _known(setting, vehicle, self.response.vehicles)
        found.refuse()
        return self

    @model_validator(mode="after")
    def _told(self) -> Self:
        """Refuse texts that name settings which are none. The texts are kept as they were written."""
        settings, known = self._spoken_of, self._speakable
        heading(self.title, settings, "title", known)
        told(self.description, settings, "description", known)
        for text in self.objectives:
            heading(text, settings, "objectives", known)
        return self

    @property
    def said_title(self) -> str:
        """The title as a reader sees it: in his language, with the values of the settings that it names."""
        return heading(_(self.title), self._spoken_of, "title", self._speakable)

    @property
    def said_description(self) -> str:
        """The description, likewise; sentences about what is not there are left out."""
        return told(_(self.description), self._spoken_of, "description", self._speakable)

    @property
    def said_objectives(self) -> tuple[str, ...]:
        """The objectives, likewise."""
        settings, known = self._spoken_of, self._speakable
        return tuple(heading(_(text), settings, "objectives", known) for text in self.objectives)

    @property
    def unsaid(self) -> tuple[tuple[str, str], ...]:
        """Which text names which setting that is not there; each of both once."""
        texts = [
            ("title", self.title),
            ("description", self.description),
            *(("objectives", o) for o in self.objectives),
        ]
        settings, known = self._spoken_of, self._speakable
        return tuple(
            dict.fromkeys((name, mark) for name, text in texts for mark in not_there(text, settings, name, known))
        )

    @property
    def said_sources(self) -> str:
        """Where it is from, in the reader's language."""
        return _(self.sources)

    @property
    def titles(self) -> dict[str, str]:
        """The strategies' titles by name, as a reader sees them."""
        return {strategy.name: strategy.said_title for strategy in self.strategies}

    @property
    def _spoken_of(self) -> dict[str, Any]:
        """The settings that its texts name, as they are written: times as ``09:40``."""
        return self.model_dump(mode="json", include=spoken_of((self.title, self.description, *self.objectives)))

    @property
    def _speakable(self) -> frozenset[str]:
        """Names that a text may use for parts of these settings."""
        return SPOKEN_NAMES.union(self.kinds)

    def _vehicles(self) -> Iterator[tuple[SettingPath, str]]:
        """Give every setting that names a vehicle, and the name."""
        response = self.response
        for i, attached in enumerate(response.attached):
            yield ("response", "attached", i, "vehicle"), attached.vehicle
        for setting in ("sector_patrol_vehicle", "guard_vehicle"):
            yield ("response", setting), getattr(response, setting)
        yield ("response", "escort", "vehicle"), response.escort.vehicle
        for i, ambulances in enumerate(self.evacuation.care.ambulances):
            yield ("evacuation", "care", "ambulances", i, "vehicle"), ambulances.vehicle
        for s, strategy in enumerate(self.strategies):
            for i, patrols in enumerate(strategy.patrols):
                if not isinstance(patrols, PatrolTable):
                    yield ("strategies", s, "patrols", i, "vehicle"), patrols.vehicle
            for i, reserve in enumerate(strategy.reserves):
                if isinstance(reserve, ReserveTable):
                    continue  # its rows are held against the vehicles when it is read
                yield ("strategies", s, "reserves", i, "vehicle"), reserve.vehicle

    @model_validator(mode="after")
    def _in_memory(self) -> Self:
        check_together(self)
        return self

    def _possible(self, path: SettingPath, incident: ScriptedIncident) -> None:
        """Refuse an incident of no kind, after the day, or with numbers that its kind makes nothing of."""
        found = Refusals()
        with found.noted():
            if incident.onset.latest >= self.voting.day_end:
                message = _("the day ends before it, at voting.day_end")
                raise SettingError((*path, "onset"), message, also=["voting.day_end"])
        with found.noted():
            _known((*path, "kind"), incident.kind, self.kinds, words.ALL_KINDS)
        kind = self.kinds.get(incident.kind)
        if kind is None:
            found.refuse()
            return
        with found.noted():
            check_starters(path, incident.kind, kind, incident.starters)
        with found.noted():
            if incident.followers and not kind.spreads:
                message = _("'{kind}' has none; only crowds at stations have followers").format(kind=incident.kind)
                raise SettingError((*path, "followers"), message, also=[(*path, "kind")])
        found.refuse()

    @property
    def medical_vehicles(self) -> tuple[str, ...]:
        """Names of the vehicles that carry the injured."""
        response = self.response
        attached = [a.vehicle for a in response.attached if Capability.MEDICAL in getattr(response.abilities, a.agency)]
        return tuple(sorted({*attached, *(a.vehicle for a in self.evacuation.care.ambulances)}))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is odd about the files that it was composed of, though not wrong; no part of the settings."""
        return self._remarks

    def remarked(self, remarks: Sequence[str], plans: Sequence[str] = ()) -> Self:
        """Note what is odd about the files that it was composed of, and return it.

        Args:
            remarks: A sentence each.
            plans: Names of the plans to evacuate an area in the user's folder: what a wrong name could have meant.
        """
        self._remarks = tuple(remarks)
        self.evacuation.note_beside(plans)
        return self

    @property
    def origin(self) -> Origin:
        """What of it was packaged, and what the user's own; no part of the settings."""
        return self._origin

    def come_from(self, origin: Origin) -> Self:
        """Note what of it was packaged, and return it."""
        self._origin = origin
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


def _known(setting: SettingPath, value: str, names: Collection[str], every: str = "") -> None:
    if value not in names:
        hint = nearest_of(value, names, every) if every else nearest(value, names)
        raise SettingError(setting, _("unknown '{value}'; {hint}").format(value=value, hint=hint))
