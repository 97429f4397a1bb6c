"""The events of a day: each once, with a key that stays, when it happened and not before it can be known."""

from __future__ import annotations

from math import isnan

import pytest

from sim.exercise.pack.events import ModelEvent, OfIncident, Subject, events_of
from sim.exercise.pack.seen import What, seen_in, seen_of
from sim.exercise.pack.told import due_times
from sim.vocabulary import Severity, StationState
from tests.exercise.pack.conftest import Watched


def by_key(events: list[ModelEvent]) -> dict[str, ModelEvent]:
    return {event.key: event for event in events}


def test_keys_are_unique_and_say_what_happened(busy: Watched) -> None:
    found = by_key(busy.events)
    assert len(found) == len(busy.events)
    for key in (
        "phase/opening", "phase/closing", "phase/counting", "incident/s0/onset", "incident/s0/reported",
        "road/T1.1--T2.1/closed", "road/T1.1--T2.1/open", "road/T1.1--T1.2/slow", "road/T1.1--T1.2/free",
    ):  # fmt: skip
        assert key in found
    assert found["road/T1.1--T2.1/closed"].time == 500.0 and found["road/T1.1--T2.1/open"].time == 690.0
    assert found["phase/opening"].time == 420.0 and found["phase/closing"].time == 780.0
    late = [event for event in busy.events if event.what is What.LATE]
    opened = [event for event in busy.events if event.what is What.OPENED]
    assert late and {event.time for event in late} == {420.0}
    assert {e.name for e in late} <= {e.name for e in opened} and 540.0 in {event.time for event in opened}
    assert [e.time for e in busy.events] == sorted(e.time for e in busy.events)


def test_times_are_those_of_the_log(busy: Watched) -> None:
    table = busy.log.tables["incidents"]
    for i, identity in enumerate(table["incident"].tolist()):
        for what in (What.ONSET, What.REPORTED, What.FIRST_ON_SCENE, What.YELLOW, What.RED, What.ENDED):
            event = by_key(busy.events).get(f"incident/{identity}/{what}")
            time = float(table[what][i])
            assert isnan(time) if event is None else event.time == time


def test_a_day_that_is_played_on_has_the_same_events_so_far(busy: Watched) -> None:
    """Looked at again and again, an event keeps its key and its time; none is taken back."""
    day, final = busy.fresh(), {(event.key, event.time) for event in busy.events}
    before: set[tuple[str, float]] = set()
    for time in range(int(busy.world.start), int(busy.world.end), 37):
        day.until(float(time))
        now = {(event.key, event.time) for event in events_of(seen_of(day, busy.draws.troubles), busy.world)}
        assert before <= now <= final
        assert all(when <= time for _, when in now)
        before = now


def test_looking_changes_nothing(busy: Watched) -> None:
    day = busy.fresh()
    for time in (450.0, 600.0, 700.0, 900.0):
        day.until(time)
        seen_of(day, busy.draws.troubles)
    again = day.run()
    for name, columns in busy.log.tables.items():
        for column, values in columns.items():
            assert values.tobytes() == again.tables[name][column].tobytes() or values.dtype.kind == "O"


def test_stations_stand_still_when_the_day_says_so(busy: Watched) -> None:
    """The state of the station itself, asked a moment before and after, has turned."""
    states = {
        What.STOPPED: {StationState.STOPPED}, What.SHUT: {StationState.SHUT},
        What.EVACUATED: {StationState.EVACUATED}, What.ABANDONED: {StationState.ABANDONED},
        What.RESUMED: {StationState.OPEN, StationState.CLOSED},
    }  # fmt: skip
    turned = [e for e in busy.events if e.subject is Subject.STATION and e.what in states]
    assert {What.STOPPED, What.EVACUATED} <= {event.what for event in turned}
    codes, day = busy.world.region.stations.code, busy.fresh()
    for event in turned:
        station = codes.index(event.name)
        day.until(event.time - 1e-6)
        before = day.polls.state(station)
        day.until(event.time + 1e-6)
        assert before not in states[event.what] and day.polls.state(station) in states[event.what]


