"""One sweep for the garbage of a day, after it, in place of dozens while it is played."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.region.position import ELSEWHERE, Position, Standing

if TYPE_CHECKING:
    from sim.day.day import Day


@contextmanager
def swept_at_end() -> Generator[None, None, None]:
    """Let what is made inside be looked through for garbage once, at the end, and not again and again meanwhile.

    Left alone the collector looks through all that the process holds several times on a busy day, nearly all of it
    still in use. What :func:`take_apart` has freed it need not look for. Where the caller has switched
    it off, it stays off and nothing is collected.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(0)


def take_apart(day: Day) -> None:
    """Let the objects of a day that is over, and of which nothing more is asked, know each other no longer.

    They refer to each other in circles, which only the collector finds, and it looks at each of them several times.
    Processes that end when it has found them may even keep a whole day: what they do then begins something new that
    holds on to it.
    """
    day.env.stop()
    nowhere = Standing(Position(ELSEWHERE))
    for unit in day.fleet.units:
        unit.motion = nowhere
        unit.task = unit.way_home = unit.moved = None
    for thing in (
        *day.incidents.values(), *day.reported.values(), day.escort.escorts, day.escort, day.troubled_boxes, day.areas,
        day.leaving, day.effects, day.occasions, day.casualties, day.posko.dispatcher, day.posko, day.ledger, day.fleet,
        day.polls, day.roads, day.streams, day.env, day,
    ):  # fmt: skip
        vars(thing).clear()
