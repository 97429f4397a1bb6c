"""What has happened to stations: noted for all of them together, or in a life of its own."""

from __future__ import annotations

import numpy as np

from sim.voting.conditions import undisturbed
from sim.voting.happened import Happened
from sim.voting.life import Cause, Hours, Imposed, Lifted


def test_what_ends_at_a_station_with_a_life_is_noted_there_alone() -> None:
    happened = Happened(Hours(420.0, 780.0, 15.0, 0.0), undisturbed(np.zeros(3)))
    happened.deter(500.0, "rumour", np.array([0, 1]), np.array([0.2, 0.3]))
    happened.add(0, Imposed(510.0, "riot", Cause(speed=0.0)))
    entries = happened.deterrence.length
    assert happened.lift(520.0, "riot", [0]) == [0] and happened.deterrence.length == entries
    assert happened.lift(530.0, "rumour", [0, 1]) == [] and happened.deterrence.length == entries + 1
    assert [*map(type, happened.history(0))] == [Imposed, Imposed, Lifted, Lifted]
    assert happened.history(1) == [Imposed(500.0, "rumour", Cause(deterred=0.3)), Lifted(530.0, "rumour")]
    assert not happened.where_acts("riot") and not happened.where_acts("rumour")
