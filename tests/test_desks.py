"""Desks take who comes as SimPy's own resource does: by rank, then in the order of coming, as many at once as there are."""

from __future__ import annotations

from collections.abc import Iterable

import simpy
from hypothesis import given
from hypothesis import strategies as st

from sim.clock import Clock, Process
from sim.desks import Desks

Visit = tuple[int, int, int]
"""When somebody comes, his rank, and how long it takes; whole minutes, so that many come and go at one moment."""


def at_desks(visits: Iterable[Visit], number: int) -> list[tuple[float, int]]:
    """Return when each has a desk, in the order in which they have it."""
    env, served = Clock(), list[tuple[float, int]]()
    desks = Desks(env, number)

    def visit(who: int, comes: int, rank: int, takes: int) -> Process:
        yield env.timeout(comes)
        yield desks.take(rank)
        served.append((env.now, who))
        yield env.timeout(takes)
        desks.leave()

    for who, one in enumerate(visits):
        env.process(visit(who, *one))
    env.until(1000.0)
    return served


def at_resource(visits: Iterable[Visit], number: int) -> list[tuple[float, int]]:
    """Return the same with ``simpy.PriorityResource``."""
    env, served = simpy.Environment(), list[tuple[float, int]]()
    desks = simpy.PriorityResource(env, capacity=number)

    def visit(who: int, comes: int, rank: int, takes: int) -> Process:
        yield env.timeout(comes)
        with desks.request(priority=rank) as desk:
            yield desk
            served.append((env.now, who))
            yield env.timeout(takes)

    for who, one in enumerate(visits):
        env.process(visit(who, *one))
    env.run(until=1000)
    return served


def test_the_most_urgent_of_those_who_wait_is_next_and_who_came_first_of_equals() -> None:
    visits = [(0, 0, 10), (1, 0, 10), (2, -2, 10), (3, -1, 10), (4, -2, 10)]
    assert at_desks(visits, 1) == [(0, 0), (10, 2), (20, 4), (30, 3), (40, 1)]


def test_as_many_are_served_at_once_as_there_are_desks() -> None:
    visits = [(0, 0, 10)] * 5
    assert [time for time, _ in at_desks(visits, 2)] == [0, 0, 10, 10, 20]
    assert [time for time, _ in at_desks(visits, 5)] == [0] * 5


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(-2, 2), st.integers(0, 5)), max_size=25), st.integers(1, 3)
)  # fmt: skip
def test_the_order_is_that_of_simpys_own_resource(visits: list[Visit], number: int) -> None:
    assert at_desks(visits, number) == at_resource(visits, number)
