"""What disturbances may ask for, or coverage counts, and a strategy does not have: said before anything is played."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sim.config.kinds import Kind
from sim.response.plan import ResponsePlan
from sim.vocabulary import Capability, Severity
from sim.words.language import gettext as _
from sim.words.language import marked

_NEVER_MET = marked(
    "strategy '{strategy}': {where} asks for {asked:,} of {capability}, but all its units together have {there:,}: it "
    "is never met"
)
_NO_COVER = marked(
    "strategy '{strategy}': {where} asks for {asked:,} of {capability}, but all its units together have {there:,}: "
    "that force covers no place"
)


def shortages(plan: ResponsePlan, kinds: Iterable[tuple[str, Kind]]) -> list[str]:
    """Return a sentence for each need that no day of a strategy can meet, those of the forces of coverage first.

    Args:
        plan: The response under the strategy.
        kinds: The kinds that can happen, with their names.
    """
    units = plan.deployment.units

    @cache  # kinds ask for the same again and again
    def people(capability: Capability, severity: Severity) -> int:
        has = zip(units, plan.people[capability], strict=True)
        return sum(number for unit, number in has if unit.from_severity <= severity)

    force = plan.settings.force
    asking = [
        (f"response.force.{severity.word}", severity, needs.strength, _NO_COVER)
        for severity, needs in ((Severity.YELLOW, force.yellow), (Severity.RED, force.red))
    ]
    asking += [
        (f"kinds.{name}.severities.{severity.word}.needs", severity, need, _NEVER_MET)
        for name, kind in kinds
        for severity, need in kind.needs.items()
    ]
    strategy = plan.deployment.strategy
    return [
        _(said).format(strategy=strategy, where=where, asked=asked, capability=capability, there=there)
        for where, severity, need, said in asking
        for capability, asked in need
        if (there := people(capability, severity)) < asked
    ]
