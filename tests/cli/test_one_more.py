"""``simulate one-more``: a table for each strategy, sorted by what a team adds; every mistake one clear error."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from sim.cli import call
from sim.config.compose import load
from sim.day import prepare, simulate_day
from sim.experiment.frames import frames
from sim.experiment.one_more import PLANNED, gains
from sim.measures.registry import MEASURES
from sim.measures.samples import take
from sim.measures.tables import Tables
from tests.conftest import SMALL

FORCE = "response.force={yellow: {presence: 6}, red: {presence: 16, crowd_control: 12}}"
"""What the small regency can bring together, with a team more."""
GIVEN = ("scenario=calm_day", "strategy=even_spread", *SMALL, "--quiet")


def said(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert call(["one-more", *GIVEN, *args]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


@pytest.mark.parametrize("by", ["first", "red"])
def test_bases_come_in_the_order_of_what_they_add(by: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "--days", "1", "--by", by, "--role", "patrol", FORCE)
    lines = [line.split() for line in out.splitlines()]
    start = next(i for i, line in enumerate(lines) if line[:2] == ["as", "planned"])
    column = 1 if by == "first" else 5
    rows = [line for line in lines[start + 1 :] if len(line) == 7 and line[0].isupper()]
    found = [float(row[column]) for row in rows]
    assert len(found) > 5 and found == sorted(found, reverse=True) and found[0] > 0


def test_json_says_the_same_and_of_how_many_days(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(said(capsys, "--json", "run.replications=2", "--size", "5"))
    assert (answer["days"], answer["size"], answer["role"]) == (2, 5, "reserve")
    rows = answer["gains"]
    assert {row["force"] for row in rows} == {"first", "yellow", "red"}
    assert all(row["gain"] == 0 for row in rows if row["base"] == PLANNED)
    assert all(0 <= row["gain_least"] <= row["gain"] <= row["gain_most"] for row in rows)


def test_days_and_their_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(said(capsys, "--json", "run.replications=3", "--days", "1"))["days"] == 1


def test_the_plan_itself_reads_as_in_a_run() -> None:
    scenario = load("riot_kecamatan3", ["strategy=even_spread,forward_reserve", "run.replications=2"])
    found = gains(scenario).set_index(["strategy", "base", "force"])
    world = prepare(scenario)
    tables: dict[str, list[pd.DataFrame]] = {}
    for strategy in world.responses:
        for table, frame in frames([simulate_day(world, strategy, day) for day in range(2)]).items():
            tables.setdefault(table, []).append(frame)
    whole = {name: pd.concat(parts, ignore_index=True) for name, parts in tables.items()}
    samples = take(Tables(whole.__getitem__, 10.0, 420.0, 780.0, 2), range(2))
    for strategy in world.responses:
        for measure, force, column in (
            ("coverage_over_day", "first", "coverage"),
            ("coverage_red", "red", "coverage"),
            ("potential_first_median", "first", "minutes"),
            ("potential_yellow_median", "yellow", "minutes"),
        ):
            sums = samples.sums(MEASURES[measure].sample)[strategy, ""]
            value = MEASURES[measure].estimator(sums).estimate(np.ones((1, 2)))[0]
            assert found.loc[(strategy, PLANNED, force), column] == pytest.approx(value, abs=1e-12), measure


@pytest.mark.parametrize(
    ("args", "names"),
    [
        (("--size", "0"), ("size = 0", "1 to 1,000,000")),
        (("--size", "x"), ("--size", "'x'")),
        (("--vehicle", "boat"), ("unknown vehicle 'boat'", "known: ")),
        (("--role", "guard"), ("--role", "'guard'")),
        (("--by", "green"), ("--by", "'green'")),
        (("--days", "0"), ("run.replications", "0")),
        (("--days", "100000000"), ("run.replications",)),
        (("weather=dry,heavy_rain",), ("sweep of 2",)),
        (("strategy.reserves=[{base: POLRES, teams: 9, size: 99, vehicle: truck}]",), ("spends more than there is",)),
        (("response.standard_minuts=3",), ("standard_minuts", "standard_minutes")),
    ],
)
def test_a_mistake_is_one_clear_error(
    args: tuple[str, ...], names: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["one-more", *GIVEN, *args]) == 2
    out, err = capsys.readouterr()
    assert not out and len([line for line in err.splitlines() if line.startswith("Error")]) == 1, err
    assert all(name in err for name in names), err


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom sim.cli import call\n"
        "for args in (['--help'], ['one-more', '--help']): call(args)\n"
        "assert not {'numpy', 'pandas', 'simpy', 'numba', 'hydra', 'rich'} & set(sys.modules), sorted(sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "one-more" in told.stdout and "never sent" in told.stdout
