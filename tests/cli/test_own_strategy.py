"""``simulate strategy``: a file of one's own is made of any other, is the same plan, and is checked as a whole."""

from __future__ import annotations

import shlex
from pathlib import Path

import openpyxl
import pytest

from sim.cli import call
from sim.config.compose import load
from sim.config.strategy import StrategySettings
from sim.day.world import World, prepare
from tests.conftest import SMALL

Said = pytest.CaptureFixture[str]
PACKAGED = (
    "minimum_pattern", "even_spread", "risk_weighted", "central_reserve", "forward_reserve", "joint_command",
    "dynamic_relocation",
)  # fmt: skip


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def made(*args: str) -> Path:
    assert call(["strategy", "new", *args]) == 0
    return Path("mine") / "strategy"


def settings(name: str) -> dict[str, object]:
    (strategy,) = load("calm_day", [f"strategy={name}"], "mine").strategies
    return strategy.model_dump(exclude={"name", "title"})


@pytest.mark.parametrize("name", PACKAGED)
def test_one_that_is_made_of_a_packaged_one_has_all_its_settings_and_tells_every_key(name: str) -> None:
    text = (made("ours", "--from", name) / "ours.yaml").read_text(encoding="utf-8")
    assert settings("ours") == settings(name)
    for key in set(StrategySettings.model_fields) - {"name"}:
        before, found, _ = f"\n{text}".partition(f"\n{key}:")
        assert found and before.splitlines()[-1].startswith("# "), f"{key} has a comment"


@pytest.mark.parametrize(
    ("name", "how"), [*((name, []) for name in PACKAGED[1:4]), ("even_spread", ["--xlsx"]), (PACKAGED[-1], ["--xlsx"])]
)
def test_who_stands_where_is_read_back_the_same(riot_world: World, name: str, how: list[str]) -> None:
    made("ours", "--from", name, "--posts", *how)
    again = prepare(load("riot_kecamatan3", ["strategy=ours"], "mine")).deployments["ours"]
    before = riot_world.deployments[name]
    assert again.units == before.units and again.posts == before.posts and again.spent == before.spent
    assert again.wardens_at.tobytes() == before.wardens_at.tobytes() and again.remarks == ()


