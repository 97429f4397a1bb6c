"""What the README says works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.cli import COMMANDS
from sim.config.compose import check_file, expand, load
from sim.day.world import prepare

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_scenario_of_ten_lines_is_valid(tmp_path: Path) -> None:
    (block,) = [b for b in re.findall(r"```yaml\n(.*?)```", README, re.S) if "incidents:" in b]
    assert len(block.strip().splitlines()) <= 12
    file = tmp_path / "market_clash.yaml"
    file.write_text(block, encoding="utf-8")
    world = prepare(check_file(file))
    assert world.scenario.title == "A clash near the market"
    assert len(world.closures) == 1


def test_the_table_of_posts_is_read(tmp_path: Path) -> None:
    (block,) = re.findall(r"```csv\n(.*?)```", README, re.S)
    (tmp_path / "posts.csv").write_text(block, encoding="utf-8")
    posts = f"strategy.guards={{rule: list, table: '{tmp_path / 'posts.csv'}'}}"
    plan = prepare(load("calm_day", ["strategy=minimum_pattern", posts])).deployments["minimum_pattern"]
    assert [unit.name for unit in plan.units[:2]] == ["guard/Market", "guard/Sindang Jaya"]
    assert len(plan.posts[0].stations) == 3 and plan.by_role["guard"] == 4


def test_the_station_alone_runs() -> None:
    import sim

    (block,) = [b for b in re.findall(r"```python\n(.*?)```", README, re.S) if "simulate_station" in b]
    names = {"sim": sim, "scenario": load("calm_day", [])}
    exec(block, names)
    assert set(names["day"].voters.fate) >= {"voted", "lost_deterred"}
    assert names["times"].wait.tolist() == [[0.0, 0.0, 3.0], [0.0, 0.0, 0.0]]


def test_dispatch_alone_runs() -> None:
    import sim

    (block,) = [b for b in re.findall(r"```python\n(.*?)```", README, re.S) if "simulate_dispatch" in b]
    names = {"sim": sim}
    exec(block, names)
    assert len(names["calls"].units) == 3 and 0 < names["calls"].late_share(10) < 1


@pytest.mark.parametrize("line", re.findall(r"^\$ simulate (.+?)(?:\s{2,}#.*)?$", README, re.M))
def test_every_command_line_names_things_that_exist(line: str) -> None:
    words = line.split()
    if "--scenarios" in words:
        return  # its scenario is the one of ten lines above
    if words[0] in COMMANDS and words[0] != "exercise":
        return
    overrides = [w for w in words if "=" in w]
    for job in expand(overrides):
        load(None, job)


def test_the_figure_is_there() -> None:
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (Path(__file__).parents[1] / picture).is_file()
    assert "@@" not in README
