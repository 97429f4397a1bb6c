"""Settings of a strategy by list: which tables it may name, where they are looked for, and its other ways to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from sim.config.compose import check_file, load
from sim.config.plan_tables import PlanTable
from sim.config.strategy import StrategySettings
from sim.errors import UserError
from tests.response.conftest import PLAIN

POSTS = "post,stations,officers,wardens\nA,kecamatan 3,2,4\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A planner's folder with a strategy by list and its table; another table lies outside."""
    folder = tmp_path / "own"
    (folder / "strategy").mkdir(parents=True)
    (folder / "mine.yaml").write_text("title: Mine\nstrategies: [listed]\n")
    (folder / "strategy" / "posts.csv").write_text(POSTS)
    (tmp_path / "posts.csv").write_text(POSTS)
    monkeypatch.chdir(tmp_path)
    names(folder, "guards: {rule: list, table: posts.csv}")
    return folder


def names(own: Path, text: str) -> None:
    (own / "strategy" / "listed.yaml").write_text(f"defaults: [minimum_pattern, _self_]\n{text}\n")


def table_of(own: Path) -> str:
    return check_file(own / "mine.yaml").strategies[0].tables[PlanTable.POSTS]


def refused(own: Path) -> str:
    with pytest.raises(UserError) as caught:
        check_file(own / "mine.yaml")
    return str(caught.value)


def test_a_table_is_looked_for_beside_the_strategy_then_beside_the_scenario(own: Path) -> None:
    assert table_of(own) == str(own / "strategy" / "posts.csv")
    (own / "posts.csv").write_text(POSTS)
    assert table_of(own) == str(own / "strategy" / "posts.csv")
    (own / "strategy" / "posts.csv").unlink()
    assert table_of(own) == str(own / "posts.csv")
    (own / "posts.csv").unlink()
    message = refused(own)
    assert message.startswith(
        f"{own / 'strategy' / 'listed.yaml'}: strategy.guards.table = 'posts.csv': there is no such"
    )
    assert f"looked for as '{own}/strategy/posts.csv' and as '{own}/posts.csv'" in message


@pytest.mark.parametrize(
    "path", ["../../posts.csv", "OUT/posts.csv", "link.csv", "linked/posts.csv", "x/../../../posts.csv"]
)
@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("guards: {rule: list, table: FILE}", "guards.table"),
        ("patrols: [{table: FILE}]", "patrols[0].table"),
        ("reserves: [{table: FILE}]", "reserves[0].table"),
        ("standing_guards: [{table: FILE}]", "standing_guards[0].table"),
    ],
)
def test_a_table_outside_the_folder_is_not_read(own: Path, tmp_path: Path, path: str, text: str, setting: str) -> None:
    (own / "strategy" / "link.csv").symlink_to("../../posts.csv")
    (own / "strategy" / "linked").symlink_to("../..")
    path = path.replace("OUT", str(tmp_path))
    names(own, text.replace("FILE", path))
    message = refused(own)
    assert message.startswith(f"{own / 'strategy' / 'listed.yaml'}: strategy.{setting} = '{path[:30]}")
    assert f"a strategy names nothing outside its own folder, and this leads out of '{own}/strategy'" in message


def test_a_folder_of_strategies_that_is_a_link_lets_no_table_in(own: Path, tmp_path: Path) -> None:
    (own / "strategy").rename(tmp_path / "elsewhere")
    (own / "strategy").symlink_to("../elsewhere")
    with pytest.raises(UserError):
        check_file(own / "mine.yaml")


def test_who_types_a_path_may_mean_any_table(own: Path, tmp_path: Path) -> None:
    for typed in (f"'{tmp_path}/posts.csv'", "../../posts.csv", "own/strategy/posts.csv"):
        loaded = load("mine", [f"strategy.guards={{rule: list, table: {typed}}}"], own)
        assert Path(loaded.strategies[0].tables[PlanTable.POSTS]).read_text() == POSTS


def test_settings_that_were_validated_validate_again_to_the_same(own: Path) -> None:
    strategy = check_file(own / "mine.yaml").strategies[0]
    assert StrategySettings.model_validate(strategy.model_dump(mode="json")) == strategy


TABLES = {
    "guards": {"rule": "list", "table": "a.csv"},
    "patrols": [{"teams": 1, "size": 2, "vehicle": "car", "districts": "by_risk"}, {"table": "b.csv"}],
    "reserves": [{"table": "d.csv"}, {"base": "POLRES", "teams": 1, "size": 2, "vehicle": "car"}],
    "standing_guards": [{"table": "c.csv"}, {"place": "KPU", "officers": 2}],
}


def test_other_files_take_the_place_of_its_tables() -> None:
    strategy = StrategySettings.model_validate({**PLAIN, **TABLES})
    assert [str(what) for what in strategy.tables] == ["posts", "patrols", "reserves", "standing_guards"]
    moved = strategy.with_tables({what: Path(f"/x/{what}.csv") for what in PlanTable})
    assert moved.tables == {what: f"/x/{what}.csv" for what in PlanTable}
    assert (
        moved.patrols[0] == strategy.patrols[0]
        and moved.reserves[1] == strategy.reserves[1]
        and (moved.standing_guards or ())[1:] == (strategy.standing_guards or ())[1:]
    )
    plain = StrategySettings.model_validate(PLAIN)
    assert plain.tables == {} and plain.with_tables({}) == plain


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"patrols": [{"route": ["V0"], "size": 2, "vehicle": "car"}]}, "route: a route has two places or more"),
        ({"patrols": [{"route": ["V0", "V1"] * 101, "size": 2, "vehicle": "car"}]}, "at most 200 items"),
        ({"patrols": [{"route": ["V0", "V1"], "districts": "by_risk", "size": 2, "vehicle": "car"}]}, "unknown setting"),
        ({"patrols": [{"table": "b.csv", "size": 2}]}, "unknown setting"),
        ({"patrols": [{"table": "b.csv"}] * 2}, r"patrols\[1\].table: there is a table already"),
        ({"reserves": [{"table": "b.csv", "size": 2}]}, "unknown setting"),
        ({"reserves": [{"table": "b.csv"}] * 2}, r"reserves\[1\].table: there is a table already"),
        ({"standing_guards": [{"table": "b.csv"}] * 2}, r"standing_guards\[1\].table: there is a table already"),
        ({"standing_guards": [{"place": "KPU", "size": 2}]}, "officers"),
        ({"standing_guards": [{"place": "KPU", "officers": -1}]}, "greater than or equal to 0"),
        ({"guards": {"rule": "list"}}, "table"),
        ({"guards": {"rule": "lists", "table": "a.csv"}}, "list"),
    ],
    ids=lambda value: str(value)[:50],
)  # fmt: skip
def test_what_is_neither_way_is_refused(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        StrategySettings.model_validate({**PLAIN, **settings})
