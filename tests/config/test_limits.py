"""Every count, number, list, table and text of the settings has an upper limit, and so has what they make together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any

import numpy as np
import pytest
from pydantic import BaseModel, Field, ValidationError

from sim.config.compose import load
from sim.config.fields import Count, Number, Positive, Settings, Whole
from sim.config.scenario import Scenario
from sim.config.voting import VotingSettings
from sim.day import prepare
from sim.day.size import check_size, check_troubles
from sim.errors import UserError
from sim.region.region import Region
from sim.voting.troubled import TroubleAt
from tests.conftest import small_scenario

ALLOWED: dict[str, str] = {}
"""Settings without a limit, by where they stand in the schema, each with the reason."""
HIGHEST, LOWEST = {"maximum", "exclusiveMaximum", "le", "lt"}, {"minimum", "exclusiveMinimum", "ge", "gt"}


def lacks(node: dict[str, Any]) -> Iterator[str]:
    """What a part of a JSON schema does not limit."""
    kind, keys = node.get("type"), node.keys()
    if kind in ("integer", "number") and not (keys & HIGHEST and keys & LOWEST):
        yield "a number without bounds"
    if kind == "string" and not keys & {"maxLength", "enum", "const"}:
        yield "a text without a length"
    if kind == "array" and "maxItems" not in keys:
        yield "a list without a length"
    if kind == "object" and not keys & {"properties", "maxProperties"}:
        yield "a table without a size"
    names = node.get("propertyNames", {}).keys()  # a reference is to an enumeration
    if kind == "object" and "properties" not in keys and not names & {"maxLength", "enum", "$ref"}:
        yield "a table whose keys have no length"


def unlimited(node: Any, path: str = "") -> Iterator[str]:
    """What has no limit in a JSON schema, by where it stands."""
    parts: dict[str, Any] = dict(enumerate(node)) if isinstance(node, list) else {}  # type: ignore[arg-type]
    if isinstance(node, dict):
        yield from (f"{path}: {what}" for what in lacks(node))
        parts = {key: part for key, part in node.items() if key not in ("enum", "const", "default", "propertyNames")}
    for key, part in parts.items():
        yield from unlimited(part, f"{path}/{key}")


def test_every_setting_of_the_schema_has_a_limit() -> None:
    found = {line.partition(": ")[0]: line for line in unlimited(Scenario.model_json_schema())}
    assert [line for path, line in found.items() if path not in ALLOWED] == []
    assert set(ALLOWED) <= set(found), "nothing is allowed that has a limit"
    assert all(reason for reason in ALLOWED.values())


def test_the_walk_finds_whatever_has_no_limit() -> None:
    class Inner(BaseModel):
        number: Annotated[Number, Field(ge=0)]
        whole: Annotated[Whole, Field(le=5)]
        keys: Annotated[dict[str, Count], Field(max_length=3)]

    class Outer(BaseModel):
        inner: tuple[Inner, ...] = ()
        word: str | None = None
        table: dict[Annotated[str, Field(max_length=3)], Count] = Field(default_factory=dict)
        fine: Annotated[tuple[Positive, ...], Field(max_length=3)] = ()

    found = sorted(line.rpartition("/")[2] for line in unlimited(Outer.model_json_schema()))
    assert found == [
        "0: a text without a length",
        "inner: a list without a length",
        "keys: a table whose keys have no length",
        "number: a number without bounds",
        "table: a table without a size",
        "whole: a number without bounds",
    ]


def refused(*overrides: str, scenario: str = "calm_day") -> str:
    with pytest.raises(UserError) as caught:
        load(scenario, ["strategy=minimum_pattern", *overrides])
    return str(caught.value)


TEAMS = "strategy.reserves=[{{base: POLRES, teams: {}, size: 1, vehicle: truck}}]"


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("run.replications=1000000000000", "run.replications = 1000000000000: must be 1,000,000 or less"),
        (f"run.seed={'9' * 5_000}", "run.seed = 999999999999"),
        (f"run.seed={'9' * 4_000}", "run.seed = 999999999999"),
        (f"run.seed={2**64}", "run.seed = 18446744073709551616: must be 18,446,744,073,709,551,615 or less"),
        (TEAMS.format(10**7), "reserves[0].teams = 10000000: must be 10,000 or less"),
        ("voting.stages.0.servers=9223372036854775808", "servers = 9223372036854775808: must be 10,000 or less"),
        ("region.forces.police=9223372036854775808", "police = 9223372036854775808: must be 1,000,000 or less"),
        (
            "disturbance.spread.reach_km=1e308",
            "disturbance.spread.reach_km = 1e308: a number is written in plain decimals",
        ),
        (f"disturbance.spread.reach_km=0.{'0' * 300}1", "too near to zero: write 0, or 0.000000001 or more"),
        ("disturbance.spread.followers=-0.0", "disturbance.spread.followers = -0.0: a zero has no sign"),
        ("run.confidence=nan", "run.confidence = nan: a number is written in plain decimals"),
        ("run.confidence=1.0", "run.confidence = 1.0: must be less than 1"),
        ("run.resamples=-inf", "run.resamples = -inf: a number is written in plain decimals"),
        (f"region.title={'x' * 100_001}", "it has 100,014 characters; at most 20,000 are read"),
        (f"response.guard_vehicle={'x' * 501}", "may have 500 characters at most"),
        (f"strategy={','.join(f's{i}' for i in range(51))}", "strategies: at most 50 are compared, not 51"),
    ],
    ids=lambda text: text[:40],
)
def test_a_number_or_a_text_beyond_its_limit_is_refused_with_the_limit(override: str, says: str) -> None:
    message = refused(override)
    assert says in message
    assert len(message) < 1_000, "what was written is not printed at length"


@pytest.mark.parametrize(
    ("number", "says"),
    [(-0.0, "no sign"), (float("inf"), "finite"), (10**400, "1000000"), (1e308, "1000000"), (1e-320, "near to zero")],
    ids=["minus zero", "infinity", "ten to the 400", "1e308", "denormal"],
)
def test_no_number_of_a_setting_is_beyond_what_can_be_computed_with(number: float, says: str) -> None:
    class Group(Settings):
        count: Count = 1
        positive: Positive = 1

    for name in ("count", "positive"):
        with pytest.raises(ValidationError, match=says if name == "positive" else name):
            Group.model_validate({name: number})


@cache
def settings() -> str:
    """A calm day's settings under two strategies, as plain data."""
    return load("calm_day", ["strategy=minimum_pattern,even_spread"]).model_dump_json()


