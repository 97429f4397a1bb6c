"""The kinds of value a setting can hold: clock times, shares, durations, names, texts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    ModelWrapValidatorHandler,
    PlainSerializer,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from sim.config.refusal import SettingError, name_known
from sim.files import LONGEST_NAME, is_path
from sim.text import DESCRIPTION, LOCATION, NAME, TABLE_NAME, TITLE, Rule
from sim.words.language import clock
from sim.words.language import gettext as _

_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_LONGEST = 64
_PLAIN = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_-]{{0,{_LONGEST - 1}}}\Z")
_LAST_HOUR = 36
LATEST = (_LAST_HOUR + 1) * 60 - 1
MINUTES_A_DAY = 1440.0
MOST = 1_000_000
"""The largest number of a setting that has no limit of its own: people, minutes, kilometres, weights. No polling day
has more of anything, an array of so many fits a machine, and what is added and multiplied stays finite."""
LEAST = 1e-9
"""A number nearer to zero than this is meant as zero; divided by, it would make numbers that are infinite."""
MOST_ITEMS = 1_000
"""Items of a list without a limit of its own: what is written by hand is shorter, and each costs a process of the day
or a line of a table."""
MOST_TEAMS = 10_000
"""Teams in one line of a plan: 10,000 pairs are more than a large city's whole police; each is a process of the day."""


class Settings(BaseModel):
    """A group of settings: frozen, and refusing every key it does not know."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True, allow_inf_nan=False, validate_default=True)

    @model_validator(mode="wrap")
    @classmethod
    def _known(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Let the error of an unknown key carry the known ones."""
        try:
            return handler(data)
        except ValidationError as error:
            raise name_known(error, cls.model_fields) from None


class OneOf:
    """Annotation of a setting that is one of these words, as a literal type is, where an enumeration knows them.

    Args:
        words: The words; members of an enumeration stand for their values.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of a literal type."""
        return core_schema.literal_schema([*self.words])


def as_in_schema(settings: Any, model: type[BaseModel]) -> Any:
    """Return settings with their keys in the order of the schema, however deep; those that it lacks come last."""
    if not isinstance(settings, dict):
        return settings
    kinds = {name: field.annotation for name, field in model.model_fields.items()}
    names = [*(name for name in kinds if name in settings), *(name for name in settings if name not in kinds)]
    return {name: _inside(settings[name], kinds.get(name)) for name in names}


def _inside(value: Any, kind: Any) -> Any:
    is_group = isinstance(kind, type) and issubclass(kind, BaseModel)
    return as_in_schema(value, kind) if is_group else value


def parse_clock(value: Any) -> float:
    """Turn "HH:MM" into minutes after midnight; hours past 24 mean the next day.

    Raises:
        ValueError: For anything else. A bare number gets a message of its own, with the time that it may mean.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        message = _('times are written in quotes, like "09:40", not as a number')
        meant = value in range((_LAST_HOUR + 1) * 60)
        raise ValueError(
            _('{message}. Perhaps you meant "{value}"').format(message=message, value=format_clock(value))
            if meant
            else message
        )
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[1]) > _LAST_HOUR:
        raise ValueError(
            _('a time is written "HH:MM" in quotes, from "00:00" to "36:59" (24:00 and later: the next day)')
        )
    return int(match[1]) * 60.0 + int(match[2])


def format_clock(minutes: float) -> str:
    """Write minutes after midnight as HH:MM, rounded to the nearest minute."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours:02d}:{rest:02d}"


def clock_in_words(minutes: float) -> str:
    """Write minutes after midnight as a reader sees them in the language that is spoken; settings are always HH:MM."""
    return clock(format_clock(minutes))


def check_order(earlier: str, start: float, later: str, end: float) -> None:
    """Refuse a time that does not come after another; both are named, because either may be the mistake.

    Raises:
        SettingError: When ``end`` is not after ``start``.
    """
    if end <= start:
        raise SettingError(
            later,
            _("{later} must come after {earlier}, but {end} is not after {start}").format(
                later=later, earlier=earlier, end=format_clock(end), start=format_clock(start)
            ),
            also=[earlier],
            named=True,
        )


def _parse_name(value: Any) -> Any:
    if isinstance(value, bool):
        read = str(value).lower()
        raise ValueError(
            _("this is a name, but YAML read it as {read}: put it in quotes (on, off, yes, no)").format(read=read)
        )
    if isinstance(value, (int, float)):
        raise ValueError(
            _("this is a name or a code, but YAML read it as the number {value}: put it in quotes").format(value=value)
        )
    return value


