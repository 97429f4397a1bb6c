"""Every action of a room as a sentence of its log, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

FINDINGS = {"strength": "strength", "improve": "area for improvement"}
TOLD = {
    "join": "{device} joined ({role})",
    "leave": "{device} left",
    "run": "Clock runs at {speed} wall time",
    "pause": "Clock paused",
    "jump": "Clock put forward to {to}",
    "add": "Inject {number} added: {title} (to {group})",
    "edit": "Inject {number} edited: {title} (to {group})",
    "approve": "Inject {number} approved",
    "deliver": "Inject {number} delivered",
    "hold": "Inject {number} held",
    "skip": "Inject {number} skipped",
    "move": "Inject {number} moved to {to}",
    "acknowledge": "Inject {number} read",
    "close": "Inject {number} closed",
    "propose": "Request: {text}",
    "decline": "Request {number} declined",
    "decide": "Decision: {text}",
    "ask": "Asked: {options}",
    "answer": "Question {number} answered. {fault}",
    "show": "Answer to question {number} shown to all",
    "overrule": "Overruled: {text}",
    "note": "Note: {text}",
    "rate": "Inject {number} rated {rating}, {words}",
    "observe": "Observed: {text}",
    "find": "Finding, {kind}: {text}",
    "improve": "Improvement: {text}",
    "back": "Back to {to}, {name}",
    "goto": "Went on with line {number}",
    "undo": "Entry {number} undone",
    "end": "End of the exercise",
}
"""What was done, in a sentence."""

translate(__name__)
