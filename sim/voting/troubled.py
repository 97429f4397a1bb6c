"""Where the ordinary trouble is that a scenario writes down: known before a day is played, without what plays it."""

from __future__ import annotations

from typing import NamedTuple

from sim.config.trouble import ScriptedTrouble


class TroubleAt(NamedTuple):
    """Trouble that a scenario writes down, at the stations that have it; ``stage`` is the one out of use."""

    stations: tuple[int, ...]
    trouble: ScriptedTrouble
    stage: int
