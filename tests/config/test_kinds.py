"""Kinds of disturbance: one file each, packaged or of a user's own; what a kind cannot be is refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from sim.config.compose import choices, composed_yaml, load
from sim.config.courses import CrowdCourse, FixedCourse, Needs
from sim.config.kinds import Course
from sim.config.packaged import CONF, KINDS
from sim.config.scenario import Scenario
from sim.config.slow import GrowingCourse
from sim.config.source import read_yaml
from sim.errors import UserError
from sim.strength import Strength
from sim.vocabulary import Capability, PlaceKind, Severity

ONE = ["scenario=calm_day", "strategy=even_spread"]
FLASH_MOB = """
title: Flash mob
places: [station, area]
course:
  course: fixed
  duration: {mean_minutes: 20}
  resolve: {mean_minutes: 5}
severities:
  green: {needs: {presence: 2}, effects: [{effect: slow, speed: 0.5}]}
background_weight: 1
"""
FIRE = """
title: x
kinds:
  fire:
    title: Fire
    places: [station]
    course: {course: fixed, duration: {mean_minutes: 90}, resolve: {mean_minutes: 40}}
    severities:
      red: {needs: {rescue: 8}, effects: [{effect: evacuate}]}
    background_weight: 0
incidents:
  - {kind: fire, onset: "10:00", place: kecamatan 3}
