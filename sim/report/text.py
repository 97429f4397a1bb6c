"""Every word of the report that a user reads, in one place, to be translated."""

from __future__ import annotations

MEASURE_TITLES = {
    "response_median": "Response, median",
    "response_p90": "Response, 90 %",
    "within_standard": "Within standard",
    "unanswered": "Never reached",
    "reinforcement_median": "Reinforced, med.",
    "force_median": "Full force, med.",
    "coverage_at_start": "Coverage, start",
    "coverage_over_day": "Coverage, day",
    "coverage_with_guards": "Coverage with guards",
    "peak_crowd": "Largest crowd",
    "red_per_day": "Red incidents",
    "injured_per_day": "Injured",
    "incidents_per_day": "Incidents",
    "votes_lost": "Votes lost, all",
    "votes_lost_to_disturbances": "Votes disturbed",
    "votes_deferred": "Votes deferred",
    "waiting_long": "Waited > 30 min",
    "mean_wait": "Mean wait",
    "stations_disturbed": "Stations halted",
    "clearance_median": "Clearance, med.",
    "care_median": "Injury to care",
    "boxes_home_p90": "90 % of boxes home",
    "busy_share": "Busy share of units",
    "km_driven": "Kilometres driven",
}
"""Titles of measures, short enough for a column; counts are per day."""
UNITS = {"minutes": "min", "people": "people", "votes": "votes", "km": "km", "share": "", "count": "", "clock": ""}
"""What stands behind a number."""
NEVER = "never"
UNDEFINED = "–"
PHRASES = {
    "response_median": (
        "the first officers come {amount} sooner (median)",
        "the first officers come {amount} later (median)",
    ),
    "within_standard": (
        "{amount} more of the incidents are reached within the standard time",
        "{amount} fewer of the incidents are reached within the standard time",
    ),
    "force_median": (
        "the effective force is complete {amount} sooner (median)",
        "the effective force is complete {amount} later (median)",
    ),
    "coverage_over_day": ("coverage over the day is {amount} higher", "coverage over the day is {amount} lower"),
    "peak_crowd": ("the largest crowd is {amount} smaller", "the largest crowd is {amount} larger"),
    "votes_lost_to_disturbances": (
        "{amount} fewer a day are lost to disturbances",
        "{amount} more a day are lost to disturbances",
    ),
}
"""What can be concluded, better and worse, for the measures that the sentence speaks of."""
SUBJECTS = {
    "response_median": "the first officers' response",
    "within_standard": "the share reached within the standard",
    "force_median": "the effective force",
    "coverage_over_day": "coverage",
    "peak_crowd": "the size of crowds",
    "votes_lost_to_disturbances": "votes lost to disturbances",
}
"""What the sentence calls these measures where nothing can be concluded."""
CAVEATS = (
    "These are not forecasts. Compare plans with each other, vary what you are unsure of, and trust what stays.",
    "Registered voters by station, where stations stand and their vulnerability classes are made up from published "
    "totals by a seeded rule; how crowds grow and most delays are assumptions. Each is a marked setting.",
    "Response time runs from the report received to the first officers on scene, guards of the post included. An "
    "incident that nobody reached counts as never. Incidents that were over within the standard time without anybody "
    "having come are left out.",
    "Coverage counts travel only, by units that the operations centre may send; guards are counted apart.",
    "Intervals resample whole days; differences are paired, because every strategy meets the same days.",
    "The model holds time, place, strength and crowds. It gives no advice on using force.",
)
"""What the numbers do not mean."""
