"""What coverage calls the yellow and the red force is what a riot asks for: said twice, so it is compared."""

from __future__ import annotations

import pytest

from sim.config.compose import load
from sim.vocabulary import Severity


@pytest.mark.parametrize("severity", [Severity.YELLOW, Severity.RED])
def test_the_packaged_force_is_what_the_packaged_riot_asks_for(severity: Severity) -> None:
    scenario = load("calm_day", ["strategy=even_spread"])
    force = getattr(scenario.response.force, severity.word)
    assert force.strength == scenario.kinds["riot"].needs[severity]
