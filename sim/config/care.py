"""Settings of care for the injured: how badly they are hurt, who treats and carries them, and where to."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.command import CalledBy
from sim.config.distribution import Delay
from sim.config.disturbance import SeverityWord
from sim.config.fields import (
    MOST_ITEMS,
    MOST_TEAMS,
    Count,
    Name,
    NonNegative,
    Settings,
    Share,
    Size,
    Whole,
)
from sim.config.refusal import SettingError
from sim.echelon import Echelon
from sim.triage import Triage
from sim.vocabulary import Severity
from sim.words.language import gettext as _


class Injuries(Settings):
    """How badly people are hurt; the rest of them have minor injuries."""

    immediate: Share
    """Share whose life depends on care at once."""
    delayed: Share
    """Share who need a hospital or clinic, and can wait."""

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if (together := self.immediate + self.delayed) > 1:
            message = _("immediate and delayed together must be 1 or less, not {together:g}").format(together=together)
            raise SettingError("delayed", message, also=["immediate"], named=True)
        return self

    def triage(self, mark: float) -> Triage:
        """Return the class of somebody whose mark is uniform in [0, 1): low marks are the gravest."""
        if mark < self.immediate:
            return Triage.IMMEDIATE
        return Triage.DELAYED if mark < self.immediate + self.delayed else Triage.MINOR


class InjuriesBySeverity(Settings):
    """How badly people are hurt, by how severe the disturbance is when they are; while it is green nobody is."""

    yellow: Injuries
    """Of those hurt while it is yellow."""
    red: Injuries
    """Of those hurt while it is red."""

    def at(self, severity: Severity) -> Injuries:
        """Return the shares at a severity."""
        return self.red if severity is Severity.RED else self.yellow


class Ambulances(Settings):
    """Ambulances, or other vehicles with a medical crew, that wait at a base."""

    base: Name
    """Code or name of the base where they wait."""
    count: Annotated[Whole, Field(ge=1, le=MOST_TEAMS)]
    """How many vehicles."""
    vehicle: Name
    """A vehicle of ``response.vehicles``."""
    carries: Triage = Triage.IMMEDIATE
    """The gravest injuries that it carries; its crew treats minor ones in any case."""
    places: Annotated[Whole, Field(ge=1, le=20)] = 1
    """Injured people that it carries at one time; with somebody whose life depends on it aboard it leaves at once."""
    from_severity: SeverityWord = "green"
    """They are sent to stand by at a disturbance only from this severity on. The injured are fetched whatever the
    severity of what hurt them: who is sent to them goes by how badly they are hurt (``carries``)."""
    request_delay: NonNegative = 0.0
    """Minutes between asking and the order, to stand by or to fetch somebody: of crews that belong to another service
    and have to be asked for."""
    called_by: CalledBy = (Echelon.POSKO,)
    """Which command posts may call them to stand by, as for ``response.attached``; to the injured the centre sends."""


class CareFacility(Settings):
    """A hospital or clinic, for the day."""

    base: Name
    """Code or name of the hospital or clinic, a base of the region."""
    beds: Count
    """Beds that are free when the day begins."""
    intake: Size = 1
    """Injured people who can be received at one time; others wait in the vehicle, the gravest first."""
    takes: Triage = Triage.IMMEDIATE
    """The gravest injuries that it is there for; where no house for worse ones can be reached it takes those too."""


class Care(Settings):
    """Casualties: sorted, treated on the spot or carried, handed over."""

    injuries: InjuriesBySeverity
    """How bad injuries are, by severity of what caused them."""
    staging_from: SeverityWord | None
    """From this severity on crews wait out of the crowd until officers are there; null: they never wait."""
    triage_minutes: NonNegative
    """Minutes that the first crew needs to sort one person."""
    treat: Delay
    """Treatment of minor injuries on the spot, minutes."""
    load: Delay
    """First care and loading of somebody who is carried, minutes."""
    handover: Delay
    """At the hospital or clinic, minutes."""
    stay: Delay
    """How long a bed is taken, minutes."""
    ambulances: Annotated[tuple[Ambulances, ...], Field(max_length=MOST_ITEMS)]
    """Who fetches the injured, and where they wait."""
    facilities: Annotated[tuple[CareFacility, ...], Field(max_length=MOST_ITEMS)]
    """Where the injured are brought."""
