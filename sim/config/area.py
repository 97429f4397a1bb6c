"""Settings of the evacuation of an area: who leaves, how they hear of it, what carries them, and where to."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.distribution import Delay
from sim.config.fields import (
    MOST_ITEMS,
    MOST_TEAMS,
    Description,
    Name,
    NonNegative,
    Number,
    Positive,
    Settings,
    Share,
    Size,
    Switch,
    Title,
    Titled,
    Whole,
)
from sim.config.refusal import Refusals, SettingError
from sim.words.language import gettext as _

MOST_SHELTERS = 100
"""Shelters of one plan; each has a table of ways to it."""
Names = Annotated[tuple[Name, ...], Field(max_length=MOST_ITEMS)]
FlowPerHour = Annotated[Number, Field(gt=0, le=100_000)]
"""Passenger-car units an hour and direction; no road has a hundred thousand."""


class Area(Settings):
    """Which villages are evacuated: those within a radius, those that are named, or both."""

    around: Name | None = None
    """The village or place at whose middle the danger is; distances for the order of villages are from here."""
    radius_km: NonNegative = 0.0
    """Villages whose middle is within this distance by air of ``around`` belong to the area."""
    villages: Names = ()
    """Villages that belong to it whatever their distance; a district stands for all its villages."""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.around is None and self.radius_km:
            raise SettingError("around", _("radius_km needs the place that it is counted from"), also=["radius_km"])
        if self.around is None and not self.villages:
            raise SettingError(
                "villages", _("an area needs villages, or a place around which it lies"), also=["around"]
            )
        return self


class People(Settings):
    """Who lives in the area."""

    residents_per_voter: Annotated[Number, Field(ge=0, le=100)]
    """People who live in a village, as a multiple of its registered voters."""
    own_transport_share: Share
    """Share of them who leave in a vehicle of their own household."""
    assisted_share: Share
    """Share of them who are ill or disabled: they are met at the assembly point without a walk, and board first."""

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if (together := self.own_transport_share + self.assisted_share) > 1:
            message = _("own_transport_share and assisted_share together must be 1 or less, not {together:g}").format(
                together=together
            )
            raise SettingError("assisted_share", message, also=["own_transport_share"], named=True)
        return self


class OwnVehicle(Settings):
    """One kind of vehicle that households have."""

    vehicle: Name
    """Its speeds: a name of ``response.vehicles``."""
    share: Annotated[Number, Field(gt=0, le=1)]
    """Share of the people with own transport who leave in it; the shares of all kinds add up to 1."""
    people: Annotated[Whole, Field(ge=1, le=100)]
    """People in one."""
    car_units: Positive
    """What one takes of the road, in passenger-car units."""


class Channel(Settings):
    """One broadcast of the order."""

    per_minute: NonNegative
    """Share of those not yet warned whom it reaches in a minute."""
    begins_minutes: NonNegative
    """From the order until it begins."""


class WarningSettings(Settings):
    """How the order reaches people: two broadcasts, and from neighbour to neighbour."""

    mobile: Channel
    """By mobile phone, where there is a signal."""
    patrol: Channel
    """By loudspeakers, mosques and patrols, everywhere."""
    neighbours_per_minute: NonNegative
    """How many others somebody who is warned would tell in a minute if nobody knew yet."""


class Reluctance(Settings):
    """Who does not leave, or leaves late."""

    never: Share
    """Share of parties that stay whatever they hear."""
    late: Share
    """Share of parties that wait before they prepare."""
    late_by: Delay
    """How long they wait, minutes."""

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if (together := self.never + self.late) > 1:
            message = _("never and late together must be 1 or less, not {together:g}").format(together=together)
            raise SettingError("late", message, also=["never"], named=True)
        return self


class Stage(StrEnum):
    """In what order villages get the order to leave."""

    ALL_AT_ONCE = "all_at_once"
    NEAREST_FIRST = "nearest_first"
    """In rings from the danger outwards."""
    LISTED = "listed"


class VillageDelay(Settings):
    """When a village gets the order."""

    village: Name
    """The village."""
    minutes: NonNegative
    """From the first order until its own, minutes."""


class Staging(Settings):
    """When each village gets the order, minutes after the first."""

    order: Stage
    """In what order villages get the order to leave."""
    ring_km: Positive = 2.0
    """Width of a ring, for ``nearest_first``."""
    ring_minutes: NonNegative = 0.0
    """From the order to one ring until that to the next, for ``nearest_first``."""
    delays: Annotated[tuple[VillageDelay, ...], Field(max_length=MOST_ITEMS)] = ()
    """For ``listed``; who is not in the list gets the order at once."""

    @model_validator(mode="after")
    def _used(self) -> Self:
        if self.delays and self.order is not Stage.LISTED:
            raise SettingError(
                "delays",
                _("a list of delays needs order: listed, not {order}").format(order=self.order),
                also=["order"],
            )
        return self


class AssemblyPoint(Settings):
    """Where people of a village wait for a bus, if not in the middle of their own village."""

    village: Name
    """Whose people wait there."""
    at: Name
    """Where they wait: a village, a base or an office, or a place outside."""


class GivenRoute(Settings):
    """Which shelter people of a village with own transport go to first, and by way of which places."""

    village: Name
    """Whose people go there."""
    shelter: Name
    """Where they go first: the ``at`` of a shelter."""
    through: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    """Places on the way, in this order; empty: the quickest way."""


class Shelter(Settings):
    """Where people are safe."""

    at: Name
    """A village, a base or an office, or a place outside."""
    places: Annotated[Whole, Field(ge=0, le=1_000_000)]
    """People it holds."""
    received_per_minute: Positive
    """People who can be registered and let in, a minute."""


class BusRule(StrEnum):
    """Which assembly point a bus goes to."""

    MOST_PER_MINUTE = "most_per_minute"
    """Where it brings most people to safety for each minute of its round."""
    NEAREST_DANGER_FIRST = "nearest_danger_first"
    """The point that got the order first, and among those the one nearest to the danger."""


class Buses(Settings):
    """Vehicles that wait at a base and shuttle."""

    base: Name | None = None
    """A base, an office, a village or a place outside."""
    count: Annotated[Whole, Field(ge=0, le=MOST_TEAMS)]
    """How many vehicles."""
    seats: Size
    """People in one."""
    vehicle: Name
    """Its speeds: a name of ``response.vehicles``."""
    car_units: Positive
    """What one takes of the road, in passenger-car units."""
    ready: Delay
    """From the order until one of them leaves its base, minutes."""
    assisted_only: Switch = False
    """Whether they carry none but the ill and disabled."""


class Shuttle(Settings):
    """How buses are used."""

    rule: BusRule
    """Which assembly point a bus goes to."""
    wait_minutes: NonNegative
    """So long a bus that is not full waits for more people; with nobody aboard it goes elsewhere after it."""
    board_seconds_each: NonNegative
    """Seconds until one person has boarded."""
    alight_seconds_each: NonNegative
    """Seconds until one person has got out."""


class RoadCapacity(Settings):
    """Passenger-car units an hour and direction by road class; null: without limit."""

    town: FlowPerHour | None
    """Car units an hour on streets in town."""
    trunk: FlowPerHour | None
    """Car units an hour on trunk roads."""
    secondary: FlowPerHour | None
    """Car units an hour on secondary roads."""
    hill: FlowPerHour | None
    """Car units an hour on hill roads."""
    local: FlowPerHour | None
    """Car units an hour on local roads."""


class Duty(StrEnum):
    """What officers at a post of the area do."""

    TRAFFIC = "traffic"
    """Direct the vehicles on the roads that lead there."""
    HOUSES = "houses"
    """Guard what people have left behind."""


class Post(Settings):
    """Where officers stand while an area is left."""

    place: Name
    """A village, a base or an office, or a place outside."""
    officers: Annotated[Whole, Field(ge=1, le=1000)]
    """So many it takes; with fewer it is not manned."""
    duty: Duty
    """Whether they wave traffic through or guard the houses that people have left."""


class AreaPlan(Titled):
    """A plan for the evacuation of an area: a file of ``conf/evacuation_plan``, or one's own."""

    title: Title
    """How it is called in reports."""
    description: Description = ""
    """What it is, in a sentence or two."""
    sources: Description = ""
    """Where it comes from, or that it is made up."""
    decided_by: Name
    """Whose order it is; the model keeps the name and asks nothing of it."""
    area: Area
    people: People
    own_vehicles: Annotated[tuple[OwnVehicle, ...], Field(max_length=20)]
    """What those with own transport leave in; the shares add up to 1."""
    warning: WarningSettings
    preparation: Delay
    """From being warned until a party leaves home, minutes."""
    reluctance: Reluctance
    walk: Delay
    """From home to the assembly point inside the village, minutes."""
    walk_km_per_h: Positive
    """Speed on the road to an assembly point in another village."""
    staging: Staging
    assembly_points: Annotated[tuple[AssemblyPoint, ...], Field(max_length=MOST_ITEMS)] = ()
    """Villages whose people wait for a bus somewhere else than in the middle of their own."""
    routes: Annotated[tuple[GivenRoute, ...], Field(max_length=MOST_ITEMS)] = ()
    """Villages whose people with own transport are told where to go, and by which way."""
    road_capacity: RoadCapacity
    shelters: Annotated[tuple[Shelter, ...], Field(min_length=1, max_length=MOST_SHELTERS)]
    """Where people are safe."""
    buses: Annotated[tuple[Buses, ...], Field(max_length=MOST_ITEMS)]
    """What fetches people who have no transport of their own."""
    shuttle: Shuttle
    posts: Annotated[tuple[Post, ...], Field(max_length=MOST_SHELTERS)] = ()
    """Where officers are sent when the area is ordered to leave; they stay until the disturbance is over."""
    traffic_post_factor: Annotated[Number, Field(ge=1, le=5)] = 1.0
    """Where a traffic post is manned, the roads that lead there let out so many times as many vehicles."""
    posts_manned_minutes: NonNegative = 0.0
    """When an evacuation is played alone: from the order until all its posts are manned. On a polling day units of the
    operation are sent there."""
    give_up_minutes: Positive = 2880.0
    """When an evacuation alone is stopped, minutes after the order, whoever is still on his way."""

    @model_validator(mode="after")
    def _possible(self) -> Self:
        found = Refusals()
        with found.noted():
            self._check_shares()
        for i, buses in enumerate(self.buses):
            with found.noted():
                if buses.base is None:
                    raise SettingError(("buses", i, "base"), _("a bus needs a base to start from"))
        for setting, listed in (
            ("assembly_points", [point.village for point in self.assembly_points]),
            ("routes", [route.village for route in self.routes]),
            ("shelters", [shelter.at for shelter in self.shelters]),
        ):
            with found.noted():
                _check_once(setting, listed)
        with found.noted():
            self._check_warned()
        found.refuse()
        return self

    def _check_shares(self) -> None:
        together = sum(own.share for own in self.own_vehicles)
        if self.people.own_transport_share and abs(together - 1) > 1e-6:
            message = _("the shares of all own vehicles must add up to 1, not {together:g}").format(together=together)
            raise SettingError("own_vehicles", message, also=["people.own_transport_share"], named=True)

    def _check_warned(self) -> None:
        if not self.warning.patrol.per_minute and not self.warning.mobile.per_minute:
            message = _("nobody is ever warned where patrol and mobile both reach nobody")
            raise SettingError("warning.patrol.per_minute", message, also=["warning.mobile.per_minute"])


def _check_once(setting: str, names: list[str]) -> None:
    repeated = [name for i, name in enumerate(names) if name in names[:i]]
    if repeated:
        raise SettingError(setting, _("'{name}' is named twice").format(name=repeated[0]))
