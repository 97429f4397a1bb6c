"""``simulate check`` judges a scenario, a strategy, a kind and a region: fine, broken and implausible ones."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sim.cli import call
from sim.config.packaged import CONF
from tests.conftest import SMALL_REGION

Said = pytest.CaptureFixture[str]
PLAN = (CONF / "strategy" / "even_spread.yaml").read_text(encoding="utf-8")
RIOT = (CONF / "kinds" / "riot.yaml").read_text(encoding="utf-8")
PLACE = (CONF / "region" / "rejang_lebong.yaml").read_text(encoding="utf-8")


def own(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def checked(file: Path | str, said: Said) -> tuple[int, str, list[str]]:
    """Check a file; give the exit code, what was said of it, and the lines of warnings and errors."""
    code = call(["check", str(file)])
    out, err = said.readouterr()
    return code, out, err.splitlines()


@pytest.mark.parametrize("name", ["strategy/mine.yaml", "mine.yaml"])
def test_a_strategy_is_told_by_its_folder_or_its_keys_and_says_what_it_spends(
    tmp_path: Path, name: str, capsys: Said
) -> None:
    file = own(tmp_path, name, PLAN)
    code, out, err = checked(file, capsys)
    assert (code, err) == (0, [])
    assert out.startswith(f"{file}: fine. Even spread; checked in scenario riot_kecamatan3, in Rejang Lebong.\n")
    assert "spends 238 police (unspent 0), 890 wardens (unspent 0); officers: 224 in guards, 14 in patrols\n" in out


def test_a_file_is_named_as_it_was_typed_wherever_one_is(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path, "own/strategy/mine.yaml", PLAN.replace("title:", "titel:"))
    for folder, typed in (("", "own/strategy/mine.yaml"), ("own", "strategy/mine.yaml"), ("own/strategy", "mine.yaml")):
        monkeypatch.chdir(tmp_path / folder)
        code, _, err = checked(typed, capsys)
        assert code == 2 and all("strategy/mine.yaml: " in line for line in err)
        assert any("unknown setting 'strategy.titel'; did you mean 'title'?" in line for line in err)
        assert typed == "mine.yaml" or err[0].startswith(f"Error: {typed}: ")


@pytest.mark.parametrize("name", ["kinds/mine.yaml", "mine.yaml"])
def test_a_kind_says_where_it_can_be_and_what_it_asks_for_and_does(tmp_path: Path, name: str, capsys: Said) -> None:
    code, out, err = checked(own(tmp_path, name, RIOT), capsys)
    assert (code, err) == (0, [])
    assert "fine. Riot; at station; course: crowd; checked in scenario riot_kecamatan3.\n" in out
    assert "red needs 12 presence, 30 crowd_control, 1 medical; does evacuate, deter\n" in out


def test_a_region_is_told_by_its_folder_its_keys_or_its_tables(tmp_path: Path, capsys: Said) -> None:
    shutil.copytree(SMALL_REGION, tmp_path / "tables")
    small = PLACE.replace("path: rejang_lebong", "path: tables").replace("very_vulnerable: 25", "very_vulnerable: 2")
    small = small.replace("vulnerable: 24", "vulnerable: 3")
    small = re.sub(r"hard_to_reach: [^\n]*\n( +- .*\n)+", "hard_to_reach: []\n", small)
    for file in (own(tmp_path, "region/mine.yaml", small), own(tmp_path, "mine.yaml", small), tmp_path / "tables"):
        code, out, err = checked(file, capsys)
        assert (code, err) == (0, [])
        assert "; 3 districts, 10 villages, 24 stations, 9,000 registered voters.\n" in out


def test_packaged_files_are_fine_where_they_stand(capsys: Said) -> None:
    for name in ("strategy/minimum_pattern", "kinds/flood", "region/rejang_lebong"):
        code, out, err = checked(CONF / f"{name}.yaml", capsys)
        assert (code, err) == (0, []) and "fine" in out


@pytest.mark.parametrize("text", ["name: dry\nspeed_factor: 1\n", "a: 1\n"])
def test_what_is_none_of_these_is_told_what_is_recognised(tmp_path: Path, text: str, capsys: Said) -> None:
    (tmp_path / "empty").mkdir()
    for what in (own(tmp_path, "weather/mine.yaml", text), tmp_path / "empty"):
        code, out, (line,) = checked(what, capsys)
        assert code == 2 and out == ""
        assert all(word in line for word in ("scenario", "strategy/NAME", "kinds/NAME", "region/NAME", "districts.csv"))


def test_every_mistake_of_a_strategy_has_its_line_and_its_file(tmp_path: Path, capsys: Said) -> None:
    text = PLAN.replace("reserves: []", "reserves: [{base: POLRES, teams: 0, size: 0, vehicle: truck}]")
    text = text.replace("escort:", "escrt:") if "escort:" in text else f"{text}\nescrt: x\n"
    for name in ("strategy/mine.yaml", "mine.yaml"):
        file = own(tmp_path, name, text)
        code, out, err = checked(file, capsys)
        assert code == 2 and out == "" and len(err) == 3
        assert all(f"{file}: " in line for line in err)
        assert any("strategy.reserves[0].teams = 0: must be 1 or more" in line for line in err)
        assert any("strategy.reserves[0].size = 0: must be 1 or more" in line for line in err)
        assert any("unknown setting 'strategy.escrt'; did you mean 'escort'?" in line for line in err)


def test_every_unknown_base_of_a_strategy_is_named_with_its_file(tmp_path: Path, capsys: Said) -> None:
    bases = ", ".join(f"{{base: {base}, teams: 1, size: 2, vehicle: truck}}" for base in ("POLRSE", "NOWHERE"))
    file = own(tmp_path, "strategy/mine.yaml", PLAN.replace("reserves: []", f"reserves: [{bases}]"))
    code, _, err = checked(file, capsys)
    assert code == 2 and len(err) == 2
    assert err[0].startswith(f"Error: {file}: strategy 'mine': reserves[0].base: unknown base 'POLRSE'")
    assert err[1].startswith(f"{file}: strategy 'mine': reserves[1].base: unknown base 'NOWHERE'")


def test_a_strategy_that_spends_more_than_there_is_is_refused(tmp_path: Path, capsys: Said) -> None:
    reserve = "reserves: [{base: POLRES, teams: 40, size: 30, vehicle: truck}]"
    code, _, err = checked(own(tmp_path, "strategy/mine.yaml", PLAN.replace("reserves: []", reserve)), capsys)
    assert code == 2 and "238" in err[0]


def test_a_strategy_that_builds_on_another_needs_its_folder(tmp_path: Path, capsys: Said) -> None:
    text = "defaults: [even_spread]\ntitle: Mine\nreserves: []\ndispatch: {policy: nearest}\n"
    code, out, err = checked(own(tmp_path, "strategy/mine.yaml", text), capsys)
    assert (code, err) == (0, []) and "fine. Mine;" in out
    code, _, (line,) = checked(own(tmp_path, "mine.yaml", text), capsys)
    assert code == 2 and "stands in a folder 'strategy'" in line


def test_every_mistake_of_a_kind_has_its_line_and_its_file(tmp_path: Path, capsys: Said) -> None:
    text = RIOT.replace("places: [station]", "places: [staton]").replace("starters: 10", "starters: 0")
    text = text.replace("crowd_control: 30", "crowd_controll: 30")
    for name in ("kinds/mine.yaml", "mine.yaml"):
        file = own(tmp_path, name, text)
        code, _, err = checked(file, capsys)
        assert code == 2 and len(err) == 3
        assert all(f"{file}: " in line for line in err)
        assert any("kinds.mine.places[0] = 'staton': unknown; did you mean 'station'?" in line for line in err)


def test_a_mistake_in_a_table_names_file_and_row(tmp_path: Path, capsys: Said) -> None:
    folder = Path(shutil.copytree(SMALL_REGION, tmp_path / "tables"))
    roads = (folder / "roads.csv").read_text(encoding="utf-8")
    own(folder, "roads.csv", roads.replace("T1.1,T1.2,4.2,", "T1.1,T1.2,-4.2,"))
    code, _, (line,) = checked(folder, capsys)
    assert code == 2 and f"{folder / 'roads.csv'}, row 2, column 'km'" in line
    own(folder, "roads.csv", roads.replace("T1.1,T1.2,4.2,", "T1.1,T1.2,42,"))
    code, out, (line,) = checked(folder, capsys)
    assert code == 0 and "fine" in out and line.startswith("Warning: ") and "in a straight line" in line


SCRIPT = """
title: Mine
strategies: [even_spread]
incidents:
  - {kind: riot, onset: "09:40", place: Nowhereville}
  - {kind: landslide, onset: "09:40", place: Curup}
