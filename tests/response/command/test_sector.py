"""Sector posts on a bare clock: their chief sends his own first; delays without spread, times reckoned by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.region.region import Region
from sim.response.command.false_reports import FalseReport
from sim.vocabulary import Purpose, Severity, Verdict
from tests.response.command.test_posko import NOBODY, ONE_EACH, grow, strategy
from tests.response.conftest import CONSTANT, Bench, line_region

ONE_DESK = {"desks": 1, "alarm_handling": CONSTANT}


def region(sector: str = "SEK-TIMUR") -> Region:
    """The line, whose eastern district has a sector post in its last village."""
    line = line_region()
    west, east = line.districts
    return replace(line, districts=(west, replace(east, sector_base=sector)))


def bench(plan: dict[str, object] | None = None, sector: str = "SEK-TIMUR", **response: object) -> Bench:
    settings = {"sector_posts": ONE_DESK, "sector_patrol_size": 4, **response}
    return Bench(region(sector), plan or strategy(NOBODY), **settings)


def ordered(b: Bench) -> dict[str, float]:
    return {task.unit.spec.name: task.ordered for task in b.ledger.tasks}


def test_the_chief_sends_his_patrol_before_posko_has_handled_the_report_and_posko_sends_the_rest() -> None:
    b = bench()
    trouble = b.begin(b.trouble(7, presence=12))
    b.env.run(600.0)
    assert trouble.reports == [425.0] and trouble.answers == [426.0] and trouble.handlings == [427.0]
    assert ordered(b) == {"sector/SEK-TIMUR": 426.0, "sector/POLRES": 427.0, "reserve/POLRES/1": 427.0}
    assert b.ledger.tasks[0].arrived == pytest.approx(426.0 + 1.0 + 2.0), "it waits in the same village"


def test_his_own_are_the_routine_patrol_at_his_base_and_no_reserve_there() -> None:
    b = bench(strategy(NOBODY) | {"reserves": [{"base": "SEK-TIMUR", "teams": 1, "size": 6, "vehicle": "car"}]})
    assert "reserve/SEK-TIMUR/1" in {unit.spec.name for unit in b.fleet.units}
    own = {code: [b.fleet.units[i].spec.name for i in units] for code, units in b.plan.own_units.items()}
    assert own == {"SEK-TIMUR": ["sector/SEK-TIMUR"]}


def test_what_his_own_meet_is_handled_by_him_alone() -> None:
    b = bench()
    trouble = b.begin(b.trouble(7, severity=Severity.GREEN, presence=4))
    b.env.run(600.0)
    assert list(ordered(b)) == ["sector/SEK-TIMUR"] and trouble.why_unsent == []
    assert trouble.handlings == [427.0], "posko knows of it at the same time as without him"


def test_a_district_without_a_post_reports_to_posko_as_before() -> None:
    for station, sector in ((0, "SEK-TIMUR"), (7, ""), (7, "KODIM")):
        b = bench(sector=sector)
        trouble = b.begin(b.trouble(station, severity=Severity.GREEN, presence=4))
        b.env.run(600.0)
        assert trouble.answers == [] and set(ordered(b).values()) == {427.0}, (station, sector)


def test_the_plan_knows_the_units_of_each_sector_post_and_the_districts_that_report_to_it() -> None:
    both = replace(line_region(), districts=tuple(replace(d, sector_base="POLRES") for d in line_region().districts))
    for region_, own in ((region(), {"SEK-TIMUR": {1}}), (region(""), {}), (both, {"POLRES": {0, 1}})):
        b = Bench(region_, strategy(ONE_EACH), sector_posts=ONE_DESK, sector_patrol_size=4)
        patrols = {code: [b.fleet.units[i].spec.name for i in units] for code, units in b.plan.own_units.items()}
        told = {d: set(b.plan.sector_of(d)) for d in range(2)}
        for code, districts in own.items():
            assert patrols[code] == [f"sector/{code}"] and all(told[d] == districts for d in districts)
        assert all(told[d] == {d} for d in {0, 1}.difference(*own.values())), "who reports to none is by itself"


def test_a_district_may_report_to_headquarters() -> None:
    b = bench(sector="POLRES")
    trouble = b.begin(b.trouble(7, severity=Severity.RED, presence=12))
    b.env.run(600.0)
    assert trouble.answers == [426.0] and ordered(b)["sector/POLRES"] == 426.0


def test_the_pair_of_the_stations_post_is_his_to_order_a_reserve_at_his_base_is_not() -> None:
    here = [{"base": "SEK-TIMUR", "teams": 1, "size": 12, "vehicle": "car"}]
    away = {"police": 2, "stations": 4, "wardens": 8}
    b = bench({**strategy(away, teams=0), "reserves": here})
    pair = b.fleet.guard_of(7)
    assert pair is not None and b.fleet.position(pair).station != 7
    trouble = b.trouble(7, presence=20)
    b.posko.notice(trouble)
    b.env.run(600.0)
    asked = ordered(b)
    assert asked[pair.spec.name] == asked["sector/SEK-TIMUR"] == 426.0
    assert asked["reserve/SEK-TIMUR/1"] == 427.0
    assert [task.of_post for task in b.ledger.tasks[:2]] == [True, False]


def test_who_would_be_there_sooner_than_the_patrol_is_sent_all_the_same() -> None:
    near = [{"base": "KODIM", "teams": 1, "size": 4, "vehicle": "car"}]
    quick = {"reserve": CONSTANT, "patrol": {"mean_minutes": 60, "cv": 0}, "guard": CONSTANT, "ambulance": CONSTANT}
    b = bench({**strategy(NOBODY), "reserves": near}, mobilisation=quick)
    trouble = b.begin(b.trouble(7, severity=Severity.GREEN, presence=4))
    b.env.run(600.0)
    assert ordered(b) == {"sector/SEK-TIMUR": 426.0, "reserve/KODIM/1": 427.0}
    assert trouble.there[0][0] < 480.0
    slow = bench({**strategy(NOBODY), "reserves": near})
    slow.begin(slow.trouble(7, severity=Severity.GREEN, presence=4))
    slow.env.run(600.0)
    assert list(ordered(slow)) == ["sector/SEK-TIMUR"], "who would be there later is not"


def test_his_desk_takes_one_report_after_the_other_the_worst_first() -> None:
    b = bench(
        strategy(ONE_EACH),
        sector_posts={"desks": 1, "alarm_handling": {"mean_minutes": 3, "cv": 0}},
        posko=slow_posko(30),
    )
    troubles = [
        b.trouble(7 - i, identity=f"s{i}", severity=severity, presence=2)
        for i, severity in enumerate((Severity.GREEN, Severity.GREEN, Severity.RED))
    ]
    for trouble in troubles:
        b.posko.notice(trouble)
    b.env.run(450.0)
    assert [trouble.answers for trouble in troubles] == [[424.0], [430.0], [427.0]], "by the pairs of their posts"
    b = bench(sector_posts={"desks": 3, "alarm_handling": {"mean_minutes": 3, "cv": 0}}, posko=slow_posko(30))
    troubles = [b.begin(b.trouble(7 - i, identity=f"s{i}", presence=1)) for i in range(2)]
    b.at(430.0, troubles[0].over.succeed)
    b.env.run(427.9)
    assert ordered(b) == {}
    b.env.run(429.0)
    assert ordered(b) == {"sector/SEK-TIMUR": 428.0}, "one patrol goes to one place"


def slow_posko(minutes: float, desks: int = 1) -> dict[str, object]:
    alarm = {"mean_minutes": minutes, "cv": 0}
    return {"desks": desks, "alarm_handling": alarm, "news_handling": CONSTANT}


def test_until_posko_has_handled_it_he_sends_his_patrol_as_soon_as_it_is_free() -> None:
    b = bench(strategy(NOBODY, teams=0), posko=slow_posko(400))
    first = b.begin(b.trouble(7, presence=4))
    second = b.begin(b.trouble(6, identity="s1", presence=4))
    b.at(450.0, first.over.succeed)
    b.env.run(600.0)
    (one, two) = b.ledger.tasks
    assert (one.goal.incident, one.ordered, two.goal.incident) == ("s0", 426.0, "s1")
    assert two.ordered == pytest.approx(480.0 + 2.0), "after its work, and back at its post"
    assert second.answers == [two.ordered] and second.handlings == []


def test_once_posko_has_handled_it_it_is_poskos() -> None:
    b = bench(strategy(NOBODY, teams=0))
    first = b.begin(b.trouble(7, presence=4))
    second = b.begin(b.trouble(6, identity="s1", presence=8))
    b.at(450.0, first.over.succeed)
    b.env.run(600.0)
    assert second.answers == []
    assert ordered(b)["sector/SEK-TIMUR"] == pytest.approx(482.0)


def test_nobody_is_ordered_twice_at_one_instant() -> None:
    b = bench(sector_posts={"desks": 1, "alarm_handling": {"mean_minutes": 2, "cv": 0}})
    trouble = b.begin(b.trouble(7, presence=12))
    b.env.run(428.0)
    names = [task.unit.spec.name for task in b.ledger.tasks]
    assert {task.ordered for task in b.ledger.tasks} == {427.0} and len(names) == len(set(names)) == 3
    assert trouble.orders == 3


def test_what_is_over_is_not_answered() -> None:
    b = bench()
    trouble = b.begin(b.trouble(7, presence=12))
    b.at(425.5, trouble.over.succeed)
    b.env.run(600.0)
    assert trouble.answers == [] and b.ledger.tasks == []


def test_news_and_further_calls_are_poskos() -> None:
    b = bench()
    trouble = b.begin(b.trouble(7, severity=Severity.GREEN, presence=4))
    b.at(480.0, lambda: grow(trouble, b, presence=12))
    b.env.run(600.0)
    assert trouble.answers == [426.0] and trouble.handlings == [427.0, 481.0]
    assert min(task.ordered for task in b.ledger.tasks[1:]) == 481.0


def test_a_false_report_is_looked_at_by_his_patrol() -> None:
    b = bench()
    report = FalseReport(b.env, "f0", b.gazetteer.station_place(7))
    b.posko.notice(report)
    b.env.run(600.0)
    (task,) = b.ledger.tasks
    assert (task.goal.purpose, task.unit.spec.name, task.ordered) == (Purpose.CHECK, "sector/SEK-TIMUR", 426.0)
    assert report.is_over


def test_a_patrol_that_is_held_or_cut_off_is_not_sent() -> None:
    b = bench(strategy(NOBODY, teams=0))
    b.fleet.hold(b.unit("sector/SEK-TIMUR"), True)
    trouble = b.begin(b.trouble(7, presence=4))
    b.env.run(426.5)
    assert b.ledger.tasks == [] and trouble.answers == []
    b = bench(strategy(NOBODY, teams=0))
    b.roads.close(2)
    trouble = b.begin(b.trouble(4, presence=4))
    b.at(426.8, lambda: b.roads.open(2))
    b.env.run(426.5)
    assert b.ledger.tasks == [] and trouble.answers == []
    b.env.run(426.9)
    assert ordered(b) == {"sector/SEK-TIMUR": 426.8}, "as soon as the road is open"


@pytest.mark.parametrize("never", [{"desks": 0, "alarm_handling": CONSTANT}, {"desks": 1, "alarm_handling": {"mean_minutes": 100_000, "cv": 0}}])  # fmt: skip
def test_no_post_and_a_post_that_takes_for_ever_are_the_same(never: dict[str, object]) -> None:
    b, plain = bench(sector_posts=never), Bench(region(), strategy(NOBODY), sector_patrol_size=4)
    for one in (b, plain):
        for station in (1, 4, 6, 7):
            one.begin(one.trouble(station, identity=f"s{station}", presence=6))
        one.env.run(700.0)
    assert [(t.unit.spec.name, t.goal.incident, t.ordered, t.arrived) for t in b.ledger.tasks] == [
        (t.unit.spec.name, t.goal.incident, t.ordered, t.arrived) for t in plain.ledger.tasks
    ]


def test_without_patrols_only_the_pairs_of_the_posts_are_ordered_sooner() -> None:
    plain = Bench(region(), strategy(NOBODY))
    b = bench(sector_patrol_size=0)
    for one in (b, plain):
        one.begin(one.trouble(7, presence=30))
        one.env.run(600.0)
    assert ordered(b) == ordered(plain) and b.ledger.tasks[0].verdicts[Verdict.SENT] == 2


@pytest.mark.parametrize("sector", ["SEK-TIMUR", "POLRES"])
@pytest.mark.parametrize("station", range(4, 8))
@pytest.mark.parametrize("policy", ["nearest", "own_sector_first", "tiered"])
@pytest.mark.parametrize("guards", [NOBODY, ONE_EACH])
def test_the_first_officers_are_never_later(sector: str, station: int, policy: str, guards: dict[str, int]) -> None:
    first = []
    patrols = [{"teams": 3, "size": 2, "vehicle": "car", "districts": "by_voters"}]
    for posts in ({"desks": 0, "alarm_handling": CONSTANT}, ONE_DESK):
        plan = {**strategy(guards, policy=policy), "patrols": patrols}
        b = bench(plan, sector=sector, sector_posts=posts)
        trouble = b.trouble(station, severity=Severity.GREEN, presence=4)
        b.posko.notice(trouble)
        b.env.run(700.0)
        first.append(trouble.there[0][0])
    assert first[1] <= first[0]


@pytest.mark.parametrize("posts", [NOBODY, ONE_EACH])
def test_whoever_a_decision_has_sent_from_far_the_chief_sends_his_own_who_are_near(posts: dict[str, object]) -> None:
    """What was going to happen without the decision still happens, at the same minute; the reserve only comes as well."""

    def sent(*, decided: bool) -> dict[str, float]:
        b = bench(strategy(posts))
        trouble = b.begin(b.trouble(7, severity=Severity.GREEN, presence=4))
        b.env.run(420.5)  # nobody has reported it yet
        if decided:
            b.posko.order(trouble, next(unit for unit in b.fleet.units if unit.spec.name == "reserve/POLRES/1"))
        b.env.run(600.0)
        return ordered(b)

    plain, with_decision = sent(decided=False), sent(decided=True)
    assert with_decision.pop("reserve/POLRES/1") == 420.5
    assert with_decision == plain and "sector/SEK-TIMUR" in plain
    assert any(name.startswith("guard") for name in plain) is (posts is ONE_EACH)


def test_whoever_a_decision_has_sent_from_far_who_is_near_is_sent_also_when_it_grows() -> None:
    def sent(*, decided: bool) -> dict[str, float]:
        rule = {"take_guards_from": "red", "guards_within_minutes": 15.5}
        b = bench(strategy(ONE_EACH, **rule), sector="POLRES", sector_patrol_size=0)
        trouble = b.begin(b.trouble(7, severity=Severity.GREEN, presence=2))
        b.env.run(420.5)
        if decided:
            b.posko.order(trouble, next(unit for unit in b.fleet.units if unit.spec.name == "reserve/POLRES/1"))
        b.env.run(424.0)
        grow(trouble, b, presence=6)
        b.env.run(600.0)
        return {name: when for name, when in ordered(b).items() if name.startswith("guard")}

    assert len(sent(decided=False)) > 1 and sent(decided=True) == sent(decided=False)
