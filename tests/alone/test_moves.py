"""What must hold of any run, and which way its numbers must move; verification cases of section 7."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.alone.theory import hypercube
from sim.vocabulary import Role
from tests.alone.accept import EXPONENTIAL, runs

WAYS = np.array([[2.0, 5, 9, 7], [6, 1, 4, 8], [9, 6, 2, 3]])
CITY: dict[str, Any] = {
    "rates": {"north": 2.0, "east": 3.0, "south": 2.0, "west": 1.0},
    "travel": WAYS,
    "service": {"mean_minutes": 8, "cv": 1},
    "handling": {"mean_minutes": 1, "cv": 0.5},
    "desks": 1,
}
LATE = 6.0


def city(units: Any = 3, **given: Any) -> sim.DispatchResult:
    return sim.simulate_dispatch(units, **{**CITY, "hours": 200, **given})


def ready(minutes: float) -> list[sim.Team]:
    return [sim.Team(f"unit {i + 1}", mobilisation=minutes) for i in range(3)]


@pytest.fixture(scope="module")
def usual() -> sim.DispatchResult:
    return city()


def test_little_s_law() -> None:
    """Minutes that calls wait altogether are the line, added up over time; each is told by other columns."""
    run = city(handling=0.0, desks=None, times=None, hours=300)
    states = run.states()
    end = run.window[1]
    waited = np.clip(run.played.ordered, 0, end) - np.clip(run.played.handled, 0, end)
    assert float(states["waiting"] @ states["share"]) * end == pytest.approx(waited.sum(), rel=1e-9)
    assert states["share"].sum() == pytest.approx(1.0)
    busy = [float(states["share"][states[unit]].sum()) for unit in ("unit 1", "unit 2", "unit 3")]
    assert busy == pytest.approx(run.workload.tolist(), rel=1e-9), "workloads are told twice"


@pytest.mark.parametrize("when_busy", ["queued", "lost"])
def test_every_call_is_served_or_lost_and_no_unit_has_two(when_busy: str) -> None:
    calls = city(when_busy=when_busy, rates={"north": 9.0, "east": 9.0, "south": 3.0, "west": 1.0}, hours=30).calls
    assert set(calls["fate"]) == {"served"} | ({"lost"} if when_busy == "lost" else set())
    assert (calls["fate"] == "served").equals(calls["ordered"].notna())
    for _, mine in calls.dropna(subset="ordered").groupby("unit"):
        tasks = mine.sort_values("ordered")
        assert (tasks["ordered"].to_numpy()[1:] >= tasks["free"].to_numpy()[:-1]).all()
    clocks = calls[["came", "handled", "ordered", "departed", "arrived", "released", "free"]].dropna().to_numpy()
    assert (np.diff(clocks, axis=1) >= 0).all()


def test_all_rates_doubled_and_all_times_halved_halve_every_response(usual: sim.DispatchResult) -> None:
    quick = {"rates": {place: 2 * rate for place, rate in CITY["rates"].items()}, "travel": WAYS / 2, "hours": 100}
    run = city(**quick, service={"mean_minutes": 4, "cv": 1}, handling={"mean_minutes": 0.5, "cv": 0.5})
    np.testing.assert_allclose(2 * run.response, usual.response, rtol=1e-6)
    assert (run.played.unit == usual.played.unit).all()
    np.testing.assert_allclose(run.workload, usual.workload, rtol=1e-6)


def test_infinitely_many_units_leave_travel_only() -> None:
    run = city(
        [f"{base}/{i}" for base in range(3) for i in range(40)],
        travel=np.repeat(WAYS, 40, axis=0),
        handling=0.0,
        desks=None,
    )
    np.testing.assert_allclose(run.response, WAYS.min(axis=0)[run.asked.place], rtol=1e-12)
    assert run.mean_wait == run.lost_share == 0.0


def test_names_and_order_of_places_and_units_do_not_matter() -> None:
    """The same calls of a list, the places and units of another order: nobody is as near as somebody else."""
    rng = np.random.default_rng(1)
    times, at, service = np.cumsum(rng.exponential(7, 500)), rng.integers(0, 4, 500), rng.exponential(8, 500)
    one = sim.simulate_dispatch(3, times=times, at=at, travel=WAYS, service=service)
    units, places = np.array([2, 0, 1]), np.array([3, 1, 0, 2])
    back = np.argsort(places)
    other = sim.simulate_dispatch(
        ["x", "y", "z"], times=times, at=back[at], travel=WAYS[units][:, places], service=service
    )
    assert (units[other.played.unit] == one.played.unit).all()
    np.testing.assert_array_equal(other.response, one.response)


def test_a_longer_run_begins_the_same(usual: sim.DispatchResult) -> None:
    longer = city(hours=400)
    n = len(usual.asked.came)
    assert len(longer.asked.came) > 1.5 * n
    pd.testing.assert_frame_equal(longer.calls.head(n), usual.calls)


def test_another_day_is_another_and_the_same_seed_the_same(usual: sim.DispatchResult) -> None:
    pd.testing.assert_frame_equal(city().calls, usual.calls)
    assert len({city(day=day).mean_response for day in range(3)} | {city(seed=2).mean_response}) == 4


WORSE: dict[str, dict[str, Any]] = {
    "more calls": {"rates": {"north": 3.0, "east": 4.0, "south": 3.0, "west": 2.0}},
    "longer ways": {"travel": 1.3 * WAYS},
    "longer work": {"service": {"mean_minutes": 12, "cv": 1}},
    "longer at the desk": {"handling": {"mean_minutes": 3, "cv": 0.5}},
    "slower to get ready": {"units": ready(3.0)},
    "a unit taken away": {"units": 2, "travel": WAYS[:2]},
    "a unit that waits for something worse": {"units": [sim.Team("a"), sim.Team("b"), sim.Team("c", from_severity="red")]},
}  # fmt: skip


@pytest.mark.parametrize("what", WORSE)
def test_responses_are_longer_with(what: str, usual: sim.DispatchResult) -> None:
    run = city(**WORSE[what])
    assert run.mean_response > 1.02 * usual.mean_response
    assert run.late_share(LATE) > usual.late_share(LATE)
    assert run.within([5, 10, 20]).tolist() < usual.within([5, 10, 20]).tolist()


def test_responses_are_longer_on_average_with_work_that_varies_more(usual: sim.DispatchResult) -> None:
    """Most of it is shorter then, so that fewer are late; the few that are longest hold everybody up."""
    run = city(service={"mean_minutes": 8, "cv": 3})
    assert run.mean_response > 1.05 * usual.mean_response
    assert city(service=8.0).mean_response < 0.95 * usual.mean_response


BETTER: dict[str, dict[str, Any]] = {
    "two desks": {"desks": 2, "handling": {"mean_minutes": 4, "cv": 0.5}},
    "nobody who drives home": {"returns": False},
    "nobody who waits in line": {"when_busy": "lost"},
}  # fmt: skip


@pytest.mark.parametrize("what", BETTER)
def test_responses_are_shorter_with(what: str, usual: sim.DispatchResult) -> None:
    before = city(handling=BETTER[what]["handling"]) if "handling" in BETTER[what] else usual
    assert city(**BETTER[what]).mean_response < 0.99 * before.mean_response


def test_loss_is_counted_as_late() -> None:
    gone = city(when_busy="lost")
    assert 0 < gone.lost_share < gone.late_share(1e6) + 1e-12
    assert gone.late_share(LATE) > gone.lost_share
    assert gone.within(1e6)[0] == pytest.approx(1 - gone.lost_share)


def test_what_rules_look_at_moves_who_goes() -> None:
    """Districts, neighbours, roles, severities, weights: each given otherwise sends other units."""
    teams = [sim.Team("a", district=0), sim.Team("b", district=1), sim.Team("c", district=2, role=Role.RESERVE)]
    given: dict[str, Any] = {"units": teams, "districts": [0, 0, 1, 2], "borders": [(0, 2)]}

    def went(**other: Any) -> list[int]:
        return city(**{**given, **other}).units["calls"].tolist()

    own = went(dispatch="own_sector_first")
    assert own != went(), "not simply the nearest"
    assert own != went(dispatch="own_sector_first", borders=[]) != went(dispatch="own_sector_first", districts=None)
    assert went(dispatch="tiered")[2] == 0 < went(dispatch="tiered", severity="yellow")[2]
    hold = {"policy": "hold_reserve", "within_minutes": 6, "busy": 0.3, "hold_back": 1}
    assert went(dispatch=hold)[2] == 0 < went(dispatch=hold, severity={"green": 0.5, "red": 0.5})[2]
    two = [*teams, sim.Team("d", district=2, role=Role.RESERVE)]
    ways = np.vstack([WAYS, [5, 8, 6, 2]])
    light, heavy = (went(units=two, travel=ways, dispatch=hold, weights=w) for w in ([9, 1, 1, 1], [1, 1, 9, 1]))
    assert light != heavy, "the reserve that is kept is the one that covers what weighs most"


def preparedness(demand: Any, weights: Any, **given: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Late shares of ``nearest`` and ``preparedness`` on the same calls, then their mean responses."""
    rule = {"policy": "preparedness", "within_minutes": 9, "busy": 0.4}
    near, kept = runs(12, **given), runs(12, **given, dispatch=rule, demand=demand, weights=weights)
    late = [np.array([run.late_share(9) for run in some]) for some in (near, kept)]
    return *late, *(np.array([run.mean_response for run in some]) for some in (near, kept))


