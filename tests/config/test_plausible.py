"""What is odd in a scenario's disturbances is remarked: each remark where it should be, and not where it should not."""

from __future__ import annotations

import pytest

from sim.config.compose import load
from sim.config.plausible import odd_settings
from sim.config.seen import CROWDS, LOCAL_ELECTIONS, MOST_VIOLENT_A_DAY, VIOLENT_INCIDENTS, largest_seen
from sim.config.titles import scenario_names
from sim.vocabulary import PlaceKind

KPU = "KPU"


def odd(*overrides: str, incident: str = "", kinds: tuple[str, ...] = ()) -> list[str]:
    incidents = [f"incidents=[{{{incident}}}]"] if incident else []
    scenario = load("calm_day", ["strategy=even_spread", *incidents, *overrides])
    return odd_settings(scenario, kinds or tuple(scenario.kinds))


@pytest.mark.parametrize("name", sorted(scenario_names()))
def test_nothing_packaged_is_odd(name: str) -> None:
    scenario = load(name, ["strategy=even_spread"])
    assert odd_settings(scenario, scenario.kinds) == []


def at(onset: str, kind: str = "riot", place: str = "Curup") -> str:
    return f"kind: {kind}, onset: '{onset}', place: {place}"


@pytest.mark.parametrize(
    ("onset", "says"),
    [
        ("06:59", ["incidents[0].onset = 06:59: before the polls open at 07:00 (voting.open); usual is between 07:00"]),
        ("07:00", []),
        ("23:59", []),
        ("24:00", ["incidents[0].onset = 24:00: after midnight; usual is between 07:00 and 24:00"]),
    ],
)
def test_an_onset_outside_the_day_of_voting(onset: str, says: list[str]) -> None:
    found = odd(incident=at(onset))
    assert len(found) == len(says) and all(text.startswith(start) for text, start in zip(found, says, strict=True))


def test_an_onset_is_held_against_the_hours_that_are_set() -> None:
    assert odd("voting.open='06:00'", incident=at("06:30")) == []
    assert len(odd(incident=at("06:30"))) == 1


def test_after_midnight_is_odd_unless_a_station_can_still_be_counting() -> None:
    slow = "voting.counting.minutes_per_voter=2"  # 600 x .72 voters: until 03:54
    assert odd(slow, incident=at("27:53")) == []
    assert "usual is between 07:00 and 27:54" in odd(slow, incident=at("27:54"))[0]
    assert len(odd("voting.counting.minutes_per_voter=0.96", incident=at("24:10"))) == 1


def test_the_packaged_count_is_disputed_after_midnight_where_people_still_count() -> None:
    scenario = load("count_disputed", ["strategy=even_spread"])
    assert scenario.incidents and all(one.onset.earliest > 24 * 60 for one in scenario.incidents)
    assert all(one.kind == "storming_of_count" for one in scenario.incidents)


def test_a_slope_may_come_down_at_any_hour() -> None:
    assert odd(incident=at("05:00", "landslide", "'Mojorejo - Beringin Tiga'")) == []
    assert len(odd(incident=at("05:00", "flood"))) == 1


@pytest.mark.parametrize(
    ("kind", "place", "starters", "odd_start"),
    [
        ("riot", "Curup", 100, False),
        ("riot", "Curup", 101, True),
        ("office_protest", KPU, 101, False),
        ("office_protest", KPU, 500, False),
        ("office_protest", KPU, 501, True),
    ],
)
def test_a_start_larger_than_any_crowd_seen_there(kind: str, place: str, starters: int, odd_start: bool) -> None:
    found = odd(incident=f"{at('09:40', kind, place)}, starters: {starters}")
    assert [text.partition(":")[0] for text in found] == [f"incidents[0].starters = {starters}"] * odd_start
    assert all(("30-100" if kind == "riot" else "100-500") in text for text in found)


