"""Distributions by name: of a time, or of a number of people.

A distribution writes its numbers with their unit: ``mean_seconds`` or ``mean_minutes``, never both, and ``mean_people``
where people are counted. Service times are usually told in seconds, delays in minutes; each setting takes either.
"""

from __future__ import annotations

import math
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    model_serializer,
    model_validator,
)

from sim.config.fields import MOST, Location, Name, NonNegative, Positive, Settings, Spread
from sim.config.reach import CONTEXT, OutOfReachError, Reach
from sim.config.refusal import SettingError
from sim.errors import UserError, did_you_mean, shortened
from sim.files import is_path
from sim.table import Table
from sim.words.language import gettext as _

MOST_VALUES = 100_000
"""Measured numbers of one distribution."""
_USUAL_CV = 0.5
"""Spread of a distribution written as its mean alone; assumption."""


class Unit(StrEnum):
    """What a distribution counts."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    PEOPLE = "people"

    @property
    def is_time(self) -> bool:
        """Whether it measures a time."""
        return self is not Unit.PEOPLE

    def inside(self, value: float) -> float:
        """Return a number as the model counts: minutes for a time, people otherwise."""
        return value / 60.0 if self is Unit.SECONDS else value


class Distribution(Settings):
    """What the distributions share; a number named X is written ``X_seconds``, ``X_minutes`` or ``X_people``."""

    numbers: ClassVar[tuple[str, ...]] = ("mean",)
    """Names of its numbers, without their unit."""

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        given = {unit: [n for n in self.numbers if getattr(self, f"{n}_{unit}") is not None] for unit in Unit}
        used = [unit for unit in Unit if given[unit]]
        if not used:
            raise ValueError(
                _("{settings} missing (or the same in minutes or people)").format(settings=self._written(Unit.SECONDS))
            )
        first = f"{given[used[0]][0]}_{used[0]}"
        if len(used) > 1:
            other = f"{given[used[1]][0]}_{used[1]}"
            raise SettingError(
                first, _("not together with {other}, as one unit is for all").format(other=other), also=[other]
            )
        if len(given[used[0]]) < len(self.numbers):
            raise SettingError(first, _("all of {settings} are needed").format(settings=self._written(used[0])))
        return self

    @classmethod
    def _written(cls, unit: Unit) -> str:
        return _(" and ").join(f"{name}_{unit}" for name in cls.numbers)

    @property
    def counts(self) -> Unit:
        """The unit that its numbers are written in."""
        return next(unit for unit in Unit if getattr(self, f"{self.numbers[0]}_{unit}") is not None)

    @property
    def inside(self) -> tuple[float, ...]:
        """Its numbers as the model counts: minutes, or people."""
        unit = self.counts
        return tuple(unit.inside(getattr(self, f"{name}_{unit}")) for name in self.numbers)

    @property
    def mean(self) -> float:
        """Mean: minutes, or people."""
        return self.inside[0]

    @model_serializer(mode="wrap")
    def _without_the_other_units(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None}


class Triangular(Distribution):
    """Triangular between ``low`` and ``high`` with the peak at ``mode``."""

    numbers = ("low", "mode", "high")

    distribution: Literal["triangular"]
    low_seconds: NonNegative | None = None
    """Least, seconds."""
    mode_seconds: NonNegative | None = None
    """Most likely, seconds."""
    high_seconds: Positive | None = None
    """Most, seconds."""
    low_minutes: NonNegative | None = None
    """Least, minutes."""
    mode_minutes: NonNegative | None = None
    """Most likely, minutes."""
    high_minutes: Positive | None = None
    """Most, minutes."""
    low_people: NonNegative | None = None
    """Least, people."""
    mode_people: NonNegative | None = None
    """Most likely, people."""
    high_people: Positive | None = None
    """Most, people."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        unit = self.counts
        low, mode, high = (getattr(self, f"{name}_{unit}") for name in self.numbers)
        if not low <= mode <= high or low == high:
            raise SettingError(
                f"low_{unit}",
                _(
                    "low_{unit} <= mode_{unit} <= high_{unit} is needed, and low below high, not {low:g}, "
                    "{mode:g}, {high:g}"
                ).format(unit=unit, low=low, mode=mode, high=high),
                also=[f"mode_{unit}", f"high_{unit}"],
                named=True,
            )
        return self

    @property
    def mean(self) -> float:
        """Mean: minutes, or people."""
        return sum(self.inside) / 3.0


class MeanAndSpread(Distribution):
    """Lognormal or gamma by mean and coefficient of variation; a mean or a cv of 0 makes it constant."""

    distribution: Literal["lognormal", "gamma"]
    """Which of the two."""
    mean_seconds: NonNegative | None = None
    """Mean, seconds."""
    mean_minutes: NonNegative | None = None
    """Mean, minutes."""
    mean_people: NonNegative | None = None
    """Mean, people."""
    cv: Spread
    """Standard deviation over mean."""


class MeanOnly(Distribution):
    """Exponential or constant by its mean."""

    distribution: Literal["exponential", "constant"]
    """Which of the two."""
    mean_seconds: NonNegative | None = None
    """Mean, seconds."""
    mean_minutes: NonNegative | None = None
    """Mean, minutes."""
    mean_people: NonNegative | None = None
    """Mean, people."""


