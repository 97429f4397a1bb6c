"""The quickest flow against known answers."""

from __future__ import annotations

import math

import pytest

from sim.evacuation.bound import Link, quickest, safe_by

Q1 = [Link("s", "t", 3, 2), Link("s", "a", 2, 3), Link("a", "t", 3, 3)]
Q2 = [Link("A", "J", 2, 3), Link("B", "J", 1, 2), Link("J", "E", 3, 4)]
Q3 = [*Q2, Link("A", "E", 9, 1)]
TWO = {"A": 30, "B": 20}


@pytest.mark.parametrize(("travel", "capacity", "people"), [(12, 8, 500), (0, 1, 7), (3, 5, 5), (3, 5, 6)])
def test_a_single_path(travel: int, capacity: int, people: int) -> None:
    expected = travel + math.ceil(people / capacity) - 1
    assert quickest([Link(0, 1, travel, capacity)], {0: people}, [1]) == expected


def test_single_path_of_the_reference() -> None:
    assert quickest([Link(0, 1, 12, 8)], {0: 500}, [1]) == 74


def test_quickest_flow_q1() -> None:
    assert [safe_by(Q1, {"s": 20}, ["t"], step) for step in range(3, 9)] == [2, 4, 9, 14, 19, 20]
    assert quickest(Q1, {"s": 20}, ["t"]) == 8


def test_quickest_flow_q2() -> None:
    assert [safe_by(Q2, TWO, ["E"], step) for step in (3, 4, 5, 6)] == [0, 2, 6, 10]
    assert quickest(Q2, TWO, ["E"]) == 16


def test_quickest_flow_q3() -> None:
    assert [safe_by(Q3, TWO, ["E"], step) for step in range(9, 16)] == [23, 28, 33, 38, 43, 48, 50]
    assert quickest(Q3, TWO, ["E"]) == 15


def test_nobody_and_those_who_are_safe_already_need_no_time() -> None:
    assert quickest(Q1, {}, ["t"]) == 0
    assert quickest(Q1, {"t": 5}, ["t"]) == 0


def test_who_cannot_get_out_needs_for_ever() -> None:
    assert quickest(Q2, {"A": 1, "E": 1, "elsewhere": 1}, ["E"]) == math.inf
    assert quickest([Link("A", "E", 1, 0)], {"A": 1}, ["E"]) == math.inf


def test_several_sinks() -> None:
    assert quickest([Link("A", "E", 1, 1), Link("A", "F", 3, 1)], {"A": 4}, ["E", "F"]) == 3


@pytest.mark.parametrize(
    ("links", "supplies", "message"),
    [
        ([Link("A", "E", -1, 1)], {"A": 1}, "not negative"),
        ([Link("A", "E", 1, -1)], {"A": 1}, "not negative"),
        ([Link("A", "E", 1, 1)], {"A": -1, "B": 2}, "people is not negative"),
        ([Link("A", "E", 1, 1)], {"A": 2**31}, "more than can be reckoned with"),
    ],
)
def test_what_cannot_be_is_refused(links: list[Link], supplies: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        safe_by(links, supplies, ["E"], 3)
