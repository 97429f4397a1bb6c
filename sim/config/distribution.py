"""Distributions of a duration, by name."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from sim.config.fields import Name, NonNegative, Positive, Settings
from sim.config.refusal import SettingError
from sim.errors import nearest


class Triangular(Settings):
    """Triangular between ``low`` and ``high`` with the peak at ``mode``; seconds."""

    distribution: Literal["triangular"]
    low_seconds: NonNegative
    mode_seconds: NonNegative
    high_seconds: Positive

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low, mode, high = self.low_seconds, self.mode_seconds, self.high_seconds
        if not low <= mode <= high or low == high:
            raise SettingError(
                "low_seconds",
                "low_seconds <= mode_seconds <= high_seconds is needed, and low below high, "
                f"not {low:g}, {mode:g}, {high:g}",
                also=["mode_seconds", "high_seconds"],
                named=True,
            )
        return self

    @property
    def mean_minutes(self) -> float:
        """Mean in minutes."""
        return (self.low_seconds + self.mode_seconds + self.high_seconds) / 180.0


class MeanAndSpread(Settings):
    """Lognormal or gamma by mean (seconds) and coefficient of variation."""

    distribution: Literal["lognormal", "gamma"]
    mean_seconds: Positive
    cv: Positive

    @property
    def mean_minutes(self) -> float:
        """Mean in minutes."""
        return self.mean_seconds / 60.0


class MeanOnly(Settings):
    """Exponential or constant by its mean (seconds)."""

    distribution: Literal["exponential", "constant"]
    mean_seconds: Positive

    @property
    def mean_minutes(self) -> float:
        """Mean in minutes."""
        return self.mean_seconds / 60.0


class Empirical(Settings):
    """Measured times, drawn with replacement from one column of a CSV file; seconds.

    The file is read once, when the settings are validated; from then on ``values`` holds all there is to know, and
    settings that name ``values`` need no file. A relative path is looked for in the scenario's folder, which a
    validation context ``{"folder": Path}`` names, else in the working directory.
    """

    distribution: Literal["empirical"]
    file: str | None = None
    column: Name | None = None
    values: tuple[NonNegative, ...] = ()
    """The measured times, seconds."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict) or data.get("values"):
            return data
        file, column = data.get("file"), data.get("column")
        if not isinstance(file, str) or not isinstance(column, str):
            return data
        folder = info.context.get("folder") if isinstance(info.context, dict) else None
        return {**data, "values": read_column(Path(folder or ".") / file, column)}

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if not self.values:
            raise ValueError("empirical: either file and column are needed, or values with at least one number")
        if sum(self.values) <= 0:
            path, where = ("file", f"{self.file}: ") if self.file else ("values", "")
            raise SettingError(path, f"{where}the times must have a mean above zero")
        return self

    @property
    def mean_minutes(self) -> float:
        """Mean in minutes."""
        return math.fsum(self.values) / len(self.values) / 60.0


def read_column(file: Path, column: str) -> tuple[float, ...]:
    """Read the numbers of one column of a CSV file with a header; lines without anything are passed over.

    Args:
        file: The file; UTF-8.
        column: Name of the column.

    Raises:
        SettingError: For a file that cannot be read, a missing column, an entry that is no number, negative or not
            finite, or no entry at all; it blames the setting ``file`` or ``column``.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, skipinitialspace=True)
            known = [name.strip() for name in rows.fieldnames or ()]
            rows.fieldnames = known
            if column not in known:
                raise SettingError("column", f"{file}: unknown column '{column}'; {nearest(column, known)}")
            if known.count(column) > 1:
                raise SettingError("column", f"{file}: two columns have the name '{column}'")
            values = tuple(_seconds(row[column], f"{file} line {rows.line_num}") for row in rows)
    except UnicodeDecodeError as error:
        raise SettingError("file", f"{file}: cannot be read (it is not UTF-8 text)") from error
    except (OSError, csv.Error) as error:
        raise SettingError("file", f"{file}: cannot be read ({getattr(error, 'strerror', error)})") from error
    if not values:
        raise SettingError("file", f"{file}: column '{column}' holds no number", also=["column"])
    return values


def _seconds(text: str | None, where: str) -> float:
    try:
        value = float(text or "")
    except ValueError as error:
        raise SettingError("file", f"{where}: a number of seconds is needed, not '{text or ''}'") from error
    if not (math.isfinite(value) and value >= 0):
        raise SettingError("file", f"{where}: a time must be finite and zero or more, not {text}")
    return value


Duration = Annotated[Triangular | MeanAndSpread | MeanOnly | Empirical, Field(discriminator="distribution")]
"""The service time of a stage."""


class Delay(Settings):
    """A lognormal delay by mean (minutes) and coefficient of variation; a cv of 0 makes it constant."""

    mean_minutes: NonNegative
    cv: NonNegative = 0.5