class Empirical(Settings):
    """Measured numbers, drawn with replacement, from one column of a CSV file; seconds unless ``unit`` says otherwise.

    The file is read once, when the settings are validated; from then on ``values`` holds all there is to know, and
    settings that name ``values`` need no file. A relative path is looked for in the scenario's folder, which a
    validation context ``{"folder": Path}`` names, else in the working directory; with ``{"reach": Reach}`` only what is
    in reach may be named.
    """

    distribution: Literal["empirical"]
    file: Location | None = None
    """A CSV file of measured numbers."""
    column: Name | None = None
    """The column that holds them."""
    values: Annotated[tuple[NonNegative, ...], Field(max_length=MOST_VALUES)] = ()
    """The measured numbers; a run keeps them all in its manifest, and 100,000 tell any distribution."""
    unit: Unit = Unit.SECONDS
    """What the numbers count."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict) or data.get("values"):
            return data
        file, column = data.get("file"), data.get("column")
        if not isinstance(file, str) or not is_path(file) or not isinstance(column, str):
            return data
        context = info.context if isinstance(info.context, dict) else {}
        reach = context.get(CONTEXT)
        try:
            there = reach.measured(file) if isinstance(reach, Reach) else Path(context.get("folder") or ".") / file
        except OutOfReachError as error:
            raise SettingError("file", str(error)) from error
        return {**data, "values": read_column(there, column)}

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if not self.values:
            raise ValueError(_("empirical: either file and column are needed, or values with at least one number"))
        if sum(self.values) <= 0:
            fault = _("the numbers must have a mean above zero")
            raise SettingError("file", f"{self.file}: {fault}") if self.file else SettingError("values", fault)
        return self

    @property
    def counts(self) -> Unit:
        """The unit of the values."""
        return self.unit

    @property
    def inside(self) -> tuple[float, ...]:
        """The values as the model counts: minutes, or people."""
        return tuple(map(self.unit.inside, self.values))

    @property
    def mean(self) -> float:
        """Mean: minutes, or people."""
        return self.unit.inside(math.fsum(self.values) / len(self.values))


def read_column(file: Path, column: str) -> tuple[float, ...]:
    """Read the numbers of one column of a CSV file with a header; lines without anything are passed over.

    Args:
        file: The file; UTF-8.
        column: Name of the column.

    Raises:
        SettingError: For a file that cannot be read, a missing column, a row that is longer or shorter than the header,
            an entry that is no plain decimal or negative, or no entry at all; it blames the setting ``file`` or
            ``column``.
    """
    try:
        table = Table(file)
        if column not in table.columns:
            raise SettingError(
                "column",
                _("{file}: unknown column '{column}'; {hint}").format(
                    file=file, column=column, hint=_offered(column, table)
                ),
            )
        wanted = islice(table.rows(), MOST_VALUES + 1)
        values = tuple(row.number(column, 0, MOST) for row in wanted)
    except UserError as error:
        raise SettingError("file", str(error)) from error
    except OSError as error:
        raise SettingError("file", _("{file}: cannot be read ({why})").format(file=file, why=error.strerror)) from error
    if len(values) > MOST_VALUES:
        raise SettingError(
            "file",
            _("{file}: at most {most:,} numbers are read; draw a sample of them").format(file=file, most=MOST_VALUES),
        )
    if not values:
        raise SettingError(
            "file", _("{file}: column '{column}' holds no number").format(file=file, column=column), also=["column"]
        )
    return values


def _offered(column: str, table: Table) -> str:
    """Return the clause that offers the nearest column; a file without any near one may be about anything.

    Of such a file nothing is told.
    """
    hint = did_you_mean(column, [shortened(name) for name in table.columns])
    return hint or _("the first line of the file must name it")


Law = Triangular | MeanAndSpread | MeanOnly | Empirical
"""Any of the distributions, checked."""


def _short_form(data: Any) -> Any:
    """Read a mean and a spread without a name as those of a lognormal distribution."""
    if isinstance(data, dict) and "distribution" not in data and _SHORT & set(data):
        return {"cv": _USUAL_CV, **data, "distribution": "lognormal"}
    return data


def _time(law: Law) -> Law:
    if not law.counts.is_time:
        raise SettingError(_first(law), _("a time is needed, in seconds or minutes, not people"))
    return law


def _people(law: Law) -> Law:
    if law.counts.is_time:
        raise SettingError(_first(law), _("a number of people is needed, not {counts}").format(counts=law.counts))
    return law


def _above_zero(law: Law) -> Law:
    if not law.mean > 0:
        raise SettingError(_first(law), _("must be more than 0"))
    return law


def _first(law: Law) -> str:
    """Return the key that tells the unit."""
    return "unit" if isinstance(law, Empirical) else f"{law.numbers[0]}_{law.counts}"


_SHORT = {"mean_seconds", "mean_minutes", "mean_people", "cv"}
_Named = Annotated[Law, Field(discriminator="distribution")]
Duration = Annotated[_Named, AfterValidator(_time), AfterValidator(_above_zero)]
"""The service time of a stage: never all zero."""
Lapse = Annotated[_Named, BeforeValidator(_short_form), AfterValidator(_time)]
"""A time that passes between two events: any of the distributions, or the short form ``{mean_minutes, cv}``, which is
lognormal."""
People = Annotated[_Named, BeforeValidator(_short_form), AfterValidator(_people)]
"""A number of people: any of the distributions, or the short form ``{mean_people, cv}``, which is lognormal."""


class Delay(Settings):
    """A lognormal delay by mean (minutes) and coefficient of variation; a cv of 0 makes it constant."""

    mean_minutes: NonNegative
    """Mean, minutes."""
    cv: Spread = 0.5
    """Coefficient of variation."""
