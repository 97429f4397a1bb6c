"""``simulate orders``: of a run or of settings; what is refused, and that nothing edited is written over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sim.cli import call
from sim.experiment.execute import execute
from sim.experiment.store import Run
from tests.conftest import SMALL, SMALL_REGION, small_scenario

BOTH = "strategy=even_spread,minimum_pattern"
MORE = "region.forces.police=100"
"""Officers enough for both strategies."""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region that is gone once the run has been played."""
    return Path(shutil.copytree(SMALL_REGION, tmp_path_factory.mktemp("regions") / "small"))


@pytest.fixture(scope="module")
def run(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    where = (f"region.path={region}", BOTH, MORE, "run.replications=1", "run.workers=1")
    played = execute(small_scenario(*where, f"run.output='{tmp_path_factory.mktemp('runs')}'"))
    shutil.rmtree(region)
    return played


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Path:
    """A copy of the run to do harm to."""
    return Path(shutil.copytree(run.path, tmp_path / "run"))


def test_a_runs_own_tables_suffice(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["orders", str(run.path), "--strategy", "even_spread", "--out", str(tmp_path)]) == 0
    files = [tmp_path / "even_spread.xlsx", tmp_path / "even_spread.html"]
    assert capsys.readouterr().out.split() == [str(file) for file in files]
    assert load_workbook(files[0]).sheetnames[1:4] == ["Tanjung Barat", "Tanjung Tengah", "Tanjung Timur"]
    assert f"simulate orders {run.path} --strategy even_spread" in files[1].read_text(encoding="utf-8")


def test_before_a_run_they_are_the_same_sheets(run: Run, own: Path, tmp_path: Path) -> None:
    assert call(["orders", str(own), "--strategy", "minimum_pattern"]) == 0
    assert (
        call(
            ["orders", "scenario=calm_day", *SMALL, BOTH, MORE, "--strategy", "minimum_pattern", "--out", str(tmp_path)]
        )
        == 0
    )
    books = [load_workbook(folder / "minimum_pattern.xlsx") for folder in (own / "orders", tmp_path)]
    values = [
        {
            s.title: [row for row in s.iter_rows(values_only=True) if not str(row[0]).startswith("Made with")]
            for s in book
        }
        for book in books
    ]
    assert values[0] == values[1]


def test_the_same_bytes_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        assert call(["orders", "scenario=calm_day", "strategy=even_spread", *SMALL]) == 0
        made.append({file.name: file.read_bytes() for file in Path("orders").iterdir()})
    assert made[0] == made[1] and len(made[0]) == 3


def test_what_somebody_edited_is_not_written_over(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["orders", str(own), "--strategy", "even_spread"]
    assert call(args) == call(args) == 0
    page = own / "orders" / "even_spread.html"
    page.write_text(page.read_text(encoding="utf-8").replace("telephone:", "telephone: 110"), encoding="utf-8")
    before = {file: file.read_bytes() for file in (own / "orders").iterdir()}
    capsys.readouterr()
    assert call(args) == 2
    said = capsys.readouterr()
    assert "even_spread.html': it was edited after it was made" in said.err and "(--out)" in said.err and not said.out
    assert before == {file: file.read_bytes() for file in (own / "orders").iterdir()}


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["{run}", "--strategy", "even_spred"], "strategy 'even_spred' was not played in '{run}'; did you mean 'even_spread'?"),
        (["{run}", "--strategy", "forward_reserve"], "strategy 'forward_reserve' was not played in '{run}'"),
        (["{run}"], "orders are of one strategy: choose one with --strategy (even_spread, minimum_pattern)"),
        (["{run}", "weather=dry"], "orders are made of one run, or of settings: '{run}' and 'weather=dry' do not go together"),
        (["{run}", "{run}"], "orders are made of one run, or of settings"),
        (["nowhere"], "'nowhere'"),
        (["scenario=calm_day", "strategy=even_spred"], "unknown strategy 'even_spred'; did you mean 'even_spread'?"),
        (["scenario=calm_day", "--strategy", "even_spred"], "unknown strategy 'even_spred'; did you mean 'even_spread'?"),
        (["scenario=calm_day", BOTH], "choose one with --strategy (even_spread, minimum_pattern)"),
        (["scenario=calm_day,riot_kecamatan3", "strategy=even_spread"], "orders are of one scenario; these overrides are a sweep of 2"),
        (["scenario=calm_dy", "strategy=even_spread"], "did you mean 'calm_day'?"),
        (["{run}", "--strategy", "even_spread", "--out", "{file}"], "'{file}': the orders cannot be written ("),
        (["{run}", "--strategy", "even_spread", "--out", "{file}/deeper"], "'{file}/deeper': the orders cannot be written ("),
    ],
)  # fmt: skip
def test_a_mistake_is_one_clear_message(
    args: list[str], says: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    names = {"run": str(run.path), "file": str(file)}
    given = [arg.format(**names) if arg.startswith("{") else arg for arg in args]
    before = sorted(run.path.rglob("*"))
    assert call(["orders", *given]) == 2
    said = capsys.readouterr()
    assert says.format(**names) in said.err and said.out == "" and "Traceback" not in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert sorted(run.path.rglob("*")) == before and list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("table", ["region/bases.csv", "deployments/units.csv"])
def test_a_runs_edited_table_is_noticed(own: Path, table: str, capsys: pytest.CaptureFixture[str]) -> None:
    (own / table).write_text((own / table).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert call(["orders", str(own), "--strategy", "even_spread"]) == 2
    assert f"{table}': it " in capsys.readouterr().err and not (own / "orders").exists()


def test_another_plan_than_was_played_is_refused(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a later version of the program would make it."""
    monkeypatch.setattr("sim.response.deploy.deployment.pattern_posts", _other_posts)
    assert call(["orders", str(own), "--strategy", "even_spread"]) == 2
    assert "makes another plan of strategy 'even_spread' than the one that was played" in capsys.readouterr().err


def _other_posts(*args: object) -> object:
    from sim.response.deploy.guards import pattern_posts

    return list(reversed(pattern_posts(*args)))[:-1]  # type: ignore[arg-type]
