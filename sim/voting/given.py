"""What a user gives one station, checked: moments, numbers for each voter, service times, servers, the weather."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.config.fields import parse_clock
from sim.config.voting import MOST_SERVERS
from sim.config.weather import SpeedFactors, WeatherSettings
from sim.errors import UserError, nearest
from sim.words.language import gettext as _

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Rows = Literal["stages", "voters"]
_DATES = (datetime.date, datetime.time, datetime.timedelta, np.datetime64, np.timedelta64)
_DRY = WeatherSettings(
    name="dry",
    speed_factor=SpeedFactors(town=1.0, trunk=1.0, secondary=1.0, hill=1.0, local=1.0),
    turnout_factor=1.0,
    report_delay_factor=1.0,
)


def numbers(name: str, given: ArrayLike) -> Floats:
    """Return what is given as an array of numbers.

    Raises:
        UserError: For dates and lengths of time, which have no minutes of their own, for text, and for rows of
            different lengths.
    """
    try:
        array = np.asarray(given)
        if array.dtype.kind in "mM" or (array.dtype.kind == "O" and any(isinstance(v, _DATES) for v in array.flat)):
            raise UserError(
                _("{name}: minutes are needed, as plain numbers, not dates or lengths of time").format(name=name)
            )
        if array.dtype.kind not in "iufO":
            raise UserError(_("{name}: numbers are needed, and rows of one length").format(name=name))
        return np.ascontiguousarray(array, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise UserError(_("{name}: numbers are needed, and rows of one length").format(name=name)) from error


def moment(name: str, given: Any, *, endless: bool = False) -> float:
    """Return a moment in minutes; text is read as a time of day, in minutes after midnight.

    Args:
        name: Of the argument.
        given: A number of minutes, or "HH:MM".
        endless: Whether it may be infinite.

    Raises:
        UserError: For anything else.
    """
    if isinstance(given, str):
        try:
            return parse_clock(given)
        except ValueError as error:
            raise UserError(
                _("{name}: {why}, or as a number of minutes, not '{given}'").format(name=name, why=error, given=given)
            ) from error
    allowed = isinstance(given, (int, float, np.integer, np.floating)) and not isinstance(given, (bool, np.timedelta64))
    if not allowed or np.isnan(given) or (np.isinf(given) and not (endless and given > 0)):
        raise UserError(
            _('{name}: a number of minutes is needed, or a time as "HH:MM", not {given}').format(name=name, given=given)
        )
    return float(given)


def share(name: str, given: float) -> float:
    """Return a share between 0 and 1.

    Raises:
        UserError: For anything else.
    """
    value = numbers(name, given)
    if np.ndim(given) or not 0 <= value[0] <= 1:
        raise UserError(_("{name}: a share between 0 and 1 is needed, not {given}").format(name=name, given=given))
    return float(value[0])


def arrival_times(given: ArrayLike) -> Floats:
    """Return arrivals, checked.

    Raises:
        UserError: For times out of order or not finite.
    """
    came = numbers("arrivals", given)
    if came.ndim != 1:
        raise UserError(
            _("arrivals: one time for each voter, not an array of {ndim} dimensions").format(ndim=came.ndim)
        )
    if not np.all(np.isfinite(came)) or np.any(np.diff(came) < 0):
        raise UserError(_("arrivals: times must be finite and in order"))
    return came


def service_times(given: ArrayLike, voters: int) -> Floats:
    """Return service times as a row for each stage; one row may be flat.

    Raises:
        UserError: For rows that are not as long as there are voters, or a time that is no number, zero or more.
    """
    rows = np.atleast_2d(numbers("service", given))
    if rows.ndim != 2:
        raise UserError(
            _("service: one row of times for each stage, not an array of {ndim} dimensions").format(ndim=rows.ndim)
        )
    if rows.shape[1] != voters:
        raise UserError(
            _("service: {count} service times a stage for {voters} voters").format(count=rows.shape[1], voters=voters)
        )
    if not np.all(np.isfinite(rows)) or np.any(rows < 0):
        raise UserError(_("service: every service time must be a number, zero or more"))
    return rows


def service_by_stage(given: ArrayLike, stages: int, voters: int, rows: Rows | None) -> Floats:
    """Return service times as a row for each stage, whichever way they were given.

    Without a word about it rows are stages; as many voters as stages, more than one, could be meant either way, so
    that it must be said.

    Args:
        given: Service times, minutes.
        stages: Number of stages.
        voters: Number of voters.
        rows: What the rows are; None: stages.

    Raises:
        UserError: For a table of another shape, and for one that can be read both ways.
    """
    if rows not in (None, "stages", "voters"):
        raise UserError(_("service_rows: unknown '{rows}'; known: stages, voters").format(rows=rows))
    table = np.atleast_2d(numbers("service", given))
    if rows is None and stages == voters > 1 and table.shape == (stages, voters):
        raise UserError(
            _(
                "service: {stages} rows of {voters} can be read both ways, as there are as many voters "
                "as stages; say service_rows='stages' or service_rows='voters'"
            ).format(stages=stages, voters=voters)
        )
    if rows == "voters" and np.ndim(given) == 2:
        table = table.T
    if table.ndim == 2 and len(table) != stages:
        plain = _("service: {rows} rows for {stages} stages, one for each of servers")
        turned = _(
            "service: {rows} rows for {stages} stages, one for each of servers; for a row a voter say "
            "service_rows='voters'"
        )
        said = turned if table.shape == (voters, stages) else plain
        raise UserError(said.format(rows=len(table), stages=stages))
    return service_times(np.ascontiguousarray(table), voters)


def column(name: str, given: ArrayLike | None, n: int, otherwise: float, most: float = np.inf) -> Floats:
    """Return one number for each voter, from one for all or one for each.

    Raises:
        UserError: For another length, and for numbers that are negative, missing or too large.
    """
    if given is None:
        return np.full(n, otherwise)
    values = numbers(name, given)
    if np.ndim(given) == 0:
        values = np.full(n, values.item())
    if values.shape != (n,):
        raise UserError(_("{name}: {size} values for {n} voters").format(name=name, size=values.size, n=n))
    if np.any(np.isnan(values)) or np.any(values < 0):
        raise UserError(_("{name}: every value must be a number, zero or more").format(name=name))
    if np.any(values > most):
        raise UserError(_("{name}: no value may be more than {most:g}").format(name=name, most=most))
    return values


def flags(name: str, given: ArrayLike | None, n: int, otherwise: bool) -> Flags:
    """Return yes or no for each, from one for all or one for each.

    Raises:
        UserError: For another length, or anything but true and false.
    """
    if given is None:
        return np.full(n, otherwise)
    values = np.asarray(given)
    if values.ndim == 0:
        values = np.full(n, values)
    if values.shape != (n,):
        raise UserError(_("{name}: {size} values where {n} are needed").format(name=name, size=values.size, n=n))
    if n and values.dtype != np.bool_:
        raise UserError(_("{name}: every value must be true or false").format(name=name))
    return np.ascontiguousarray(values, dtype=np.bool_)


def servers_of(given: Sequence[int]) -> Ints:
    """Return the servers of each stage as whole numbers.

    Raises:
        UserError: For anything but a list of whole numbers, and for more than the memory of a station is made for.
    """
    values = numbers("servers", given)
    if np.ndim(given) != 1 or not np.all(np.isfinite(values) & (values == np.floor(values))):
        raise UserError(_("servers: a whole number for each stage, not {given}").format(given=given))
    if np.any(values > MOST_SERVERS):
        raise UserError(
            _(
                "servers: at most {most:,} at a stage, as a station remembers of each when it is free, not {count}"
            ).format(most=MOST_SERVERS, count=int(values.max()))
        )
    return values.astype(np.int64)


MOST_WHOLE = 2**64 - 1
MOST_VOTERS = 5_000_000
"""Voters of one station alone; each takes some hundred bytes, and nobody has drawn a larger one."""


def whole(name: str, value: int, most: int = MOST_WHOLE) -> None:
    """Refuse everything but whole numbers from zero to the largest that is taken.

    Raises:
        UserError: Naming it.
    """
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 0:
        raise UserError(_("{name} must be a whole number, zero or more, not {value}").format(name=name, value=value))
    if value > most:
        raise UserError(_("{name} must be {most:,} or less, not {value:,}").format(name=name, most=most, value=value))


def weather_of(given: WeatherSettings | str | None) -> WeatherSettings:
    """Return the weather: settings as they are, a packaged one by its name, dry for None.

    Raises:
        UserError: For an unknown name, and for anything else.
    """
    if given is None or isinstance(given, WeatherSettings):
        return given or _DRY
    if not isinstance(given, str):
        raise UserError(
            _("weather: settings are needed, like scenario.weather, or a name, not {given!r}").format(given=given)
        )
    from sim.config.packaged import CONF
    from sim.config.source import read_yaml

    known = {file.stem: file for file in sorted((CONF / "weather").glob("*.yaml"))}
    if given not in known:
        raise UserError(
            _("weather: unknown '{given}'; {hint}; or give scenario.weather").format(
                given=given, hint=nearest(given, list(known))
            )
        )
    return WeatherSettings.model_validate(read_yaml(known[given]))
