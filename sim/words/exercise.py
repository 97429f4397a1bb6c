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
AT, BETWEEN = "at {time}", "between {begin} and {end}"
"""When a disturbance starts, and between which times it is drawn."""

SHEET = "MSEL"
COLUMNS = {
    "seq": "seq",
    "module": "module",
    "group": "group",
    "exercise_time": "exercise time",
    "scenario_time": "scenario time",
    "type": "type",
    "delivery": "delivery",
    "sender": "sender",
    "recipient": "recipient",
    "title": "title",
    "text": "text",
    "note": "note",
    "expected_action": "expected action",
    "objective": "objective",
    "learning_point": "learning point",
    "longest_minutes": "longest minutes",
    "decision": "decision",
    "condition": "condition",
    "model_event": "model event",
    "controller": "controller",
    "status": "status",
    "actual_time": "actual time",
    "observation": "observation",
}
"""Headings of the events list; no two are the same in any language, as they are read back."""
STATUSES = {"draft": "draft"}
MODULES = {"opening": "1 Opening", "disturbance": "2 Polling hours", "closing": "3 Closing and count"}
GROUPS = {"all": "all", "control": "control"}
TYPES = {"admin": "admin", "event": "event", "contingency": "contingency", "information": "information"}
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
EVENTS = {
    "phase": "phase: {phase}",
    "onset": "incident {incident}: onset",
    "reported": "incident {incident}: reported",
    "severity": "incident {incident}: {severity}",
    "ended": "incident {incident}: ended",
    "closed": "road {road} closed",
    "open": "road {road} open",
    "slow": "road {road} slow",
    "free": "road {road} free",
}
"""What an inject is in the simulation."""
OPENING = {
    "title": "Stations open",
    "text": "Polling stations open at {opens}. Weather: {weather}.",
    "expected_action": "Agencies report readiness; who leads, and who reports to whom, is said aloud.",
    "learning_point": "One picture of who stands where before anything happens.",
}
"""An inject: its columns by their names, here and below."""
ONSET = {
    "title": "{kind}: it starts",
    "text": "At {place} something is going on; nobody has reported it yet.",
    "note": "{kind} at {place} starts {when}. Do not tell the room before the report.",
}
REPORT = {
    "title": "{kind}: the report",
    "text": "A caller reports from {place}: {kind}.",
    "note": "Expected times:\n{ranges}",
    "expected_action": "Take up the report, judge its severity, send officers, say when they will be there.",
    "decision": "Who is sent, from where, and who stays in reserve?",
    "learning_point": "The first officers buy time; the whole force that was asked for ends it.",
}
WORSE = {
    "title": "{kind}: {severity}",
    "text": "From {place}: the situation is now {severity}.",
    "condition": "if the room has not brought enough strength by then; the model has it {severity} as noted",
    "expected_action": "Reinforce, protect voters, decide on voting, inform the commission.",
}
DECISIONS = {
    "yellow": "Is voting interrupted? Is more strength asked for?",
    "red": "Is the station evacuated? Is the army asked for?",
}
"""What is to be decided when a disturbance becomes worse, by its severity then."""
OVER = {
    "title": "{kind}: over",
    "text": "From {place}: it is quiet again.",
    "decision": "When does voting go on, and who stays?",
    "expected_action": "Give the all-clear, let voting go on or defer it, release units in order.",
}
CLOSURE = {
    "title": "Road closed: {a} - {b}",
    "text": "The road between {a} and {b} cannot be passed.",
    "expected_action": "Find out who is cut off; move reserves to the far side, ask neighbours for help.",
    "decision": "Who covers the far side now?",
    "note": "Whoever is under way goes round by itself in the model, or waits at the closure for a while.",
}
REOPENED = {"title": "Road open: {a} - {b}", "text": "The road between {a} and {b} is open again."}
SLOW = {
    "title": "Road slow: {a} - {b}",
    "text": "Traffic between {a} and {b} moves slowly.",
    "expected_action": "Ask how long it lasts; send by another way who can go there.",
    "note": "In the model everybody drives there at {factor:.0%} of the usual speed, or goes round.",
}
FREE = {"title": "Road free: {a} - {b}", "text": "The road between {a} and {b} is free again."}
CLOSING = {
    "title": "Stations close",
    "text": "Polling stations close; who is in line still votes.",
    "expected_action": "Confirm which stations are still serving their line, and which were interrupted.",
}
COUNT = {
    "title": "The count begins",
    "text": "The count begins; people gather to watch.",
    "expected_action": "Keep guards at the stations, plan the escorts.",
    "decision": "Who escorts which boxes?",
}

FACILITATOR = {
    "title": "Facilitator – {title}",
    "warning": "For facilitators and the control team only",
    "place": "{place}, weather {weather}.",
    "limits": "What the model knows, and what not",
    "expected": "Expected times: {name}",
    "over": "Over {days:,} simulated days.",
    "lost": "Votes not cast on the day because of disturbances",
    "span": "about {middle:,.0f}, between {low:,.0f} and {high:,.0f}",
    "questions": "Five standing questions",
    "injects": "Injects",
    "how": "{type}, {delivery}, from {sender} to {recipient}",
    "decision": "Decision:",
    "action": "Expected:",
    "objective": "Objective:",
    "made_by": "Made by {command}",
}
"""The facilitator's page."""
HANDOUT = {
    "sub": "Handout for participants",
    "purpose": "Purpose",
    "situation": "Situation",
    "timetable": "Timetable",
    "roles": "Roles",
    "rules": "Rules",
    "notes": "Notes",
}
"""Headings of the participants' page."""
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
