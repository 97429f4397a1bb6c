"""The jump process of a crowd, or of two that meet, compiled.

One call simulates the Markov chain of :class:`sim.config.two_sided.TwoSidedCourse` exactly (direct method of Gillespie,
Journal of Physical Chemistry 81, 1977) from its present state to the next change of severity, injury or containment,
or to a given time. The readable side is :mod:`sim.disturbance.courses.crowd`.

The chain of one crowd (:class:`sim.config.courses.CrowdCourse`) is that of two of which one is empty, to the last
digit: what an empty side adds are zeros, what it multiplies by are ones, and it takes no random number. A jump is drawn
by the rates of both sides together; then on which side it happens, by what is left of the same mark.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import exact
from sim.compiled import compiled

UNTIL, SEVERITY, INJURY, CONTAINED, PAUSED = 0, 1, 2, 3, 4
"""Why a path ended; paused: there were too few rows or marks, and it goes on as if nothing had been when there are."""
MOST_JUMPS = 16_384
"""Jumps of one path at most (1.7 MB); a longer one ends there, and the next goes on from its last state."""
ACTIVE, BYSTANDERS, LEFT, TO_COME, JOINED, DISPERSED, INJURED, HURT = range(8)
"""Columns of a path's states: people of both sides together."""
OTHER_ACTIVE, OTHER_BYSTANDERS, OTHER_LEFT, OTHER_TO_COME = range(8, 12)
"""The columns of those of them who are of the second side; all zero in one crowd."""
N_COUNTS = 12
JOINS, CALMS, IS_DISPERSED, TRAVELS_IN, IS_INJURED, OFFICER_IS_HURT = range(6)
"""The jumps."""
JumpRates = tuple[float, float, float, float, float, float]
Peak = tuple[int, float, int]
"""The most active people, when there were first so many, and the most active people of the second side."""
_RED = 2
_ROUNDING = 1e-12
"""A share that is a threshold to all digits but the last has reached it."""


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
    other_supporters: float = 0.0  # of the second side
    provocation: float = 0.0
    contact_yellow: float = 0.0  # injuries for each active person of the smaller side
    contact_red: float = 0.0
    separation: float = 0.0
    react: float = 0.0  # of each person whose threshold is reached


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
    return Rates(
        n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15], n[16]
    )  # fmt: skip


@compiled
def _thresholds_of(n: NDArray[np.float64]) -> Thresholds:
    return Thresholds(n[17], n[18], n[19], n[20], n[21])


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
def willing(active: int, bystanders: int, left: int, shares: NDArray[np.float64]) -> int:
    """Return the bystanders whose threshold is reached, those who have joined having had the lowest.

    Args:
        active: People who take part.
        bystanders: People who could.
        left: People who have gone.
        shares: The thresholds in order, shares of all three, each of as many people as any other.
    """
    people = active + bystanders + left
    reached = np.searchsorted(shares, active / people + _ROUNDING, side="right")
    of_all = int(people * (reached / len(shares)) + 0.5)
    return max(0, min(bystanders, of_all - (active + left)))


@compiled
def _joined_by(
    active: int, bystanders: int, left: int, opposed: int, rates: Rates, shares: NDArray[np.float64]
) -> float:
    """Return the rate at which one side is joined, officers apart; ``opposed`` are the active of the other side."""
    if active == 0:
        return 0.0
    provoked = 1.0 + rates.provocation * (opposed / (active + opposed))
    rate: float = rates.join * bystanders * active / (active + bystanders + left) * provoked
    if rates.react > 0.0:
        rate += rates.react * willing(active, bystanders, left, shares)
    return rate


@compiled
def _joining(counts: NDArray[np.int64], rates: Rates, shares: NDArray[np.float64]) -> tuple[float, float]:
    """Return the rates at which the first and the second side are joined, officers apart."""
    active, bystanders, left = counts[ACTIVE], counts[BYSTANDERS], counts[LEFT]
    other, others, gone = counts[OTHER_ACTIVE], counts[OTHER_BYSTANDERS], counts[OTHER_LEFT]
    own = _joined_by(active - other, bystanders - others, left - gone, other, rates, shares)
    return own, _joined_by(other, others, gone, active - other, rates, shares)


