"""What theory says of crowds without police, by other code than the simulator's: embedded chains, generators."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm, solve


def final_size(people: int, active: int, ratio: float) -> NDArray[np.float64]:
    """Return the chance of each number of new joiners of a Markov epidemic, from its embedded chain.

    Args:
        people: All of them.
        active: Those who are active at the start; all others could join.
        ratio: Rate of joining over rate of calming.
    """
    others = people - active
    share = np.zeros(others + 1)
    at = np.zeros(people + 1)  # chance to be at so many active, so many having joined
    at[active] = 1.0
    for joined in range(others + 1):
        on = np.zeros(people + 1)
        for a in range(people, 0, -1):  # calming leads to one fewer, joining to the next row
            join = ratio * (others - joined) / people
            on[min(people, a + 1)] += at[a] * join / (join + 1.0)
            at[a - 1] += at[a] / (join + 1.0)
        share[joined] = at[0]
        at = on
    return share


def birth_and_death(birth: float, death: float, most: int) -> NDArray[np.float64]:
    """Return the generator of a linear birth and death process, cut off at a number that is hardly ever reached."""
    rates = np.zeros((most + 1, most + 1))
    for n in range(1, most + 1):
        rates[n, n - 1] = death * n
        if n < most:
            rates[n, n + 1] = birth * n
    return rates - np.diag(rates.sum(axis=1))


def alive_after(birth: float, death: float, start: int, minutes: float, most: int = 250) -> NDArray[np.float64]:
    """Return the chance of each number that is alive after some minutes."""
    return np.asarray(expm(birth_and_death(birth, death, most) * minutes)[start])


def minutes_to_extinction(birth: float, death: float, start: int, most: int = 250) -> float:
    """Return the mean time until nobody is left, minutes."""
    generator = birth_and_death(birth, death, most)[1:, 1:]
    return float(solve(-generator, np.ones(most))[start - 1])
