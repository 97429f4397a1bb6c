"""The head of the console: two clocks, what would be undone by name, and what happened while time was put on."""

from __future__ import annotations

from sim.exercise.room.console.clock import digest, head
from sim.exercise.room.console.said import clock
from sim.exercise.session.actions import Back, Deliver, End, GoTo, Jump, Pause, Run, Undo
from sim.exercise.session.room import Room
from tests.exercise.room.console.conftest import Does, WallClock


def test_the_clock_that_runs_shows_its_own_time_and_speed(room: Room, does: Does, wall: WallClock) -> None:
    start = room.state.start
    assert (head(room)["time"], head(room)["running"]) == (clock(start), False)
    does(Run(speed=5))
    wall.wind(2)
    found = head(room)
    assert (found["time"], found["running"], found["speed_said"]) == (clock(start + 10), True, "5 ×")
    does(Pause())
    wall.wind(60)
    assert head(room)["time"] == clock(start + 10)


def test_a_speed_that_is_not_offered_can_still_be_seen_as_chosen(room: Room, does: Does) -> None:
    does(Run(speed=7.5))
    assert (7.5, "7.5 ×") in head(room)["speeds"]


def test_what_would_be_undone_is_named(room: Room, does: Does) -> None:
    assert head(room)["undo"] is None
    entry = does(Deliver(inject=1))
    assert head(room)["undo"] == {"entry": entry.seq, "what": "Inject 1 delivered"}
    does(Undo(entry=entry.seq))
    assert head(room)["undo"] is None


def test_late_injects_are_counted(room: Room, does: Does) -> None:
    assert head(room)["late"] == 0
    does(Jump(to=605))
    assert head(room)["late"] == 3


def test_the_digest_tells_what_happened_and_what_became_due_between_the_two_times_alone(room: Room, does: Does) -> None:
    assert digest(room)["digest"] is None
    does(Jump(to=570))
    does(Jump(to=590))
    found = digest(room)["digest"]
    assert (found["start"], found["end"]) == ("09:30", "09:50")
    assert "incident/s0/reported" in [one["key"] for one in found["events"]]
    assert all(570 < one["minutes"] <= 590 for one in found["events"])
    assert [one["number"] for one in found["due"]] == [2]
    assert found["due"][0]["waits"]
    does(Deliver(inject=2))
    assert not digest(room)["digest"]["due"][0]["waits"]


def test_the_line_has_a_name(room: Room, does: Does) -> None:
    assert head(room)["line"] == "first line"
    does(Jump(to=600))
    does(Back(to=590, name="otherwise"))
    assert head(room)["line"] == "otherwise"
    does(GoTo(line=0))
    does(Back(to=580))
    assert head(room)["line"] == "line 2, from 09:40"


def test_the_end_and_a_disk_that_is_full_are_said(room: Room, does: Does) -> None:
    assert not head(room)["ended"]
    does(End())
    assert head(room)["ended"]
    room.read_only = "the room is read-only: no space"
    assert head(room)["read_only"] == "the room is read-only: no space"