def plain_name() -> str:
    """Return the sentence that says how a name of files and folders is written."""
    return _("a name has letters, digits, '-' and '_', {most} at most, and begins with one of the first two").format(
        most=_LONGEST
    )


def is_plain_name(name: str) -> bool:
    """Say whether files and folders can be called by a name: it leads nowhere else and means nothing to a shell."""
    return _PLAIN.match(name) is not None


def _parse_plain(value: Any) -> Any:
    value = _parse_name(value)
    if isinstance(value, str) and not is_plain_name(value):
        raise ValueError(plain_name())
    return value


def _parse_path(value: Any) -> Any:
    value = _parse_name(value)
    if isinstance(value, str) and not is_path(value):
        raise ValueError(_("no file can be called that: a name has {most} bytes at most").format(most=LONGEST_NAME))
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
        raise ValueError(_("a number is needed, not {value!r}").format(value=value))
    if isinstance(value, float) and value == 0 and math.copysign(1.0, value) < 0:
        raise ValueError(_("a zero has no sign: write 0"))
    if isinstance(value, float) and 0 < abs(value) < LEAST:
        raise ValueError(_("too near to zero: write 0, or {least} or more").format(least=f"{LEAST:.9f}"))
    return value


Clock = Annotated[
    float, BeforeValidator(parse_clock), Field(ge=0, le=LATEST), PlainSerializer(format_clock, when_used="json")
]
"""A time of day, written "HH:MM", also when settings are kept; minutes after midnight inside the model."""
Title = Annotated[str, _obeys(TITLE), Field(min_length=1, max_length=TITLE.most)]
"""A heading: one line that can be shown anywhere."""
Description = Annotated[str, _obeys(DESCRIPTION), Field(max_length=DESCRIPTION.most)]
"""A text of one line or several; it may be empty."""
Name = Annotated[str, _obeys(NAME), Field(min_length=1, max_length=NAME.most)]
"""A name or a code; never a bare number or a YAML truth value."""
TableText = Annotated[str, _obeys(TABLE_NAME), Field(min_length=1, max_length=TABLE_NAME.most)]
"""A name that is written into the tables of a region too."""
Location = Annotated[str, BeforeValidator(_parse_path), _obeys(LOCATION), Field(min_length=1, max_length=LOCATION.most)]
"""A file, a folder or an address."""
PlainName = Annotated[str, Field(max_length=_LONGEST), BeforeValidator(_parse_plain)]
"""A name that files and folders can be called by: it leads nowhere else."""
Number = Annotated[float, BeforeValidator(_parse_number)]
"""A real number; a setting adds between what it lies."""
Whole = Annotated[int, BeforeValidator(_parse_number)]
"""A whole number; a setting adds between what it lies."""
NonNegative = Annotated[Number, Field(ge=0, le=MOST)]
"""A number that may be zero."""
Positive = Annotated[Number, Field(gt=0, le=MOST)]
"""A number above zero."""
Spread = Annotated[Number, Field(ge=0, le=100)]
"""A coefficient of variation; beyond 100 nearly every draw is zero, and the mean is that of a few that never come."""
Share = Annotated[Number, Field(ge=0, le=1)]
"""A share between 0 and 1."""
Factor = Annotated[Number, Field(gt=0, le=1)]
"""A factor above 0 and at most 1."""
Count = Annotated[Whole, Field(ge=0, le=MOST)]
"""A whole number from 0."""
Size = Annotated[Whole, Field(ge=1, le=MOST)]
"""A whole number from 1."""
Seed = Annotated[Whole, Field(ge=0, le=2**64 - 1)]
"""What random numbers begin from: 64 bits, more than anybody will use up."""
Chance = Annotated[Number, Field(gt=0.5, lt=1)]
"""How sure one wants to be; at one half or less an interval says nothing."""
Switch = Annotated[bool, Field(strict=True)]
"""On or off: true or false."""


class ForATime(Settings):
    """What holds from one time to another."""

    from_time: Clock
    """When it begins."""
    to_time: Clock | None = None
    """Null: for the rest of the day."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.to_time is not None:
            check_order("from_time", self.from_time, "to_time", self.to_time)
        return self


class Titled(Settings):
    """A group of settings with a heading. It is kept as it was written, and said in the language that is spoken."""

    title: Title

    @property
    def said_title(self) -> str:
        """The title as a reader sees it."""
        return _(self.title)
