"""One response told in sentences, from rows written by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import sim
from sim.measures.causes import USUAL, responses
from sim.report.case import Case, sentences, timeline, units
from sim.report.tables_by import why_late
from sim.response.task import COUNTED
from sim.vocabulary import Cause, Outcome, Verdict
from sim.words.why import BECAUSE, CAUSES, OUTCOMES, PARTS, UNSENT, VERDICTS
from tests.inference.test_breakdown import Played
from tests.measures.test_causes import NAN, incident, rows, task


def case(one: dict[str, Any], tasks: list[dict[str, Any]], forces: list[dict[str, Any]]) -> Case:
    found = responses(rows("incidents", one), rows("tasks", *tasks), rows("forces", *forces), 10.0)
    if found.empty:
        found = rows("incidents", one)
    records = [frame.to_dict("records") for frame in (found, rows("tasks", *tasks), rows("forces", *forces))]
    abilities = sim.load("calm_day", []).response.abilities
    return Case(records[0][0], records[1], records[2], "Riot", "TPS 1 Pasar", "Even spread", 10.0, abilities)


RED = {
    "strategy": "a", "incident": "s0", "severity": 2, "reached": 612.0, "known": NAN,
    "short": "crowd_control", "complete": NAN, "asked_presence": 12, "asked_crowd_control": 30, "asked_medical": 1,
    "there_presence": 12, "there_crowd_control": 12,
}  # fmt: skip
GREEN = {
    "strategy": "a", "incident": "s0", "severity": 0, "reached": 600.0, "known": 607.0, "complete": 640.0,
    "asked_presence": 6, "there_presence": 6,
}  # fmt: skip
LATE = case(
    incident(605.0, 607.0, 640.0, ordered=612.0, unsent="busy", red=612.0, controlled=690.0, outcome="contained"),
    [
        task(612.0, unit="patrol/1", strength=4, outcome="diverted", busy=3, held_back=80, km=12.34),
        task(
            620.0, 640.0, unit="reserve/1", strength=12, released=700.0, shortest_minutes=9.0, agency="mobile_brigade"
        ),
    ],
    [GREEN, RED],
)


def test_what_happened_and_why() -> None:
    assert sentences(LATE) == [
        "Riot at TPS 1 Pasar (s0), day 0 under Even spread.",
        "The first officers were there 40.0 minutes after the onset; the standard is 10 minutes.",
        "Why late: a road was closed. They had to go round, or no way was left.",
        "Of this time it took 5.0 until the report (the standard leaves 5.0); 2.0 at the desk of the operations centre "
        "(the standard leaves 2.0); 5.0 until officers were ordered; 8.0 lost because those ordered first were given "
        "something else to do; 10.0 by closed roads; 10.0 to get ready and on the way (the standard leaves 3.0).",
        "When officers were first asked for, none could be ordered: every unit that could have gone was busy.",
        "Of the units that were not sent when patrol/1 was ordered at 10:12: 3 busy; 80 held back (guards who stay at "
        "their posts among them).",
        "The operations centre never knew that it was red.",
        "All that it asked for when red (12 for presence, 30 for crowd control, 1 for medical care) was never there at "
        "one time. When fewest were missing there were 12 of 12 for presence, 12 of 30 for crowd control, 0 of 1 for "
        "medical care; most missing was crowd control.",
    ]


def test_the_timeline_is_in_order_and_has_what_happened_only() -> None:
    told = timeline(LATE)
    assert [time for time, _ in told] == [600, 600, 605, 607, 607, 612, 612, 640, 640, 690, 700]
    assert "the report is handled; no officers can be ordered" in [text for _, text in told]
    assert told[-1][1] == "clear (contained)" and told[-2][1] == "it is no worse than green, and stays so"
    assert not any("first reinforcement" in text for _, text in told), "there was none"


def test_what_it_asks_for_is_told_by_capability_and_as_the_fewest_people_who_can_fill_it() -> None:
    told = [text for _, text in timeline(LATE)]
    red = "it is red; that asks for 12 for presence, 30 for crowd control, 1 for medical care (31 people, as one may "
    assert red + "count for several)" in told
    assert "it is green; that asks for 6 for presence" in told
    assert "43" not in " ".join(told + sentences(LATE)), "a platoon is not counted twice"


def test_who_handled_it_is_told_where_the_sector_post_did() -> None:
    one = incident(605.0, 606.0, 640.0, ordered=606.0, red=612.0, outcome="contained")
    by_sector = case({**one, "handled_by": "sector"}, [task(606.0, 640.0)], [GREEN])
    told, events = sentences(by_sector), [text for _, text in timeline(by_sector)]
    assert "The district's sector post had handled the report first, and sent its own." in told
    assert "1.0 at the desk of the sector post (the standard leaves 2.0)" in " ".join(told)
    assert "the sector post has handled the report and sends its own" in events
    assert "the operations centre knows that it is green" in events
    by_posko = case({**one, "handled_by": "posko"}, [task(606.0, 640.0)], [GREEN])
    assert "sector" not in " ".join(sentences(by_posko))
    assert "the report is handled" in [text for _, text in timeline(by_posko)]


def test_what_became_of_each_unit() -> None:
    assert units(LATE) == [
        (612.0, "patrol/1, 4 police; left 10:13; given another task; 12.3 km"),
        (620.0, "reserve/1, 12 mobile brigade; left 10:21; there 10:40; released 11:40"),
    ]
    stood = case(incident(601.0, 603.0, 600.0, first_sent=0), [task(600.0, 600.0, sent=0, unit="guard/1")], [])
    assert units(stood) == [(600.0, "guard/1, 0 police; there already")]
    assert "Officers stood there when it began." in sentences(stood)


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (incident(NAN, NAN, NAN, ended=608.0), "No officers came: it was over 8.0 minutes after the onset"),
        (incident(605.0, NAN, NAN, ended=NAN), "No officers came; it was still going on when the simulated day stopped."),
        (incident(605.0, 607.0, 609.0, ended=NAN), "It was still going on when the simulated day stopped."),
        (incident(607.0, 609.0, 607.0, first_sent=0), "came by on their round, 7.0 minutes after the onset"),
        (incident(605.0, 607.0, NAN, needed=0), "It asks for no officers, so none were late."),
    ],
)  # fmt: skip
def test_how_it_ended(one: dict[str, Any], says: str) -> None:
    assert any(says in sentence for sentence in sentences(case(one, [], [])))


def test_who_was_never_late_has_no_parts() -> None:
    stood = case(incident(601.0, 603.0, 600.0, first_sent=0), [], [])
    assert not any("Of this time" in sentence for sentence in sentences(stood))
    endless = case(incident(605.0, NAN, NAN, ended=NAN), [], [])
    assert any("∞ at the desk" in sentence for sentence in sentences(endless))


def test_every_word_of_the_model_has_its_words() -> None:
    assert list(CAUSES) == list(BECAUSE) == [str(cause) for cause in Cause]
    assert [part for part in PARTS if part != "sector"] == list(USUAL)
    assert set(OUTCOMES) == {str(outcome) for outcome in Outcome}
    assert set(VERDICTS) == {str(verdict) for verdict in COUNTED}
    assert set(UNSENT) == {str(verdict) for verdict in Verdict} - {"sent", "not_needed"}


def test_each_cause_is_said_and_only_that() -> None:
    for cause in Cause:
        told = sentences(replace(LATE, incident={**LATE.incident, "cause": str(cause)}))
        assert [key for key, text in BECAUSE.items() if text in told] == [cause]


def test_the_reports_table_has_the_causes_that_occur() -> None:
    table = why_late(Played())  # type: ignore[arg-type]
    assert table.heading == "Why responses were late"
    assert "within 10 minutes" in table.note and "(report 5, desk 2, way 3 minutes)" in table.note
    assert table.rows == [("the report came late", ["100.0 %; 3", "100.0 %; 1"])]