def test_preparedness_is_late_less_often_than_nearest_and_slower_on_average() -> None:
    """Jagtenberg, Bhulai and van der Mei (2016) found 18 % fewer late calls and a mean response 37 % longer; what carries
    over is the order of the rules, and that the mean gets worse. The layout of the ambulances, at two calls an hour."""
    bases = {"A": (15, 15), "B": (5, 15), "C": (5, 5), "D": (6, 6), "E": (6, 6)}
    given = {"units": bases, "rates": [2], "hours": 200, "at": lambda rng, n: 20 * np.sqrt(rng.random((n, 2)))}
    points = [(x, y) for x in range(1, 20, 2) for y in range(1, 20, 2)]
    weights = [x * y for x, y in points]  # as calls are spread: density 2 x / 400 both ways
    service = {**EXPONENTIAL, "mean_minutes": 12}
    late, less, mean, more = preparedness(points, weights, **given, travel=sim.Plane(60), service=service)
    fewer, slower = less - late, more - mean
    assert fewer.mean() < -3.5 * fewer.std(ddof=1) / np.sqrt(12) and less.mean() < 0.9 * late.mean()
    assert slower.mean() > 3.5 * slower.std(ddof=1) / np.sqrt(12) and more.mean() > 1.05 * mean.mean()


