"""Every word of an exercise pack that a person reads, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

PLAYER_TITLE = "Polling-day security exercise, {region}"
PURPOSE = (
    "This exercise lets the agencies that secure polling day practise deciding together: who is sent, who stays in "
    "reserve, when voting is interrupted and how people are brought to safety, so that everybody who wants to vote can."
)
ROLES = (
    ("Players", "decide as they would on the day, with what they know at that moment."),
    ("Facilitator", "presents what happens, keeps the time, asks for decisions."),
    ("Control team", "releases the events and notes the decisions and their times."),
    ("Evaluators", "observe against the objectives; they do not take part."),
)
RULES = (
    "Nothing here is real. Every message begins and ends with 'exercise, exercise, exercise'.",
    "There is no trick and no fault-finding: plans are tested, not people.",
    "Say aloud what you decide, who does it, and from where.",
    "Use only people and vehicles that are on duty in the exercise.",
    "Time is compressed; the facilitator says when it jumps.",
)
STANDING_QUESTIONS = (
    "Which policy or rule applies here?",
    "Is a decision needed now, and whose is it?",
    "Which resources are needed, and whose are they?",
    "Which information is missing, and who has it?",
    "Whom do we tell?",
)
MODEL_LIMITS = (
    "Expected times are ranges over many simulated days: the middle value, and the span that holds eight days in ten. "
    "Never present one of them as what would have happened.",
    "Where a station stands, how a crowd grows and most delays are assumptions. The room may overrule the model; "
    "note it when it does.",
    "The model holds time, place, strength and crowds. It gives no advice on using force.",
)
OBJECTIVES = {
    "dispatch": "Dispatch: the right strength moves from the right place",
    "voters": "Voters: as many as possible vote in safety, and interruptions are decided in time",
    "roads": "Roads: closures are known and worked around",
    "count": "Count and boxes: the count is protected and the boxes come home",
    "lead": "Lead: agencies share one picture",
}
"""Objectives by key; an inject names one."""
MILESTONES = {
    "reported": "report at the operations centre",
    "first_on_scene": "first officers on scene",
    "first_reinforcement": "first reinforcement",
    "yellow": "turns yellow",
    "red": "turns red",
    "force_complete": "the whole force that was asked for is there",
    "ended": "over",
}
"""Columns of the incidents table that are milestones of an incident, and what they are."""

RANGE = "about {middle}, between {low} and {high}"
RANGE_SOME = "about {middle}, between {low} and {high}; on {happened:,} of {days:,} days"
RANGE_NONE = "on none of {days:,} days"
"""When something happens over the simulated days: on each of them, on some, on none."""

MODULES = {"opening": "1 Opening", "disturbance": "2 Polling hours", "closing": "3 Closing and count"}
DELIVERIES = {
    "spoken": "spoken",
    "phone": "phone",
    "radio": "radio",
    "screen": "on the screen",
    "paper": "on paper",
}
PEOPLE = {
    "control": "control",
    "team": "control team",
    "centre": "operations centre",
    "caller": "caller",
    "officers": "officers on scene",
    "disaster": "disaster agency",
    "traffic": "traffic police",
    "crew": "crew of the station",
    "press": "the press",
    "unknown": "sender unknown",
    "head": "head of the operations centre",
    "officers_duty": "officers on duty",
}
"""Who gives a message, and to whom."""

SPAN = "about {middle:,.0f}, between {low:,.0f} and {high:,.0f}"
"""Votes over the simulated days."""
DATE = "polling day"
SITUATION = (
    "It is {date} in {place}: {districts} districts, {stations} polling stations, {registered} registered voters. "
    "Stations are open from {opens} to {closes}; who is in line at closing still votes. Weather: {weather}. The "
    "operation has {police} police officers and {wardens} wardens."
)
TIMETABLE_COLUMNS = ("part", "played time", "what is asked")
TIMETABLE = (
    ("1 Opening", "{opens}", "readiness, who leads, who reports to whom"),
    ("2 Polling hours", "{opens} – {closes}", "decisions as events are presented"),
    ("3 Closing and count", "from {closes}", "protection of the count, escort of the boxes"),
    ("4 Review", "", "what went well, what to change, who does it until when"),
)
NOTES_COLUMNS = ("time", "decision", "who, from where")
"""Headings of the empty table in which a participant writes."""

translate(__name__)