def test_what_a_condition_brings_is_judged_like_what_is_scripted() -> None:
    then = "kind: office_protest, place: KPU, probability: 0.5, delay: {mean_minutes: 2000}, starters: 5000"
    found = odd(f"conditions=[{{when: {{incident: riot, reaches: red}}, then: {{{then}}}}}]")
    assert [text.partition(":")[0] for text in found] == [
        "conditions[0].then.starters = 5,000",
        "conditions[0].then.starters and kinds.office_protest.course",
        "conditions[0].then.delay.mean_minutes = 2,000",
    ]


def test_a_kinds_own_start_is_judged_like_a_scripted_one() -> None:
    assert odd("kinds.riot.course.starters=100") == []
    assert [text.partition(" =")[0] for text in odd("kinds.riot.course.starters=101")] == ["kinds.riot.course.starters"]


def test_more_people_than_ten_times_the_largest_crowd_seen() -> None:
    assert odd("kinds.riot.course.onlookers=755") == []  # with 10 starters, 135 neighbours and 100 supporters: 1,000
    (text,) = odd("kinds.riot.course.onlookers=756")
    assert text.startswith("kinds.riot.course: starters, onlookers, neighbours and supporters are 1,001 together, over")
    assert odd("kinds.office_protest.course.onlookers=4000") == []  # an office has seen more
    (text,) = odd("kinds.riot.course.onlookers=755", incident=f"{at('09:40')}, starters: 11")
    assert text.startswith("incidents[0].starters and kinds.riot.course: ") and "1,001" in text


def test_what_lasts_longer_than_the_day() -> None:
    assert odd("kinds.flood.course.duration.mean_minutes=1380") == []  # 07:00 to 30:00
    (text,) = odd("kinds.flood.course.duration.mean_minutes=1381")
    assert text.startswith("kinds.flood.course.duration.mean_minutes = 1,381: longer than the day, which has 1,380")
    (text,) = odd("kinds.blackout.course.resolve.mean_minutes=2000")
    assert text.startswith("kinds.blackout.course.resolve.mean_minutes = 2,000")
    assert len(odd("voting.day_end='20:00'", "kinds.flood.course.duration.mean_minutes=1380")) == 1


def test_only_kinds_that_are_asked_about_are_judged() -> None:
    assert odd("kinds.riot.course.starters=101", kinds=("flood",)) == []


def test_what_was_seen() -> None:
    assert largest_seen([PlaceKind.STATION, PlaceKind.BASE]) == CROWDS[PlaceKind.BASE].most == 500
    assert largest_seen([PlaceKind.ROAD]) is None
    assert pytest.approx(585 / 143) == MOST_VIOLENT_A_DAY == VIOLENT_INCIDENTS / LOCAL_ELECTIONS


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (
            "what: late_opening, place: Curup, opens_at: '07:00'",
            "troubles[0].opens_at = 07:00: not between the opening",
        ),
        (
            "what: late_opening, place: Curup, opens_at: '13:00'",
            "troubles[0].opens_at = 13:00: not between the opening",
        ),
        ("what: late_opening, place: Curup, opens_at: '07:01'", ""),
        ("what: late_opening, place: Curup, opens_at: '12:59'", ""),
        (
            "what: out_of_use, place: Curup, stage: booth, from_time: '13:00', to_time: '14:00'",
            "troubles[0].from_time = 13:00: not in the hours of voting, 07:00 to 13:00",
        ),
        ("what: out_of_use, place: Curup, stage: booth, from_time: '06:00', to_time: '07:01'", ""),
        ("what: out_of_use, place: Curup, stage: booth, from_time: '06:00'", ""),
        ("what: short_ballots, place: Curup, ballots: 5", ""),
    ],
)
def test_trouble_outside_the_hours_of_voting_is_odd(trouble: str, says: str) -> None:
    found = odd(f"troubles=[{{{trouble}}}]")
    assert [text.startswith(says) for text in found] == [True] * bool(says)


def test_a_text_that_names_what_is_not_there_is_odd() -> None:
    scenario = load("flood_lowland", ["strategy=minimum_pattern", "incidents=[]"])
    found = odd_settings(scenario, ())
    assert [text.split(", which")[0] for text in found] == [
        "title names {incidents[0].place}",
        "description names {incidents[0].place}",
        "description names {incidents[0].onset}",
    ]
