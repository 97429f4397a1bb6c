"""The fewest late calls are those of trying everything; more units, more time and shorter ways never add any."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from types import SimpleNamespace

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clairvoyant import fewest_late as module
from sim.clairvoyant.calls import Calls
from sim.clairvoyant.fewest_late import Fewest, check, fewest_late
from sim.errors import UserError


def there_after(calls: Calls, unit: int, before: int, call: int) -> float:
    """When a unit that has served one call is at another, told once more, one number at a time."""
    free, order = calls.free[before], calls.order[unit, call]
    straight, home = calls.between[calls.kind[unit], before, call], calls.home[unit, before]
    if not np.isfinite(free) or (free, before) >= (calls.free[call], call) or not calls.may[unit, call]:
        return np.inf
    if order <= free:
        return free + straight
    if order >= free + home:
        return calls.there[unit, call]
    gone = order - free
    way = calls.there[unit, call] - order - calls.ready[unit]
    return order + max(straight - gone, way - (home - gone), 0.0)


def is_possible(calls: Calls, unit: int, served: list[int]) -> bool:
    first, *_ = served
    if calls.there[unit, first] > min(calls.deadline[first], calls.free[first]):
        return False
    return all(
        there_after(calls, unit, one, other) <= min(calls.deadline[other], calls.free[other])
        for one, other in pairwise(served)
    )


def by_trying_everything(calls: Calls) -> int:
    units, whole = calls.there.shape
    fewest = whole
    for who in product(range(-1, units), repeat=whole):
        if any(unit >= 0 and calls.anyhow[call] for call, unit in enumerate(who)):
            continue
        chains = [sorted((c for c in range(whole) if who[c] == u), key=lambda c: (calls.free[c], c)) for u in set(who)]
        chains = [(u, chain) for u, chain in zip(set(who), chains, strict=True) if u >= 0]
        if all(is_possible(calls, u, chain) for u, chain in chains):
            fewest = min(fewest, sum(unit < 0 and not calls.anyhow[call] for call, unit in enumerate(who)))
    return fewest


@st.composite
def some_calls(draw: st.DrawFn) -> Calls:
    """A few units and calls close to each other in time, so that they are in each other's way; whole minutes."""
    units, calls, kinds = draw(st.integers(1, 3)), draw(st.integers(1, 4)), draw(st.integers(1, 2))

    def numbers(low: int, high: int, *shape: int) -> np.ndarray:
        size = int(np.prod(shape))
        drawn = draw(st.lists(st.integers(low, high), min_size=size, max_size=size))
        return np.array(drawn, dtype=np.float64).reshape(shape)

    begun = numbers(0, 30, calls)
    order = begun + numbers(0, 3, units, calls)
    ready = numbers(0, 2, units)
    there = order + ready[:, None] + numbers(0, 12, units, calls)
    there[numbers(0, 5, units, calls) == 0] = np.inf
    free = begun + numbers(4, 30, calls)
    free[numbers(0, 8, calls) == 0] = np.inf
    return Calls(
        order=order,
        there=there,
        deadline=begun + numbers(3, 14, calls),
        free=free,
        between=numbers(0, 15, kinds, calls, calls),
        kind=numbers(0, kinds - 1, units).astype(np.int64),
        home=numbers(0, 12, units, calls),
        ready=ready,
        anyhow=numbers(0, 6, calls) == 0,
        may=numbers(0, 4, units, calls) > 0,
    )


@given(some_calls())
@settings(max_examples=150, deadline=None)
def test_it_is_the_best_of_all_dispatches(calls: Calls) -> None:
    found = fewest_late(calls)
    assert found.late == by_trying_everything(calls)
    assert found.gap == 0
    served = {call for _, chain in found.served for call in chain}
    assert found.late == len(calls.free) - int(calls.anyhow.sum()) - len(served)


@given(some_calls(), st.data())
@settings(max_examples=100, deadline=None)
def test_more_never_makes_it_worse(calls: Calls, data: st.DataObject) -> None:
    late, units = fewest_late(calls).late, calls.there.shape[0]
    fewer = sorted(data.draw(st.sets(st.integers(0, units - 1))))
    names = ("order", "there", "kind", "home", "ready", "may")
    assert fewest_late(replace(calls, **{name: getattr(calls, name)[fewer] for name in names})).late >= late
    assert fewest_late(replace(calls, deadline=calls.deadline + data.draw(st.integers(0, 5)))).late <= late
    assert fewest_late(replace(calls, between=calls.between / 2)).late <= late
    assert fewest_late(replace(calls, anyhow=np.ones_like(calls.anyhow))).late == 0


def test_it_sends_the_one_that_the_next_call_does_not_need() -> None:
    """The nearest would be sent to the first call, and the other is too far from the second."""
    calls = Calls.of(
        order=np.array([0.0, 5.0]),
        minutes=np.array([[2.0, 4.0], [8.0, 30.0]]),
        deadline=np.array([10.0, 15.0]),
        free=np.array([60.0, 70.0]),
        between=np.full((2, 2), 30.0),
    )
    assert fewest_late(calls) == Fewest(0, 0, ((0, (1,)), (1, (0,))))


