"""Standing guards on whole days: a protest at their office is met at once; nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from sim.day import Day, decisions, draw_day, simulate_day
from sim.day.world import World, prepare
from sim.errors import UserError
from sim.log import DayLog
from sim.vocabulary import Verdict
from tests.behaviour.test_response import NO_FALSE_REPORTS, NO_SPREAD, QUIET, gather, play
from tests.conftest import small_scenario
from tests.day.conftest import NAME, RICH, as_bytes

PROTEST = 'incidents=[{kind: office_protest, onset: "09:40", place: KPU, starters: 60}]'
NONE = "response.standing_guards.election_offices=0"
ELSEWHERE = (
    'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 60, followers: 0}]',
    "strategy.dispatch.take_guards_from=green",
    "strategy.dispatch.guards_within_minutes=600",
)


def clocks(logs: list[DayLog], column: str) -> np.ndarray:
    return gather(logs, "incidents", column) - gather(logs, "incidents", "onset")


def test_a_protest_is_met_at_once_and_reported_sooner_where_officers_stand() -> None:
    _, guarded = play(PROTEST)
    _, alone = play(PROTEST, NONE)
    assert np.all(clocks(guarded, "first_on_scene") == 0.0) and np.all(gather(guarded, "incidents", "first_sent") == 0)
    assert not np.any(gather(alone, "incidents", "first_sent") == 0)
    assert np.all(clocks(alone, "first_on_scene") > 0.0)
    assert np.all(clocks(guarded, "reported") < clocks(alone, "reported")), "the same draw, of officers who are there"
    assert np.nanmean(clocks(guarded, "first_reinforcement")) > 0, "they are no reinforcement"


def test_those_who_stand_there_deter_a_crowd() -> None:
    held = ("response.standing_guards.election_offices=8", "response.sector_patrol_size=0", "response.attached=[]")
    nobody = (NONE, *held[1:])
    (_, many), (_, none) = play(PROTEST, *held), play(PROTEST, *nobody)
    assert gather(many, "incidents", "joined").mean() < gather(none, "incidents", "joined").mean()


def test_they_are_never_sent_elsewhere_and_cover_nobody() -> None:
    world, logs = play(*ELSEWHERE)
    _, without = play(*ELSEWHERE, NONE)
    assert "office/KPU" not in set(gather(logs, "tasks", "unit")) and len(gather(logs, "tasks", "unit")) > 0
    states = gather(logs, "unit_states", "state")[gather(logs, "unit_states", "unit") == "office/KPU"]
    assert set(states) == {"post"}
    for log, other in zip(logs, without, strict=True):
        kept = ("stations", "incidents", "forces", "casualties", "evacuations", "coverage", "potential")
        assert as_bytes(log, kept) == as_bytes(other, kept)
        mine, theirs = dict(log.tables["tasks"]), dict(other.tables["tasks"])
        held = mine.pop(str(Verdict.HELD_BACK)) - theirs.pop(str(Verdict.HELD_BACK))
        assert all(np.array_equal(mine[name], theirs[name], equal_nan=mine[name].dtype.kind == "f") for name in mine)
        assert set(held.tolist()) <= {0, 1} and held.any(), "one more stays where it is"
    assert world.responses[NAME].deployment.units[-1].name == "office/KPU"


def test_taking_them_away_changes_nothing_of_a_day_without_a_protest() -> None:
    worlds = [prepare(small_scenario(*RICH, *more)) for more in ((), (NONE,))]
    logs = [simulate_day(world, NAME, 1) for world in worlds]
    kept = ("stations", "incidents", "forces", "casualties", "evacuations", "coverage", "potential")
    assert as_bytes(logs[0], kept) == as_bytes(logs[1], kept)


@pytest.fixture
def day() -> Day:
    world: World = prepare(small_scenario(PROTEST, QUIET, NO_SPREAD, NO_FALSE_REPORTS))
    return Day(world, NAME, 0, draw_day(world, 0))


@pytest.mark.parametrize(
    "decision",
    [decisions.Send("office/KPU", "s0"), decisions.MoveUnit("office/KPU", "T2.1"), decisions.Withdraw("office/KPU")],
)
def test_no_decision_takes_them_away(day: Day, decision: decisions.Decision) -> None:
    day.until(600.0)
    with pytest.raises(UserError, match="'office/KPU' is a standing guard, which never leaves its office"):
        day.act(decision)


def test_who_is_held_meets_the_protest_when_he_is_let_go(day: Day) -> None:
    day.act(decisions.Hold("office/KPU"))
    day.until(585.0)
    assert "office/KPU" not in {task.unit.spec.name for task in day.ledger.tasks}
    day.act(decisions.Hold("office/KPU", held=False))
    day.until(586.0)
    (task,) = [task for task in day.ledger.tasks if task.unit.spec.name == "office/KPU"]
    assert (task.ordered, task.sent, task.of_post) == (585.0, False, True)
    day.run()
