"""Ambulances of another service: when they stand by, and how long it takes to ask for them."""

from __future__ import annotations

from typing import Any

import pytest

from sim.config.compose import load
from sim.errors import UserError
from sim.vocabulary import Severity
from tests.conftest import small_scenario
from tests.evacuation.care_bench import EAST, WEST, Care, errands


def crew(base: str = "POLRES", **asked: Any) -> dict[str, Any]:
    return {"base": base, **asked}


def test_a_crew_that_has_to_be_asked_for_comes_so_much_later_to_the_injured() -> None:
    for delay in (0.0, 7.0, 20.0):
        b = Care(crew(request_delay=delay))
        b.hurt(b.known(1))
        (casualty,) = b.run()
        assert casualty.collected == pytest.approx(420 + delay + 1 + 2 + 8)


def test_whoever_is_there_first_is_sent_and_asking_counts() -> None:
    near = Care(crew(), crew("SEK-TIMUR"))
    near.hurt(near.known(1))
    near.run()
    assert errands(near, WEST) and not errands(near, EAST)
    late = Care(crew(request_delay=60), crew("SEK-TIMUR"))
    late.hurt(late.known(1))
    (casualty,) = late.run()
    assert errands(late, EAST) and not errands(late, WEST), "half an hour farther, and an hour sooner"
    assert casualty.collected == pytest.approx(420 + 1 + 30 + 2 + 8)


def standing_by(severity: Severity, **asked: Any) -> list[float]:
    b = Care(crew(**asked))
    b.begin(b.trouble(1, severity=severity, medical=1))
    b.env.run(500.0)
    return [task.departed - task.ordered for task in b.ledger.tasks]


def test_it_stands_by_only_from_its_severity_on_and_fetches_the_injured_at_any() -> None:
    assert standing_by(Severity.GREEN) == [1.0] and standing_by(Severity.RED, from_severity="red") == [1.0]
    assert standing_by(Severity.YELLOW, from_severity="red") == []
    assert standing_by(Severity.RED, from_severity="red", request_delay=10) == [11.0]
    b = Care(crew(from_severity="red"))
    trouble = b.trouble(1, severity=Severity.GREEN)
    b.posko.open["s0"] = trouble
    b.hurt(trouble)
    (casualty,) = b.run()
    assert casualty.collected == pytest.approx(420 + 1 + 2 + 8), "triage decides, no severity"


def test_without_a_word_it_is_as_before() -> None:
    (usual, *_) = load("calm_day", ["strategy=even_spread"]).evacuation.care.ambulances
    assert (usual.from_severity, usual.request_delay, usual.called_by) == ("green", 0.0, ("posko",))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("from_severity: orange", r"ambulances\[0\]\.from_severity = 'orange': unknown; known: "),
        ("request_delay: -1", r"ambulances\[0\]\.request_delay = -1: must be 0 or more"),
        ("called_by: [polsek]", r"ambulances\[0\]\.called_by\[0\] = 'polsek': unknown; did you mean 'posko'"),
        ("called_by: []", r"ambulances\[0\]\.called_by = \[\]: must not be empty"),
    ],
)
def test_a_mistake_is_one_clear_message(asked: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        small_scenario(f"evacuation.care.ambulances=[{{base: PSC-119, count: 1, vehicle: ambulance, {asked}}}]")
