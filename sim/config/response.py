"""Settings of the response: reports, posko, units that are there under every strategy, vehicles, routines."""

from __future__ import annotations

from typing import Annotated, Self, TypeVar

from pydantic import Field, model_validator

from sim.config.command import CalledBy
from sim.config.courses import Needs
from sim.config.distribution import Delay
from sim.config.disturbance import SeverityWord
from sim.config.fields import (
    MINUTES_A_DAY,
    MOST_ITEMS,
    MOST_TEAMS,
    Clock,
    Count,
    Name,
    NonNegative,
    Number,
    Positive,
    Settings,
    Share,
    Size,
    Switch,
    Whole,
)
from sim.config.refusal import SettingError
from sim.config.weather import SpeedFactors
from sim.echelon import Echelon
from sim.vocabulary import Agency, Capability
from sim.words.language import gettext as _

Can = Annotated[tuple[Capability, ...], Field(max_length=len(Capability))]


class Vehicle(Settings):
    """Speed of a vehicle as a factor on the speed of a car, by road class."""

    town: Positive
    """Speed as a factor on a car's on streets in town."""
    trunk: Positive
    """Speed as a factor on a car's on trunk roads."""
    secondary: Positive
    """Speed as a factor on a car's on secondary roads."""
    hill: Positive
    """Speed as a factor on a car's on hill roads."""
    local: Positive
    """Speed as a factor on a car's on local roads."""
    on_tracks: Switch = False
    """Whether it goes where only motorcycles go; from others people walk the last stretch there."""


class AccessSpeeds(Settings):
    """Speed between a village's middle and a station in it, by how one gets there (column ``access``), km/h."""

    road: Positive
    """Where a car gets there, km/h."""
    motorcycle: Positive
    """Where only motorcycles get there, km/h."""
    foot: Positive
    """Where one has to walk, km/h."""


class FalseReports(Settings):
    """Reports of what is not there."""

    per_hour: Annotated[Number, Field(ge=0, le=1_000)]
    """While stations are open, all over the region; each takes a desk, and a unit looks."""
    checked_minutes: NonNegative
    """So long a unit needs to see that there is nothing."""
    kept_minutes: Positive
    """Where nobody could be sent within this time nobody is sent any more."""


class Reporting(Settings):
    """From the start of a disturbance until the operations centre (posko) has the report."""

    guarded: Delay
    """Where an officer stands."""
    by_phone: Delay
    """Where nobody stands but there is a mobile signal."""
    no_signal: Delay
    """Where there is none."""
    too_mild: Share
    """Share of the reports of others than officers that take it for one severity milder than it is."""
    too_bad: Share
    """Share of them that take it for one severity worse; what is wrong is put right when officers are there."""
    duplicates: Annotated[Number, Field(ge=0, le=1_000)]
    """Further calls about the same disturbance, on average (Poisson); each takes a desk as long as news does."""
    duplicates_minutes: Positive
    """They come within this time after the report."""
    false_reports: FalseReports

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        together = self.too_mild + self.too_bad
        if together > 1:
            message = _("no report is both: too_mild and too_bad together must be 1 or less, not {together:g}").format(
                together=together
            )
            raise SettingError("too_bad", message, also=["too_mild"], named=True)
        return self


class Posko(Settings):
    """The joint operations centre."""

    desks: Size
    """Reports that can be handled at one time."""
    alarm_handling: Delay
    """From taking up a report to the order, minutes."""
    news_handling: Delay
    """From taking up news of a disturbance that is known to the order of more, minutes."""


class SectorPosts(Settings):
    """The police sector posts: whose chief hears of a disturbance in one of his districts, and sends his own first."""

    desks: Count
    """Reports that each can handle at one time; 0: none, every report is the operations centre's alone."""
    alarm_handling: Delay
    """From taking up a report to the order to the post's own patrol, minutes."""


class GuardedOffice(Settings):
    """An office whose standing guard has another size than that of its kind."""

    place: Name
    """An office (a base of kind ``office``), or a district: its office."""
    size: Count
    """Officers; 0: nobody stands there."""


class StandingGuards(Settings):
    """Officers who stand at offices all day and never leave, from the routine duty outside the operation."""

    election_offices: Count
    """Officers at each office of the election commission and of its supervisor."""
    district_offices: Count
    """Officers at each other office of the region's table: those of the districts."""
    places: Annotated[tuple[GuardedOffice, ...], Field(max_length=MOST_ITEMS)]
    """Offices with another number."""


