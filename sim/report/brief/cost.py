"""What each plan costs in guards: who stands at stations, who waits, who is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.experiment.inputs import Deployments
from sim.vocabulary import Agency, Role
from sim.words import brief as words


@dataclass(frozen=True)
class Cost:
    """The people of one plan.

    Attributes:
        guards: Officers who guard stations.
        wardens: Wardens at stations.
        teams: Teams of officers that wait or patrol.
        waiting: Their officers.
        officers_left: Officers of the budget that are not spent.
        wardens_left: Wardens of it that are not.
    """

    guards: int
    wardens: int
    teams: int
    waiting: int
    officers_left: int
    wardens_left: int


def costs(deployments: Deployments) -> dict[str, Cost]:
    """Return what each plan costs, by its name."""
    units, people = deployments.units, deployments.people
    officers = units[units["agency"].isin([a for a in Agency if a.are_officers])]
    found = {}
    for name in dict.fromkeys(people["strategy"]):
        mine = officers[officers["strategy"] == name]
        guards, others = mine[mine["role"] == Role.GUARD], mine[mine["role"] != Role.GUARD]
        spent = people[people["strategy"] == name].set_index("agency")
        found[str(name)] = Cost(
            guards=int(guards["strength"].sum()),
            wardens=int(spent["spent"].get(Agency.WARDENS, 0)),
            teams=len(others),
            waiting=int(others["strength"].sum()),
            officers_left=int(spent["unspent"].get(Agency.POLICE, 0)),
            wardens_left=int(spent["unspent"].get(Agency.WARDENS, 0)),
        )
    return found


def cost_sentences(made: Mapping[str, Cost], name: str, baseline: str, titles: Mapping[str, str]) -> list[str]:
    """Say what a plan costs, against the baseline where it is another.

    Args:
        made: What each plan costs.
        name: The plan.
        baseline: The plan that it is compared with.
        titles: Titles of the plans.
    """
    mine, before = made[name], made[baseline]
    values = {"baseline": titles[baseline], "guards": mine.guards, "before": before.guards, "wardens": mine.wardens}
    if name == baseline:
        said = [words.COST["alone"].format(**values)]
    elif mine.guards < before.guards:
        said = [words.COST["fewer"].format(fewer=before.guards - mine.guards, **values)]
    elif mine.guards > before.guards:
        said = [words.COST["more"].format(more=mine.guards - before.guards, **values)]
    else:
        said = [words.COST["same"].format(**values)]
    if mine.guards != before.guards and mine.wardens != before.wardens:
        said.append(words.COST["wardens"].format(wardens=mine.wardens, before=before.wardens))
    if mine.officers_left or mine.wardens_left:
        said.append(words.COST["left"].format(officers=mine.officers_left, wardens=mine.wardens_left))
    else:
        said.append(words.COST["spent"])
    return said
