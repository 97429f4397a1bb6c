"""One day of a run under one strategy: as it was stored, and as it is when it is played again."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.day.watched import Watched, watched_day
from sim.errors import UserError, nearest
from sim.experiment.batch import world_of
from sim.experiment.execute import changed_since
from sim.experiment.frames import frame_of, part_file
from sim.experiment.inputs import DEPLOYMENTS, REGION
from sim.experiment.parquet import read_parquet
from sim.experiment.store import Run
from sim.log import TABLES, DayLog
from sim.words.language import gettext as _

StoredDay = dict[str, pd.DataFrame]
"""The tables of one day under one strategy, by name, with the columns ``strategy`` and ``replication`` in front."""


@dataclass(frozen=True)
class Again:
    """What came of playing a day again.

    Attributes:
        differing: The tables that are not the same as those stored, byte for byte.
        changed: What is another program than the one that played the run, in words; None: it is the same.
        seen: What the tables do not hold; it is of the stored day only where no table differs.
    """

    differing: tuple[str, ...]
    changed: str | None
    seen: Watched


def check_strategy(run: Run, strategy: str) -> None:
    """Check that a run has a strategy.

    Raises:
        UserError: With the nearest name, when it has not.
    """
    if strategy not in run.strategies:
        raise UserError(
            _("strategy '{strategy}' was not played in '{path}'; {hint}").format(
                strategy=strategy, path=run.path, hint=nearest(strategy, run.strategies)
            )
        )


def check_day(run: Run, day: int) -> None:
    """Check that a run has a day.

    Raises:
        UserError: With the days that it has, when it has not.
    """
    if day not in run.finished:
        raise UserError(
            _("replication {day} is not in '{path}'; it has {days}").format(day=day, path=run.path, days=days_of(run))
        )


def days_of(run: Run) -> str:
    """Return the days that a run has, in words: ``days 0 to 9, 20 to 29``."""
    stretches: list[tuple[int, int]] = []
    for day in sorted(run.finished):
        if stretches and day == stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], day)
        else:
            stretches.append((day, day))
    listed = ", ".join(_("{first} to {last}").format(first=a, last=b) if b > a else f"{a}" for a, b in stretches)
    return _("days {listed}").format(listed=listed) if listed else _("no finished day")


def stored_day(run: Run, strategy: str, day: int) -> StoredDay:
    """Read the tables of one day under one strategy.

    Raises:
        UserError: When the run does not have it, or a part of it is missing, damaged, or of another program.
    """
    check_strategy(run, strategy)
    check_day(run, day)
    batch = next(batch for batch in run.batches if day in batch.days)
    run.check_parts([batch])
    found = {}
    for name in TABLES:
        file = run.path / part_file(f"tables/{name}", batch.days.start)
        frame, known = read_parquet([file]), frame_of(name, [])
        if list(frame) != list(known):
            raise UserError(
                _("'{file}': its columns are those of another version of this program, which can read it").format(
                    file=file
                )
            )
        rows = frame[(frame["strategy"] == strategy) & (frame["replication"] == day)]
        found[name] = rows.reset_index(drop=True)
    return found


def play_again(run: Run, strategy: str, day: int, stored: StoredDay, incident: str = "") -> Again:
    """Play one day again from the run's own folder, look on at one disturbance, and compare it with what was stored.

    Args:
        run: The run.
        strategy: The strategy.
        day: Number of the day.
        stored: Its tables, as they were stored.
        incident: Identity of the disturbance that is looked at; empty: none.

    Raises:
        UserError: When what the run is played on is not what was written.
    """
    run.check_inputs(REGION, DEPLOYMENTS)
    log, seen = watched_day(world_of(run.own_scenario), strategy, day, incident)
    return Again(differing_tables(log, stored), changed_since(run), seen)


def differing_tables(log: DayLog, stored: StoredDay) -> tuple[str, ...]:
    """Return the tables of a day played again that are not the same as those stored, byte for byte."""
    return tuple(name for name in TABLES if not _same(frame_of(name, [log]), stored[name]))


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Return whether two tables are the same, byte for byte."""
    return list(one) == list(other) and all(_bytes(one[column]) == _bytes(other[column]) for column in one)


def _bytes(column: pd.Series) -> bytes:
    values = column.to_numpy()
    return repr([str(word) for word in values]).encode() if values.dtype.kind == "O" else values.tobytes()
