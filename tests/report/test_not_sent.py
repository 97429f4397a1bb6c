"""Who was not sent, by name: from judgements written by hand."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

import sim
from sim.report.case import Case, rows_of
from sim.report.not_sent import MOST, NotSent, heading, lines, moments, most_telling, why
from sim.response.command.judgement import Judged, Judgement
from sim.vocabulary import Agency, Capability, Purpose, Role, Severity, Verdict
from sim.words.why import WHY_NOT
from tests.measures.test_causes import NAN, incident, rows


def unit(name: str, verdict: Verdict = Verdict.BUSY, minutes: float = 20.0, **more: Any) -> Judged:
    return Judged(name, Agency.POLICE, more.pop("role", Role.PATROL), 4, verdict, minutes, **more)


def judgement(
    *units: Judged, time: float = 610.0, severity: Severity = Severity.RED, capability: str = "crowd_control"
) -> Judgement:
    return Judgement(time, severity, Capability(capability), 30, units, 5)


def case(*tasks: dict[str, Any], complete: float = NAN, short: str = "crowd_control") -> Case:
    red = {"strategy": "a", "incident": "s0", "severity": 2, "complete": complete, "short": short}
    return Case(
        incident=incident(605.0, 607.0, 640.0), tasks=rows_of(rows("tasks", *tasks)), forces=rows_of(rows("forces", red)),
        kind="Riot", place="", strategy="", standard_minutes=10.0, abilities=sim.load("calm_day", []).response.abilities,
    )  # fmt: skip


def test_each_unit_is_named_with_its_minutes_and_the_verdict() -> None:
    (moment,) = moments(
        case(),
        [
            judgement(
                unit("patrol/1", purpose=Purpose.INCIDENT, incident="b1"),
                unit("patrol/2", Verdict.NOT_AGREED, 31.4),
                unit("patrol/3", Verdict.CUT_OFF, inf),
                unit("patrol/4", Verdict.HELD_BACK, 40.0, off_duty=True),
                unit("patrol/5", minutes=50.0),
            )
        ],
    )
    assert heading(moment) == (
        "Not sent at 10:10, when red and 30 were missing for crowd control; with the minutes until each could have "
        "been there"
    )
    assert lines(moment, everybody=False) == [
        "20 min  patrol/1, 4 police: busy: at an incident (b1)",
        "31 min  patrol/2, 4 police: its agency may not be called at this severity",
        "no way  patrol/3, 4 police: cut off by closed roads",
        "40 min  patrol/4, 4 police: off duty",
        "50 min  patrol/5, 4 police: busy: on its way back",
        "5 more have nothing for crowd control, or never leave their place",
    ]


def test_who_was_sent_then_is_not_among_them() -> None:
    sent = {"unit": "patrol/1", "ordered": 610.0}
    assert moments(case(sent), [judgement(unit("patrol/1", Verdict.SENT))]) == []
    (later,) = moments(case({**sent, "ordered": 615.0}), [judgement(unit("patrol/1", Verdict.HELD_BACK))])
    assert [one.unit for one in later.units] == ["patrol/1"]


def test_the_nearest_are_named_and_the_rest_counted_guards_at_their_posts_among_them() -> None:
    guards = [unit(f"guard/{i}", Verdict.HELD_BACK, 1.0 + i, role=Role.GUARD) for i in range(30)]
    patrols = [unit(f"patrol/{i}", minutes=50.0 + i) for i in range(MOST + 3)]
    moment = NotSent(judgement(), (*guards, *patrols))
    told = lines(moment, everybody=False)
    assert [line.split()[2] for line in told[:MOST]] == [f"patrol/{i}," for i in range(MOST)]
    assert told[MOST] == "and others: 30 held back (guards who stay at their posts among them); 3 busy"
    everybody = lines(moment, everybody=True)
    assert len(everybody) == 30 + MOST + 3 + 1 and "guard/0, 4 police: stays at its post" in everybody[0]


def test_the_first_moment_and_the_one_at_which_most_were_missing_are_told() -> None:
    first = NotSent(judgement(time=607.0, severity=Severity.GREEN, capability="presence"), (unit("patrol/1"),))
    medical = NotSent(judgement(time=612.0, capability="medical"), (unit("ambulance/1"),))
    crowd = NotSent(judgement(time=612.0), (unit("reserve/1"),))
    later = NotSent(judgement(time=620.0), (unit("reserve/1"),))
    all_of_them = [first, medical, crowd, later]
    assert most_telling(case(), all_of_them) == [first, crowd]
    assert most_telling(case(complete=650.0, short=""), all_of_them) == [first]
    assert most_telling(case(), [crowd, later]) == [crowd] and most_telling(case(), []) == []


@pytest.mark.parametrize("verdict", [v for v in Verdict if v not in (Verdict.SENT, Verdict.BUSY)])
def test_every_verdict_has_its_words(verdict: Verdict) -> None:
    assert why(unit("patrol/1", verdict)) == WHY_NOT[verdict]
