"""What settings make together: each within its limit, they may still be more than a machine holds.

What depends on the place as well is in :mod:`sim.day.size`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.config.refusal import SettingError, SettingPath
from sim.config.strategy import PatrolTable, ReserveTable, StrategySettings
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.config.scenario import Scenario

MOST_UNITS = 20_000
"""Units under all strategies together: each is planned (1 ms), and a process of every day."""
MOST_FOLLOWING = 10_000
"""Followers that the scripted disturbances of a day are expected to have: each is an incident with all it brings."""
MOST_RECORDS = 300_000
"""Records of a batch, which is in memory whole; a record and what is made of it take 3 kB, so this is a gigabyte."""
_RECORDS_A_DAY = 100
"""What a quiet day of a regency under one strategy records, in units of what one incident does (measured)."""


def check_together(scenario: Scenario) -> None:
    """Refuse teams, followers or a batch that no machine could hold.

    Raises:
        SettingError: Blaming the settings that make it so many.
    """
    _check_units(scenario)
    following = _check_followers(scenario)
    _check_batch(scenario, following)


def _check_units(scenario: Scenario) -> None:
    response, care, strategies = scenario.response, scenario.evacuation.care, scenario.strategies
    always = sum(a.teams for a in response.attached) + sum(a.count for a in care.ambulances)
    own = [_patrols(s) + _reserves(s) for s in strategies]
    units = sum(own) + always * len(strategies)
    if units <= MOST_UNITS:
        return
    largest = own.index(max(own))
    plan = strategies[largest]
    key = "patrols" if _patrols(plan) > _reserves(plan) else "reserves"
    path: SettingPath = ("strategies", largest, key)
    others: list[SettingPath] = [("response", "attached")]
    if always > max(own):
        path, others = ("response", "attached"), [("evacuation", "care", "ambulances"), path]
    message = _("{units:,} teams under all strategies together; at most {most:,} are planned").format(
        units=units, most=MOST_UNITS
    )
    raise SettingError(path, message, also=others)


def _patrols(strategy: StrategySettings) -> int:
    """Return how many patrols a strategy's settings name; those in a table are counted when it is read."""
    return sum(item.teams for item in strategy.patrols if not isinstance(item, PatrolTable))


def _reserves(strategy: StrategySettings) -> int:
    return sum(item.teams for item in strategy.reserves if not isinstance(item, ReserveTable))


def _check_followers(scenario: Scenario) -> float:
    usual = scenario.disturbance.spread.followers
    following = sum(usual if one.followers is None else one.followers for one in scenario.incidents)
    if following > MOST_FOLLOWING:
        message = _("{following:,.0f} followers are expected of them together; at most {most:,} are played").format(
            following=following, most=MOST_FOLLOWING
        )
        raise SettingError("incidents", message, also=["disturbance.spread.followers"])
    return following


def _check_batch(scenario: Scenario, following: float) -> None:
    days, strategies = scenario.run.batch, len(scenario.strategies)
    incidents = len(scenario.incidents) + sum(condition.times for condition in scenario.conditions)
    a_day = strategies * (_RECORDS_A_DAY + incidents + following)
    if days > 1 and days * a_day > MOST_RECORDS:
        most = max(1, int(MOST_RECORDS / a_day))
        message = _(
            "at most {most:,} days of {strategies} strategies and {incidents} incidents are kept in memory together"
        ).format(most=most, strategies=strategies, incidents=incidents)
        raise SettingError("run.batch", message, also=["incidents", "conditions", "strategies"])
