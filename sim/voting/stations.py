"""Many stations at once, alone: from the settings of a station and its rolls, to a tidy row a station or a voter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.config.voting import VotingSettings
from sim.config.weather import WeatherSettings
from sim.errors import UserError
from sim.streams import Streams
from sim.voting.conditions import Conditions, flatten
from sim.voting.draws import draw_voters
from sim.voting.engine import ENGINES, FOLLOWERS, StationTable
from sim.voting.given import MOST_VOTERS, weather_of, whole
from sim.voting.rules import rules_of
from sim.voting.station import check_stages_of, tidy_voters
from sim.words.language import gettext as _

if TYPE_CHECKING:
    import pandas as pd

_COUNTS = ("due", "voted", "lost_deterred", "lost_balked", "lost_impatient", "lost_unsupplied", "lost_evacuated",
           "deferred", "in_line", "in_room")  # fmt: skip


@dataclass(frozen=True, eq=False)
class StationsResult:
    """The day of many stations.

    Attributes:
        stations: One row a station, in their order: station (its place in that order), registered, due and voted, the
            lost by cause, deferred, in_line, in_room (voters); wait_sum and priority_wait_sum (minutes), waited_over_30
            and priority_voted (voters who voted), last_voted (minutes after midnight; NaN where nobody voted).
        voters: One row a voter: station, then the columns of ``StationResult.voters``; None where nobody was followed.
    """

    stations: pd.DataFrame
    voters: pd.DataFrame | None

    def __repr__(self) -> str:
        followed = "" if self.voters is None else ", every voter followed"
        return f"<{len(self.stations)} stations, {int(self.stations['voted'].sum()):,} voted{followed}>"


def simulate_stations(
    voting: VotingSettings,
    registered: ArrayLike,
    *,
    seed: int = 1,
    day: int = 0,
    weather: WeatherSettings | str | None = None,
    conditions: Conditions | Sequence[Conditions | None] | None = None,
    follow: bool = False,
) -> StationsResult:
    """Play the day of many stations from their settings; one of them alone is ``simulate_station``.

    Each station has voters of its own. Guards, disturbances and the ordinary trouble of ``voting.trouble`` are no part
    of it: what happens to the stations is what ``conditions`` say.

    Args:
        voting: The voters and their stations.
        registered: Voters on the roll of each station.
        seed: The run's seed.
        day: Number of the simulated day, from 0; each has other random numbers.
        weather: The weather, which scales turnout: settings, or the name of a packaged one; None: dry.
        conditions: What happens: the same to all, or one for each (None: nothing); None: nothing to any.
        follow: Whether every voter's times are wanted.

    Raises:
        UserError: For numbers that are no numbers of voters, too many voters, another number of conditions than of
            stations, an unknown weather, servers out of use at stages that are not there.
    """
    rolls = _rolls(registered)
    whole("day", day)
    whole("seed", seed)
    there = _conditions(conditions, len(rolls))
    for one in there:
        check_stages_of(one, len(voting.stages))
    draws = draw_voters(rolls, voting, weather_of(weather), Streams(seed, day))
    play = (draws, rules_of(voting), flatten(there), None, voting.day_end)
    if not follow:
        return StationsResult(_table(rolls, ENGINES[voting.engine](*play)), None)
    table, times = FOLLOWERS[voting.engine](*play)
    voters = tidy_voters(draws, voting, times)
    voters.insert(0, "station", np.repeat(np.arange(len(rolls)), np.diff(draws.first)))
    return StationsResult(_table(rolls, table), voters)


def _rolls(registered: ArrayLike) -> NDArray[np.int64]:
    given = np.atleast_1d(np.asarray(registered))
    if given.ndim != 1 or not np.issubdtype(given.dtype, np.number):
        raise UserError(_("registered: a number of voters is needed for each station, such as [480, 560]"))
    if not np.isfinite(given).all() or (given < 0).any() or (given != np.floor(given)).any():
        raise UserError(_("registered: whole numbers of voters are needed, zero or more, one for each station"))
    if given.sum() > MOST_VOTERS:
        raise UserError(
            _("registered: {voters:,} voters in all; at most {most:,} are played at once").format(
                voters=int(given.sum()), most=MOST_VOTERS
            )
        )
    return given.astype(np.int64)


def _conditions(given: Conditions | Sequence[Conditions | None] | None, stations: int) -> list[Conditions]:
    if given is None or isinstance(given, Conditions):
        return [given or Conditions()] * stations
    if len(given) != stations:
        raise UserError(
            _("conditions: {given} for {stations} stations; one for each is needed, or one for all").format(
                given=len(given), stations=stations
            )
        )
    return [one or Conditions() for one in given]


def _table(rolls: NDArray[np.int64], table: StationTable) -> pd.DataFrame:
    import pandas as pd

    columns = {name: getattr(table, name) for name in (*_COUNTS, "wait_sum", "waited_over_30", "priority_voted",
                                                       "priority_wait_sum", "last_voted")}  # fmt: skip
    return pd.DataFrame({"station": np.arange(len(rolls)), "registered": rolls, **columns})