def test_preparedness_is_not_better_everywhere() -> None:
    """Three of five units in the middle of a town from which half the calls come: nothing is gained, and it is slower."""

    def town(rng: np.random.Generator, n: int) -> np.ndarray:
        return np.where(rng.random(n)[:, None] < 0.5, rng.normal(10, 2, (n, 2)), rng.uniform(0, 20, (n, 2)))

    bases = {"A": (10, 10), "B": (10, 10), "C": (10, 10), "D": (3, 3), "E": (17, 17)}
    given = {"units": bases, "rates": [2], "hours": 200, "at": town, "travel": sim.Plane(60)}
    service = {**EXPONENTIAL, "mean_minutes": 12}
    late, less, mean, more = preparedness(town(np.random.default_rng(0), 300), None, **given, service=service)
    assert less.mean() > late.mean() and more.mean() > 1.05 * mean.mean()


def test_intervals_hold_what_they_say() -> None:
    """Of the mean wait of two units loaded to .5, known exactly: 95 % intervals of parts of one run hold it about as often."""
    exact = hypercube([30, 30], [[0, 1], [1, 0]], 1.0).mean_wait
    given = {"rates": [30, 30], "preference": [[0, 1], [1, 0]], "service": EXPONENTIAL, "hours": 60, "warm_up_hours": 2}
    held = 0
    for run in runs(60, units=2, **given):
        found = run.intervals(resamples=400).set_index("measure")
        assert found.loc["mean_wait", "value"] == pytest.approx(run.mean_wait)
        held += found.loc["mean_wait", "low"] <= exact <= found.loc["mean_wait", "high"]
    assert 50 <= held <= 60