closures: [{between: [Mojorejoo, Curup], closed_at: "08:00"}]
troubles: [{what: late_opening, place: Mojoreja, opens_at: "08:00"}]
"""


def test_every_unknown_place_of_a_scenario_is_named_and_nothing_is_written(tmp_path: Path, capsys: Said) -> None:
    file = own(tmp_path, "mine.yaml", SCRIPT)
    code, out, err = checked(file, capsys)
    assert code == 2 and out == "" and [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]
    settings = ("incidents[0].place", "incidents[1].place", "closures[0].between", "troubles[0].place")
    for setting, line in zip(settings, err, strict=True):
        assert line.removeprefix("Error: ").startswith(f"{file}: {setting}: ")
    assert "a road is needed; roads there: 'Pasar Baru - " in err[1], "usable neighbours"
    assert "did you mean 'Mojorejo'?" in err[3]


def test_an_unknown_plan_of_an_area_is_named_with_the_file_that_names_it(tmp_path: Path, capsys: Said) -> None:
    effects = "effects: [{effect: leave_area, plan: kaba_rng}]"
    settings = f"title: x\nstrategies: [even_spread]\nkinds: {{flood: {{severities: {{red: {{{effects}}}}}}}}}\nincidents: []\n"
    file = own(tmp_path, "mine.yaml", settings)
    code, _, (line,) = checked(file, capsys)
    assert code == 2 and line.startswith(f"Error: {file}: kinds.flood.severities.red.effects: unknown plan 'kaba_rng'")
    assert "did you mean 'kaba_ring'" in line


def test_twenty_unknown_places_are_named_and_the_others_counted(tmp_path: Path, capsys: Said) -> None:
    incidents = ", ".join(f"{{kind: riot, onset: '09:40', place: zzz{i}}}" for i in range(23))
    file = own(tmp_path, "mine.yaml", f"title: x\nstrategies: [even_spread]\nincidents: [{incidents}]\n")
    code, _, err = checked(file, capsys)
    assert code == 2 and len(err) == 21 and err[-1] == "… and 3 more"


AT_ALL_DEPTHS = """
title: Deep {incidents[2].place}
strategies: [even_spread]
incidents:
  - {kind: riot, onset: "10:00", place: Curup, starters: -3}
  - {kind: riit, onset: "10:00", place: Curup}
  - {kind: riot, onset: "10:00", place: Nowhereville}
