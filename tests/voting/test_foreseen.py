"""How voting will end, as far as is known: what is played when, on the days of ``test_polls``."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.voting.conditions import at_station, flatten, undisturbed
from sim.voting.engine import Ints, run_stations
from sim.voting.foreseen import Foreseen
from sim.voting.life import hours_of, life_of
from sim.voting.replays import Replays
from sim.voting.rules import rules_of
from tests.voting.test_polls import VOTING, by_hand, polls, row, script


def test_what_has_changed_is_played_together_what_is_given_up_last_and_nothing_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[list[int], float]] = []
    play = Replays.play

    def noted(replays, stations, conditions, until):  # type: ignore[no-untyped-def]
        asked.append((list(stations), until))
        return play(replays, stations, conditions, until)

    monkeypatch.setattr(Replays, "play", noted)
    p = polls(by_hand(*[[430, 700, 760]] * 5))
    for station in (0, 1, 3):
        p.impose(station, "riot", speed=0.0)
    for station in (2, 4):
        p.impose(station, "brawl", speed=0.5)
    ready = script(p, *((VOTING.close, lambda k=k: p.ready(k)) for k in range(5)))  # type: ignore[misc]
    assert ready == p.all_ready()
    assert asked == [([2, 4], VOTING.day_end)], "in one go, without those that are given up now"
    assert np.isinf(ready[:2]).all() and ready[2] == row(p, 2)["counted"]
    assert p.table()["abandoned"].tolist() == [1, 1, 0, 1, 0]
    assert asked[1:] == [([0, 1, 3], VOTING.day_end)], "what becomes of these is asked for by the table only"
    for station in (0, 1, 3):
        p.lift(station, "riot")
    again = [p.ready(k) for k in range(5)]
    p.impose(2, "brawl", speed=0.5)
    assert [p.ready(k) for k in range(5)] == again and len(asked) == 2
    assert p.table()["counted"][2] == again[2]
    assert not any({2, 4} & {*stations} for stations, _ in asked[1:]), "what is as it was is not played again"


def test_what_happens_after_closing_changes_the_day_of_those_only_who_are_still_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Impatient voters leave a line that stands still: the day is what it is when each station is played at the end."""
    rng, played = np.random.default_rng(2), list[tuple[int, float]]()
    draws = by_hand(*(np.sort(rng.uniform(600, 779, n)).tolist() for n in (1, 8, 12, 14, 16, 18, 20, 25)), mark=0.3)
    impatient = replace(draws, patience=rng.uniform(5, 90, len(draws.arrival)))
    p, play = polls(impatient), Replays.play

    def noted(replays, stations, conditions, until):  # type: ignore[no-untyped-def]
        played.extend((station, p.env.now) for station in stations)
        return play(replays, stations, conditions, until)

    monkeypatch.setattr(Replays, "play", noted)
    acts = (
        lambda s: p.impose(s, "riot", speed=0.0),
        lambda s: p.impose(s, "riot", speed=0.4, deterred=0.5),
        lambda s: p.impose(s, "brawl", door_open=False),
        lambda s: p.evacuate(s, "riot"),
        lambda s: p.lift(s, "riot"),
        lambda s: p.lift(s, "brawl"),
        p.ready,
    )
    drawn = zip(
        np.sort(rng.uniform(700, 960, 150)), rng.choice(7, 150).tolist(), rng.choice(8, 150).tolist(), strict=True
    )
    steps = [(time, lambda act=acts[act], s=s: act(s)) for time, act, s in drawn]  # type: ignore[misc]
    script(p, *steps)
    found, hours, everywhere = p.table(), hours_of(VOTING), undisturbed(np.zeros(8))
    for s in range(8):
        life = life_of(p.history(s), hours, at_station(everywhere, s), VOTING.day_end)
        alone = run_stations(impatient, rules_of(VOTING), flatten([life.conditions]), np.array([s]), VOTING.day_end)
        for name in ("voted", "lost_impatient", "lost_evacuated", "deferred", "wait_sum", "last_voted"):
            np.testing.assert_array_equal(found[name][s], getattr(alone, name)[0], name)
    changed = {(s, t) for s in range(8) for t in {h.time for h in p.history(s)} if t > 780}
    assert len([one for one in played if one[1] > 780]) < len(changed) / 2


def test_all_whose_voters_stay_away_are_reckoned_with_the_first_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is answered is what it would be for each alone, and it is reckoned anew only where something changes."""
    asked: list[list[int]] = []
    reckon = Foreseen.deterred_counted

    def noted(foreseen: Foreseen, stations: Ints, now: float) -> list[float]:
        asked.append(stations.tolist())
        return reckon(foreseen, stations, now)

    arrivals = [[430, 700, 760], [440, 450], [500, 779], [600]]
    alone = []
    for k in range(4):
        p = polls(by_hand(*arrivals))
        p.impose(k, "rumour", deterred=0.4)
        alone += script(p, (VOTING.close, lambda p=p, k=k: p.ready(k)))  # type: ignore[misc]
    monkeypatch.setattr(Foreseen, "deterred_counted", noted)
    p = polls(by_hand(*arrivals))
    for k in (0, 1, 2, 3):
        p.impose(k, "rumour", deterred=0.4)
    looks = [(VOTING.close - 2, lambda k=k: p.ready(k)) for k in range(4)]  # type: ignore[misc]
    lifted = (VOTING.close - 1, lambda: p.lift(1, "rumour"))
    found = script(p, *looks, lifted, *((VOTING.close, look) for _, look in looks[:2]))
    assert found[:4] == alone and found[-2] == alone[0]
    assert found[-1] == row(p, 1)["counted"] and asked == [[0, 1, 2, 3], [1]]


def test_who_is_left_in_line_after_closing_is_looked_for_only_until_everybody_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng, asked = np.random.default_rng(1), list[tuple[int, float]]()
    draws = by_hand(*(np.sort(rng.uniform(640, 779, n)).tolist() for n in (0, 3, 12, 25)), mark=0.3)
    patient = replace(draws, patience=rng.uniform(5, 200, len(draws.arrival)))
    moments = [(time, station) for time in np.arange(780.0, 1000.0, 7.0).tolist() for station in range(4)]
    look = Replays.votes

    def noted(replays, station, mark, conditions, now):  # type: ignore[no-untyped-def]
        asked.append((station, now))
        return look(replays, station, mark, conditions, now)

    monkeypatch.setattr(Replays, "votes", noted)
    p, q = polls(patient), polls(patient)
    for one in (p, q):
        one.deter(np.array([3]), np.array([0.4]), "rumour")
    found = script(p, (760, lambda: p.lift(3, "rumour")), *((t, lambda s=s: p.crowd(s)) for t, s in moments))[1:]  # type: ignore[misc]
    looked_for, watching = set(asked), round(VOTING.counting.spectators)
    votes = script(q, (760, lambda: q.lift(3, "rumour")), *((t, lambda s=s: q.votes_so_far(s)) for t, s in moments))[1:]  # type: ignore[misc]
    there = [v.in_line + v.in_room for v in votes]  # type: ignore[attr-defined]
    assert found == [n or watching * (t < p.ready(s)) for (t, s), n in zip(moments, there, strict=True)]
    assert looked_for == {(s, t) for (t, s), n in zip(moments, there, strict=True) if n} and looked_for