def test_a_short_busy_beginning_is_left_out() -> None:
    """Empty at first, so that the first calls wait less; with a warm-up they are not told of."""
    given: dict[str, Any] = {"rates": [54], "service": EXPONENTIAL}
    first = np.mean([run.mean_wait for run in runs(30, units=1, **given, hours=0.5)])
    later = np.mean([run.mean_wait for run in runs(30, units=1, **given, hours=10.5, warm_up_hours=10)])
    assert first < 0.7 * later
    run = sim.simulate_dispatch(1, **given, hours=2, warm_up_hours=1)
    assert run.counted.sum() < len(run.calls) and run.asked.came[run.counted].min() >= 60


def test_known_beforehand_tells_what_the_run_did(usual: sim.DispatchResult) -> None:
    """For the best dispatch there could be: arrays of calls, their deadlines, ways and ends, by unit and call."""
    known = usual.known(LATE)
    went, which = usual.played.unit, np.arange(len(usual.calls))
    np.testing.assert_allclose(usual.played.ordered + known.minutes[went, which], usual.played.arrived)
    np.testing.assert_allclose(usual.played.ordered + known.ends[went, which], usual.played.free)
    assert ((usual.played.arrived > known.deadlines) == (usual.response > LATE)).all()
    assert (known.times == usual.played.handled).all()
    assert (known.soonest <= usual.played.released + 1e-9).all() and (known.soonest > known.times).all()
    assert (known.ways == WAYS[:, usual.asked.place]).all()


def test_without_any_call_nothing_is_told_and_nobody_is_busy() -> None:
    run = city(rates=[0, 0, 0, 0])
    assert len(run.calls) == 0 and run.workload.tolist() == [0, 0, 0]
    assert np.isnan([run.lost_share, run.mean_wait, run.mean_response, run.late_share(5), *run.within(5)]).all()
    assert run.states()["share"].tolist() == [1.0]
    assert run.intervals()["value"].isna().all()


def test_it_says_shortly_what_it_is(usual: sim.DispatchResult) -> None:
    assert repr(usual) == f"<DispatchResult: {len(usual.calls):,} calls, 3 units, nearest, hours 0 to 200>"


def test_a_single_call_is_told_whole() -> None:
    """Listed calls are told until the last unit is home: two minutes there, six of work, two back."""
    run = sim.simulate_dispatch(2, times=[0], travel=[[2], [3]], service=[6])
    assert run.window == (0.0, 10.0) and run.workload.tolist() == [1.0, 0.0]
    assert (run.mean_response, run.late_share(1), run.late_share(2)) == (2.0, 1.0, 0.0)
    at_once = sim.simulate_dispatch(1, times=[0])
    assert at_once.window == (0.0, 0.0) and at_once.workload.tolist() == [0.0] and len(at_once.states()) == 0
    assert at_once.intervals()["value"].tolist() == [0.0, 0.0, 0.0]


def test_who_waits_longer_is_part_of_who_waits(usual: sim.DispatchResult) -> None:
    shares = usual.waited_longer([0, 1, 5, 20, 1e6])
    assert (np.diff(shares) < 0).all() and shares[-1] == 0
    assert shares[0] == pytest.approx((usual.wait[usual.counted] > 0).mean())