run: {replications: -1}
voting: {open: "14:00", close: "13:00"}
"""


def test_mistakes_of_values_of_settings_together_and_of_places_are_said_at_once(tmp_path: Path, capsys: Said) -> None:
    file = own(tmp_path, "mine.yaml", AT_ALL_DEPTHS)
    code, out, err = checked(file, capsys)
    said = [line.removeprefix("Error: ").removeprefix(f"{file}: ").split(" = ")[0].split(": ")[0] for line in err]
    assert code == 2 and out == ""
    assert said == [
        "incidents[0].starters", "voting.close", "run.replications", "incidents[1].kind", "incidents[2].place",
    ]  # fmt: skip


def test_a_wrong_value_of_a_kind_of_ones_own_makes_no_incident_of_it_unknown(tmp_path: Path, capsys: Said) -> None:
    kinds = "kinds: {fair: {title: Fair}}\nincidents: [{kind: fair, onset: '10:00', place: Curup}]\n"
    code, _, err = checked(own(tmp_path, "mine.yaml", f"title: x\nstrategies: [even_spread]\n{kinds}"), capsys)
    assert code == 2 and err and not any("unknown 'fair'" in line for line in err)


ODD = """
title: Odd
strategies: [even_spread]
incidents:
  - {kind: riot, onset: "05:30", place: Curup, starters: 150}