def test_one_unit_serves_two_calls_where_it_is_free_soon_enough() -> None:
    def late(free: float, between: float) -> int:
        return fewest_late(
            Calls.of(
                order=np.array([0.0, 20.0]),
                minutes=np.array([[5.0, 5.0]]),
                deadline=np.array([10.0, 30.0]),
                free=np.array([free, 90.0]),
                between=np.array([[0.0, between], [between, 0.0]]),
            )
        ).late

    assert late(free=12.0, between=60.0) == 0, "it is home by then"
    assert late(free=24.0, between=6.0) == 0, "it comes straight from there"
    assert late(free=24.0, between=6.1) == 1
    assert late(free=18.0, between=60.0) == 1, "two minutes after leaving it is still far away"


def test_what_was_done_can_be_done_again() -> None:
    calls = Calls.of(
        order=np.array([0.0, 5.0]),
        minutes=np.full((1, 2), 99.0),
        deadline=np.array([10.0, 15.0]),
        free=np.array([6.0, 20.0]),
        between=np.full((2, 2), 99.0),
    )
    assert fewest_late(calls).late == 2
    assert fewest_late(replace(calls, known=((0, (0, 1)),))) == Fewest(0, 0, ((0, (0, 1)),))


def test_without_units_all_are_late_but_those_that_need_none() -> None:
    none = np.zeros((0, 3))
    calls = Calls.of(np.zeros(3), none, np.ones(3), np.ones(3), np.zeros((3, 3)), anyhow=np.array([True, False, False]))
    assert fewest_late(calls) == Fewest(2, 2, ())


def many(units: int, calls: int, seed: int = 1) -> Calls:
    """A region on a bad day: too few units, so that the solver is asked."""
    rng = np.random.default_rng(seed)
    order = np.sort(rng.uniform(0, 600, calls))
    here, there = rng.uniform(0, 30, (units, 2)), rng.uniform(0, 30, (calls, 2))
    minutes = np.linalg.norm(here[:, None] - there, axis=2)
    between = np.linalg.norm(there[:, None] - there, axis=2)
    return Calls.of(order, minutes, order + 10, order + rng.uniform(30, 120, calls), between)


def test_many_calls_are_solved_exactly() -> None:
    few, more = fewest_late(many(6, 50)), fewest_late(many(12, 50))
    assert few.gap == more.gap == 0
    assert 0 < more.late < few.late < 50


def test_a_search_that_is_ended_keeps_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, best = many(6, 50), fewest_late(many(6, 50))
    monkeypatch.setattr(module, "MOST_WHOLE", 10)
    found = fewest_late(calls)
    assert 0 < found.bound <= best.late < found.late, "fractions of units, and one call a unit"
    monkeypatch.setattr(module, "MOST_STEPS", 10)
    assert fewest_late(calls).bound < best.late, "who could have been reached by somebody"
    assert fewest_late(calls).gap > 0


def test_a_solver_that_says_what_is_not_so_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = many(10, 100)

    def all_of_them(gain: np.ndarray, **_: object) -> SimpleNamespace:
        return SimpleNamespace(status=0, x=np.ones(len(gain)), fun=-len(gain), mip_dual_bound=-50.0, message="")

    monkeypatch.setattr(scipy.optimize, "milp", all_of_them)
    with pytest.raises(RuntimeError, match="served twice"):
        fewest_late(calls)
    monkeypatch.setattr(scipy.optimize, "milp", lambda *_, **__: SimpleNamespace(status=4, message="numbers"))
    with pytest.raises(RuntimeError, match="the solver failed: numbers"):
        fewest_late(calls)


def test_a_dispatch_that_is_too_late_is_not_believed() -> None:
    calls = Calls.of(np.zeros(1), np.full((1, 1), 20.0), np.full(1, 10.0), np.full(1, 50.0), np.zeros((1, 1)))
    with pytest.raises(RuntimeError, match=r"unit 0 at call 0 at 20\.0, which is too late"):
        check(calls, ((0, (0,)),))
    with pytest.raises(RuntimeError, match="two days"):
        check(calls, ((0, ()), (0, ())))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"free": np.zeros(3)}, r"free: its shape is \(3,\); 1 units and 2 calls ask for \(2,\)"),
        ({"deadline": np.array([np.nan, 1.0])}, "deadline: NaN is no time"),
        ({"kind": np.array([1])}, "kind: from 0 to 0"),
        ({"known": ((0, (1, 0)),)}, "known: the calls of unit 0 are not in the order in which it was free"),
        ({"known": ((3, (0,)),)}, r"known: unit 3 and calls \(0,\); there are 1 units and 2 calls"),
    ],
)
def test_what_does_not_fit_is_refused(changed: dict[str, object], message: str) -> None:
    calls = Calls.of(np.zeros(2), np.zeros((1, 2)), np.ones(2), np.array([1.0, 2.0]), np.zeros((2, 2)))
    with pytest.raises(UserError, match=message):
        replace(calls, **changed)
