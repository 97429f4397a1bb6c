"""What the compiled station works on: one station's voters, its limits, its conditions and its working memory."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.voting.kernel.inputs import Codes, Flags, Floats, Ints

Whom = NDArray[np.uint32]
"""Voters of a station by number; unsigned, so that no index is ever taken to count from the end."""


class Voters(NamedTuple):
    """The voters of one station, sorted by arrival; their services stand in columns begin to end of all."""

    arrival: Floats
    patience: Floats
    line_limit: Floats
    priority: Flags
    deterred_mark: Floats
    return_mark: Floats
    return_delay: Floats
    service: Floats  # (stages, voters of all stations)
    begin: int
    end: int


class Limits(NamedTuple):
    """The station's hours and ballots, the moment at which the day is looked at, and who of those gone comes back."""

    opening: float
    closing: float
    until: float
    ballots: float
    deterred_return: float
    evacuated_return: float
    impatient_return: float


class Pieces(NamedTuple):
    """Pieces of constant conditions: when each begins, its speed, the share deterred, servers out of use, the door."""

    time: Floats
    speed: Floats
    deterred: Floats
    out: Ints  # (pieces, stages named)
    door_open: Flags  # whether anybody is let in to the first stage
    even: bool  # at full speed with every server all day


class Heaps(NamedTuple):
    """Voters put aside, a row for each heap by the names below; ``n`` is that of the memory."""

    time: Floats  # until when
    order: Ints  # in which turn they were put there
    who: Whom
    n: Ints


class Memory(NamedTuple):
    """Working memory of one station: what is known of each voter, who is still to come, and the queues in hand."""

    join: Floats  # by voter: when he joins the line (last visit)
    done: Floats  # by voter: when he leaves, served or not; infinite: never
    began: Floats  # by voter: when his first service begins; infinite: never
    wait: Floats  # by voter: minutes waited before every stage of the visit
    since: Floats  # by voter: since when he waits for the stage in hand
    start: Floats  # (stages, voters) start of each service; of size 0 unless every voter is to be recorded
    finish: Floats  # (stages, voters) and its end
    fate: Codes  # by voter
    back: Flags  # by voter: has come back after leaving the line
    line: Whom  # who is still to come, by joining, from place n[NEXT] on
    visits: Whom  # who has come in this round: n[CAME] of them
    first: Whom  # who waits for the stage in hand and goes first: places n[FIRST_HEAD] to n[FIRST_END]
    others: Whom  # and of the others: places n[OTHERS_HEAD] to n[OTHERS_END]
    ready: Floats  # by place in the queue of a stage: when it is reached
    who: Whom  # by place in the queue of a stage: the voter; at the entrance n[SERVED] of them, in order of beginning
    gone_since: Floats  # when those who went first and left the line unserved in this round joined it: n[NOTED] of them
    heaps: Heaps  # voters put aside
    n: Ints  # numbers, by the names below


FIRST_HEAD, FIRST_END, OTHERS_HEAD, OTHERS_END = 0, 1, 2, 3
"""Places of ``Memory.n``: where the two queues of the stage in hand begin and end."""
NEXT, CAME, SERVED, ISSUED, SEEN, NOTED, PASSED, PUT, STEPS, SIZE = 4, 5, 6, 7, 8, 10, 11, 12, 13, 14
"""More of them. ISSUED: ballots given out. SEEN, by class: how many had begun before the one last asked. PASSED: how
many of those NOTED had joined by then. PUT: how often somebody was put into a heap. STEPS: comparisons made for those
who wait, leave and come back. SIZE, by heap: how many are in it."""
GONE, BACK, LATER = 0, 2, 4
"""The heaps. GONE, by the class of who asks: left the line unserved in this round, until when they stood in it. BACK,
by class: left it and come back in this round, when. LATER: left or were sent away for longer, and come back when."""
ZERO, ONE = np.uint64(0), np.uint64(1)
"""For places in a queue: unsigned, like ``Whom``."""


@compiled
def memory_for(n: int, stages: int, record: bool) -> Memory:
    """Return working memory for n voters; nobody comes more than twice between two evacuations."""
    times, whom = np.empty((5, n)), np.empty((4, n), np.uint32)
    numbers = np.zeros(SIZE + LATER + 1, np.int64)
    services, places = np.empty((2, stages, n if record else 0)), (LATER + 1, 2 * n)
    heaps = Heaps(np.empty(places), np.empty(places, np.int64), np.empty(places, np.uint32), numbers)
    return Memory(
        times[0], times[1], times[2], times[3], times[4], services[0], services[1], np.empty(n, np.int8),
        np.empty(n, np.bool_), np.empty(n, np.uint32), whom[0], whom[1], whom[2], np.empty(n), whom[3],
        np.empty(2 * n), heaps, numbers,
    )  # fmt: skip


@compiled
def of_size(n: int, s: Memory) -> Memory:
    """Return the working memory of a station with n voters."""
    return Memory(
        s.join, s.done, s.began, s.wait, s.since, s.start, s.finish, s.fate, s.back, s.line[:n], s.visits, s.first,
        s.others, s.ready, s.who, s.gone_since, s.heaps, s.n,
    )  # fmt: skip
