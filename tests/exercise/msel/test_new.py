"""``simulate exercise new``: a session of a run and a list, and a second room on the same day."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli import call
from sim.config.fields import clock_in_words
from sim.exercise.inject import InjectStatus
from sim.exercise.msel import written
from sim.exercise.pack.played import played_day
from sim.exercise.session.about import read_about, read_injects, read_secret
from sim.exercise.session.actions import Jump, RoomRole
from sim.exercise.session.room import Room
from sim.experiment.batch import world_of
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.words.language import Language
from tests.conftest import QUIET, small_scenario
from tests.exercise.msel.conftest import HEADINGS, LIST, ROW, saved

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 30}]'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A finished run of three days under two plans."""
    more = ("run.replications=3", "run.workers=1", f"run.output='{tmp_path_factory.mktemp('runs')}'")
    return execute(
        small_scenario(RIOT, "strategy=even_spread,minimum_pattern", "region.forces.police=120", *QUIET, *more)
    )


@pytest.fixture(scope="module")
def start(run: Run) -> float:
    """When the simulated day begins, minutes after midnight."""
    return world_of(run.own_scenario).start


@pytest.fixture
def listed(start: float, tmp_path: Path) -> Path:
    file = tmp_path / "list.xlsx"
    file.write_bytes(written(LIST, start))
    return file


def said(capsys: pytest.CaptureFixture[str], *args: object) -> str:
    assert call(["exercise", "new", *map(str, args)]) == 0, capsys.readouterr().err
    return " ".join(capsys.readouterr().out.split())


def refused(capsys: pytest.CaptureFixture[str], *args: object) -> str:
    assert call(["exercise", "new", *map(str, args)]) == 2
    return capsys.readouterr().err


def test_a_session_holds_the_list_the_plan_and_the_day(
    run: Run, start: float, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "session"
    out = said(capsys, folder, "--run", run.path, "--plan", "minimum_pattern", "--day", "2", "--msel", listed)
    about = read_about(folder)
    assert (about.strategy, about.day, about.start, about.name) == ("minimum_pattern", 2, start, "session")
    assert about.command.startswith(f"simulate exercise new {folder} --run {run.path} --plan minimum_pattern --day 2")
    assert read_injects(folder) == (replace(LIST[0], status=InjectStatus.SCHEDULED), *LIST[1:])
    assert (
        "Day 2 of 3 simulated days, chosen by its number." in out
        and "Injects: 3." in out
        and f"starts at {clock_in_words(start)}" in out
    )
    assert "Nobody's name belongs into a session" in out and f"Next: simulate exercise run {folder}" in out


def test_the_day_is_the_median_one_and_the_plan_the_first_unless_said(
    run: Run, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys, tmp_path / "session", "--run", run.path, "--msel", listed, "language=id")
    about = read_about(tmp_path / "session")
    assert about.strategy == run.strategies[0] and about.language is Language.INDONESIAN
    assert "hari" in out and "median" in out


def test_without_a_list_the_injects_are_those_of_the_pack(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, tmp_path / "session", "--run", run.path, "--day", "0")
    made = read_injects(tmp_path / "session")
    told = played_day(run, run.strategies[0], "0").injects()
    assert len(made) > 3 and [one.seq for one in made] == [one.seq for one in told]
    assert [(one.time, one.model_event, one.text) for one in made] == [(o.time, o.model_event, o.text) for o in told]


def test_the_list_of_a_pack_is_a_list_for_its_session(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exported, and taken in again without an edit, it makes the same session."""
    played = played_day(run, run.strategies[0], "0")
    file = tmp_path / "msel.xlsx"
    file.write_bytes(written(played.injects(), played.start))
    said(capsys, tmp_path / "edited", "--run", run.path, "--day", "0", "--msel", file)
    said(capsys, tmp_path / "made", "--run", run.path, "--day", "0")
    ours, theirs = read_injects(tmp_path / "edited"), read_injects(tmp_path / "made")
    assert [replace(one, time=None) for one in ours] == [replace(one, time=None) for one in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert one.time == pytest.approx(other.time, abs=0.5 / 60) if other.time is not None else one.time is None


def test_an_inject_that_waits_for_what_does_not_happen_is_named(
    run: Run, start: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = ("incident/s0/reported", "incident/s0/reportd", "phase: opening", "")
    injects = [replace(LIST[0], seq=seq, model_event=event) for seq, event in enumerate(events, 1)]
    file = tmp_path / "list.xlsx"
    file.write_bytes(written(injects, start))
    assert call(["exercise", "new", str(tmp_path / "session"), "--run", str(run.path), "--msel", str(file)]) == 0
    err = capsys.readouterr().err
    assert "Inject 2 waits for 'incident/s0/reportd', which does not happen" in err
    assert "did you mean 'incident/s0/reported'?" in err and "Inject 3 waits for 'phase: opening'" in err
    assert "Inject 1 " not in err and "Inject 4 " not in err


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
