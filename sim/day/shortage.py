"""What disturbances may ask for and a strategy does not have at all: said before anything is played."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sim.config.kinds import Kind
from sim.response.plan import ResponsePlan
from sim.vocabulary import Capability, Severity
from sim.words.language import gettext as _


def shortages(plan: ResponsePlan, kinds: Iterable[tuple[str, Kind]]) -> list[str]:
    """Return a sentence for each need that no day of a strategy can meet.

    Args:
        plan: The response under the strategy.
        kinds: The kinds that can happen, with their names.
    """
    units = plan.deployment.units

    @cache  # kinds ask for the same again and again
    def people(capability: Capability, severity: Severity) -> int:
        has = zip(units, plan.people[capability], strict=True)
        return sum(number for unit, number in has if unit.from_severity <= severity)

    said = []
    for name, kind in kinds:
        for severity, need in kind.needs.items():
            for capability, asked in need:
                there = people(capability, severity)
                if there < asked:
                    where = f"kinds.{name}.severities.{severity.word}.needs"
                    said.append(
                        _(
                            "strategy '{strategy}': {where} asks for {asked:,} of {capability}, but all its units "
                            "together have {there:,}: it is never met"
                        ).format(
                            strategy=plan.deployment.strategy,
                            where=where,
                            asked=asked,
                            capability=capability,
                            there=there,
                        )
                    )
    return said
