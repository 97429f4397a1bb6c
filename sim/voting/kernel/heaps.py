"""Voters put aside until a time of their own: binary heaps (Williams 1964), equal times in turn."""

from __future__ import annotations

from sim.compiled import compiled
from sim.voting.kernel.inputs import Floats
from sim.voting.kernel.memory import PUT, SIZE, STEPS, Heaps, Whom


@compiled
def put(heap: int, time: float, i: int, heaps: Heaps) -> None:
    """Put a voter into a heap."""
    times, order, whom, n = heaps.time[heap], heaps.order[heap], heaps.who[heap], heaps.n
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
def take(heap: int, heaps: Heaps) -> int:
    """Take out and return the voter with the earliest time; of equal ones the one who was put in first."""
    times, order, whom, n = heaps.time[heap], heaps.order[heap], heaps.who[heap], heaps.n
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


@compiled
def rejoin(heap: int, queue: Whom, head: int, end: int, join: Floats, heaps: Heaps) -> int:
    """Put whoever of a heap comes before everybody in a queue to its head, and return where that is then.

    He has stood in this queue before, so there is a place before its head.
    """
    if heaps.n[SIZE + heap] > 0 and (head == end or heaps.time[heap, 0] < join[queue[head]]):
        head -= 1
        queue[head] = take(heap, heaps)
    return head
