"""What disturbances may ask for and a strategy does not have at all: said before anything is played."""

from __future__ import annotations

from collections.abc import Iterable

from sim.config.kinds import Kind
from sim.response.plan import ResponsePlan


def shortages(plan: ResponsePlan, kinds: Iterable[tuple[str, Kind]]) -> list[str]:
    """Return a sentence for each need that no day of a strategy can meet.

    Args:
        plan: The response under the strategy.
        kinds: The kinds that can happen, with their names.
    """
    units = plan.deployment.units
    said = []
    for name, kind in kinds:
        for severity, need in kind.needs.items():
            may_come = [i for i, unit in enumerate(units) if unit.from_severity <= severity]
            for capability, asked in need:
                there = sum(plan.people[capability][i] for i in may_come)
                if there < asked:
                    where = f"kinds.{name}.severities.{severity.word}.needs"
                    said.append(
                        f"strategy '{plan.deployment.strategy}': {where} asks for {asked:,} of {capability}, "
                        f"but all its units together have {there:,}: it is never met"
                    )
    return said
