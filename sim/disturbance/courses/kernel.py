"""The jump process of a crowd, compiled.

One call simulates the Markov chain of :class:`sim.config.courses.CrowdCourse` exactly (direct method of Gillespie,
Journal of Physical Chemistry 81, 1977) from its present state to the next change of severity, injury or containment,
or to a given time. The readable side is :mod:`sim.disturbance.courses.crowd`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import exact
from sim.compiled import compiled

UNTIL, SEVERITY, INJURY, CONTAINED, SPENT = 0, 1, 2, 3, 4
"""Why a path ended; spent: there were too few marks, and it is to be generated again with more of them."""
MOST_JUMPS = 16_384
"""Jumps of one call at most (a megabyte); a longer path is cut there and goes on with the next call."""
ACTIVE, BYSTANDERS, LEFT, TO_COME, JOINED, DISPERSED, INJURED, HURT = range(8)
"""Columns of a path's states."""
N_COUNTS = 8
JOINS, CALMS, IS_DISPERSED, TRAVELS_IN, IS_INJURED, OFFICER_IS_HURT = range(6)
"""The jumps."""
JumpRates = tuple[float, float, float, float, float, float]
_RED = 2


class Rates(NamedTuple):
    """The numbers of a kind as the kernel reads them; rates are per minute."""

    join: float
    calm: float
    disperse: float
    deterrence: float
    team_size: float
    engage_ratio: float
    supporters: float
    injury_yellow: float  # for each active person
    injury_red: float  # for each active person
    officer_injury: float  # for each officer of too few, while red
    withdraw_ratio: float


class Thresholds(NamedTuple):
    """Numbers of active people at which something changes."""

    floor: float
    yellow_at: float
    red_at: float
    hysteresis: float
    formed_from: float  # the number of the severity from which only formed units disperse


def numbers_of(rates: Rates, thresholds: Thresholds) -> NDArray[np.float64]:
    """Return both as one array, which costs little to hand over a thousand times a day."""
    return np.array((*rates, *thresholds), dtype=np.float64)


@compiled
def _rates_of(n: NDArray[np.float64]) -> Rates:
    return Rates(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10])


@compiled
def _thresholds_of(n: NDArray[np.float64]) -> Thresholds:
    return Thresholds(n[11], n[12], n[13], n[14], n[15])


@compiled
def severity_of(active: int, severity: int, thresholds: Thresholds) -> int:
    """Return the severity (0, 1, 2) for this many active people, given the severity so far.

    It rises at the thresholds and falls again only below ``hysteresis`` times the threshold.
    """
    if active >= thresholds.red_at or (severity == 2 and active >= thresholds.hysteresis * thresholds.red_at):
        return 2
    if active >= thresholds.yellow_at or (severity >= 1 and active >= thresholds.hysteresis * thresholds.yellow_at):
        return 1
    return 0


@compiled
def jump_rates(
    counts: NDArray[np.int64], severity: int, officers: float, formed: float, rates: Rates, formed_from: float
) -> JumpRates:
    """Return the rates of the six jumps, per minute; at least one person is active."""
    active, bystanders = counts[ACTIVE], counts[BYSTANDERS]
    people = active + bystanders + counts[LEFT]
    there = officers
    if severity == _RED and officers < rates.withdraw_ratio * active:
        there = 0.0  # they have drawn back
    join = rates.join * bystanders * active / people * exact.exp(-rates.deterrence * there / active)
    working = min(there, formed) if severity >= formed_from else there
    disperse = officer_injury = 0.0
    if working >= rates.engage_ratio * active:  # fewer only hold a perimeter
        disperse = rates.disperse * min(working / rates.team_size, float(active))
    elif severity == _RED:
        officer_injury = rates.officer_injury * there
    supporters = rates.supporters if counts[TO_COME] > 0 else 0.0
    injury = rates.injury_red if severity == _RED else rates.injury_yellow if severity == 1 else 0.0
    return join, rates.calm * active, disperse, supporters, injury * active, officer_injury


