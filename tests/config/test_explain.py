"""How a mistake is said: which setting is named, which value is shown, and who is blamed for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from sim.config.compose import _composed, expand, load
from sim.config.explain import explain_validation
from sim.config.packaged import CONF, SCENARIOS
from sim.config.scenario import Scenario
from sim.errors import MOST_SHOWN, UserError

ONE = ["scenario=calm_day", "strategy=minimum_pattern"]
EXPONENTIAL = "{distribution: exponential, mean_seconds: 60}"


def refused(*overrides: str, folder: Path | None = None) -> str:
    with pytest.raises(UserError) as caught:
        load(None, list(overrides), folder)
    return str(caught.value)


def own(folder: Path, settings: str, name: str = "mine.yaml") -> Path:
    """A scenario of one's own, or a choice for a group of settings; returns its file."""
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(settings, encoding="utf-8")
    return file


def test_the_tag_of_a_union_is_no_part_of_a_name_and_blames_nobody_else(tmp_path: Path) -> None:
    service = "{distribution: empirical, file: nowhere.csv, column: seconds}"
    file = own(tmp_path, f"title: x\nvoting: {{stages: [{{name: booth, servers: 1, service: {service}}}]}}\n")
    assert refused("scenario=mine", folder=tmp_path) == (
        f"{file}: voting.stages[0].service.file = 'nowhere.csv': "
        f"{tmp_path / 'nowhere.csv'}: cannot be read (No such file or directory)"
    )


def test_a_list_is_not_also_too_short_because_its_items_are_wrong() -> None:
    said = refused(*ONE, f"voting.stages=[{{name: a, servers: 0, service: {EXPONENTIAL}}}]")
    assert said.endswith("voting.stages[0].servers = 0: must be 1 or more")
    assert len(said.splitlines()) == 1


def test_every_mistake_has_its_line_and_twenty_are_enough() -> None:
    shares = ["turnout_share", "turnout_spread", "guard_deterrence", "priority.share"]
    bad = [f"voting.{share}=2" for share in shares]
    said = refused(*ONE, *bad).splitlines()
    assert sorted(said) == sorted(
        f"override '{override}': voting.{share} = 2: must be 1 or less"
        for override, share in zip(bad, shares, strict=True)
    )
    more = refused(*ONE, *bad, *(f"response.key{i}=1" for i in range(MOST_SHOWN - 2))).splitlines()
    assert len(more) == MOST_SHOWN + 1
    assert more[-1] == "… and 2 more"


def test_checks_that_do_not_depend_on_each_other_are_all_said(tmp_path: Path) -> None:
    incidents = "[{kind: riott, onset: '09:40', place: Curup}, {kind: flod, onset: '09:40', place: Curup}]"
    file = own(tmp_path, f"title: x\nincidents: {incidents}\nstrategies: [minimum_pattern]\n")
    reserve = "strategy.reserves=[{base: POLRES, teams: 1, size: 2, vehicle: trck}]"
    assert refused("scenario=mine", reserve, folder=tmp_path).splitlines() == [
        f"{file}: incidents[0].kind = 'riott': unknown 'riott'; did you mean 'riot'? 'simulate kinds' lists all",
        f"{file}: incidents[1].kind = 'flod': unknown 'flod'; did you mean 'flood'? 'simulate kinds' lists all",
        f"override '{reserve}': strategy.reserves[0].vehicle = 'trck': unknown 'trck'; did you mean 'truck'?",
    ]


def test_all_that_is_wrong_with_a_kind_is_said() -> None:
    bad = ["kinds.riot.places=[station,station]", "kinds.riot.course.floor=60", "kinds.riot.boxes_weight=1"]
    said = refused(*ONE, *bad)
    assert [line.partition(":")[0] for line in said.splitlines()] == [f"override '{override}'" for override in bad]


def test_a_mistake_that_every_strategy_shares_is_said_once() -> None:
    override = "strategy.dispatch.guards_within_minutes=-1"
    said = refused("scenario=calm_day", "strategy=minimum_pattern,even_spread", override)
    assert said == f"override '{override}': strategy.dispatch.guards_within_minutes = -1: must be more than 0"


