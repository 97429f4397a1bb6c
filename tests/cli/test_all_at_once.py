"""``simulate check`` says the mistakes of all depths and files of a scenario at once, and none that is not one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import call

Said = pytest.CaptureFixture[str]
STRATEGY = """
title: Mine
guards: {rule: patternn}
patrols: [{districts: [Curup], teams: two, size: 4, vehicle: car}, {districts: [Nowhere], teams: 2, size: 4, vehicle: car}]
reserves: 3
dispatch: {policy: nearest, take_guards_from: yellow, guards_within_minutes: 20}
"""
SCENARIO = """
title: Two at once
incidents:
  - {kind: riott, onset: "09:00", place: Curup}
  - {kind: mine, onset: "09:10", place: Nowhereville}
  - {kind: riot, onset: "09:20", place: KPU}
strategies: [central_reserve, mine]
"""


def own(folder: Path, **files: str) -> Path:
    """Write a scenario ``day``, a strategy ``mine`` and a kind ``mine``; return the scenario's file."""
    for name, where in (("strategy", "strategy/mine.yaml"), ("kind", "kinds/mine.yaml"), ("day", "day.yaml")):
        if name in files:
            (folder / where).parent.mkdir(parents=True, exist_ok=True)
            (folder / where).write_text(files[name], encoding="utf-8")
    return folder / "day.yaml"


def lines_of(arguments: list[str], said: Said) -> list[str]:
    """Run a command that is refused; return the lines of its message."""
    assert call(arguments) == 2
    out, err = said.readouterr()
    assert out == ""
    return err.removeprefix("Error: ").splitlines()


def about(lines: list[str], *words: str) -> bool:
    """Return whether one of the lines has all of these words."""
    return any(all(word in line for word in words) for line in lines)


def test_mistakes_of_the_scenario_its_strategy_and_its_kind_are_said_at_once(tmp_path: Path, capsys: Said) -> None:
    file = own(tmp_path, day=SCENARIO, strategy=STRATEGY, kind="title: Mine\nplaces: [station]\n")
    lines = lines_of(["check", str(file)], capsys)
    assert about(lines, "mine.yaml: strategy.guards.rule = 'patternn'", "did you mean 'pattern'?")
    assert about(lines, "strategy.patrols[0].teams")
    assert about(lines, "strategy.reserves = 3: a list is needed")
    assert about(lines, "kinds/mine.yaml: 'kinds.mine.course' is missing")
    assert about(lines, "day.yaml: incidents[0].kind = 'riott'", "did you mean 'riot'?")
    assert about(lines, "day.yaml: incidents[1].place: unknown place 'Nowhereville'")
    assert about(lines, "day.yaml: incidents[2].place: 'KPU' is a base, but a station is needed")
    assert about(lines, "strategy 'mine': patrols[1].districts: unknown district 'Nowhere'")
    kind = [line for line in lines if "kinds/mine.yaml: " in line]
    assert len(kind) == 3  # course, severities and background_weight are missing
    assert len(lines) == 7 + len(kind)


def test_unknown_strategies_are_all_named_and_keep_nothing_else_back(tmp_path: Path, capsys: Said) -> None:
    wrong = SCENARIO.replace("[central_reserve, mine]", "[centrall_reserve, risk_weighted, mine, risk_weighted]")
    file = own(tmp_path, day=wrong.replace("kind: mine", "kind: brawl"))
    lines = lines_of(["check", str(file)], capsys)
    assert about(lines, "unknown strategy 'centrall_reserve'; did you mean 'central_reserve'?")
    assert about(lines, "unknown strategy 'mine'") and about(lines, "strategies: 'risk_weighted' is named twice")
    assert about(lines, "incidents[0].kind = 'riott'") and about(lines, "incidents[1].place: unknown place")
    assert about(lines, "incidents[2].place: 'KPU' is a base") and len(lines) == 6


def test_a_kind_that_cannot_be_read_keeps_nothing_else_back(tmp_path: Path, capsys: Said) -> None:
    file = own(tmp_path, day=SCENARIO.replace(", mine]", "]"), kind="title: [Mine\n")
    lines = lines_of(["check", str(file)], capsys)
    assert about(lines, "kinds/mine.yaml: not valid YAML") and about(lines, "incidents[0].kind = 'riott'")
    assert about(lines, "incidents[1].place: unknown place 'Nowhereville'") and len(lines) == 4


