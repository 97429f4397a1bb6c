"""One station alone: from arrays, or from the settings of a station, to every voter's times; no region, no police."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.config.voting import VotingSettings
from sim.config.weather import SpeedFactors, WeatherSettings
from sim.errors import UserError
from sim.streams import Streams
from sim.voting import engine
from sim.voting.conditions import Conditions, flatten
from sim.voting.draws import VoterDraws, draw_voters
from sim.voting.engine import ENGINES, FOLLOWERS, StationTable, VoterTimes
from sim.voting.kernel import fates
from sim.voting.rules import Rules, rules_of

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

GROUPS = ("roll", "moved_in", "identity_card")
"""Names of the groups of voters, by their code in ``VoterDraws``."""
FATES = {
    fates.VOTED: "voted",
    fates.LOST_DETERRED: "lost_deterred",
    fates.LOST_IMPATIENT: "lost_impatient",
    fates.LOST_EVACUATED: "lost_evacuated",
    fates.DEFERRED: "deferred",
    fates.IN_LINE: "in_line",
    fates.IN_ROOM: "in_room",
    fates.AWAY: "away",
    fates.LOST_BALKED: "lost_balked",
    fates.LOST_UNSUPPLIED: "lost_unsupplied",
}
"""Names of the fates, by their code."""
_DRY = WeatherSettings(
    name="dry",
    speed_factor=SpeedFactors(town=1.0, trunk=1.0, secondary=1.0, hill=1.0, local=1.0),
    turnout_factor=1.0,
    report_delay_factor=1.0,
)


def station_voters(
    arrivals: ArrayLike,
    service: ArrayLike,
    *,
    patience: ArrayLike | None = None,
    line_limit: ArrayLike | None = None,
    priority: ArrayLike | None = None,
    deterred_mark: ArrayLike | None = None,
    return_mark: ArrayLike | None = None,
    return_delay: ArrayLike | None = None,
) -> VoterDraws:
    """Return the voters of one station from arrays, checked; all of them are on its roll.

    Everything but arrivals and service may be one value for all or one for each voter.

    Args:
        arrivals: When each comes, in order, minutes.
        service: (stages, voters) service times at normal speed, minutes; one row may be given flat.
        patience: Minutes each waits in the entrance line; None: for ever.
        line_limit: He goes away at once when so many or more stand in the entrance line before him, unless he is served
            at once; None: never.
        priority: Whether he goes first; None: nobody does.
        deterred_mark: Between 0 and 1; he stays away while the share deterred exceeds it. None: 1, nobody does.
        return_mark: Between 0 and 1; he comes back if it is below the share that does. None: 1, nobody does.
        return_delay: Minutes from the all-clear, or from leaving the line, to the return. None: 0.

    Raises:
        UserError: For arrivals out of order, negative or missing numbers, arrays of another length.
    """
    came = _numbers("arrivals", arrivals)
    if came.ndim != 1:
        raise UserError(f"arrivals: one time for each voter, not an array of {came.ndim} dimensions")
    n = len(came)
    if not np.all(np.isfinite(came)) or np.any(np.diff(came) < 0):
        raise UserError("arrivals: times must be finite and in order")
    return VoterDraws(
        first=np.array([0, n]),
        arrival=came,
        service=_service(service, n),
        patience=_column("patience", patience, n, np.inf),
        line_limit=_column("line_limit", line_limit, n, np.inf),
        priority=_flags("priority", priority, n, False),
        group=np.zeros(n, dtype=np.int8),
        deterred_mark=_column("deterred_mark", deterred_mark, n, 1.0),
        return_mark=_column("return_mark", return_mark, n, 1.0),
        return_delay=_column("return_delay", return_delay, n, 0.0),
        counting_factor=np.ones(1),
    )


def run_station(
    arrivals: ArrayLike,
    service: ArrayLike,
    servers: Sequence[int],
    *,
    opening: float = 0.0,
    closing: float = np.inf,
    patience: ArrayLike | None = None,
    line_limit: ArrayLike | None = None,
    priority: ArrayLike | None = None,
    priority_stages: Sequence[bool] | None = None,
    conditions: Conditions | None = None,
    until: float = np.inf,
) -> VoterTimes:
    """Run one station from given arrival and service times, first come first served in each class at every stage.

    Args:
        arrivals: When each voter comes, in order, minutes. Who comes before opening waits for it.
        service: (stages, voters) service times, minutes; one row may be given flat.
        servers: Servers of each stage.
        opening: Service begins.
        closing: Voters who come later are not admitted: an error here. Those in line are still served.
        patience: Minutes each waits in the entrance line; None: for ever.
        line_limit: He goes away at once when so many or more stand in the entrance line before him (for one who goes
            first: of those who do), unless he is served at once; None: never.
        priority: Whether each goes first, where the stage says so; nobody's service is broken off. None: nobody does.
        priority_stages: For each stage, whether priority voters go first there; None: at every stage.
        conditions: What happens to the station; None: nothing.
        until: The moment to look at; infinite: when everybody has gone.

    Raises:
        UserError: For no stage, no server, closing before opening, an arrival after closing, a bad service time.
    """
    voters = station_voters(arrivals, service, patience=patience, line_limit=line_limit, priority=priority)
    stages = _stages(servers)
    first_at = None if priority_stages is None else _flags("priority_stages", priority_stages, len(stages), True)
    rules = Rules(stages, float(opening), float(closing), priority=first_at)
    there = conditions or Conditions()
    if len(stages) != len(voters.service):
        raise UserError(f"servers: {len(stages)} stages, but service has {len(voters.service)}")
    closes = closing + there.extended
    if len(voters.arrival) and voters.arrival[-1] > closes:
        raise UserError(f"arrivals: {voters.arrival[-1]} is after closing ({closes}); nobody is admitted then")
    if np.isnan(until):
        raise UserError("until must be a time or infinite, not nan")
    _, times = engine.follow_voters(voters, rules, flatten([there]), until=float(until))
    return times


@dataclass(frozen=True, eq=False)
class StationDay:
    """The day of one station.

    Attributes:
        table: What became of its voters, in one row.
        voters: One row a voter, in order of arrival; None where nobody was followed. ``arrived`` (set out for the
            station), ``group`` and ``fate`` by name, ``priority``, ``joined``, start and finish of each stage under
            its name (``booth start``, ``booth finish``), ``left``, and ``wait``, minutes before all stages of those
            who voted. Times are minutes after midnight, NaN: not happened.
        closed: When the last who voted had left, at the earliest the hour of closing; infinite when somebody in line
            or inside never could.
    """

    table: StationTable
    voters: pd.DataFrame | None
    closed: float


def simulate_station(
    voting: VotingSettings,
    registered: int,
    *,
    seed: int = 1,
    day: int = 0,
    voters: int | None = None,
    weather: WeatherSettings | None = None,
    conditions: Conditions | None = None,
    follow: bool = True,
) -> StationDay:
    """Play the day of one station from its settings, by the engine that they name.

    Guards, disturbances and the ordinary trouble of ``voting.trouble`` are no part of it: what happens to the station
    is what ``conditions`` say.

    Args:
        voting: The voters and their station.
        registered: Voters on its roll.
        seed: The run's seed.
        day: Number of the simulated day, from 0; each has other random numbers.
        voters: Exactly so many of those on the roll come, and nobody else; None: as many as the settings make come.
        weather: The weather, which scales turnout; None: dry.
        conditions: What happens to the station; None: nothing, and it has ballots for everybody.
        follow: Whether every voter's times are wanted.

    Raises:
        UserError: For a negative number, or more voters than are registered.
    """
    _whole("registered", registered)
    _whole("day", day)
    _whole("seed", seed)
    if voters is None:
        draws = draw_voters(np.array([registered]), voting, weather or _DRY, Streams(seed, day))
    else:
        _whole("voters", voters)
        if voters > registered:
            raise UserError(f"voters: {voters} cannot come, as only {registered} are registered (registered)")
        draws = draw_voters(np.array([voters]), _everybody_comes(voting), _DRY, Streams(seed, day))
    flat, closing = flatten([conditions or Conditions()]), voting.close + (conditions or Conditions()).extended
    play = (draws, rules_of(voting), flat, None, voting.day_end)
    if not follow:
        table = ENGINES[voting.engine](*play)
        return StationDay(table, None, _closed(table, closing))
    table, times = FOLLOWERS[voting.engine](*play)
    return StationDay(table, _tidy(draws, voting, times), _closed(table, closing))


def _everybody_comes(voting: VotingSettings) -> VotingSettings:
    """Return these settings with every voter on the roll coming, and nobody else."""
    nobody = {"share_of_roll": 0.0}
    return voting.model_copy(
        update={
            "turnout_share": 1.0,
            "turnout_spread": 0.0,
            "moved_in": voting.moved_in.model_copy(update=nobody),
            "identity_card": voting.identity_card.model_copy(update=nobody),
        }
    )


def _closed(table: StationTable, closing: float) -> float:
    """Return when the last voter had left; infinite while somebody is still there."""
    if table.in_line[0] + table.in_room[0]:
        return float(np.inf)
    return float(np.fmax(table.last_voted[0], closing))


def _tidy(draws: VoterDraws, voting: VotingSettings, times: VoterTimes) -> pd.DataFrame:
    """Return one row for each voter: see ``StationDay``."""
    import pandas as pd

    columns: dict[str, object] = {
        "arrived": draws.arrival,
        "group": pd.Categorical.from_codes(draws.group, categories=pd.Index(GROUPS)),
        "priority": draws.priority,
        "fate": [FATES[code] for code in times.fate.tolist()],
        "joined": times.joined,
    }
    for row, stage in enumerate(voting.stages):
        columns[f"{stage.name} start"], columns[f"{stage.name} finish"] = times.start[row], times.finish[row]
    wait = np.where(times.fate == fates.VOTED, times.wait.sum(axis=0), np.nan)
    return pd.DataFrame({**columns, "left": times.left, "wait": wait})


def _numbers(name: str, given: ArrayLike) -> Floats:
    try:
        return np.ascontiguousarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise UserError(f"{name}: numbers are needed, and rows of one length") from error


def _service(service: ArrayLike, n: int) -> Floats:
    """Return service times as a row for each stage."""
    rows = np.atleast_2d(_numbers("service", service))
    if rows.ndim != 2:
        raise UserError(f"service: one row of times for each stage, not an array of {rows.ndim} dimensions")
    if rows.shape[1] != n:
        raise UserError(f"service: {rows.shape[1]} service times a stage for {n} voters")
    if not np.all(np.isfinite(rows)) or np.any(rows < 0):
        raise UserError("service: every service time must be a number, zero or more")
    return rows


def _column(name: str, given: ArrayLike | None, n: int, otherwise: float) -> Floats:
    """Return one number for each voter, from one for all or one for each."""
    if given is None:
        return np.full(n, otherwise)
    column = _numbers(name, given)
    if np.ndim(given) == 0:
        column = np.full(n, column.item())
    if column.shape != (n,):
        raise UserError(f"{name}: {column.size} values for {n} voters")
    if np.any(np.isnan(column)) or np.any(column < 0):
        raise UserError(f"{name}: every value must be a number, zero or more")
    return column


def _flags(name: str, given: ArrayLike | None, n: int, otherwise: bool) -> NDArray[np.bool_]:
    """Return yes or no for each, from one for all or one for each."""
    if given is None:
        return np.full(n, otherwise)
    flags = np.asarray(given)
    if flags.ndim == 0:
        flags = np.full(n, flags)
    if flags.shape != (n,):
        raise UserError(f"{name}: {flags.size} values where {n} are needed")
    if n and flags.dtype != np.bool_:
        raise UserError(f"{name}: every value must be true or false")
    return np.ascontiguousarray(flags, dtype=np.bool_)


def _stages(servers: Sequence[int]) -> NDArray[np.int64]:
    """Return the servers of each stage as whole numbers."""
    given = _numbers("servers", servers)
    if np.ndim(servers) != 1 or not np.all(np.isfinite(given) & (given == np.floor(given))):
        raise UserError(f"servers: a whole number for each stage, not {servers}")
    return given.astype(np.int64)


def _whole(name: str, value: int) -> None:
    """Refuse everything but whole numbers from zero."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 0:
        raise UserError(f"{name} must be a whole number, zero or more, not {value}")
