"""Voters put aside until a time of their own: binary heaps (Williams 1964), equal times in turn."""

from __future__ import annotations

from sim.compiled import compiled
from sim.voting.kernel.memory import PUT, SIZE, STEPS, Memory


@compiled
def put(heap: int, time: float, i: int, s: Memory) -> None:
    """Put a voter into a heap."""
    times, order, whom, n = s.heap_time[heap], s.heap_order[heap], s.heap_who[heap], s.n
    place = n[SIZE + heap]
    n[SIZE + heap] += 1
    n[PUT] += 1
    while place > 0:
        above = (place - 1) // 2
        n[STEPS] += 1
        if times[above] <= time:  # who is in it already was put there before him
            break
        times[place], order[place], whom[place] = times[above], order[above], whom[above]
        place = above
    times[place], order[place], whom[place] = time, n[PUT], i


@compiled
def take(heap: int, s: Memory) -> int:
    """Take out and return the voter with the earliest time; of equal ones the one who was put in first."""
    times, order, whom, n = s.heap_time[heap], s.heap_order[heap], s.heap_who[heap], s.n
    found = int(whom[0])
    n[SIZE + heap] -= 1
    size, place = n[SIZE + heap], 0
    time, turn, i = times[size], order[size], whom[size]
    while 2 * place + 1 < size:
        below = 2 * place + 1
        n[STEPS] += 1
        right = below + 1
        if right < size and (
            times[right] < times[below] or (times[right] == times[below] and order[right] < order[below])
        ):
            below = right
        if time < times[below] or (time == times[below] and turn < order[below]):
            break
        times[place], order[place], whom[place] = times[below], order[below], whom[below]
        place = below
    times[place], order[place], whom[place] = time, turn, i
    return found
