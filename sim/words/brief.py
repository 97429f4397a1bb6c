"""Every word of the brief: the one page that a report opens with."""

from __future__ import annotations

from sim.words.language import translate

HEADINGS = {
    "partial": "Partial",
    "answer": "Answer",
    "table": "Decision table",
    "cover": "Standards of cover under {title}",
    "weak": "Where and when it is weakest, why late, what one more team brings",
    "rest": "The report behind the brief",
    "facts": "What this is of",
}
"""Headings."""
VERDICTS = {
    "better": "better",
    "worse": "worse",
    "alike": "not told apart",
    "same": "the same",
    "unmeasured": "not measured",
    "too_few": "too few days",
}
"""What stands beside a value in the decision table, so that it is read without colour."""
SIGNS = {"better": "▲", "worse": "▼", "alike": "=", "same": "=", "unmeasured": "–", "too_few": "?"}
"""The sign of each."""
MEASURES = {
    "within_standard_common": "reached within {standard} min of the report",
    "red_per_day": "incidents a day that turn red",
    "votes_lost": "votes lost a day",
    "waiting_long": "voters who waited over 30 min",
    "untreated_minutes": "gravely injured without care, min a day",
}
"""The five measures that a plan is chosen by, as headings of columns."""
TABLE = {
    "plan": "plan",
    "guards": "officers guarding stations",
    "wardens": "wardens",
    "teams": "other teams (their officers)",
    "teams_cell": "{teams} ({people})",
    "of": "of {count:,}",
    "baseline": "{title} (baseline)",
    "chosen": "{title} ◄",
    "chosen_note": "◄ the plan that the answer names.",
    "more": "{count} more plans, none of which the answer names, stand in the report behind the brief.",
    "caption": "Plans, the five measures they are chosen by, and what they cost",
}
"""The rest of the decision table."""
RULE = {
    "marks": "▲ better, ▼ worse by the rule of the brief.",
    "rule": "▲ better, ▼ worse than {baseline}: the {percent} % interval of the difference, paired by day and held for "
    "all plans at once, measure by measure, leaves out zero; = not told apart: it does not, or the same: it is too "
    "small to show. Shown best of all plans: better by this rule, and first in {percent} % of the resampled days. "
    "What is reached is a share of the incidents that happen under every plan on the same day.",
    "too_few": "On {days} days nothing is marked better or worse: at least {least} are needed, as intervals of fewer "
    "are wrong too often.",
    "alone": "One plan was played: nothing is marked better or worse.",
}
"""How the marks come about, once."""
QUESTIONS = {
    "which": "Which plan",
    "amount": "By how much",
    "others": "What speaks for others",
    "sure": "How sure",
    "rests": "On what it rests",
    "cost": "What it costs in guards",
}
"""What the answer answers."""
ANSWER = {
    "chosen": "{title}. The days speak for it: on none of the five measures below is it worse than {baseline}.",
    "chosen_of": "{title}. Of the {count} plans that are better than {baseline} on something and worse on nothing, it "
    "is better on most of the five measures below; the others are {others}.",
    "amount": "Against {baseline}, {findings}.",
    "several": "Not one alone. Better than {baseline} on something and worse on nothing are {plans}; the days do not "
    "say which of them to take.",
    "one_of": "{title} (better on {subjects})",
    "nobody": "None but {baseline}: no plan is shown better on one of the five measures below without being worse on "
    "another. The days do not speak for leaving it.",
    "trade": "Each of these is a choice, not an answer: {plans}.",
    "one_trade": "{title}, better on {better}, worse on {worse}",
    "too_few": "Nothing is concluded from {days} days, and no plan is named. Play at least {least} (run.replications).",
    "alone": "Only {title} was played; there is nothing to compare it with.",
    "sure": "{percent} % for each interval, on {days} days that every plan met alike; {alike}.",
    "sure_none": "By {percent} % intervals, on {days} days that every plan met alike. Smaller differences than these "
    "intervals are wide may be there and are not seen.",
    "alike": "not told apart: {subjects}",
    "all_apart": "on nothing are the two not told apart",
    "few_days": "On only {days} days some intervals are too narrow: play {enough} before you decide.",
    "rests": "{incidents:,.1f} incidents a day under {title}, {red:,.2f} of them red; made-up places of stations, and "
    "assumed growth of crowds and delays, which are marked settings.",
}
"""The answers."""
COST = {
    "same": "As many as {baseline}: {guards:,} officers at stations, {wardens:,} wardens.",
    "fewer": "{fewer:,} officers fewer at stations than {baseline} ({guards:,}, not {before:,}).",
    "more": "{more:,} officers more at stations than {baseline} ({guards:,}, not {before:,}).",
    "alone": "{guards:,} officers at stations, {wardens:,} wardens.",
    "spent": "No officer and no warden is left unspent.",
    "left": "Left unspent: {officers:,} officers, {wardens:,} wardens.",
    "wardens": "Wardens at stations: {wardens:,}, not {before:,}.",
}
"""What the plan costs."""
COVER = {
    "sentence": "{district}: for 90 percent of red incidents ({count:,}) {first}, and {force}.",
    "first": "the first unit arrives within {minutes} min of the onset",
    "first_never": "no time holds for the first unit: too many are never reached",
    "force": "the force within {minutes} min of turning red",
    "force_never": "no time holds for the force: {share} of them ever get it",
    "few": "{district}: too few red incidents for a percentile ({count:,}); the first unit could be at the stations of "
    "{first} of the voters within {standard} min of a report, the red force at those of {red}.",
    "elsewhere": "Share of voters at whose station the first unit (the red force) could be within {standard} min of a "
    "report: least in {worst}; most in {best}.",
    "one": "{district} {first} ({red})",
    "region": "{region}, wherever it may happen: for 90 percent of voters {first}, and {force}.",
    "region_first": "the first unit could be there within {minutes} min of a report",
    "region_first_never": "no time holds for the first unit",
    "region_force": "the red force within {minutes} min",
    "region_force_never": "no time holds for the red force",
    "which": "A district has its own percentile from {least} red incidents on, the two with most of them here; every "
    "district stands in the report behind the brief. The ends of a list are partly chance.",
    "sentences": "The same in sentences",
    "heading": "Standards of cover by district under {title}",
    "note": "Red incidents of all days under this plan: 90 percent of them are within these minutes; in brackets the "
    "{percent} % interval. Fewer than {least} are too few for a percentile. Covered: share of voters at whose station "
    "the first unit, or the red force, could be within {standard} min of a report, over the polling hours.",
    "too_few": "too few",
}
"""Standards of cover."""
COVER_COLUMNS = (
    "district",
    "red incidents",
    "first unit, 90 %, min from the onset",
    "red force, 90 %, min from turning red",
    "got their force",
    "covered by the first unit",
    "covered by the red force",
)
"""Columns of the table of all districts."""
WEAK = {
    "worst": "Covered least: {district}, where the first unit could be within {standard} min at the stations of "
    "{share} of the voters over the day. At the worst moment of a day it is {worst} of all voters, and {start} when "
    "stations open (averages over days); on half of the days that moment has come by {time}.",
    "late": "Late: {share} of {count:,} incidents that asked for officers. Why, most often: {causes}.",
    "cause": "{cause} ({share})",
    "none_late": "None of {count:,} incidents that asked for officers was late.",
    "nothing": "No incident asked for officers.",
    "team": "One more team of {size}, standing at {base} all day, would bring the first unit within {standard} min to "
    "{gain} percentage points more of the voters (now {before}): more than at any other base, and the most that it "
    "can give; reckoned on the first day. All bases: {command}",
    "team_none": "One more team of {size} would bring nobody within {standard} min who is not within it now, wherever "
    "it stood; reckoned on the first day. All bases: {command}",
    "team_command": "What one more team would bring: {command}",
}
"""Worst district and moment, why late, one more team."""
FALL = {
    "fall": "Day {day} is most like that: {worst} at {time}, {start} when stations open. The {points} percentage "
    "points between come from {parts}; most are lost in {district} ({before} to {after}).",
    "part": "{part} ({share})",
    "none": "On day {day}, which is most like that, it is never below {worst}, which it is at {time}: nothing is "
    "lost that could be explained.",
    "unknown": "What it comes from is not known: no day of this run is played again here.",
}
"""What the worst moment comes from."""
PARTS = {
    "incidents": "units at incidents",
    "boxes": "units with ballot boxes",
    "resting": "units at rest or held back",
    "moved": "units moved elsewhere",
    "closed": "closed roads",
    "slow": "slower roads",
    "rest": "where patrols and guards are on their rounds",
}
"""The parts of a fall; a share below zero has brought voters back."""
FACTS = {
    "scenario": "Scenario",
    "scenario_text": "{name}, hash {hash}",
    "begun": "Played",
    "begun_text": "begun {date}, Siaga {version}",
    "undated": "date not recorded, Siaga {version}",
    "days": "Days and seed",
    "days_text": "{days:,} days under each plan, seed {seed}",
    "partial_text": "PARTIAL: {days:,} of {planned:,} days under each plan, seed {seed}",
    "settings": "Set otherwise than packaged",
    "nothing": "nothing",
    "one": "{path} = {value} (packaged: {packaged})",
    "own": "{path} = {value} (not packaged)",
    "gone": "{path} left out",
    "more": "and {count:,} more",
    "not_packaged": "no packaged scenario is called {name}: everything in it is the planner's own",
    "unknown": "not known: the run does not hold what was packaged when it was begun",
    "audience": "Who may read it",
    "audience_text": "The commission, the police and the agencies of this operation: it tells where forces stand and "
    "where they are weak. Not for publication; the measures without places may be shown to anybody.",
}
"""What the brief is of."""
VIEWS = {
    "projector": "Projector view",
    "back": "Back to the page",
    "next": "Next",
    "previous": "Previous",
}
"""The ways of looking at the page."""
DOCUMENT = {"note": "Made by: {command}"}
"""The document to edit."""

translate(__name__)
