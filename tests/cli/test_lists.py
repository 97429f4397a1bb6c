"""The lists of what a file may name: all that there is, by the words that the schema says, and errors point to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import call
from sim.config.compose import load
from sim.config.packaged import CONF
from sim.config.policies import policies
from sim.vocabulary import EscortRule
from tests.conftest import SMALL

Said = pytest.CaptureFixture[str]


def lines(args: list[str], said: Said) -> list[str]:
    assert call(args) == 0
    out, err = said.readouterr()
    assert err == ""
    return out.splitlines()


def test_every_kind_is_listed_with_where_it_can_happen(capsys: Said) -> None:
    rows = {line.split()[0]: line for line in lines(["kinds"], capsys) if line.strip()}
    assert {file.stem for file in (CONF / "kinds").glob("*.yaml")} <= rows.keys()
    assert "Landslide" in rows["landslide"] and " road " in rows["landslide"]
    found = [line.split()[0] for line in lines(["kinds", "BASE", "crowd"], capsys)[3:] if line.strip()]
    assert found == ["office_protest"]


def test_a_kind_of_ones_own_is_listed(tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "kinds").mkdir()
    text = (CONF / "kinds" / "riot.yaml").read_text(encoding="utf-8").replace("title: Riot", "title: Market riot")
    (tmp_path / "kinds" / "mine.yaml").write_text(text, encoding="utf-8")
    assert any("Market riot" in line for line in lines(["kinds", "--scenarios", str(tmp_path)], capsys))


def test_every_base_is_listed_with_its_people_and_nothing_else(capsys: Said) -> None:
    rows = lines(["bases", *SMALL], capsys)[3:]
    region = load("calm_day", SMALL).region
    with (Path(region.path) / "bases.csv").open(encoding="utf-8") as file:
        assert len([row for row in rows if row.strip()]) == len(file.readlines()) - 1
    assert any(
        row.split()[0] == "SEK-CURUP" and row.split()[-1] == "20" for row in lines(["bases", "polsek"], capsys)[3:-1]
    )


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [("road", {"road"}), ("station", {"station", "special station"}), ("area", {"district", "ward", "village"})],
)
def test_places_can_be_asked_for_by_kind(kind: str, allowed: set[str], capsys: Said) -> None:
    rows = [line for line in lines(["places", "--kind", kind, "Pasar", *SMALL], capsys)[3:] if line.strip()]
    assert rows and {row[1:].partition("  ")[0].strip() for row in rows} <= allowed


def test_every_rule_of_the_schema_has_its_sentence(capsys: Said) -> None:
    every = policies()
    assert {one.name for one in every if one.group == "escort"} == {rule.value for rule in EscortRule}
    assert {one.name for one in every if one.group == "dispatch"} >= {"nearest", "hold_reserve", "preparedness"}
    assert all(one.sentence.endswith(".") and len(one.sentence) > 10 for one in every)
    assert len({(one.group, one.name) for one in every}) == len(every) >= 25
    out = "\n".join(lines(["policies"], capsys))
    assert all(f"  {one.name}: " in out for one in every)
    (hold,) = [one for one in every if one.name == "hold_reserve"]
    assert hold.settings == ("within_minutes", "busy", "hold_back")
    assert [line for line in lines(["policies", "relocation"], capsys) if line[0] != " "] == [
        "Who moves before anybody calls: relocation"
    ]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["kinds", "riit"], "no kind is called 'riit'; did you mean 'riot'?"),
        (["bases", "POLRSE"], "no base in Rejang Lebong is called 'POLRSE'; did you mean 'POLRES'?"),
        (["bases", "qqqq"], "no base in Rejang Lebong is called 'qqqq'; without a word, all are listed"),
        (["policies", "escrt"], "no rule is called 'escrt'; known: "),
        (["policies", "neerest"], "no rule is called 'neerest'; did you mean 'nearest'?"),
        (["places", "--kind", "bridge"], "'bridge' is not one of 'area', 'base', 'station', 'road'"),
        (["places", "--kind", "road", "qqqq"], "no road in Rejang Lebong is called 'qqqq'"),
    ],
)
def test_a_mistake_is_one_clear_message(args: list[str], says: str, capsys: Said) -> None:
    assert call(args) == 2
    out, err = capsys.readouterr()
    assert says in err and out == "" and "Traceback" not in err


@pytest.mark.parametrize(
    ("setting", "ends"),
    [
        ('incidents=[{kind: riot, onset: "09:00", place: Mojorejp}]', "did you mean 'Mojorejo'? 'simulate places WORD' lists what can be named"),
        ('incidents=[{kind: riit, onset: "09:00", place: Curup}]', "did you mean 'riot'? 'simulate kinds' lists all"),
        ("conditions=[{when: {incident: riit, reaches: red}, then: {kind: brawl, place: there, probability: 1, delay: {mean_minutes: 1}}}]", "'simulate kinds' lists all"),
        ("kinds.riit.background_weight=1", "'simulate kinds' lists all"),
        ("strategy.reserves=[{base: POLRSE, teams: 1, size: 2, vehicle: truck}]", "did you mean 'POLRES'? 'simulate bases' lists all"),
        ("strategy.dispatch.policy=neerest", "did you mean 'nearest'? 'simulate policies' lists all"),
        ("strategy.escort=nobody", "'simulate policies' lists all"),
        ("strategy.relocation={rule: dynamc}", "did you mean 'dynamic'? 'simulate policies' lists all"),
    ],
    ids=lambda text: text[:24],
)  # fmt: skip
def test_an_unknown_name_ends_with_the_command_that_lists_what_there_is(setting: str, ends: str, capsys: Said) -> None:
    assert call(["run", "scenario=calm_day", "strategy=even_spread", setting, "--out", "nowhere"]) == 2
    err = capsys.readouterr().err
    assert any(line.endswith(ends) for line in err.splitlines()), err