@pytest.mark.parametrize(
    ("override", "blamed"),
    [
        ("voting.open='14:00'", "voting.open = '14:00': close must come after open, but 13:00 is not after 14:00"),
        ("voting.close='31:00'", "voting.close = '31:00': day_end must come after close, but 30:00 is not after 31:00"),
        (
            "voting.close='12:30'",
            "voting.close = '12:30': arrivals: the interval 12:00-13:00 ends after close at 12:30; "
            "nobody is admitted then",
        ),
        (
            "voting.arrivals.0.to_time='07:30'",
            "voting.arrivals: two intervals overlap, 06:40-07:30 and 07:00-08:00",
        ),
        (
            "voting.stages.2.service.mode_seconds=25",
            "voting.stages[2].service.mode_seconds = 25: low_seconds <= mode_seconds <= high_seconds is needed, "
            "and low below high, not 30, 25, 120",
        ),
        (
            "kinds.riot.severities.yellow.from_active=60",
            "kinds.riot.severities.yellow.from_active = 60: severities.red.from_active must be more than "
            "severities.yellow.from_active, but 50 is not more than 60",
        ),
        ("voting.stages.0.servers=0", "voting.stages[0].servers = 0: must be 1 or more"),
        ("~voting.stages", "'voting.stages' is missing"),
        ("~run.seed", "'run.seed' is missing"),
        ("kinds.fire.title=Fire", "'kinds.fire.places' is missing"),
        (
            "kinds.riott.course.starters=3",
            "'kinds.riott.title' is missing: no file has a kind 'riott'; did you mean 'riot'?",
        ),
        ("votin.close='12:00'", "unknown setting 'votin'; did you mean 'voting'?"),
    ],
)
def test_blamed_is_what_the_user_set(override: str, blamed: str) -> None:
    assert refused(*ONE, override).startswith(f"override '{override}': {blamed}")


@pytest.mark.parametrize(
    ("override", "blamed"),
    [
        (
            "strategy.reserves=[{base: POLRES, teams: 1, size: 2, vehicle: trck}]",
            "strategy.reserves[0].vehicle = 'trck': unknown 'trck'; did you mean 'truck'?",
        ),
        (
            "voting.day_end='13:30'",
            "voting.day_end = '13:30': incidents[0].onset: the day ends before it, at voting.day_end",
        ),
        (
            "evacuation.site.movement.assisted_share=0.95",
            "evacuation.site.movement.assisted_share = 0.95: slow_share and assisted_share are at most 1 together",
        ),
        ("kinds={riot.old: {background_weight: 1}}", "'kinds.riot.old.title' is missing"),
    ],
)
def test_a_setting_is_blamed_by_its_path_and_not_by_the_words_of_the_message(
    tmp_path: Path, override: str, blamed: str
) -> None:
    own(tmp_path, 'title: x\nincidents: [{kind: riot, onset: "13:40", place: Curup}]\n')
    said = refused("scenario=mine", "strategy=minimum_pattern", override, folder=tmp_path)
    assert f"override '{override}': {blamed}" in said


def test_stages_are_blamed_where_the_users_own_stages_lack_one_that_a_file_names(tmp_path: Path) -> None:
    own(tmp_path, "title: x\nvoting: {trouble: {out_of_use: {stage: booth}}}\n")
    said = refused("scenario=mine", "strategy=minimum_pattern", "voting.stages.2.name=cabin", folder=tmp_path)
    assert said == (
        "override 'voting.stages.2.name=cabin': voting.stages: trouble.out_of_use.stage: no 'booth' is among the "
        "stages; known: ballots, boxes and ink, cabin, identity and list"
    )


def test_of_two_overrides_of_one_setting_the_last_is_blamed() -> None:
    said = refused(*ONE, "voting.close='14:00'", "voting.close='06:00'")
    assert said.startswith("override 'voting.close='06:00'': voting.close = '06:00'")


def test_an_override_is_blamed_before_the_file_and_the_file_before_the_group(tmp_path: Path) -> None:
    file = own(tmp_path, 'title: x\nvoting: {close: "10:00"}\n')
    assert refused("scenario=mine", folder=tmp_path).startswith(f"{file}: voting.close = '10:00'")
    said = refused("scenario=mine", "voting.open='11:00'", folder=tmp_path)
    assert said.startswith("override 'voting.open='11:00'': voting.open = '11:00'")


@pytest.mark.parametrize("by_override", [True, False])
def test_a_mistake_in_a_choice_of_ones_own_names_its_file(tmp_path: Path, by_override: bool) -> None:
    packaged = (CONF / "voting" / "pilkada_2024.yaml").read_text(encoding="utf-8")
    wrong = packaged.replace("turnout_share: 0.72", "turnout_share: 7.2")
    assert wrong != packaged
    file = own(tmp_path, wrong, "voting/other.yaml")
    own(tmp_path, "title: x\n" if by_override else "defaults:\n  - override /voting: other\ntitle: x\n")
    chosen = ["voting=other"] if by_override else []
    assert (
        refused("scenario=mine", *chosen, folder=tmp_path) == f"{file}: voting.turnout_share = 7.2: must be 1 or less"
    )


