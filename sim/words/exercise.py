"""Every word of an exercise pack that a person reads, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

PLAYER_TITLE = "Polling-day security exercise"
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
    "report": "Report and alarm: the joint operations centre learns of it and takes it up without delay",
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

translate(__name__)
