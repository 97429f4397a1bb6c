"""The day's own operations centre, fleet and ledger play the same calls: the same units go, at the same times."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim.config.dispatch import DispatchRule
from sim.errors import UserError
from sim.vocabulary import Role, Severity

SETTINGS: dict[str, dict[str, Any]] = {
    "fewest_units": {"within_minutes": 6},
    "hold_reserve": {"within_minutes": 6, "busy": 0.4, "hold_back": 1},
    "preparedness": {"within_minutes": 6, "busy": 0.4},
}
PLACES = 5
TIMES = ("handled", "ordered", "departed", "arrived", "released", "free")
KINDS = ("table", "square", "each call", "plane", "points")


def team(rng: np.random.Generator, number: int, base: Any) -> sim.Team:
    role = [Role.PATROL, Role.RESERVE, Role.ATTACHED][rng.integers(3)]
    return sim.Team(
        f"u{number}",
        base,
        role=role,
        district=int(rng.integers(3)) if rng.random() < 0.8 else None,
        from_severity=Severity.YELLOW if role is Role.ATTACHED and rng.random() < 0.5 else Severity.GREEN,
        mobilisation={"mean_minutes": float(rng.uniform(0.5, 4)), "cv": 0.5} if rng.random() < 0.5 else 0.0,
        service={"distribution": "gamma", "mean_minutes": 7, "cv": 0.7} if rng.random() < 0.3 else None,
    )


def layout(rng: np.random.Generator, kind: str, rule: str, calls: int = 40) -> dict[str, Any]:
    """Return the arguments of some city of this kind, with a line or without, with returns or without."""
    units = int(rng.integers(1, 6))
    bases: list[Any] = [None] * units
    given: dict[str, Any] = {
        "severity": {"green": 0.5, "yellow": 0.3, "red": 0.2},
        "service": {"mean_minutes": 6, "cv": 1.0},
        "when_busy": ["queued", "lost"][rng.integers(2)],
        "returns": bool(rng.integers(2)),
        "handling": {"mean_minutes": 1, "cv": 1} if rng.random() < 0.5 else 0.0,
        "desks": [None, 1, 2][rng.integers(3)],
        "seed": int(rng.integers(1 << 32)),
        "dispatch": {"policy": rule, **SETTINGS.get(rule, {})},
    }
    come = np.sort(rng.uniform(0, calls * 12 / units, calls))
    if kind == "table":
        given |= {"rates": rng.uniform(0, 2 * units, PLACES), "hours": 2.0}
        given["travel"] = np.where(rng.random((units, PLACES)) < 0.1, np.inf, rng.uniform(0, 9, (units, PLACES)))
    elif kind == "square":
        given |= {"times": come, "at": rng.integers(0, PLACES, calls), "travel": rng.uniform(0, 9, (PLACES, PLACES))}
        given |= {
            "places": list("abcde"),
            "weights": rng.uniform(0, 3, PLACES) if rule in ("preparedness", "hold_reserve") else None,
        }
        bases = ["abcde"[i] for i in rng.integers(0, PLACES, units)]
    elif kind == "each call":
        given |= {"times": come, "travel": rng.uniform(0, 9, (units, calls))}
    elif kind == "plane":
        given |= {
            "rates": [3.0 * units],
            "hours": 2.5,
            "travel": sim.Plane(60, "euclid"),
            "at": lambda g, n: g.uniform(0, 9, (n, 2)),
        }
        given["demand"] = rng.uniform(0, 9, (20, 2)) if rule in ("preparedness", "hold_reserve") else None
        bases = [tuple(rng.uniform(0, 9, 2)) for _ in range(units)]
    else:
        given |= {
            "rates": dict(zip("abcde", rng.uniform(0, 2 * units, PLACES), strict=True)),
            "hours": 2.0,
            "travel": sim.Plane(50, acceleration=0.5),
        }
        given["places"] = {name: tuple(rng.uniform(0, 9, 2)) for name in "abcde"}
        bases = ["abcde"[i] for i in rng.integers(0, PLACES, units)]
    if kind in ("table", "square", "points"):
        given |= {"districts": rng.integers(0, 3, PLACES).tolist(), "borders": [(0, 1)]}
    if rule == "fixed_preference":
        given["preference"] = [rng.permutation(units)[: rng.integers(1, units + 1)].tolist() for _ in range(PLACES)]
        given["dispatch"] = None
    return {**given, "units": [team(rng, i, base) for i, base in enumerate(bases)]}


def differences(rng: np.random.Generator, kind: str, rule: str) -> tuple[sim.DispatchResult, sim.DispatchResult]:
    given = layout(rng, kind, rule)
    return sim.simulate_dispatch(**given), sim.simulate_dispatch(**given, engine="posko")


def agree(ours: sim.DispatchResult, days: sim.DispatchResult) -> None:
    assert ours.played.unit.tolist() == days.played.unit.tolist()
    for name in TIMES:
        np.testing.assert_allclose(getattr(ours.played, name), getattr(days.played, name), rtol=0, atol=1e-9)


CASES = [
    (kind, str(rule))
    for kind in KINDS
    for rule in DispatchRule
    if not (rule == "fixed_preference" and kind in ("each call", "plane"))
    and not (rule in ("preparedness", "hold_reserve") and kind == "each call")
]


@pytest.mark.parametrize(("kind", "rule"), CASES)
def test_the_days_own_posko_sends_the_same_units_at_the_same_times(kind: str, rule: str) -> None:
    rng = np.random.default_rng([7, KINDS.index(kind), [*DispatchRule].index(DispatchRule(rule))])
    for _ in range(3):
        agree(*differences(rng, kind, rule))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "rule"), CASES)
def test_so_it_does_in_hundreds_of_cities(kind: str, rule: str) -> None:
    rng = np.random.default_rng([8, KINDS.index(kind), [*DispatchRule].index(DispatchRule(rule))])
    for _ in range(20):
        agree(*differences(rng, kind, rule))


def test_the_cities_are_not_all_easy() -> None:
    """Calls wait, are lost, wait for ever, are handled late, and go to every unit, so that the agreement says something."""
    rng = np.random.default_rng(3)
    runs = [sim.simulate_dispatch(**layout(rng, kind, rule)) for kind, rule in CASES for _ in range(3)]
    fates = [set(run.calls["fate"]) for run in runs]
    assert {"served", "lost", "never"} <= set.union(*fates)
    assert sum((run.played.ordered - run.played.handled > 0.01).any() for run in runs) > 20
    assert sum((run.played.handled - run.asked.came > 0.01).any() for run in runs) > 20
    assert sum((run.units["calls"] > 0).all() for run in runs) > 40
    assert sum(run.units["calls"].max() > 0 for run in runs) > 80


def test_the_day_refuses_a_city_that_its_network_is_not_made_for() -> None:
    with pytest.raises(UserError, match=r"engine: posko plays at most 3,000 .* not 4,001"):
        sim.simulate_dispatch(1, times=np.arange(4000.0), travel=np.ones((1, 4000)), engine="posko")
