"""A run holds what it was played on: nothing that is edited afterwards changes it."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.plan_tables import PlanTable
from sim.day.world import World, prepare
from sim.errors import UserError
from sim.exercise.pack.write import write_pack
from sim.experiment.again import play_again, stored_day
from sim.experiment.batch import world_of
from sim.experiment.checksum import digest
from sim.experiment.execute import execute, resume
from sim.experiment.inputs import read_deployments
from sim.experiment.manifest import State
from sim.experiment.store import Run, read
from sim.inference.compare import compare
from sim.region.load import load_region
from sim.region.region import Region
from sim.report.terminal import unspent_line
from sim.report.write import write
from sim.vocabulary import Capability
from tests.conftest import SMALL, SMALL_REGION, small_scenario

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 25, followers: 1}]'


def played(folder: Path, region: Path, *overrides: str) -> Run:
    more = (RIOT, "run.replications=2", "run.batch=1", "run.workers=1", "run.resamples=100", f"run.output='{folder}'")
    return execute(small_scenario(*more, f"region.path='{region}'", *overrides), command="simulate test")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run in the small regency under two strategies; who changes something takes a copy."""
    two = ("strategy=even_spread,minimum_pattern", "region.forces.police=260")
    return played(tmp_path_factory.mktemp("whole"), SMALL_REGION, *two)


def copied(run: Run, folder: Path) -> Run:
    return read(Path(shutil.copytree(run.path, folder / "copy")))


def same(one: Region, other: Region) -> bool:
    """Whether two regions are equal in everything they hold, arrays included."""

    def equal(a: object, b: object) -> bool:
        if isinstance(a, np.ndarray):
            return bool(np.array_equal(a, np.asarray(b)))
        if type(a).__name__ in ("Stations", "RoadTable"):
            return all(equal(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))  # type: ignore[arg-type]
        return a == b

    return all(equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))


def test_an_old_runs_report_does_not_change_when_the_regions_tables_do(tmp_path: Path) -> None:
    region = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    run = played(tmp_path / "runs", region)
    before = write(run, compare(run)).read_bytes()
    districts = region / "districts.csv"
    districts.write_text(districts.read_text().replace(",3600,", ",1800,").replace("Tanjung", "Ujung"))
    assert write(read(run.path), compare(read(run.path))).read_bytes() == before
    shutil.rmtree(region)
    again = read(run.path)
    assert write(again, compare(again)).read_bytes() == before
    assert all(file.is_file() for file in write_pack(again, tmp_path / "pack"))
    assert unspent_line(again).startswith("Unspent: even_spread ")


def test_a_run_goes_on_with_the_tables_it_was_begun_with(tmp_path: Path) -> None:
    region = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    run = played(tmp_path / "runs", region)
    whole = run.table("stations")
    run.batches = run.batches[:1]
    run.begin()
    run.end(State.INTERRUPTED)
    shutil.rmtree(region)
    assert resume(run.path).table("stations").equals(whole)


def test_a_run_whose_own_tables_were_edited_does_not_go_on(whole: Run, tmp_path: Path) -> None:
    run = copied(whole, tmp_path)
    roads = run.path / "region" / "roads.csv"
    roads.write_text(roads.read_text().replace("5.4,hill", "5.5,hill"))
    with pytest.raises(UserError, match=r"region/roads\.csv': it is not what was written"):
        resume(run.path)


def test_the_region_read_back_from_a_run_is_the_same(whole: Run) -> None:
    assert same(whole.region, load_region(whole.scenario.region))
    assert (whole.path / "region" / "stations.csv").is_file()


