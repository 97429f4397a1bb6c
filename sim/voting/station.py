"""One station alone: from arrays, or from the settings of a station, to every voter's times; no region, no police."""

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
from sim.vocabulary import Fate
from sim.voting import engine
from sim.voting.conditions import Conditions, flatten
from sim.voting.draws import VoterDraws, VoterGroup, draw_voters
from sim.voting.engine import ENGINES, FOLLOWERS, StationTable, VoterTimes
from sim.voting.given import (
    MOST_VOTERS,
    Rows,
    arrival_times,
    column,
    flags,
    moment,
    servers_of,
    service_by_stage,
    service_times,
    share,
    weather_of,
    whole,
)
from sim.voting.rules import Rules, rules_of
from sim.words.language import gettext as _

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

GROUPS = tuple(group.name.lower() for group in VoterGroup)
"""Names of the groups of voters, by their code in ``VoterDraws``."""
FATES = {fate: fate.name.lower() for fate in Fate}
"""Names of the fates, by their code."""


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
        UserError: For arrivals out of order, negative or missing numbers, dates, arrays of another length.
    """
    came = arrival_times(arrivals)
    n = len(came)
    return VoterDraws(
        first=np.array([0, n]),
        arrival=came,
        service=service_times(service, n),
        patience=column("patience", patience, n, np.inf),
        line_limit=column("line_limit", line_limit, n, np.inf),
        priority=flags("priority", priority, n, False),
        group=np.zeros(n, dtype=np.int8),
        deterred_mark=column("deterred_mark", deterred_mark, n, 1.0, most=1.0),
        return_mark=column("return_mark", return_mark, n, 1.0, most=1.0),
        return_delay=column("return_delay", return_delay, n, 0.0),
        counting_factor=np.ones(1),
    )


def run_station(
    arrivals: ArrayLike,
    service: ArrayLike,
    servers: Sequence[int],
    *,
    service_rows: Rows | None = None,
    opening: float | str = 0.0,
    closing: float | str = np.inf,
    patience: ArrayLike | None = None,
    line_limit: ArrayLike | None = None,
    priority: ArrayLike | None = None,
    priority_stages: Sequence[bool] | None = None,
    conditions: Conditions | None = None,
    deterred_mark: ArrayLike | None = None,
    return_mark: ArrayLike | None = None,
    return_delay: ArrayLike | None = None,
    deterred_return: float = 0.0,
    evacuated_return: float = 0.0,
    impatient_return: float = 0.0,
    until: float | str = np.inf,
) -> VoterTimes:
    """Run one station from given arrival and service times, first come first served in each class at every stage.

    Times are plain minutes from any moment, the same for all; where opening, closing or ``until`` are written "HH:MM"
    they are minutes after midnight. Nothing is drawn here: who stays away or comes back is told by marks.

    Args:
        arrivals: When each voter comes, in order. Who comes before opening waits for it.
        service: (stages, voters) service times, minutes; one row may be given flat.
        servers: Servers of each stage.
        service_rows: What the rows of ``service`` are, ``stages`` or ``voters``; None: stages. It must be said where
            there are as many voters as stages, more than one.
        opening: Service begins.
        closing: Voters who come later are not admitted: an error here. Those in line are still served.
        patience: Minutes each waits in the entrance line; None: for ever.
        line_limit: He goes away at once when so many or more stand in the entrance line before him (for one who goes
            first: of those who do), unless he is served at once; None: never.
        priority: Whether each goes first, where the stage says so; nobody's service is broken off. None: nobody does.
        priority_stages: For each stage, whether priority voters go first there; None: at every stage.
        conditions: What happens to the station; None: nothing.
        deterred_mark: Between 0 and 1, one for each voter: he stays away while the share deterred exceeds it. Needed
            where the conditions deter anybody.
        return_mark: Between 0 and 1, one for each voter: he comes back if it is below the share that does. Needed
            where one of these shares is above 0.
        return_delay: Minutes from the all-clear, or from leaving the line, to the return; None: 0.
        deterred_return: Share of voters who were kept away and come later; 0: none of them.
        evacuated_return: Share of evacuated voters who come back after the all-clear; 0: none of them.
        impatient_return: Share of voters who left the line, or went away at the sight of it, and come back, once.
        until: The moment to look at; infinite: when everybody has gone.

    Raises:
        UserError: For no stage, no server, closing before opening, an arrival after closing, a bad service time,
            marks that are needed and missing, dates where minutes are needed, servers out of use at stages that are
            not there.
    """
    there = conditions or Conditions()
    rules = Rules(
        servers_of(servers),
        moment("opening", opening),
        moment("closing", closing, endless=True),
        deterred_return=share("deterred_return", deterred_return),
        evacuated_return=share("evacuated_return", evacuated_return),
        impatient_return=share("impatient_return", impatient_return),
        priority=None if priority_stages is None else flags("priority_stages", priority_stages, len(servers), True),
    )
    came = arrival_times(arrivals)
    _check_marks(there, rules, deterred_mark, return_mark)
    check_stages_of(there, len(rules.servers))
    voters = station_voters(
        came,
        service_by_stage(service, len(rules.servers), len(came), service_rows),
        patience=patience,
        line_limit=line_limit,
        priority=priority,
        deterred_mark=deterred_mark,
        return_mark=return_mark,
        return_delay=return_delay,
    )
    closes = rules.closing + there.extended
    if len(came) and came[-1] > closes:
        raise UserError(
            _("arrivals: {last} is after closing ({closes}); nobody is admitted then").format(
                last=came[-1], closes=closes
            )
        )
    _voters, times = engine.follow_voters(voters, rules, flatten([there]), until=moment("until", until, endless=True))
    return times


def _check_marks(
    conditions: Conditions, rules: Rules, deterred_mark: ArrayLike | None, return_mark: ArrayLike | None
) -> None:
    """Refuse to guess who stays away and who comes back."""
    if deterred_mark is None and any(conditions.deterred):
        raise UserError(
            _(
                "deterred_mark: needed, one number between 0 and 1 for each voter, as "
                "conditions.deterred reaches {share:g}"
            ).format(share=max(conditions.deterred))
        )
    for name in ("deterred_return", "evacuated_return", "impatient_return"):
        if return_mark is None and getattr(rules, name) > 0:
            raise UserError(
                _("return_mark: needed, one number between 0 and 1 for each voter, as {name} is above 0").format(
                    name=name
                )
            )


def check_stages_of(conditions: Conditions, stages: int) -> None:
    """Refuse servers out of use at stages that are not there."""
    named = max((k + 1 for out in conditions.out for k, servers in enumerate(out) if servers), default=0)
    if named > stages:
        raise UserError(
            _("conditions.out: servers of stage {named} are out of use, but there are {stages} stages").format(
                named=named, stages=stages
            )
        )


@dataclass(frozen=True, eq=False)
class StationResult:
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
    weather: WeatherSettings | str | None = None,
    conditions: Conditions | None = None,
    follow: bool = True,
) -> StationResult:
    """Play the day of one station from its settings, by the engine that they name.

    Guards, disturbances and the ordinary trouble of ``voting.trouble`` are no part of it: what happens to the station
    is what ``conditions`` say.

    Args:
        voting: The voters and their station.
        registered: Voters on its roll.
        seed: The run's seed.
        day: Number of the simulated day, from 0; each has other random numbers.
        voters: Exactly so many of those on the roll come, and nobody else; None: as many as the settings make come.
        weather: The weather, which scales turnout: settings, or the name of a packaged one; None: dry.
        conditions: What happens to the station; None: nothing, and it has ballots for everybody.
        follow: Whether every voter's times are wanted.

    Raises:
        UserError: For a negative number, more voters than are registered, an unknown weather, servers out of use at
            stages that are not there.
    """
    whole("registered", registered, MOST_VOTERS)
    whole("day", day)
    whole("seed", seed)
    there = conditions or Conditions()
    check_stages_of(there, len(voting.stages))
    sky = weather_of(weather)
    if voters is None:
        draws = draw_voters(np.array([registered]), voting, sky, Streams(seed, day))
    else:
        whole("voters", voters)
        if voters > registered:
            raise UserError(
                _("voters: {voters} cannot come, as only {registered} are registered (registered)").format(
                    voters=voters, registered=registered
                )
            )
        draws = draw_voters(np.array([voters]), _everybody_comes(voting), weather_of(None), Streams(seed, day))
    flat, closing = flatten([there]), voting.close + there.extended
    play = (draws, rules_of(voting), flat, None, voting.day_end)
    if not follow:
        table = ENGINES[voting.engine](*play)
        return StationResult(table, None, _closed(table, closing))
    table, times = FOLLOWERS[voting.engine](*play)
    return StationResult(table, tidy_voters(draws, voting, times), _closed(table, closing))


def _everybody_comes(voting: VotingSettings) -> VotingSettings:
    """Return these settings with every voter on the roll coming, and nobody else."""
    nobody = {"share_of_roll": 0.0}
    return voting.model_copy(
        update={
            "turnout_share": 1.0,
            "turnout_spread": 0.0,
            "turnout_count": "binomial",
            "moved_in": voting.moved_in.model_copy(update=nobody),
            "identity_card": voting.identity_card.model_copy(update=nobody),
        }
    )


def _closed(table: StationTable, closing: float) -> float:
    """Return when the last voter had left; infinite while somebody is still there."""
    if table.in_line[0] + table.in_room[0]:
        return float(np.inf)
    return float(np.fmax(table.last_voted[0], closing))


def tidy_voters(draws: VoterDraws, voting: VotingSettings, times: VoterTimes) -> pd.DataFrame:
    """Return one row for each voter: see ``StationResult``."""
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
    wait = np.where(times.fate == Fate.VOTED, times.wait.sum(axis=0), np.nan)
    return pd.DataFrame({**columns, "left": times.left, "wait": wait})
