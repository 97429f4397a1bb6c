"""Runs compared with each other: by what differs, on the same days, recomputed from the raw tables by other code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from sim.config.compose import load
from sim.errors import UserError
from sim.experiment.execute import execute
from sim.experiment.manifest import manifest_of
from sim.experiment.store import Run
from sim.inference.between import Between, between
from sim.inference.differing import differing, names_of
from sim.inference.pairing import Unlike, unlike
from sim.measures.registry import TWINS
from sim.report.between import sentences
from tests.conftest import SMALL

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 2", starters: 25, followers: 1}]'
GAME = (*SMALL, RIOT, "strategy=even_spread,risk_weighted", "region.forces.police=260", "run.replications=8",
        "run.workers=1", "run.resamples=100", "run.bound_days=0")  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


def played(folder: Path, *overrides: str) -> Run:
    return execute(load("calm_day", [*GAME, *overrides]), out=folder, command="simulate test")


@pytest.fixture(scope="module")
def dry(folder: Path) -> Run:
    return played(folder)


@pytest.fixture(scope="module")
def rain(folder: Path) -> Run:
    return played(folder, "weather=heavy_rain")


MANY = "run.replications=100"
"""Days after which what rain does stands out from what one riot or another does on eight of them."""


@pytest.fixture(scope="module")
def many_dry(folder: Path) -> Run:
    return played(folder, MANY)


@pytest.fixture(scope="module")
def many_rain(folder: Path) -> Run:
    return played(folder, "weather=heavy_rain", MANY)


@pytest.fixture(scope="module")
def two(dry: Run, rain: Run) -> Between:
    return between([dry, rain])


def difference(found: Between, measure: str, strategy: str = "even_spread") -> pd.Series:
    rows = found.differences
    return rows[(rows["measure"] == measure) & (rows["strategy"] == strategy)].iloc[0]


def test_runs_are_named_by_what_differs(two: Between) -> None:
    assert two.names == ["weather=dry", "weather=heavy_rain"]
    assert two.differs["setting"].tolist() == ["weather"]


def test_heavy_rain_makes_response_worse_by_a_size_that_matters(many_dry: Run, many_rain: Run) -> None:
    two = between([many_dry, many_rain])
    assert difference(two, "coverage_over_day")["high_all"] < -0.02
    assert difference(two, "arrival_median")["difference"] > 2.0
    assert difference(two, "arrival_median_common")["difference"] > 0.5
    assert difference(two, "peak_crowd")["low_all"] > 2.0
    assert difference(two, "untreated_minutes")["low_all"] > 5.0


def test_a_run_against_itself_differs_by_nothing_and_says_so(dry: Run) -> None:
    found = between([dry, dry])
    known = found.differences.dropna(subset=["difference"])
    assert (known[["difference", "low", "high", "low_all", "high_all"]].fillna(0) == 0).all(axis=None)
    assert len(set(found.names)) == 2 and found.differs.empty
    said = sentences(found)
    assert any("is the same as" in one for one in said) and "Every difference is zero." in said


def test_a_paired_difference_is_that_of_the_raw_tables(two: Between, dry: Run, rain: Run) -> None:
    def lost(run: Run) -> pd.DataFrame:
        parts = str(run.path / "tables" / "stations" / "*.parquet")
        return duckdb.sql(
            f"""SELECT replication, sum(lost_deterred + lost_balked + lost_impatient + lost_unsupplied
                   + lost_evacuated + in_line) AS lost FROM read_parquet('{parts}')
                WHERE strategy = 'even_spread' GROUP BY replication ORDER BY replication"""
        ).df()

    apart = lost(rain)["lost"] - lost(dry)["lost"]
    row = difference(two, "votes_lost")
    assert row["paired"] and row["difference"] == pytest.approx(apart.mean())
    again = [apart.sample(8, replace=True, random_state=i).mean() for i in range(2_000)]
    low, high = np.quantile(again, [0.025, 0.975])
    assert row["low"] == pytest.approx(low, abs=0.5 * (high - low) + 1e-9)
    assert row["high"] == pytest.approx(high, abs=0.5 * (high - low) + 1e-9)


def test_between_runs_the_same_incidents_are_those_that_every_plan_of_all_of_them_counts(
    two: Between, dry: Run, rain: Run
) -> None:
    runs = dict(zip(("dry", "rain"), (dry, rain), strict=True))
    every = " UNION ALL ".join(
        f"SELECT '{name}' || strategy AS arm, * FROM read_parquet('{run.path}/tables/incidents/*.parquet')"
        for name, run in runs.items()
    )
    rows = duckdb.sql(
        f"""WITH counted AS (SELECT * FROM ({every}) WHERE needed > 0),
            same AS (SELECT replication, incident FROM counted GROUP BY ALL HAVING count(DISTINCT arm) = 4)
            SELECT arm, avg(CASE WHEN first_on_scene < reported THEN (first_on_scene - onset <= 10)::INT
                            ELSE coalesce(first_on_scene - reported <= 10, false)::INT END) AS within, count(*) AS n
            FROM counted JOIN same USING (replication, incident) GROUP BY arm"""
    ).df()
    expected = rows.set_index("arm")
    values = two.measures[two.measures["measure"] == "within_standard_common"].set_index(["run", "strategy"])
    for name, run in zip(runs, two.names, strict=True):
        for strategy in dry.strategies:
            found = values.loc[(run, strategy)]
            assert found["value"] == pytest.approx(expected.loc[f"{name}{strategy}", "within"])
            assert found["n"] == expected.loc[f"{name}{strategy}", "n"]
    own = two.measures[two.measures["measure"] == "within_standard"]
    assert (values["n"] < own["n"].max()).all(), "some happen under some plans only"


def test_a_run_that_met_other_days_has_no_incident_in_common_and_its_own_measures_are_told_of(
    folder: Path, dry: Run
) -> None:
    apart = between([dry, played(folder, "run.seed=5")])
    assert not set(apart.measures["measure"]) & set(TWINS.values())
    assert "within_standard" in set(apart.differences["measure"])


def test_a_regret_is_that_of_the_raw_tables(two: Between, dry: Run, rain: Run) -> None:
    for name, run in (("weather=dry", dry), ("weather=heavy_rain", rain)):
        parts = str(run.path / "tables" / "coverage" / "*.parquet")
        shares = dict(
            duckdb.sql(
                f"""SELECT strategy, sum(voters_covered) / sum(voters) FROM read_parquet('{parts}')
                    GROUP BY strategy"""
            ).fetchall()
        )
        rows = two.regret[(two.regret["measure"] == "coverage_over_day") & (two.regret["scenario"] == name)]
        assert len(rows) == 2
        for row in rows.to_dict("records"):
            assert row["value"] == pytest.approx(shares[row["plan"]])
            assert row["regret"] == pytest.approx(max(shares.values()) - shares[row["plan"]])


def test_values_differ_by_the_difference(two: Between) -> None:
    values = two.measures.set_index(["run", "strategy", "measure"])["value"]
    for row in two.differences.to_dict("records"):
        apart = values[row["run"], row["strategy"], row["measure"]] - values[row["baseline"], row["of"], row["measure"]]
        if np.isfinite(apart):
            assert row["difference"] == pytest.approx(apart)


def test_pairing_makes_it_surer(folder: Path, many_dry: Run, many_rain: Run) -> None:
    other = played(folder, "weather=heavy_rain", "run.seed=5", MANY)
    row = difference(between([many_dry, other]), "votes_lost")
    paired = difference(between([many_dry, many_rain]), "votes_lost")
    assert not row["paired"] and paired["paired"]
    assert paired["high"] - paired["low"] < row["high"] - row["low"]


def test_what_keeps_days_from_being_paired_is_said(folder: Path, dry: Run) -> None:
    seed = played(folder, "run.seed=5", "run.replications=1")
    voters = played(folder, "voting.turnout_share=0.5", "run.replications=1")
    assert unlike(seed, dry) == (Unlike.SEED,) and unlike(voters, dry) == (Unlike.VOTERS,)
    said = " ".join(sentences(between([dry, seed, voters])))
    assert "run.seed=5" in said and "not paired: their seeds differ" in said
    assert "not paired: their voters or the rules of voting differ" in said


def test_only_the_days_in_common_are_compared_and_it_is_said(folder: Path, dry: Run) -> None:
    short = played(folder, "weather=heavy_rain", "run.replications=3")
    found = between([dry, short])
    assert [len(side.days) for side in found.sides] == [3, 3]
    table = dry.table("stations")
    first = table[(table["strategy"] == "even_spread") & (table["replication"] < 3)]
    rows = found.measures
    mine = rows[
        (rows["run"] == "weather=dry") & (rows["strategy"] == "even_spread") & (rows["measure"] == "votes_deferred")
    ]
    assert mine["value"].iloc[0] == pytest.approx(first["deferred"].sum() / 3)
    assert any(
        one.startswith("Compared are the days that these runs have in common, 3 of them") for one in sentences(found)
    )


def test_a_partial_run_says_so(two: Between, dry: Run, rain: Run) -> None:
    part = Run(rain.path, rain.manifest, rain.batches[:1])
    said = sentences(between([dry, part]))
    assert said[0].startswith("Partial: weather=heavy_rain has ") and "of 8 days finished" in said[0]


def test_nothing_is_concluded_from_few_days(two: Between) -> None:
    said = sentences(two)
    assert said[-1].startswith("Nothing is concluded from 8 days")
    assert not any("nothing can be concluded about" in one or "lose" in one for one in said)


def test_plans_of_runs_that_differ_in_nothing_else_are_of_one_scenario(folder: Path, dry: Run) -> None:
    alone = played(folder, "strategy=minimum_pattern")
    found = between([dry, alone], ["votes_lost"])
    assert found.names == ["strategy=even_spread,risk_weighted", "strategy=minimum_pattern"]
    assert found.regret["plan"].tolist() == ["even_spread", "risk_weighted", "minimum_pattern"]
    assert len(set(found.regret["scenario"])) == 1
    assert found.differences.empty


def test_two_runs_of_one_strategy_each_are_held_against_each_other(folder: Path) -> None:
    one, other = (played(folder, f"strategy={name}", "run.replications=2") for name in ("even_spread", "risk_weighted"))
    row = between([one, other], ["votes_lost"]).differences.iloc[0]
    assert (row["strategy"], row["of"], row["paired"]) == ("risk_weighted", "even_spread", True)


def test_what_follows_from_another_scenario_or_weather_is_no_difference_of_its_own(dry: Run) -> None:
    def made(name: str, *overrides: str) -> dict[str, Any]:
        return manifest_of(load(name, ["strategy=even_spread", *overrides]), "simulate test")

    calm, riot = made("calm_day"), made("riot_kecamatan3")
    assert differing([calm, riot]) == {"scenario": ["calm_day", "riot_kecamatan3"]}
    rainy = made("calm_day", "weather=heavy_rain", "weather.turnout_factor=0.9")
    found = differing([calm, rainy])
    assert found == {"weather": ["dry", "heavy_rain"]}
    standard = made("calm_day", "weather=heavy_rain")
    found = differing([calm, standard, rainy])
    assert list(found) == ["weather", "weather.turnout_factor"]


def test_no_two_runs_have_one_name(dry: Run) -> None:
    assert len(set(names_of([dry, dry, dry], {}))) == 3
    assert len(set(names_of([dry, dry], {"weather": ["dry", "dry"]}))) == 2


def test_what_cannot_be_compared_is_refused(dry: Run) -> None:
    with pytest.raises(UserError, match="did you mean 'votes_lost'"):
        between([dry, dry], ["votes_lst"])
    with pytest.raises(UserError, match="runs to compare: 1"):
        between([dry])
    with pytest.raises(UserError, match="no finished day"):
        between([dry, Run(dry.path, dry.manifest)])
