"""What cannot be played is refused by one clear message that names the argument, the value, and what is allowed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from inspect import signature
from typing import Any

import numpy as np
import pytest

import sim
from sim.alone.rule import rule_of
from sim.alone.theory import hypercube, larson
from sim.errors import UserError

GOOD: dict[str, Any] = {
    "units": {"A": "north", "B": "south"},
    "rates": {"north": 2, "south": 3},
    "travel": [[0, 5], [5, 0]],
    "hours": 2,
}
LISTED: dict[str, Any] = {"units": 2, "times": [1, 2, 3]}
PLANE: dict[str, Any] = {"units": {"A": (1, 2)}, "rates": [2], "travel": sim.Plane(60), "at": [(0, 0)], "hours": 2}
READY = {"policy": "preparedness", "within_minutes": 8, "busy": 0.3}

CASES: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (GOOD, {"units": {"A": "nort", "B": "south"}}, "units[A].base: unknown place 'nort'; did you mean 'north'?"),
    (GOOD, {"units": {"A": 2, "B": 0}}, "units[A].base: there is no place 2; they are numbered 0 to 1"),
    (GOOD, {"units": {"A": (1, 2), "B": "south"}}, "units[A].base: a place is told by its name or number, not by (1, 2)"),
    (GOOD, {"units": {}}, "units: at least one unit is needed"),
    (GOOD, {"units": 0}, "units: a whole number from 1 to 1,000 is needed, not 0"),
    (GOOD, {"units": 2.5}, "units: a whole number from 1 to 1,000 is needed, not 2.5"),
    (GOOD, {"units": ["A", "A"]}, "units: 'A' is named twice"),
    (GOOD, {"units": ["A", 3]}, "units: the name of a unit is a text, not 3"),
    (GOOD, {"units": [sim.Team("A", role="guard")]}, "units[A].role: unknown 'guard'; known: attached, patrol, reserve"),
    (GOOD, {"units": [sim.Team("A", from_severity="rd")]}, "units[A].from_severity: unknown 'rd'; did you mean 'red'?"),
    (GOOD, {"units": [sim.Team("A", mobilisation=-1)]}, "units[A].mobilisation: a number from 0 to 1e+06 is needed, not -1"),
    (GOOD, {"units": [sim.Team("A", service=float("nan"))]}, "units[A].service: a number from 0 to 1e+06 is needed, not nan"),
    (GOOD, {"units": [sim.Team("A", district=-1)]}, "units[A].district: a whole number from 0 to 10,000 is needed, not -1"),
    (GOOD, {"travel": [[0, 5]]}, "travel: 1 x 2 minutes; between 2 places where units wait and calls come from, it must be square, 2 x 2"),
    (GOOD, {"units": 2, "travel": [[0, 5]]}, "travel: 1 x 2 minutes, where 2 units and 2 places need 2 x 2"),
    (GOOD, {"travel": [[0, 5], [5]]}, "travel: numbers are needed, and rows of one length"),
    (GOOD, {"travel": [[0, -5], [5, 0]]}, "travel: every time must be a number, zero or more, not -5"),
    (GOOD, {"travel": [[0, float("nan")], [5, 0]]}, "travel: every time must be a number, zero or more, not nan"),
    (GOOD, {"travel": [0, 5]}, "travel: a table of minutes is needed, not an array of 1 dimensions"),
    (GOOD, {"travel": None}, "units[A].base: travel is needed, for units that wait somewhere"),
    (GOOD, {"rates": {"north": -2, "south": 3}}, "rates: every rate must be a number, zero or more, not -2"),
    (GOOD, {"rates": {"north": float("nan"), "south": 3}}, "rates: every rate must be a number, zero or more, not nan"),
    (GOOD, {"rates": {"north": float("inf"), "south": 3}}, "rates: every rate must be finite"),
    (GOOD, {"rates": {"north": "many", "south": 3}}, "rates: numbers are needed, and rows of one length"),
    (GOOD, {"rates": {"norht": 1}, "places": ["north", "south"]}, "rates: unknown place 'norht'; did you mean 'north'?"),
    (GOOD, {"rates": [1, 2, 3], "places": ["north", "south"]}, "rates: 3 of them for 2 places"),
    (GOOD, {"rates": {"north": 1e9, "south": 3}}, "hours: 2,000,000,006 calls are expected, and 5,000,000 at most are played at once"),
    (GOOD, {"rates": None}, "rates, times: exactly one of them is needed: calls an hour, or when each call comes"),
    (GOOD, {"times": [1, 2]}, "rates, times: exactly one of them is needed: calls an hour, or when each call comes"),
    (GOOD, {"at": ["north"]}, "at: with rates by place nobody needs to say where calls are"),
    (GOOD, {"places": ["north", "north"]}, "places: 'north' is named twice"),
    (GOOD, {"places": "north"}, "places: a list of names is needed, or the position of each name"),
    (GOOD, {"hours": None}, "hours: needed with rates, as calls would come for ever"),
    (GOOD, {"hours": 0}, "hours: must be more than 0"),
    (GOOD, {"hours": -1}, "hours: a number from 0 to 1e+07 is needed, not -1"),
    (GOOD, {"hours": datetime.timedelta(hours=2)}, "hours: a number from 0 to 1e+07 is needed, not 2:00:00"),
    (LISTED, {"warm_up_hours": 1}, "warm_up_hours: 1 hours leave nothing of 0.05"),
    (GOOD, {"warm_up_hours": 2}, "warm_up_hours: 2 hours leave nothing of 2"),
    (GOOD, {"preference": [["A"], ["C"]]}, "preference[south]: unknown unit 'C'; known: A, B"),
    (GOOD, {"preference": [[0], [2]]}, "preference[south]: there is no unit 2; they are numbered 0 to 1"),
    (GOOD, {"preference": [["A", "A"], ["B"]]}, "preference[north]: 'A' is named twice"),
    (GOOD, {"preference": [["A", "B"]]}, "preference: 1 orders for 2 places"),
    (GOOD, {"preference": {"east": ["A"]}}, "preference: unknown place 'east'; known: north, south"),
    (GOOD, {"preference": [["A"], ["B"]], "dispatch": "nearest"}, "preference: only fixed_preference reads it, not nearest"),
    (GOOD, {"dispatch": "fixed_preference"}, "preference: fixed_preference needs an order of units for each place"),
    (GOOD, {"dispatch": "neerest"}, "dispatch: unknown rule 'neerest'; did you mean 'nearest'?"),
    (GOOD, {"dispatch": {"policy": "preparednes"}}, "dispatch: unknown rule 'preparednes'; did you mean 'preparedness'?"),
    (GOOD, {"dispatch": "preparedness"}, "dispatch.within_minutes: preparedness needs it"),
    (GOOD, {"dispatch": {**READY, "busy": 2}}, "dispatch.busy: Input should be less than or equal to 1"),
    (GOOD, {"dispatch": {**READY, "hold_back": 2}}, "dispatch.hold_back: preparedness has no such setting"),
    (GOOD, {"dispatch": {"policy": "nearest", "in_time_minutes": 5}}, "dispatch.in_time_minutes: alone a call has one unit and keeps it; leave"),
    (GOOD, {"dispatch": rule_of("nearest", None, (), ()), "preference": [[0], [1]]}, "preference: the settings of nearest are given whole"),
    (GOOD, {"weights": [1, 2]}, "weights: only rules that look at expected coverage read it, not nearest"),
    (GOOD, {"dispatch": READY, "weights": [1]}, "weights: 1 of them for 2 places"),
    (GOOD, {"dispatch": READY, "weights": [1, -1]}, "weights: every weight must be a number, zero or more, not -1"),
    (GOOD, {"dispatch": READY, "demand": [(1, 2)]}, "demand: points are on a plane only; with places their weights are enough (weights)"),
    (GOOD, {"when_busy": "queue"}, "when_busy: unknown 'queue'; did you mean 'queued'?"),
    (GOOD, {"returns": 1}, "returns: true or false is needed, not 1"),
    (GOOD, {"engine": "event"}, "engine: unknown 'event'; did you mean 'events'?"),
    (GOOD, {"desks": 0}, "desks: a whole number from 1 to 10,000 is needed, not 0"),
    (GOOD, {"seed": -1}, "seed: a whole number from 0 to 18,446,744,073,709,551,615 is needed, not -1"),
    (GOOD, {"day": True}, "day: a whole number from 0 to 1,000,000,000 is needed, not True"),
    (GOOD, {"districts": [0]}, "districts: the number of a district is needed for each of 2 places"),
    (GOOD, {"districts": [0, -1]}, "districts: a district is told by its number, zero or more, not by -1"),
    (GOOD, {"borders": [3]}, "borders: a list of pairs of districts is needed, not 3"),
    (GOOD, {"borders": [(0, "a")]}, "borders: pairs of districts by number are needed, not (0, 'a')"),
    (GOOD, {"preference": 3}, "preference: a list of orders, one a place, is needed, not 3"),
    (GOOD, {"preference": {"north": 3}}, "preference[north]: a list of units is needed, not 3"),
    (GOOD, {"service": lambda: 3}, "service: the function must take (rng, n) and give n minutes"),
    (PLANE, {"at": lambda: 3}, "at: the function must take (rng, n) and give n points (x, y)"),
    (GOOD, {"severity": "rad"}, "severity: unknown 'rad'; did you mean 'red'?"),
    (GOOD, {"severity": {"red": 0.5, "geen": 0.5}}, "severity: unknown severity 'geen'; did you mean 'green'?"),
    (GOOD, {"severity": {"red": 0.5}}, "severity: the shares must add up to 1, not 0.5"),
    (GOOD, {"service": {"distribution": "exponentail", "mean_minutes": 3}}, "service: Input tag 'exponentail'"),
    (GOOD, {"service": {"distribution": "exponential"}}, "service: mean_seconds missing (or the same in minutes or people)"),
    (GOOD, {"service": {"distribution": "exponential", "mean_people": 3}}, "service: mean_people: a time is needed, in seconds or minutes, not people"),
    (GOOD, {"service": -1}, "service: a number from 0 to 1e+06 is needed, not -1"),
    (GOOD, {"service": "long"}, "service: a number from 0 to 1e+06 is needed, not long"),
    (GOOD, {"service": [1, 2]}, "service: a list of minutes belongs to listed calls (times); give a distribution"),
    (GOOD, {"service": lambda rng, n: rng.normal(0, 1, n)}, "service: every time that the function gives must be a number, zero or more, not -"),
    (GOOD, {"service": lambda rng, n: [1.0]}, "service: the function must give"),
    (GOOD, {"handling": float("nan")}, "handling: a number from 0 to 1e+06 is needed, not nan"),
    (LISTED, {"times": [1, 3, 2]}, "times: they must be finite and in order"),
    (LISTED, {"times": [1, float("inf")]}, "times: they must be finite and in order"),
    (LISTED, {"times": [[1, 2], [3, 4]]}, "times: one time for each call, not an array of 2 dimensions"),
    (LISTED, {"times": [datetime.time(8)]}, "times: numbers are needed, and rows of one length"),
    (LISTED, {"times": ["08:00"]}, "times: numbers are needed, and rows of one length"),
    (LISTED, {"hours": 0.01}, "hours: the last call comes at 3 minutes, after the end at 0.6"),
    (LISTED, {"places": ["a", "b"]}, "at: with 2 places it must be said where each call is"),
    (LISTED, {"places": ["a", "b"], "at": ["a", "b"]}, "at: a place is needed for each of 3 calls, not 2"),
    (LISTED, {"places": ["a", "b"], "at": ["a", "b", "c"]}, "at: unknown place 'c'; known: a, b"),
    (LISTED, {"service": [1, 2]}, "service: 2 minutes for 3 calls and 2 units"),
    (LISTED, {"service": [1, 2, -3]}, "service: every time must be a number, zero or more, not -3"),
    (LISTED, {"service": [1, 2, float("inf")]}, "service: every time must be finite"),
    (LISTED, {"severity": ["red", "green"]}, "severity: 2 of them for 3 calls"),
    (LISTED, {"travel": [[1, 2, 3]]}, "travel: 1 x 3 minutes, where 2 units and 3 calls need 2 x 3"),
    (LISTED, {"travel": np.ones((2, 3)), "preference": [[0, 1]]}, "travel: 2 x 3 minutes, where 2 units and 1 places need 2 x 1"),
    (LISTED, {"travel": np.ones((2, 3)), "dispatch": READY}, "demand: preparedness asks which units cover what: give points (x, y) that stand for the area"),
    (PLANE, {"at": [(0, 0)]}, "at: 1 points for"),
    (PLANE, {"at": None}, "at: on a plane it must be said where calls are: points (x, y), or a function (rng, n) that draws them"),
    (PLANE, {"at": lambda rng, n: rng.random(n)}, "at: x and y in km are needed, as two finite numbers each"),
    (PLANE, {"units": 2}, "units[unit 1].base: x and y in km are needed on a plane, like (3, 4)"),
    (PLANE, {"units": {"A": (1, 2, 3)}}, "units[A].base: x and y in km are needed, as two finite numbers each"),
    (PLANE, {"units": {"A": "north"}}, "units[A].base: unknown place 'north'; none are known"),
    (PLANE, {"units": {"A": "north"}, "rates": {"north": 1}}, "places: on a plane the position of each is needed, as name: (x, y)"),
    (PLANE, {"rates": [1, 2]}, "rates: 2 of them for one area without places"),
    (PLANE, {"preference": [[0]]}, "preference: there are no places to have an order each; give places or rates by place"),
    (PLANE, {"places": {"north": (1,)}}, "places: x and y in km are needed, as two finite numbers each"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "changed", "message"), CASES, ids=[message[:60] for _, _, message in CASES])
def test_refused(base: dict[str, Any], changed: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as refused:
        sim.simulate_dispatch(**{**base, **changed})
    assert str(refused.value).startswith(message)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("base", [GOOD, LISTED, {**PLANE, "at": lambda rng, n: rng.random((n, 2))}])
def test_what_they_change_is_played(base: dict[str, Any]) -> None:
    assert sim.simulate_dispatch(**base).lost_share == 0


RUN = {"units": 17, "rates": [10], "hours": 2}
OTHERS: list[tuple[Callable[[], object], str]] = [
    (lambda: sim.Plane(0), "Plane.speed_kmh: must be more than 0"),
    (lambda: sim.Plane(60, "manhatten"), "Plane.metric: unknown 'manhatten'; did you mean 'manhattan'?"),
    (lambda: sim.Plane(60, acceleration=-1), "Plane.acceleration: a number from 0 to 1e+09 is needed, not -1"),
    (lambda: sim.Plane(60, around_km=float("nan")), "Plane.around_km: a number from 0 to 1e+09 is needed, not nan"),
    (lambda: sim.simulate_dispatch(**RUN).states(), "states: they are told of 16 units at most, not of 17"),
    (lambda: sim.simulate_dispatch(**RUN).late_share(-1), "limit: a number from 0 to 1e+09 is needed, not -1"),
    (lambda: sim.simulate_dispatch(**RUN).within([1, -1]), "minutes: every limit must be a number, zero or more, not -1"),
    (lambda: sim.simulate_dispatch(**RUN).intervals(count=1), "count: a whole number from 2 to 100,000 is needed, not 1"),
    (lambda: sim.simulate_dispatch(**RUN).intervals(confidence=1), "confidence: a number from 0.5 to 0.9999 is needed, not 1"),
    (lambda: sim.simulate_dispatch(1, times=[1], travel=[[1]]).shares(), "shares: calls come from anywhere"),
    (lambda: hypercube([60, 60], [[0], [0]], 1), "rates: 120 calls an hour for units that serve 60: the line would grow for ever"),
    (lambda: hypercube([60], [[0, 0]], 1), "preference[0]: each of 2 units must stand in it once, not [0, 0]"),
    (lambda: hypercube([60], [[0], [0]], 1), "preference: 2 orders for 1 places"),
    (lambda: hypercube([60], [range(13)], 1), "preference: a whole number from 1 to 12 is needed, not 13"),
    (lambda: hypercube([0], [[0]], 1), "rates: they must be finite, and not all zero"),
    (lambda: hypercube([6], [[0, 1]], [1, 2, 3]), "service: one mean for all, or one for each of 2 units, not 3"),
    (lambda: hypercube([6], [[0]], 0), "service: must be more than 0"),
    (lambda: larson([60, 60], [[0], [0]], 1), "rates: 2 calls come in a mean service time, to 1 units: the line would grow for ever"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "message"), OTHERS, ids=[message for _, message in OTHERS])
def test_refused_elsewhere(act: Callable[[], object], message: str) -> None:
    with pytest.raises(UserError) as refused:
        act()
    assert str(refused.value).startswith(message)


JUNK: list[Any] = [
    None, 3, -1, 2.5, float("nan"), float("inf"), 1e300, 10**400, True, "x", "", b"x", 1 + 2j, [], {}, [1], [[1]], [[1, 2], [3]],
    (1, 2), [None], [[None]], ["a", "b"], {"x": 1}, {1: 2}, {"policy": None}, {"north": None, "south": None}, {"A": None}, {3},
    [float("nan")] * 3, range(3), object(), datetime.datetime(2024, 11, 27), np.array(1.0), np.array([]), np.array(["a"]),
    lambda: 0, lambda *given: None, sim.Team, sim.Team("z"), [sim.Team("z", base=object())], [sim.Team("z", service="x")],
    [sim.Team("z", mobilisation={"x": 1})], [sim.Team(3)],  # type: ignore[arg-type]
]  # fmt: skip


@pytest.mark.parametrize("name", list(signature(sim.simulate_dispatch).parameters))
def test_whatever_is_given_is_played_or_refused_in_one_line(name: str) -> None:
    for base in (GOOD, LISTED, {**PLANE, "at": lambda rng, n: rng.random((n, 2))}):
        for junk in JUNK:
            try:
                sim.simulate_dispatch(**{**base, name: junk})
            except UserError as refused:
                assert "\n" not in str(refused) and len(str(refused)) < 250
