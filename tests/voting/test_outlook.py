"""When stations will have counted, from what becomes of all of them: by hand."""

from __future__ import annotations

import numpy as np

from sim.config.voting import Counting
from sim.voting.conditions import INF, Conditions
from sim.voting.engine import StationTable
from sim.voting.kernel.fates import IN_LINE, N_COUNTS, VOTED
from sim.voting.life import Hours, Life
from sim.voting.outlook import Outlook

COUNTING = Counting(setup_minutes=20.0, minutes_per_voter=0.5, cv=0.0, spectators=0.0)
HOURS = Hours(420.0, 780.0, 15.0, 0.0)


def table(voted: list[int], in_line: list[int], last_voted: list[float]) -> StationTable:
    counts = np.zeros((len(voted), N_COUNTS), dtype=np.int64)
    counts[:, VOTED], counts[:, IN_LINE] = voted, in_line
    nothing = np.zeros(len(voted))
    return StationTable(counts, nothing, nothing, np.array(last_voted))


def test_counting_begins_at_closing_or_after_the_last_voter_and_never_while_somebody_waits() -> None:
    outlook = Outlook(table([100, 100, 100, 0], [0, 0, 3, 0], [700.0, 800.0, 800.0, np.nan]), COUNTING, np.full(4, 2.0))
    life = Life(HOURS, Conditions())
    by_hand = [780.0 + 120.0, 800.0 + 120.0, INF, 780.0 + 20.0]
    assert [outlook.counted(station, life) for station in range(4)] == by_hand
    assert outlook.all_counted(np.full(4, 780.0)).tolist() == by_hand


def test_a_stop_while_a_station_counts_makes_it_later_by_as_long() -> None:
    outlook = Outlook(table([100], [0], [700.0]), COUNTING, np.ones(1))
    life = Life(HOURS, Conditions().changing(790.0, 0.0, 0.0).changing(820.0, 1.0, 0.0))
    assert outlook.counted(0, life) == 780.0 + 70.0 + 30.0


def test_only_the_stations_that_were_played_again_change() -> None:
    outlook = Outlook(table([100, 100], [0, 0], [700.0, 700.0]), COUNTING, np.ones(2))
    again = outlook.replaced(np.array([1]), table([40], [0], [790.0]))
    assert again.all_counted(np.full(2, 780.0)).tolist() == [780.0 + 70.0, 790.0 + 40.0]
    assert outlook.all_counted(np.full(2, 780.0)).tolist() == [780.0 + 70.0] * 2


def test_what_changes_after_a_station_has_served_everybody_does_not_matter_to_its_voters() -> None:
    outlook = Outlook(table([9, 9, 9], [0, 0, 1], [700.0, 800.0, 700.0]), COUNTING, np.ones(3))
    works = Life(HOURS, Conditions().changing(790.0, 0.0, 0.0))
    assert [outlook.is_settled(0, works, since, [1]) for since in (770.0, 780.0, 790.0)] == [False, False, True]
    assert not outlook.is_settled(1, works, 810.0, [1]), "it stood still when the last had voted: others may wait"
    assert not outlook.is_settled(2, works, 790.0, [1]), "somebody waits"
    assert not outlook.is_settled(0, Life(HOURS, Conditions().changing(770.0, 0.0, 0.0)), 790.0, [1])
    assert not outlook.is_settled(0, Life(HOURS, Conditions(extended=15.0)), 790.0, [1]), "it is still open"
