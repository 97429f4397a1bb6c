"""Texts of a scenario are made from its settings: an override cannot make them lie."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.config.compose import load
from sim.config.region import RegionSettings
from sim.config.titles import scenario_names
from sim.errors import UserError
from sim.region.load import load_region
from sim.words.language import Language, spoken

ONE = ["strategy=even_spread"]
MINE = """
title: Trouble at {incidents[0].place}
description: It starts at {incidents[0].onset}; {a brace}, {region.title} and {} stay.
objectives: ["By {incidents[0].onset} somebody is awake"]
incidents: [{kind: riot, onset: "09:15", place: Kota Padang, starters: 12}]
"""


def mine(folder: Path, text: str = MINE, *overrides: str):  # type: ignore[no-untyped-def]
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    return load("mine", [*ONE, *overrides], folder)


def test_a_text_says_what_the_settings_say(tmp_path: Path) -> None:
    scenario = mine(tmp_path)
    assert scenario.said_title == "Trouble at Kota Padang"
    assert scenario.said_description == "It starts at 09:15; {a brace}, {region.title} and {} stay."
    assert scenario.said_objectives == ("By 09:15 somebody is awake",)


def test_an_override_changes_the_text_too(tmp_path: Path) -> None:
    scenario = mine(tmp_path, MINE, "incidents.0.onset='11:40'", "incidents.0.place=Binduriang")
    assert (scenario.said_title, scenario.said_description[:19]) == ("Trouble at Binduriang", "It starts at 11:40;")


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        ("{incidents[0].plaice}", "unknown 'plaice'; did you mean 'place'?"),
        ("{incidents}", "{incidents} is no time, name or number"),
        ("{incidents[0]}", "is no time, name or number"),
        ("{incidents[0].__class__}", "unknown '__class__'"),
        ("{kinds.riott.course.starters}", "unknown 'riott'; did you mean 'riot'?"),
        ("{kinds.riot.course}", "is no time, name or number"),
    ],
)
def test_what_is_no_setting_of_an_event_is_refused(tmp_path: Path, mark: str, says: str) -> None:
    text = MINE.replace("It starts at {incidents[0].onset}", f"At {mark}")
    with pytest.raises(UserError, match="description") as caught:
        mine(tmp_path, text)
    assert says in str(caught.value)


def test_a_sentence_about_what_an_override_took_away_is_left_out(tmp_path: Path) -> None:
    text = MINE.replace(
        "{a brace}", "{incidents[0].starters} begin it. At {incidents[1].onset} more come. It ends; {a brace}"
    )
    scenario = mine(tmp_path, text)
    assert (
        scenario.said_description == "It starts at 09:15; 12 begin it. It ends; {a brace}, {region.title} and {} stay."
    )
    bare = mine(tmp_path, text, 'incidents=[{kind: riot, onset: "10:00", place: Curup}]')
    assert bare.said_description == "It ends; {a brace}, {region.title} and {} stay."
    nothing = mine(tmp_path, text, "incidents=[]")
    assert (nothing.said_title, nothing.said_objectives) == ("Trouble at –", ("By – somebody is awake",))


@pytest.mark.parametrize("name", sorted(scenario_names()))
def test_every_packaged_scenario_tells_its_story_sources_and_objectives(name: str) -> None:
    scenario = load(name, ONE)
    assert scenario.said_description and scenario.sources and scenario.said_objectives
    assert "{" not in scenario.said_description + scenario.said_title
    if not scenario.incidents:
        return
    hour = "23:11"
    moved = load(name, [*ONE, f"incidents.0.onset='{hour}'"])
    assert hour in moved.said_description and hour not in scenario.said_description


@pytest.mark.parametrize("name", sorted(scenario_names()))
def test_no_packaged_story_has_a_time_a_size_or_a_place_in_words_of_its_own(name: str) -> None:
    """It would stay when an override changes the setting: another hour, another district, a smaller ring.

    An objective may ask for something within minutes or hours, which is no setting.
    """
    scenario = load(name, ONE)
    story, objectives = without_marks(scenario.title, scenario.description), without_marks(*scenario.objectives)
    assert not re.findall(r"\d|\bnoon\b|\bminutes?\b|\bhours?\b|\bmidnight\b", story)
    assert not re.findall(r"\d|\bnoon\b|\bmidnight\b", objectives)
    for text in (story, objectives):
        assert not re.findall(
            r"\b(?:three|four|five|six|dozens?|hundreds?|thousands?|far|Bukit|Kaba)\b", text, re.IGNORECASE
        )
        nodes = place_names(scenario.region)
        assert nodes and not [place for place in nodes if re.search(rf"\b{re.escape(place)}\b", text)]


def without_marks(*texts: str) -> str:
    """Return texts without the settings that they name."""
    return re.sub(r"\{[^}]*\}", "", " ".join(texts))


def place_names(region: RegionSettings) -> set[str]:
    """Return what districts, villages and bases of a region are called."""
    loaded = load_region(region)
    return {place.name for place in (*loaded.districts, *loaded.nodes, *loaded.bases)}


def test_a_text_names_the_place_of_a_condition_and_the_reach_of_a_kind(tmp_path: Path) -> None:
    text = (
        MINE
        + """
conditions:
  - when: {incident: riot, reaches: red}
    then: {kind: office_protest, place: KPU, probability: 0.5, delay: {mean_minutes: 5}}
"""
    )
    text = text.replace(
        "It starts", "Red brings some to {conditions[0].then.place}, {kinds.flood.course.most_km} km. It starts"
    )
    assert mine(tmp_path, text).said_description.startswith("Red brings some to KPU, 0.6 km. It starts")
    moved = mine(tmp_path, text, "conditions.0.then.place=BAWASLU", "kinds.flood.course.most_km=2.5")
    assert moved.said_description.startswith("Red brings some to BAWASLU, 2.5 km. It starts")
    none = mine(tmp_path, text, "conditions=[]")
    assert none.said_description.startswith("It starts")


def test_there_are_sixteen_scenarios_at_least() -> None:
    assert len(scenario_names()) >= 16


def test_a_value_is_said_as_the_reader_s_language_writes_it(tmp_path: Path) -> None:
    scenario = mine(tmp_path, MINE, "incidents.0.onset=['09:00','11:30']")
    assert scenario.said_objectives == ("By 09:00 to 11:30 somebody is awake",)
    with spoken(Language.INDONESIAN):
        assert scenario.said_description.startswith("It starts at 09.00")
