"""What a command changes of the units themselves."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from sim.config.command import Command
from sim.response.agencies import under_command
from sim.vocabulary import Agency
from tests.response.command.test_posko import ONE_EACH, strategy
from tests.response.conftest import Bench, line_region, line_scenario

ARMY = {"base": "KODIM", "agency": "army", "teams": 1, "size": 30, "vehicle": "car", "from_severity": "red", "request_delay": 20}  # fmt: skip
HANDLING = {"mean_minutes": 3, "cv": 0.5}


@pytest.mark.parametrize(
    ("command", "army_waits"),
    [
        ({"rule": "on_request"}, 20.0),
        ({"rule": "joint_command"}, 0.0),
        ({"rule": "separate", "desks": 1, "handling": HANDLING}, 23.0),
    ],
)
def test_only_how_an_order_comes_to_others_than_the_police_changes(command: dict[str, Any], army_waits: float) -> None:
    before = Bench(line_region(), strategy(ONE_EACH), attached=[ARMY]).plan.deployment.units
    after = under_command(before, TypeAdapter(Command).validate_python(command))
    assert [unit.name for unit in after] == [unit.name for unit in before]
    for was, now in zip(before, after, strict=True):
        if was.agency is Agency.POLICE:
            assert now == was
        else:
            assert now.ready_minutes == army_waits + was.mobilisation.mean_minutes
            assert (now.name, now.provides, now.from_severity) == (was.name, was.provides, was.from_severity)


def test_the_local_government_s_machines_clear_what_police_cannot_and_are_no_officers() -> None:
    works = {**ARMY, "agency": "local_government", "teams": 1, "size": 8, "from_severity": "green", "request_delay": 10}
    abilities = {**line_scenario().response.abilities.model_dump(), "local_government": ("engineering",)}

    def sent(*can: str) -> list[tuple[str, float]]:
        b = Bench(
            line_region(),
            strategy(ONE_EACH, teams=0),
            attached=[works],
            abilities={**abilities, "local_government": can},
        )
        b.begin(b.trouble(2, engineering=8))
        b.env.run(500.0)
        assert all(not task.unit.officers for task in b.ledger.tasks)
        return [(task.unit.spec.agency, task.departed - task.ordered) for task in b.ledger.tasks]

    assert sent("engineering") == [(Agency.LOCAL_GOVERNMENT, 10.0 + 6.0)], "on request, then it gets ready"
    assert sent() == sent("rescue") == []
