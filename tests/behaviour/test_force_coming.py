"""Which forces were on their way when a disturbance was over, again from tasks and units: other code, no day beside it."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.config.compose import load
from sim.day import prepare, simulate_day
from sim.experiment.frames import frames
from sim.log import ASKED
from sim.measures.causes import KEY
from tests.behaviour.moves import NO_FOLLOWERS, QUIET, team

NAME = "minimum_pattern"
NEAR = (f"strategy.reserves=[{team('POLRES', 4, 16)}, {team('SEK-SINDANG', 2, 32)}]",)
NONE = ("strategy.reserves=[]", "response.attached=[]")
DAYS = 24


@pytest.mark.parametrize(("reserves", "coming"), [(NEAR, 1), (NONE, 0)])
def test_who_is_there_and_who_was_on_his_way_make_up_the_force_or_not(reserves: tuple[str, ...], coming: int) -> None:
    plan = (*QUIET, *NO_FOLLOWERS, "region.forces.police=3000", *reserves)
    world = prepare(load("riot_kecamatan3", [f"strategy={NAME}", *plan]))
    tables = frames([simulate_day(world, NAME, day) for day in range(DAYS)])
    units = {unit.name: unit for unit in world.deployments[NAME].units}
    forces = tables["forces"].merge(tables["incidents"][[*KEY, "ended"]], on=KEY)
    assert (forces.loc[forces["complete"].notna(), "coming"] == 0).all()
    lacking = forces[forces["complete"].isna()]
    for row in lacking.to_dict("records"):
        tasks = tables["tasks"].merge(pd.DataFrame([row])[KEY], on=KEY)
        sent = tasks[(tasks["ordered"] < row["ended"]) & ~(tasks["released"] < row["ended"])]
        people = [units[name].provides for name in sent["unit"]]
        assert row["coming"] == all(sum(one[able] for one in people) >= row[name] for able, name in ASKED.items())
    assert coming in set(lacking["coming"])
