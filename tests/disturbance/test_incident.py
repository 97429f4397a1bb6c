"""One disturbance on a clock of its own, with nobody else there."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import simpy

from sim.config.compose import load
from sim.config.disturbance import Need
from sim.disturbance.incident import Hooks, Incident, Origin
from sim.streams import Streams

KINDS = load("calm_day", ["strategy=even_spread"]).disturbance.kinds


class Heard:
    """Notes what an incident tells the day."""

    def __init__(self) -> None:
        self.severities: list[int] = []
        self.injuries = 0
        self.ended = 0

    def hooks(self) -> Hooks:
        def severity(incident: Incident) -> None:
            self.severities.append(incident.severity)

        def injury(_: Incident) -> None:
            self.injuries += 1

        def ended(_: Incident) -> None:
            self.ended += 1

        return Hooks(severity, injury, ended)


def begin(kind: str, *, starters: int | None = None, replication: int = 0, **changes: object) -> tuple[Incident, Heard]:
    env, heard = simpy.Environment(initial_time=600.0), Heard()
    origin = Origin("s0", kind, "scripted", 3, 1, 2, starters, 0.0)
    settings = KINDS[kind].model_copy(update=changes)
    return Incident(env, origin, settings, Streams(1, replication), heard.hooks(), until=1800.0), heard


def play(incident: Incident, crowd: int = 100, until: float = 1800.0) -> Incident:
    incident.env.process(incident.live(crowd))
    incident.env.run(until)
    return incident


def arrive(incident: Incident, when: float, officers: int) -> None:
    def come():
        yield incident.env.timeout(when - incident.env.now)
        incident.arrive(Need(police=officers))

    incident.env.process(come())


def test_a_riot_is_contained_by_many_and_fades_without_any() -> None:
    held, heard = begin("riot", starters=30)
    arrive(held, 610.0, 60)
    row = play(held).row()
    assert (row.outcome, row.first_on_scene, row.first_reinforcement) == ("contained", 610.0, 610.0)
    assert heard.ended == 1 and row.dispersed > 0 and row.ended > 610.0
    alone = play(begin("riot", starters=30)[0]).row()
    assert alone.outcome == "faded" and alone.dispersed == 0
    assert np.isnan(alone.first_on_scene) and np.isnan(alone.force_complete)
    assert alone.peak_active > row.peak_active


def test_the_path_up_to_an_arrival_is_that_of_the_day_without_it() -> None:
    alone, held = begin("riot", starters=18)[0], begin("riot", starters=18)[0]
    arrive(held, 640.0, 50)
    play(alone, until=639.0), play(held, until=639.0)
    assert alone.state == held.state and alone.times == dataclasses.replace(held.times)


def test_severities_are_told_once_each_and_in_order() -> None:
    for replication in range(5):
        incident, heard = begin("riot", starters=15, replication=replication)
        row = play(incident, crowd=300).row()
        assert heard.severities == list(range(row.peak_severity + 1))
        if row.peak_severity == 2:
            assert row.onset <= row.yellow <= row.red


def test_injuries_are_told_one_by_one() -> None:
    incident, heard = begin("riot", starters=60, injuries_per_active_hour=2.0)
    assert play(incident).row().injured == heard.injuries > 3


def test_the_force_is_complete_when_every_need_is_met() -> None:
    incident, _ = begin("flood")
    env = incident.env

    def help_comes():
        yield env.timeout(10)
        incident.arrive(Need(police=2))
        yield env.timeout(10)
        incident.arrive(Need(disaster=8))

    env.process(help_comes())
    row = play(incident, until=625.0).row()
    assert row.force_complete == 620.0 and row.needed == 2


def test_help_shortens_what_has_a_duration() -> None:
    long = {"duration": KINDS["intimidation"].duration.model_copy(update={"mean_minutes": 300.0, "cv": 0.0})}
    quick = {"resolve": KINDS["intimidation"].resolve.model_copy(update={"mean_minutes": 10.0, "cv": 0.0})}
    alone = play(begin("intimidation", **long, **quick)[0]).row()
    assert (alone.ended, alone.outcome) == (900.0, "expired")
    helped, _ = begin("intimidation", **long, **quick)
    arrive(helped, 650.0, 2)
    row = play(helped).row()
    assert (row.ended, row.outcome) == (660.0, "resolved")
    late, _ = begin("intimidation", **long, **quick)
    arrive(late, 895.0, 2)
    assert play(late).row().ended == 900.0, "help never prolongs it"


def test_what_is_still_going_on_when_the_day_ends_is_left_open() -> None:
    row = play(
        begin("landslide", duration=KINDS["landslide"].duration.model_copy(update={"mean_minutes": 9999.0}))[0]
    ).row()
    assert row.outcome == "open" and np.isnan(row.ended)


def test_a_guard_who_stands_there_meets_the_severity_it_starts_with() -> None:
    incident, _ = begin("bomb_threat")
    incident.arrive(Need(police=4), guard_of_post=True)
    assert incident.severity == 2
    assert np.isnan(incident.times.force_complete), "four would do for green, not for red"
    assert incident.times.first_on_scene == 600.0 and np.isnan(incident.times.first_reinforcement)


def test_bystanders_leave_with_an_evacuation() -> None:
    incident, _ = begin("riot", starters=18)
    play(incident, crowd=200, until=600.5)
    assert incident.state is not None
    before = incident.state.bystanders
    incident.withdraw_bystanders(100)
    assert incident.state.bystanders == before - 50


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_packaged_kind_lives_and_ends(kind: str) -> None:
    incident, heard = begin(kind)
    row = play(incident, until=1799.0).row()
    assert heard.severities and heard.ended == (row.outcome != "open")
    assert row.kind == kind
    assert row.outcome in ("faded", "expired", "open")
