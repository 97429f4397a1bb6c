"""Who may call an agency: times reckoned by hand on the line, whose eastern district has a sector post."""

from __future__ import annotations

from typing import Any

import pytest

from sim.echelon import Echelon
from sim.vocabulary import Severity, Verdict
from tests.response.command.test_posko import NOBODY, strategy
from tests.response.command.test_sector import ONE_DESK, region, slow_posko
from tests.response.conftest import Bench

ARMY = {"base": "KODIM", "agency": "army", "teams": 1, "size": 30, "vehicle": "car", "from_severity": "red", "request_delay": 20}  # fmt: skip
UNIT = "attached/KODIM/army/1"
BOTH = ["sector", "posko"]
SEPARATE = {"rule": "separate", "desks": 1, "handling": {"mean_minutes": 3, "cv": 0}}


def bench(called_by: list[str] | None, command: dict[str, Any] | None = None, **response: object) -> Bench:
    army = {**ARMY, **({"called_by": called_by} if called_by else {}), **response.pop("army", {})}  # type: ignore[dict-item]
    mine = strategy(NOBODY, teams=0)
    settings = {"sector_posts": ONE_DESK, "sector_patrol_size": 4, "attached": [army], **response}
    return Bench(region(), {**mine, "command": command} if command else mine, **settings)


def played(b: Bench, station: int = 7, severity: Severity = Severity.RED, presence: int = 34) -> dict[str, Any]:
    """The task of each unit that was sent to a disturbance in the east, or at another station."""
    b.begin(b.trouble(station, severity=severity, presence=presence))
    b.env.run(600.0)
    return {task.unit.spec.name: task for task in b.ledger.tasks}


def test_unless_said_otherwise_the_centre_alone_calls() -> None:
    for called_by in (None, ["posko"]):
        assert played(bench(called_by))[UNIT].ordered == 427.0, "when the centre has handled the report"


def test_a_sector_post_that_may_call_an_agency_sends_it_without_the_centre() -> None:
    for called_by in (BOTH, ["sector"]):
        task = played(bench(called_by, posko=slow_posko(400)))[UNIT]
        assert task.ordered == 426.0 and task.departed == 426.0 + 20.0 + 6.0, "request and getting ready stay"


def test_one_whose_agency_only_the_centre_may_call_does_not() -> None:
    assert UNIT not in played(bench(["posko"], posko=slow_posko(400))), "the centre never comes to it"


def test_a_centre_that_may_not_call_an_agency_does_not_send_it_where_no_sector_post_is() -> None:
    for called_by, sent in ((["sector"], False), (BOTH, True), (["posko"], True)):
        b = bench(called_by)
        assert (UNIT in played(b, station=0, presence=30)) is sent, called_by


def test_the_centre_says_whether_the_severity_or_the_caller_bars_who_is_left() -> None:
    for called_by, severity, why in (
        (["sector"], Severity.RED, Verdict.NOT_CALLED),
        (["sector"], Severity.YELLOW, Verdict.NOT_AGREED),
        (["posko"], Severity.YELLOW, Verdict.NOT_AGREED),
    ):
        b = bench(called_by, sector_patrol_size=0)
        trouble = b.begin(b.trouble(0, severity=severity, presence=30))
        b.env.run(600.0)
        assert trouble.why_unsent == [why], (called_by, severity)


def test_of_who_was_not_sent_those_whom_sector_posts_alone_call_are_counted_apart() -> None:
    both = [ARMY, {**ARMY, "base": "POLRES", "from_severity": "green", "called_by": ["sector"]}]
    mine = strategy(NOBODY, teams=1)
    b = Bench(region(), mine, sector_posts=ONE_DESK, sector_patrol_size=0, attached=both)
    task = played(b, station=0, severity=Severity.GREEN, presence=12)["reserve/POLRES/1"]
    assert (task.verdicts[Verdict.NOT_CALLED], task.verdicts[Verdict.NOT_AGREED]) == (1, 1)


def test_its_own_go_first_and_others_are_called_for_what_is_missing() -> None:
    enough = played(bench(["sector"]), presence=4)
    assert set(enough) == {"sector/SEK-TIMUR"}
    assert {name: task.ordered for name, task in played(bench(["sector"]), presence=5).items()} == {
        "sector/SEK-TIMUR": 426.0, UNIT: 426.0, "sector/POLRES": 427.0,
    }  # fmt: skip


def test_at_a_milder_severity_nobody_calls_it() -> None:
    assert UNIT not in played(bench(BOTH), severity=Severity.YELLOW)
    assert UNIT in played(bench(BOTH, army={"from_severity": "yellow"}), severity=Severity.YELLOW)


def test_who_has_been_asked_for_by_a_decision_is_sent_by_the_centre_too() -> None:
    b = bench(["sector"])
    b.posko.request([b.unit(UNIT).index])
    assert UNIT in played(b, station=0, severity=Severity.GREEN, presence=30)


def test_separate_command_posts_pass_on_the_calls_of_sector_posts_at_the_same_desks() -> None:
    task = played(bench(BOTH, SEPARATE))[UNIT]
    assert (task.ordered, task.departed) == (426.0, 426.0 + 20.0 + 3.0 + 6.0)
    b = bench(BOTH, SEPARATE, army={"teams": 2, "size": 30})
    west, east = b.trouble(0, "west", presence=30), b.trouble(7, "east", presence=34)
    for trouble in (east, west):
        b.begin(trouble)
    b.env.run(600.0)
    sent = {task.goal.incident: task for task in b.ledger.tasks if task.unit.spec.name.startswith("attached")}
    assert sent["east"].ordered == 426.0 and sent["west"].ordered > 426.0, "by the chief; by the centre"
    assert sent["east"].departed == 455.0 and sent["west"].departed >= 458.0, "one after the other at one desk"
    assert UNIT not in played(bench(["posko"], SEPARATE, posko=slow_posko(400)))


def test_under_a_joint_command_the_one_centre_calls_everybody_at_once() -> None:
    task = played(bench(["sector"], {"rule": "joint_command"}), station=0, presence=30)[UNIT]
    assert task.departed - task.ordered == 6.0


def test_the_plan_knows_who_calls_whom() -> None:
    b = bench(["sector"])
    index = b.unit(UNIT).index
    assert b.plan.called_by[Echelon.SECTOR] == 1 << index
    assert not any(b.plan.agreed_for[severity] >> index & 1 for severity in Severity)


@pytest.mark.parametrize("called_by", [["sector"], BOTH])
def test_potential_response_has_it_sooner_where_a_sector_post_calls_and_nowhere_else(called_by: list[str]) -> None:
    from math import inf

    from sim.response.readiness import readiness

    b = bench(called_by)
    ready, index = readiness(b.plan), b.unit(UNIT).index
    sooner = ready.sooner[ready.units.vehicle[index]].tolist()
    elsewhere = -inf if called_by == ["sector"] else 0.0
    assert sooner == [1.0 if code else elsewhere for code in b.plan.sector_of_node]
    asked = readiness(b.plan, [index])
    assert asked.sooner[asked.units.vehicle[index]].min() == 0.0
