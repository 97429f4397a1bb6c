"""``simulate strategies``: what each spends, those that are named, and one as a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import call
from tests.conftest import SMALL


def test_those_that_are_named_are_listed_and_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["strategies", "even_spread", "minimum_pattern", *SMALL, "region.forces.police=120"]) == 0
    out = capsys.readouterr().out
    assert out.index("even_spread") < out.index("minimum_pattern") and "central_reserve" not in out


@pytest.mark.parametrize(
    ("table", "first", "second"),
    [
        ("posts", "post,stations,officers,wardens", "very_high/1,TPS "),
        ("patrols", "patrol,route,officers,vehicle", "T1/1,"),
        ("reserves", "reserve,base,officers,vehicle", "POLRES/1,Polres Contoh,4,car"),
        ("standing_guards", "place,officers", "KPU Contoh,4"),
    ],
)
def test_one_is_printed_as_a_table_and_nothing_else(
    table: str, first: str, second: str, capsys: pytest.CaptureFixture[str]
) -> None:
    team = "strategy.reserves=[{base: POLRES, teams: 1, size: 4, vehicle: car}]"
    assert call(["strategies", "even_spread", "--table", table, *SMALL, team]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == first and lines[1].startswith(second)
    assert all(line.count(",") == first.count(",") for line in lines)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--table", "posts"], "--table posts: name one strategy: simulate strategies minimum_pattern --table posts"),
        (["even_spread", "minimum_pattern", "--table", "posts"], "--table posts: name one strategy"),
        (["even_spread,minimum_pattern", "--table", "posts"], "--table posts: name one strategy"),
        (["even_spred", "--table", "posts"], "unknown strategy 'even_spred'; did you mean 'even_spread'?"),
        (["even_spread", "--table", "post"], "'post' is not one of 'posts', 'patrols', 'reserves', 'standing_guards'"),
        (["even_spread", "even_spread"], "strategies: 'even_spread' is named twice"),
    ],
)
def test_a_mistake_is_one_clear_message(args: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["strategies", *args]) == 2
    said = capsys.readouterr()
    assert says in said.err and said.out == "" and "Traceback" not in said.err


POSTS = "post,stations,officers,wardens,team\n"
MISTAKES = [
    (POSTS + "A,T1,2,4,1\nA,T2,2,4,2\n", "[]", "posts.csv, row 3, column 'post': 'A' stands already in row 2"),
    (POSTS + "A,T1,2,4,1\nB,T1.1,2,4,2\n", "[]", "posts.csv, row 3, column 'stations': 'T1.1': TPS 1 Pasar Barat is listed in post 'A'"),
    (POSTS + "A,T1,2,4,1\nB,T2,2,4,1\n", "[]", "posts.csv, row 3, column 'team': team '1' is at post 'A'"),
    (POSTS + "A,T1,two,4,1\n", "[]", "posts.csv, row 2, column 'officers': 'two' is not a number from 0 to 1,000,000"),
    (POSTS + "A,T1,61,4,1\n", "[]", "strategy 'listed' spends more than there is; police: 61 asked, 60 there, 1 short (Tanjung Barat 1)"),
    (POSTS + "A,Pasar Bart,2,4,1\n", "[]", "posts.csv, row 2, column 'stations': unknown place 'Pasar Bart' in Tanjung Contoh; did you mean 'Pasar Barat'?"),
    (POSTS, "[]", "posts.csv: has no rows"),
    ("post,stations,men,wardens\nA,T1,2,4\n", "[]", "posts.csv: column 'officers' is missing"),
    (POSTS + "A,T1,2,4,1\n", "[{route: [T1.1], size: 2, vehicle: car}]", "listed.yaml: strategy.patrols[0].route = ['T1.1']: a route has two places or more"),
    (POSTS + "A,T1,2,4,1\n", "[{route: [T1.1, T9], size: 2, vehicle: car}]", "strategy 'listed': patrols[0].route: unknown place 'T9'"),
    (POSTS + "A,T1,2,4,1\n", "[{table: none.csv}]", "listed.yaml: strategy.patrols[0].table = 'none.csv': there is no such file"),
    (POSTS + "A,T1,2,4,1\n", "[{table: ../../none.csv}]", "listed.yaml: strategy.patrols[0].table = '../../none.csv': a strategy names nothing outside its own folder"),
]  # fmt: skip


@pytest.mark.parametrize(("posts", "patrols", "says"), MISTAKES, ids=lambda text: text[-50:])
def test_a_mistake_in_a_plan_is_refused_by_every_command_and_nothing_is_written(
    posts: str,
    patrols: str,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own" / "strategy").mkdir(parents=True)
    (tmp_path / "own" / "strategy" / "posts.csv").write_text(posts)
    (tmp_path / "own" / "strategy" / "listed.yaml").write_text(
        f"defaults: [even_spread, _self_]\nguards: {{rule: list, table: posts.csv}}\npatrols: {patrols}\n"
    )
    for command in (
        ["strategies", "listed", "--scenarios", "own", *SMALL],
        ["scenario=calm_day", "strategy=listed", "--scenarios", "own", "--out", "runs", *SMALL],
    ):
        assert call(command) == 2
        said = capsys.readouterr()
        assert says in said.err and said.err.count("Error: ") == 1
        assert "Traceback" not in said.err and said.out == ""
        assert sorted(path.name for path in tmp_path.rglob("*")) == ["listed.yaml", "own", "posts.csv", "strategy"]


def test_stations_in_no_post_are_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "strategy").mkdir()
    (tmp_path / "strategy" / "posts.csv").write_text(f"{POSTS}A,T1;T2,2,4,\n")
    (tmp_path / "strategy" / "listed.yaml").write_text(
        "defaults: [even_spread, _self_]\nguards: {rule: list, table: posts.csv}\n"
    )
    assert call(["strategies", "listed", "--scenarios", str(tmp_path), *SMALL]) == 0
    said = capsys.readouterr()
    assert said.err == (
        "Warning: strategy 'listed': 6 of 24 stations are in no post (TPS 1 Pasar Timur, TPS 2 Pasar Timur, TPS 3 Pasar "
        "Timur, …): no officers and no wardens stand there\n"
    )
    assert "listed" in said.out


def test_no_heading_is_cut_on_an_ordinary_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert call(["strategies"]) == 0
    out = capsys.readouterr().out
    assert "…" not in out and out.count("left") >= 2
