"""The packaged scenarios: a plan can change a third of the harm, or the page says why it cannot."""

from __future__ import annotations

import pytest

from sim.config.titles import scenario_names
from tests.behaviour.scenarios import A_THIRD, OUT_OF_HANDS, in_hands

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", sorted(scenario_names()))
def test_a_plan_changes_a_third_of_the_harm_or_the_page_says_why_not(name: str) -> None:
    share = in_hands(name, 5)
    assert (share >= A_THIRD) != (name in OUT_OF_HANDS), share
