"""One disturbance on a clock of its own, with nobody else there."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from math import inf
from typing import Any

import numpy as np
import pytest
import simpy

from sim.config.distribution import Delay
from sim.config.kinds import Kind
from sim.disturbance.incident import Incident
from sim.disturbance.start import Start
from sim.log import NOWHERE
from sim.region.place import BasePlace, Place
from sim.streams import Streams
from sim.strength import NOBODY, Strength
from sim.vocabulary import Capability, Ending, Origin, PlaceKind, Severity
from tests.disturbance.made_up import END, KINDS, PLACES, ROAD, VILLAGE_TWO, Heard, nobody_around

BEGINS = 600.0


def of_kind(name: str, **changes: object) -> Kind:
    """Return a packaged kind with some numbers of its course changed."""
    kind = KINDS[name]
    return kind.model_copy(update={"course": kind.course.model_copy(update=changes)})


def begin(
    kind: str,
    *,
    starters: int | None = None,
    replication: int = 0,
    place: Place = PLACES[3],
    branch: int = 0,
    fork: float = inf,
    **changes: object,
) -> tuple[Incident, Heard]:
    env, heard = simpy.Environment(initial_time=BEGINS), Heard()
    start = Start("s0", kind, Origin.SCRIPTED, place, starters, 0.0)
    streams = Streams(1, replication, branch, fork=fork, now=lambda: env.now)
    return Incident(env, start, of_kind(kind, **changes), streams, heard.hooks(), END, nobody_around()), heard


def play(incident: Incident, crowd: int = 100, until: float = END) -> Incident:
    incident.env.process(incident.live(crowd))
    incident.env.run(until)
    return incident


def at(incident: Incident, when: float, act: Callable[[], None]) -> None:
    def wait():  # type: ignore[no-untyped-def]
        yield incident.env.timeout(when - incident.env.now)
        act()

    incident.env.process(wait())


def arrive(incident: Incident, when: float, officers: int) -> None:
    at(incident, when, lambda: incident.arrive(Strength.of(presence=officers)))


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
        if row.peak_severity == Severity.RED:
            assert row.onset <= row.yellow <= row.red


@pytest.mark.parametrize(("starters", "first"), [(10, Severity.GREEN), (20, Severity.YELLOW), (50, Severity.RED)])
def test_the_first_severity_is_known_before_it_lives_and_told_once(starters: int, first: Severity) -> None:
    incident, heard = begin("riot", starters=starters)
    assert (incident.severity, incident.peak_severity, incident.state) == (first, first, None)
    assert not incident.has_people
    assert incident.need == KINDS["riot"].needs[first] and incident.effects == KINDS["riot"].effects(first)
    play(incident, until=600.01)
    assert heard.severities == [first] and incident.has_people and incident.state is not None


def test_what_it_asks_for_is_what_any_severity_it_can_reach_needs() -> None:
    riot, threat = begin("riot")[0], begin("bomb_threat")[0]
    assert riot.asks_for(Capability.MEDICAL) and not riot.need[Capability.MEDICAL]
    assert threat.asks_for(Capability.PRESENCE) and not threat.asks_for(Capability.RESCUE)
    assert begin("blackout")[0].need == NOBODY


def test_injuries_are_told_one_by_one() -> None:
    incident, heard = begin("riot", starters=60, injuries_per_active_hour=2.0)
    assert play(incident).row().injured == heard.injuries > 3


def test_whoever_is_hurt_is_counted_when_the_day_is_told() -> None:
    incident, _ = begin("riot", starters=60, injuries_per_active_hour=2.0)
    counts: list[int] = []
    incident.hooks = dataclasses.replace(incident.hooks, injury=lambda i, _: counts.append(i.state.injured))  # type: ignore[union-attr]
    play(incident)
    assert counts == list(range(1, len(counts) + 1)) and len(counts) > 3


def test_the_force_is_complete_when_every_need_is_met() -> None:
    incident, _ = begin("flood")
    arrive(incident, 610.0, 2)
    at(incident, 620.0, lambda: incident.arrive(Strength.of(rescue=8)))
    row = play(incident, until=625.0).row()
    assert row.force_complete == 620.0 and row.needed == 2
    assert incident.scene.strength == Strength.of(presence=2, rescue=8)


def test_guards_of_the_post_are_first_on_scene_but_no_reinforcement() -> None:
    incident, _ = begin("riot", starters=30)
    at(incident, 601.0, lambda: incident.arrive(Strength.of(presence=2), of_post=True))
    at(incident, 605.0, lambda: incident.arrive(Strength.of(medical=1)))
    arrive(incident, 611.0, 10)
    row = play(incident).row()
    assert (row.first_on_scene, row.first_reinforcement) == (601.0, 611.0)


def test_officers_in_a_formed_unit_are_counted_once_and_wardens_by_their_effect() -> None:
    incident, _ = begin("riot")
    incident.arrive(Strength.of(presence=30, crowd_control=30))
    incident.set_wardens(0.75)
    assert (incident.scene.officers, incident.scene.wardens, incident.scene.force) == (30, 0.75, 30.75)
    incident.leave(Strength.of(presence=30, crowd_control=30))
    assert (incident.scene.strength, incident.scene.officers) == (NOBODY, 0)


def test_officers_who_leave_again_are_missed() -> None:
    stays, leaves = begin("riot", starters=60)[0], begin("riot", starters=60)[0]
    for incident in (stays, leaves):
        arrive(incident, 605.0, 60)
    at(leaves, 606.0, lambda: leaves.leave(Strength.of(presence=60)))
    assert play(stays).times.ended < play(leaves).times.ended
    assert leaves.ending is Ending.FADED and stays.ending is Ending.CONTAINED


def test_wardens_who_come_later_are_met_from_then_on() -> None:
    alone, helped = begin("riot", starters=18)[0], begin("riot", starters=18)[0]
    at(helped, 620.0, lambda: helped.set_wardens(40.0))
    play(alone, until=619.0), play(helped, until=619.0)
    assert alone.state == helped.state
    alone.env.run(), helped.env.run()
    assert helped.times.ended < alone.times.ended


def test_help_shortens_what_has_a_duration() -> None:
    long = {"duration": Delay(mean_minutes=300, cv=0), "resolve": Delay(mean_minutes=10, cv=0)}
    alone = play(begin("intimidation", **long)[0]).row()
    assert (alone.ended, alone.outcome) == (900.0, "expired")
    helped, _ = begin("intimidation", **long)
    arrive(helped, 650.0, 2)
    row = play(helped).row()
    assert (row.ended, row.outcome) == (660.0, "resolved")
    late, _ = begin("intimidation", **long)
    arrive(late, 895.0, 2)
    assert play(late).row().ended == 900.0, "help never prolongs it"


def test_what_is_still_going_on_when_the_day_ends_is_left_open() -> None:
    row = play(begin("landslide", duration=Delay(mean_minutes=9999), place=ROAD)[0]).row()
    assert row.outcome == "open" and np.isnan(row.ended)


def test_the_record_of_one_that_is_going_on_is_that_of_its_moment() -> None:
    whole = play(begin("riot", starters=60, injuries_per_active_hour=0)[0], until=640.0)
    row, state = whole.row(), whole.state
    assert state is not None and row.joined == state.joined > 0
    cut, _ = begin("riot", starters=60, injuries_per_active_hour=0)
    at(cut, 639.999, lambda: cut.arrive(Strength.of(medical=1)))  # cuts its path, and changes nothing for the crowd
    seen = play(cut, until=640.0).row()
    assert (row.joined, row.peak_active, row.peak_time) == (seen.joined, seen.peak_active, seen.peak_time)


def test_people_who_are_brought_out_can_join_no_more() -> None:
    incident, _ = begin("riot")
    play(incident, crowd=200, until=600.5)
    assert incident.state is not None
    before = incident.state.bystanders  # type: ignore[attr-defined]
    incident.withdraw_bystanders(100)
    assert incident.state.bystanders == before - 50  # type: ignore[attr-defined]
    incident.env.run(600.5 + 1e-9)
    assert incident.state.bystanders == before - 50  # type: ignore[attr-defined]
    incident.withdraw_bystanders(10**6)
    assert incident.state.bystanders == 0  # type: ignore[attr-defined]


def test_those_brought_out_by_what_it_does_itself_are_taken_away_too() -> None:
    incident, heard = begin("riot", starters=60, onlookers=0, supporters=0)
    heard.on_severity = lambda i: i.withdraw_bystanders(200)
    play(incident, crowd=200)
    assert incident.row().joined == 0


def test_who_comes_in_the_very_minute_of_a_turn_does_not_hide_it() -> None:
    turned, heard = begin("riot", starters=19)
    play(turned, until=900.0)
    when = turned.times.yellow
    assert heard.severities[:2] == [Severity.GREEN, Severity.YELLOW]
    met, met_heard = begin("riot", starters=19)
    arrive(met, when, 5)  # waits for the same moment, and was there first
    play(met, until=when + 1e-6)
    assert met.times.yellow == pytest.approx(when)
    assert met_heard.severities == [Severity.GREEN, Severity.YELLOW]


@pytest.mark.parametrize(
    ("place", "kind", "district"),
    [
        (PLACES[3], PlaceKind.STATION, 0),
        (ROAD, PlaceKind.ROAD, 0),
        (VILLAGE_TWO, PlaceKind.AREA, 0),
        (BasePlace(1, "KPU", "Office", 7, None), PlaceKind.BASE, NOWHERE),
    ],
)
def test_the_record_says_where_it_was(place: Place, kind: PlaceKind, district: int) -> None:
    incident, _ = begin("vandalism", place=place)
    row = incident.row()
    assert (row.place_kind, row.place, row.district) == (kind.value, place.code, district)
    assert (row.incident, row.kind, row.origin, row.outcome) == ("s0", "vandalism", "scripted", "open")
    assert (incident.identity, incident.place, incident.title) == ("s0", place, "Station vandalism")


def test_a_day_is_forked_by_drawing_anew_from_there() -> None:
    def forked(branch: int, until: float) -> Incident:
        incident, _ = begin("riot", starters=30, branch=branch, fork=610.0)
        if branch:
            at(incident, 610.0, incident.replan)
        return play(incident, until=until)

    assert forked(0, 609.9).state == forked(1, 609.9).state == forked(2, 609.9).state
    states = [forked(branch, 630.0).state for branch in (0, 1, 2)]
    assert states[0] != states[1] != states[2] != states[0]
    assert forked(1, 630.0).state == states[1]


def test_a_forked_duration_ends_later_than_the_fork_and_keeps_its_distribution() -> None:
    times = {}
    for branch in (0, 1, 2):
        incident, _ = begin("intimidation", branch=branch, fork=601.0)
        if branch:
            at(incident, 601.0, incident.replan)
        times[branch] = play(incident).times.ended
    assert len(set(times.values())) == 3 and min(times.values()) > 601.0
    lasting = {"duration": Delay(mean_minutes=90, cv=0.5)}
    whole = [play(begin("intimidation", replication=i, **lasting)[0]).times.ended for i in range(600)]
    drawn = []
    for i in range(600):
        incident, _ = begin("intimidation", replication=i, branch=1, fork=650.0, **lasting)
        at(incident, 650.0, incident.replan)
        drawn.append(play(incident).times.ended)
    error = np.sqrt(np.var(whole) / 600 + np.var(drawn) / 600)
    assert abs(np.mean(whole) - np.mean(drawn)) < 3.5 * error


def test_one_that_is_being_resolved_is_resolved_after_the_fork_too() -> None:
    quick = {"duration": Delay(mean_minutes=900, cv=0), "resolve": Delay(mean_minutes=20, cv=0.5)}
    ends = set()
    for branch in (0, 1):
        incident, _ = begin("intimidation", branch=branch, fork=655.0, **quick)
        arrive(incident, 650.0, 2)
        if branch:
            at(incident, 655.0, incident.replan)
        row = play(incident).row()
        assert row.outcome == "resolved" and row.ended > 655.0
        ends.add(row.ended)
    assert len(ends) == 2


def test_what_is_over_is_not_planned_again() -> None:
    incident, heard = begin("vandalism", duration=Delay(mean_minutes=5, cv=0))
    at(incident, 650.0, incident.replan)
    assert play(incident).times.ended == 605.0 and incident.is_over and heard.ended == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_packaged_kind_lives_and_ends(kind: str) -> None:
    incident, heard = begin(kind)
    row = play(incident, until=1799.0).row()
    assert heard.severities and heard.ended == (row.outcome != "open")
    assert row.kind == kind
    assert row.outcome in ("faded", "expired", "open")


def platoon(incident: Incident, when: float, officers: int = 30) -> None:
    at(incident, when, lambda: incident.arrive(Strength.of(presence=officers, crowd_control=officers)))


def test_each_severity_has_its_own_force_and_a_milder_one_does_not_complete_it() -> None:
    incident, _ = begin("riot", starters=60)  # red from the start: 12 present, 30 for crowd control, an ambulance
    arrive(incident, 605.0, 14)
    platoon(incident, 607.0, 24)
    row = play(incident, until=609.0).row()
    (red,) = incident.force_rows()
    assert (red.severity, red.short) == (Severity.RED, Capability.CROWD_CONTROL)
    assert (red.asked_presence, red.asked_crowd_control, red.asked_medical) == (12, 30, 1)
    assert (red.there_presence, red.there_crowd_control, red.there_medical) == (12, 24, 0), "no more than asked for"
    assert np.isnan(red.complete) and np.isnan(row.force_complete) and row.needed == 12
    platoon(incident, 609.5, 6)
    at(incident, 610.0, lambda: incident.arrive(Strength.of(medical=1)))
    incident.env.run(611.0)
    (red,) = (force for force in incident.force_rows() if force.severity == Severity.RED)
    assert (red.there_presence, red.there_crowd_control, red.there_medical) == (12, 30, 1)
    assert (red.short, red.complete, incident.row().force_complete) == ("", 610.0, 610.0)


def test_a_crowd_that_shrinks_completes_no_force() -> None:
    incident, _ = begin("riot", starters=60)
    arrive(incident, 605.0, 8)
    row = play(incident).row()
    forces = {force.severity: force for force in incident.force_rows()}
    assert row.outcome == "contained" and set(forces) >= {Severity.RED, Severity.YELLOW, Severity.GREEN}
    assert np.isnan(forces[Severity.RED].complete) and np.isnan(forces[Severity.YELLOW].complete)
    assert forces[Severity.GREEN].complete == forces[Severity.GREEN].reached, "they were there when it turned green"
    assert np.isnan(row.force_complete)


def test_it_is_controlled_when_it_is_green_for_good() -> None:
    for starters in (10, 30, 60):
        incident, _ = begin("riot", starters=starters)
        seen: list[tuple[float, Severity]] = [(BEGINS, incident.severity)]
        turn = incident.turn

        def noted(
            severity: Severity, *, first: bool = False, seen: list[tuple[float, Severity]] = seen, turn: Any = turn
        ) -> None:
            seen.append((float(incident.env.now), severity))  # noqa: B023
            turn(severity, first=first)

        incident.turn = noted  # type: ignore[method-assign]
        platoon(incident, 615.0)
        row = play(incident).row()
        worse = [when for (when, severity), _ in zip(seen, seen, strict=True) if severity > Severity.GREEN]
        eased = [when for when, severity in seen if severity is Severity.GREEN and when > max(worse, default=0.0)]
        assert row.controlled == (eased[0] if worse else row.ended)
        assert row.onset < row.controlled <= row.ended


def test_officers_who_come_first_and_whatever_eases_are_news() -> None:
    incident, heard = begin("riot", starters=30)
    platoon(incident, 605.0)
    at(incident, 606.0, lambda: incident.arrive(Strength.of(presence=2)))
    play(incident)
    assert heard.news[0] == (605.0, Severity.YELLOW)
    assert [severity for _, severity in heard.news[1:]] == [Severity.GREEN], "the second unit tells nothing new"


def test_what_posko_knows_of_its_severity_is_recorded_once() -> None:
    incident, _ = begin("riot", starters=60)
    at(incident, 603.0, lambda: incident.note_known(Severity.YELLOW))
    at(incident, 604.0, lambda: incident.note_known(Severity.RED))
    at(incident, 605.0, lambda: incident.note_known(Severity.RED))
    play(incident, until=606.0)
    assert [force.known for force in incident.force_rows() if force.severity == Severity.RED] == [604.0]


def test_whether_the_first_officers_stood_there_or_were_sent_is_told_apart() -> None:
    stood, sent = begin("riot")[0], begin("riot")[0]
    assert stood.row().first_sent == NOWHERE
    stood.arrive(Strength.of(presence=2), sent=False, of_post=True)
    stood.arrive(Strength.of(presence=12))
    sent.arrive(Strength.of(medical=1), sent=False)
    sent.arrive(Strength.of(presence=2), of_post=True)
    assert (stood.row().first_sent, sent.row().first_sent) == (0, 1)
