"""The redeployment program of Zhang (2012): the cases of JEMSS.jl, every assignment there is, and what it may not be."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import UserError
from sim.plan import redeployment as module
from sim.plan.redeployment import STAYS, Redeployment, redeployment
from sim.plan.solution import Status
from sim.solver import Found

BENEFIT = [[4.0, 1.0], [3.0, 2.0]]
"""Two stations, each of which takes two ambulances."""
AT_HOSPITAL = {1: [[0.5, 0.0], [1.0, 1.0]], 2: [[0.0, 0.5], [1.0, 2.0]], 3: [[0, 2], [1, 0], [0.5, 0], [1, 0.1]],
               4: [[0.0, 2.2], [0.0, 2.1], [-2.0, 4.0], [-2.0, 4.0]]}  # fmt: skip


def solved(cost: list[list[float]], free: int) -> Redeployment:
    found = redeployment(BENEFIT, cost, [i < free for i in range(len(cost))])
    assert found.status is Status.OPTIMAL and found.bound == found.value
    return found


@pytest.mark.parametrize(
    ("cost", "free", "stations"),
    [
        pytest.param([], 0, [], id="no ambulances"),
        pytest.param([[1.5, 0]], 1, [2], id="one, not moved"),
        pytest.param([[0.5, 0]], 1, [1], id="one, moved"),
        pytest.param([[5, 5]], 1, [1], id="one, placed even at a loss"),
        pytest.param([[1.5, 1]], 0, [1], id="one at the hospital, placed"),
        pytest.param([[5, 5]], 0, [0], id="one at the hospital, not placed"),
        pytest.param([[0, 1], [1, 0]], 2, [1, 2], id="two, not moved"),
        pytest.param([[0, 4], [0, 4]], 2, [1, 1], id="two at one station, not moved"),
        pytest.param([[0, 2], [0, 1]], 2, [1, 2], id="two at one station, the second moved"),
        pytest.param(AT_HOSPITAL[1][:1], 1, [1], id="one alone moves to the better station"),
        pytest.param(AT_HOSPITAL[1], 1, [2, 1], id="and is kept from it by one at the hospital"),
        pytest.param(AT_HOSPITAL[2][:1], 1, [1], id="one alone stays at the better station"),
        pytest.param(AT_HOSPITAL[2], 1, [2, 1], id="and moves to the worse for one at the hospital"),
        pytest.param([[0, 1], [0, 1], [1, 0], [1, 0]], 4, [1, 1, 2, 2], id="four at stations"),
        pytest.param(AT_HOSPITAL[3][:3], 3, [1, 2, 2], id="three at stations"),
        pytest.param(AT_HOSPITAL[3], 3, [1, 2, 1, 2], id="and one of them moves for one at the hospital"),
        pytest.param(AT_HOSPITAL[4][:2], 2, [1, 1], id="two at one station stay"),
        pytest.param(AT_HOSPITAL[4][:3], 2, [1, 2, 1], id="one moves for one at the hospital"),
        pytest.param(AT_HOSPITAL[4], 2, [2, 2, 1, 1], id="both move for two at the hospital"),
    ],
)  # fmt: skip
def test_jemss_zhang_ip(cost: list[list[float]], free: int, stations: list[int]) -> None:
    """test_zhang_ip.jl of JEMSS.jl, case by case; 0 is an ambulance that is not placed."""
    assert (solved(cost, free).site + 1).tolist() == stations


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[list[float]], np.ndarray, list[bool]]:
    """Up to three sites and four teams; what one more is worth may also rise."""
    whole = st.integers(-9, 9).map(float)
    benefit = draw(st.lists(st.lists(whole, max_size=3), min_size=1, max_size=3))
    teams = draw(st.integers(1, 4))
    free = draw(st.lists(st.booleans(), min_size=teams, max_size=teams))
    count = teams * len(benefit)
    cost = np.array(draw(st.lists(whole, min_size=count, max_size=count))).reshape(teams, len(benefit))
    return benefit, cost, free


@settings(max_examples=150, deadline=None)
@given(cases())
def test_no_assignment_of_all_is_better(case: tuple[list[list[float]], np.ndarray, list[bool]]) -> None:
    benefit, cost, free = case
    if sum(map(len, benefit)) < sum(free):
        with pytest.raises(UserError, match="take fewer teams"):
            redeployment(benefit, cost, free)
        return
    worth = []
    for sites in product(range(STAYS, len(benefit)), repeat=len(free)):
        many = [sites.count(j) for j in range(len(benefit))]
        fits = all(n <= len(row) for n, row in zip(many, benefit, strict=True))
        if fits and all(site != STAYS for site, is_free in zip(sites, free, strict=True) if is_free):
            moved = sum(cost[i, j] for i, j in enumerate(sites) if j != STAYS)
            worth.append((sum(sum(row[:n]) for n, row in zip(many, benefit, strict=True)) - moved, sites))
    found = redeployment(benefit, cost, free)
    assert found.value == pytest.approx(max(value for value, _ in worth), abs=1e-9)
    assert any(sites == tuple(found.site.tolist()) and value == found.value for value, sites in worth)


def test_dearer_moves_never_help_and_more_benefit_never_hurts() -> None:
    rng = np.random.default_rng(1)
    for _ in range(40):
        cost, benefit = rng.uniform(0, 2, (5, 4)), np.sort(rng.uniform(0, 4, (4, 3)))[:, ::-1]
        free = rng.random(5) < 0.6
        value = redeployment(benefit.tolist(), cost, free.tolist()).value
        assert redeployment(benefit.tolist(), cost + 0.3, free.tolist()).value <= value + 1e-9
        assert redeployment((benefit + 0.3).tolist(), cost, free.tolist()).value >= value - 1e-9


@pytest.mark.parametrize(
    ("cost", "free", "message"),
    [
        ([[1.0, 2.0, 3.0]], [True], r"cost: its shape is \(1, 3\)"),
        ([1.0, 2.0], [True], r"cost: its shape is \(2,\)"),
        ([[np.nan, 0.0]], [True], "is finite"),
        ([[0.0, 0.0]] * 5, [True] * 5, "take fewer teams"),
    ],
)
def test_what_is_no_redeployment_is_refused(cost: list[list[float]], free: list[bool], message: str) -> None:
    with pytest.raises(UserError, match=message):
        redeployment(BENEFIT, cost, free)


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (Found(None, 0.0, 9.0, False), "no assignment was found"),
        (Found(np.zeros(6), 0.0, 9.0, True), "is none"),
        (Found(np.array([1.0, 0, 1, 0, 0, 0]), 9.0, 9.0, True), "not worth what it says"),
    ],
)
def test_what_the_solver_says_is_not_believed(found: Found, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "maximise", lambda *_: found)
    with pytest.raises(RuntimeError, match=message):
        redeployment(BENEFIT, [[0.0, 0.0]], [True])


def test_out_of_time_it_is_not_called_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "maximise", lambda *_: Found(np.array([0.0, 1, 0, 0, 1, 0]), 3.0, 5.0, False))
    found = redeployment(BENEFIT, [[0.0, 0.0]], [True])
    assert (found.site.tolist(), found.value, found.bound, found.status) == ([1], 3.0, 5.0, Status.TIME_LIMIT)
