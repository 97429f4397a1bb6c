"""The page: whole in one file, small, harmless, in both languages, and only of a day that came out as it was stored."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.cli import call
from sim.config.compose import load
from sim.day.draws import draw_day
from sim.day.world import World
from sim.errors import UserError
from sim.experiment.manifest import written
from sim.experiment.store import Run, read
from sim.playback.page import Played, data, embedded, html
from sim.playback.record import record_day
from sim.playback.write import FILE, play, save, write_playback
from sim.report.chosen_day import ChosenDay, DayRule
from sim.report.ground import FINE, Plane
from sim.words.language import Language, spoken


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def packed(text: str) -> Any:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1])  # type: ignore[index]


@pytest.fixture(scope="module")
def text(played: Played) -> str:
    return html(played)


@pytest.fixture
def copy(run: Run, tmp_path: Path) -> Path:
    return Path(shutil.copytree(run.path, tmp_path / "copy"))


@pytest.mark.parametrize("language", Language)
def test_the_page_speaks_the_language(played: Played, language: Language) -> None:
    with spoken(language):
        made = html(played)
    tags = Tags(made).found
    assert ("html", {"lang": str(language)}) in tags
    assert {"{", "}"}.isdisjoint(re.sub(r"<(script|style)\b.*?</\1>", "", made, flags=re.DOTALL)), "no field is left"
    clock = packed(made)["words"]["clock"]
    assert set(re.findall(r"\{(\w+)\}", clock)) == {"hours", "minutes"}


def test_nothing_is_loaded_from_anywhere(text: str) -> None:
    tags = Tags(text).found
    assert not [a for _, a in tags if {"src", "href", "srcset", "action"} & set(a)]
    assert not re.findall(r"url\(|@import|fetch\(|XMLHttpRequest|import\(", text)
    policy = next(a["content"] for t, a in tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'")
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) <= {"http://www.w3.org/2000/svg"}, "a name, nothing is loaded"


def test_the_page_says_which_day_it_is_and_why(played: Played, text: str) -> None:
    assert f"Day {played.chosen.day} of 5 simulated days: the median day." in text
    assert "votes lost to disturbances under Even spread" in " ".join(text.split()) or "Even spread" in text


@pytest.mark.parametrize("rule", DayRule)
def test_every_rule_has_its_sentence(played: Played, rule: DayRule) -> None:
    chosen = ChosenDay(3, rule, 12.0, 1.0, 4321.0, 5)
    assert "Day 3 of 5" in html(replace(played, chosen=chosen)) and "4,321" in html(replace(played, chosen=chosen))


def test_the_data_give_back_where_units_were(played: Played, text: str) -> None:
    found, one = packed(text), played.recordings[0]
    assert [plan["title"] for plan in found["plans"]] == ["Even spread", "Risk weighted"]
    plane = Plane.around(played.world.region)
    drawn_at = [plane.x(one.lon) * FINE, plane.y(one.lat) * FINE]
    for i, unit in enumerate(found["plans"][0]["units"]):
        at, x, y = np.cumsum(np.array(unit["track"]).reshape(-1, 3), axis=0).T
        assert at[0] == 0 and at[-1] == len(one.times) - 1 and (np.diff(at) > 0).all()
        moments = np.arange(len(one.times))
        for drawn, where in zip((x, y), drawn_at, strict=True):
            off = np.abs(np.interp(moments, at, drawn) - where[i])
            assert off.max() < 0.51, "half a unit is rounded away"


def test_every_incident_of_both_plans_is_listed_and_drawn(played: Played, text: str) -> None:
    found = packed(text)
    listed = {entry["id"]: entry for entry in found["incidents"]}
    for number, one in enumerate(played.recordings):
        rows = one.log.tables["incidents"]
        assert set(rows["incident"]) == {i for i, e in listed.items() if e["plans"][number] is not None}
        assert set(rows["incident"]) == set(found["plans"][number]["incidents"])
        for identity, worst in zip(rows["incident"], rows["peak_severity"], strict=True):
            assert listed[identity]["plans"][number]["worst"] == worst
    times = [min(p["onset"] for p in e["plans"] if p) for e in found["incidents"]]
    assert times == sorted(times)


def test_what_happens_is_told_in_order_and_the_closed_road_too(text: str) -> None:
    for plan in packed(text)["plans"]:
        times = [time for time, _ in plan["events"]]
        assert times == sorted(times)
        told = {sentence: time for time, sentence in plan["events"]}
        assert told["Stations open."] == 4200 and told["Stations close."] == 7800
        assert told["Road closed: Pasar Tengah - Pasar Timur."] == 6000
        assert told["Road open again: Pasar Tengah - Pasar Timur."] == 6900
        assert any("begins at" in sentence for sentence in told)


def test_what_strangers_write_ends_no_script_and_begins_no_tag() -> None:
    nasty = {"a": "</script><script>alert(1)</script>", "b": "<!--", "c": "&amp;", "d": 'quo"te'}
    assert json.loads(embedded(nasty)) == nasty
    assert not set("<>&") & set(embedded(nasty))


def test_titles_of_strangers_are_text(played: Played) -> None:
    nasty = "<img src=x onerror=alert(1)> ${x} </script>"
    strategies = tuple(s.model_copy(update={"title": nasty}) for s in played.run.scenario.strategies)
    run = Run(played.run.path, played.run.manifest, played.run.batches)
    run.__dict__["scenario"] = played.run.scenario.model_copy(update={"title": nasty, "strategies": strategies})
    tags = [tag for tag, _ in Tags(html(replace(played, run=run))).found]
    assert "img" not in tags and tags.count("script") == 2


def test_the_page_of_the_regency_under_two_plans_is_below_five_megabytes(riot_world: World, played: Played) -> None:
    draws = draw_day(riot_world, 0)
    recordings = tuple(record_day(riot_world, name, 0, draws) for name in ("minimum_pattern", "dynamic_relocation"))
    run = Run(played.run.path, played.run.manifest, played.run.batches)
    run.__dict__["scenario"] = load("riot_kecamatan3", [])
    made = html(replace(played, run=run, world=riot_world, recordings=recordings))
    assert 100_000 < len(made.encode()) < 5_000_000
    assert len(packed(made)["map"]["districts"]) == 15


def test_names_on_the_map_stand_on_no_other(played: Played) -> None:
    for key in ("names", "names_narrow"):
        names = data(played)["map"][key]
        size = names["size"]
        boxes = [
            (n["x"], n["y"], max(map(len, n["text"])) * 0.5 * size / 2, len(n["text"]) * size / 2)
            for n in names["list"]
        ]
        assert len(boxes) == 3
        for i, (x, y, w, h) in enumerate(boxes):
            assert all(abs(x - a) > w + c or abs(y - b) > h + d for a, b, c, d in boxes[:i])


def test_the_file_stands_beside_the_report_and_is_the_same_each_time(run: Run, copy: Path) -> None:
    opened = read(copy)
    file = write_playback(opened)
    assert file == copy / FILE
    once = file.read_bytes()
    assert write_playback(read(copy)).read_bytes() == once


def test_a_day_that_comes_out_otherwise_is_not_shown(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.playback.record.differing_tables", lambda log, stored: ("tasks", "incidents"))
    with pytest.raises(UserError, match="tasks, incidents come out otherwise"):
        play(read(copy))


def test_a_run_whose_tables_were_changed_is_not_played(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    villages = copy / "region" / "villages.csv"
    villages.write_text(villages.read_text(encoding="utf-8").replace("Muara", "Mvara"), encoding="utf-8")
    assert call(["playback", str(copy)]) == 2
    error = capsys.readouterr().err
    assert "villages.csv" in error and "not what was written" in error and "Traceback" not in error


def test_a_run_with_another_seed_than_it_was_played_with_is_not_shown(copy: Path) -> None:
    run = read(copy)
    settings = run.manifest["scenario"]["run"]
    manifest = {**run.manifest, "scenario": {**run.manifest["scenario"], "run": {**settings, "seed": 7}}}
    (copy / "manifest.json").write_bytes(written(manifest))
    with pytest.raises(UserError, match="come out otherwise"):
        play(read(copy))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--strategies", "risk_weigted"), "did you mean 'risk_weighted'"),
        (("--strategies", "even_spread,even_spread"), "two different ones"),
        (("--strategies", ""), "risk_weighted"),
        (("--day", "77"), "days 0 to 4"),
        (("--day", "middle"), "'median', 'worst' or the number"),
    ],
)
def test_what_cannot_be_is_refused_by_the_command(
    run: Run, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    assert call(["playback", str(run.path), *options]) == 2
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error


def test_the_command_says_what_it_wrote_and_of_which_day(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["playback", str(copy), "--strategies", "risk_weighted", "--day", "worst"]) == 0
    out = capsys.readouterr().out
    assert "the worst day" in out and "Risk weighted" in out and str(copy / FILE) in out
    made = (copy / FILE).read_text(encoding="utf-8")
    assert "--strategies risk_weighted --day worst" in made
    assert len(packed(made)["plans"]) == 1


def test_a_folder_that_cannot_be_written_is_said(played: Played, tmp_path: Path) -> None:
    gone = replace(played, run=Run(tmp_path / "gone", played.run.manifest, played.run.batches))
    with pytest.raises(UserError, match="cannot be written"):
        save(gone)