def together(change: Any) -> str:
    """What is said of these settings once they are changed."""
    data = json.loads(settings())
    change(data)
    with pytest.raises(ValidationError) as caught:
        Scenario.model_validate(data)
    return str(caught.value)


def incident(**more: Any) -> dict[str, Any]:
    return {"kind": "riot", "onset": "09:00", "place": "kecamatan 3", **more}


def test_teams_of_all_strategies_together_have_a_limit() -> None:
    def many(data: dict[str, Any]) -> None:
        data["strategies"] = [{**data["strategies"][0], "name": name} for name in ("a", "b")]
        for strategy in data["strategies"]:
            strategy["reserves"] = [{"base": "POLRES", "teams": 10_000, "size": 1, "vehicle": "truck"}]

    assert "strategies[0].reserves: 20,030 teams under all strategies together; at most 20,000" in together(many)

    def always(data: dict[str, Any]) -> None:
        one = data["response"]["attached"][0]
        data["response"]["attached"] = [{**one, "teams": 10_000}, {**one, "teams": 5_000}]

    assert "response.attached: 30,029 teams under all strategies together" in together(always)


def test_followers_of_all_scripted_disturbances_together_have_a_limit() -> None:
    def many(data: dict[str, Any]) -> None:
        data["incidents"] = [incident(followers=100)] * 100 + [incident(followers=1)]

    assert "incidents: 10,001 followers are expected of them together; at most 10,000" in together(many)


def test_a_batch_of_days_that_does_not_fit_into_memory_is_refused_and_one_day_never_is() -> None:
    def many(data: dict[str, Any]) -> None:
        data["incidents"], data["run"]["batch"] = [incident(followers=0)] * 900, 151

    says = "run.batch: at most 150 days of 2 strategies and 900 incidents are kept in memory together"
    assert says in together(many)
    data = json.loads(settings())
    data["incidents"], data["run"]["batch"] = [incident(followers=0)] * 900, 150
    assert Scenario.model_validate(data).run.batch == 150


