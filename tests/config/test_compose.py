"""Composition: names and overrides in, one frozen scenario out; every trap of YAML and Hydra has its case."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from sim.config.compose import check_file, choices, composed_yaml, expand, load
from sim.config.scenario import Scenario
from sim.config.titles import scenario_names, strategy_names
from sim.errors import UserError
from sim.strength import Strength
from sim.vocabulary import Severity


def refused(*overrides: str, folder: Path | None = None) -> str:
    with pytest.raises(UserError) as caught:
        load(None, list(overrides), folder)
    return str(caught.value)


def own(folder: Path, name: str, text: str) -> Path:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_default_is_the_riot_under_every_packaged_strategy() -> None:
    scenario = load()
    assert scenario.name == "riot_kecamatan3"
    assert [s.name for s in scenario.strategies] == [
        "minimum_pattern",
        "even_spread",
        "risk_weighted",
        "central_reserve",
        "forward_reserve",
        "joint_command",
        "dynamic_relocation",
    ]
    assert scenario.incidents[0].onset == (9 * 60 + 40, 9 * 60 + 40)


@pytest.mark.parametrize("name", sorted(choices("scenario")))
def test_every_packaged_scenario_is_valid(name: str) -> None:
    assert load(name, ["strategy=minimum_pattern"]).said_title == scenario_names()[name]


@pytest.mark.parametrize("group", ["weather", "voting", "disturbance", "response", "evacuation", "region", "run"])
def test_every_packaged_choice_of_a_group_is_valid(group: str) -> None:
    for name in choices(group):
        load("calm_day", [f"{group}={name}", "strategy=minimum_pattern"])


def test_a_scenario_is_frozen() -> None:
    scenario = load("calm_day", ["strategy=minimum_pattern"])
    with pytest.raises(ValidationError, match="frozen"):
        scenario.run.seed = 1  # type: ignore[misc]


def test_overrides_reach_every_strategy() -> None:
    scenario = load("calm_day", ["strategy=minimum_pattern,even_spread", "strategy.dispatch.guards_within_minutes=2"])
    assert [s.dispatch.guards_within_minutes for s in scenario.strategies] == [2, 2]


def test_a_sweep_is_every_combination_but_strategies_stay_together() -> None:
    runs = expand(
        ["scenario=calm_day,riot_kecamatan3", "weather=dry,heavy_rain", "strategy=even_spread,minimum_pattern"]
    )
    assert len(runs) == 4
    assert all("strategy=even_spread,minimum_pattern" in run for run in runs)
    assert runs[-1][:2] == ["scenario=riot_kecamatan3", "weather=heavy_rain"]


def test_what_is_printed_is_what_is_run() -> None:
    text = composed_yaml(["scenario=calm_day", "weather=heavy_rain", "strategy=even_spread"])
    assert "name: heavy rain" in text
    assert "name: even_spread" in text
    assert "minimum_pattern\n  title" not in text


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("scenario=riot_kecamatn3", "unknown scenario 'riot_kecamatn3'; did you mean 'riot_kecamatan3'"),
        ("strategy=minimum_patern", "unknown strategy 'minimum_patern'; did you mean 'minimum_pattern'"),
        ("weather=wet", "unknown weather 'wet'; known: dry, heavy_rain"),
        ("run.replicatons=3", "unknown setting 'run.replicatons'; did you mean 'replications'"),
        ("+run.replicatons=3", "unknown setting 'run.replicatons'; did you mean 'replications'"),
        ("+kinds.riot.course.starter=3", "did you mean 'starters'"),
        ("kinds.riot.course.starter=3", "did you mean 'starters'"),
        ("voting.absense.deterred_return_share=0", "unknown setting 'voting.absense'; did you mean 'absence'"),
        ("incident=[]", "unknown setting 'incident'; did you mean 'incidents'"),
        ("+voting.stages.0.server=3", "cannot"),
        ("run.replications=-3", "run.replications = -3"),
        ("run.replications=2.5", "run.replications = 2.5"),
        ("voting.close=780", '"13:00"'),
        ("voting.open='14:00'", "close must come after open"),
        ("voting.day_end='12:00'", "day_end must come after close"),
        ("voting.turnout_share=1.2", "voting.turnout_share = 1.2"),
        ("voting.stages=[]", "voting.stages"),
        ("kinds.riot.severities.yellow.from_active=60", "must be more than severities.yellow.from_active"),
        ("evacuation.site.layout=school_rom", "unknown layout 'school_rom'; did you mean 'school_room'?"),
        ("response.attached.0.vehicle=tank", "cannot"),
        ("response.sector_patrol_vehicle=cart", "unknown 'cart'; did you mean 'car'"),
        ("response.escort.vehicle=trucks", "unknown 'trucks'; did you mean 'truck'"),
        ("strategy.escort=reserve_escort", "'reserve_escort': unknown; did you mean 'reserve_escorts'"),
        ("title=${oc.env:HOME}", "interpolations"),
        ("a b==", "cannot read the override"),
        ("strategies=[]", "a list of names is needed"),
        ("strategy=even_spread,even_spread", "named twice"),
    ],
)
def test_a_mistake_on_the_command_line_is_one_clear_message(override: str, says: str) -> None:
    if says == "cannot":  # lists are replaced whole; Hydra's path into one is refused, with the setting's name
        message = refused(override)
        assert override.lstrip("+").partition("=")[0].split(".")[1] in message
        return
    assert says in refused(override)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: x\nvoting: {close: 780}", '"13:00"'),
        ("title: on\n", "put it in quotes (on, off, yes, no)"),
        ("title: 10\n", "YAML read it as the number"),
        ("title: 010\n", "title = 010: a number is written in plain decimals"),
        ("title: x\nincidents:\n  - {kind: riot, onset: 780, place: Curup}", '"13:00"'),
        ("title: x\nincidents:\n  - {kind: riott, onset: '09:00', place: Curup}", "did you mean 'riot'"),
        ("title: x\nincidents:\n  - {kind: riot, onset: '09:00'}", "place is missing: say where it happens"),
        ("title: x\nincidents:\n  - {kind: riot, onset: '31:00', place: Curup}", "incidents[0].onset"),
        ("title: x\nclosures:\n  - {between: [a, b], closed_at: '09:00', reopened_at: '08:00'}", "reopened_at"),
        ("title: x\nincident: []\n", "unknown setting 'incident'; did you mean 'incidents'"),
        ("title: x\nrun: {_target_: os.system}", "'_target_' is not allowed"),
        ("title: ${oc.env:HOME}", "interpolations"),
        ("title: x\nhydra: {job_logging: none}", "'hydra' settings are not allowed"),
        ("- a list", "a mapping of settings"),
        ("title: [", "not valid YAML"),
    ],
)
def test_a_mistake_in_a_scenario_file_names_the_file(tmp_path: Path, text: str, says: str) -> None:
    message = refused("scenario=mine", "strategy=minimum_pattern", folder=own(tmp_path, "mine", text))
    assert says in message
    assert "mine.yaml" in message


def test_a_users_file_of_a_packaged_name_wins(tmp_path: Path) -> None:
    folder = own(tmp_path, "calm_day", "title: My own calm day\n")
    assert load("calm_day", folder=folder).title == "My own calm day"
    assert load("calm_day").title == "A calm day"


def test_a_users_folder_may_add_a_strategy(tmp_path: Path) -> None:
    (tmp_path / "strategy").mkdir()
    packaged = choices("strategy")["even_spread"].read_text(encoding="utf-8")
    (tmp_path / "strategy" / "mine.yaml").write_text(packaged.replace("Even spread", "Mine"), encoding="utf-8")
    folder = own(tmp_path, "day", "title: x\nstrategies: [mine, even_spread]\n")
    assert [s.title for s in load("day", folder=folder).strategies] == ["Mine", "Even spread"]
    assert strategy_names(folder)["mine"] == "Mine"


def test_a_scenario_may_choose_from_a_group(tmp_path: Path) -> None:
    folder = own(tmp_path, "wet", "defaults:\n  - override /weather: heavy_rain\ntitle: x\n")
    assert load("wet", ["strategy=even_spread"], folder).weather.name == "heavy rain"


def test_a_key_that_only_the_schema_has_can_be_set() -> None:
    kinds = load("calm_day", ["strategy=even_spread", "kinds.riot.severities.red.needs.rescue=5"]).kinds
    assert kinds["riot"].needs[Severity.RED] == Strength.of(presence=12, crowd_control=30, medical=1, rescue=5)


def test_check_file_wants_a_yaml_file_that_exists(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        check_file(tmp_path / "nowhere.yaml")
    other = tmp_path / "mine.txt"
    other.write_text("title: x", encoding="utf-8")
    with pytest.raises(UserError, match=r"ends in \.yaml"):
        check_file(other)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "there is no such folder" in refused(folder=tmp_path / "none")


def test_the_schema_refuses_unknown_keys_everywhere() -> None:
    data = load("calm_day", ["strategy=even_spread"]).model_dump()
    assert Scenario.model_config["extra"] == "forbid"
    data["voting"]["absence"]["extra"] = 1
    with pytest.raises(ValidationError, match=r"voting\.absence\.extra"):
        Scenario.model_validate(data)
