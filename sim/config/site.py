"""Settings of leaving a site: when people start and how they walk, and what a crowd does to an exit."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.distribution import Delay
from sim.config.fields import MOST_ITEMS, Factor, Name, NonNegative, Number, PlainName, Positive, Settings, Share, Whole
from sim.config.layouts import Layout, layout_names, load_layout
from sim.config.packaged import CONF
from sim.config.refusal import Refusals, SettingError, SettingPath
from sim.config.source import read_yaml
from sim.errors import nearest, shortened
from sim.words.language import gettext as _

Longer = Annotated[Number, Field(ge=1, le=100)]
"""A factor of at least 1."""


class Movement(Settings):
    """When people start to walk after the order, and how fast they are against the model's free speed."""

    pre_movement: Delay
    """From the order to walking; lognormal. It is not drawn: people start at its quantiles, evenly spread."""
    slow_share: Share
    """Share of voters and spectators who walk slowly."""
    slow_speed_factor: Factor
    """Their speed as a share of the model's free speed."""
    slow_delay_factor: Longer
    """Their pre-movement time is this much longer."""
    assisted_share: Share
    """Share of voters and spectators who leave with help only."""
    assisted_speed_factor: Factor
    """Of them and of whoever helps them."""
    assisted_delay_factor: Longer
    """Their pre-movement time is this much longer."""
    helpers_each: Annotated[Whole, Field(ge=0, le=8)]
    """Helpers that one of them takes; those left without any wait until the first helpers are back."""
    shut_below_share: Share
    """An exit that is open less than this counts as shut to who chooses an exit; 0: only one that is shut."""

    @model_validator(mode="after")
    def _shares(self) -> Self:
        if self.slow_share + self.assisted_share > 1:
            raise SettingError(
                "slow_share", _("slow_share and assisted_share are at most 1 together"), ["assisted_share"], named=True
            )
        return self


class Hindrance(Settings):
    """What a crowd before an exit does to it, and officers to the crowd."""

    half_shut_by: Positive
    """People before it who leave half of it open."""
    held_per_officer: NonNegative
    """People whom one officer keeps away from it."""
    least_open_share: Share
    """What stays open whatever the crowd."""


class Decision(Settings):
    """How long it takes until a station that has become dangerous is ordered to be left."""

    chair: Delay
    """From the danger to the order, when the chair of the station decides, minutes."""
    first_officer: Delay
    """The same, from the arrival of the first officers."""
    posko: Delay
    """The same, from the moment the operations centre has handled the news that it is so bad."""
    no_signal: Delay
    """How much longer the centre's order takes where no telephone works and no officer with a radio stands."""
    patience_minutes: NonNegative
    """Where whoever is in charge has not ordered it by then, the chair does; where people wait for an escort, they go
    without."""


class PlaceLayout(Settings):
    """The layout of one place, or of all stations of an area."""

    place: Name
    """A station, a village or district (all its stations), or an office."""
    layout: PlainName
    """Its layout: a packaged one, or one of ``layouts``."""


class Office(Settings):
    """What is at an office that must be left."""

    layout: PlainName
    """The layout of the offices: a packaged one, or one of ``layouts``."""
    staff: Annotated[Whole, Field(ge=0, le=10_000)]
    """People who work there on polling day."""


class Sites(Settings):
    """Leaving a station or an office."""

    layout: PlainName
    """The layout of the stations: a packaged one, or one of ``layouts``."""
    places: Annotated[tuple[PlaceLayout, ...], Field(max_length=MOST_ITEMS)] = ()
    """Places with another layout; of several that mean the same station the last counts."""
    office: Office
    layouts: Annotated[dict[PlainName, Layout], Field(max_length=MOST_ITEMS)] = Field(default_factory=dict)
    """Layouts of one's own, by name."""
    crew: Annotated[Whole, Field(ge=0, le=100)]
    """Who runs a station, and leaves with the voters."""
    decision: Decision
    movement: Movement
    hindrance: Hindrance
    step_minutes: Annotated[Number, Field(ge=0.1, le=10)]
    """How often it is looked at what the crowd outside leaves of an exit."""

    @model_validator(mode="after")
    def _known_layout(self) -> Self:
        known, found = [*self.layouts, *layout_names()], Refusals()
        named: list[tuple[SettingPath, str]] = [(("layout",), self.layout), (("office", "layout"), self.office.layout)]
        named += [(("places", i, "layout"), place.layout) for i, place in enumerate(self.places)]
        for setting, name in named:
            with found.noted():
                if name not in known:
                    raise SettingError(
                        setting,
                        _("unknown layout '{name}'; {hint}").format(name=shortened(name), hint=nearest(name, known)),
                    )
        found.refuse()
        return self

    def of_name(self, name: str) -> Layout:
        """Return the layout of a name that one of these settings gives."""
        return self.layouts[name] if name in self.layouts else load_layout(name)


@lru_cache
def packaged_site() -> Sites:
    """Return the packaged settings, each with its source in ``conf/evacuation/default.yaml``."""
    return Sites.model_validate(read_yaml(CONF / "evacuation" / "default.yaml")["site"])
