"""Why responses were late: what each wait for the first officers was made of, and the one cause of each.

The wait runs from the onset until the first officers are on scene; where none came, until it was over. It has six
parts that add up to it (minutes):

    report  from the onset until the report is received
    desk    from then until posko has handled it
    order   from then until officers are ordered
    taken   from then until the next order, where those who were ordered first were given another task, or taken away
    detour  what the way took longer than the shortest with every road open, or all that was lost on a way cut off
    way     the rest: getting ready, and the way

The standard leaves each part a share (``USUAL``), and all shares together are the standard: who is later than it has at
least one part that took longer than its share. The cause is what is behind the part that exceeds its share by most,
of equal ones the first:

    report  late_report
    desk    desk_busy
    order   what kept officers from being ordered when posko first asked for some (column ``unsent``): nobody_free,
            held_back, not_agreed, not_called, not_able, road_closed, far; late_report where what posko knew asked
            for none
    taken   nobody_free
    detour  road_closed
    way     far

Nobody was late where the wait is within the standard: over_before when none had come by then, too_few when they came
and all that red asks for never did, else in_time.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.response import asking
from sim.measures.sample import Floats
from sim.measures.tables import Rows, Tables
from sim.minutes import ROUNDING
from sim.vocabulary import Agency, Cause, Outcome, Purpose, Severity, Verdict

KEY = ["strategy", "replication", "incident"]
USUAL = {"report": 0.5, "desk": 0.2, "order": 0.0, "taken": 0.0, "detour": 0.0, "way": 0.3}
"""The parts of a wait, and the share of the standard that is left to each: as its ten minutes are divided by the
packaged means of a report by telephone (5) and of its handling (2). It stays when a scenario changes these means: who
plays slower reports is told that reports are late."""
CAUSES = tuple(Cause)
"""Their positions are the keys of the sample."""
_UNSENT = {
    Verdict.BUSY: Cause.NOBODY_FREE,
    Verdict.HELD_BACK: Cause.HELD_BACK,
    Verdict.NOT_AGREED: Cause.NOT_AGREED,
    Verdict.NOT_CALLED: Cause.NOT_CALLED,
    Verdict.NOT_ABLE: Cause.NOT_ABLE,
    Verdict.CUT_OFF: Cause.ROAD_CLOSED,
    Verdict.TOO_FAR: Cause.FAR,
    "": Cause.LATE_REPORT,
}
_OF_PART = {
    "report": Cause.LATE_REPORT,
    "desk": Cause.DESK_BUSY,
    "taken": Cause.NOBODY_FREE,
    "detour": Cause.ROAD_CLOSED,
    "way": Cause.FAR,
}
_OFFICERS = [agency for agency in Agency if agency.are_officers]
_OF_TASK = ["ordered", "departed", "arrived", "shortest_minutes", "outcome"]
_TAKEN = [Outcome.DIVERTED, Outcome.WITHDRAWN]


def causes(t: Tables) -> Rows:
    """Disturbances that ask for officers, by the cause of lateness: its position in CAUSES is the key."""
    found = responses(t.get("incidents"), t.get("tasks"), t.get("forces"), t.standard_minutes)
    key = np.array([CAUSES.index(Cause(cause)) for cause in found["cause"]], dtype=np.float64)
    return Rows(found, key, np.ones(len(found)), np.zeros(len(found)))


def responses(
    incidents: pd.DataFrame, tasks: pd.DataFrame, forces: pd.DataFrame, standard_minutes: float
) -> pd.DataFrame:
    """Return the wait for the first officers of each disturbance that asks for some, its parts, and its cause.

    Args:
        incidents: Rows of the table of incidents, with ``strategy`` and ``replication``, as are the others.
        tasks: Their tasks.
        forces: Their forces.
        standard_minutes: The time within which officers should be on scene.

    Returns:
        The rows that ask for officers, in order, with ``wait``, a column for each part (minutes; infinite where it was
        going on when the day stopped and nobody had come) and ``cause``.
    """
    found = asking(incidents).reset_index(drop=True)
    parts = _parts(found, tasks)
    wait = _until(found) - found["onset"].to_numpy(float)
    beyond = np.column_stack([parts[name] - share * standard_minutes for name, share in USUAL.items()])
    part = np.array(list(USUAL))[beyond.argmax(axis=1)] if len(found) else np.empty(0, dtype=str)
    unsent = found["unsent"].map({str(verdict): str(cause) for verdict, cause in _UNSENT.items()}).to_numpy(object)
    cause = np.where(part == "order", unsent, pd.Series(part).map(_OF_PART).astype(object).to_numpy())
    came = found["first_on_scene"].notna().to_numpy()
    prompt = np.where(_lacked_force_at_red(found, forces), Cause.TOO_FEW, Cause.IN_TIME)
    in_time = wait <= standard_minutes + ROUNDING
    cause = np.where(in_time, np.where(came, prompt, Cause.OVER_BEFORE), cause)
    return found.assign(wait=wait, **parts, cause=[str(one) for one in cause])


def _until(incidents: pd.DataFrame) -> Floats:
    """Return when each wait ended: the first officers were there, or it was over; infinite while it went on."""
    return incidents["first_on_scene"].fillna(incidents["ended"]).fillna(np.inf).to_numpy(float)


def _lacked_force_at_red(incidents: pd.DataFrame, forces: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which of them turned red and never had all that red asks for."""
    lacking = forces[(forces["severity"] == Severity.RED) & forces["complete"].isna()]
    return pd.MultiIndex.from_frame(incidents[KEY]).isin(pd.MultiIndex.from_frame(lacking[KEY]))