def test_injuries_of_a_crowd_have_a_limit_also_with_the_starters_of_a_scenario() -> None:
    def crowd(data: dict[str, Any]) -> None:
        data["kinds"]["riot"]["course"] |= {"onlookers": 999_000, "injuries_per_active_hour": 1}

    assert "of 999,245 people who could be active more than 10,000 would be injured an hour" in together(crowd)

    def starters(data: dict[str, Any]) -> None:
        data["incidents"] = [incident(starters=999_000)]

    assert "more than 10,000 would be injured an hour" in together(starters)


def region(stations: int, registered: int, nodes: int = 100) -> Region:
    """As much of a place as its size is judged by."""

    class Stations:
        vulnerability = np.zeros(stations, np.int8)

        def __len__(self) -> int:
            return stations

    made: Any = Stations()
    made.registered = np.full(stations, registered)

    class Place:
        pass

    place: Any = Place()
    place.stations, place.nodes, place.villages, place.bases = made, range(nodes), range(nodes), range(17)
    place.roads = Place()
    place.roads.u = range(nodes)
    return place  # type: ignore[no-any-return]


def test_the_whole_nation_is_allowed() -> None:
    check_size(small_scenario(), region(435_000, 469))


def changed(**groups: Any) -> Scenario:
    scenario = small_scenario()
    return scenario.model_copy(update={name: change(getattr(scenario, name)) for name, change in groups.items()})


def test_many_voters_at_few_stations_are_refused() -> None:
    with pytest.raises(
        UserError, match=r"100,000,000 registered voters at 10 stations, with 4 stages .* need 11\.2 GB"
    ):
        check_size(small_scenario(), region(10, 10_000_000))


def test_many_servers_for_many_voters_are_refused() -> None:
    def crowded(voting: VotingSettings) -> VotingSettings:
        stage = voting.stages[0].model_copy(update={"servers": 10_000})
        return voting.model_copy(update={"stages": (stage,) * 20})

    with pytest.raises(UserError, match=r"voting\.stages: 200,000 servers at each of 445 stations are too many"):
        check_size(changed(voting=crowded), region(445, 468))


def test_a_hazard_that_would_draw_millions_of_moments_is_refused() -> None:
    def often(settings: Any) -> Any:
        background = settings.background.model_copy(update={"rate_per_station_hour": 1_000.0})
        return settings.model_copy(update={"background": background})

    with pytest.raises(UserError, match=r"one could start at 20,470,000 moments of a day; at most 2,000,000 are drawn"):
        check_size(changed(disturbance=often), region(445, 468))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"waiting_factor": 1_000_000, "rate_per_station_hour": 0.008}, "waiting_factor = 1e.06: one could start at"),
        (
            {"late_unrest_per_100": 1, "late_unrest_most": 1_000, "rate_per_station_hour": 70},
            "late_unrest_most = 1000: one",
        ),
        (
            {"rate_per_office_hour": 1_000, "office_counting_factor": 10},
            "rate_per_office_hour = 1000: one could start at",
        ),
        (
            {"rate_per_road_hour": 1_000},
            "rate_per_road_hour = 1000: one could start at 10,764,000 moments of a day; at",
        ),
        ({"rate_per_village_hour": 1_000}, "rate_per_village_hour = 1000: one could start at 10,764,000 moments"),
    ],
)
def test_a_hazard_elsewhere_that_would_draw_millions_of_moments_is_refused(more: dict[str, float], says: str) -> None:
    def often(settings: Any) -> Any:
        return settings.model_copy(update={"background": settings.background.model_copy(update=more)})

    with pytest.raises(UserError, match=says):
        check_size(changed(disturbance=often), region(445, 468, nodes=468))


def test_travel_times_between_too_many_places_are_refused() -> None:
    with pytest.raises(UserError, match=r"5,000 villages and outside nodes with 4 vehicles .* more than 40,000,000"):
        check_size(small_scenario(), region(445, 468, nodes=5_000))


def test_troubles_that_name_too_many_stations_are_refused() -> None:
    one: Any = TroubleAt(tuple(range(2_000)), None, 0)  # type: ignore[arg-type]
    check_troubles([one] * 500)
    with pytest.raises(UserError, match=r"troubles: they name 1,002,000 stations in all; at most 1,000,000"):
        check_troubles([one] * 501)


def test_a_scenario_too_large_for_its_place_is_refused_before_anything_is_made_of_it() -> None:
    scenario = small_scenario(
        "disturbance.background.rate_per_station_hour=1000", "disturbance.background.crowding_most=1000"
    )
    with pytest.raises(UserError, match=r"^disturbance\.background: "):
        prepare(scenario)