def test_only_a_kind_that_cannot_be_read_is_said_where_all_else_is_right(tmp_path: Path, capsys: Said) -> None:
    day = 'title: One\nincidents: [{kind: mine, onset: "09:00", place: KPU, starters: 9}]\nstrategies: [even_spread]\n'
    lines = lines_of(["check", str(own(tmp_path, day=day, kind="title: [Mine\n"))], capsys)
    assert len(lines) == 1 and about(lines, "kinds/mine.yaml: not valid YAML")


def test_every_wrong_item_of_the_defaults_is_named(tmp_path: Path, capsys: Said) -> None:
    day = "defaults: [{override /weather: rainy}, {weathr: dry}]\ntitle: One\n"
    lines = lines_of(["check", str(own(tmp_path, day=day))], capsys)
    assert about(lines, "defaults[0]", "unknown weather 'rainy'") and about(lines, "defaults[1]") and len(lines) == 2


@pytest.mark.parametrize("command", [["strategy", "check"], ["check"]])
def test_a_number_where_a_strategy_lists_its_reserves_is_a_mistake_like_others(
    tmp_path: Path, command: list[str], capsys: Said
) -> None:
    own(tmp_path, strategy=STRATEGY)
    lines = lines_of([*command, str(tmp_path / "strategy" / "mine.yaml")], capsys)
    assert about(lines, "strategy.reserves = 3: a list is needed") and about(lines, "strategy.patrols[0].teams")


def test_unknown_strategies_that_were_typed_are_named_with_the_rest(tmp_path: Path, capsys: Said) -> None:
    file = own(tmp_path, day=SCENARIO.replace(", mine]", "]").replace("kind: mine", "kind: brawl"))
    lines = lines_of(["check", str(file), "strategy=nobody,nowhere"], capsys)
    assert about(lines, "unknown strategy 'nobody'") and about(lines, "unknown strategy 'nowhere'")
    assert about(lines, "incidents[0].kind = 'riott'") and len(lines) == 5


THEN = "{place: there, probability: 1, delay: {mean_minutes: 5, cv: 0}, kind"
LOOP = f"""
title: Round and round
conditions:
  - {{when: {{incident: riot, reaches: red}}, then: {THEN.replace(": 1,", ": 7,")}: brawl}}}}
  - {{when: {{incident: riot, reaches: red}}, then: {THEN}: clash}}}}
  - {{when: {{incident: clash, reaches: red}}, then: {THEN}: riot}}}}
strategies: [central_reserve]
"""


def test_what_is_said_of_the_rest_has_the_numbers_that_the_user_counts_by_wherever_it_names_them(
    tmp_path: Path, capsys: Said
) -> None:
    lines = lines_of(["check", str(own(tmp_path, day=LOOP))], capsys)
    assert about(lines, "conditions[0].then.probability = 7") and len(lines) == 2
    assert about(
        lines,
        "day.yaml: conditions[1].then.kind = 'clash': they lead back to themselves: "
        "clash (conditions[1]) -> riot (conditions[2]) -> clash; ",
    )


def test_the_rest_of_a_list_is_held_against_what_the_user_has_set_under_its_own_number(
    tmp_path: Path, capsys: Said
) -> None:
    day = SCENARIO.replace(", mine]", "]").replace("kind: mine", "kind: brawl").replace("riott", "[riot]")
    file, late = own(tmp_path, day=day), "incidents.1.onset='14:00'"
    lines = lines_of(["check", str(file), "voting.day_end='13:30'", late], capsys)
    assert about(lines, "incidents[0].kind = ['riot']")
    assert about(lines, f"override '{late}'", "incidents[1].onset = '14:00': the day ends before it")
    file = own(tmp_path, day=day.replace("09:10", "14:00"))
    lines = lines_of(["check", str(file), "voting.day_end='13:30'"], capsys)
    assert about(lines, "voting.day_end = '13:30': incidents[1].onset: the day ends before it, at voting.day_end")


@pytest.mark.parametrize("command", [["strategy", "check", "strategy/mine.yaml"], ["check", "day.yaml"]])
def test_both_items_of_a_strategy_that_are_one_have_the_numbers_that_the_user_counts_by(
    tmp_path: Path, command: list[str], capsys: Said
) -> None:
    offices = "[{place: KPU, officers: two}, {place: KPU, officers: 2}, {place: KPU, officers: 2}]"
    own(tmp_path, day="title: One\nstrategies: [mine]\n", strategy=f"{STRATEGY}standing_guards: {offices}\n")
    lines = lines_of([*command[:-1], str(tmp_path / command[-1])], capsys)
    assert about(lines, "standing_guards[0].officers = 'two'")
    assert about(lines, "standing_guards[2].place: 'KPU' is named twice, also in standing_guards[1]")


