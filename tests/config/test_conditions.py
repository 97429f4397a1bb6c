"""Scripted incidents with drawn times and places, and conditions: what is refused, and what a scenario keeps."""

from __future__ import annotations

import json

import pytest

from sim.config.compose import load
from sim.config.scenario import Scenario
from sim.errors import UserError

ONE = ["scenario=calm_day", "strategy=even_spread"]


def refused(*overrides: str) -> str:
    with pytest.raises(UserError) as caught:
        load(None, [*ONE, *overrides])
    message = str(caught.value)
    assert "\n" not in message, "one mistake, one line"
    return message


def condition(when: str = "{incident: riot, reaches: red}", **then: object) -> str:
    values = {"kind": "office_protest", "place": "KPU", "probability": 0.5, "delay": "{mean_minutes: 30}"} | then
    return f"{{when: {when}, then: {{{', '.join(f'{k}: {v}' for k, v in values.items())}}}}}"


@pytest.mark.parametrize(
    ("incident", "says"),
    [
        (
            "onset: '09:00'",
            "{'kind': 'riot', 'onset': '09:00'}: place is missing: say where it happens, or with 'among'",
        ),
        ("onset: '09:00', place: Curup, among: [Curup]", "incidents[0].among = ['Curup']: not together with place"),
        ("onset: '09:00', among: []", "incidents[0].among = []: must not be empty"),
        ("onset: ['09:00'], place: Curup", "incidents[0].onset = ['09:00']: one time is needed"),
        (
            "onset: ['11:00', '09:00'], place: Curup",
            "the second must come after the first time, but 09:00 is not after",
        ),
        ("onset: ['09:00', '09:00'], place: Curup", "the second must come after the first time"),
        ("onset: ['09:00', 600], place: Curup", 'times are written in quotes, like "09:40", not as a number'),
        ("onset: 540, place: Curup", 'incidents[0].onset = 540: times are written in quotes, like "09:40"'),
        ("onset: ['09:00', '30:00'], place: Curup", "the day ends before it, at voting.day_end"),
    ],
)
def test_an_incident_has_one_onset_and_one_way_to_its_place(incident: str, says: str) -> None:
    assert says in refused(f"incidents=[{{kind: riot, {incident}}}]")


@pytest.mark.parametrize(
    ("conditions", "says"),
    [
        (condition(kind="riott"), "conditions[0].then.kind = 'riott': unknown 'riott'; did you mean 'riot'?"),
        (condition("{incident: riott, reaches: red}"), "conditions[0].when.incident = 'riott': unknown 'riott'"),
        (
            condition("{incident: riot}"),
            "when = {'incident': 'riot'}: reaches is missing (green, yellow or red), or station_opens",
        ),
        (condition("{incident: riot, reaches: blue}"), "conditions[0].when.reaches = 'blue'"),
        (
            condition("{incident: blackout, reaches: red}"),
            "conditions[0].when.reaches = 'red': 'blackout' never reaches it",
        ),
        (condition("{reaches: red, station_opens_late_minutes: 20}"), "not together with reaches"),
        (condition("{station_opens_late_minutes: 0}"), "station_opens_late_minutes = 0: must be more than 0"),
        (condition(probability=1.5), "conditions[0].then.probability = 1.5: must be 1 or less"),
        (condition(kind="flood", place="Curup", starters=5), "conditions[0].then.starters = 5: 'flood' has no crowd"),
        (condition(starters=999_999), "conditions[0].then.starters = 999999"),
        (condition(place="there"), "then.place = 'there': 'office_protest' is never there: it happens at a base, what"),
        (
            condition("{station_opens_late_minutes: 20}", kind="landslide", place="there"),
            "'landslide' is never there: it happens at a road, what it follows at a station",
        ),
        (
            condition(kind="riot", place="Curup"),
            "they lead back to themselves: riot (conditions[0]) -> riot; at least one",
        ),
        (
            f"{condition()}, {condition('{incident: office_protest, reaches: yellow}', kind='clash', place='Curup')}, "
            f"{condition('{incident: clash, reaches: red}', kind='riot', place='Curup')}",
            "office_protest (conditions[0]) -> clash (conditions[1]) -> riot (conditions[2]) -> office_protest",
        ),
        (
            f"{condition('{reaches: red}')}, {condition('{incident: office_protest, reaches: red}', kind='riot', place='Curup')}",
            "office_protest (conditions[0]) -> riot (conditions[1]) -> office_protest",
        ),
        (condition().replace("{when", "{times: 0, when", 1), "conditions[0].times = 0: must be 1 or more"),
    ],
    ids=lambda text: text[-40:],
)
def test_what_a_condition_cannot_be_is_refused_by_name(conditions: str, says: str) -> None:
    assert says in refused(f"conditions=[{conditions}]")


