"""An exercise pack: what players may know is in their file, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.day.world import prepare
from sim.errors import UserError
from sim.exercise.expected import expect, milestones, votes_lost
from sim.exercise.inject import COLUMNS, HIDDEN, Inject
from sim.exercise.pack import read_spreadsheet, spreadsheet, write_pack
from sim.exercise.timeline import timeline
from sim.experiment.execute import execute
from sim.experiment.store import Run
from tests.conftest import small_scenario

SECRET = "Kepiting Merah"
RIOT = (
    'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 30, followers: 1},'
    '{kind: bomb_threat, onset: "11:10", place: "Pasar Timur"}]'
)
CLOSURE = 'closures=[{between: [T1.1, T2.1], closed_at: "08:20", reopened_at: "11:30"}]'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    overrides = (
        RIOT,
        CLOSURE,
        f"title={SECRET}",
        f"description={SECRET} in detail",
        "run.replications=6",
        "run.workers=1",
    )
    return execute(small_scenario(*overrides, f"run.output='{tmp_path_factory.mktemp('runs')}'"))


@pytest.fixture(scope="module")
def injects(run: Run) -> list[Inject]:
    return timeline(prepare(run.scenario), run.table("incidents"), run.replications)


def test_the_list_tells_the_scenario_in_order(run: Run, injects: list[Inject]) -> None:
    assert [i.seq for i in injects] == list(range(1, len(injects) + 1))
    times = [i.scenario_time for i in injects]
    assert times == sorted(times)
    events = [i.model_event for i in injects]
    for event in (
        "phase: opening",
        "incident s0: onset",
        "incident s0: reported",
        "incident s1: onset",
        "phase: closing",
        "phase: counting",
    ):
        assert event in events
    onset = injects[events.index("incident s0: onset")]
    assert (onset.scenario_time, onset.exercise_time, onset.recipient) == ("09:40", "T+3:10", "control team")
    assert {"08:20", "11:30"} <= {i.scenario_time for i in injects if "Road" in i.title}
    reported = injects[events.index("incident s0: reported")]
    assert re.search(
        r"Even spread: report at the operations centre about \d\d:\d\d, between \d\d:\d\d and", reported.note
    )


def test_a_spreadsheet_read_back_is_the_same_list(injects: list[Inject]) -> None:
    assert read_spreadsheet(spreadsheet(injects)) == injects
    assert len(COLUMNS) == 23


def test_an_empty_list_and_odd_characters_survive(injects: list[Inject]) -> None:
    odd = Inject(1, "m", "g", "T+0:00", "07:00", "event", "d", "s", "r", "t", 'line one\nline two; "quoted" – é')
    assert read_spreadsheet(spreadsheet([odd])) == [odd]


def test_players_get_nothing_that_is_hidden(run: Run, injects: list[Inject], tmp_path: Path) -> None:
    files = write_pack(run, tmp_path)
    names = {str(f.relative_to(tmp_path)) for f in files}
    assert names == {"control/msel.xlsx", "control/facilitator.html", "players/participant.html"}
    players = (tmp_path / "players" / "participant.html").read_text(encoding="utf-8")
    control = (tmp_path / "control" / "facilitator.html").read_text(encoding="utf-8")
    hidden = {getattr(i, name) for i in injects for name in HIDDEN} | {i.text for i in injects}
    hidden |= {SECRET, "riot", "Riot", "Bomb", "09:40", "11:10", "08:20", "calm_day", str(run.path), "reinforce"}
    hidden -= {"", "draft"}
    assert [text for text in hidden if isinstance(text, str) and text in players] == []
    assert "<!--" not in players
    assert SECRET in control and "about" in control
    assert "Tanjung Contoh" in players and "9,000" in players and "07:00" in players


def test_the_facilitator_sees_ranges_for_every_strategy(run: Run, tmp_path: Path) -> None:
    write_pack(run, tmp_path)
    page = (tmp_path / "control" / "facilitator.html").read_text(encoding="utf-8")
    for strategy in run.scenario.strategies:
        assert strategy.title in page
    assert page.count("between") > 5
    assert "Over 6 simulated days" in page


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


def test_a_folder_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        write_pack(run, tmp_path / "taken")
