"""Injects told from a day: of every type for every kind, and none that tells what has not happened yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf, isnan
from pathlib import Path
from typing import Any

import pytest

from sim.config.compose import load
from sim.day.world import prepare
from sim.exercise.inject import EVERYBODY, Inject, InjectType, event_and_delay
from sim.exercise.pack.events import OfStation, Subject, events_of
from sim.exercise.pack.seen import What, seen_of
from sim.exercise.pack.teller import Teller
from sim.exercise.pack.told import injects_of, told
from sim.exercise.pack.traits import Trait, trait_of
from sim.vocabulary import PlaceKind
from sim.words import exercise as words
from sim.words.language import Language, spoken
from tests.conftest import QUIET, small_scenario
from tests.exercise.pack.conftest import Watched, of_kind

OF_KIND = small_scenario().kinds
KINDS = sorted(OF_KIND)
SCENARIOS = sorted(file.stem for file in (Path(__file__).parents[3] / "scenarios").glob("*.yaml"))
OFFICERS = "officers on scene"
ABOUT_VOTING = re.compile(r"\bvot(e|es|er|ers|ing)\b")


def injects(watched: Watched) -> tuple[Inject, ...]:
    return injects_of(watched.events, Teller(watched.world))


def check_consistent(watched: Watched, listed: tuple[Inject, ...]) -> None:
    """Check the list against the log of the day, by the log's own columns."""
    table = watched.log.tables["incidents"]
    rows = {
        name: {column: table[column].tolist()[i] for column in table}
        for i, name in enumerate(table["incident"].tolist())
    }
    check_form(listed, watched.world.scenario.voting.close)
    assert all(one.time is None or watched.world.start <= one.time <= watched.world.end for one in listed)
    for one in listed:
        match = re.fullmatch(r"incident/([^/]+)/([a-z_]+)(?:/\d+)?", one.model_event)
        if match is not None:
            check_event(one, rows[match[1]], match[2])
    for row in rows.values():
        if row["place_kind"] == PlaceKind.STATION:
            check_place(row["place"], rows.values(), watched, listed)


def check_form(listed: tuple[Inject, ...], close: float) -> None:
    """Check numbers, times and conditions, and that nothing about voting is asked after closing."""
    assert [one.seq for one in listed] == list(range(1, len(listed) + 1))
    times = [one.time for one in listed if one.time is not None]
    assert times == sorted(times) and all(isinstance(time, float) and not isnan(time) for time in times)
    last = 0.0
    for one in listed:
        last = last if one.time is None else one.time
        assert (one.time is None) == (one.type is InjectType.CONTINGENCY) == bool(one.condition)
        if last >= close:
            assert not ABOUT_VOTING.search(one.decision), f"{one.title}: a question about voting after closing"
        if not one.group:
            assert one.model_event.endswith("/onset"), "only an onset is kept from everybody"


def check_event(one: Inject, row: dict[str, Any], what: str) -> None:
    """Check that an inject does not come before what it tells has happened and is known."""
    assert one.time is not None
    if what == "onset":
        assert one.time == row["onset"] and one.group == ()
        return
    assert one.time >= row["reported"], f"{one.title}: told before the report"
    if what != "force_complete":
        assert one.time >= row[what], f"{one.title}: told before it happened"
    if one.sender == OFFICERS:
        assert row["first_on_scene"] <= one.time, f"{one.title}: officers tell who are not there"