def _parts(incidents: pd.DataFrame, tasks: pd.DataFrame) -> dict[str, Floats]:
    """Return the parts of each wait, minutes."""
    until, onset = _until(incidents), incidents["onset"].to_numpy(float)
    order = _orders(incidents, tasks)
    first, last = (np.fmin(order[name].to_numpy(float), until) for name in ("ordered_first", "ordered_last"))
    handled = np.fmin(incidents["handled"].to_numpy(float), first)
    reported = np.fmin(incidents["reported"].to_numpy(float), handled)
    lost, rest = _between(first, last), _between(last, until)
    detour = np.where(order["outcome_first"] == Outcome.CUT_OFF, lost, 0.0) + _detour(order, until, rest)
    taken = np.where(order["outcome_first"].isin(_TAKEN), lost, 0.0)
    taken += np.where(order["outcome_last"].isin(_TAKEN) & _never_there(order, until), rest, 0.0)
    return {
        "report": _between(onset, reported),
        "desk": _between(reported, handled),
        "order": _between(handled, first),
        "taken": taken,
        "detour": detour,
        "way": _between(detour + taken, lost + rest),
    }


def _detour(order: pd.DataFrame, until: Floats, rest: Floats) -> Floats:
    """Return what the way of the last took longer than the shortest; all of it where they were cut off, or taken away.

    Somebody who was taken away has lost nothing by the roads.
    """
    there = np.fmin(until, order["arrived_last"].to_numpy(float))
    longer = there - order["departed_last"].to_numpy(float) - order["shortest_minutes_last"].to_numpy(float)
    longer = np.where(np.isfinite(longer), np.clip(longer, 0.0, rest), 0.0)
    cut_off, taken = order["outcome_last"] == Outcome.CUT_OFF, order["outcome_last"].isin(_TAKEN)
    never = _never_there(order, until)
    return np.where(never & cut_off, rest, np.where(never & taken, 0.0, longer))


def _never_there(order: pd.DataFrame, until: Floats) -> NDArray[np.bool_]:
    return ~(order["arrived_last"].to_numpy(float) <= until)


def _between(earlier: Floats, later: Floats) -> Floats:
    """Return minutes from one time to another; 0 where neither ever came."""
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(later - earlier, nan=0.0, posinf=np.inf)


def _orders(incidents: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return for each incident the officers ordered first, and those who came first; where none came, ordered last."""
    officers = tasks[(tasks["purpose"] == Purpose.INCIDENT) & (tasks["sent"] == 1) & tasks["agency"].isin(_OFFICERS)]
    known = officers[[*KEY, *_OF_TASK]].merge(incidents[[*KEY, "first_on_scene"]], on=KEY)
    known = known[~(known["ordered"] > known["first_on_scene"])]
    known = known.assign(leads=known["arrived"] == known.pop("first_on_scene"))
    first = known.sort_values("ordered", kind="stable").drop_duplicates(KEY)
    last = known.sort_values(["leads", "ordered"], ascending=False, kind="stable").drop_duplicates(KEY)
    return (
        incidents[KEY]
        .merge(first, on=KEY, how="left", validate="one_to_one")
        .merge(last, on=KEY, how="left", validate="one_to_one", suffixes=("_first", "_last"))
    )
