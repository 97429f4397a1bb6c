"""The engines: stations in, tables out. Both play the same stations from the same draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sim.voting.conditions import FlatConditions, check_stages
from sim.voting.draws import VoterDraws
from sim.voting.kernel.fates import (
    AWAY,
    DEFERRED,
    IN_LINE,
    IN_ROOM,
    LONG_WAITS,
    LOST_BALKED,
    LOST_DETERRED,
    LOST_EVACUATED,
    LOST_IMPATIENT,
    LOST_UNSUPPLIED,
    N_COUNTS,
    N_FATES,
    PRIORITY_VOTED,
    VOTED,
)
from sim.voting.kernel.inputs import DrawnVoters, Results, StationRules
from sim.voting.kernel.play import play_stations
from sim.voting.rules import Rules

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_NO_CODES = np.empty(0, dtype=np.int8)
_NO_TIMES = np.empty(0)
_NO_STAGES = np.empty((0, 0))


@dataclass(frozen=True, eq=False)
class StationTable:
    """What stations have done by some moment.

    Attributes:
        counts: (stations, columns of ``kernel.fates``) voters by fate, then long waits and priority voters who voted.
        wait_sum: Minutes before being served at every stage, over those who voted.
        priority_wait_sum: The same over the priority voters among them.
        last_voted: When the last voter left; NaN where nobody voted.
    """

    counts: Ints
    wait_sum: Floats
    priority_wait_sum: Floats
    last_voted: Floats

    @property
    def due(self) -> Ints:
        """Voters who set out, or would have."""
        return np.asarray(self.counts[:, :N_FATES].sum(axis=1))

    @property
    def voted(self) -> Ints:
        """Voters who voted and left."""
        return self.counts[:, VOTED]

    @property
    def lost_deterred(self) -> Ints:
        """Voters who stayed away and did not come later."""
        return self.counts[:, LOST_DETERRED]

    @property
    def lost_balked(self) -> Ints:
        """Voters who went away at the sight of the line and did not come back."""
        return self.counts[:, LOST_BALKED]

    @property
    def lost_impatient(self) -> Ints:
        """Voters who left the entrance line after waiting and did not come back."""
        return self.counts[:, LOST_IMPATIENT]

    @property
    def lost_unsupplied(self) -> Ints:
        """Voters who found no ballots left."""
        return self.counts[:, LOST_UNSUPPLIED]

    @property
    def lost_evacuated(self) -> Ints:
        """Voters sent home who did not come back."""
        return self.counts[:, LOST_EVACUATED]

    @property
    def deferred(self) -> Ints:
        """Voters of an abandoned station who wait for the follow-up poll."""
        return self.counts[:, DEFERRED]

    @property
    def in_line(self) -> Ints:
        """Voters before their first service."""
        return self.counts[:, IN_LINE]

    @property
    def in_room(self) -> Ints:
        """Voters between the first service and the way out."""
        return self.counts[:, IN_ROOM]

    @property
    def away(self) -> Ints:
        """Voters who may still come; none after closing."""
        return self.counts[:, AWAY]

    @property
    def waited_over_30(self) -> Ints:
        """Those who voted after waiting over 30 minutes."""
        return self.counts[:, LONG_WAITS]

    @property
    def priority_voted(self) -> Ints:
        """Those who voted and went first: elderly, disabled and pregnant voters."""
        return self.counts[:, PRIORITY_VOTED]

    def rows(self, stations: Ints) -> StationTable:
        """Return the rows of some stations, in their order."""
        return StationTable(
            self.counts[stations], self.wait_sum[stations], self.priority_wait_sum[stations], self.last_voted[stations]
        )

    def replaced(self, stations: Ints, other: StationTable) -> StationTable:
        """Return a copy in which these stations' rows are those of another table, in that order."""
        columns = {name: getattr(self, name).copy() for name in COLUMNS}
        for name, column in columns.items():
            column[stations] = getattr(other, name)
        return StationTable(**columns)

    def lengthened(self, stations: int) -> StationTable:
        """Return a copy with room for so many stations; the new rows are to be filled."""
        columns = {name: getattr(self, name) for name in COLUMNS}
        more = stations - len(self.wait_sum)
        return StationTable(
            **{n: np.concatenate((c, np.empty((more, *c.shape[1:]), dtype=c.dtype))) for n, c in columns.items()}
        )


COLUMNS = tuple(column.name for column in fields(StationTable))
"""The columns of a table of stations, by name."""


@dataclass(frozen=True, eq=False)
class VoterTimes:
    """What every voter has done, of several stations one after another; minutes after midnight, NaN: not happened.

    Attributes:
        fate: Codes of ``fates``.
        joined: When he came to the line, for the last time if he came more than once.
        start: (stages, voters) start of each service of that visit.
        finish: (stages, voters) end of each service.
        left: When he left for good: served, or from the line.
    """

    fate: NDArray[np.int8]
    joined: Floats
    start: Floats
    finish: Floats
    left: Floats

    @property
    def wait(self) -> Floats:
        """(stages, voters) minutes waited before each stage."""
        return np.asarray(self.start - np.vstack([self.joined[None, :], self.finish[:-1]]))


