"""Two rooms on the same day: refused unless they are, and put side by side where they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from sim.cli.exercise import command
from sim.errors import UserError
from sim.exercise.after.blocks import Table
from sim.exercise.after.contest import FIRST, SECOND, check_same_day, contest, room_names
from sim.exercise.after.contest_page import contest_paper
from sim.exercise.after.contest_table import contest_rows
from sim.exercise.after.page import html
from sim.exercise.after.read import read_session
from sim.exercise.futures.measure import Measure
from sim.exercise.session.actions import Decide, Deliver, End, Jump, Rate, Rating
from sim.exercise.session.new import new_session
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.words.language import Language, spoken
from tests.conftest import QUIET, small_scenario
from tests.exercise.after.conftest import INJECTS, E, Hands, hold_back, player
from tests.exercise.session.conftest import ONSET, RIOT


def held(do: Hands) -> None:
    """A room that lets nobody move."""
    do(Jump(to=ONSET - 1))
    for first in range(0, len(do.units), 50):
        do(Decide(text="nobody moves", who="chief", orders=hold_back(*do.units[first : first + 50])))
    do(Deliver(inject=2))
    do(Rate(inject=2, rating=Rating.U), "x", E)
    do(End())


def watched(do: Hands) -> None:
    """A room that lets the plan go on."""
    do(Jump(to=ONSET + 2))
    do(Decide(text="the plan goes on", who="deputy"))
    do(Deliver(inject=2))
    do(Rate(inject=2, rating=Rating.P), "x", E)


@pytest.fixture
def rooms(begun: Callable[..., Hands]) -> tuple[Path, Path]:
    one, two = begun("one"), begun("two")
    held(one)
    watched(two)
    return one.room.folder, two.room.folder


@pytest.mark.parametrize("language", Language)
def test_two_rooms_side_by_side(rooms: tuple[Path, Path], language: Language) -> None:
    one, two = map(read_session, rooms)
    made = contest(one, two, player(one), 6)
    assert made.names == ("one", "two") and made.found is not None
    found = made.found
    assert found.question.moment.time == ONSET - 1 and found.futures == 6
    plan, between = found.differences(SECOND), found.differences(FIRST, SECOND)
    assert all((change.less, change.more) == (0, 0) for change in plan.values()), "the second room is the plan"
    assert between == found.differences(FIRST), "so the first differs from it as from the plan"
    assert between[Measure.REINFORCEMENT].more == 6 and between[Measure.PEAK_CROWD].more >= 4
    with spoken(language):
        paper = contest_paper(made, "simulate exercise compare one two")
        page = html(paper)
    assert f'lang="{language}"' in page and "nobody moves" in page and "the plan goes on" in page
    assert paper.warning, "the second room has not ended"
    table = next(block for block in paper.blocks if isinstance(block, Table) and block.widths == (10, 45, 45))
    clocks = [row[0].text.replace(".", ":") for row in table.rows]
    assert clocks == ["09:39", "09:42"] and [row[1].text for row in table.rows] == ["nobody moves", "–"]
    rows = contest_rows(made)
    assert rows is not None and len(rows.columns) == 5 and all(len(row) == 5 for row in rows.cells)


def test_ratings_stand_side_by_side(rooms: tuple[Path, Path]) -> None:
    paper = contest_paper(contest(*map(read_session, rooms), None, 0), "x")
    table = [block for block in paper.blocks if isinstance(block, Table)][-1]
    told = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    assert told[INJECTS[1].objective] == [
        "P 0, S 0, M 0, U 1; not rated 0, not delivered 1", "P 1, S 0, M 0, U 0; not rated 0, not delivered 1",
    ]  # fmt: skip


def test_the_same_session_twice_is_refused(rooms: tuple[Path, Path]) -> None:
    with pytest.raises(UserError, match="the same twice"):
        check_same_day(read_session(rooms[0]), read_session(rooms[0] / ".." / "one"))


def test_another_day_is_refused(rooms: tuple[Path, Path], played: Run, tmp_path: Path) -> None:
    new_session(tmp_path / "other", played, "central_reserve", 1, INJECTS, "x")
    with pytest.raises(UserError, match="they are of day 0 and day 1"):
        check_same_day(read_session(rooms[0]), read_session(tmp_path / "other"))


def another(folder: Path, *more: str) -> Run:
    settings = ("strategy=central_reserve", "region.forces.police=160", RIOT, *QUIET, "run.replications=1")
    return execute(small_scenario(*settings, "run.workers=1", f"run.output='{folder}'", *more), command="x")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("run.seed=7", "seeds"),
        ('voting.close="14:00"', "scenarios or the tables"),
        ("region.forces.police=161", "scenarios or the tables"),
    ],
)
def test_another_run_is_refused(rooms: tuple[Path, Path], tmp_path: Path, more: str, why: str) -> None:
    new_session(tmp_path / "other", another(tmp_path / "runs", more), "central_reserve", 0, INJECTS, "x")
    with pytest.raises(UserError, match=why):
        check_same_day(read_session(rooms[0]), read_session(tmp_path / "other"))


def test_another_plan_is_refused(rooms: tuple[Path, Path], tmp_path: Path) -> None:
    two = read_session(rooms[1])
    other = two.about.model_copy(update={"strategy": "even_spread"})
    with pytest.raises(UserError, match="plan in force: 'central_reserve' and 'even_spread'"):
        check_same_day(
            read_session(rooms[0]),
            type(two)(two.folder, other, *(getattr(two, n) for n in ("run", "opening", "entries", "state"))),
        )


def test_a_table_that_was_edited_is_refused(rooms: tuple[Path, Path], tmp_path: Path) -> None:
    other = copytree(rooms[1], tmp_path / "edited")
    table = next((other / "played" / "region").glob("*.csv"))
    table.write_text(table.read_text() + "\n")
    with pytest.raises(UserError, match="belong to the table as it was"):
        read_session(other)


def test_rooms_of_one_name_are_told_apart(rooms: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = map(read_session, rooms)
    assert room_names(one, two) == ("one", "two")
    twin = copytree(rooms[0], tmp_path / "elsewhere" / "one")
    assert len(set(room_names(one, read_session(twin)))) == 2


def test_both_commands(rooms: tuple[Path, Path], tmp_path: Path) -> None:
    run = CliRunner().invoke(command, ["report", str(rooms[0]), "--futures", "0", "--out", str(tmp_path / "r")])
    assert run.exit_code == 0, run.output
    assert [Path(line).name for line in run.output.split()] == [
        "report.html",
        "report.docx",
        "log.jsonl",
        "session.xlsx",
    ]
    run = CliRunner().invoke(command, ["compare", *map(str, rooms), "--futures", "0"])
    assert run.exit_code == 0, run.output
    assert (rooms[0] / "report" / "compare-two.html").exists() and "--futures 0" in run.output


def test_a_folder_that_is_no_session(tmp_path: Path) -> None:
    (tmp_path / "session.json").write_text(json.dumps({"version": 99}))
    with pytest.raises(UserError, match="version 99"):
        read_session(tmp_path)
    with pytest.raises(UserError, match="is not the folder of a session"):
        read_session(tmp_path / "none")
