"""A unit of dispatch alone: what it is, and where it waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.alone.given import MOST_UNITS, once_each, whole
from sim.alone.laws import Times, delay_of, law_of
from sim.config.distribution import Delay
from sim.errors import UserError, nearest, shortened
from sim.response.units import SENT
from sim.vocabulary import Role, Severity
from sim.words.language import gettext as _
from sim.words.language import marked

AT_ONCE = Delay(mean_minutes=0.0, cv=0.0)
"""No mobilisation: who is ordered leaves."""

_UNNAMED = "unit {number}"


@dataclass(frozen=True)
class Team:
    """A unit that is sent as one.

    Attributes:
        name: What it is called; it draws by its number in the list, whatever it is called.
        base: Where it waits: the name or number of a place, or x and y in km on a plane. None: it does not matter,
            because travel is given from each unit.
        role: What it is there for: rules of dispatch treat a ``reserve`` and a ``patrol`` differently.
        district: The district to which it belongs, by number; None: to none.
        from_severity: It is sent only from this severity on.
        mobilisation: From the order to its departure: lognormal by mean (minutes) and cv, or always so many minutes.
        service: How long it works at a call; None: as long as the call says.
    """

    name: str
    base: Any = None
    role: Role = Role.PATROL
    district: int | None = None
    from_severity: Severity = Severity.GREEN
    mobilisation: Delay | Mapping[str, float] | float = AT_ONCE
    service: Times | Mapping[str, Any] | float | None = None

    @property
    def ready(self) -> Delay:
        """Its mobilisation, checked."""
        return delay_of(f"units[{self.name}].mobilisation", self.mobilisation)

    @property
    def works(self) -> Times | None:
        """Its own service times, checked; None: those of the call."""
        return None if self.service is None else law_of(f"units[{self.name}].service", self.service)


def stream_of(number: int) -> str:
    """Return what a unit's random streams are named after: its number from 0 in the list, as if nobody had named it.

    So on the day, too, a unit draws by its number among its like (``sim.response.units.UnitSpec.stream``): who only
    renames his units changes nothing.
    """
    return _UNNAMED.format(number=number + 1)


def teams_of(given: Any) -> tuple[Team, ...]:
    """Return the units, checked, from how many there are, their names, the base of each name, or all of it.

    Raises:
        UserError: For no unit at all, too many, two of one name, or one that is none of these.
    """
    if isinstance(given, Mapping):
        found = [Team(name, base) for name, base in given.items()]
    elif isinstance(given, Sequence) and not isinstance(given, str):
        found = [one if isinstance(one, Team) else Team(one) for one in given]
    else:
        found = [Team(_UNNAMED.format(number=i + 1)) for i in range(whole("units", given, least=1, most=MOST_UNITS))]
    if len(found) > MOST_UNITS:
        raise UserError(_("units: at most {most:,}, not {count:,}").format(most=MOST_UNITS, count=len(found)))
    once_each("units", [team.name for team in found], marked("unit"))
    return tuple(map(_checked, found))


def _checked(team: Team) -> Team:
    """Return a unit with its words as members of their enumerations."""
    setting = f"units[{team.name}]"
    if team.role not in SENT:  # alone there are no stations to guard, and no ambulances beside it
        known = [str(role) for role in SENT]
        raise UserError(
            _("{setting}.role: unknown '{role}'; {hint}").format(
                setting=setting, role=shortened(str(team.role)), hint=nearest(str(team.role), known)
            )
        )
    if team.district is not None:
        whole(f"{setting}.district", team.district, most=10_000)
    severity = severity_of(f"{setting}.from_severity", team.from_severity)
    if team.mobilisation is AT_ONCE and team.service is None and severity is team.from_severity:
        return team if isinstance(team.role, Role) else replace(team, role=Role(team.role))
    return replace(team, role=Role(team.role), from_severity=severity, mobilisation=team.ready, service=team.works)


def severity_of(name: str, given: Any) -> Severity:
    """Return a severity, by its word or as it is.

    Raises:
        UserError: For any other word.
    """
    if isinstance(given, Severity):
        return given
    words = [severity.word for severity in Severity]
    if isinstance(given, str) and given in words:
        return Severity.of(given)
    raise UserError(
        _("{name}: unknown '{given}'; {hint}").format(
            name=name, given=shortened(str(given)), hint=nearest(str(given), words)
        )
    )
