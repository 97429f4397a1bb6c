"""An exercise pack: what players may know is in their papers, and nothing else is, in any byte."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.config.fields import clock_in_words
from sim.errors import UserError
from sim.exercise.expected import expect, milestones, votes_lost
from sim.exercise.inject import HIDDEN, Inject
from sim.exercise.pack.handbook import exercise_time
from sim.exercise.pack.played import Played, played_day
from sim.exercise.pack.write import write_pack
from sim.experiment.again import stored_day
from sim.experiment.store import Run
from sim.report.chosen_day import chosen_day
from sim.words import exercise as words
from sim.words import exercise_pack as papers
from tests.exercise.pack.conftest import SECRET, all_bytes

PAPERS = {
    "players/situation_manual", "players/deployment", "release/inject_cards", "control/facilitator_handbook",
    "control/move_lists", "evaluators/evaluation_guide",
}  # fmt: skip
FILES = {f"{paper}.{end}" for paper in PAPERS for end in ("html", "docx")} | {
    "control/msel.xlsx", "players/floor_map_a3.html", "players/floor_map_a0.html",
}  # fmt: skip


@pytest.fixture(scope="module")
def pack(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    assert {str(f.relative_to(folder)) for f in write_pack(run, folder)} == FILES
    return folder


@pytest.fixture(scope="module")
def played(run: Run) -> Played:
    return played_day(run, None, "median")


@pytest.fixture(scope="module")
def injects(played: Played) -> tuple[Inject, ...]:
    return played.injects()


def test_players_papers_hold_nothing_hidden_and_nothing_to_come(
    run: Run, pack: Path, played: Played, injects: tuple[Inject, ...]
) -> None:
    shared = {words.OBJECTIVES[key] for key in words.OBJECTIVES} | set(papers.PLAYER_OBJECTIVES)
    hidden = {str(getattr(i, name)) for i in injects for name in HIDDEN if name not in ("longest_minutes", "status")}
    hidden |= {i.text for i in injects}
    hidden |= {SECRET, "riot", "Riot", "omb threat", "calm_day", "09:40", "11:10", "11:30", str(run.path), "incident/"}
    hidden |= {clock_in_words(i.time) for i in injects if i.time is not None}
    hidden -= {clock_in_words(played.start), "07:00", "13:00"}  # when it starts, and when stations open and close
    hidden -= {"", "None", words.PEOPLE["team"], *shared}
    for file in sorted((pack / "players").iterdir()):
        content = all_bytes(file)
        assert [text for text in hidden if text in content] == [], file.name
        assert "<!--" not in content
    manual = all_bytes(pack / "players" / "situation_manual.html")
    assert "Tanjung Contoh" in manual and "9,000" in manual and played.title in manual


def test_cards_hold_what_players_may_be_given_and_nothing_else(pack: Path, injects: tuple[Inject, ...]) -> None:
    for end in ("html", "docx"):
        content = all_bytes(pack / "release" / f"inject_cards.{end}")
        plain = re.sub(r"&#39;", "'", re.sub(r"<[^>]*>", "", content))
        for inject in injects:
            assert (inject.text in plain) == bool(inject.group), "the control team's own have no card"
            for name in ("title", "note", "expected_action", "decision", "condition", "learning_point"):
                value = str(getattr(inject, name))
                assert not value or len(value) < 12 or value in inject.text or value not in plain, name
        assert SECRET not in content and "contingency" not in plain and "incident/" not in content


def test_what_is_secret_is_in_files_of_its_own(pack: Path) -> None:
    for name in ("control/facilitator_handbook", "control/move_lists", "evaluators/evaluation_guide"):
        page, document = all_bytes(pack / f"{name}.html"), all_bytes(pack / f"{name}.docx")
        assert "Secret:" in page and "Secret:" in document
    assert SECRET in all_bytes(pack / "control" / "facilitator_handbook.html")


def test_the_handbook_has_a_page_for_each_inject_and_ranges(
    pack: Path, played: Played, injects: tuple[Inject, ...]
) -> None:
    page = all_bytes(pack / "control" / "facilitator_handbook.html").replace("&#39;", "'")
    assert page.count('class="new"') == len(injects) + 1, "and the list on one"
    for inject in injects:
        assert inject.text in page and inject.title in page
    assert page.count("between") > 5 and "of 6 simulated days" in page and played.title in page
    first = played.ranges["s0"]["reported"]
    assert first.words in page


def test_the_guide_rates_what_somebody_is_expected_to_do(pack: Path, injects: tuple[Inject, ...]) -> None:
    page = all_bytes(pack / "evaluators" / "evaluation_guide.html").replace("&#39;", "'")
    rated = [inject for inject in injects if inject.group]
    assert page.count(papers.GUIDE["boxes"]) == len(rated)
    assert all(inject.expected_action in page for inject in rated)


def test_everybody_is_told_which_plan_is_in_force(run: Run, pack: Path, played: Played) -> None:
    titles = run.scenario.titles
    for name in FILES:
        if name.startswith("players/"):
            assert titles[played.strategy] in all_bytes(pack / name)
    plan = all_bytes(pack / "players" / "deployment.html")
    deployment = played.world.response(played.strategy).deployment
    for post in deployment.posts:
        assert all(played.world.region.stations.name[station] in plan for station in post.stations)


def test_nothing_is_loaded_from_anywhere(pack: Path) -> None:
    for file in pack.rglob("*.html"):
        content = file.read_text(encoding="utf-8")
        assert not re.search(r"(src|href)\s*=\s*[\"'](?!data:|#)", content) and "url(http" not in content
        assert "<script" not in content


def test_the_day_is_the_run_s_own(run: Run, played: Played) -> None:
    stored = stored_day(run, played.strategy, played.chosen.day)["incidents"]
    assert played.log.tables["incidents"]["onset"].tolist() == stored["onset"].tolist()
    assert played.chosen == chosen_day(run, "median") and played.chosen.day in run.finished
    assert played_day(run, None, "3").chosen.day == 3


def test_the_same_pack_is_the_same_bytes_and_is_never_written_over(run: Run, pack: Path) -> None:
    before = {f: f.read_bytes() for f in pack.rglob("*") if f.suffix in (".html", ".docx")}
    write_pack(run, pack)
    assert before == {f: f.read_bytes() for f in before}
    manual = pack / "players" / "situation_manual.docx"
    edited = manual.read_bytes() + b"edited"
    manual.write_bytes(edited)
    with pytest.raises(UserError, match="edited after it was made"):
        write_pack(run, pack)
    assert manual.read_bytes() == edited
    manual.write_bytes(before[manual])


def test_a_plan_or_a_day_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"'even_sprea' was not played.*did you mean 'even_spread'"):
        write_pack(run, tmp_path, strategy="even_sprea")
    with pytest.raises(UserError, match="replication 77 is not in"):
        write_pack(run, tmp_path, day="77")
    with pytest.raises(UserError, match="'median', 'worst' or the number"):
        write_pack(run, tmp_path, day="best")
    (tmp_path / "taken").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        write_pack(run, tmp_path / "taken")


def test_times_since_the_start() -> None:
    assert [exercise_time(time, 390.0) for time in (390.0, 420.0, 580.4, 380.0, 1850.0)] == [
        "T+0:00", "T+0:30", "T+3:10", "T-0:10", "T+24:20",
    ]  # fmt: skip


def test_expected_times_by_hand() -> None:
    found = expect(pd.Series([600.0, 610.0, np.nan, 620.0]), days=4)
    assert (found.happened, found.middle, found.low, found.high) == (3, 610.0, 602.0, 618.0)
    assert found.words == "about 10:10, between 10:02 and 10:18; on 3 of 4 days"
    assert expect(pd.Series([np.nan]), days=4).words == "on none of 4 days"
    assert expect(pd.Series([600.0]), days=1).words == "about 10:00, between 10:00 and 10:00"


def test_milestones_are_of_one_incident_and_one_strategy() -> None:
    rows = [
        {"incident": "s0", "strategy": "a", "reported": 600.0, "red": np.nan},
        {"incident": "s1", "strategy": "a", "reported": 100.0, "red": 1.0},
        {"incident": "s0", "strategy": "b", "reported": 200.0, "red": 2.0},
    ]
    columns = ("first_on_scene", "first_reinforcement", "yellow", "force_complete", "ended")
    frame = pd.DataFrame(rows).assign(**dict.fromkeys(columns, np.nan))
    found = milestones(frame, "s0", "a", 1)
    assert found["reported"].middle == 600.0 and found["red"].happened == 0


def test_votes_lost_by_hand() -> None:
    frame = pd.DataFrame(
        {"strategy": ["a"] * 4, "replication": [0, 0, 1, 1], "calm_voted": [10, 10, 10, 10], "voted": [9, 8, 10, 10]}
    )
    assert votes_lost(frame, "a") == pytest.approx((0.3, 1.5, 2.7))