@compiled
def _pick(rate: JumpRates, mark: float) -> int:
    """Return the jump in whose share of the total rate the mark falls; never one whose rate is zero."""
    chosen = JOINS
    for jump in range(6):
        if rate[jump] > 0.0:
            chosen = jump
            if mark < rate[jump]:
                break
            mark -= rate[jump]
    return chosen


@compiled
def _apply(jump: int, counts: NDArray[np.int64]) -> None:
    """Move people between the counts."""
    if jump == JOINS:
        counts[BYSTANDERS] -= 1
        counts[ACTIVE] += 1
        counts[JOINED] += 1
    elif jump == TRAVELS_IN:
        counts[TO_COME] -= 1
        counts[BYSTANDERS] += 1
    elif jump == IS_INJURED:
        counts[INJURED] += 1
    elif jump == OFFICER_IS_HURT:
        counts[HURT] += 1
    else:
        counts[ACTIVE] -= 1
        counts[LEFT] += 1
        if jump == IS_DISPERSED:
            counts[DISPERSED] += 1


@compiled
def _longer(times: NDArray[np.float64], states: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the two tables with twice the room."""
    n = len(times)
    more_times, more_states = np.empty(2 * n), np.empty((2 * n, N_COUNTS), dtype=np.int64)
    more_times[:n], more_states[:n] = times, states
    return more_times, more_states


@compiled
def _outcome(jump: int, active: int, severity: int, turned: int, floor: float) -> int:
    """Return why a path ends with this jump, or UNTIL when it goes on."""
    if jump >= IS_INJURED:
        return INJURY
    if active <= floor:
        return CONTAINED
    return SEVERITY if turned != severity else UNTIL


@compiled
def jump_path(
    counts: NDArray[np.int64],
    severity: int,
    officers: float,
    formed: float,
    numbers: NDArray[np.float64],
    start: float,
    until: float,
    marks: NDArray[np.float64],
    used: int,
) -> tuple[NDArray[np.float64], NDArray[np.int64], int, int, int]:
    """Simulate the chain; return times (n), states (n, 8), why it ended, the severity then, and the marks used up.

    Row 0 is the state given; each further row is one jump, except that a path that ends because time is up closes
    with its last state repeated at that time.

    Args:
        counts: The eight counts above.
        severity: Severity at the start.
        officers: Effective officers on scene, Q.
        formed: Those of them who are there as formed units.
        numbers: The kind's rates and thresholds, from ``numbers_of``.
        start: Time of the present state, minutes.
        until: Time not to be passed, minutes.
        marks: Uniform random numbers in [0, 1), two for each jump.
        used: How many of them are used already.
    """
    rates, thresholds = _rates_of(numbers), _thresholds_of(numbers)
    here = counts.copy()
    times, states = np.empty(64), np.empty((64, N_COUNTS), dtype=np.int64)
    times[0], states[0] = start, here
    n, now = 1, start
    why = CONTAINED if here[ACTIVE] <= thresholds.floor else UNTIL
    while why == UNTIL and n < MOST_JUMPS:
        if used + 2 > len(marks):
            why = SPENT
            break
        if n == len(times):
            times, states = _longer(times, states)
        rate = jump_rates(here, severity, officers, formed, rates, thresholds.formed_from)
        total = rate[0] + rate[1] + rate[2] + rate[3] + rate[4] + rate[5]
        gap = -exact.log1p(-marks[used]) / total if total > 0.0 else np.inf
        used += 1
        if now + gap >= until:
            times[n], states[n] = until, here
            n += 1
            break
        now += gap
        jump = _pick(rate, marks[used] * total)
        used += 1
        _apply(jump, here)
        times[n], states[n] = now, here
        n += 1
        turned = severity_of(here[ACTIVE], severity, thresholds)
        why = _outcome(jump, here[ACTIVE], severity, turned, thresholds.floor)
        severity = turned
    return times[:n].copy(), states[:n].copy(), why, severity, used
