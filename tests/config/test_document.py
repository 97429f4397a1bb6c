"""Files of strangers: what YAML can be made to do, and what a file may build on."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.config.compose import check_file, load
from sim.config.source import read_yaml
from sim.config.titles import scenario_names
from sim.errors import MOST_SHOWN, UserError

TITLE = "title: x\nstrategies: [minimum_pattern]\n"


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    return file


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5", "a mapping of settings is needed"),
        ("[1]", "a mapping of settings is needed"),
        (f"{TITLE}---\n{TITLE}", "expected a single document"),
        (f"{TITLE}title: y\n", "'title' stands twice"),
        ("run: {seed: 1, seed: 2}\n", "'run.seed' stands twice"),
        ("title: !!float x\n", "a tag such as tag:yaml.org,2002:float is not allowed (line 1)"),
        ("title: x\nrun: !!map 5\n", "a tag such as tag:yaml.org,2002:map is not allowed (line 2)"),
        ("title: !!timestamp x\n", "a tag such as tag:yaml.org,2002:timestamp is not allowed"),
        ("title: !!binary aGVsbG8=\n", "a tag such as tag:yaml.org,2002:binary is not allowed"),
        (
            "title: !!python/object:os.system {}\n",
            "a tag such as tag:yaml.org,2002:python/object:os.system is not allowed",
        ),
        ("title: !foo x\n", "a tag such as !foo is not allowed"),
        ("run:\n\tseed: 1\n", "not valid YAML"),
        ("a: *b\n", "undefined alias"),
        ("[1]: x\n", "unhashable key"),
        ("~: x\n", "settings: a key without a name (line 1)"),
        (f"run: {{seed: {'9' * 5_000}}}\n", "a number is written in plain decimals"),
        ("title: ${oc.env:HOME}\n", "no variable of the environment is read"),
        ("${oc.env:HOME}: x\n", "no variable of the environment is read"),
        ("run: {'${oc.env:HOME}': 1}\n", "no variable of the environment is read"),
        ("run: {_target_: os.system}\n", "'_target_' is not allowed"),
        ("hydra: {run: {dir: /tmp}}\n", "'hydra' settings are not allowed"),
        ("title: a\0b\n", "not valid YAML"),
    ],
    ids=lambda text: text[:25],
)
def test_what_is_no_mapping_of_plain_values_is_refused_with_its_file(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        read_yaml(written(tmp_path, text))
    assert str(caught.value).startswith(str(tmp_path / "mine.yaml")) and says in str(caught.value)
    assert str(Path.home()) not in str(caught.value)


def test_anchors_merge_keys_and_a_byte_order_mark_are_plain_yaml(tmp_path: Path) -> None:
    file = written(tmp_path, "\ufefftitle: &t x\nvoting: &v {open: '08:00'}\nb: {<<: *v, name: *t}\n")
    assert read_yaml(file)["b"] == {"open": "08:00", "name": "x"}


def test_what_was_read_is_not_shared(tmp_path: Path) -> None:
    file = written(tmp_path, "run: {seed: 1}\n")
    read_yaml(file)["run"]["seed"] = 2
    assert read_yaml(file) == {"run": {"seed": 1}}


def test_a_file_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "run: {seed: 1}\n")) != read_yaml(written(tmp_path, "run: {seed: 2}\n"))


@pytest.mark.parametrize(
    ("defaults", "says"),
    [
        ("[mine]", "they lead back to this file"),
        ("[other]", "they lead back to this file"),
        ("[nope, _self_]", "defaults[0] = 'nope': unknown scenario 'nope'"),
        ("{a: 1}", "defaults = {'a': 1}: a list is needed"),
        ("calm_day", "defaults = 'calm_day': a list is needed"),
        ("null", "defaults = None: a list is needed"),
        ("[1]", "defaults[0] = 1: allowed are the name of a file beside it"),
        ("[[calm_day]]", "allowed are the name of a file beside it"),
        ("[../x]", "unknown scenario '../x'"),
        ("[{weather: dry}]", "allowed are"),
        ("[{override /weather: wet}]", "unknown weather 'wet'; known: dry, heavy_rain"),
        ("[{override /weathr: dry}]", "unknown group 'weathr'; did you mean 'weather'?"),
        ("[{override /weather: [dry]}]", "allowed are"),
        ("[{override /weather@x: dry}]", "allowed are"),
        ("[{override hydra/launcher: x}]", "allowed are"),
    ],
)
def test_defaults_are_names_of_files_that_are_there(tmp_path: Path, defaults: str, says: str) -> None:
    written(tmp_path, f"defaults: [mine]\n{TITLE}", "other.yaml")
    with pytest.raises(UserError) as caught:
        check_file(written(tmp_path, f"defaults: {defaults}\n{TITLE}"))
    assert str(caught.value).startswith(str(tmp_path)) and says in str(caught.value)


def test_defaults_that_double_at_every_step_are_stopped_before_they_fill_the_memory(tmp_path: Path) -> None:
    for i in range(40):
        written(tmp_path, f"defaults: [s{i + 1}, s{i + 1}]\n", f"s{i}.yaml")
    written(tmp_path, TITLE, "s40.yaml")
    with pytest.raises(UserError, match="more often than 100 files could"):
        load("s0", folder=tmp_path)


def test_a_strategy_that_builds_on_itself_names_its_file(tmp_path: Path) -> None:
    written(tmp_path, "defaults: [even_spread]\n", "strategy/even_spread.yaml")
    with pytest.raises(UserError, match=r"strategy/even_spread\.yaml: defaults: they lead back to this file"):
        load("calm_day", ["strategy=even_spread"], tmp_path)


@pytest.mark.parametrize("name", ["a,b", "a b", "a=b", "a'b", "[x]", "${oc.env:HOME}", "-x", "é", "x" * 65, "a.b"])
def test_a_file_whose_name_means_something_else_cannot_be_chosen(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, TITLE, f"{name}.yaml")
    with pytest.raises(UserError, match="a name has letters, digits, '-' and '_', 64 at most"):
        check_file(file)
    with pytest.raises(UserError, match="a name has letters, digits"):
        load(name, folder=tmp_path)
    assert name not in scenario_names(tmp_path)


@pytest.mark.parametrize("name", ["2024", "null", "1e5"])
def test_a_file_may_be_called_by_what_reads_as_a_number_or_nothing(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, TITLE, f"{name}.yaml")
    assert check_file(file).name == name
    quoted = f"scenario='{name}'" if name == "1e5" else f"scenario={name}"
    assert load(None, [quoted], tmp_path).name == name


def test_twenty_thousand_mistakes_are_said_in_a_few_lines(tmp_path: Path) -> None:
    file = written(tmp_path, TITLE + "".join(f"k{i}{'k' * 100}: 1\n" for i in range(1_000)))
    with pytest.raises(UserError) as caught:
        check_file(file)
    lines = str(caught.value).splitlines()
    assert len(lines) == MOST_SHOWN + 1 and max(map(len, lines)) < 500
    assert lines[-1].startswith("… and 98")