SCRIPT_AND_CONDITIONS = """
title: Several
strategies: [even_spread]
incidents:
  - {kind: riot, onset: "09:00", place: Nowhereville}
  - {kind: bomb_threat, onset: "09:00", place: Curup, starters: 3}
conditions:
  - {when: {incident: riot, reaches: red}, then: {kind: office_protest, place: Curup, probability: 1, delay: {mean_minutes: 5}}}
  - {when: {incident: landslide, reaches: red}, then: {kind: brawl, place: Curup, probability: 1, delay: {mean_minutes: 5}}}
  - {when: {incident: riit, reaches: red}, then: {kind: brawl, place: Curup, probability: 1, delay: {mean_minutes: 5}}}
"""


def test_mistakes_of_the_script_and_of_each_condition_keep_none_of_the_others_back(
    tmp_path: Path, capsys: Said
) -> None:
    lines = lines_of(["check", str(own(tmp_path, day=SCRIPT_AND_CONDITIONS))], capsys)
    assert about(lines, "incidents[0].place: unknown place 'Nowhereville'")
    assert about(lines, "incidents[1].starters = 3: 'bomb_threat' has no crowd")
    assert about(lines, "conditions[0].then.place: 'Curup' is a district, but a base is needed")
    assert about(lines, "conditions[1].when.reaches = 'red': 'landslide' never reaches it")
    assert about(lines, "conditions[2].when.incident = 'riit': unknown 'riit'")
    assert len(lines) == 5


def test_a_wrong_effect_of_a_kind_keeps_nothing_else_back(tmp_path: Path, capsys: Said) -> None:
    wrong = "kinds: {riot: {severities: {red: {effects: [{effect: close_road}, {effect: deter, share: 2}]}}}}\n"
    lines = lines_of(["check", str(own(tmp_path, day=SCRIPT_AND_CONDITIONS + wrong))], capsys)
    assert about(lines, "kinds.riot.severities.red.effects[1].share = 2")
    assert about(lines, "incidents[1].starters = 3") and about(lines, "incidents[0].place: unknown place")
    assert about(lines, "conditions[2].when.incident = 'riit'")


def test_what_else_is_wrong_in_an_incident_or_a_condition_does_not_keep_its_place_back(
    tmp_path: Path, capsys: Said
) -> None:
    day = """
title: Places
incidents:
  - {kind: nosuch, onset: "31:00", place: Nowhere0}
  - {kind: bomb_threat, onset: "09:00", place: Nowhere1, starters: 3}
  - {kind: riot, onset: "31:00", among: [Curup, Nowhere2]}
  - {kind: nosuchthing, onset: "09:00", place: Nowhere3, starters: -3}
conditions:
  - when: {incident: riott, reaches: red}
    then: {kind: clashh, place: Nowhere4, probability: 1, delay: {mean_minutes: 1}}
  - when: {incident: riot, reaches: red}
    then: {kind: bomb_threat, place: Nowhere5, starters: 5, delay: {mean_minutes: 1}}
  - when: {incident: blackout, reaches: red}
    then: {kind: bomb_threat, place: KPU, starters: 5, probability: 1, delay: {mean_minutes: 1}}
  - when: {incident: blackout, reaches: red}
    then: {kind: landslide, place: there, starters: 5, probability: 1, delay: {mean_minutes: 1}}
"""
    lines = lines_of(["check", str(own(tmp_path, day=day))], capsys)
    for number in range(6):
        assert about(lines, f"unknown place 'Nowhere{number}'")
    for words in (
        ("incidents[0].kind = 'nosuch'", "unknown"), ("incidents[0].onset = '31:00'", ""), ("incidents[1].starters", ""),
        ("incidents[2].onset", ""), ("incidents[3].kind = 'nosuchthing'", ""), ("incidents[3].starters = -3", ""),
        ("conditions[0].when.incident", ""), ("conditions[0].then.kind", ""), ("conditions[1].then.starters = 5", ""),
        ("'conditions[1].then.probability' is missing", ""), ("conditions[2].when.reaches", ""),
        ("conditions[2].then.starters", ""), ("conditions[3].when.reaches", ""), ("conditions[3].then.starters", ""),
    ):  # fmt: skip
        assert about(lines, *words), words
    assert len(lines) == 20, "and nothing that is not wrong"