kinds: {flood: {severities: {yellow: {needs: {presence: 2, rescue: 800}}}}}
disturbance: {background: {rate_per_station_hour: 0.004}}
"""


def test_what_is_implausible_is_a_warning_a_line_each(tmp_path: Path, capsys: Said) -> None:
    code, out, err = checked(own(tmp_path, "mine.yaml", ODD), capsys)
    assert code == 0 and "fine" in out
    starts = (
        "incidents[0].onset = 05:30: before the polls open at 07:00",
        "incidents[0].starters = 150: it starts larger than any crowd seen at a station",
        "disturbance.background.rate_per_station_hour = 0.004: at least ",
        "strategy 'even_spread': kinds.flood.severities.yellow.needs asks for 800 of rescue",
    )
    assert len(err) == len(starts)
    for line, start in zip(err, starts, strict=True):
        assert line.startswith(f"Warning: {start}")


def test_a_kind_is_judged_though_it_never_starts_by_itself(tmp_path: Path, capsys: Said) -> None:
    text = RIOT.replace("background_weight: 1", "background_weight: 0").replace("starters: 10", "starters: 200")
    code, _, err = checked(own(tmp_path, "kinds/mine.yaml", text), capsys)
    assert code == 0 and len(err) == 1
    assert err[0].startswith("Warning: kinds.mine.course.starters = 200: it starts larger than any crowd seen")
    text = RIOT.replace("crowd_control: 30", "crowd_control: 30000").replace(
        "background_weight: 1", "background_weight: 0"
    )
    code, _, err = checked(own(tmp_path, "kinds/mine.yaml", text), capsys)
    assert code == 0 and len(err) == 7 and all("30,000 of crowd_control" in line for line in err)


def test_a_broken_kind_is_a_warning_unless_the_scenario_has_an_incident_of_it(tmp_path: Path, capsys: Said) -> None:
    bad = own(tmp_path, "kinds/bad.yaml", RIOT.replace("starters: 10", "starters: 0"))
    worse = own(tmp_path, "kinds/worse.yaml", "title: [")
    mine = own(tmp_path, "mine.yaml", "title: Mine\nstrategies: [even_spread]\n")
    code, out, err = checked(mine, capsys)
    assert code == 0 and "fine" in out and len(err) == 2
    for file, name in ((bad, "bad"), (worse, "worse")):
        assert any(line.startswith(f"Warning: kind '{name}' is left out") and f"{file}: " in line for line in err)
        incident = f"incidents: [{{kind: {name}, onset: '09:40', place: Curup}}]\n"
        uses = own(tmp_path, "uses.yaml", f"title: Mine\nstrategies: [even_spread]\n{incident}")
        code, _, (line,) = checked(uses, capsys)
        assert code == 2 and line.startswith(f"Error: {file}: ")


def test_a_strategy_is_checked_in_the_region_that_is_named(tmp_path: Path, capsys: Said) -> None:
    place = Path(shutil.copytree(SMALL_REGION, tmp_path / "place"))
    bases = (place / "bases.csv").read_text(encoding="utf-8").replace("POST-SUBAN", "POST-NEW")
    (place / "bases.csv").write_text(bases, encoding="utf-8")
    plan = PLAN.replace("reserves: []", "reserves:\n  - {base: POST-NEW, teams: 1, size: 4, vehicle: truck}")
    for name in ("strategy/mine.yaml", "mine.yaml"):
        file = own(tmp_path, name, plan)
        assert call(["check", str(file)]) == 2
        assert "unknown base 'POST-NEW' in Rejang Lebong" in capsys.readouterr().err
        assert call(["check", str(file), f"region.path={place}"]) == 0
        assert "checked in scenario calm_day, in Tanjung Contoh." in capsys.readouterr().out
    assert call(["check", str(own(tmp_path, "kinds/mine.yaml", RIOT)), f"region.path={place}"]) == 0
    assert call(["check", str(file), "region.path=nowhere"]) == 2
    assert "neither a folder nor a packaged region" in capsys.readouterr().err
