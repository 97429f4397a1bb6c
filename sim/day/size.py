"""What a scenario would make of its place, before anything is made: what no machine could hold or play is refused.

Settings and tables have their limits each; here they meet. The whole of Indonesia fits: 435,000 stations, 204 million
voters.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.config.scenario import Scenario
from sim.config.trouble import ScriptedLateOpening
from sim.errors import UserError
from sim.region.region import Region
from sim.voting.troubled import TroubleAt
from sim.words.language import gettext as _

MOST_VOTER_BYTES = 1_000_000_000
"""Memory for the voters of a day, unless the stations themselves are so many that it cannot be less."""
MOST_AT_A_STATION = 600
"""Indonesia's limit for any station in 2024; where there are no more voters than this a station, their number is
that of a large place, not of a large number in a small table."""
MOST_SERVED = 4_000_000_000
"""Registered voters times servers: each voter's turn looks through the servers of a stage."""
MOST_CANDIDATES = 2_000_000
"""Moments of a day at which a disturbance could start by itself: each is looked at, at some 10 microseconds."""
MOST_TRAVEL_TIMES = 40_000_000
"""Pairs of nodes, for the road distances and for each vehicle: 12 bytes each."""
MOST_TROUBLED = 1_000_000
"""Stations named by all troubles of a scenario together: each is a process of every day."""
_ARRAYS = 10
"""Numbers of a voter besides those of each stage."""


def check_size(scenario: Scenario, region: Region) -> None:
    """Refuse a scenario that would make too much of its place.

    Raises:
        UserError: Naming the settings and numbers that make it so.
    """
    _check_voters(scenario, region)
    _check_candidates(scenario, region)
    nodes, tables = len(region.nodes), 1 + len(scenario.response.vehicles)
    if nodes**2 * tables > MOST_TRAVEL_TIMES:
        raise UserError(
            _(
                "region.path = '{path}': {nodes:,} villages and outside nodes with {vehicles} vehicles "
                "(response.vehicles) make more than {most:,} travel times; use fewer, or a part of the "
                "region"
            ).format(path=scenario.region.path, nodes=nodes, vehicles=tables - 1, most=MOST_TRAVEL_TIMES)
        )


def check_troubles(troubles: Sequence[TroubleAt]) -> None:
    """Refuse troubles that name more stations than a day can follow.

    Raises:
        UserError: When they do.
    """
    stations = sum(len(one.stations) for one in troubles)
    if stations > MOST_TROUBLED:
        raise UserError(
            _("troubles: they name {stations:,} stations in all; at most {most:,} are followed").format(
                stations=stations, most=MOST_TROUBLED
            )
        )


def _check_voters(scenario: Scenario, region: Region) -> None:
    stations, stages = len(region.stations), scenario.voting.stages
    registered = int(region.stations.registered.sum())
    bytes_needed = registered * (len(stages) + _ARRAYS) * 8
    if bytes_needed > MOST_VOTER_BYTES and registered > MOST_AT_A_STATION * stations:
        raise UserError(
            _(
                "region.path = '{path}': {registered:,} registered voters at {stations:,} stations, "
                "with {stages} stages (voting.stages) each, need {gigabytes:.1f} GB; allowed is 1 "
                "GB, or at most {most} voters a station"
            ).format(
                path=scenario.region.path,
                registered=registered,
                stations=stations,
                stages=len(stages),
                gigabytes=bytes_needed / 1e9,
                most=MOST_AT_A_STATION,
            )
        )
    servers = sum(stage.servers for stage in stages)
    if registered * servers > MOST_SERVED:
        raise UserError(
            _(
                "voting.stages: {servers:,} servers at each of {stations:,} stations are too many for "
                "{registered:,} registered voters; at most {most:,}"
            ).format(servers=servers, stations=stations, registered=registered, most=MOST_SERVED // registered)
        )


def _check_candidates(scenario: Scenario, region: Region) -> None:
    settings, voting = scenario.disturbance.background, scenario.voting
    weight = np.asarray(settings.vulnerability_weight.as_tuple)[region.stations.vulnerability]
    at_stations = settings.rate_per_station_hour * float(weight.sum()) * settings.dominating_factor
    hours = (voting.day_end - voting.open) / 60.0
    candidates = at_stations * hours
    at_boxes = settings.boxes_factor > 0
    kinds = any(kind.background_weight or (at_boxes and kind.boxes_weight) for kind in scenario.kinds.values())
    if candidates > MOST_CANDIDATES and kinds:
        raise UserError(
            _(
                "disturbance.background: with these numbers one could start at {moments:,.0f} moments "
                "of a day; at most {most:,} are drawn (rate_per_station_hour = {rate}, "
                "vulnerability_weight, crowding_most, counting_factor, boxes_factor)"
            ).format(moments=candidates, most=MOST_CANDIDATES, rate=f"{settings.rate_per_station_hour:g}")
        )
    waiting = max(0.0, voting.open - min(interval.from_time for interval in voting.arrivals)) / 60.0
    added = (settings.late_unrest_most - 1.0) * (settings.late_unrest_per_100 > 0) * _share_late(scenario)
    at_office = settings.rate_per_office_hour * max(1.0, settings.office_counting_factor)
    for name, moments in (
        ("waiting_factor", at_stations * settings.waiting_factor * waiting),
        ("late_unrest_most", candidates * added),
        ("rate_per_office_hour", at_office * len(region.bases) * hours),
        ("rate_per_road_hour", settings.rate_per_road_hour * len(region.roads.u) * hours),
        ("rate_per_village_hour", settings.rate_per_village_hour * len(region.villages) * hours),
    ):
        if moments > MOST_CANDIDATES:
            raise UserError(
                _(
                    "disturbance.background.{name} = {value}: one could start at {moments:,.0f} moments of "
                    "a day; at most {most:,} are drawn"
                ).format(name=name, value=f"{getattr(settings, name):g}", moments=moments, most=MOST_CANDIDATES)
            )


def _share_late(scenario: Scenario) -> float:
    """Return the share of stations that may open late: all of them, where the scenario says of any that it does."""
    written = any(isinstance(trouble, ScriptedLateOpening) for trouble in scenario.troubles)
    return 1.0 if written else scenario.voting.trouble.late_opening.share
