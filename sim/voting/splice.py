"""Two courses of one day put together: who arrives before a time is as on the one, the others as on the other."""

from __future__ import annotations

import numpy as np

from sim.voting.draws import VoterDraws

_BY_STATION = ("first", "counting_factor")


def splice_voters(before: VoterDraws, after: VoterDraws, fork: float) -> VoterDraws:
    """Return the voters of ``before`` who arrive before the fork, and those of ``after`` who arrive later.

    What somebody brings with him (service times, patience, marks) is as on the course that he arrives on; how long
    counting takes is as on the second course.

    Args:
        before: The voters of the day up to the fork.
        after: The voters of the same stations from the fork on.
        fork: Minutes after midnight.
    """
    stations = len(before.first) - 1
    of_before = np.repeat(np.arange(stations), before.due)[early := before.arrival < fork]
    of_after = np.repeat(np.arange(stations), after.due)[late := after.arrival >= fork]
    station = np.concatenate([of_before, of_after])
    order = np.argsort(station, kind="stable")  # inside a station the early ones come first, each group in order
    columns = {
        name: np.ascontiguousarray(
            np.concatenate([column[..., early], getattr(after, name)[..., late]], axis=-1)[..., order]
        )
        for name, column in vars(before).items()
        if name not in _BY_STATION
    }
    first = np.concatenate(([0], np.cumsum(np.bincount(station, minlength=stations))))
    return VoterDraws(first=first, counting_factor=after.counting_factor, **columns)