@compiled
def _travelling(counts: NDArray[np.int64], rates: Rates) -> tuple[float, float]:
    """Return the rates at which supporters of the first and the second side arrive; none where nobody is active."""
    other, others_to_come = counts[OTHER_ACTIVE], counts[OTHER_TO_COME]
    own = counts[ACTIVE] > other and counts[TO_COME] > others_to_come
    return rates.supporters if own else 0.0, rates.other_supporters if other > 0 and others_to_come > 0 else 0.0


@compiled
def _injuring(counts: NDArray[np.int64], severity: int, officers: float, rates: Rates) -> float:
    """Return the rate at which people are hurt, officers apart: by the crowd, and where its two sides touch."""
    active, other = counts[ACTIVE], counts[OTHER_ACTIVE]
    rate: float = (rates.injury_red if severity == _RED else rates.injury_yellow if severity == 1 else 0.0) * active
    touching = min(other, active - other)
    if severity > 0 and touching > 0:
        contact = rates.contact_red if severity == _RED else rates.contact_yellow
        rate += contact * touching * exact.exp(-rates.separation * officers / active)
    return rate


@compiled
def jump_rates(
    counts: NDArray[np.int64], severity: int, officers: float, formed: float, rates: Rates, formed_from: float,
    shares: NDArray[np.float64], holding: float = 0.0,
) -> JumpRates:  # fmt: skip
    """Return the rates of the six jumps of both sides together, per minute; at least one person is active."""
    active = counts[ACTIVE]
    there = officers
    if severity == _RED and officers < rates.withdraw_ratio * active:
        there = 0.0  # they have drawn back
    own, other = _joining(counts, rates, shares)
    join = (own + other) * exact.exp(-rates.deterrence * there / active)
    working = min(there, formed) if severity >= formed_from else max(there - holding, 0.0)
    disperse = officer_injury = 0.0
    if working >= rates.engage_ratio * active:  # fewer only hold a perimeter
        disperse = rates.disperse * min(working / rates.team_size, float(active))
    elif severity == _RED:
        officer_injury = rates.officer_injury * there
    own_supporters, other_supporters = _travelling(counts, rates)
    injury = _injuring(counts, severity, there, rates)
    return join, rates.calm * active, disperse, own_supporters + other_supporters, injury, officer_injury


@compiled
def _pick(rate: JumpRates, mark: float) -> tuple[int, float]:
    """Return the jump in whose share of the total rate the mark falls, never one whose rate is zero; and how far in."""
    chosen = JOINS
    for jump in range(6):
        if rate[jump] > 0.0:
            chosen = jump
            if mark < rate[jump]:
                break
            mark -= rate[jump]
    return chosen, mark


@compiled
def _is_other(
    jump: int, into: float, rate: float, counts: NDArray[np.int64], rates: Rates, shares: NDArray[np.float64]
) -> bool:
    """Return whether a jump happens on the second side.

    Args:
        jump: The jump.
        into: How far the mark falls into its rate.
        rate: Its rate, of both sides together.
        counts: Where both stand before it.
        rates: The kind's rates.
        shares: Personal thresholds.
    """
    active, other = counts[ACTIVE], counts[OTHER_ACTIVE]
    if jump >= IS_INJURED or other == 0:
        return False
    if other == active:
        return True
    of_own, of_other = float(active - other), float(other)
    if jump == JOINS:
        of_own, of_other = _joining(counts, rates, shares)
    elif jump == TRAVELS_IN:
        of_own, of_other = _travelling(counts, rates)
    return of_other > 0.0 and into * (of_own + of_other) >= rate * of_own


@compiled
def _apply(jump: int, other: bool, counts: NDArray[np.int64]) -> None:
    """Move people between the counts, those of the second side as well when it happens there."""
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
    if other:
        _apply_other(jump, counts)


@compiled
def _apply_other(jump: int, counts: NDArray[np.int64]) -> None:
    """Move people between the counts of the second side."""
    if jump == JOINS:
        counts[OTHER_BYSTANDERS] -= 1
        counts[OTHER_ACTIVE] += 1
    elif jump == TRAVELS_IN:
        counts[OTHER_TO_COME] -= 1
        counts[OTHER_BYSTANDERS] += 1
    else:
        counts[OTHER_ACTIVE] -= 1
        counts[OTHER_LEFT] += 1


