"""``simulate why``: one response told from a run of three days, played again, and what is refused."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.cli import call
from sim.experiment import again
from sim.experiment.execute import execute
from sim.experiment.manifest import written
from sim.experiment.store import Run, read
from tests.conftest import small_scenario

RIOT = (
    'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 25, followers: 0},'
    '{kind: blackout, onset: "08:00", place: "Pasar Barat"}]'
)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Three days in two batches under two strategies, with a title that a terminal would obey if it were let."""
    folder = tmp_path_factory.mktemp("why")
    scenario = small_scenario(
        RIOT,
        "strategy=even_spread,minimum_pattern",
        "disturbance.background.rate_per_station_hour=0.06",
        f"run.output='{folder}'",
        "run.replications=3",
        "run.batch=2",
        "run.workers=1",
        "region.forces.police=120",
        "kinds.riot.title='[red] $x$ {riot}'",
    )
    return execute(scenario)


@pytest.fixture
def copy(played: Run, tmp_path: Path) -> Path:
    return Path(shutil.copytree(played.path, tmp_path / "copy"))


def said(capsys: pytest.CaptureFixture[str], *args: object) -> str:
    assert call(["why", *map(str, args)]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def answered(capsys: pytest.CaptureFixture[str], *args: object) -> Any:
    return json.loads(said(capsys, *args, "--json"))


def refused(capsys: pytest.CaptureFixture[str], *args: object) -> str:
    assert call(["why", *map(str, args)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("Error: ") and len(err.splitlines()) == 1
    return err


def test_a_case_is_told_with_its_timeline_its_units_and_that_it_was_played_again(
    played: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, played.path, "--incident", "s0", "--replication", 1)
    first, *_ = text.splitlines()
    place = "TPS 2 Pasar Timur"
    assert first == f"[red] $x$ {{riot}} at {place} (s0), day 1 under Even spread."
    assert re.search(r"^  09:40  it begins$", text, re.M) and "the first officers are there" in text
    assert "Timeline:" in text and "Units:" in text and "busy" in text
    assert " ".join(text.split()).endswith("every table of that day is the same, byte for byte.")


def test_its_times_are_those_of_the_stored_tables(played: Run, capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, played.path, "--incident", "s0", "--replication", 2, "--strategy", "minimum_pattern")
    incidents, tasks = played.table("incidents"), played.table("tasks")
    key = {"strategy": "minimum_pattern", "replication": 2, "incident": "s0"}
    (row,) = incidents[(incidents[list(key)] == list(key.values())).all(axis=1)].to_dict("records")
    assert {name: found[name] for name in key} == key
    times = [event["time"] for event in found["timeline"]]
    assert times == sorted(times)
    for column in ("onset", "reported", "handled", "ordered", "first_on_scene", "yellow", "red", "ended"):
        assert row[column] in times or row[column] != row[column], column
    reached = row["first_on_scene"] if row["first_on_scene"] == row["first_on_scene"] else row["ended"]
    assert found["wait"] == pytest.approx(reached - row["onset"])
    assert sum(found["parts"].values()) == pytest.approx(found["wait"])
    sent = tasks[(tasks[list(key)] == list(key.values())).all(axis=1) & (tasks["purpose"] == "incident")]
    assert [unit["unit"].split(",")[0] for unit in found["units"]] == sent["unit"].tolist()
    assert found["again"] == {"same": True, "tables": [], "changed": None}


def test_told_from_the_stored_tables_no_day_is_played(
    played: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "watched_day", lambda *args: pytest.fail("a day is played"))
    assert answered(capsys, played.path, "--incident", "s0", "--replication", 0, "--stored")["again"] is None


def test_the_day_around_it_and_who_was_not_sent_are_told_and_bounded(
    played: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    args = (played.path, "--incident", "s0", "--replication", 1)
    found, text, everything = answered(capsys, *args), said(capsys, *args), said(capsys, *args, "--all")
    assert "The day around it, from 60 minutes before:" in text
    assert found["around"] and found["not_sent"]
    times = [event["time"] for event in found["around"]]
    assert times == sorted(times)
    spaced = " ".join(everything.split())
    assert all(event["event"] in spaced for event in found["around"])
    assert all(unit["unit"] in spaced for moment in found["not_sent"] for unit in moment["units"])
    assert len(text.splitlines()) < len(everything.splitlines()) and "--all" not in everything
    tasks = played.table("tasks")
    of_day = tasks[(tasks["strategy"] == "even_spread") & (tasks["replication"] == 1)]
    others = {*of_day["incident"]} - {"", "s0"}
    named = {name for name in others if any(f"({name})" in event["event"] for event in found["around"])}
    assert named, "some of the others had units"
    for moment in found["not_sent"]:
        for unit in moment["units"]:
            if unit["incident"]:
                mine = of_day[(of_day["unit"] == unit["unit"]) & (of_day["ordered"] <= moment["time"])]
                assert mine.sort_values("ordered", kind="stable")["incident"].iloc[-1] == unit["incident"]


def test_told_from_the_stored_tables_it_is_said_what_is_not_known(
    played: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    args = (played.path, "--incident", "s0", "--replication", 1, "--stored")
    found, text = answered(capsys, *args), " ".join(said(capsys, *args).split())
    assert found["not_sent"] is None and found["around"]
    assert "Who was not sent, by name," in text and "leave out --stored" in text and "Not sent at" not in text


def test_without_a_day_it_is_the_one_on_which_officers_came_latest(
    played: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answered(capsys, played.path, "--incident", "s0", "--stored")
    waits = [
        answered(capsys, played.path, "--incident", "s0", "--replication", day, "--stored")["wait"] for day in range(3)
    ]
    assert found["wait"] == max(waits) and len(set(waits)) == 3
    text = said(capsys, played.path, "--incident", "s0", "--stored")
    assert f"Day {found['replication']} is the one of 3 on which it was latest under Even spread." in text


def test_the_list_of_a_day_has_every_disturbance_with_its_cause(
    played: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answered(capsys, played.path, "--replication", 1)["responses"]
    incidents = played.table("incidents")
    of_day = incidents[(incidents["strategy"] == "even_spread") & (incidents["replication"] == 1)]
    assert sorted(one["incident"] for one in found) == sorted(of_day["incident"])
    asked = set(of_day[of_day["needed"] > 0]["incident"])
    assert {one["incident"] for one in found if one["cause"]} == asked and len(asked) < len(of_day)
    for one in found:
        if one["cause"]:
            single = answered(capsys, played.path, "--incident", one["incident"], "--replication", 1, "--stored")
            assert single["cause"] == one["cause"]
    text = said(capsys, played.path, "--replication", 1)
    assert all(one["incident"] in text for one in found) and "asks for no officers" in text
    assert "[red] $x$ {riot}" in text


def test_who_asks_for_no_officers_is_told_so(played: Run, capsys: pytest.CaptureFixture[str]) -> None:
    incidents = played.table("incidents")
    nobody = incidents[(incidents["strategy"] == "even_spread") & (incidents["needed"] == 0)].iloc[0]
    args = ("--incident", nobody["incident"], "--replication", nobody["replication"], "--stored")
    assert "It asks for no officers, so none were late." in said(capsys, played.path, *args)
    assert answered(capsys, played.path, *args)["cause"] is None


def test_the_ten_latest_of_the_run_come_first_and_their_causes_are_those_of_the_table(
    played: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answered(capsys, played.path)["responses"]
    waits = [one["wait"] for one in found]
    assert len(found) == 10 and waits == sorted(waits, reverse=True)
    assert {one["strategy"] for one in found} == {"even_spread", "minimum_pattern"}
    one = answered(capsys, played.path, "--strategy", "minimum_pattern")["responses"]
    assert {each["strategy"] for each in one} == {"minimum_pattern"}
    causes = sim.causes(played)
    asking = played.table("incidents").query("needed > 0")
    assert causes["count"].sum() == len(asking)
    occurring = set(causes[causes["count"] > 0]["cause"])
    assert {each["cause"] for each in found} <= occurring
    assert re.search(rf"10 of {len(asking)}", said(capsys, played.path))


def test_what_the_run_does_not_have_is_refused_with_what_it_has(
    played: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "replication 17 is not in" in (error := refused(capsys, played.path, "--replication", 17))
    assert "it has days 0 to 2" in error
    assert "days 0 to 2" in refused(capsys, played.path, "--incident", "s0", "--replication", -1)
    assert "had no incident 's00'; did you mean 's0'?" in refused(
        capsys, played.path, "--incident", "s00", "--replication", 0
    )
    assert "no day under even_spread had an incident 'zz'" in refused(capsys, played.path, "--incident", "zz")
    assert "did you mean 'even_spread'?" in refused(capsys, played.path, "--strategy", "even_sprad")
    assert "'risk_weighted' was not played" in refused(capsys, played.path, "--incident", "s0", "--strategy", "risk_weighted")  # fmt: skip
    assert "is not the folder of a run" in refused(capsys, tmp_path)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("tables/tasks/part-000000.parquet", "the part is not what was written; play it again with: simulate repair"),
        ("region/roads.csv", "roads.csv': it is not what was written; the run's days belong to the table as it was"),
        ("deployments/units.csv", "units.csv': it is not what was written"),
        ("manifest.json", "its checksum does not fit"),
        ("finished.jsonl", "is not what was written"),
    ],
)
def test_a_damaged_run_is_refused_by_name(
    copy: Path, capsys: pytest.CaptureFixture[str], file: str, message: str
) -> None:
    content = (copy / file).read_bytes()
    spoiled = content.replace(b'"seed": 2', b'"seed": 3', 1) if file == "manifest.json" else content[:-1] + b" "
    spoiled = content.replace(b"[0,2]", b"[0,2]", 1)[:-40] + b"\n" if file == "finished.jsonl" else spoiled
    assert spoiled != content
    (copy / file).write_bytes(spoiled)
    assert re.search(re.escape(message) + "|is damaged", refused(capsys, copy, "--incident", "s0", "--replication", 0))


def sealed_anew(folder: Path, change: Any) -> None:
    """Change a manifest as somebody who knows how would."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    change(manifest)
    (folder / "manifest.json").write_bytes(written(manifest))


def test_a_day_that_is_another_one_says_what_has_changed(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = (copy, "--incident", "s0", "--replication", 0)
    sealed_anew(copy, lambda m: m.update(program="0" * 64))
    text = " ".join(said(capsys, *args).split())
    assert "every table of that day is the same, byte for byte, although the program's source has been changed" in text
    sealed_anew(copy, lambda m: m["scenario"]["run"].update(seed=7))
    found = answered(capsys, *args)["again"]
    assert not found["same"] and "incidents" in found["tables"] and "program's source" in found["changed"]
    text = " ".join(said(capsys, *args).split())
    assert "it is another day:" in text and "What has changed: the program's source has been changed" in text


def test_settings_edited_with_their_checksum_are_seen_when_the_day_is_played_again(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed_anew(copy, lambda m: m["scenario"]["response"]["posko"].update(desks=1, alarm_handling={"mean_minutes": 9}))
    text = " ".join(said(capsys, copy, "--incident", "s0", "--replication", 0).split())
    assert "it is another day:" in text and "the settings or the stored tables were edited" in text
    assert read(copy).replications == 3, "nothing was written"


def test_nothing_is_written_into_the_run(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def contents() -> dict[str, bytes]:
        return {str(file): file.read_bytes() for file in sorted(copy.rglob("*")) if file.is_file()}

    before = contents()
    said(capsys, copy, "--incident", "s0", "--replication", 0)
    said(capsys, copy)
    assert contents() == before
