"""``simulate best-placement``: what each plan covers and could cover, and every mistake one clear error."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from sim.cli import call
from sim.config.compose import load
from sim.plan import maximal_covering as module
from sim.plan.best_placement import Search
from sim.plan.candidates import Candidates
from sim.plan.table import best_placements
from sim.report.wording import number
from sim.solver import Found
from tests.conftest import SMALL

GIVEN = ("scenario=calm_day", "strategy=even_spread", *SMALL)


def said(capsys: pytest.CaptureFixture[str], *args: str, given: tuple[str, ...] = GIVEN) -> str:
    assert call(["best-placement", *given, *args]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_json_says_what_the_function_says(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(said(capsys, "--json", "--busy", "0.3", "--candidates", "villages", "--per-site", "1"))
    assert (answer["candidates"], answer["per_site"], answer["busy"]) == ("villages", 1, 0.3)
    found = best_placements(load("calm_day", [*GIVEN[1:]]), Search(Candidates.VILLAGES, per_site=1, busy=0.3))
    assert answer["coverage"] == found.coverage.to_dict("records")
    assert answer["sites"] == found.sites.to_dict("records")
    assert {row["objective"] for row in answer["coverage"]} == {
        "maximal_covering",
        "backup_coverage",
        "expected_coverage",
    }
    assert all(row["status"] == "optimal" and row["without"] <= row["best"] for row in answer["coverage"])


def test_the_table_and_the_sites(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "--busy", "0.3")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    found = best_placements(load("calm_day", [*GIVEN[1:]]), Search(busy=0.3))
    for row, name in zip(found.coverage.to_dict("records"), ("covered", "covered twice", "expected"), strict=True):
        cells = [
            f"{row[what]:,.0f} ({number(row[what] / row['voters'], 'share')})"
            for what in ("without", "planned", "best")
        ]
        assert lines.count(f"{name} {' '.join(cells)} {number(row['ratio'], 'share')}") == 1, name
        here = found.sites[found.sites["objective"] == row["objective"]].to_dict("records")
        sites = [site["name"] if site["teams"] == 1 else f"{site['teams']} x {site['name']}" for site in here]
        assert f"Best sites, {name}: {', '.join(sites)}." in " ".join(lines)
    assert "within 10 minutes" in out and "each unit being busy 30.0 % of the time (an assumption)" in " ".join(lines)


def test_the_bound_and_the_gap_are_said_where_the_best_is_proven_too(capsys: pytest.CaptureFixture[str]) -> None:
    out = " ".join(said(capsys, "--busy", "0.3").split())
    coverage = best_placements(load("calm_day", [*GIVEN[1:]]), Search(busy=0.3)).coverage
    assert len(coverage) == 3 and (coverage["gap"] == 0).all() and (coverage["bound"] == coverage["best"]).all()
    for bound in coverage["bound"]:
        assert f"no placement has more than {number(bound, 'votes')} voters (gap {number(0.0, 'share')})." in out


def test_kinds_are_named_where_there_are_several(capsys: pytest.CaptureFixture[str]) -> None:
    teams = "strategy.reserves=[{base: POLRES, teams: 1, size: 9, vehicle: truck}]"
    joined = " ".join(said(capsys, teams, "response.standard_minutes=15").split())
    assert "(9, truck)" in joined and "(2, motorcycle)" in joined


def test_a_plan_without_teams_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "strategy.patrols=[]")
    assert "no patrols or reserves: there is nothing to place" in out and "Best sites" not in out


def test_teams_that_add_nothing_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    teams = "strategy.reserves=[{base: POLRES, teams: 9, size: 2, vehicle: car}]"
    out = " ".join(said(capsys, teams, "strategy.patrols=[]", "response.standard_minutes=30").split())
    assert "of 9 teams add nothing more" in out


def test_a_plan_whose_sites_are_not_looked_at_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    said_so = "plan's own placement is none of those"
    assert said_so in " ".join(said(capsys, "--candidates", "bases").split())
    assert said_so not in " ".join(said(capsys).split())


def test_what_is_not_shown_to_be_the_best_is_said_plainly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "solve", lambda *_: Found(None, 0.0, np.inf, False))
    out = " ".join(said(capsys, "--time-limit", "2.5").split())
    assert "Not shown to be the best within 2.5 seconds: covered, another placement may have up to" in out
    answer = json.loads(said(capsys, "--json"))
    assert {row["status"] for row in answer["coverage"]} == {"time_limit"}
    assert all(row["bound"] > row["best"] >= row["planned"] and 0 < row["gap"] <= 1 for row in answer["coverage"])


def test_the_order_is_told_when_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    teams = "strategy.reserves=[{base: POLRES, teams: 3, size: 2, vehicle: car}]"
    given = (teams, "strategy.patrols=[]")
    assert "one after the other" not in said(capsys, *given)
    out = " ".join(said(capsys, *given, "--in-order").split())
    answer = json.loads(said(capsys, *given, "--in-order", "--json"))
    rows = [row for row in answer["order"] if row["objective"] == "maximal_covering"]
    (whole,) = (row for row in answer["orders"] if row["objective"] == "maximal_covering")
    (coverage,) = (row for row in answer["coverage"] if row["objective"] == "maximal_covering")
    assert [row["team"] for row in rows] == [1, 2, 3] and whole["status"] == "optimal" and whole["gap"] == 0.0
    assert whole["mean"] == whole["bound"] == pytest.approx(np.mean([row["covered"] for row in rows]))
    before = coverage["without"]
    for row in rows:
        share = number(row["covered"] / coverage["voters"], "share")
        cells = f"{row['team']} {row['name']} {row['covered'] - before:,.0f} {row['covered']:,.0f} ({share})"
        assert cells in out
        before = row["covered"]
    assert before <= coverage["best"] and "each number of teams counting alike (an assumption)" in out
    assert json.loads(said(capsys, *given, "--json"))["order"] == []


def test_an_order_that_is_not_shown_to_be_the_best_is_said_plainly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.plan.nested.maximise", lambda **_: Found(None, 0.0, np.inf, False))
    out = " ".join(said(capsys, "--in-order", "--time-limit", "2.5").split())
    assert "Not shown to be the best order within 2.5 seconds: with another up to" in out


@pytest.mark.parametrize(
    ("args", "names"),
    [
        (("--candidates", "towns"), ("--candidates", "'towns'")),
        (("--per-site", "0"), ("per site = 0", "1 to ")),
        (("--per-site", "x"), ("--per-site", "'x'")),
        (("--busy", "1.5"), ("busy = 1.5", "0 to 1")),
        (("--busy", "nan"), ("busy = nan",)),
        (("--time-limit", "0"), ("time limit = 0", "more than 0")),
        (("--time-limit", "inf"), ("time limit = inf",)),
        (("weather=dry,heavy_rain",), ("sweep of 2",)),
        (("strategy.reserves=[{base: POLRES, teams: 9, size: 99, vehicle: truck}]",), ("spends more than there is",)),
        (("response.standard_minuts=3",), ("standard_minuts", "standard_minutes")),
    ],
)
def test_a_mistake_is_one_clear_error(
    args: tuple[str, ...], names: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["best-placement", *GIVEN, *args]) == 2
    out, err = capsys.readouterr()
    assert not out and len([line for line in err.splitlines() if line.startswith("Error")]) == 1, err
    assert all(name in err for name in names), err


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom sim.cli import call\n"
        "for args in (['--help'], ['best-placement', '--help']): call(args)\n"
        "assert not {'numpy', 'pandas', 'scipy', 'numba', 'hydra', 'rich'} & set(sys.modules), sorted(sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "best-placement" in told.stdout and "maximal covering" in told.stdout


def test_no_kernel_of_coverage_is_loaded_and_the_solver_only_to_solve() -> None:
    code = (
        "import sys, sim.plan.best_placement, sim.plan.table\n"
        "assert not {'sim.coverage.kernel', 'sim.day.day', 'scipy.optimize'} & set(sys.modules), sorted(sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