def check_place(code: str, rows: Iterable[dict[str, Any]], watched: Watched, listed: tuple[Inject, ...]) -> None:
    """Check that nobody at the table hears of a station with disturbances before the first of them was reported."""
    gazetteer = watched.world.gazetteer
    first = min((r["reported"] for r in rows if r["place"] == code and not isnan(r["reported"])), default=inf)
    place = gazetteer.name_of(gazetteer.find(code, "place", {PlaceKind.STATION}))
    named = re.compile(rf"{re.escape(place)}(?![\w/])")
    for one in listed:
        ordinary = one.model_event.endswith(("/late", "/opened", "/unsupplied")) or "Stations not open" in one.title
        if one.group and one.time is not None and not ordinary and named.search(one.text):
            assert one.time >= first, f"{one.title}: speaks of {place} before anybody has told of it"


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_injects_of_every_type(name: str) -> None:
    watched = of_kind(name, OF_KIND[name])
    listed = injects(watched)
    check_consistent(watched, listed)
    reported = {e.name for e in watched.events if e.what is What.REPORTED}
    assert reported, "somebody told of it"
    told_now = [i for e in watched.events if e.name in reported for i in told(e, Teller(watched.world))]
    assert {one.type for one in told_now} == set(InjectType)
    assert all(one.text and one.title and one.expected_action for one in told_now)


@pytest.mark.parametrize("name", [name for name in KINDS if PlaceKind.STATION in OF_KIND[name].places])
def test_after_closing_nothing_is_asked_about_voting(name: str) -> None:
    """The same disturbance in the afternoon: other questions, and what goes round is about the count."""
    evening = of_kind(name, OF_KIND[name], onset="13:20")
    listed = injects(evening)
    check_consistent(evening, listed)
    mine = [one for one in listed if one.time is not None and one.time >= 800 and one.decision]
    assert mine and not any(ABOUT_VOTING.search(one.decision) for one in mine)


def test_a_kind_of_the_users_own_is_told_by_its_record() -> None:
    """A riot by another name is told in the words of a crowd, with its own name."""
    kinds = small_scenario().kinds
    renamed = kinds["riot"].model_copy(update={"title": "Pawai liar"})
    assert trait_of(renamed, PlaceKind.STATION) is trait_of(kinds["riot"], PlaceKind.STATION) is Trait.CROWD
    watched = Watched(
        prepare(
            small_scenario('incidents=[{kind: riot, onset: "09:00", place: T2.1}]', "kinds.riot.title=Pawai", *QUIET)
        )
    )
    texts = [one.text for one in injects(watched)]
    assert any("pawai" in text for text in texts) and any("running and shouting" in text for text in texts)
    assert not any("riot" in text.lower() for text in texts)


def test_traits_are_what_the_records_say() -> None:
    kinds = small_scenario().kinds
    found = {name: {trait_of(kind, place) for place in kind.places} for name, kind in kinds.items()}
    assert found == {
        "ballot_box_interception": {Trait.BOXES}, "ballot_box_seizure": {Trait.BOXES}, "blackout": {Trait.OUTAGE},
        "blockade_of_officials": {Trait.ROADBLOCK}, "bomb_threat": {Trait.THREAT}, "brawl": {Trait.CROWD},
        "clash": {Trait.SIDES}, "earthquake": {Trait.HAZARD}, "flood": {Trait.HAZARD}, "hoax": {Trait.RUMOUR},
        "intimidation": {Trait.RUMOUR}, "landslide": {Trait.ROAD}, "mobile_outage": {Trait.OUTAGE},
        "office_protest": {Trait.OFFICE}, "riot": {Trait.CROWD}, "storming_of_count": {Trait.BOXES},
        "vandalism": {Trait.DAMAGE}, "volcanic_alert": {Trait.HAZARD},
    }  # fmt: skip


def test_nothing_is_told_before_it_has_happened(busy: Watched) -> None:
    check_consistent(busy, injects(busy))


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_packaged_scenario_can_be_told(name: str) -> None:
    watched = Watched(prepare(load(name, ["strategies=[minimum_pattern]"])), replication=1)
    check_consistent(watched, injects(watched))


def test_troubles_and_roads_have_injects(busy: Watched) -> None:
    listed = injects(busy)
    events = {one.model_event.rsplit("/", 1)[-1] for one in listed if one.model_event}
    assert {"late", "opened", "unsupplied", "closed", "open", "slow", "free", "opening", "closing"} <= events
    late = next(one for one in listed if one.model_event.endswith("/late"))
    assert late.time == 420.0 and "TPS" in late.text
    after = [one for one in listed if "Stations not open" in one.title]
    assert {one.type for one in after} >= {InjectType.CONTINGENCY}
    kept_back = next(one for one in listed if one.type is InjectType.CONTINGENCY and "Road" in one.title)
    before = listed[kept_back.seq - 2]
    assert before.model_event.endswith("/closed"), "what is kept back stands behind what it is for"