"""


def refused(*overrides: str, folder: Path | None = None) -> str:
    with pytest.raises(UserError) as caught:
        load(None, [*ONE, *overrides], folder)
    return str(caught.value)


def own(folder: Path, name: str, text: str) -> Path:
    file = folder / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def packaged() -> Scenario:
    return load(None, ONE)


def test_every_file_is_a_kind_and_there_is_no_other(packaged: Scenario) -> None:
    assert sorted(packaged.kinds) == sorted(file.stem for file in (CONF / "kinds").glob("*.yaml"))
    assert len(packaged.kinds) == 18


def test_a_kind_says_where_it_can_happen(packaged: Scenario) -> None:
    places = {name: kind.places for name, kind in packaged.kinds.items()}
    assert places.pop("landslide") == places.pop("blockade_of_officials") == (PlaceKind.ROAD,)
    for name in ("flood", "earthquake", "volcanic_alert", "mobile_outage"):
        assert places.pop(name) == (PlaceKind.AREA,)
    assert places.pop("office_protest") == (PlaceKind.BASE,)
    assert places.pop("bomb_threat") == (PlaceKind.STATION, PlaceKind.BASE)
    assert places.pop("hoax") == places.pop("blackout") == (PlaceKind.STATION, PlaceKind.AREA)
    assert places.pop("ballot_box_interception") == (PlaceKind.STATION, PlaceKind.AREA, PlaceKind.ROAD)
    assert set(places.values()) == {(PlaceKind.STATION,)}


def test_a_kind_lists_only_the_severities_that_it_can_reach(packaged: Scenario) -> None:
    for kind in packaged.kinds.values():
        reached = [severity for severity, _ in kind.severities.items()]
        if isinstance(kind.course, CrowdCourse):
            assert reached == list(Severity)
        else:
            assert len(reached) == 1 or isinstance(kind.course, GrowingCourse)
    assert packaged.kinds["bomb_threat"].needs[Severity.RED] == Strength.of(presence=12, medical=1)
    with pytest.raises(KeyError):
        packaged.kinds["bomb_threat"].stage(Severity.GREEN)


def test_only_crowds_that_can_be_at_a_station_spread(packaged: Scenario) -> None:
    spreading = {name for name, kind in packaged.kinds.items() if kind.spreads}
    assert spreading == {"riot", "clash", "brawl", "ballot_box_seizure", "ballot_box_interception", "storming_of_count"}
    gathering = {name for name, kind in packaged.kinds.items() if kind.gathers}
    assert gathering == spreading | {"office_protest", "blockade_of_officials"}


def test_every_capability_can_be_asked_for() -> None:
    assert list(Needs.model_fields) == [capability.value for capability in Capability]
    everything = Needs(**{capability.value: 3 for capability in Capability})
    assert dict(everything.strength) == dict.fromkeys(Capability, 3)
    assert not Needs().strength


def test_settings_that_were_kept_give_the_same_kinds(packaged: Scenario) -> None:
    kept = json.loads(json.dumps(packaged.model_dump(mode="json")))
    assert Scenario.model_validate(kept) == packaged


def test_an_override_reaches_one_number_of_one_kind(packaged: Scenario) -> None:
    changed = load(None, [*ONE, "kinds.riot.course.starters=33"]).kinds
    course = changed["riot"].course
    assert isinstance(course, CrowdCourse) and course.starters == 33
    assert course.model_copy(update={"starters": 10}) == packaged.kinds["riot"].course
    assert {**changed, "riot": packaged.kinds["riot"]} == packaged.kinds


def test_an_effect_and_a_severity_can_be_changed_and_taken_away() -> None:
    kind = load(None, [*ONE, "kinds.riot.severities.green.effects.0.speed=0.5", "~kinds.riot.severities.red"]).kinds
    assert [severity for severity, _ in kind["riot"].severities.items()] == [Severity.GREEN, Severity.YELLOW]
    assert kind["riot"].effects(Severity.GREEN)[0].speed == 0.5  # type: ignore[union-attr]


def test_another_course_does_not_inherit_the_numbers_of_the_old_one() -> None:
    lasting = "{course: fixed, duration: {mean_minutes: 9}, resolve: {mean_minutes: 3}}"
    only_red = ["kinds.riot.severities.green=null", "kinds.riot.severities.yellow=null"]
    threshold = "kinds.riot.severities.red.from_active=null"
    riot = load(None, [*ONE, f"kinds.riot.course={lasting}", *only_red, threshold]).kinds["riot"]
    assert isinstance(riot.course, FixedCourse) and riot.course.duration.mean_minutes == 9
    assert "'kinds.riot.course.duration' is missing" in refused("kinds.riot.course.course=fixed")


def test_a_scenario_may_bring_a_kind_and_change_another(tmp_path: Path) -> None:
    own(tmp_path, "mine", FIRE.replace("kinds:\n", "kinds:\n  riot: {title: My riot}\n"))
    scenario = load("mine", ["strategy=even_spread"], tmp_path)
    assert scenario.kinds["fire"].needs[Severity.RED] == Strength.of(rescue=8)
    assert scenario.kinds["riot"].title == "My riot"
    assert isinstance(scenario.kinds["riot"].course, CrowdCourse)


def test_a_users_folder_may_add_a_kind(tmp_path: Path) -> None:
    own(tmp_path, "kinds/flash_mob", FLASH_MOB)
    kinds = load(None, [*ONE, "kinds.flash_mob.background_weight=2"], tmp_path).kinds
    assert (kinds["flash_mob"].title, kinds["flash_mob"].background_weight) == ("Flash mob", 2)
    assert len(kinds) == 19
    assert "flash_mob" not in load(None, ONE).kinds


def test_a_users_kind_of_a_packaged_name_replaces_it(tmp_path: Path) -> None:
    own(tmp_path, "kinds/riot", FLASH_MOB)
    riot = load(None, ONE, tmp_path).kinds["riot"]
    assert riot.title == "Flash mob" and isinstance(riot.course, FixedCourse)
    assert choices("kinds", tmp_path)["riot"] == tmp_path / "kinds" / "riot.yaml"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("mean_minutes: 20", "mean_minutes: -20", "kinds.flash_mob.course.duration.mean_minutes = -20: must be 0 or"),
        ("[station, area]", "[station, aria]", "kinds.flash_mob.places[1] = 'aria': unknown; did you mean 'area'?"),
        ("course: fixed", "course: fix", "kinds.flash_mob.course.course = 'fix': unknown; did you mean 'fixed'?"),
        ("  course: fixed\n", "", "'kinds.flash_mob.course.course' is missing"),
        ("title: Flash mob\n", "", "'kinds.flash_mob.title' is missing"),
        ("presence: 2", "presense: 2", "unknown setting 'kinds.flash_mob.severities.green.needs.presense'; did you me"),
        ("green: {", "geen: {", "unknown setting 'kinds.flash_mob.severities.geen'; did you mean 'green'?"),
        (
            "effect: slow",
            "effect: slaw",
            "kinds.flash_mob.severities.green.effects[0].effect = 'slaw': unknown; did you",
        ),
        ("title:", "titel:", "unknown setting 'kinds.flash_mob.titel'; did you mean 'title'?"),
        ("course:\n", "course: [1]\nextra:\n", "kinds.flash_mob.course = [1]: a mapping of settings is needed"),
        ("title: Flash", "title: [Flash", "not valid YAML"),
        ("title: Flash mob", "title: ${oc.env:HOME}", "interpolations"),
        ("title: Flash mob", "_target_: os.system", "'_target_' is not allowed"),
    ],
)
def test_a_mistake_in_a_kinds_file_names_the_file(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in FLASH_MOB
    file = own(tmp_path, "kinds/flash_mob", FLASH_MOB.replace(old, new, 1))
    incident = "incidents=[{kind: flash_mob, onset: '10:00', place: kecamatan 3}]"
    message = refused(incident, folder=tmp_path)
    assert f"{file}: " in message
    assert says in message
    remark, *more = load(None, ONE, tmp_path).remarks
    assert remark.startswith("kind 'flash_mob' is left out, and nothing of it happens: ") and not more
    assert f"{file}: " in remark


@pytest.mark.parametrize("new", ["mean_minutes: -20", "mean_minutes: [20"])
@pytest.mark.parametrize("override", ["kinds.flash_mob.background_weight=2", "kinds.flash_mob.title=Mob"])
def test_a_broken_kind_that_is_set_is_refused_though_no_incident_is_of_it(
    tmp_path: Path, new: str, override: str
) -> None:
    file = own(tmp_path, "kinds/flash_mob", FLASH_MOB.replace("mean_minutes: 20", new))
    assert f"{file}: " in refused(override, folder=tmp_path)


def test_a_broken_kind_is_left_out_and_all_others_are_as_without_its_file(tmp_path: Path) -> None:
    own(tmp_path, "mine", "title: Mine\n")
    alone = load("mine", ONE[1:], tmp_path)
    for text in (FLASH_MOB.replace("green:", "geen:"), "title: [", "5"):
        own(tmp_path, "kinds/flash_mob", text)
        kept = load("mine", ONE[1:], tmp_path)
        assert kept.model_dump() == alone.model_dump()
        assert len(kept.remarks) == 1 and alone.remarks == ()
    own(tmp_path, "kinds/flash_mob", FLASH_MOB)
    whole = load("mine", ONE[1:], tmp_path)
    assert set(whole.kinds) - set(alone.kinds) == {"flash_mob"} and whole.remarks == ()


def test_another_mistake_is_said_though_a_broken_kind_is_left_out(tmp_path: Path) -> None:
    own(tmp_path, "kinds/flash_mob", FLASH_MOB.replace("green:", "geen:"))
    assert refused("run.seed=-1", folder=tmp_path) == "override 'run.seed=-1': run.seed = -1: must be 0 or more"


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("kinds.riot.severities.green.from_active=5", "from_active = 5: a crowd is green from its first active person"),
        ("~kinds.riot.severities.green", "severities: a crowd needs 'green'"),
        ("~kinds.riot.severities.yellow.from_active", "severities.yellow: from_active is needed"),
        ("kinds.riot.course.floor=20", "kinds.riot.course.floor = 20: severities.yellow.from_active must be more than"),
        ("kinds.blackout.severities.red={}", "severities: a fixed course has exactly one, not green, red"),
        ("kinds.blackout.severities.green=null", "a fixed course has exactly one, not none"),
        (
            "kinds.blackout.severities.green.from_active=9",
            "severities.green.from_active = 9: only a crowd has a thresh",
        ),
        ("kinds.blackout.severities.green.from_km=9", "severities.green.from_km = 9: only a growing area has such"),
        ("kinds.riot.severities.red.from_km=9", "severities.red.from_km = 9: only a growing area has such"),
        ("kinds.intimidation.severities.red={}", "severities: a slow course has exactly one, not green, red"),
        ("kinds.flood.severities.yellow.from_km=1", "severities.yellow.from_km = 1: the first severity begins with"),
        ("kinds.flood.severities.red.from_km=null", "severities.red: from_km is needed"),
        ("kinds.flood.severities.red.from_km=0.1", "severities.red.from_km must be more than course.start_km, but 0.1"),
        ("kinds.flood.severities.red.from_km=9", "severities.red.from_km = 9: the radius never grows so far"),
        ("kinds.flood.severities.red.from_active=9", "severities.red.from_active = 9: only a crowd has such"),
        (
            "kinds.flood.course.most_km=0.1",
            "course.most_km = 0.1: most_km must not be less than start_km, but 0.1 is less",
        ),
        ("kinds.flood.places=[station]", "a growing area is at an area, and nowhere else"),
        ("kinds.intimidation.telling.share=1.1", "kinds.intimidation.telling.share = 1.1"),
        ("kinds.riot.course.neighbours.reach_km=0", "kinds.riot.course.neighbours.reach_km = 0"),
        ("kinds.riot.course.supporters_reach_km=0", "kinds.riot.course.supporters_reach_km = 0"),
        (
            "kinds.riot.prone_to=flood",
            "prone_to = 'flood': roads and villages are prone to it, and neither is among the",
        ),
        ("kinds.flood.prone_to='flash flood/'", "kinds.flood.prone_to = 'flash flood/': a name"),
        ("kinds.landslide.background_weight=1", "background_weight = 1: it counts at places of kind 'station', which"),
        ("kinds.riot.boxes_weight=1", "boxes_weight = 1: boxes are at stations, in villages and on roads, and 'area'"),
        ("kinds.riot.boxes_weight=-1", "kinds.riot.boxes_weight = -1"),
        ("disturbance.background.boxes_factor=1001", "disturbance.background.boxes_factor = 1001"),
        (
            "kinds.office_protest.severities.green.effects=[{effect: hold_boxes}]",
            "'hold_boxes' does nothing at a base, which is among the places; only at a station or road or area",
        ),
        ("kinds.riot.places=[]", "kinds.riot.places = []: must not be empty"),
        ("kinds.riot.places=[station,station]", "kinds.riot.places"),
        ("kinds=riot", "kinds = 'riot': a mapping of settings is needed"),
        ("kinds.riot=[1]", "kinds.riot = [1]: a mapping of settings is needed"),
        ("kinds={}", None),
        ("~kinds", "override '~kinds': 'kinds' is missing"),
        ("~kinds.riott", "'kinds.riott' does not exist"),
        ("kinds.riot.course=[1]", "kinds.riot.course = [1]: a mapping of settings is needed"),
        ("disturbance.kinds.riot.title=x", "unknown setting 'disturbance.kinds'"),
    ],
)
def test_what_a_kind_cannot_be_is_refused_by_name(override: str, says: str | None) -> None:
    if says is None:
        assert load(None, [*ONE, override]).kinds == load(None, ONE).kinds
        return
    assert says in refused(override)


@pytest.mark.parametrize(
    ("incident", "says"),
    [
        ("{kind: riott, onset: '09:00', place: Curup}", "incidents[0].kind = 'riott': unknown 'riott'; did you mean"),
        ("{kind: flood, onset: '09:00', place: Curup, starters: 5}", "incidents[0].starters = 5: 'flood' has no crowd"),
        (
            "{kind: office_protest, onset: '09:00', place: KPU, followers: 1}",
            "incidents[0].followers = 1: 'office_protest' has none; only crowds at stations have followers",
        ),
    ],
)
def test_an_incident_says_nothing_that_its_kind_does_not_know(incident: str, says: str) -> None:
    assert says in refused(f"incidents=[{incident}]")


def test_the_whole_of_every_kind_is_printed() -> None:
    text = composed_yaml([*ONE, "kinds.riot.course.starters=33"])
    assert (
        "  riot:\n    title: Riot\n    places:\n    - station\n    course:\n      course: crowd\n      starters: 33\n"
        in text
    )
    assert "effect: close_road" in text


def test_each_file_is_read_once_however_many_strategies_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.config import own_kinds

    read: list[Path] = []

    def counting(path: Path) -> dict[str, object]:
        read.append(path)
        return read_yaml(path)

    monkeypatch.setattr(own_kinds, "read_yaml", counting)
    load("calm_day")
    of_kinds = [path for path in read if path.parent.name == KINDS]
    assert sorted(of_kinds) == sorted((CONF / "kinds").glob("*.yaml"))


def test_every_course_has_a_name_of_its_own() -> None:
    names = [get_args(course.model_fields["course"].annotation)[0] for course in get_args(get_args(Course)[0])]
    assert names == ["crowd", "two_sided", "fixed", "slow", "growing"]


@pytest.mark.parametrize(
    "thresholds",
    [
        "{react_per_minute: 1}",
        "{react_per_minute: 1, mean_share: 0.2}",
        "{react_per_minute: 1, mean_share: 0.2, sd_share: 0.1, shares: [0.1]}",
        "{react_per_minute: 1, sd_share: 0.1, shares: [0.1]}",
    ],
)
def test_personal_thresholds_are_normal_or_listed_and_not_both(thresholds: str) -> None:
    with pytest.raises(UserError, match="either normal, with mean_share and sd_share, or listed as shares"):
        load("calm_day", [*ONE[1:], f"+kinds.riot.course.thresholds={thresholds}"])


def test_personal_thresholds_of_either_sort_are_taken() -> None:
    for thresholds in (
        "{react_per_minute: 1, shares: [0, 0.02]}",
        "{react_per_minute: 1, mean_share: 0.2, sd_share: 0}",
    ):
        course = load("calm_day", [*ONE[1:], f"+kinds.riot.course.thresholds={thresholds}"]).kinds["riot"].course
        assert isinstance(course, CrowdCourse) and course.thresholds is not None