class Mobilisation(Settings):
    """From the order to departure."""

    guard: Delay
    """Of the guards of a post, minutes."""
    patrol: Delay
    """Of a patrol, minutes."""
    reserve: Delay
    """Of a team that waits at a base, minutes."""
    ambulance: Delay
    """Of an ambulance and its crew, minutes."""


_Group = TypeVar("_Group", bound=Settings)


def _disperse_nobody(settings: _Group, key: str) -> _Group:
    """Refuse crowd control among what wardens can do."""
    can = getattr(settings, key) or ()
    if Capability.CROWD_CONTROL in can:
        message = _("wardens never disperse a crowd; they may stand in its way (presence)")
        raise SettingError((key, can.index(Capability.CROWD_CONTROL)), message)
    return settings


class Abilities(Settings):
    """What the people of each agency can do."""

    police: Can
    """What police officers can do."""
    mobile_brigade: Can
    """What people of the mobile brigade can do."""
    army: Can
    """What soldiers can do."""
    medical: Can
    """What a medical crew can do."""
    disaster: Can
    """What people of the disaster agency can do."""
    local_government: Can
    """Its public works, with their machines; no packaged unit is theirs."""
    wardens: Can
    """What wardens can do who are sent somewhere: by their ``presence`` they count ``warden_strength`` of an officer
    each, rounded down in a team. They never disperse a crowd."""
    formed_from: Size
    """Units of so many people and more are formed units; only they have ``crowd_control``."""

    @model_validator(mode="after")
    def _wardens_disperse_nobody(self) -> Self:
        return _disperse_nobody(self, "wardens")

    def of(self, agency: Agency, people: int, own: Can | None = None) -> tuple[Capability, ...]:
        """Return what everybody in a unit of so many people can do.

        Args:
            agency: Whose people they are.
            people: How many.
            own: What these people can do, in place of those of their agency.
        """
        can: tuple[Capability, ...] = getattr(self, agency) if own is None else own
        return tuple(c for c in dict.fromkeys(can) if c is not Capability.CROWD_CONTROL or people >= self.formed_from)


class Attached(Settings):
    """Units that are there under every strategy and cost it nothing."""

    base: Name
    """Code of the base where they wait."""
    agency: Agency
    """Whose people they are. Teams of ``wardens`` are others than those of the stations, which never leave these. By
    their ``presence`` people of agencies that are no officers make up for officers who are missing."""
    teams: Annotated[Whole, Field(ge=1, le=MOST_TEAMS)]
    """How many teams."""
    size: Size
    """People of each."""
    vehicle: Name
    """A vehicle of ``response.vehicles``."""
    from_severity: SeverityWord
    """They are sent only from this severity on."""
    request_delay: NonNegative
    """Minutes between asking and the order (the army moves only on request)."""
    abilities: Can | None = None
    """What they can do, where an agency has teams of several sorts. Null: as ``response.abilities`` says of it."""
    called_by: CalledBy = (Echelon.POSKO,)
    """Which command posts may call them: ``posko``, the joint operations centre, and ``sector``, the police sector post
    of the district where they are wanted, which does not wait for the centre. Unless said otherwise: the centre."""

    @model_validator(mode="after")
    def _wardens_disperse_nobody(self) -> Self:
        return _disperse_nobody(self, "abilities") if self.agency is Agency.WARDENS else self


class ForceNeeds(Settings):
    """How much a force is, wherever potential response and coverage speak of one."""

    yellow: Needs
    """The force that something yellow asks for."""
    red: Needs
    """The force that something red asks for."""

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        for name in ("yellow", "red"):
            if not getattr(self, name).strength:
                raise SettingError(name, _("a force asks for somebody: one of its numbers must be above 0"))
        return self


class Rounds(Settings):
    """How guards and patrols spend their time when nothing happens."""

    guard_dwell_minutes: Positive
    """A pair that covers several stations stays this long at one before it walks to the next."""
    patrol_dwell_minutes: Positive
    """A patrol stays this long in a village before it goes to the next."""


