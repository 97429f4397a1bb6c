"""Wardens who are sent somewhere: present by their effect, no officers, after all officers; times by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sim.disturbance.scene import Scene
from sim.errors import UserError
from sim.response.command.dispatch import POLICIES, Call, Candidate
from sim.strength import NOBODY, Strength
from sim.vocabulary import Agency, Capability, Role, Severity
from tests.conftest import small_scenario
from tests.response.command.test_posko import NOBODY as NO_PAIRS
from tests.response.command.test_posko import strategy
from tests.response.conftest import Bench, line_region

TEAM = {"base": "POLRES", "agency": "wardens", "teams": 1, "size": 10, "vehicle": "car", "from_severity": "green", "request_delay": 5}  # fmt: skip
NAME = "attached/POLRES/wardens/1"


def bench(teams: int = 0, size: int = 10, **response: Any) -> Bench:
    return Bench(line_region(), strategy(NO_PAIRS, teams=teams), attached=[{**TEAM, "size": size}], **response)


def sent(b: Bench, severity: Severity = Severity.GREEN, **need: int) -> dict[str, float]:
    b.begin(b.trouble(2, severity=severity, **need))
    b.env.run(600.0)
    return {task.unit.spec.name: task.departed - task.ordered for task in b.ledger.tasks}


@pytest.mark.parametrize(
    ("size", "effect", "present"), [(10, 0.25, 2), (3, 0.25, 0), (4, 0.25, 1), (100, 0.29, 29), (10, 0, 0), (10, 1, 10)]
)
def test_they_are_present_by_their_effect_rounded_down(size: int, effect: float, present: int) -> None:
    spec = bench(size=size, warden_strength=effect).unit(NAME).spec
    assert spec.provides[Capability.PRESENCE] == spec.provides.auxiliaries == present
    assert spec.provides[Capability.RESCUE] == spec.strength == size, "what else they can do each of them can"
    assert spec.provides[Capability.CROWD_CONTROL] == spec.officers == spec.provides.officers == 0


def test_they_are_called_as_other_agencies_are() -> None:
    assert sent(bench(), presence=2) == {NAME: 5.0 + 6.0}
    assert sent(bench(), rescue=10) == {NAME: 11.0} and sent(bench(), medical=1) == {}
    assert sent(bench(abilities={**bench().scenario.response.abilities.model_dump(), "wardens": ()}), presence=2) == {}


def test_officers_go_first_and_wardens_make_up_for_those_who_are_missing() -> None:
    assert list(sent(bench(teams=1), presence=12)) == ["reserve/POLRES/1"]
    assert list(sent(bench(teams=1), presence=13)) == ["reserve/POLRES/1", NAME]


@pytest.mark.parametrize("rule", ["nearest", "fewest_units", "own_sector_first", "tiered"])
def test_under_every_rule_they_come_after_the_officers(rule: str) -> None:
    dispatch = bench().plan.dispatch
    near = Candidate(0, 5, 1.0, Role.ATTACHED, 0, Severity.GREEN, makes_up=True)
    far = Candidate(1, 5, 50.0, Role.ATTACHED, 0, Severity.GREEN)
    call = Call(Severity.RED, Capability.PRESENCE, 5, 0, frozenset())
    choose = next(policy for name, policy in POLICIES.items() if name == rule)
    assert choose(call, [near, far], dispatch).units == (1,)
    assert choose(call._replace(missing=6), [near, far], dispatch).units == (1, 0)


def test_a_crowd_meets_them_and_they_are_no_officers_there() -> None:
    scene, team = Scene(wardens=0.5), Strength.of(presence=3)
    wardens = bench().unit(NAME).spec.provides
    scene.change(wardens)
    assert (scene.officers, scene.force, scene.formed, scene.holding) == (0, 2.5, 0, 2)
    scene.change(scene.strength + team)
    assert (scene.officers, scene.force, scene.holding) == (3, 5.5, 2)
    scene.change(scene.strength - wardens)
    assert (scene.officers, scene.force, scene.holding) == (3, 3.5, 0) and wardens - wardens == NOBODY
    assert wardens + team != Strength.of(presence=5, rescue=10), "of whom some are wardens"


def test_that_they_disperse_a_crowd_is_refused_with_the_reason() -> None:
    with pytest.raises(UserError, match=r"abilities\.wardens\[1\] = 'crowd_control': wardens never disperse a crowd"):
        small_scenario("response.abilities.wardens=[presence,crowd_control]")


@pytest.mark.parametrize("agency", ["wardens", "local_government"])
def test_teams_of_several_sorts_can_do_different_things(agency: str) -> None:
    own = {**TEAM, "agency": agency, "abilities": ["negotiate", "presence"]}
    b = Bench(line_region(), strategy(NO_PAIRS, teams=0), attached=[own, {**TEAM, "agency": agency}])
    first, second = (b.unit(f"attached/POLRES/{agency}/{n}").spec.provides for n in (1, 2))
    assert first[Capability.NEGOTIATE] == 10 and first[Capability.RESCUE] == first[Capability.ENGINEERING] == 0
    assert second[Capability.NEGOTIATE] == 0 and second
    assert first[Capability.PRESENCE] == first.auxiliaries == (2 if agency == "wardens" else 10)


def test_teams_of_wardens_disperse_nobody_either() -> None:
    one = "{base: POLRES, agency: wardens, teams: 1, size: 8, vehicle: truck, from_severity: green, request_delay: 0"
    with pytest.raises(UserError, match=r"attached\[0\]\.abilities\[0\] = 'crowd_control': wardens never disperse"):
        small_scenario(f"response.attached=[{one}, abilities: [crowd_control]}}]")


def test_every_agency_can_be_called() -> None:
    for agency in Agency:
        one = f"{{base: POLRES, agency: {agency}, teams: 1, size: 8, vehicle: truck, from_severity: green, request_delay: 0}}"
        (attached,) = small_scenario(f"response.attached=[{one}]").response.attached
        assert attached.agency is agency
