"""Posko on a clock of its own, without voters or disturbances; delays without spread, times reckoned by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config.response import FalseReports
from sim.response.command.false_reports import FalseReport, false_reports
from sim.strength import Strength
from sim.vocabulary import Outcome, Purpose, Severity
from tests.response.conftest import EXACT, Bench, Trouble, line_region

ONE_EACH = {"police": 2, "stations": 1, "wardens": 2}
EIGHT = {"police": 2, "stations": 8, "wardens": 16}
NOBODY = {"police": 0, "stations": 4, "wardens": 8}


def strategy(guards: dict[str, int], *, teams: int = 2, size: int = 12, **dispatch: object) -> dict[str, object]:
    rule = {"policy": "nearest", "take_guards_from": None, "guards_within_minutes": 15}
    return {
        "guards": {"rule": "pattern", "very_high": guards, "high": guards, "low": guards},
        "reserves": [{"base": "POLRES", "teams": teams, "size": size, "vehicle": "car"}] if teams else [],
        "dispatch": {**rule, **dispatch},
    }


def test_report_alarm_order_mobilisation_and_travel_follow_each_other() -> None:
    b = Bench(line_region(), strategy(NOBODY))
    trouble = b.begin(b.trouble(7, presence=12))
    b.env.run(600.0)
    (task,) = b.ledger.tasks
    assert trouble.reports == [425.0], "five minutes by telephone"
    assert (task.ordered, task.departed, task.arrived) == (427.0, 433.0, pytest.approx(465.0))
    assert trouble.orders == 1 and not task.of_post


def test_a_pair_that_stands_there_is_on_scene_at_once_and_reports_itself() -> None:
    b = Bench(line_region(), strategy(ONE_EACH))
    trouble = b.begin(b.trouble(7, presence=12))
    b.env.run(440.0)
    assert trouble.there[0][0] == 420.0 and trouble.there[0][2]
    assert trouble.reports == [421.0]
    first = b.ledger.tasks[0]
    assert not first.sent and first.of_post and first.shortest == 0.0


def test_a_pair_that_comes_by_on_its_round_is_on_scene_from_then_on() -> None:
    b = Bench(line_region(), strategy(EIGHT, teams=0))
    pair = b.unit("guard/low/1")
    elsewhere = next(s for s in range(8) if s != b.fleet.position(pair).station)
    due = pair.motion.visit(elsewhere, 420.0)  # type: ignore[union-attr]
    trouble = b.trouble(elsewhere, presence=2)
    b.posko.meet(trouble)  # nobody reports it
    b.env.run(due + 1.0)
    assert [(when, post) for when, _, post in trouble.there] == [(pytest.approx(due), True)]
    trouble.over.succeed()
    b.env.run(due + 60.0)
    assert pair.is_idle, "afterwards its round goes on"


def test_a_pair_that_comes_by_hastens_the_report() -> None:
    slow = {
        "guarded": {"mean_minutes": 1, "cv": 0},
        "by_phone": {"mean_minutes": 500, "cv": 0},
        "no_signal": {"mean_minutes": 500, "cv": 0},
        **EXACT,
    }
    b = Bench(line_region(), strategy(EIGHT, teams=0), reporting=slow)
    pair = b.unit("guard/low/1")
    elsewhere = next(s for s in range(8) if s != b.fleet.position(pair).station)
    due = pair.motion.visit(elsewhere, 420.0)  # type: ignore[union-attr]
    trouble = b.begin(b.trouble(elsewhere, presence=2))
    b.env.run(due + 30.0)
    assert trouble.reports == [pytest.approx(due + 1.0)]


def test_wardens_are_no_officers_who_report() -> None:
    b = Bench(line_region(), strategy({"police": 0, "stations": 1, "wardens": 9}), warden_strength=1.0)
    trouble = b.begin(b.trouble(7, presence=2))
    b.env.run(600.0)
    assert b.fleet.strength_at(7) >= 2 and trouble.reports == [425.0]


def test_without_a_signal_the_report_takes_its_time() -> None:
    b = Bench(line_region(), strategy(NOBODY))
    b.signal.take([3])
    trouble = b.begin(b.trouble(7, presence=2))
    b.env.run(600.0)
    assert trouble.reports == [440.0]
    again = Bench(line_region(), strategy(NOBODY))
    again.signal.take([3])
    again.signal.take([3])
    again.signal.give_back([3])
    assert not again.signal.works(3), "taken by two causes, given back by one"
    again.signal.give_back([3])
    assert again.signal.works(3)


def test_two_reports_of_one_disturbance_take_different_times() -> None:
    spread = {
        "guarded": {"mean_minutes": 1, "cv": 0.5},
        "by_phone": {"mean_minutes": 5, "cv": 0.5},
        "no_signal": {"mean_minutes": 20, "cv": 0.5},
        **EXACT,
    }
    b = Bench(line_region(), strategy(NOBODY), reporting=spread)
    trouble = b.trouble(7, presence=2)
    assert len({b.posko.report_delay(trouble, is_attended=False) for _ in range(5)}) == 5


def test_reports_wait_for_a_desk_the_worst_first() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=6))
    for i, severity in enumerate((Severity.GREEN, Severity.GREEN, Severity.RED)):
        b.begin(b.trouble(7 - i, identity=f"s{i}", severity=severity, presence=12))
    b.env.run(600.0)
    ordered = {task.goal.incident: task.ordered for task in b.ledger.tasks}
    assert ordered == {"s0": 427.0, "s2": 429.0, "s1": 431.0}


def test_more_is_sent_until_the_need_is_met_and_the_rest_is_not_needed() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=4))
    b.begin(b.trouble(7, presence=30))
    b.env.run(428.0)
    assert len(b.ledger.tasks) == 3 and b.ledger.tasks[0].verdicts == {
        "sent": 3,
        "not_needed": 1,
        "busy": 0,
        "not_able": 0,
    }


def test_who_becomes_free_goes_where_somebody_is_still_missing() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=1))
    first = b.begin(b.trouble(0, presence=12))
    b.env.run(430.0)
    second = b.begin(b.trouble(1, identity="s1", presence=12))
    b.at(450.0, first.over.succeed)
    b.env.run(700.0)
    tasks = {task.goal.incident: task for task in b.ledger.tasks}
    assert tasks["s1"].ordered == pytest.approx(480.0 + 2), "as soon as it is home again"
    assert len(second.there) == 1


def test_those_who_wait_for_a_unit_are_served_the_worst_first_and_then_the_oldest() -> None:
    """Four wait while the only unit is away; it goes to one after the other as each before is over."""
    b = Bench(line_region(), strategy(NOBODY, teams=1))
    waiting = {"s0": b.begin(b.trouble(0, presence=12))}
    b.env.run(428.0)
    severities = {"green": Severity.GREEN, "older red": Severity.RED, "red": Severity.RED, "yellow": Severity.YELLOW}
    for station, (name, severity) in enumerate(severities.items(), start=1):
        waiting[name] = b.begin(b.trouble(station, identity=name, severity=severity, presence=12))
        b.env.run(b.env.now + 3.0)
    while len(b.ledger.tasks) < len(waiting) and b.env.now < 1_000.0:
        b.env.run(b.env.now + 30.0)
        last = waiting[b.ledger.tasks[-1].goal.incident]
        if last.there and not last.over.triggered:
            last.over.succeed()
    order = [task.goal.incident for task in sorted(b.ledger.tasks, key=lambda task: task.ordered)]
    assert order == ["s0", "older red", "red", "yellow", "green"]


def test_a_road_that_opens_lets_a_unit_go_that_was_cut_off() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=1))
    b.roads.close(1)
    trouble = b.begin(b.trouble(7, presence=12))
    b.at(500.0, lambda: b.roads.open(1))
    b.env.run(700.0)
    (task,) = b.ledger.tasks
    assert task.ordered == 500.0 and len(trouble.there) == 1


def test_what_is_over_before_anybody_was_sent_needs_nobody() -> None:
    b = Bench(line_region(), strategy(NOBODY))
    trouble = b.begin(b.trouble(7, presence=12))
    b.at(426.0, trouble.over.succeed)
    b.env.run(600.0)
    assert b.ledger.tasks == [] and trouble.reports == [425.0]


def test_who_is_on_the_way_turns_back_when_it_is_over() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=1))
    trouble = b.begin(b.trouble(7, presence=12))
    b.at(440.0, trouble.over.succeed)
    b.env.run(600.0)
    assert [task.outcome for task in b.ledger.tasks] == [Outcome.RECALLED]


def test_a_unit_that_is_held_stays_until_it_is_let_go() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=1))
    unit = b.unit("reserve/POLRES/1")
    b.fleet.hold(unit, True)
    b.begin(b.trouble(7, presence=12))
    b.env.run(500.0)
    assert b.ledger.tasks == []
    b.fleet.hold(unit, False)
    b.fleet.became_idle.fire(unit)
    b.env.run(501.0)
    assert len(b.ledger.tasks) == 1


def test_guards_of_other_posts_are_taken_only_from_the_severity_named() -> None:
    for take, severity, sent in (("red", Severity.YELLOW, 1), ("red", Severity.RED, 3), (None, Severity.RED, 1)):
        b = Bench(line_region(), strategy(ONE_EACH, teams=0, take_guards_from=take, guards_within_minutes=15.5))
        b.begin(b.trouble(7, severity=severity, presence=6))
        b.env.run(430.0)
        assert len(b.ledger.tasks) == sent, (take, severity)


def test_a_unit_asked_for_is_sent_below_its_severity() -> None:
    army = [
        {
            "base": "KODIM",
            "agency": "army",
            "teams": 1,
            "size": 30,
            "vehicle": "car",
            "from_severity": "red",
            "request_delay": 20,
        }
    ]
    b = Bench(line_region(), strategy(NOBODY, teams=0), attached=army)
    trouble = b.begin(b.trouble(7, severity=Severity.GREEN, presence=12))
    b.env.run(500.0)
    assert b.ledger.tasks == []
    b.posko.request({unit.index for unit in b.fleet.units if unit.spec.agency == "army"})
    b.env.run(600.0)
    (task,) = b.ledger.tasks
    assert task.departed == pytest.approx(500 + 20 + 6) and np.isfinite(task.arrived) and trouble.orders == 1


def grow(trouble: Trouble, b: Bench, **need: int) -> None:
    """It turns red, and asks for more; the day tells posko."""
    trouble.heard_next, trouble.need_next = Severity.RED, Strength.of(need)
    b.posko.update(trouble)


def test_news_from_officers_takes_a_desk_and_its_handling_and_only_then_more_are_sent() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=3))
    trouble = b.begin(b.trouble(7, severity=Severity.GREEN, presence=12))
    b.env.run(480.0)
    assert trouble.is_attended and len(b.ledger.tasks) == 1
    busy = b.trouble(
        0, identity="s1", severity=Severity.RED, medical=99
    )  # its report comes at 485 and takes two minutes
    b.begin(busy)
    b.at(486.0, lambda: grow(trouble, b, presence=24))
    b.env.run(600.0)
    second = b.ledger.tasks[1]
    assert second.ordered == 488.0, "from 487 on a desk is free, news takes a minute"
    assert trouble.handlings[-1] == 488.0 and trouble.reports[-1] == 486.0


def test_news_without_officers_comes_like_a_report() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=3))
    b.roads.close(1)  # nobody gets there
    trouble = b.begin(b.trouble(7, severity=Severity.GREEN, presence=12))
    b.at(480.0, lambda: grow(trouble, b, presence=24))
    b.env.run(600.0)
    assert trouble.reports == [425.0, 485.0] and trouble.handlings == [427.0, 486.0]


def test_news_of_what_nobody_has_reported_waits_for_the_report() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=3))
    trouble = b.begin(b.trouble(7, severity=Severity.GREEN, presence=12))
    b.at(422.0, lambda: grow(trouble, b, presence=24))
    b.env.run(600.0)
    assert trouble.reports == [425.0] and trouble.handlings == [427.0] and len(b.ledger.tasks) == 2


def reports(**changed: object) -> dict[str, object]:
    return {
        "guarded": {"mean_minutes": 1, "cv": 0},
        "by_phone": {"mean_minutes": 5, "cv": 0},
        "no_signal": {"mean_minutes": 20, "cv": 0},
        **EXACT,
        **changed,
    }


def test_calls_about_what_is_known_take_the_desks_of_others() -> None:
    ordered = []
    for duplicates in (0, 200):
        b = Bench(line_region(), strategy(NOBODY), reporting=reports(duplicates=duplicates, duplicates_minutes=1))
        b.begin(b.trouble(7, severity=Severity.RED, presence=12))
        b.at(423.0, lambda b=b: b.begin(b.trouble(0, identity="s1", severity=Severity.RED, presence=12)))
        b.env.run(900.0)
        ordered.append({task.goal.incident: task.ordered for task in b.ledger.tasks})
    assert ordered[0]["s1"] == 430.0 and ordered[1]["s1"] > 530.0
    assert ordered[0]["s0"] == ordered[1]["s0"] == 427.0, "its own first report came before them"


@pytest.mark.parametrize(("share", "told"), [("too_mild", {-1}), ("too_bad", {1}), (None, {0})])
def test_a_report_takes_it_for_milder_or_worse_by_the_share_that_is_set(share: str | None, told: set[int]) -> None:
    b = Bench(line_region(), strategy(NOBODY), reporting=reports(**({share: 1.0} if share else {})))
    trouble = b.begin(b.trouble(7, severity=Severity.YELLOW, presence=12))
    b.env.run(440.0)
    assert set(trouble.misjudged) == told


def test_officers_who_are_there_are_never_wrong() -> None:
    b = Bench(line_region(), strategy(ONE_EACH), reporting=reports(too_mild=1.0))
    trouble = b.begin(b.trouble(7, severity=Severity.YELLOW, presence=12))
    b.env.run(440.0)
    assert trouble.misjudged == [0]


def false_report(b: Bench, station: int) -> FalseReport:
    report = FalseReport(b.env, "f0", b.gazetteer.station_place(station))
    b.posko.meet(report)
    b.posko.notice(report)
    return report


def test_a_unit_goes_to_see_what_is_nothing_and_is_back_after_a_look() -> None:
    b = Bench(line_region(), strategy(NOBODY, teams=1), reporting=reports())
    report = false_report(b, 7)
    b.env.run(700.0)
    (task,) = b.ledger.tasks
    assert (task.goal.purpose, task.outcome, report.is_over) == (Purpose.CHECK, Outcome.DONE, True)
    assert (task.ordered, task.released - task.arrived) == (427.0, pytest.approx(10.0))
    assert b.posko.open == {} and b.unit("reserve/POLRES/1").is_idle


def test_a_pair_that_stands_there_knows_that_there_is_nothing() -> None:
    b = Bench(line_region(), strategy(ONE_EACH), reporting=reports())
    report = false_report(b, 7)
    b.env.run(421.0)
    assert report.is_over and not b.ledger.tasks[0].sent
    b.env.run(500.0)
    assert len(b.ledger.tasks) == 1


def test_false_reports_come_at_their_rate_and_are_forgotten_when_nobody_goes() -> None:
    settings = FalseReports(per_hour=6.0, checked_minutes=10, kept_minutes=60)
    b = Bench(line_region(), strategy(NOBODY, teams=0), start=0.0)
    heard: list[FalseReport] = []
    places = [b.gazetteer.station_place(station) for station in range(8)]
    b.env.process(false_reports(b.env, settings, places, b.streams, 60_000.0, heard.append))
    b.env.run(60_100.0)
    assert abs(len(heard) - 6_000) < 3.5 * np.sqrt(6_000)
    assert {report.place.station for report in heard} == set(range(8))
    assert len({report.identity for report in heard}) == len(heard) and all(report.is_over for report in heard)
    assert heard[-1].onset < 60_000.0
    nothing = Bench(line_region(), strategy(NOBODY, teams=0), start=0.0)
    none = settings.model_copy(update={"per_hour": 0.0})
    nothing.env.process(false_reports(nothing.env, none, places, nothing.streams, 60_000.0, pytest.fail))
    nothing.env.run(60_000.0)


def test_a_guard_that_a_slow_road_kept_too_far_is_asked_again_when_it_is_free() -> None:
    near_enough = {"policy": "nearest", "take_guards_from": "green", "guards_within_minutes": 45}
    bench = Bench(line_region(), {"dispatch": near_enough})
    bench.env.run(421.0)
    bench.roads.slow(1, 0.1)  # between the two posts: 100 minutes
    trouble = bench.begin(bench.trouble(0, presence=4))
    bench.at(450.0, lambda: bench.roads.free(1, 0.1))
    bench.env.run(449.0)
    assert [task.unit.spec.name for task in bench.ledger.tasks] == ["guard/low/1"]
    bench.env.run(451.0)
    assert [(task.unit.spec.name, task.ordered) for task in bench.ledger.tasks[1:]] == [("guard/low/2", 450.0)]
    assert not trouble.is_over