@compiled
def _outcome(jump: int, active: int, severity: int, turned: int, floor: float) -> int:
    """Return why a path ends with this jump, or UNTIL when it goes on."""
    if jump >= IS_INJURED:
        return INJURY
    if active <= floor:
        return CONTAINED
    return SEVERITY if turned != severity else UNTIL


@compiled
def _peak(times: NDArray[np.float64], states: NDArray[np.int64], rows: int) -> Peak:
    """Return the peak of so many rows."""
    most, others = 0, states[0, OTHER_ACTIVE]
    for i in range(1, rows):
        if states[i, ACTIVE] > states[most, ACTIVE]:
            most = i
        others = max(others, states[i, OTHER_ACTIVE])
    return states[most, ACTIVE], times[most], others


@compiled
def jump_path(
    times: NDArray[np.float64],
    states: NDArray[np.int64],
    rows: int,
    severity: int,
    officers: float,
    formed: float,
    numbers: NDArray[np.float64],
    shares: NDArray[np.float64],
    until: float,
    marks: NDArray[np.float64],
    used: int,
    holding: float = 0.0,
) -> tuple[int, int, int, int, float, Peak]:
    """Go on with a path; return its rows, why it ended, the severity then, the marks used up, the last time, its peak.

    Row 0 is the state at its start; each further row is one jump, except that a path that ends because time is up
    closes with its last state repeated at that time.

    Args:
        times: Minutes of each row, as many as there is room for.
        states: The twelve counts of each row.
        rows: How many are filled: one where it starts, more where it had no room or marks to go on with.
        severity: Severity at the start.
        officers: Effective officers on scene, Q.
        formed: Those of them who are there as formed units.
        numbers: The kind's rates and thresholds, from ``numbers_of``.
        shares: Personal thresholds in order; read only where somebody reacts to them.
        until: Time not to be passed, minutes.
        marks: Uniform random numbers in [0, 1), two for each jump.
        used: How many of them are used already.
        holding: Of Q, those who disperse nobody unless they are formed units.
    """
    rates, thresholds = _rates_of(numbers), _thresholds_of(numbers)
    n = rows
    why = CONTAINED if states[n - 1, ACTIVE] <= thresholds.floor else UNTIL
    while why == UNTIL and n < MOST_JUMPS:
        if n == len(times) or used + 2 > len(marks):
            why = PAUSED
            break
        here, now = states[n], times[n - 1]
        for column in range(N_COUNTS):
            here[column] = states[n - 1, column]
        rate = jump_rates(here, severity, officers, formed, rates, thresholds.formed_from, shares, holding)
        total = rate[0] + rate[1] + rate[2] + rate[3] + rate[4] + rate[5]
        gap = -exact.log1p(-marks[used]) / total if total > 0.0 else np.inf
        used += 1
        if now + gap >= until:
            times[n] = until
            n += 1
            break
        times[n] = now + gap
        n += 1
        jump, into = _pick(rate, marks[used] * total)
        used += 1
        _apply(jump, _is_other(jump, into, rate[jump], here, rates, shares), here)
        turned = severity_of(here[ACTIVE], severity, thresholds)
        why = _outcome(jump, here[ACTIVE], severity, turned, thresholds.floor)
        severity = turned
    return n, why, severity, used, times[n - 1], _peak(times, states, n)


@compiled
def look_back(times: NDArray[np.float64], states: NDArray[np.int64], rows: int, until: float) -> tuple[int, Peak]:
    """Return the row of a path at a moment, and its peak up to it.

    Args:
        times: As of ``jump_path``.
        states: As of ``jump_path``.
        rows: The rows of the path.
        until: The moment, not before the path, minutes.
    """
    row = 0
    while row + 1 < rows and times[row + 1] <= until:
        row += 1
    return row, _peak(times, states, row + 1)


@compiled
def while_outnumbered(
    times: NDArray[np.float64], states: NDArray[np.int64], rows: int, officers: float, ratio: float, until: float
) -> NDArray[np.float64]:
    """Return how long each state lasted in which there were fewer officers for each active person than a ratio."""
    found, n = np.empty(rows), 0
    for i in range(rows - 1):
        if officers < ratio * states[i, ACTIVE]:
            found[n] = max(min(times[i + 1], until) - times[i], 0.0)
            n += 1
    return found[:n]
