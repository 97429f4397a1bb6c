"""Where units stand: the square-root law, travel with acceleration, and a third party's layout of ambulances."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from tests.alone.accept import accept

SQUARE_ROOT = {
    "manhattan": {1: 0.5, 5: 0.584528, 10: 0.604326, 20: 0.615205, 50: 0.622006, 100: 0.624319},
    "euclid": {1: 0.382598, 5: 0.466037, 10: 0.482178, 20: 0.490863, 50: 0.496289, 100: 0.498135},
}
"""sqrt(n) E[D] on the unit torus, exact: the integral of (1 - A(r))^n, A the area within r."""
LAW = [(metric, n) for metric, found in SQUARE_ROOT.items() for n in found]


@pytest.mark.parametrize(("metric", "units"), LAW)
def test_square_root_law(metric: str, units: int) -> None:
    """Nearest of n units anywhere to a call anywhere, a new city for each call: 1 km a minute, nobody ever busy."""
    torus, means = sim.Plane(60, metric, around_km=1.0), []
    for day in range(30):
        rng = np.random.default_rng([day, units, len(metric)])
        ways = torus.minutes(torus.km(rng.random((units, 400, 2)), rng.random((400, 2))))
        run = sim.simulate_dispatch(units, times=np.arange(400.0) * 10, travel=ways, service=0.0)
        means.append(run.mean_response * np.sqrt(units))
    accept(means, SQUARE_ROOT[metric][units])


@pytest.mark.parametrize(
    ("metric", "apart", "constant"),
    [("manhattan", (1, 1), 0.5), ("euclid", (1, 1), 0.382598), ("manhattan", (2, 1), 0.471405)],
)
def test_square_root_law_of_regular_layouts(metric: str, apart: tuple[int, int], constant: float) -> None:
    """Units in the middle of square cells, or of diamonds, on a torus of 16 km^2; a call each ten minutes."""
    if apart == (1, 1):
        units = [sim.Team(f"{x}/{y}", (x + 0.5, y + 0.5)) for x in range(4) for y in range(4)]
    else:  # a chessboard: the cells of Manhattan distance are diamonds of area 2
        units = [sim.Team(f"{x}/{y}", (x, y)) for x in range(4) for y in range(4) if (x + y) % 2 == 0]
    torus = sim.Plane(60, metric, around_km=4.0)
    given = {"travel": torus, "at": lambda rng, n: 4 * rng.random((n, 2)), "times": np.arange(600.0) * 10}
    found = [sim.simulate_dispatch(units, **given, day=day).mean_response for day in range(30)]
    accept(np.array(found) * np.sqrt(len(units) / 16), constant)


def test_square_root_law_where_some_are_busy() -> None:
    """n is replaced by the number that is free, which is told by the states; units anywhere, a new city for each call."""
    torus, units, means, expected = sim.Plane(60, around_km=1.0), 8, [], []
    for day in range(30):
        rng = np.random.default_rng([day, 3])
        times = np.cumsum(rng.exponential(1.0, 1_000))
        ways = torus.minutes(torus.km(rng.random((units, 1_000, 2)), rng.random((1_000, 2))))
        given = {"times": times, "service": {"distribution": "exponential", "mean_minutes": 4}, "when_busy": "lost"}
        run = sim.simulate_dispatch(units, travel=ways, returns=False, **given, day=day)
        played, came = run.played, run.asked.came
        busy = np.searchsorted(np.sort(played.ordered), came) - np.searchsorted(
            np.sort(played.free[played.unit >= 0]), came
        )
        radius = np.linspace(0, 1, 4_001)
        area = np.where(radius <= 0.5, 2 * radius**2, 1 - 2 * (1 - radius) ** 2)
        mean = np.array([0.0, *(np.trapezoid((1 - area) ** n, radius) for n in range(1, units + 1))])
        went = played.unit >= 0
        expected.append(mean[units - busy[went]].mean())
        means.append(run.mean_response)
        assert 0 < run.lost_share < 0.2
    accept(means, float(np.mean(expected)))


def test_travel_time_of_kolesar_walker_and_hausner() -> None:
    """Urban Operations Research, equations 3.88 and 3.89, with a and v of the fit to fire engines of New York."""
    plane = sim.Plane(speed_kmh=60 / 1.7, acceleration=(2 / 2.1) ** 2)
    minutes = plane.minutes([0.1, 0.25, 0.38, 0.5, 1, 2])
    assert minutes == pytest.approx([0.664078, 1.05, 1.294527, 1.498529, 2.348529, 4.048529], rel=1e-6)
    here = sim.simulate_dispatch({"engine": (0, 0)}, times=[0, 60], at=[(0.1, 0), (1, 1)], travel=plane)
    assert here.response == pytest.approx([0.664078, 4.048529], rel=1e-6)


BASES = {"A": (15, 15), "B": (5, 15), "C": (5, 5), "D": (6, 6), "E": (6, 6)}


def ambulances(day: int) -> sim.DispatchResult:
    """A day of simoptlib 1.2.4, simopt/models/ambulance.py (Eckman and Henderson, WSC 2020): a call each 10 minutes at
    20 sqrt(U) both ways, 1 km a minute along streets, work of 10 minutes on average, home, and the first in line."""
    given = {"rates": [6], "hours": 24, "at": lambda rng, n: 20 * np.sqrt(rng.random((n, 2)))}
    service = {"distribution": "exponential", "mean_minutes": 10}
    return sim.simulate_dispatch(BASES, **given, travel=sim.Plane(60), service=service, seed=20, day=day)


def daily_mean(run: sim.DispatchResult) -> float:
    """A response counts when its unit is ordered on that day."""
    return float(run.response[run.played.ordered < 1440].mean())


def test_simopt_ambulance_layout() -> None:
    """Daily mean response 16.122 +- .014 (independent code, 400,000 days); 16.151 +- .044 by SimOpt's own code."""
    accept([daily_mean(ambulances(day)) for day in range(800)], 16.122)


@pytest.mark.slow
def test_simopt_ambulance_layout_closely() -> None:
    found = np.array([daily_mean(ambulances(day)) for day in range(20_000)])
    error = found.std(ddof=1) / np.sqrt(len(found))
    assert error < 0.003 * 16.122
    assert abs(found.mean() - 16.122) <= 3.5 * np.hypot(error, 0.014)