def test_what_begins_badly_is_not_said_to_have_become_worse() -> None:
    """An earthquake is red from the first moment: its report comes first, and then how bad it is."""
    watched = of_kind("earthquake", small_scenario().kinds["earthquake"])
    listed = [one for one in injects(watched) if one.model_event.startswith("incident/s0/")]
    told_of = [one.model_event.rsplit("/", 1)[-1] for one in listed]
    assert told_of.index("reported") < told_of.index("red")
    red = next(one for one in listed if one.model_event == "incident/s0/red")
    assert "become worse" not in red.text


def test_nothing_comes_after_the_end_of_the_day() -> None:
    """A disturbance that is reported in the last minutes has no press that calls when everybody has gone."""
    end = small_scenario().voting.day_end
    hour = f"{int(end - 12) // 60:02d}:{int(end - 12) % 60:02d}"
    riot = f'incidents=[{{kind: riot, onset: "{hour}", place: T2.1}}]'
    watched = Watched(prepare(small_scenario(riot, *QUIET)))
    listed = injects(watched)
    check_consistent(watched, listed)
    assert any(one.model_event == "incident/s0/onset" for one in listed)


def test_followers_are_told_too() -> None:
    """The more followers, the more reports there are."""

    def reports(followers: float) -> int:
        riot = f'incidents=[{{kind: riot, onset: "08:00", place: T2.1, starters: 60, followers: {followers}}}]'
        watched = Watched(prepare(small_scenario(riot, *QUIET)))
        check_consistent(watched, injects(watched))
        return sum(one.model_event.endswith("/reported") for one in injects(watched))

    assert reports(0) == 1 < reports(6)


def test_an_event_is_told_on_a_live_day_as_afterwards(busy: Watched) -> None:
    """What a room tells when it happens is what the pack has of it."""
    pack = {one.model_event: one for one in injects(busy) if one.model_event}
    day = busy.fresh()
    teller, done = Teller(busy.world), set[str]()
    for time in range(int(busy.world.start), int(busy.world.end), 5):
        day.until(float(time))
        for event in events_of(seen_of(day, busy.draws.troubles), busy.world):
            if event.key in done or event.subject is Subject.STATION:
                continue
            for inject in told(event, teller):
                done.add(event.key)
                if inject.model_event:
                    told_before = pack[inject.model_event]
                    assert (inject.text, inject.time) == (told_before.text, told_before.time)
    assert {event_and_delay(key)[0] for key in pack if not key.startswith("station/")} == {
        key for key in done if key in pack and not key.startswith("station/")
    }


def test_a_station_stopped_at_its_own_place_is_told_once(busy: Watched) -> None:
    stopped = [e for e in busy.events if e.what is What.STOPPED and isinstance(e.facts, OfStation)]
    own = [e for e in stopped if isinstance(e.facts, OfStation) and e.facts.at_its_place]
    assert own
    assert not {e.key for e in own} & {one.model_event for one in injects(busy)}


@pytest.mark.parametrize("language", Language)
def test_both_languages_tell_the_same_day(busy: Watched, language: Language) -> None:
    with spoken(language):
        listed = injects(busy)
        assert {one.module for one in listed} <= set(words.MODULES.values())
    assert [(i.seq, i.time, i.type, i.model_event) for i in listed] == [
        (i.seq, i.time, i.type, i.model_event) for i in injects(busy)
    ]


def test_everybody_or_fewer_get_each(busy: Watched) -> None:
    assert all(set(one.group) <= set(EVERYBODY) for one in injects(busy))
    assert {len(one.group) for one in injects(busy)} >= {0, 4, len(EVERYBODY)}
