"""Settings of strangers: bounded in size, in depth, and in what aliases make of them."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from sim.config import source
from sim.config.choices import choices
from sim.config.compose import check_file, load
from sim.config.source import read_yaml
from sim.errors import UserError

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9)
)
"""371 bytes that stand for some fifty million values."""
TOO_MANY = r"settings may have 20,000 values in 32 levels, each counted as often as an alias repeats it"


def written(folder: Path, text: str) -> Path:
    file = folder / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "text",
    [BOMB, "a: &a {b: *a}", "a: " + "[" * 40 + "]" * 40, "a: " + "[" * 20_000, "a:\n" + "- 1\n" * 20_000],
    ids=["aliases of aliases", "a part that holds itself", "deep", "very deep", "long"],
)
def test_what_becomes_too_much_is_refused_before_it_is_built(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, text)
    tracemalloc.start()
    with pytest.raises(UserError, match=TOO_MANY if "]" in text or "- 1" in text or "*a}" in text else "mine.yaml: "):
        read_yaml(file)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 60e6


def test_aliases_in_reason_are_read(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "a: &a [1, 2]\nb: *a\n")) == {"a": [1, 2], "b": [1, 2]}


def test_the_largest_file_that_is_read(tmp_path: Path) -> None:
    file = written(tmp_path, "title: x\n" + "#" * (256 * 1024 - 9))
    assert read_yaml(file) == {"title": "x"}
    with pytest.raises(UserError, match="more than 262,144 bytes"):
        read_yaml(written(tmp_path, "title: x\n" + "#" * (256 * 1024)))


@pytest.mark.parametrize("secret", ["/etc/passwd", "/proc/self/environ", "/dev/zero", "/dev/stdin"])
def test_checking_a_strangers_scenario_shows_nothing_of_this_machines_files(tmp_path: Path, secret: str) -> None:
    service = f"{{distribution: empirical, file: {secret}, column: minutes}}"
    stage = f"[{{name: a, servers: 1, service: {service}}}]"
    file = written(tmp_path, f"defaults: [riot_kecamatan3, _self_]\ntitle: x\nvoting: {{stages: {stage}}}\n")
    with pytest.raises(UserError, match="leads out of") as refused:
        check_file(file)
    assert "root:" not in str(refused.value) and "PATH=" not in str(refused.value) and "known" not in str(refused.value)


def test_a_region_whose_table_is_a_link_to_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    from sim.day import prepare

    region = tmp_path / "region"
    region.mkdir()
    (region / "districts.csv").symlink_to("/etc/passwd")
    (region / "region.yaml").write_text("region: {forces: {police: 1, wardens: 1}}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"it leads to a file whose name does not end in \.csv") as refused:
        prepare(load("calm_day", [f"region.path={region}"]))
    assert "root:" not in str(refused.value)


@pytest.mark.parametrize(
    "name", ["../../evil", "a/b", "", "-x", ".hidden", "a b", "a\\nb", "é", "x" * 65, "CON:", "a,b", "=1"]
)
def test_a_name_that_could_lead_somewhere_else_is_refused(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, f'defaults: [calm_day, _self_]\ntitle: x\nname: "{name}"\n')
    with pytest.raises(UserError, match=r"name = .*: a name has letters, digits, '-' and '_', 64 at most"):
        check_file(file)
    assert [f.name for f in tmp_path.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize("name", ["x", "A-1_b", "x" * 64, "2024"])
def test_a_plain_name_is_a_name(tmp_path: Path, name: str) -> None:
    assert check_file(written(tmp_path, f'defaults: [calm_day, _self_]\ntitle: x\nname: "{name}"\n')).name == name


def test_a_strategy_is_called_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "strategy").mkdir()
    file = tmp_path / "strategy" / "mine.yaml"
    file.write_text("defaults: [even_spread, _self_]\ntitle: Mine\nname: ../evil\n")
    with pytest.raises(UserError) as refused:
        load("calm_day", ["strategy=mine"], tmp_path)
    assert str(refused.value) == f"{file}: name: a strategy is called by its file, 'mine'; leave the name out"
    file.write_text("defaults: [even_spread, _self_]\ntitle: Mine\n")
    assert load("calm_day", ["strategy=mine"], tmp_path).strategies[0].name == "mine"


def test_a_file_does_not_say_where_results_are_written_but_the_command_line_does(tmp_path: Path) -> None:
    text = "defaults: [calm_day, _self_]\ntitle: x\n"
    file = written(tmp_path, text + "run: {output: /tmp/elsewhere}\n")
    says = r"mine\.yaml: run\.output = '/tmp/elsewhere': a file of a scenario does not say where results are written; use --out"
    with pytest.raises(UserError, match=says):
        check_file(file)
    written(tmp_path, text)
    assert load("mine", ["run.output=elsewhere"], tmp_path).run.output == "elsewhere"
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "far.yaml").write_text("output: /tmp/elsewhere\n")
    with pytest.raises(UserError, match=r"far\.yaml: run\.output = '/tmp/elsewhere'"):
        load("mine", ["run=far"], tmp_path)


@pytest.mark.parametrize(
    ("override", "limit"),
    [
        ("run.replications=1000000000000", "1,000,000"),
        ("run.seed=99999999999999999999999", "18,446,744,073,709,551,615"),
        ("run.workers=100000", "1,024"),
        ("run.batch=1000000", "10,000"),
        ("run.resamples=10001", "10,000"),
    ],
)
def test_numbers_of_a_run_have_a_limit_that_is_said(override: str, limit: str) -> None:
    with pytest.raises(UserError, match=rf"{override.replace('=', ' = ')}: must be {limit} or less"):
        load("calm_day", [override])


def test_packaged_files_are_parsed_once_and_an_edited_file_anew(tmp_path: Path) -> None:
    file = written(tmp_path, "defaults: [calm_day, _self_]\ntitle: Before\n")
    assert check_file(file).title == "Before"
    parsed = source._kept.cache_info().misses
    assert load("calm_day").title == "A calm day"
    assert source._kept.cache_info().misses == parsed, "every packaged text was known"
    file.write_text("defaults: [calm_day, _self_]\ntitle: Behind\n")  # as long as before, at nearly the same time
    assert check_file(file).title == "Behind"
    assert source._kept.cache_info().misses == parsed + 1


def test_who_changes_what_he_was_given_changes_nobody_elses(tmp_path: Path) -> None:
    file = written(tmp_path, "a: {b: [1]}\n")
    read_yaml(file)["a"]["b"].append(2)
    assert read_yaml(file) == {"a": {"b": [1]}}


@pytest.mark.parametrize("choice", ["/hydra/launcher: basic", "/hydra/job_logging: default"])
def test_hydras_own_settings_are_not_among_those_that_a_file_can_name(tmp_path: Path, choice: str) -> None:
    file = written(tmp_path, f"defaults: [calm_day, {choice}]\ntitle: x\n")
    with pytest.raises(UserError, match="allowed are the name of a file beside it"):
        check_file(file)


@pytest.mark.parametrize("setting", ["executor: dask", "dask: {address: 'tcp://10.0.0.1:8786'}", "workers: 1024"])
@pytest.mark.parametrize("name", ["mine", "run/mine"])
def test_a_file_does_not_say_which_machines_play_it(tmp_path: Path, setting: str, name: str) -> None:
    (tmp_path / "run").mkdir()
    own = setting if name == "run/mine" else f"run: {{{setting}}}"
    choice = "{override /run: mine}, " if name == "run/mine" else ""
    (tmp_path / f"{name}.yaml").write_text(f"{own}\n")
    if name == "run/mine":
        written(tmp_path, f"defaults: [{choice}_self_]\ntitle: x\n")
    with pytest.raises(UserError, match=rf"{name}\.yaml: run\.{setting.partition(':')[0]} = .*on the command line"):
        check_file(tmp_path / "mine.yaml")


@pytest.mark.parametrize("name", ["mine.yaml", "strategy/evil.yaml", "kinds/evil.yaml"])
def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("title: a secret\n")
    file = tmp_path / "own" / name
    file.parent.mkdir(parents=True)
    asks = "incidents: [{kind: evil, onset: '09:00', place: Curup}]" if "kinds" in name else "strategies: [evil]"
    written(tmp_path / "own", f"title: x\n{asks}\n")
    file.unlink(missing_ok=True)
    file.symlink_to(outside)
    with pytest.raises(UserError, match=rf"{name}': a link that leads out of") as refused:
        check_file(tmp_path / "own" / "mine.yaml")
    assert "secret" not in str(refused.value)
    file.unlink()
    there = tmp_path / "own" / "there.yaml"
    outside.rename(there)
    file.symlink_to(there)
    read_yaml(file)
    assert choices(file.parent.name if file.parent.name != "own" else "scenario", tmp_path / "own")[file.stem] == file