def test_a_mistake_in_a_strategy_of_ones_own_names_its_file(tmp_path: Path) -> None:
    packaged = (CONF / "strategy" / "even_spread.yaml").read_text(encoding="utf-8")
    wrong = packaged.replace("guards_within_minutes: ", "guards_within_minutes: -")
    assert wrong != packaged
    file = own(tmp_path, wrong, "strategy/other.yaml")
    own(tmp_path, "title: x\nstrategies: [minimum_pattern, other]\n")
    said = refused("scenario=mine", folder=tmp_path)
    assert said.startswith(f"{file}: strategy.dispatch.guards_within_minutes = -")


def test_a_packaged_file_is_named_from_its_group_on() -> None:
    data = _composed(ONE, None)
    data["voting"]["close"] = "06:00"
    with pytest.raises(ValidationError) as caught:
        Scenario.model_validate(data)
    chosen = {"voting": CONF / "voting" / "pilkada_2024.yaml"}
    said = str(explain_validation(caught.value, data, [], SCENARIOS / "calm_day.yaml", chosen))
    assert said.startswith("conf/voting/pilkada_2024.yaml: voting.close = '06:00': close must come after open")


def test_a_scenario_without_a_title_names_its_file(tmp_path: Path) -> None:
    file = own(tmp_path, "voting: {restart_minutes: 5}\n")
    assert refused("scenario=mine", folder=tmp_path) == f"{file}: title = '': must not be empty"


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("voting: {3: x}", "voting[3] = 'x': a key must be a text; put it in quotes"),
        ("voting: {null: x}", "voting: a key without a name"),
        ("voting: &a {b: *a}", "cannot be read"),
        ("voting: [1]", "voting = [1]: a mapping of settings is needed"),
        ("voting: null", "voting = null: a mapping of settings is needed"),
        ("strategy: {guards: [1]}", "strategy.guards = [1]: a mapping of settings is needed"),
        ("strategies: {a: 1}", "strategies = {'a': 1}: a list is needed"),
        ("defaults: [override /voting: nix]", "unknown voting 'nix'; known: pilkada_2024, precinct_scanner"),
    ],
)
def test_a_file_of_the_wrong_shape_is_named(tmp_path: Path, settings: str, says: str) -> None:
    file = own(tmp_path, f"title: x\n{settings}\n")
    said = refused("scenario=mine", folder=tmp_path)
    assert said.startswith(f"{file}: ")
    assert says in said


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("voting=null", "unknown voting 'null'; known: pilkada_2024, precinct_scanner"),
        ("voting=[1]", "unknown voting '[1]'; known: pilkada_2024, precinct_scanner"),
        ("voting={open: 3}", "unknown voting '{open: 3}'; known: pilkada_2024, precinct_scanner"),
        ("+voting=pilkada", "unknown voting 'pilkada'; did you mean 'pilkada_2024'?"),
        ("~voting", "override '~voting': a voting is needed; known: pilkada_2024, precinct_scanner"),
        ("~scenario", "override '~scenario': a scenario is needed; known: blackout_and_outage"),
        ("~voting.nix", "'voting.nix' does not exist"),
        ("voting.stages.booth=3", "override 'voting.stages.booth=3': voting.stages = {'booth': 3}: a list is needed"),
        ("voting.absence=[1]", "override 'voting.absence=[1]': voting.absence = [1]: a mapping of settings is needed"),
        ("voting.stages.9.servers=2", "override 'voting.stages.9.servers=2': the list has no such item"),
        ("voting.stages[0].servers=2", "cannot read the override 'voting.stages[0].servers=2'; write setting=value"),
        ("name=3", "override 'name=3': name = 3: this is a name"),
        ("strategy.guards.rule=pattrn", "strategy.guards.rule = 'pattrn': unknown; did you mean 'pattern'?"),
        ("run.confidence=sure", "run.confidence = 'sure': a number is needed"),
        ("run.check=maybe", "run.check = 'maybe': true or false is needed"),
    ],
)
def test_an_override_of_the_wrong_shape_is_named(override: str, says: str) -> None:
    assert says in refused(*ONE, override)


def test_strategies_may_not_be_deleted() -> None:
    assert "strategies: a list of names is needed" in refused("scenario=calm_day", "~strategies")


def test_a_sweep_that_cannot_be_read_is_the_users_mistake() -> None:
    with pytest.raises(UserError, match="swept is over a comma list"):
        expand([*ONE, "voting.turnout_share=glob(*)"])


def test_a_long_text_is_cut_and_a_long_list_left_out() -> None:
    said = refused(*ONE, f"voting.close='{'x' * 500}'")
    assert f"voting.close = '{'x' * 59}…: a time is written" in said
    said = refused(*ONE, f"voting.absence=[{', '.join('1' * 40)}]")
    assert said.endswith(": voting.absence: a mapping of settings is needed")