class RiskWeights(Settings):
    """The risk of a station, for patrols dealt ``by_risk`` under guards that follow a pattern.

    The weight is ``weight of its class * registered / mean registered * (1 + minutes from headquarters /
    remoteness_minutes)``.
    """

    low: NonNegative
    """Weight of the class less vulnerable."""
    high: NonNegative
    """Weight of the class vulnerable."""
    very_high: NonNegative
    """Weight of the class very vulnerable."""
    remoteness_minutes: Positive
    """A station so many minutes from headquarters weighs twice as much as one beside it."""


class Night(Settings):
    """The hours of darkness, every night, and how much slower everybody drives in them."""

    from_time: Clock
    """When it gets dark."""
    to_time: Clock
    """In the morning; before ``from_time`` it is that of the next day."""
    speed_factor: SpeedFactors
    """Speed in the dark as a share of the speed by day, by road class; rain slows it further."""

    @model_validator(mode="after")
    def _of_one_day(self) -> Self:
        for setting in ("from_time", "to_time"):
            if getattr(self, setting) >= MINUTES_A_DAY:
                raise SettingError(setting, _('an hour of every day, from "00:00" to "23:59"'))
        if self.from_time == self.to_time:
            raise SettingError("to_time", _("to_time must differ from from_time"), also=["from_time"], named=True)
        return self

    def between(self, start: float, end: float) -> tuple[tuple[float, float], ...]:
        """Return the nights that fall between two times, minutes after midnight; none where the dark slows nobody."""
        if all(factor == 1.0 for factor in self.speed_factor.model_dump().values()):
            return ()
        length = (self.to_time - self.from_time) % MINUTES_A_DAY
        dusks = [self.from_time + day * MINUTES_A_DAY for day in range(-1, int(end // MINUTES_A_DAY) + 1)]
        return tuple((dusk, dusk + length) for dusk in dusks if dusk < end and dusk + length > start)


class BoxEscort(Settings):
    """The ballot boxes' way home, whatever the strategy's rule of escort."""

    vehicle: Name
    """What carries the boxes; each station's crew has one of its own, also in a convoy."""
    load_minutes: NonNegative
    """From counted to loaded, minutes."""
    notice_minutes: NonNegative
    """So long before boxes are to set out their escort is called: a station knows when it will have counted."""
    wait_minutes: NonNegative
    """Boxes in the middle of their village wait so long for an escort that is busy or not there yet, then they go
    without one; later by this much at most."""
    gather_minutes: NonNegative
    """So long boxes in the middle of their village wait with their escort for others, there and where a convoy calls,
    in all. Without officers none wait for others: at 0, ``wait_minutes`` being 0, officers make no boxes later."""


class ResponseSettings(Settings):
    """The response."""

    standard_minutes: Positive
    """The time within which officers should be on scene (benchmark of the police since January 2026: 10 minutes)."""
    reporting: Reporting
    posko: Posko
    sector_posts: SectorPosts
    mobilisation: Mobilisation
    abilities: Abilities
    work: Delay
    """On-scene work after the disturbance has ended, minutes."""
    force: ForceNeeds
    """The strength that potential response and coverage call the yellow and the red force."""
    warden_strength: Share
    """Effect of a warden, at the station or sent somewhere, as a share of an officer's."""
    sector_patrol_size: Count
    """Officers in the routine patrol that every sector post can send; 0: none."""
    sector_patrol_vehicle: Name
    """What that patrol rides: a vehicle of ``vehicles``."""
    standing_guards: StandingGuards
    guard_vehicle: Name
    """What the pair of a guard post rides."""
    attached: Annotated[tuple[Attached, ...], Field(max_length=MOST_ITEMS)]
    rounds: Rounds
    access_speed_kmh: AccessSpeeds
    """Speed between a village's middle and a station in it."""
    wait_at_closure_minutes: NonNegative
    """A unit under way to a disturbance that is cut off waits at the closure so long before it is called off."""
    night: Night
    """Who is on the roads in the dark is slower."""
    risk: RiskWeights
    escort: BoxEscort
    vehicles: Annotated[dict[Name, Vehicle], Field(min_length=1, max_length=30)]
    """By name; each has a table of travel times between all nodes of the roads."""

    @model_validator(mode="after")
    def _somebody_calls(self) -> Self:
        for i, attached in enumerate(self.attached):
            if not self.sector_posts.desks and Echelon.POSKO not in attached.called_by:
                message = _("nobody would call them: sector posts take no reports (response.sector_posts.desks = 0)")
                raise SettingError(("attached", i, "called_by"), message, also=["sector_posts.desks"])
        return self
