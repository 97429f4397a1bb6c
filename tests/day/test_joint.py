"""What posko sees of a disturbance: what was last reported and handled, right or wrong."""

from __future__ import annotations

import pytest
import simpy

from sim.day.joint import Reported
from sim.disturbance.incident import Incident
from sim.disturbance.start import Start
from sim.streams import Streams
from sim.strength import Strength
from sim.vocabulary import Origin, Severity
from tests.disturbance.made_up import END, KINDS, PLACES, Heard, nobody_around


def reported(kind: str, starters: int | None = None) -> tuple[Incident, Reported]:
    env = simpy.Environment(initial_time=600.0)
    start = Start("s0", kind, Origin.SCRIPTED, PLACES[0], starters, 0.0)
    incident = Incident(env, start, KINDS[kind], Streams(1, 0), Heard().hooks(), END, nobody_around())
    return incident, Reported(env, incident)


@pytest.mark.parametrize(
    ("starters", "misjudged", "told"),
    [
        (30, 0, Severity.YELLOW),
        (30, -1, Severity.GREEN),
        (30, 1, Severity.RED),
        (10, -1, Severity.GREEN),  # nothing is milder
        (60, 1, Severity.RED),  # nothing is worse
    ],
)
def test_a_report_is_known_as_it_was_made_once_it_has_been_handled(
    starters: int, misjudged: int, told: Severity
) -> None:
    incident, emergency = reported("riot", starters)
    assert not emergency.is_known
    emergency.reported(misjudged)
    assert (emergency.heard, emergency.severity) == (told, incident.severity), "it lies at a desk"
    emergency.handled()
    assert emergency.severity is told and emergency.need == KINDS["riot"].needs[told] and emergency.is_known
    assert incident.times.reported == incident.times.handled == 600.0


def test_what_has_one_severity_cannot_be_misjudged() -> None:
    _, emergency = reported("bomb_threat")
    for misjudged in (-1, 1):
        emergency.reported(misjudged)
        assert emergency.heard is Severity.RED


def test_how_bad_it_has_become_is_not_known_before_somebody_tells() -> None:
    incident, emergency = reported("riot", 10)
    emergency.reported()
    emergency.handled()
    incident.arrive(Strength.of(presence=2))
    incident.turn(Severity.YELLOW)
    assert emergency.severity is Severity.GREEN
    emergency.reported()
    emergency.handled()
    assert emergency.severity is Severity.YELLOW