def test_a_workbook_holds_what_the_tables_hold(capsys: Said) -> None:
    folder = made("ours", "--posts")
    made("book", "--posts", "--xlsx")
    sheet = openpyxl.load_workbook(folder / "book.xlsx")["posts"]
    rows = [",".join(f"{cell}" for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert rows == (folder / "ours.posts.csv").read_text(encoding="utf-8").splitlines()
    assert all(isinstance(sheet.cell(row, 3).value, int) for row in range(2, sheet.max_row + 1))
    said = capsys.readouterr()
    assert "mine/strategy/ours.posts.csv: a row for each of 87 posts\n" in said.out and said.err == ""


def test_its_words_name_commands_that_work(capsys: Said) -> None:
    made("ours", "--from", "even_spread", *SMALL)
    check, play = (shlex.split(line.partition(":")[2]) for line in capsys.readouterr().out.splitlines()[1:])
    assert call(check[1:]) == 0
    assert play[:5] == ["simulate", "--scenarios", "mine", "strategy=even_spread,ours", SMALL[0]]


def test_nothing_is_overwritten_and_nothing_is_half_written(capsys: Said) -> None:
    folder = made("ours")
    (folder / "ours.yaml").write_text("edited", encoding="utf-8")
    (folder / "new.posts.csv").write_text("mine", encoding="utf-8")
    capsys.readouterr()
    for args, says in (
        (["ours"], "mine/strategy/ours.yaml: is there already, and nothing is overwritten"),
        (["new", "--posts"], "mine/strategy/new.posts.csv: is there already"),
    ):
        assert call(["strategy", "new", *args]) == 2
        assert says in capsys.readouterr().err
    assert sorted(file.name for file in folder.iterdir()) == ["new.posts.csv", "ours.yaml"]
    assert (folder / "ours.yaml").read_text(encoding="utf-8") == "edited"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["../out"], "strategy new '../out': a name has letters, digits"),
        (["even_spread"], "there is a packaged strategy of this name"),
        (["ours", "--from", "even_spred"], "unknown strategy 'even_spred'; did you mean 'even_spread'?"),
        (["ours", "--xlsx"], "--xlsx: it says how the tables of --posts are written; add --posts"),
        (["ours", "region.forces.police=3", "--posts"], "strategy 'minimum_pattern' spends more than there is"),
        (["ours", "--scenarios", "file"], "file/strategy: cannot be written (Not a directory)"),
    ],
)
def test_a_mistake_is_one_clear_message_and_nothing_is_written(args: list[str], says: str, capsys: Said) -> None:
    Path("file").write_text("", encoding="utf-8")
    assert call(["strategy", "new", *args]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == "" and "Traceback" not in said.err and [one.name for one in Path().iterdir()] == ["file"]


def test_a_check_says_what_it_spends_in_each_district_and_the_sums_are_the_budget(capsys: Said) -> None:
    assert call(["strategy", "check", "forward_reserve"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("forward_reserve: fine. Forward reserve; checked in scenario calm_day, in Rejang Lebong.\n")
    rows = {line[:20].strip(): line[20:].split() for line in out.splitlines()}
    assert rows["in all"][:8] == ["445", "208,094", "62", "124", "0", "114", "238", "874"]
    assert rows["budget"] == ["238", "890"] and rows["left"] == ["0", "0"]
    assert rows["Sindang Kelingi"] == [
        "23",
        "10,448",
        "4",
        "8",
        "0",
        "26",
        "34",
        "307",
        "68",
        "4",
        "motorcycle,",
        "2",
        "truck",
    ]
    districts = [cells for name, cells in rows.items() if len(cells) > 9 and name != "in all" and cells[0].isdigit()]
    assert len(districts) == 15 and sum(int(cells[6]) for cells in districts) == 238
    assert sum(int(cells[8]) for cells in districts) == 890


def test_what_is_odd_is_a_warning(capsys: Said) -> None:
    one = "strategy.guards={rule: pattern, very_high: {police: 2, stations: 1, wardens: 2}, high: {police: 0, stations: 2, wardens: 4}, low: {police: 0, stations: 30, wardens: 60}}"
    assert call(["strategy", "check", "even_spread", *SMALL, one, "strategy.patrols=[]"]) == 0
    err = capsys.readouterr().err
    assert "Warning: strategy 'even_spread': no officer of it is in Tanjung Timur (6 stations, 2,400 voters)" in err
    assert "Warning: strategy 'even_spread': 56 of 60 police are left unspent" in err


BAD = """
defaults: [minimum_pattern, _self_]
titel: x
guards: {rule: list, table: bad.csv}
reserves:
  - {base: POLRSE, teams: 0, size: 2, vehicle: truck}
  - {base: NOWHERE, teams: 1, size: 2, vehicle: truck}
  - {base: POLRES, teams: 1, size: 2, vehicle: trck}
dispatch: {policy: neares, take_guards_from: red, guards_within_minutes: 15}
"""
TABLE = "post,stations,officers,wardens\nA,TPS 1 Karang Baruu,2,2\nA,TPS 1 Karang Baru,x,4\nC,TPS 1 Karang Baru,3,900\n"


@pytest.mark.parametrize("which", ["bad", "mine/strategy/bad.yaml"])
def test_mistakes_of_all_depths_are_said_at_once(which: str, capsys: Said) -> None:
    folder = Path("mine") / "strategy"
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    (folder / "bad.csv").write_text(TABLE, encoding="utf-8")
    assert call(["strategy", "check", which]) == 2
    out, err = capsys.readouterr()
    says = (
        "strategy.reserves[0].teams = 0: must be 1 or more",
        "strategy.dispatch.policy = 'neares': unknown; did you mean 'nearest'?",
        "unknown setting 'strategy.titel'; did you mean 'title'?",
        "strategy.reserves[2].vehicle = 'trck': unknown 'trck'; did you mean 'truck'?",
        "bad.csv, row 2, column 'stations': unknown place 'TPS 1 Karang Baruu'",
        "bad.csv, row 3, column 'post': 'A' stands already in row 2",
        "bad.csv, row 3, column 'officers': 'x' is not a number",
        "bad.csv, row 4, column 'stations': 'TPS 1 Karang Baru' is listed in post 'A' (row 3) already",
        "mine/strategy/bad.yaml: strategy 'bad': reserves[1].base: unknown base 'NOWHERE'",
    )
    assert out == "" and len(err.splitlines()) == len(says)
    for line, what in zip(err.splitlines(), says, strict=True):
        assert what in line


def test_a_table_that_is_wrong_in_every_row_is_read_no_further_than_is_shown(capsys: Said) -> None:
    folder = made("ours", "--posts")
    rows = "".join(f"P{i},nowhere {i},2,2\n" for i in range(5_000))
    (folder / "ours.posts.csv").write_text(f"post,stations,officers,wardens\n{rows}", encoding="utf-8")
    capsys.readouterr()
    assert call(["strategy", "check", "ours"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 20


def spoilt(change: str) -> None:
    book = openpyxl.load_workbook("mine/strategy/ours.xlsx")
    sheet = book["posts"]
    match change:
        case "formula":
            sheet["C3"] = "=1+1"
        case "merged":
            sheet.merge_cells("C3:C4")
        case "date":
            import datetime

            sheet["C3"] = datetime.date(2026, 1, 2)
        case "sheet":
            sheet.title = "post"
        case "unnamed":
            sheet["F4"] = "x"
    book.save("mine/strategy/ours.xlsx")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("formula", "ours.xlsx, sheet 'posts', row 3, column 'officers': '=1+1' is a formula; put its value there"),
        ("merged", "ours.xlsx, sheet 'posts': merged cells (C3:C4): each row needs its own values"),
        ("date", "ours.xlsx, sheet 'posts', row 3, column 'officers': '2026-01-02 00:00:00' is a date or a time"),
        ("sheet", "ours.xlsx: has no sheet 'posts'; there are 'post', 'reserves', 'standing_guards'"),
        ("unnamed", "ours.xlsx, sheet 'posts': a column without a name in its first row holds 'x'"),
    ],
)
def test_a_workbook_whose_values_are_not_known_is_refused(change: str, says: str, capsys: Said) -> None:
    made("ours", "--posts", "--xlsx")
    spoilt(change)
    capsys.readouterr()
    assert call(["strategy", "check", "ours"]) == 2
    err = capsys.readouterr().err
    assert says in err and "Traceback" not in err


def test_what_is_no_workbook_is_refused(capsys: Said) -> None:
    folder = made("ours", "--posts", "--xlsx")
    (folder / "ours.xlsx").write_bytes(b"PK nothing")
    capsys.readouterr()
    assert call(["strategy", "check", "ours"]) == 2
    assert "ours.xlsx: cannot be read (it is not a workbook of Excel; save it as .xlsx)" in capsys.readouterr().err


def test_a_plan_made_of_another_of_ones_own_can_be_moved_with_it(tmp_path: Path) -> None:
    made("first", "--posts", "--from", "even_spread", *SMALL)
    text = (made("second", "--from", "first", *SMALL) / "second.yaml").read_text(encoding="utf-8")
    assert "table: first.posts.csv" in text and str(tmp_path) not in text


def test_in_a_region_of_ones_own_a_scenario_without_places_is_named(capsys: Said) -> None:
    made("ours", "--from", "even_spread", *SMALL)
    assert capsys.readouterr().out.rstrip().endswith(" scenario=calm_day")
    assert call(["strategies", *SMALL]) == 0