def test_chains_that_end_are_no_loops() -> None:
    chain = f"{condition()}, {condition('{incident: clash, reaches: red}', kind='riot', place='there')}"
    quiet = condition("{incident: office_protest, reaches: red}", kind="intimidation", place="Curup")
    back = condition("{incident: intimidation, reaches: green}", kind="blackout", place="there")
    found = load(None, [*ONE, f"conditions=[{chain}, {quiet}, {back}]"]).conditions
    assert [one.times for one in found] == [1, 1, 1, 1]
    anything = load(None, [*ONE, f"conditions=[{condition('{reaches: red}')}]"]).conditions[0]
    kinds = load(None, ONE).kinds
    assert anything.may_follow("riot", kinds["riot"]) and anything.may_follow("bomb_threat", kinds["bomb_threat"])
    assert not anything.may_follow("office_protest", kinds["office_protest"]), "not those of the kind that it brings"
    assert not anything.may_follow("blackout", kinds["blackout"]), "not one that never is red"


def test_followers_of_followers_that_never_end_are_refused_and_an_incident_may_have_more_of_its_own() -> None:
    for followers in (1, 1.5, 100):
        message = refused(f"disturbance.spread.followers={followers}")
        assert f"disturbance.spread.followers = {followers}: must be below 1" in message and "never end" in message
    assert load(None, [*ONE, "disturbance.spread.followers=0.99"]).disturbance.spread.followers == 0.99
    more = load(None, [*ONE, "incidents=[{kind: riot, onset: '09:00', place: Curup, followers: 3}]"])
    assert more.incidents[0].followers == 3


def test_settings_that_were_kept_give_the_same_scenario() -> None:
    scenario = load(
        None,
        [
            *ONE,
            "incidents=[{kind: riot, onset: ['09:00', '11:00'], among: [Curup, kecamatan 3]},"
            " {kind: riot, onset: '09:40', place: Curup}]",
            f"conditions=[{condition()}, {condition('{station_opens_late_minutes: 20}', kind='brawl', place='there')}]",
        ],
    )
    kept = json.loads(json.dumps(scenario.model_dump(mode="json")))
    assert [one["onset"] for one in kept["incidents"]] == [["09:00", "11:00"], "09:40"]
    assert Scenario.model_validate(kept) == scenario


def test_every_mistake_of_every_incident_and_condition_is_said_at_once() -> None:
    first = condition("{incident: blackout, reaches: red}", kind="flood", place="Curup", starters=5)
    second = condition("{incident: riott, reaches: red}", kind="office_protesst", place="there")
    third = condition("{incident: riot, reaches: red}", kind="landslide", place="there", starters=5)
    incidents = "{kind: blackout, onset: '30:00', place: Curup, starters: 5, followers: 2}, {kind: rio, onset: '30:00', place: Curup}"
    with pytest.raises(UserError) as caught:
        load(None, [*ONE, f"incidents=[{incidents}]", f"conditions=[{first}, {second}, {third}]"])
    said = str(caught.value).splitlines()
    for text in (
        "incidents[0].onset = '30:00': the day ends",
        "incidents[0].starters = 5: 'blackout' has no crowd",
        "incidents[0].followers = 2: 'blackout' has none",
        "incidents[1].onset = '30:00': the day ends",
        "incidents[1].kind = 'rio': unknown",
        "conditions[0].when.reaches = 'red': 'blackout' never reaches it",
        "conditions[0].then.starters = 5: 'flood' has no crowd",
        "conditions[1].when.incident = 'riott': unknown",
        "conditions[1].then.kind = 'office_protesst': unknown",
        "conditions[2].then.place = 'there': 'landslide' is never there",
        "conditions[2].then.starters = 5: 'landslide' has no crowd",
    ):
        assert sum(text in line for line in said) == 1, text
    assert len(said) == 11, "and what only follows from another is not said"
