"""Which plan the days speak for: a pure function of what the rule says of each plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.report.verdict import Verdict


@dataclass(frozen=True)
class Choice:
    """What follows from the verdicts.

    Attributes:
        chosen: The plan that the days speak for; None where there is none, or not one alone.
        clear: Plans that are better than the baseline on something and worse on nothing, by on how many measures.
        trades: Plans that are better on something and worse on something.
    """

    chosen: str | None
    clear: tuple[str, ...]
    trades: tuple[str, ...]


def choose(said: Mapping[str, Mapping[str, Verdict]]) -> Choice:
    """Return the plan that is worse on nothing and better on most; of two with as many, none.

    Args:
        said: Verdict by plan and measure; plans in their order.
    """
    better = {name: on(row, Verdict.BETTER) for name, row in said.items()}
    worse = {name: on(row, Verdict.WORSE) for name, row in said.items()}
    clear = sorted((n for n in said if better[n] and not worse[n]), key=lambda name: -len(better[name]))
    tied = len(clear) > 1 and len(better[clear[0]]) == len(better[clear[1]])
    trades = tuple(name for name in said if better[name] and worse[name])
    return Choice(None if tied or not clear else clear[0], tuple(clear), trades)


def on(row: Mapping[str, Verdict], verdict: Verdict) -> list[str]:
    """Return the measures of which a plan's verdict is this one."""
    return [measure for measure, said in row.items() if said is verdict]