def run_stations(
    draws: VoterDraws, rules: Rules, conditions: FlatConditions, stations: Ints | None = None, until: float = np.inf
) -> StationTable:
    """Play stations until one moment of the day.

    Args:
        draws: The day's voters.
        rules: How a station works.
        conditions: What happens to each of these stations, in their order; only what is before ``until`` matters.
        stations: Their indices; None: all.
        until: The moment to look at; infinite: when everybody has gone.
    """
    return _play(draws, rules, conditions, stations, until, _NO_TIMES_OF_VOTERS)


def follow_voters(
    draws: VoterDraws, rules: Rules, conditions: FlatConditions, stations: Ints | None = None, until: float = np.inf
) -> tuple[StationTable, VoterTimes]:
    """Play stations like ``run_stations``, and return every voter's times as well."""
    chosen = draws.due if stations is None else draws.due[stations]
    n, stages = int(chosen.sum()), len(rules.servers)
    times = VoterTimes(
        np.empty(n, np.int8), np.empty(n), np.empty((stages, n)), np.empty((stages, n)), np.empty(n)
    )  # fmt: skip
    return _play(draws, rules, conditions, stations, until, times), times


_NO_TIMES_OF_VOTERS = VoterTimes(_NO_CODES, _NO_TIMES, _NO_STAGES, _NO_STAGES, _NO_TIMES)


def _play(
    draws: VoterDraws, rules: Rules, conditions: FlatConditions, stations: Ints | None, until: float, times: VoterTimes
) -> StationTable:
    results = play_compiled(draws, rules, conditions, stations, until, times)
    return StationTable(results.counts, results.wait_sum, results.priority_wait_sum, results.last_voted)


def play_compiled(
    draws: VoterDraws,
    rules: Rules,
    conditions: FlatConditions,
    stations: Ints | None = None,
    until: float = np.inf,
    times: VoterTimes = _NO_TIMES_OF_VOTERS,
) -> Results:
    """Play stations like ``run_stations``, and return what the kernel fills in, the work it cost among it.

    Every voter's times are filled into ``times``, unless it is of size 0.
    """
    check_stages(conditions.out.shape[1], len(rules.servers))
    d, chosen = (draws, np.arange(len(draws.first) - 1)) if stations is None else draws.at_hand(stations)
    n = len(chosen)
    voters = DrawnVoters(
        d.first, d.arrival, d.service, d.patience, d.line_limit, d.priority, d.deterred_mark, d.return_mark,
        d.return_delay,
    )  # fmt: skip
    results = Results(
        np.empty((n, N_COUNTS), np.int64), np.empty(n), np.empty(n), np.empty(n), np.empty(n, np.int64),
        times.fate, times.joined, times.start, times.finish, times.left,
    )  # fmt: skip
    play_stations(chosen, voters, _compiled_rules(rules), conditions, float(until), results)
    return results


def _compiled_rules(rules: Rules) -> StationRules:
    """Return rules as the kernel takes them; as floats whatever they came as, or each mixture would be compiled."""
    return StationRules(
        rules.servers, rules.goes_first, float(rules.opening), float(rules.closing), float(rules.deterred_return),
        float(rules.evacuated_return), float(rules.impatient_return),
    )  # fmt: skip


def run_reference(
    draws: VoterDraws, rules: Rules, conditions: FlatConditions, stations: Ints | None = None, until: float = np.inf
) -> StationTable:
    """Play stations like ``run_stations``, with a process for every voter."""
    return follow_with_reference(draws, rules, conditions, stations, until)[0]


def follow_with_reference(
    draws: VoterDraws, rules: Rules, conditions: FlatConditions, stations: Ints | None = None, until: float = np.inf
) -> tuple[StationTable, VoterTimes]:
    """Follow voters like ``follow_voters``, with a process for every voter."""
    from sim.voting.reference import follow_stations  # which needs the tables above

    return follow_stations(draws, rules, conditions, stations, until)


Play = Callable[[VoterDraws, Rules, FlatConditions, Ints | None, float], StationTable]
Follow = Callable[[VoterDraws, Rules, FlatConditions, Ints | None, float], tuple[StationTable, VoterTimes]]
ENGINES: dict[str, Play] = {"compiled": run_stations, "reference": run_reference}
"""What ``run_stations`` does, by the name of the setting ``voting.engine``."""
FOLLOWERS: dict[str, Follow] = {"compiled": follow_voters, "reference": follow_with_reference}
"""What ``follow_voters`` does, by the same names."""
