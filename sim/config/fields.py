"""The kinds of value a setting can hold: clock times, shares, durations, names, texts."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PlainSerializer,
    ValidationError,
    model_validator,
)

from sim.config.refusal import SettingError, name_known
from sim.text import DESCRIPTION, LOCATION, NAME, TABLE_NAME, TITLE, Rule

_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_LONGEST = 64
_PLAIN = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_-]{{0,{_LONGEST - 1}}}\Z")
_LAST_HOUR = 36
MINUTES_A_DAY = 1440.0


class Settings(BaseModel):
    """A group of settings: frozen, and refusing every key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, validate_default=True)

    @model_validator(mode="wrap")
    @classmethod
    def _known(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Let the error of an unknown key carry the known ones."""
        try:
            return handler(data)
        except ValidationError as error:
            raise name_known(error, cls.model_fields) from None


def parse_clock(value: Any) -> float:
    """Turn "HH:MM" into minutes after midnight; hours past 24 mean the next day.

    Raises:
        ValueError: For anything else. A bare number gets a message of its own, with the time that it may mean.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        message = 'times are written in quotes, like "09:40", not as a number'
        meant = value in range((_LAST_HOUR + 1) * 60)
        raise ValueError(f'{message}. Perhaps you meant "{format_clock(value)}"' if meant else message)
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[1]) > _LAST_HOUR:
        raise ValueError('a time is written "HH:MM" in quotes, from "00:00" to "36:59" (24:00 and later: the next day)')
    return int(match[1]) * 60.0 + int(match[2])


def format_clock(minutes: float) -> str:
    """Write minutes after midnight as HH:MM, rounded to the nearest minute."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours:02d}:{rest:02d}"


def check_order(earlier: str, start: float, later: str, end: float) -> None:
    """Refuse a time that does not come after another; both are named, because either may be the mistake.

    Raises:
        SettingError: When ``end`` is not after ``start``.
    """
    if end <= start:
        clocks = f"{format_clock(end)} is not after {format_clock(start)}"
        raise SettingError(later, f"{later} must come after {earlier}, but {clocks}", also=[earlier], named=True)


def _parse_name(value: Any) -> Any:
    if isinstance(value, bool):
        read = str(value).lower()
        raise ValueError(f"this is a name, but YAML read it as {read}: put it in quotes (on, off, yes, no)")
    if isinstance(value, (int, float)):
        raise ValueError(f"this is a name or a code, but YAML read it as the number {value}: put it in quotes")
    return value


def _parse_plain(value: Any) -> Any:
    value = _parse_name(value)
    if isinstance(value, str) and not _PLAIN.match(value):
        raise ValueError(
            f"a name has letters, digits, '-' and '_', {_LONGEST} at most, and begins with one of the first two"
        )
    return value


def _obeys(rule: Rule) -> BeforeValidator:
    """Return the check of a text of one kind; its error gives the reason, which a length in the schema does not."""

    def parse(value: Any) -> Any:
        value = _parse_name(value)
        fault = rule.fault(value) if isinstance(value, str) else None
        if fault:
            raise ValueError(fault)
        return value

    return BeforeValidator(parse)


def _parse_number(value: Any) -> Any:
    if isinstance(value, (bool, str)):
        raise ValueError(f"a number is needed, not {value!r}")
    return value


Clock = Annotated[float, BeforeValidator(parse_clock), PlainSerializer(format_clock, when_used="json")]
"""A time of day, written "HH:MM", also when settings are kept; minutes after midnight inside the model."""
Title = Annotated[str, _obeys(TITLE), Field(min_length=1, max_length=TITLE.most)]
"""A heading: one line that can be shown anywhere."""
Description = Annotated[str, _obeys(DESCRIPTION), Field(max_length=DESCRIPTION.most)]
"""A text of one line or several; it may be empty."""
Name = Annotated[str, _obeys(NAME), Field(min_length=1, max_length=NAME.most)]
"""A name or a code; never a bare number or a YAML truth value."""
TableText = Annotated[str, _obeys(TABLE_NAME), Field(min_length=1, max_length=TABLE_NAME.most)]
"""A name that is written into the tables of a region too."""
Location = Annotated[str, _obeys(LOCATION), Field(min_length=1, max_length=LOCATION.most)]
"""A file, a folder or an address."""
PlainName = Annotated[str, BeforeValidator(_parse_plain)]
"""A name that files and folders can be called by: it leads nowhere else."""
Number = Annotated[float, BeforeValidator(_parse_number)]
"""A real number."""
NonNegative = Annotated[float, BeforeValidator(_parse_number), Field(ge=0)]
"""A number that may be zero."""
Positive = Annotated[float, BeforeValidator(_parse_number), Field(gt=0)]
"""A number above zero."""
Share = Annotated[float, BeforeValidator(_parse_number), Field(ge=0, le=1)]
"""A share between 0 and 1."""
Factor = Annotated[float, BeforeValidator(_parse_number), Field(gt=0, le=1)]
"""A factor above 0 and at most 1."""
Count = Annotated[int, BeforeValidator(_parse_number), Field(ge=0)]
"""A whole number from 0."""
Size = Annotated[int, BeforeValidator(_parse_number), Field(ge=1)]
"""A whole number from 1."""
Switch = Annotated[bool, Field(strict=True)]
"""On or off: true or false."""
