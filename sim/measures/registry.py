"""Every sample that is taken of a day, and every measure that is estimated from one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from sim.log import COVERED_BY
from sim.measures import bounds, boxes, care, causes, coverage, disturbances, response, twins, voting
from sim.measures.sample import Estimator
from sim.measures.sums import Sums
from sim.measures.tables import LABELS, Rows, Tables
from sim.triage import Triage
from sim.vocabulary import Force, Severity
from sim.words import measures as words

BY_INCIDENT = tuple(LABELS)
BY_DISTRICT = ("district",)
INCIDENT, SITE, AREA = ("incident",), ("incident", "station", "place"), ("incident", "plan")
"""What names one incident of a day, one place of it that people have to leave, and one area of it."""
FORCES = (Severity.YELLOW, Severity.RED)
"""Severities whose force is measured."""


@dataclass(frozen=True)
class Sample:
    """What is kept of the days for some measures or a figure.

    Attributes:
        name: Its name in the files of a run.
        compute: From tables to what each row contributes.
        by: What it can be broken down by.
        whole: Whether it is kept as a whole too.
        dated: Whether days are kept apart; False: it is only summed, and gives no interval.
        each: Columns that name one of the things that it counts, where which of them there are depends on the plan: it
            has a twin over those of every plan (:mod:`sim.measures.twins`). Empty: it has none.
    """

    name: str
    compute: Callable[[Tables], Rows]
    by: tuple[str, ...] = ()
    whole: bool = True
    dated: bool = True
    each: tuple[str, ...] = ()


def _samples_and_twins(samples: Iterable[Sample]) -> Iterator[Sample]:
    """Give each sample, and behind it its twin where it has one."""
    for one in samples:
        yield one
        if one.each:
            twin = twins.under_every_plan(one.compute, one.each)
            by = tuple(part for part in one.by if part != "severity")  # the worst that it reached is the plan's doing
            yield replace(one, name=one.name + twins.SUFFIX, compute=twin, by=by, each=())


def _covered(whole: str, force: Force) -> str:
    """Return the name of the share of voters, stations or area that a force covers."""
    of = "coverage" if whole == "voters" else f"coverage_of_{whole}"
    return f"{of}_{'over_day' if force is Force.FIRST else force}"


SAMPLES: dict[str, Sample] = {
    s.name: s
    for s in _samples_and_twins(
        (
            Sample("arrival", response.arrival, BY_INCIDENT, each=INCIDENT),
            Sample("arrival_red", response.arrival_red, BY_DISTRICT),
            Sample("response", response.first_officers, BY_INCIDENT, each=INCIDENT),
            Sample("response_reached", response.reached, BY_INCIDENT, each=INCIDENT),
            Sample("driven", response.driven, BY_INCIDENT, each=INCIDENT),
            Sample("stood_there", response.stood_there, BY_INCIDENT, each=INCIDENT),
            Sample("within_standard", response.within_standard, BY_INCIDENT, each=INCIDENT),
            Sample("unanswered", response.unanswered, BY_INCIDENT, each=INCIDENT),
            Sample("reinforcement", response.reinforcement, BY_INCIDENT, each=INCIDENT),
            *(Sample(f"{s.word}_force", response.forces_of(s), BY_INCIDENT, each=INCIDENT) for s in FORCES),
            *(Sample(f"{s.word}_force_share", response.force_shares_of(s), BY_INCIDENT, each=INCIDENT) for s in FORCES),
            *(Sample(f"{s.word}_over_first", response.over_first_of(s), BY_INCIDENT, each=INCIDENT) for s in FORCES),
            *(
                Sample(f"{s.word}_without_force", response.without_force_of(s), BY_INCIDENT, each=INCIDENT)
                for s in FORCES
            ),
            Sample("coverage_at_start", coverage.at_start, BY_DISTRICT),
            *(
                Sample(_covered(whole, force), coverage.covered(whole, force), BY_DISTRICT)
                for whole in coverage.WHOLES
                for force in COVERED_BY
            ),
            Sample("coverage_in_districts", coverage.in_districts),
            Sample("coverage_with_guards", coverage.with_guards, BY_DISTRICT),
            Sample("coverage_by_time", coverage.by_time),
            Sample("coverage_worst_moment", coverage.worst_moment),
            Sample("coverage_worst_time", coverage.worst_moment_time),
            Sample("coverage_worst_busy", coverage.worst_moment_of("busy_units")),
            Sample("coverage_worst_closed", coverage.worst_moment_of("closed_roads")),
            *(Sample(f"potential_{force}", coverage.potential(force)) for force in coverage.QUANTILES),
            Sample("largest_crowd", disturbances.largest_crowd, BY_INCIDENT),
            Sample("contained_before_red", disturbances.contained_before_red, BY_INCIDENT, each=INCIDENT),
            Sample("red", disturbances.turned_red, BY_INCIDENT),
            Sample("injured", disturbances.injured, BY_INCIDENT),
            Sample("officers_hurt", disturbances.officers_hurt, BY_INCIDENT),
            Sample("incidents", disturbances.incidents_begun, BY_INCIDENT),
            Sample("untold", disturbances.untold, BY_INCIDENT),
            Sample("votes_lost", voting.votes_lost, BY_DISTRICT),
            *(Sample(voting.measure_of(cause), voting.votes_lost_by(cause), BY_DISTRICT) for cause in voting.CAUSES),
            Sample("votes_lost_to_disturbances", voting.votes_lost_to_disturbances, BY_DISTRICT),
            Sample("votes_lost_untold", voting.votes_lost_untold, BY_DISTRICT),
            Sample("votes_deferred", voting.votes_deferred, BY_DISTRICT),
            Sample("waiting_long", voting.waiting_long, BY_DISTRICT),
            Sample("wait", voting.mean_wait, BY_DISTRICT),
            Sample("priority_wait", voting.priority_wait, BY_DISTRICT),
            Sample("others_wait", voting.others_wait, BY_DISTRICT),
            Sample("opened_late", voting.opened_late, BY_DISTRICT),
            Sample("stations_disturbed", voting.stations_disturbed, BY_DISTRICT),
            Sample("exposed", disturbances.exposed, BY_INCIDENT),
            Sample("ordered", disturbances.ordered, BY_INCIDENT, each=SITE),
            Sample("clearance", disturbances.clearance, BY_INCIDENT, each=SITE),
            Sample("clearance_to_least", disturbances.clearance_to_least, BY_INCIDENT, each=SITE),
            Sample("area_most_safe", disturbances.area_most_safe, BY_INCIDENT, each=AREA),
            Sample("area_left_behind", disturbances.area_left_behind, BY_INCIDENT),
            Sample("area_to_least", disturbances.area_to_least, BY_INCIDENT, each=AREA),
            Sample("area_unguarded", disturbances.area_unguarded, BY_INCIDENT),
            Sample("untreated", care.untreated, BY_INCIDENT),
            Sample("care", care.to_care, BY_INCIDENT),
            *(Sample(f"care_{triage}", care.to_care_of(triage), BY_INCIDENT) for triage in Triage),
            Sample("care_to_least", care.to_least, BY_INCIDENT),
            Sample("without_care", care.without_care, BY_INCIDENT),
            Sample("without_bed", care.without_bed, BY_INCIDENT),
            Sample("last_voter", voting.last_station_closed, BY_DISTRICT),
            Sample("closing", voting.closing, BY_DISTRICT),
            Sample("boxes_home", boxes.boxes_home, BY_DISTRICT),
            Sample("boxes_escorted", boxes.boxes_escorted, BY_DISTRICT),
            Sample("boxes_unescorted", boxes.boxes_unescorted, BY_DISTRICT),
            Sample("boxes_held", boxes.boxes_held, BY_DISTRICT),
            Sample("busy", response.busy_share, BY_DISTRICT),
            Sample("km", response.km_driven, BY_INCIDENT),
            Sample("late_per_day", bounds.late),
            Sample("best_late_per_day", bounds.best_late),
            Sample("late_to_best", bounds.late_to_best),
            Sample("best_late_proved", bounds.proved),
            Sample("cause", causes.causes),
            Sample("officers_away", response.officers_away, ("state",), whole=False, dated=False),
        )
    )
}


class Counted(StrEnum):
    """Whose incidents a measure counts, where which of them there are depends on the plan."""

    OWN = "own"
    """Those that happen under the plan."""
    COMMON = "common"
    """Of those, the ones that are counted under every plan compared, on the same day."""


@dataclass(frozen=True)
class Measure:
    """A measure.

    Attributes:
        name: Its name in tables.
        unit: minutes, share, clock, people, votes, km, count or times.
        better: lower, higher, or none when neither is better.
        sample: Name of the sample that it is estimated from.
        estimator: From the sample's sums to what estimates it under any weights of the days.
        headline: Whether it stands in the comparison on the terminal.
        own: Of a twin, the name of the measure whose twin it is; of others empty.
    """

    name: str
    unit: str
    better: str
    sample: str
    estimator: Callable[[Sums], Estimator]
    headline: bool = True
    own: str = ""

    @property
    def title(self) -> str:
        """What it is called in tables, short."""
        return words.TWIN_TITLE.format(title=words.TITLES[self.own]) if self.own else words.TITLES[self.name]

    @property
    def definition(self) -> str:
        """What it is, in a sentence."""
        if not self.own:
            return words.DEFINITIONS[self.name]
        return words.TWIN_DEFINITION.format(title=words.TITLES[self.own])

    @property
    def counted(self) -> Counted | None:
        """Whose incidents it counts; None where it is not over incidents, or over all the plan lets happen."""
        if self.own:
            return Counted.COMMON
        return Counted.OWN if SAMPLES[self.sample].each else None

    @property
    def by(self) -> tuple[str, ...]:
        """What it can be broken down by."""
        return SAMPLES[self.sample].by


_ratio, _per_day = Sums.ratio, Sums.per_day
_median, _p90 = (partial(Sums.quantile, share=share) for share in (0.5, 0.9))
_day_p90 = partial(Sums.quantile_of_days, share=0.9)


def _measures_and_twins(measures: Iterable[Measure]) -> Iterator[Measure]:
    """Give the measures, and behind all of them the twins of those whose samples have one."""
    known = list(measures)
    yield from known
    for one in known:
        if one.counted is Counted.OWN:
            name, sample = one.name + twins.SUFFIX, one.sample + twins.SUFFIX
            yield replace(one, name=name, sample=sample, headline=False, own=one.name)


MEASURES: dict[str, Measure] = {
    m.name: m
    for m in _measures_and_twins(
        (
            Measure("arrival_median", "minutes", "lower", "arrival", _median),
            Measure("arrival_p90", "minutes", "lower", "arrival", _p90, headline=False),
            Measure("response_median", "minutes", "lower", "response", _median),
            Measure("response_p90", "minutes", "lower", "response", _p90),
            Measure("response_mean", "minutes", "lower", "response_reached", _ratio, headline=False),
            Measure("within_standard", "share", "higher", "within_standard", _ratio),
            Measure("driven_median", "minutes", "lower", "driven", _median, headline=False),
            Measure("stood_there", "share", "none", "stood_there", _ratio, headline=False),
            Measure("unanswered", "share", "lower", "unanswered", _ratio),
            Measure("reinforcement_median", "minutes", "lower", "reinforcement", _median),
            Measure("reinforcement_p90", "minutes", "lower", "reinforcement", _p90, headline=False),
            Measure("yellow_force", "share", "higher", "yellow_force_share", _ratio),
            Measure("yellow_over_first", "share", "none", "yellow_over_first", _ratio, headline=False),
            Measure("yellow_without_force", "share", "lower", "yellow_without_force", _ratio),
            Measure("yellow_force_median", "minutes", "lower", "yellow_force", _median),
            Measure("red_force", "share", "higher", "red_force_share", _ratio),
            Measure("red_over_first", "share", "none", "red_over_first", _ratio, headline=False),
            Measure("red_without_force", "share", "lower", "red_without_force", _ratio),
            Measure("red_force_median", "minutes", "lower", "red_force", _median),
            Measure("coverage_at_start", "share", "higher", "coverage_at_start", _ratio),
            *(
                Measure(
                    _covered(whole, force),
                    "share",
                    "higher",
                    _covered(whole, force),
                    _ratio,
                    headline=whole == "voters" and force in (Force.FIRST, Force.RED),
                )
                for whole in coverage.WHOLES
                for force in COVERED_BY
            ),
            Measure("coverage_worst_district", "share", "higher", "coverage_in_districts", Sums.worst, headline=False),
            Measure("coverage_with_guards", "share", "higher", "coverage_with_guards", _ratio, headline=False),
            Measure("coverage_worst_moment", "share", "higher", "coverage_worst_moment", _ratio, headline=False),
            Measure("coverage_worst_time", "clock", "none", "coverage_worst_time", _median, headline=False),
            Measure("coverage_worst_busy", "count", "none", "coverage_worst_busy", _per_day, headline=False),
            Measure("coverage_worst_closed", "count", "none", "coverage_worst_closed", _per_day, headline=False),
            *(
                Measure(
                    f"potential_{force}_{name}",
                    "minutes",
                    "lower",
                    f"potential_{force}",
                    estimator,
                    headline=force is Force.FIRST and name == "median",
                )
                for force in coverage.QUANTILES
                for name, estimator in (("median", _median), ("p90", _p90))
            ),
            Measure("peak_crowd", "people", "lower", "largest_crowd", Sums.mean_per_day),
            Measure("peak_crowd_p90", "people", "lower", "largest_crowd", _day_p90, headline=False),
            Measure("contained_before_red", "share", "higher", "contained_before_red", _ratio, headline=False),
            Measure("red_per_day", "count", "lower", "red", _per_day),
            Measure("injured_per_day", "people", "lower", "injured", _per_day, headline=False),
            Measure("officers_hurt_per_day", "people", "lower", "officers_hurt", _per_day, headline=False),
            Measure("incidents_per_day", "count", "lower", "incidents", _per_day, headline=False),
            Measure("untold_per_day", "count", "lower", "untold", _per_day, headline=False),
            Measure("votes_lost", "votes", "lower", "votes_lost", _per_day),
            *(
                Measure(name, "votes", "lower", name, _per_day, headline=False)
                for name in (voting.measure_of(cause) for cause in voting.CAUSES)
            ),
            Measure("votes_lost_to_disturbances", "votes", "lower", "votes_lost_to_disturbances", _per_day),
            Measure("votes_lost_untold", "votes", "lower", "votes_lost_untold", _per_day, headline=False),
            Measure("votes_deferred", "votes", "lower", "votes_deferred", _per_day),
            Measure("waiting_long", "share", "lower", "waiting_long", _ratio),
            Measure("mean_wait", "minutes", "lower", "wait", _ratio, headline=False),
            Measure("priority_wait", "minutes", "lower", "priority_wait", _ratio, headline=False),
            Measure("others_wait", "minutes", "lower", "others_wait", _ratio, headline=False),
            Measure("opened_late", "count", "lower", "opened_late", _per_day, headline=False),
            Measure("stations_disturbed", "count", "lower", "stations_disturbed", _per_day, headline=False),
            Measure("exposed_minutes", "minutes", "lower", "exposed", _per_day),
            Measure("leaving_ordered_median", "minutes", "lower", "ordered", _median, headline=False),
            Measure("clearance_median", "minutes", "lower", "clearance", _median),
            Measure("clearance_p90", "minutes", "lower", "clearance", _p90, headline=False),
            Measure("clearance_to_least", "times", "lower", "clearance_to_least", _ratio, headline=False),
            Measure("area_most_safe_median", "minutes", "lower", "area_most_safe", _median),
            Measure("area_left_behind", "people", "lower", "area_left_behind", _per_day, headline=False),
            Measure("area_to_least", "times", "lower", "area_to_least", _ratio, headline=False),
            Measure("area_unguarded_minutes", "minutes", "lower", "area_unguarded", _per_day, headline=False),
            Measure("untreated_minutes", "minutes", "lower", "untreated", _per_day),
            Measure("care_median", "minutes", "lower", "care", _median, headline=False),
            *(
                Measure(f"care_{triage}_median", "minutes", "lower", f"care_{triage}", _median, headline=False)
                for triage in Triage
            ),
            Measure("care_to_least", "times", "lower", "care_to_least", _ratio, headline=False),
            Measure("without_care", "people", "lower", "without_care", _per_day, headline=False),
            Measure("without_bed", "people", "lower", "without_bed", _per_day, headline=False),
            Measure("last_station_closed", "clock", "lower", "last_voter", Sums.mean, headline=False),
            Measure("closing_p90", "clock", "lower", "closing", _p90, headline=False),
            Measure("boxes_home_p90", "clock", "lower", "boxes_home", _p90, headline=False),
            Measure("boxes_escorted", "share", "higher", "boxes_escorted", _ratio, headline=False),
            Measure("box_minutes_unescorted", "minutes", "lower", "boxes_unescorted", _per_day, headline=False),
            Measure("boxes_held", "share", "lower", "boxes_held", _ratio, headline=False),
            Measure("busy_share", "share", "none", "busy", _ratio, headline=False),
            Measure("late_per_day", "count", "lower", "late_per_day", _ratio, headline=False),
            Measure("best_late_per_day", "count", "lower", "best_late_per_day", _ratio, headline=False),
            Measure("late_to_best", "times", "lower", "late_to_best", _ratio, headline=False),
            Measure("best_late_proved", "share", "none", "best_late_proved", _ratio, headline=False),
            Measure("km_driven", "km", "none", "km", _per_day, headline=False),
        )
    )
}
TWINS = {measure.own: name for name, measure in MEASURES.items() if measure.own}
"""The twin of each measure that has one, by name."""