def test_ballots_run_out_when_as_many_have_begun_as_there_were(busy: Watched) -> None:
    found = [event for event in busy.events if event.what is What.UNSUPPLIED]
    assert found
    day, codes = busy.fresh(), busy.world.region.stations.code
    for event in found:
        station = codes.index(event.name)
        ballots = int(busy.draws.troubles.ballots[station])
        day.until(event.time - 1e-6)
        votes = day.polls.votes_so_far(station)
        assert votes.voted + votes.in_room == ballots - 1
        day.until(event.time + 1e-6)
        votes = day.polls.votes_so_far(station)
        assert votes.voted + votes.in_room == ballots


def test_nothing_of_a_disturbance_is_known_before_its_report(busy: Watched) -> None:
    reported = {e.name: e.time for e in busy.events if e.what is What.REPORTED}
    for event in busy.events:
        if event.subject is Subject.INCIDENT and event.what is not What.ONSET and not isnan(event.known):
            assert event.known >= max(event.time, reported[event.name])
    due = due_times(busy.events)
    assert due["incident/s0/onset"] == 580.0 and due["incident/s0/reported"] == reported["s0"]
    assert all(time >= by_key(busy.events)[key].time for key, time in due.items())


def test_officers_tell_only_when_they_are_there(busy: Watched) -> None:
    first = {e.name: e.time for e in busy.events if e.what is What.FIRST_ON_SCENE}
    for event in busy.events:
        if isinstance(event.facts, OfIncident) and event.facts.officers and not isnan(event.known):
            assert first[event.name] <= event.known
    table = busy.log.tables["incidents"]
    for i, identity in enumerate(table["incident"].tolist()):
        facts = by_key(busy.events)[f"incident/{identity}/reported"].facts
        assert isinstance(facts, OfIncident)
        red = float(table["red"][i])
        assert (facts.severity is Severity.RED) == (red <= float(table["reported"][i]))


def test_a_log_tells_the_same_but_for_when_stations_stood_still(busy: Watched) -> None:
    of_log = by_key(events_of(seen_in(busy.log, busy.world), busy.world))
    of_day = by_key(busy.events)
    unknown = {What.STOPPED, What.SHUT, What.RESUMED, What.ABANDONED, What.UNSUPPLIED}
    assert set(of_log) == {key for key, event in of_day.items() if event.what not in unknown}
    for key, event in of_log.items():
        assert event.time == pytest.approx(of_day[key].time)


def test_a_disturbance_that_nobody_tells_of_is_known_to_nobody() -> None:
    """Turn all reports away: only the onset is left to be due."""
    from sim.day.world import prepare
    from tests.conftest import QUIET, small_scenario

    untold = 'incidents=[{kind: hoax, onset: "09:00", place: T2.2}]'
    watched = Watched(prepare(small_scenario(untold, "kinds.hoax.telling.share=0", *QUIET)))
    mine = [event for event in watched.events if event.subject is Subject.INCIDENT]
    assert {event.what for event in mine} >= {What.ONSET, What.ENDED}
    reported = [event for event in mine if event.what is What.REPORTED]
    if not reported:
        assert list(due_times(mine)) == ["incident/s0/onset"]


def test_a_poll_that_is_put_off_is_an_event_that_can_be_told() -> None:
    from sim.day.world import prepare
    from tests.conftest import QUIET, small_scenario

    often = "voting.trouble.put_off={later_share: 0.1, stopped_share: 0.2}"
    watched = Watched(prepare(small_scenario(often, "incidents=[]", *QUIET)))
    stops = watched.draws.troubles.put_off
    given_up = [event for event in watched.events if event.what is What.ABANDONED]
    assert stops and {event.time for event in given_up} == {stop.time for stop in stops}
    assert {event.key for event in given_up} <= set(due_times(watched.events))
