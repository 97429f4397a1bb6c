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
from tests.conftest import small_scenario

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


RIOT = '{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 40, followers: 0}'
SLIDE = '{kind: landslide, onset: "09:55", place: "T2.1--T3.1"}'
PLATOON = "reserve/POLRES/1"
FEW = 8


@pytest.mark.parametrize(
    ("closed", "ever_there"), [(0, True), (60, True), (525, False)], ids=["open", "got through", "waits at the closure"]
)
def test_a_platoon_that_waits_at_a_closed_road_is_not_on_its_way(closed: int, ever_there: bool) -> None:
    """The only road to the riot closes before the platoon is there, which waits as long as it takes."""
    script = f"incidents=[{RIOT}]" if not closed else f"incidents=[{RIOT}, {SLIDE}]"
    lasts = f"kinds.landslide.course.duration={{mean_minutes: {closed or 1}, cv: 0}}"
    alone = ("region.forces.police=400", f"strategy.reserves=[{team('POLRES', 4, 16)}]", "response.attached=[]")
    patient = ("response.wait_at_closure_minutes=600", "response.reporting.false_reports.per_hour=0")
    world = prepare(small_scenario(*QUIET, script, lasts, *alone, *patient))
    tables = frames([simulate_day(world, "even_spread", day) for day in range(FEW)])
    forces = tables["forces"].query("incident == 's0' and severity == 1")  # yellow asks for the platoon
    tasks = tables["tasks"].query("unit == @PLATOON and incident == 's0'")
    assert len(forces) == FEW and len(tasks) >= FEW
    assert (forces["complete"].notna() | (forces["coming"] == 1)).all() == ever_there
    if not ever_there:
        assert forces["complete"].isna().all() and (forces["coming"] == 0).all()
        assert set(tasks["outcome"]) == {"recalled"} and tasks["departed"].notna().all()
