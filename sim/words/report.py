"""Every word of the report that a user reads, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

UNITS = {
    "minutes": "min",
    "people": "people",
    "votes": "votes",
    "km": "km",
    "share": "",
    "count": "",
    "clock": "",
    "times": "",
}
"""What stands behind a number."""
AMOUNTS = {
    "minutes": "minutes",
    "people": "people",
    "votes": "votes",
    "km": "km",
    "share": "percentage points",
    "count": "",
    "clock": "minutes",
    "times": "",
}
"""What stands behind the size of a difference in a sentence."""
FIGURE_UNITS = {
    "minutes": "minutes",
    "people": "people",
    "votes": "votes",
    "km": "km",
    "count": "count",
    "clock": "clock",
    "times": "times",
}
"""What stands below an axis of differences."""
INTERVAL = "{value} ({low} to {high})"
RANGE = "{low}–{high}"
SIGNED_RANGE = "{low} to {high}"
"""The same of differences, where a dash would stand beside a minus."""
NEVER = "never"
UNDEFINED = "–"
PHRASES = {
    "arrival_median": (
        "officers are there {amount} sooner after the onset (median)",
        "officers are there {amount} later after the onset (median)",
    ),
    "response_median": (
        "the first officers come {amount} sooner (median)",
        "the first officers come {amount} later (median)",
    ),
    "within_standard": (
        "{amount} more of the incidents are reached within the standard time",
        "{amount} fewer of the incidents are reached within the standard time",
    ),
    "arrival_median_common": (
        "officers are there {amount} sooner after the onset of the same incidents (median)",
        "officers are there {amount} later after the onset of the same incidents (median)",
    ),
    "response_median_common": (
        "the first officers come {amount} sooner to the same incidents (median)",
        "the first officers come {amount} later to the same incidents (median)",
    ),
    "within_standard_common": (
        "{amount} more of the same incidents are reached within the standard time",
        "{amount} fewer of the same incidents are reached within the standard time",
    ),
    "red_force_common": (
        "{amount} more of the incidents that turn red under every plan get all that they ask for",
        "{amount} fewer of the incidents that turn red under every plan get all that they ask for",
    ),
    "red_per_day": ("{amount} fewer incidents a day turn red", "{amount} more incidents a day turn red"),
    "red_force": (
        "{amount} more of the red incidents get all that they ask for",
        "{amount} fewer of the red incidents get all that they ask for",
    ),
    "coverage_over_day": ("coverage over the day is {amount} higher", "coverage over the day is {amount} lower"),
    "peak_crowd": ("the largest crowd is {amount} smaller", "the largest crowd is {amount} larger"),
    "votes_lost": ("{amount} fewer a day are lost in all", "{amount} more a day are lost in all"),
    "votes_lost_to_disturbances": (
        "{amount} fewer a day are lost to disturbances",
        "{amount} more a day are lost to disturbances",
    ),
    "waiting_long": (
        "{amount} fewer of the voters wait more than 30 minutes",
        "{amount} more of the voters wait more than 30 minutes",
    ),
    "exposed_minutes": (
        "people at dangerous places are exposed for {amount} less a day in all",
        "people at dangerous places are exposed for {amount} more a day in all",
    ),
    "untreated_minutes": (
        "the gravely injured wait {amount} less a day for care in all",
        "the gravely injured wait {amount} more a day for care in all",
    ),
}
"""What can be concluded, better and worse, for the measures that the sentence speaks of, and for their twins."""
NEVER_PHRASES = {
    "arrival_median": (
        "at least half of the incidents are reached by officers, which otherwise they are not",
        "fewer than half of the incidents are ever reached by officers",
    ),
    "response_median": (
        "at least half of the reported incidents are reached by officers, which otherwise they are not",
        "fewer than half of the reported incidents are ever reached by officers",
    ),
    "arrival_median_common": (
        "at least half of the same incidents are reached by officers, which otherwise they are not",
        "fewer than half of the same incidents are ever reached by officers",
    ),
    "response_median_common": (
        "at least half of the same incidents are reached by officers after a report, which otherwise they are not",
        "fewer than half of the same incidents are ever reached by officers after a report",
    ),
}
"""The same where one of the two medians is never."""
SENTENCES = {
    "alone": "Only {title} was played, on {days} days; there is nothing to compare it with.",
    "partial": "Partial: {days} of {planned} days are finished; the rest: simulate resume.",
    "few_days": "On only {days} days some intervals are too narrow: play more (run.replications) before you decide.",
    "too_few_days": "Nothing is concluded from {days} days: their intervals are wrong too often. Play at least {least} "
    "(run.replications).",
    "one_day": "One day allows no conclusion; play more of them (run.replications).",
    "against": "Against {baseline}, with {title} {what}.",
    "unclear": "nothing can be concluded about {subjects}",
    "unmeasured": "there was nothing to measure for {subjects}",
    "none_common": "no incident is counted under every plan, so that nothing can be concluded, for {subjects}",
    "slower": "it is late less often, and yet slower on average: to the same incidents, of those that are reached, the "
    "first officers come {amount} later (mean){interval}",
    "quicker": "it is late more often, and yet quicker on average: to the same incidents, of those that are reached, "
    "the first officers come {amount} sooner (mean){interval}",
    "same": "nothing differs",
    "interval": " ({percent} interval {low} to {high})",
    "at_least": " (at least {low}, {percent} confidence)",
    "never": "Under {titles} {phrase}.",
    "nobody": "Under {titles} no disturbance is ever reached by officers.",
    "none_best": "On {days} days no strategy is shown to be the best on any of these measures.",
    "all_best": "{title} is best on every one of these measures.",
    "some_best": "No strategy is shown best on everything; shown best {verb} {leaders}.",
    "leads": "{title} on {subjects}",
    "is": "is",
    "are": "are",
    "and": "and",
}
"""The sentences of the conclusion, and the small words that join them."""
SUBJECTS = {
    "arrival_median": "the first officers' arrival",
    "response_median": "the first officers' response",
    "within_standard": "the share reached within the standard",
    "red_force": "the whole force that red asks for",
    "coverage_over_day": "coverage",
    "peak_crowd": "the size of crowds",
    "red_per_day": "how many incidents turn red",
    "votes_lost": "votes lost in all",
    "votes_lost_to_disturbances": "votes lost to disturbances",
    "waiting_long": "long waits of voters",
    "exposed_minutes": "exposure to danger",
    "untreated_minutes": "the wait of the injured",
}
"""What the sentence calls these measures, and their twins, where nothing can be concluded; in the order of speaking."""
FOREST_TITLES = {
    "arrival_median_common": "Same incidents: from the onset",
    "response_median_common": "Same incidents: response",
    "red_per_day": "Incidents a day that turn red",
    "red_force_common": "Same red incidents: got their force",
    "within_standard_common": "Same incidents: within standard",
    "coverage_over_day": "Coverage over the day",
    "peak_crowd": "Largest crowd of the day",
    "votes_lost_to_disturbances": "Votes lost to disturbances",
}
"""The measures whose differences are drawn."""
CAUSES = {
    "votes_lost_deterred": "kept away by disturbance or force",
    "votes_lost_balked": "went away at the sight of the line",
    "votes_lost_impatient": "left the line after waiting",
    "votes_lost_unsupplied": "found no ballots left",
    "votes_lost_evacuated": "sent home by an evacuation",
    "votes_lost_in_line": "not served by the end of the day",
}
"""The measures that all votes lost are made up of, and why these voters did not vote."""
STATES = {
    "travelling": "travelling",
    "on_scene": "on scene",
    "escorting": "escorting boxes",
    "returning": "returning",
    "mobilising": "mobilising",
}
"""What officers do away from their post, from the bottom of the picture to the top."""
FIGURES = {
    "response": "How soon the first officers are there",
    "response_x": "minutes from the report to the first officers on scene",
    "response_y": "share of incidents",
    "never": " (never: {percent:.1f} %)",
    "standard": "standard: {minutes:g} min",
    "no_incident": "no incident that officers were needed for",
    "coverage": "Voters whom first officers could reach {minutes:g} minutes after a call (band: 80 % of days)",
    "coverage_y": "share of registered voters",
    "units": "Officers away from their post through the day, mean over days",
    "units_y": "officers away from their post",
    "close": "stations close",
    "votes": "Votes lost by cause, mean over days (in brackets: interval of the sum)",
    "votes_x": "votes lost per day",
    "no_votes_lost": "no vote was lost under any strategy",
    "points": "percentage points",
    "better_lower": "{unit} (left is better)",
    "better_higher": "{unit} (right is better)",
    "no_interval": "nothing to compare, or too few days",
    "never_ends": "one of the two is never",
    "map": "Median minutes from the report to the first officers on scene",
    "map_label": "under each name: minutes",
    "map_none": "no incident",
    "map_few": "fewer than {count} incidents",
    "map_outline": "outlines: cells round the villages, not official borders",
    "map_never": "never",
}
"""Words in the figures."""
PAGE = {
    "setting": "{region}, weather {weather}, {days} simulated days under each of {count} {strategies}",
    "strategy": "strategy",
    "strategies": "strategies",
    "pictures": "Pictures",
    "measures": "Measures",
    "measure": "measure",
    "differences": "Differences from {title}",
    "differences_note": "Paired by day; the intervals hold for all strategies at once, measure by measure. Shares in "
    "percentage points; ∞ where one of the two is never. Same incidents: those that the measure above counts under "
    "every plan on the same day; what is concluded rests on them.",
    "breakdown": "{measure} by {column}",
    "breakdown_note": "In brackets the interval of each value by itself, then the number of incidents it rests on; "
    "few incidents say little.",
    "votes": "Votes lost per day by cause",
    "votes_note": "In brackets the interval of each value by itself, then its share of all votes lost. Votes deferred "
    "to a follow-up poll are not among them.",
    "no_votes_lost": "No vote was lost under any strategy.",
    "cause": "cause",
    "all_causes": "all causes",
    "caveats": "What the numbers do not mean",
    "plans": "Strategies",
    "made_by": "Made by",
    "seed": "seed",
    "district": "district",
    "kind": "kind",
}
"""Headings and small words of the HTML report."""
BOUND = {
    "heading": "Late responses, and the fewest that any dispatch of the same units could have had (first {days} days)",
    "note": "First officers later than the standard time after the report, or never, per day. At best: had the same "
    "units, where they waited, been sent with all of the day's incidents known beforehand. What is late at best is "
    "late by reports, desks and where units wait, not by whom one sends; another dispatch can save the rest at most.",
    "none_need": "Under {title} {late} responses a day were late; with another dispatch none need have been.",
    "none_late": "Under {title} no response was late.",
    "unproved": "Under {title} the search was ended on {days} of these days; there even more may be late at best.",
}
"""The best possible beside what was."""
UNTOLD = (
    "Under {title} the operations centre never heard of {untold} disturbances a day. Votes lost at their stations: "
    "{votes} a day, of which nobody would know on a real day."
)
"""What the model knows and nobody else would."""
ALTERNATIVES = {
    "response": "Share of incidents reached by minutes after the report, for each strategy",
    "coverage": "Share of voters that the first officers could reach within the standard time, through the day",
    "map": "Districts coloured by median response time, one map for each strategy",
    "units": "Officers away from their post through the day, one panel for each strategy",
    "votes": "Votes lost per day by cause, one stacked bar for each strategy",
    "differences": "Differences from the first strategy with intervals",
}
"""What each picture shows, for those who cannot see it."""
CAVEATS = (
    "These are not forecasts. Compare plans with each other, vary what you are unsure of, and trust what stays.",
    "Registered voters by station, where stations stand and their vulnerability classes are made up from published "
    "totals by a seeded rule; how crowds grow and most delays are assumptions. Each is a marked setting.",
    "Response time runs from the report received to the first officers on scene, guards of the post included. An "
    "incident that nobody reached counts as never, also when it was over before anybody could come.",
    "Measures over incidents are over those that happen under a plan; a plan that prevents some is left with others. "
    "Below each such difference stands that over the same incidents, those that it counts under every plan on the same "
    "day: what is concluded, and the marks of the brief, rest on it.",
    "Coverage counts alarm handling, request delay, mobilisation and travel, by units that are free and that the "
    "operations centre may send; guards are counted apart.",
    "Intervals resample whole days; differences are paired, because every strategy meets the same days.",
    "The model holds time, place, strength and crowds. It gives no advice on using force.",
)
"""What the numbers do not mean."""

translate(__name__)
