"""A disturbance that a scenario writes down: its kind, when it starts, and where."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from sim.config.disturbance import MOST_FOLLOWERS
from sim.config.fields import LATEST, MOST_ITEMS, Name, Number, Settings, Size, check_order, format_clock, parse_clock
from sim.config.refusal import SettingError
from sim.words.language import gettext as _

_Minutes = Annotated[float, Field(ge=0, le=LATEST)]


class Between(NamedTuple):
    """From when to when something may start, minutes after midnight; twice the same where the time is fixed."""

    earliest: _Minutes
    latest: _Minutes


def _parse_onset(value: Any) -> Any:
    """Turn "HH:MM", or two of them, into two numbers of minutes."""
    if not isinstance(value, (list, tuple)):
        fixed = parse_clock(value)
        return Between(fixed, fixed)
    if len(value) != 2:
        raise ValueError(
            _('one time is needed, like "09:40", or two, like ["09:00", "11:00"]: drawn evenly between them')
        )
    window = Between(*map(parse_clock, value))
    try:
        check_order(_("the first time"), window.earliest, _("the second"), window.latest)
    except SettingError as error:
        raise ValueError(error.message) from None
    return window


def _write_onset(onset: Between) -> str | list[str]:
    clocks = [format_clock(time) for time in onset]
    return clocks[0] if onset.earliest == onset.latest else clocks


Onset = Annotated[Between, BeforeValidator(_parse_onset), PlainSerializer(_write_onset, when_used="json")]
"""When something starts: "HH:MM", or ["HH:MM", "HH:MM"]: at any time between these two, anew each day."""


class ScriptedIncident(Settings):
    """A disturbance that happens on every simulated day."""

    kind: Name
    """Name of a kind in ``kinds``."""
    onset: Onset
    """When it starts, or between what times."""
    place: Name | None = None
    """A place where this kind can happen, by code or by name; ``kecamatan 3`` is the third district."""
    among: Annotated[tuple[Name, ...], Field(min_length=1, max_length=MOST_ITEMS)] | None = None
    """Places of which one is drawn each day, the same under every strategy. A village or district stands for all its
    stations where this kind can happen at stations, else for itself. A station is as likely as its vulnerability makes
    it (``disturbance.background.vulnerability_weight``), any other place as one of weight 1."""
    starters: Size | None = None
    """Active people at the start, instead of the kind's own number."""
    followers: Annotated[Number, Field(ge=0, le=MOST_FOLLOWERS)] | None = None
    """Expected followers, instead of ``disturbance.spread.followers``."""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.place is None and self.among is None:
            message = _("place is missing: say where it happens, or with 'among' of what places one is drawn each day")
            raise SettingError("place", message, named=True)
        if self.place is not None and self.among is not None:
            raise SettingError(
                "among", _("not together with place: one of the two says where it happens"), also=["place"]
            )
        return self
