"""Every column of every table is described, in both languages, and names stand beside codes."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.errors import UserError
from sim.experiment.execute import execute
from sim.experiment.parquet import read_parquet
from sim.experiment.store import Run
from sim.inference.between import between
from sim.log import TABLES, dtypes
from sim.measures.describe import DESCRIBED, describe, measures_table
from sim.measures.registry import MEASURES
from sim.region.gazetteer import Gazetteer
from sim.region.printed import as_printed
from sim.words import columns as words
from tests.conftest import small_scenario

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 2", starters: 25, followers: 1}]'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    two = ("strategy=even_spread,minimum_pattern", "region.forces.police=120")
    more = (*two, "run.replications=2", "run.workers=1", "run.resamples=100")
    return execute(small_scenario(RIOT, *more), out=tmp_path_factory.mktemp("runs"), command="simulate test")


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_the_log_has_one_meaning_and_a_unit(table: str) -> None:
    known = getattr(words, table.upper())
    assert list(known) == list(dtypes(table)), "described are the columns that there are, in their order"
    assert all(meaning.endswith(".") and unit for meaning, unit in known.values())


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_every_table_of_a_run_is_described(run: Run, table: str) -> None:
    found = describe(run.table(table))
    assert found["column"].tolist() == list(run.table(table))
    assert (found["meaning"] != "").all() and (found["unit"] != "").all(), found


def test_what_is_made_of_runs_is_described_too(run: Run) -> None:
    compared, apart = sim.compare(run), between([run, run])
    frames = [
        compared.measures, compared.differences, compared.best, sim.causes(run), apart.measures, apart.differences,
        apart.regret, apart.largest, sim.breakdown(run, "response_median", "kind"), run.deployments().units,
        run.deployments().posts, run.deployments().people, run.deployments().rounds,
    ]  # fmt: skip
    for frame in frames:
        found = describe(frame)
        assert (found["meaning"] != "").all(), found[found["meaning"] == ""]


def test_a_table_keeps_its_meaning_when_rows_and_columns_are_taken_out(run: Run) -> None:
    some = run.table("tasks").query("km > 0")[["reported", "ordered"]]
    assert describe(some)["meaning"].tolist() == [words.TASKS["reported"][0], words.TASKS["ordered"][0]]


def test_a_foreign_column_has_no_meaning(run: Run) -> None:
    frame = run.table("incidents").assign(mine=1)
    assert describe(frame).set_index("column")["meaning"]["mine"] == ""


def test_a_name_is_enough_and_a_wrong_one_is_answered_with_the_nearest(run: Run) -> None:
    assert all(len(describe(name)) for name in DESCRIBED)
    with pytest.raises(UserError, match="did you mean 'incidents'"):
        describe("incident")
    with pytest.raises(UserError, match="did you mean 'incidents'"):
        run.table("incidentes")


def test_names_stand_beside_codes(run: Run) -> None:
    region = as_printed(Gazetteer(run.region))
    incidents, stations, states = (run.table(name) for name in ("incidents", "stations", "unit_states"))
    for row in incidents.to_dict("records"):
        assert row["kind_title"] == run.scenario.kinds[row["kind"]].title
        assert row["district_name"] == region.districts[row["district"]].name
    codes = dict(zip(region.stations.code, region.stations.name, strict=True))
    at_stations = incidents[incidents["place_kind"] == "station"]
    assert len(at_stations) and at_stations["place"].map(codes).tolist() == at_stations["place_name"].tolist()
    assert stations["station_name"].tolist() == [region.stations.name[i] for i in stations["station"]]
    assert states["node_name"].tolist() == [region.nodes[i].name for i in states["node"]]
    assert list(incidents)[3:5] == ["kind", "kind_title"]


def test_what_is_stored_has_no_names(run: Run) -> None:
    frame = read_parquet(sorted(Path(run.path, "tables", "incidents").glob("*.parquet")))
    assert list(frame) == ["strategy", "replication", *dtypes("incidents")]


def test_every_measure_has_a_title_a_unit_and_a_definition() -> None:
    table = measures_table()
    assert table["measure"].tolist() == list(MEASURES)
    assert (table[["title", "unit", "definition"]] != "").all(axis=None)


def test_a_run_and_its_comparison_show_themselves_in_a_line(run: Run) -> None:
    assert repr(run) == f"<Run {run.path.name}: 2 days, 2 strategies>"
    assert "even_spread" in run._repr_html_()
    assert repr(Run(run.path, run.manifest)).endswith(": 0 of 2 days, 2 strategies>")
    compared = sim.compare(run)
    assert repr(compared) == "<Comparison: 2 strategies, 2 days, baseline even_spread>"
    assert "Response, median" in compared._repr_html_() and "minutes" in compared._repr_html_()
