"""Polls that are put off by what no disturbance causes: counted as votes put off, and as nothing else."""

from __future__ import annotations

import numpy as np

from sim.config.compose import load
from sim.day import prepare, simulate_day
from sim.day.draws import draw_day
from sim.log import Columns
from sim.measures.voting import votes_disturbed_at
from tests.behaviour.moves import QUIET

DAYS = 8
RIOT = '{kind: riot, onset: "09:40", place: kecamatan 3, starters: 18, followers: 0}'


def shares(later: float, stopped: float) -> tuple[str, ...]:
    of = "voting.trouble.put_off"
    return f"{of}.later_share={later}", f"{of}.stopped_share={stopped}"


def stations(*overrides: str, incidents: str = "[]") -> list[Columns]:
    world = prepare(
        load("calm_day", ["strategy=even_spread", *QUIET, f"incidents={incidents}", "run.bound_days=0", *overrides])
    )
    return [simulate_day(world, "even_spread", day).tables["stations"] for day in range(DAYS)]


def total(tables: list[Columns], column: str) -> int:
    return sum(int(table[column].sum()) for table in tables)


def test_more_polls_put_off_are_more_votes_put_off_and_none_are_lost_to_disturbances() -> None:
    none, some, twice = (stations(*shares(0.01 * k, 0.02 * k)) for k in (0, 1, 2))
    assert total(none, "deferred") == 0
    expected = DAYS * 445 * 0.01 * (some[0]["due"].sum() / 445)
    assert expected < total(some, "deferred") < total(twice, "deferred")
    assert total(some, "voted") < total(none, "voted")
    for tables in (none, some, twice):
        assert not sum(np.abs(votes_disturbed_at(table)).sum() for table in tables)
        assert all(np.array_equal(table["deferred"], table["calm_deferred"]) for table in tables)


def test_what_a_riot_costs_is_told_as_without_them() -> None:
    """Where a poll is put off the riot can cost nothing more; that is at one station in a hundred here."""
    none, some = (stations(*shares(*of), incidents=f"[{RIOT}]") for of in ((0.0, 0.0), (0.005, 0.005)))
    lost = [sum(votes_disturbed_at(table).sum() for table in tables) for tables in (none, some)]
    assert lost[0] > 100 * DAYS / 8
    assert abs(lost[1] - lost[0]) < 0.1 * lost[0]
    assert total(some, "deferred") - total(some, "calm_deferred") <= total(none, "deferred")


def test_they_draw_from_a_stream_of_their_own() -> None:
    days = []
    for of in ((0.0, 0.0), (0.2, 0.3)):
        world = prepare(load("calm_day", ["strategy=even_spread", *shares(*of)]))
        days.append([draw_day(world, day) for day in range(2)])
    for a, b in zip(*days, strict=True):
        assert not a.troubles.put_off and b.troubles.put_off
        assert a.onsets == b.onsets and len(a.onsets)
        assert np.array_equal(a.voters.arrival, b.voters.arrival)
        assert np.array_equal(a.voters.service, b.voters.service)
        assert np.array_equal(a.troubles.opens_at, b.troubles.opens_at) and a.troubles.outages == b.troubles.outages
        for ground, moments in a.elsewhere.items():
            assert np.array_equal(moments.time, b.elsewhere[ground].time)
            assert np.array_equal(moments.mark, b.elsewhere[ground].mark)


def scripted(*written: str) -> list[Columns]:
    return stations(*shares(0.0, 0.0), f"troubles=[{', '.join(written)}]")


def test_polls_that_a_scenario_puts_off_are_put_off_there_every_day_and_nowhere_else() -> None:
    world = prepare(load("calm_day", ["strategy=even_spread"]))
    village = list(world.gazetteer.stations("Mojorejo", "place"))
    elsewhere = np.setdiff1d(np.arange(445), village)
    none, unopened = scripted(), scripted("{what: put_off, place: Mojorejo}")
    early, late = (scripted(f"{{what: put_off, place: Mojorejo, stopped_at: '{time}'}}") for time in ("09:00", "11:00"))
    for tables in (none, unopened, early, late):
        assert not total([{"deferred": table["deferred"][elsewhere]} for table in tables], "deferred")
        assert all(np.array_equal(table["deferred"], table["calm_deferred"]) for table in tables)
        assert all(
            np.array_equal(a["voted"][elsewhere], b["voted"][elsewhere]) for a, b in zip(none, tables, strict=True)
        )
    assert (
        total(none, "deferred") == 0 < total(late, "deferred") < total(early, "deferred") < total(unopened, "deferred")
    )
    assert all(not table["voted"][village].any() and (table["voted"][elsewhere] > 0).all() for table in unopened)
    assert all((table["voted"][village] > 0).all() for table in early)


def test_what_a_scenario_writes_replaces_what_was_drawn_there_and_the_last_word_counts() -> None:
    drawn, written = (
        shares(0.0, 1.0),
        "troubles=[{what: put_off, place: Mojorejo}, {what: put_off, place: TPS 1 Mojorejo, stopped_at: '10:00'}]",
    )
    worlds = [prepare(load("calm_day", ["strategy=even_spread", *drawn, *more])) for more in ((), (written,))]
    before, after = (draw_day(world, 0).troubles.put_off for world in worlds)
    (first, *others) = worlds[0].gazetteer.stations("Mojorejo", "place")
    assert [stop.station for stop in after] == list(range(445)) == [stop.station for stop in before]
    assert after[first].time == 600.0 and {after[station].time for station in others} == {420.0}
    assert all(a == b for a, b in zip(before, after, strict=True) if a.station not in (first, *others))
