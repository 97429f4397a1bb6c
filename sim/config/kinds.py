"""A kind of disturbance: where it can happen, how it lives, what each severity asks for and does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.courses import CrowdCourse, FixedCourse, Severities, Stage
from sim.config.distribution import Delay
from sim.config.effects import WHERE_BOXES_ARE, Effect, check_effects
from sim.config.fields import NonNegative, PlainName, Settings, Share, Switch, Title, Titled
from sim.config.refusal import Refusals, SettingError
from sim.config.slow import GrowingCourse, SlowCourse
from sim.config.traces import Trace, traces_of
from sim.config.two_sided import TwoSidedCourse
from sim.strength import Strength
from sim.vocabulary import PlaceKind, Severity
from sim.words.language import gettext as _

Course = Annotated[
    CrowdCourse | TwoSidedCourse | FixedCourse | SlowCourse | GrowingCourse, Field(discriminator="course")
]
"""How a disturbance lives."""
WEIGHTS = {
    "background_weight": PlaceKind.STATION,
    "office_weight": PlaceKind.BASE,
    "road_weight": PlaceKind.ROAD,
    "area_weight": PlaceKind.AREA,
}
"""Where what has each of these weights starts by itself."""


class Telling(Settings):
    """How the people who live through a disturbance tell of it. Officers who are there report it whatever it is."""

    share: Share
    """Share of these disturbances that anybody tells of; the others the operations centre never knows, unless officers
    come by."""
    hesitation: Delay
    """How much longer than with other disturbances it takes until somebody tells, minutes."""
    judged_right: Switch = False
    """Whether they know how bad it is, as an authority does that measures it; else a report may be wrong
    (``response.reporting.too_mild``, ``too_bad``)."""


class Kind(Titled):
    """A kind of disturbance: one YAML file of ``conf/kinds/`` or of ``kinds/`` in a user's own folder."""

    title: Title
    """How it is called in reports and warnings."""
    places: Annotated[tuple[PlaceKind, ...], Field(min_length=1, max_length=len(PlaceKind))]
    """Where it can happen."""
    course: Course
    """How it lives."""
    severities: Severities
    """What each severity that it can reach asks for and does."""
    background_weight: NonNegative
    """How often this kind is the one that starts by itself at a station, against the other kinds."""
    boxes_weight: NonNegative = 0.0
    """The same for what starts at ballot boxes that wait or are on their way (``disturbance.background.boxes_factor``):
    at the station, in a village, or on a road."""
    office_weight: NonNegative = 0.0
    """The same for what starts at an office (``disturbance.background.rate_per_office_hour``)."""
    road_weight: NonNegative = 0.0
    """The same for what starts on a road (``rate_per_road_hour``)."""
    area_weight: NonNegative = 0.0
    """The same for what starts in a village (``rate_per_village_hour``)."""
    prone_to: PlainName | None = None
    """The natural hazard that it is: on roads and in villages it starts by itself at those alone that the region's
    tables call prone to it (their column ``prone_to``), as often in all. Where they call none so: at any of them. null:
    at any. What a scenario scripts may be anywhere."""
    telling: Telling | None = None
    """How the people there tell of it; null: as ``response.reporting`` says, all of them and at once."""

    @model_validator(mode="after")
    def _possible(self) -> Self:
        found = Refusals()
        for check in (self._check_places, self._check_course, self._check_weights):
            with found.noted():
                check()
        for severity, stage in self.severities.items():
            with found.noted():
                check_effects(("severities", severity.word, "effects"), stage.effects, self.places)
        found.refuse()
        return self

    def _check_places(self) -> None:
        repeated = [place for i, place in enumerate(self.places) if place in self.places[:i]]
        if repeated:
            raise SettingError("places", _("'{name}' is named twice").format(name=repeated[0]))

    def _check_course(self) -> None:
        self.course.check(self.severities)
        if isinstance(self.course, GrowingCourse) and self.places != (PlaceKind.AREA,):
            raise SettingError("places", _("a growing area is at an area, and nowhere else"), also=["course.course"])

    def _check_weights(self) -> None:
        for name, place in WEIGHTS.items():
            if getattr(self, name) and place not in self.places:
                message = _(
                    "it counts at places of kind '{place}', which is not among the places, so 0 is needed"
                ).format(place=place)
                raise SettingError(name, message, also=["places"])
        if self.boxes_weight and (missing := [place.value for place in WHERE_BOXES_ARE if place not in self.places]):
            message = _(
                "boxes are at stations, in villages and on roads, and '{place}' is not among the places"
            ).format(place=missing[0])
            raise SettingError("boxes_weight", message, also=["places"])
        if self.prone_to is not None and not {PlaceKind.ROAD, PlaceKind.AREA} & {*self.places}:
            raise SettingError(
                "prone_to", _("roads and villages are prone to it, and neither is among the places"), also=["places"]
            )

    def stage(self, severity: Severity) -> Stage:
        """Return what a severity asks for and does.

        Raises:
            KeyError: For a severity that this kind does not reach.
        """
        return self._stages[severity]

    @cached_property
    def _stages(self) -> dict[Severity, Stage]:
        return dict(self.severities.items())

    @cached_property
    def needs(self) -> Mapping[Severity, Strength]:
        """The whole force that each severity asks for, of those that this kind reaches."""
        return {severity: stage.needs.strength for severity, stage in self._stages.items()}

    def effects(self, severity: Severity) -> tuple[Effect, ...]:
        """Return what happens at a severity that this kind reaches."""
        return self.stage(severity).effects

    @property
    def traces(self) -> tuple[Trace, ...]:
        """What it leaves behind when it is over: it follows from its course, its effects and how it is told of."""
        told = 1.0 if self.telling is None else self.telling.share
        return traces_of(self.course, self.severities, self.places, told)

    @property
    def gathers(self) -> bool:
        """Whether it has a crowd, which people at the place may join."""
        return isinstance(self.course, CrowdCourse)

    @property
    def spreads(self) -> bool:
        """Whether it can have followers: it has a crowd, and can happen at a station."""
        return self.course.spreads and PlaceKind.STATION in self.places