def test_outlines_are_kept_with_the_region(tmp_path: Path) -> None:
    region = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    ring = [[109.9, -1.1], [110.1, -1.1], [110.1, -0.9], [109.9, -1.1]]
    shape = {"type": "Feature", "properties": {"code": "T1"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (region / "outlines.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [shape]}))
    run = played(tmp_path / "runs", region)
    kept = run.path / "region" / "outlines.geojson"
    assert kept.read_bytes() == (region / "outlines.geojson").read_bytes()
    assert [len(rings) for rings in run.region.outlines] == [1, 0, 0]


def test_an_edited_region_yaml_of_a_run_is_named_and_the_users_own_may_change(tmp_path: Path) -> None:
    region = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    run = played(tmp_path / "runs", region)
    kept = run.path / "region" / "region.yaml"
    assert kept.read_bytes() == (region / "region.yaml").read_bytes()
    assert "region/region.yaml" in json.loads((run.path / "manifest.json").read_text())["inputs"]
    stored = stored_day(run, "even_spread", 1)
    (region / "region.yaml").write_text("forces: {police: 1, wardens: 1}\n")
    assert not play_again(read(run.path), "even_spread", 1, stored).differing, "it is played on what the run keeps"
    kept.write_text(kept.read_text() + "# edited\n")
    with pytest.raises(UserError, match=r"region/region\.yaml': it is not what was written"):
        play_again(read(run.path), "even_spread", 1, stored)
    run.begin()
    run.end(State.INTERRUPTED)
    with pytest.raises(UserError, match=r"region/region\.yaml': it is not what was written"):
        resume(run.path)


def test_a_packaged_region_has_no_settings_of_its_own(tmp_path: Path) -> None:
    run = execute(small_scenario("run.replications=1", "run.workers=1", f"run.output='{tmp_path}'", "strategy=even_spread",
                                 "region.path=rejang_lebong", "region.forces.police=400", "region.forces.wardens=900"))  # fmt: skip
    assert not (run.path / "region" / "region.yaml").exists()


def test_outlines_that_lead_to_another_kind_of_file_are_refused(tmp_path: Path) -> None:
    region = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    (region / "outlines.geojson").symlink_to("/etc/passwd")
    with pytest.raises(UserError, match=r"outlines\.geojson: cannot be read .*does not end in \.geojson"):
        played(tmp_path / "runs", region)
    assert not (tmp_path / "runs").exists(), "nothing half-written"


def test_deployments_are_those_of_the_world(whole: Run) -> None:
    world: World = prepare(whole.scenario)
    found = whole.deployments()
    for name, deployment in world.deployments.items():
        units = found.units[found.units["strategy"] == name]
        assert units["unit"].tolist() == [unit.name for unit in deployment.units]
        assert units["strength"].sum() == sum(unit.strength for unit in deployment.units)
        guard = next(unit for unit in deployment.units if unit.role == "guard" and len(unit.stops) > 1)
        stops = units.set_index("unit").loc[guard.name, "stops"]
        assert stops.split(";") == [world.region.stations.code[stop.spot.station] for stop in guard.stops]
        posts = found.posts[found.posts["strategy"] == name]
        assert posts.groupby("post")["officers"].first().tolist() == [post.officers for post in deployment.posts]
        assert posts["wardens"].sum() == pytest.approx(sum(post.wardens for post in deployment.posts))
        people = found.people[found.people["strategy"] == name].set_index("agency")
        assert people["spent"].to_dict() == deployment.spent and people["unspent"].to_dict() == deployment.unspent


def test_rounds_and_what_units_can_do_are_those_of_the_world(whole: Run) -> None:
    world, found = prepare(whole.scenario), whole.deployments()
    for name, plan in world.responses.items():
        units = found.units[found.units["strategy"] == name].set_index("unit")
        rounds = dict(list(found.rounds[found.rounds["strategy"] == name].groupby("unit")))
        assert sorted(rounds) == sorted(units.index)
        for spec, home in zip(plan.deployment.units, plan.homes, strict=True):
            row, pieces = units.loc[spec.name], rounds[spec.name].reset_index(drop=True)
            assert [row[able] for able in Capability] == [spec.provides[able] for able in Capability]
            assert row["ready_minutes"] == pytest.approx(spec.ready_minutes)
            assert np.isnan(row["shift_from"]) == (spec.shift is None)
            whole_round = home.cycle or home.there
            assert pieces["period"].iloc[0] == pytest.approx(whole_round.minutes)
            for since in (0.3, 7.7, 31.9) if home.cycle else (0.0,):
                elapsed = since % whole_round.minutes if home.cycle else since
                piece = pieces[pieces["begins"] <= elapsed].iloc[-1]
                here, gone = whole_round.at(elapsed), piece["slope"] * (elapsed - piece["begins"])
                assert (piece["node"], piece["station"]) == (here.node, -1 if here.station is None else here.station)
                assert piece["away"] + gone == pytest.approx(here.minutes)
                assert piece["ahead"] == (-1 if here.ahead is None else here.ahead)


def test_a_table_of_deployments_that_is_missing_or_spoiled_is_named(whole: Run, tmp_path: Path) -> None:
    run = copied(whole, tmp_path)
    people = run.path / "deployments" / "people.csv"
    people.write_text("strategy,agency\n")
    with pytest.raises(UserError, match=r"people\.csv: not the table that was written"):
        read_deployments(run.path)
    people.unlink()
    with pytest.raises(UserError, match=r"people\.csv': it is missing"):
        run.deployments()


def by_list(folder: Path, stations: str = "T1; T2; T3") -> Path:
    """A folder with a strategy by list: a table of each kind."""
    (folder / "strategy").mkdir(parents=True, exist_ok=True)
    tables = {
        "posts": f"post,stations,officers,wardens\r\nA,{stations},4,50\r\n",
        "patrols": "patrol,route,officers,vehicle,team\nB,T1.1;T2.1,2,car,12\n",
        "reserves": "reserve,base,officers,vehicle\nC,POLRES,4,car\n",
        "offices": "place,officers\nKPU,2\n",
    }
    for name, text in tables.items():
        (folder / "strategy" / f"{name}.csv").write_bytes(text.encode())
    (folder / "strategy" / "listed.yaml").write_text(
        "defaults: [even_spread, _self_]\nguards: {rule: list, table: posts.csv}\npatrols: [{table: patrols.csv}]\n"
        "reserves: [{table: reserves.csv}]\nstanding_guards: [{table: offices.csv}]\n"
    )
    return folder


def played_by_list(folder: Path, out: Path) -> Run:
    more = [
        *SMALL,
        "strategy=listed,even_spread",
        RIOT,
        "run.replications=2",
        "run.batch=1",
        "run.workers=1",
        "run.resamples=100",
    ]
    return execute(load("calm_day", [*more, f"run.output='{out}'"], folder), command="simulate test")


def test_a_run_keeps_the_tables_of_its_strategies_and_goes_on_with_them(tmp_path: Path) -> None:
    plans = by_list(tmp_path / "plans")
    run = played_by_list(plans, tmp_path / "runs")
    for kept in PlanTable:
        name = "offices" if kept is PlanTable.STANDING_GUARDS else kept
        file = run.path / "deployments" / f"listed.{kept}.csv"
        assert file.read_bytes() == (plans / "strategy" / f"{name}.csv").read_bytes()
        assert run.manifest["inputs"][f"deployments/listed.{kept}.csv"] == digest(file.read_bytes())
    whole = run.table("stations")
    run.batches = run.batches[:1]
    run.begin()
    run.end(State.INTERRUPTED)
    by_list(plans, "T1")
    assert resume(run.path).table("stations").equals(whole), "what is edited afterwards does not matter"
    shutil.rmtree(plans)
    again = read(run.path)
    assert play_again(again, "listed", 1, stored_day(again, "listed", 1)).differing == ()
    assert all(file.is_file() for file in write_pack(again, tmp_path / "pack"))


@pytest.mark.parametrize("name", ["posts", "patrols", "reserves", "standing_guards"])
def test_a_run_whose_own_plan_was_edited_does_not_go_on(tmp_path: Path, name: str) -> None:
    run = played_by_list(by_list(tmp_path / "plans"), tmp_path / "runs")
    table = run.path / "deployments" / f"listed.{name}.csv"
    table.write_text(table.read_text().replace(",2", ",3").replace(",4", ",5"))
    says = rf"deployments/listed\.{name}\.csv': it is not what was written"
    with pytest.raises(UserError, match=says):
        resume(run.path)
    with pytest.raises(UserError, match=says):
        play_again(run, "listed", 0, stored_day(run, "listed", 0))
    with pytest.raises(UserError, match=says):
        write_pack(run, tmp_path / "pack")
    table.unlink()
    with pytest.raises(UserError, match=rf"listed\.{name}\.csv': it is missing"):
        resume(run.path)


def test_a_plan_that_is_edited_is_prepared_anew(tmp_path: Path) -> None:
    plans = by_list(tmp_path)
    scenario = load("calm_day", [*SMALL, "strategy=listed"], plans)
    assert len(world_of(scenario).deployments["listed"].posts[0].stations) == 24
    by_list(plans, "T1")
    assert len(world_of(scenario).deployments["listed"].posts[0].stations) == 10
    (plans / "strategy" / "posts.csv").unlink()
    with pytest.raises(
        UserError, match=r"posts\.csv: there is no such file; a strategy names it as its table of posts"
    ):
        world_of(scenario)
