"""What posko says when it asks for officers the first time and none can be ordered."""

from __future__ import annotations

from sim.strength import Strength
from sim.vocabulary import Severity, Verdict
from tests.response.command.test_posko import NOBODY, ONE_EACH, grow, strategy
from tests.response.conftest import Bench, Trouble, line_region

ARMY = {
    "attached": [
        {"base": "KODIM", "agency": "army", "teams": 1, "size": 30, "vehicle": "car", "from_severity": "red",
         "request_delay": 20}
    ]
}  # fmt: skip


def said(b: Bench, severity: Severity = Severity.GREEN) -> list[Verdict]:
    trouble = b.begin(b.trouble(7, severity=severity, presence=12))
    b.env.run(600.0)
    return trouble.why_unsent


def test_nothing_where_somebody_was_ordered_or_stood_there() -> None:
    assert said(Bench(line_region(), strategy(NOBODY))) == []
    assert said(Bench(line_region(), strategy(ONE_EACH, teams=0))) == []


def test_all_teams_are_busy() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=1))
    b.begin(b.trouble(0, identity="s1", presence=12))
    b.at(440.0, lambda: b.begin(second))
    second = b.trouble(7, presence=12)
    b.env.run(600.0)
    assert second.why_unsent == [Verdict.BUSY]


def test_what_the_strategy_keeps_is_held_back() -> None:
    assert said(
        Bench(line_region(), strategy(NOBODY, policy="hold_reserve", hold_back=2, within_minutes=15, busy=0.3))
    ) == [Verdict.HELD_BACK]
    assert (
        said(
            Bench(line_region(), strategy(NOBODY, policy="hold_reserve", hold_back=2, within_minutes=15, busy=0.3)),
            Severity.RED,
        )
        == []
    )


def test_no_way_is_left() -> None:
    b = Bench(line_region(), strategy(NOBODY))
    b.roads.close(1)
    assert said(b) == [Verdict.CUT_OFF]


def test_only_an_agency_that_waits_for_red_is_left() -> None:
    assert said(Bench(line_region(), strategy(NOBODY, teams=0), **ARMY)) == [Verdict.NOT_AGREED]
    assert said(Bench(line_region(), strategy(NOBODY, teams=0), **ARMY), Severity.RED) == []


def test_there_is_nobody_but_guards_of_other_posts() -> None:
    assert said(Bench(line_region(), strategy(NOBODY, teams=0))) == [Verdict.NOT_ABLE]


def test_guards_of_other_posts_are_not_missed_but_the_pair_of_this_post_is() -> None:
    some = strategy(NOBODY, teams=0)
    guards = {"rule": "pattern", "very_high": ONE_EACH, "high": ONE_EACH, "low": NOBODY}
    b = Bench(line_region(classes=(2, 0, 0, 0, 0, 0, 0, 2)), {**some, "guards": guards})
    b.begin(b.trouble(0, identity="s1", presence=2))
    assert said(b) == [], "the pair of station 7 stands there"
    b = Bench(line_region(classes=(2, 0, 0, 0, 0, 0, 0, 0)), {**some, "guards": guards})
    b.begin(b.trouble(0, identity="s1", presence=2))
    second = b.trouble(0, identity="s2", presence=2)
    b.at(440.0, lambda: b.begin(second))
    assert said(b) == [Verdict.NOT_ABLE], "the busy pair of station 0 stays at its post anyway"
    assert second.why_unsent == [Verdict.BUSY]


def test_it_is_said_once_however_often_they_are_asked_for() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=1))
    b.begin(b.trouble(0, identity="s1", presence=12))
    late: Trouble = b.trouble(7, severity=Severity.GREEN, presence=12)
    b.at(440.0, lambda: b.begin(late))
    b.at(460.0, lambda: grow(late, b, presence=24))
    b.env.run(520.0)
    assert late.handlings[-1] > 460.0 and late.why_unsent == [Verdict.BUSY]
    assert Strength.of(presence=24) == late.need
