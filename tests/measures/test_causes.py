"""Why a response was late: every cause from rows written by hand; times are minutes after midnight, the onset at 600."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.config.compose import load
from sim.log import dtypes
from sim.measures.causes import CAUSES, USUAL, causes, responses
from sim.measures.tables import Tables
from sim.vocabulary import Cause

NAN = float("nan")
STANDARD = 10.0


def rows(table: str, *given: dict[str, Any]) -> pd.DataFrame:
    """Rows of a table; what is not given is empty, NaN or 0."""
    columns = {"strategy": np.dtype(object), "replication": np.dtype(np.int64), **dtypes(table)}
    empty = {"O": "", "f": NAN, "i": 0}
    return pd.DataFrame(
        {
            name: np.array([row.get(name, empty[kind.kind]) for row in given], dtype=kind)
            for name, kind in columns.items()
        }
    )


def incident(reported: float, handled: float, reached: float, **more: Any) -> dict[str, Any]:
    sent = -1 if np.isnan(reached) else 1
    base = {"strategy": "a", "incident": "s0", "onset": 600.0, "needed": 6, "ended": 700.0, "first_sent": sent}
    return {**base, "reported": reported, "handled": handled, "first_on_scene": reached, **more}


def task(ordered: float, arrived: float = NAN, **more: Any) -> dict[str, Any]:
    """A patrol that leaves a minute after the order and needs no longer than the shortest way."""
    base = {"strategy": "a", "incident": "s0", "purpose": "incident", "agency": "police", "sent": 1, "outcome": "done"}
    shortest = arrived - ordered - 1.0
    return {
        **base,
        "ordered": ordered,
        "departed": ordered + 1.0,
        "arrived": arrived,
        "shortest_minutes": shortest,
        **more,
    }


def found(
    one: dict[str, Any], tasks: list[dict[str, Any]] | None = None, forces: list[dict[str, Any]] | None = None
) -> pd.Series:
    """The one response, its parts checked: they are never negative and add up to the wait."""
    frame = responses(rows("incidents", one), rows("tasks", *tasks or []), rows("forces", *forces or []), STANDARD)
    assert len(frame) == 1
    response = frame.iloc[0]
    assert (response[list(USUAL)] >= 0).all()
    assert response[list(USUAL)].sum() == pytest.approx(response["wait"])
    return response


def red(complete: float) -> dict[str, Any]:
    return {"strategy": "a", "incident": "s0", "severity": 2, "reached": 605.0, "complete": complete}


CASES: dict[str, tuple[Cause, dict[str, Any], list[dict[str, Any]]]] = {
    "in time, to the minute": (Cause.IN_TIME, incident(605, 607, 610), [task(607, 610)]),
    "a moment later": (Cause.FAR, incident(605, 607, 610.1), [task(607, 610.1)]),
    "a pair stood there": (Cause.IN_TIME, incident(601, 603, 600, first_sent=0), []),
    "a report that took half an hour": (Cause.LATE_REPORT, incident(630, 632, 640), [task(632, 640)]),
    "never reported, over after a quarter": (Cause.LATE_REPORT, incident(NAN, NAN, NAN, ended=615.0), []),
    "a pair that came by before anybody reported": (
        Cause.LATE_REPORT, incident(625, 627, 625, first_sent=0), [],
    ),
    "the desk": (Cause.DESK_BUSY, incident(605, 620, 630), [task(620, 630)]),
    "still at the desk when it was over": (Cause.DESK_BUSY, incident(605, NAN, NAN, ended=640.0), []),
    "nobody free for long": (Cause.NOBODY_FREE, incident(605, 607, 640, unsent="busy"), [task(630, 640)]),
    "nobody free at all": (Cause.NOBODY_FREE, incident(605, 607, NAN, unsent="busy"), []),
    "held back": (Cause.HELD_BACK, incident(605, 607, NAN, unsent="held_back"), []),
    "not agreed": (Cause.NOT_AGREED, incident(605, 607, 640, unsent="not_agreed"), [task(630, 640)]),
    "called by sector posts alone": (
        Cause.NOT_CALLED, incident(605, 607, 640, unsent="not_called"), [task(630, 640)],
    ),
    "nobody able": (Cause.NOT_ABLE, incident(605, 607, NAN, unsent="not_able"), []),
    "nobody had a way": (Cause.ROAD_CLOSED, incident(605, 607, 660, unsent="cut_off"), [task(650, 660)]),
    "only guards too far away": (Cause.FAR, incident(605, 607, NAN, unsent="too_far"), []),
    "what was known asked for no officers": (Cause.LATE_REPORT, incident(605, 607, 640), [task(630, 640)]),
    "far": (Cause.FAR, incident(605, 607, 640), [task(607, 640)]),
    "nobody free for a moment, then far": (
        Cause.FAR, incident(605, 607, 640, unsent="busy"), [task(612, 640)],
    ),
    "over while they were on the way": (
        Cause.FAR, incident(605, 607, NAN, ended=640.0), [task(607, outcome="recalled", shortest_minutes=50.0)],
    ),
    "round a closed road": (Cause.ROAD_CLOSED, incident(605, 607, 640), [task(607, 640, shortest_minutes=8.0)]),
    "a detour shorter than the way is beyond its share": (
        Cause.FAR, incident(605, 607, 640), [task(607, 640, shortest_minutes=26.0)],
    ),
    "cut off, nobody else came": (
        Cause.ROAD_CLOSED, incident(605, 607, NAN, ended=640.0), [task(607, outcome="cut_off")],
    ),
    "cut off, others came later": (
        Cause.ROAD_CLOSED, incident(605, 607, 640), [task(607, outcome="cut_off"), task(632, 640)],
    ),
    "on a detour when it was over": (
        Cause.ROAD_CLOSED,
        incident(605, 607, NAN, ended=640.0),
        [task(607, outcome="recalled", shortest_minutes=5.0)],
    ),
    "given something else to do, others came later": (
        Cause.NOBODY_FREE, incident(605, 607, 640), [task(607, outcome="diverted"), task(632, 640)],
    ),
    "taken away, nobody else came": (
        Cause.NOBODY_FREE, incident(605, 607, NAN, ended=640.0), [task(607, outcome="withdrawn")],
    ),
    "taken away under way": (
        Cause.NOBODY_FREE, incident(605, 607, NAN, ended=640.0), [task(607, outcome="diverted", shortest_minutes=5.0)],
    ),
    "round a closed road, while others were ordered": (
        Cause.ROAD_CLOSED, incident(605, 607, 640), [task(607, 640, shortest_minutes=8.0), task(632, 655)],
    ),
    "sent on when its work was done": (
        Cause.FAR, incident(605, 607, 640), [task(607, 640, outcome="diverted")],
    ),
    "the second was there first": (
        Cause.FAR, incident(605, 607, 640), [task(607, 655), task(632, 640)],
    ),
    "over before anybody could be late": (Cause.OVER_BEFORE, incident(NAN, NAN, NAN, ended=609.0), []),
    "over in time while they were on the way": (
        Cause.OVER_BEFORE, incident(604, 606, NAN, ended=610.0), [task(606, outcome="recalled")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_cause(name: str) -> None:
    cause, one, tasks = CASES[name]
    assert found(one, tasks)["cause"] == cause


def test_every_cause_has_a_case() -> None:
    assert {cause for cause, _, _ in CASES.values()} | {Cause.TOO_FEW} == set(Cause) == set(CAUSES)


def test_too_few_are_those_who_came_in_time_and_never_had_all_that_red_asks_for() -> None:
    prompt, late = incident(603, 604, 608), incident(603, 604, 640)
    assert found(prompt, [task(604, 608)], [red(NAN)])["cause"] == Cause.TOO_FEW
    assert found(prompt, [task(604, 608)], [red(650.0)])["cause"] == Cause.IN_TIME
    assert found(prompt, [task(604, 608)], [red(NAN) | {"severity": 1}])["cause"] == Cause.IN_TIME
    assert found(prompt, [task(604, 608)], [red(NAN) | {"strategy": "b"}])["cause"] == Cause.IN_TIME
    assert found(late, [task(604, 640)], [red(NAN)])["cause"] == Cause.FAR


def test_the_parts_of_a_wait() -> None:
    one = incident(604, 607, 650, unsent="busy")
    parts = found(one, [task(612, outcome="diverted"), task(620, 650, shortest_minutes=9.0)])
    assert parts[list(USUAL)].tolist() == [4.0, 3.0, 5.0, 8.0, 20.0, 10.0]


def test_what_went_on_when_the_day_stopped_is_endless_where_it_stood() -> None:
    assert found(incident(NAN, NAN, NAN, ended=NAN))["cause"] == Cause.LATE_REPORT
    assert found(incident(604, NAN, NAN, ended=NAN))["desk"] == inf
    assert found(incident(604, 606, NAN, ended=NAN, unsent="held_back"))["cause"] == Cause.HELD_BACK
    assert found(incident(604, 606, NAN, ended=NAN), [task(606, outcome="day_end")])["cause"] == Cause.FAR
    assert found(incident(604, 606, NAN, ended=NAN), [task(606, outcome="cut_off")])["cause"] == Cause.ROAD_CLOSED


def test_only_officers_who_were_sent_to_it_count() -> None:
    one = incident(605, 607, 640, unsent="busy")
    others = [
        task(607, 615, agency="disaster"),
        task(607, 615, agency="medical"),
        task(607, 615, purpose="casualty"),
        task(607, 615, incident="s1"),
        task(607, 615, strategy="b"),
        task(607, 615, replication=1),
    ]
    assert found(one, [*others, task(630, 640)])["order"] == 23.0


def test_who_asks_for_no_officers_has_no_cause() -> None:
    frame = responses(
        rows("incidents", incident(605, 607, NAN, needed=0), incident(605, 607, 610, incident="s1")),
        rows("tasks"),
        rows("forces"),
        STANDARD,
    )
    assert frame["incident"].tolist() == ["s1"]


def test_the_shares_make_up_the_standard_so_that_who_is_late_has_a_part_that_was() -> None:
    assert sum(USUAL.values()) == pytest.approx(1.0)
    for name, (_, one, tasks) in CASES.items():
        response = found(one, tasks)
        if response["wait"] > STANDARD:
            assert max(response[part] - share * STANDARD for part, share in USUAL.items()) > 0, name


def test_the_shares_are_those_of_the_packaged_means() -> None:
    response = load("calm_day", ["strategy=even_spread"]).response
    assert response.reporting.by_phone.mean_minutes == USUAL["report"] * response.standard_minutes
    assert response.posko.alarm_handling.mean_minutes == USUAL["desk"] * response.standard_minutes


def test_the_sample_counts_each_response_once_under_its_cause() -> None:
    log = {
        "incidents": rows(
            "incidents", incident(605, 607, 610), incident(605, 607, 640, incident="s1"), incident(640, 642, 645, incident="s2")
        ),
        "tasks": rows("tasks", task(607, 610), task(607, 640, incident="s1"), task(642, 645, incident="s2")),
        "forces": rows("forces"),
    }  # fmt: skip
    taken = causes(Tables(log.__getitem__, STANDARD, 420.0, 780.0, 1))
    assert [CAUSES[int(key)] for key in taken.key] == [Cause.IN_TIME, Cause.FAR, Cause.LATE_REPORT]
    assert taken.above.tolist() == [1.0, 1.0, 1.0]
    none = {name: rows(name) for name in log}
    assert len(causes(Tables(none.__getitem__, STANDARD, 420.0, 780.0, 1)).key) == 0
