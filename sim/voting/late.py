"""Whether the line that a late opening has left is still there."""

from __future__ import annotations

import numpy as np

from sim.voting.engine import VoterTimes


def has_stood(times: VoterTimes, since: float, now: float) -> bool:
    """Return whether somebody stood in the entrance line of a station at every moment between two times.

    Args:
        times: What its voters have done until now.
        since: From when, minutes after midnight.
        now: Until when.
    """
    left_line = np.fmin(times.start[0], times.left)
    until = np.where(np.isnan(left_line), now, left_line)
    came = np.isfinite(times.joined) & (times.joined <= now) & (until > times.joined)
    order = np.argsort(times.joined[came], kind="stable")
    reach = since
    for joined, gone in zip(times.joined[came][order].tolist(), until[came][order].tolist(), strict=True):
        if joined > reach:
            return False
        reach = max(reach, gone)
        if reach >= now:
            return True
    return reach >= now
