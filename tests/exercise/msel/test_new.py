"""``simulate exercise new``: a session of a run and a list, and a second room on the same day."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli import call
from sim.exercise.inject import InjectStatus
from sim.exercise.msel import written
from sim.exercise.session.about import read_about, read_injects, read_secret
from sim.exercise.session.actions import Jump, RoomRole
from sim.exercise.session.room import Room
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.words.language import Language
from tests.conftest import QUIET, small_scenario
from tests.exercise.msel.conftest import HEADINGS, LIST, ROW, START, saved

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 30}]'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A finished run of three days under two plans."""
    more = ("run.replications=3", "run.workers=1", f"run.output='{tmp_path_factory.mktemp('runs')}'")
    return execute(
        small_scenario(RIOT, "strategy=even_spread,minimum_pattern", "region.forces.police=120", *QUIET, *more)
    )


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    file = tmp_path / "list.xlsx"
    file.write_bytes(written(LIST, START))
    return file


def said(capsys: pytest.CaptureFixture[str], *args: object) -> str:
    assert call(["exercise", "new", *map(str, args)]) == 0, capsys.readouterr().err
    return " ".join(capsys.readouterr().out.split())


def refused(capsys: pytest.CaptureFixture[str], *args: object) -> str:
    assert call(["exercise", "new", *map(str, args)]) == 2
    return capsys.readouterr().err


def test_a_session_holds_the_list_the_plan_and_the_day(
    run: Run, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "session"
    out = said(capsys, folder, "--run", run.path, "--plan", "minimum_pattern", "--day", "2", "--msel", listed)
    about = read_about(folder)
    assert (about.strategy, about.day, about.start, about.name) == ("minimum_pattern", 2, START, "session")
    assert about.command.startswith(f"simulate exercise new {folder} --run {run.path} --plan minimum_pattern --day 2")
    assert read_injects(folder) == (replace(LIST[0], status=InjectStatus.SCHEDULED), *LIST[1:])
    assert "Day 2 of 3 simulated days, chosen by its number." in out and "Injects: 3." in out and "06:30" in out
    assert "Nobody's name belongs into a session" in out and f"Next: simulate exercise run {folder}" in out


def test_the_day_is_the_median_one_and_the_plan_the_first_unless_said(
    run: Run, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys, tmp_path / "session", "--run", run.path, "--msel", listed, "language=id")
    about = read_about(tmp_path / "session")
    assert about.strategy == run.strategies[0] and about.language is Language.INDONESIAN
    assert "hari" in out and "median" in out


def test_two_rooms_on_the_same_day_play_the_same_day(
    run: Run, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    said(capsys, first, "--run", run.path, "--day", "1", "--msel", listed)
    out = said(capsys, second, "--like", first)
    assert "The same run, plan, day and list as 'first'" in out
    a, b = read_about(first), read_about(second)
    assert a.model_copy(update={"name": b.name, "command": b.command}) == b
    assert (b.name, b.command) == ("second", f"simulate exercise new {second} --like {first}")
    assert read_injects(first) == read_injects(second)
    ours, theirs = read_secret(first), read_secret(second)
    assert ours.console != theirs.console and ours.seal != theirs.seal
    happened = []
    for folder in (first, second):
        room = Room(folder)
        room.do(Jump(to=720), by="f", role=RoomRole.FACILITATOR)
        happened.append((room.happened(), json.dumps(room.picture(), default=str)))
        room.close()
    assert happened[0] == happened[1] and happened[0][0]


def test_a_second_room_takes_nothing_from_elsewhere(
    run: Run, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, tmp_path / "first", "--run", run.path, "--msel", listed)
    err = refused(capsys, tmp_path / "second", "--like", tmp_path / "first", "--day", "1", "--msel", listed)
    assert "leave out --day, --msel" in err
    assert "is not the folder of a session" in refused(capsys, tmp_path / "second", "--like", run.path)
    assert "is there already" in refused(capsys, tmp_path / "first", "--like", tmp_path / "first")
    assert not (tmp_path / "second").exists()


def test_what_is_refused_leaves_no_folder(
    run: Run, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "session"
    late = saved(tmp_path / "late.xlsx", [HEADINGS, (1, "36:00", "", "event", "all", "x", "")])
    early = saved(tmp_path / "early.xlsx", [HEADINGS, ROW, (2, "06:00", "", "event", "all", "x", "")])
    foreign = saved(tmp_path / "foreign.xlsx", [("Waktu", "Pesan", "Unsur"), ("07:30", "x", "TNI")])
    for args, why in (
        ((), "a finished run is needed: --run FOLDER"),
        (("--run", run.path, "--plan", "even_spred", "--msel", listed), "did you mean 'even_spread'"),
        (("--run", run.path, "--day", "9", "--msel", listed), "replication 9 is not in"),
        (("--run", run.path, "--day", "best", "--msel", listed), "'median', 'worst' or the number of a day"),
        (("--run", run.path, "--msel", late), "inject 1 is at 36:00; the day that is played ends at"),
        (("--run", run.path, "--msel", early), "row 3, column 'scenario time': 06:00 is before the exercise starts"),
        (("--run", run.path, "--msel", foreign), f"simulate exercise import {foreign} --out LIST.xlsx"),
        (("--run", run.path, "--msel", tmp_path / "none.xlsx"), "cannot be read"),
    ):
        assert why in refused(capsys, folder, *args)
        assert not folder.exists()
    folder.mkdir()
    assert "is there already" in refused(capsys, folder, "--run", run.path, "--msel", listed)
