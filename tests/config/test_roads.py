"""Settings of roads through the day: slow stretches and the night, what they may be, and when it is dark."""

from __future__ import annotations

import functools
import json
import math
from typing import Any

import pytest
from pydantic import ValidationError

from sim.config.compose import load
from sim.config.response import Night
from sim.config.scenario import SlowStretch
from sim.errors import UserError

STRETCH = {"between": ["A", "B"], "factor": 0.5, "from_time": "09:00", "to_time": "10:00"}


@functools.cache
def packaged() -> str:
    return load("calm_day", ["strategy=even_spread"]).response.night.model_dump_json()


def night(**changed: Any) -> Night:
    return Night.model_validate({**json.loads(packaged()), **changed})


@pytest.mark.parametrize(
    ("factor", "says"),
    [
        ("0", "slow_stretches[0].factor = 0: must be more than 0"),
        ("1.01", "slow_stretches[0].factor = 1.01: must be 1 or less"),
        ("-0.5", "slow_stretches[0].factor = -0.5: must be more than 0"),
        ("half", "slow_stretches[0].factor = 'half': "),
    ],
)
def test_a_factor_out_of_its_limits_is_refused_with_them(factor: str, says: str) -> None:
    stretch = f'slow_stretches=[{{between: [A, B], factor: {factor}, from_time: "09:00"}}]'
    with pytest.raises(UserError) as caught:
        load("calm_day", ["strategy=even_spread", stretch])
    assert says in str(caught.value)


def test_a_slow_stretch_ends_after_it_begins_or_never() -> None:
    assert SlowStretch.model_validate({**STRETCH, "to_time": None}).to_time is None
    for end in ("09:00", "08:59"):
        with pytest.raises(ValidationError, match="to_time must come after from_time"):
            SlowStretch.model_validate({**STRETCH, "to_time": end})


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"from_time": "24:10"}, "an hour of every day"),
        ({"to_time": "29:45"}, "an hour of every day"),
        ({"to_time": "18:10"}, "to_time must differ from from_time"),
        ({"speed_factor": {"town": 0, "trunk": 1, "secondary": 1, "hill": 1, "local": 1}}, "greater than 0"),
    ],
)
def test_a_night_that_cannot_be_is_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        night(**changed)


def test_nights_are_those_of_the_clock_from_start_to_end() -> None:
    dusk, dawn = 18 * 60 + 10.0, 29 * 60 + 45.0
    assert night().between(420.0, 1800.0) == ((dusk, dawn),)
    assert night().between(300.0, 1800.0) == ((dusk - 1440, dawn - 1440), (dusk, dawn)), "it was dark at the start"
    assert night().between(420.0, dusk) == ()
    early = night(from_time="01:00", to_time="04:00")
    assert early.between(0.0, 1800.0) == ((60.0, 240.0), (1500.0, 1680.0))
    same = dict.fromkeys(("town", "trunk", "secondary", "hill", "local"), 1.0)
    assert night(speed_factor=same).between(300.0, 1800.0) == (), "the dark slows nobody"


def test_the_packaged_night_is_that_of_the_sun() -> None:
    """Sunset and sunrise in Curup on 27 November by the general solar equations of NOAA; the clock is UTC + 7."""
    lat, lon, day, zone = math.radians(-3.47), 102.52, 332, 7 * 15
    g = 2 * math.pi / 366 * (day - 0.5)
    equation = 229.18 * (
        0.000075
        + 0.001868 * math.cos(g)
        - 0.032077 * math.sin(g)
        - 0.014615 * math.cos(2 * g)
        - 0.040849 * math.sin(2 * g)
    )
    declination = (
        0.006918 - 0.399912 * math.cos(g) + 0.070257 * math.sin(g) - 0.006758 * math.cos(2 * g)
        + 0.000907 * math.sin(2 * g) - 0.002697 * math.cos(3 * g) + 0.00148 * math.sin(3 * g)
    )  # fmt: skip
    cosine = math.cos(math.radians(90.833)) / (math.cos(lat) * math.cos(declination)) - math.tan(lat) * math.tan(
        declination
    )
    half = 4 * math.degrees(math.acos(cosine))
    noon = 720 + 4 * (zone - lon) - equation
    assert noon + half == pytest.approx(night().from_time, abs=6)
    assert noon - half == pytest.approx(night().to_time, abs=6)
