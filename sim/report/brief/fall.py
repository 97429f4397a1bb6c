"""What the worst moment of coverage comes from: one day of the run played again, where that is cheap."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.config.fields import clock_in_words
from sim.day.draws import draw_day
from sim.day.fall import Fall, fall
from sim.errors import UserError
from sim.experiment.store import Run
from sim.inference.source import Source
from sim.measures.sums import no_sums
from sim.report.brief.team import world_again
from sim.report.sentence import listed
from sim.report.wording import number, sizes
from sim.words import brief as words

_LEAST_SHARE = 0.005
"""Parts of a fall that are told of: what is smaller is half a percent of it (an assumption)."""


def usual_day(run: Source, strategy: str) -> int | None:
    """Return the day whose worst moment is nearest to the average of all days, of equal ones the first; None: none."""
    ratio = run.sums("coverage_worst_moment").get((strategy, ""), no_sums(run.finished)).ratio()
    known = ratio.denominator > 0
    if not known.any():
        return None
    shares = np.divide(ratio.numerator, ratio.denominator, out=np.full(len(known), np.inf), where=known)
    mean = ratio.numerator.sum() / ratio.denominator.sum()
    return int(sorted(run.finished)[int(np.argmin(np.abs(shares - mean)))])


def fall_sentence(run: Run, strategy: str, names: Mapping[int, str]) -> list[str]:
    """Say what the worst moment of a plan comes from, on the day on which it is most like the average.

    Args:
        run: A run with at least one finished day.
        strategy: The plan.
        names: Names of the districts.
    """
    day = usual_day(run, strategy)
    if day is None:
        return []
    world = world_again(run, strategy)
    if world is None:
        return [words.FALL["unknown"]]
    try:
        found = fall(world, strategy, day, draw_day(world, day))
    except UserError:
        return [words.FALL["unknown"]]
    return [in_words(found, day, names)]


def in_words(found: Fall, day: int, names: Mapping[int, str]) -> str:
    """Return the sentence of one day's fall.

    Args:
        found: The fall.
        day: Number of the day.
        names: Names of the districts.
    """
    said = {"day": day, "time": clock_in_words(found.time), "worst": _share(found.at_worst, found.voters)}
    if not found.shares:
        return words.FALL["none"].format(**said)
    parts = [
        words.FALL["part"].format(part=words.PARTS[part], share=number(share, "share"))
        for part, share in found.shares.items()
        if abs(share) >= _LEAST_SHARE
    ]
    where, whole = found.district, float(found.voters.sum())
    (points,) = sizes("share", float((found.at_start - found.at_worst).sum()) / whole)
    return words.FALL["fall"].format(
        points=points,
        start=_share(found.at_start, found.voters),
        parts=listed(parts),
        district=names[where],
        before=_share(found.at_start[where], found.voters[where]),
        after=_share(found.at_worst[where], found.voters[where]),
        **said,
    )


def _share(part: np.ndarray | np.int64, whole: np.ndarray | np.int64) -> str:
    return number(float(np.sum(part)) / float(np.sum(whole)), "share")
