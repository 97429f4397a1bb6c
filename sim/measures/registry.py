"""Every measure by name, with its unit and which way is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.measures import disturbances, response, voting
from sim.measures.sample import Sample
from sim.measures.tables import Tables


@dataclass(frozen=True)
class Measure:
    """A measure.

    Attributes:
        name: Its name in tables.
        unit: minutes, share, clock, people, votes, km or count.
        better: lower, higher, or none when neither is better.
        compute: From one strategy's tables to the sample it is estimated from; its docstring is the definition.
        headline: Whether it stands in the comparison on the terminal.
    """

    name: str
    unit: str
    better: str
    compute: Callable[[Tables], Sample]
    headline: bool = True

    @property
    def definition(self) -> str:
        """What it is, in a sentence."""
        return (self.compute.__doc__ or "").strip()


MEASURES: dict[str, Measure] = {
    m.name: m
    for m in (
        Measure("response_median", "minutes", "lower", response.response_median),
        Measure("response_p90", "minutes", "lower", response.response_p90),
        Measure("within_standard", "share", "higher", response.within_standard),
        Measure("unanswered", "share", "lower", response.unanswered),
        Measure("reinforcement_median", "minutes", "lower", response.reinforcement_median),
        Measure("reinforcement_p90", "minutes", "lower", response.reinforcement_p90, headline=False),
        Measure("force_median", "minutes", "lower", response.force_median),
        Measure("coverage_at_start", "share", "higher", response.coverage_at_start),
        Measure("coverage_over_day", "share", "higher", response.coverage_over_day),
        Measure("coverage_worst_district", "share", "higher", response.coverage_worst_district, headline=False),
        Measure("coverage_with_guards", "share", "higher", response.coverage_with_guards, headline=False),
        Measure("peak_crowd", "people", "lower", disturbances.peak_crowd),
        Measure("peak_crowd_p90", "people", "lower", disturbances.peak_crowd_p90, headline=False),
        Measure("contained_before_red", "share", "higher", disturbances.contained_before_red, headline=False),
        Measure("red_per_day", "count", "lower", disturbances.red_per_day),
        Measure("injured_per_day", "people", "lower", disturbances.injured_per_day, headline=False),
        Measure("incidents_per_day", "count", "lower", disturbances.incidents_per_day, headline=False),
        Measure("votes_lost", "votes", "lower", voting.votes_lost),
        Measure("votes_lost_deterred", "votes", "lower", voting.votes_lost_deterred, headline=False),
        Measure("votes_lost_balked", "votes", "lower", voting.votes_lost_balked, headline=False),
        Measure("votes_lost_impatient", "votes", "lower", voting.votes_lost_impatient, headline=False),
        Measure("votes_lost_unsupplied", "votes", "lower", voting.votes_lost_unsupplied, headline=False),
        Measure("votes_lost_evacuated", "votes", "lower", voting.votes_lost_evacuated, headline=False),
        Measure("votes_lost_in_line", "votes", "lower", voting.votes_lost_in_line, headline=False),
        Measure("votes_lost_to_disturbances", "votes", "lower", voting.votes_lost_to_disturbances),
        Measure("votes_deferred", "votes", "lower", voting.votes_deferred),
        Measure("waiting_long", "share", "lower", voting.waiting_long),
        Measure("mean_wait", "minutes", "lower", voting.mean_wait, headline=False),
        Measure("priority_wait", "minutes", "lower", voting.priority_wait, headline=False),
        Measure("others_wait", "minutes", "lower", voting.others_wait, headline=False),
        Measure("opened_late", "count", "lower", voting.opened_late, headline=False),
        Measure("stations_disturbed", "count", "lower", voting.stations_disturbed, headline=False),
        Measure("clearance_median", "minutes", "lower", disturbances.clearance_median),
        Measure("clearance_p90", "minutes", "lower", disturbances.clearance_p90, headline=False),
        Measure("care_median", "minutes", "lower", disturbances.care_median, headline=False),
        Measure("last_station_closed", "clock", "lower", voting.last_station_closed, headline=False),
        Measure("closing_p90", "clock", "lower", voting.closing_p90, headline=False),
        Measure("boxes_home_p90", "clock", "lower", voting.boxes_home_p90, headline=False),
        Measure("busy_share", "share", "none", response.busy_share, headline=False),
        Measure("km_driven", "km", "none", response.km_driven, headline=False),
    )
}
