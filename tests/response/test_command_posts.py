"""How an order comes to other agencies: times reckoned by hand, and what must not depend on it."""

from __future__ import annotations

from typing import Any

import pytest

from sim.vocabulary import Severity
from tests.response.command.test_posko import NOBODY, strategy
from tests.response.conftest import Bench, line_region

ARMY = {"base": "KODIM", "agency": "army", "teams": 2, "size": 30, "vehicle": "car", "from_severity": "red", "request_delay": 20}  # fmt: skip
SEPARATE = {"rule": "separate", "desks": 1, "handling": {"mean_minutes": 3, "cv": 0}}
ORDERED, MOBILISES = 427.0, 6.0


def departures(command: dict[str, Any] | None, teams: int = 0) -> dict[str, float]:
    """When each unit set out to a red disturbance that asks for everybody."""
    mine = strategy(NOBODY, teams=teams)
    b = Bench(line_region(), {**mine, "command": command} if command else mine, attached=[ARMY])
    b.begin(b.trouble(2, severity=Severity.RED, presence=500))
    b.env.run(600.0)
    return {task.unit.spec.name: task.departed for task in b.ledger.tasks}


FIRST, SECOND = "attached/KODIM/army/1", "attached/KODIM/army/2"


def test_on_request_is_what_a_strategy_means_that_says_nothing() -> None:
    assert departures(None) == departures({"rule": "on_request"})
    assert departures(None) == dict.fromkeys((FIRST, SECOND), ORDERED + 20.0 + MOBILISES)


def test_under_joint_command_nobody_is_requested() -> None:
    assert departures({"rule": "joint_command"}) == dict.fromkeys((FIRST, SECOND), ORDERED + MOBILISES)


def test_separate_command_posts_pass_on_one_order_a_desk() -> None:
    late = ORDERED + 20.0 + 3.0 + MOBILISES
    assert departures(SEPARATE) == {FIRST: late, SECOND: late + 3.0}
    assert departures({**SEPARATE, "desks": 2}) == {FIRST: late, SECOND: late}
    slow = {**SEPARATE, "handling": {"mean_minutes": 30, "cv": 0}}
    assert departures(slow) == {FIRST: late + 27.0, SECOND: late + 57.0}


@pytest.mark.parametrize("command", [{"rule": "joint_command"}, SEPARATE])
def test_the_police_go_as_before(command: dict[str, Any]) -> None:
    before, after = departures(None, teams=2), departures(command, teams=2)
    police = [name for name in before if name.startswith("reserve")]
    assert len(police) == 2 and all(before[name] == after[name] for name in police)


def test_an_order_that_is_called_off_at_a_desk_frees_it() -> None:
    b = Bench(line_region(), {**strategy(NOBODY, teams=0), "command": SEPARATE}, attached=[{**ARMY, "teams": 1}])
    first = b.begin(b.trouble(2, "s0", severity=Severity.RED, presence=30))
    b.at(448.0, first.over.succeed)  # a minute after the desk has taken it
    b.at(450.0, lambda: b.begin(b.trouble(4, "s1", severity=Severity.RED, presence=30)))
    b.env.run(600.0)
    sent = [task for task in b.ledger.tasks if task.goal.incident == "s1"]
    assert [task.departed for task in sent] == [457.0 + 20.0 + 3.0 + MOBILISES]
