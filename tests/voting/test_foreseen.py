"""How voting will end, as far as is known: what is played when, on the days of ``test_polls``."""

from __future__ import annotations

import numpy as np
import pytest

from sim.voting.replays import Replays
from tests.voting.test_polls import VOTING, by_hand, polls, row, script


def test_all_that_change_at_the_last_closing_are_played_together_and_none_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[list[int], float]] = []
    play = Replays.play

    def noted(replays, stations, conditions, until):  # type: ignore[no-untyped-def]
        asked.append((list(stations), until))
        return play(replays, stations, conditions, until)

    monkeypatch.setattr(Replays, "play", noted)
    p = polls(by_hand(*[[430, 700, 760]] * 4))
    for station in (0, 1, 3):
        p.impose(station, "riot", speed=0.0)
    p.impose(2, "brawl", speed=0.5)
    ready = script(p, *((VOTING.close, lambda k=k: p.ready(k)) for k in range(4)))  # type: ignore[misc]
    assert asked == [([0, 1, 2, 3], VOTING.day_end)], "in one go, as those that are given up now"
    assert ready == p.ready_of(range(4)) and p.ready_of([]) == []
    assert np.isinf(ready[:2]).all() and ready[2] == row(p, 2)["counted"]
    assert p.table()["abandoned"].tolist() == [1, 1, 0, 1]
    for station in (0, 1, 3):
        p.lift(station, "riot")
    again = [p.ready(k) for k in range(4)]
    p.impose(2, "brawl", speed=0.5)
    assert [p.ready(k) for k in range(4)] == again and p.table()["counted"][2] == again[2]
    assert len(asked) <= 2, "what is as it was is not played again"
