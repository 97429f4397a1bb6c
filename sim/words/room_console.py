"""What the facilitator's console says."""

from __future__ import annotations

from sim.words.language import translate

TITLE = "Console: {name}"
SIAGA = "Siaga"
SOMEBODY = "a device that has left"
CONTROL_ONLY = "control team only"
EVERYBODY = "everybody"
INCIDENT_AT = "{kind}, {place} ({identity})"
ON_THE_WAY = "on the road between {a} and {b}"
MINUTES = "{minutes} min"
HOURS = "{hours} h {rest} min"
SPEED = "{speed} ×"
LINES_OF = "lines {names}, from where they part"
FIRST_LINE = "first line"
LINE = "line {number}, from {time}"
UNNAMED = "without a name"
DECIDED_BY = "decided by {who}"
BECAUSE = "because: {why}"

HEAD = {
    "scenario": "scenario time",
    "wall": "wall clock",
    "running": "running at {speed} wall time",
    "paused": "paused",
    "ended": "the exercise is over",
    "day_over": "the day is over",
    "run": "Run",
    "pause": "Pause",
    "speed": "Speed: scenario minutes a minute",
    "jump": "Jump to (scenario time)",
    "jump_button": "Jump",
    "undo": "Undo",
    "undo_what": "Undo: {what}",
    "undo_nothing": "Nothing to undo",
    "line": "Line",
    "late": "{count} due",
    "keys": "Keys",
    "end": "End the exercise",
    "end_sure": "End the exercise for everybody? Findings and ratings may still be noted.",
    "skip": "To the inject that is looked at",
    "parts": "Parts of the page",
    "all": "List",
    "chosen": "Inject",
    "requests": "Requests",
}
DIGEST = {
    "title": "Meanwhile, {start} to {end} (scenario time)",
    "events": "What happened",
    "nothing": "The model did nothing that an inject could tell of.",
    "due": "Injects that became due",
    "none_due": "None became due.",
    "waits": "not delivered yet",
    "close": "Close",
}
LIST = {
    "heading": "Injects",
    "empty": "There is no inject yet. Write one.",
    "new": "Write an inject",
    "deliver": "Deliver",
    "deliver_this": "Deliver inject {number}",
    "overruled": "overruled",
}
GROUPS = {
    "late": "Due now",
    "coming": "Next",
    "kept": "Kept back: by condition or by hand",
    "given": "Delivered, skipped, closed",
}
"""Under what the injects stand in the list."""
LATE = "since {time}, {late} late"
DUE_IN = "{time}, in {span}"
DELIVERED_AT = "delivered {time}"
WAITS_FOR_EVENT = "when the model's event happens"
IF = "if: {condition}"
BY_HAND = "by hand"
EVENT_AT = "The model's event {event} happened at {time} (scenario time)."
EVENT_NOT_YET = "The model's event {event} has not happened on this line."
INJECT = {
    "none": "No inject is looked at.",
    "to": "To",
    "from": "From",
    "by": "By",
    "text": "What players are told",
    "hidden": "For the control team only",
    "actions": "What to do with it",
    "approve": "Approve",
    "deliver": "Deliver",
    "hold": "Hold",
    "skip": "Skip",
    "move": "Move to",
    "move_label": "Move to (scenario time)",
    "close": "Close",
    "edit": "Change its text",
    "edit_button": "Change",
    "edit_text": "What players are told, changed",
    "why": "Why (for hold or skip)",
    "why_said": "Reason: {why}",
    "read_by": "Read by {who}",
    "read_by_nobody": "Nobody has acknowledged it yet.",
    "decisions": "Decisions on it",
    "overruled": "Overruled by the facilitator",
    "ratings": "Ratings",
    "notes": "Notes and observations",
}
HIDDEN = {
    "note": "Note",
    "expected_action": "Expected action",
    "decision": "Decision asked for",
    "condition": "Condition",
    "objective": "Objective",
    "learning_point": "Learning point",
    "longest_minutes": "Longest time",
    "controller": "Released by",
}
"""Columns of an inject that players never see."""
UNTOLD = {
    "heading": "What the model did by itself",
    "rule": "No inject tells of it. Check the text, then deliver it.",
    "none": "Nothing that no inject tells of.",
    "deliver": "Deliver this",
    "text": "Message",
    "to": "To",
    "more": "{count} more",
}
MODULE_BY_HAND = "written in the room"
BY_RADIO = "radio"
FROM_POSKO = "Posko"
TO_ALL = "All"
REQUESTS = {
    "heading": "Requests of players",
    "none": "No request is open.",
    "accept": "Take up",
    "decline": "Decline",
    "why": "Why it is declined",
    "weigh": "Weigh",
    "answered": "Answered",
    "decided": "decided {time}",
    "declined": "declined {time}",
    "inject": "on inject {number}",
}
WORK = {
    "tabs": "What to do",
    "decide": "Decide",
    "weigh": "Weigh options",
    "note": "Take a note",
    "overrule": "Overrule",
    "new": "New",
    "about": "On inject",
    "about_none": "on no inject",
    "from_request": "answers request {number}",
    "from_question": "after question {number}",
    "forget": "Not on it",
    "text": "What was decided, in words",
    "who": "Who decided",
    "why": "Why",
    "orders": "What of it moves the model",
    "orders_rule": "Empty: it stands in the log alone.",
    "lever": "What",
    "no_lever": "nothing",
    "unit": "Unit",
    "incident": "Incident",
    "station": "Station",
    "road": "Road",
    "place": "Place",
    "held": "Hold back or let go",
    "hold_back": "hold back",
    "let_go": "let go",
    "add_order": "One more order",
    "remove_order": "Take this order away",
    "decide_button": "Decide, and do it now",
    "weigh_new": "Ask what comes of options",
    "weigh_rule": "Each option is played on 200 futures of this moment, beside the plan that goes on.",
    "option": "Option {letter}",
    "option_title": "What it is called",
    "add_option": "One more option",
    "remove_option": "Take this option away",
    "focus": "Incident that it is about",
    "focus_rule": "Empty: the worst that is going on.",
    "weigh_button": "Weigh on 200 futures",
    "note_text": "Note of the control team",
    "note_button": "Note it",
    "overrule_rule": "What you say holds in the room, whatever the model says. It is marked wherever it shows.",
    "overrule_text": "What holds in the room",
    "overrule_button": "Overrule the model",
}
NEW = {
    "title": "Title, for the control team",
    "text": "What players are told",
    "to": "To",
    "type": "Type",
    "delivery": "How it comes",
    "sender": "From",
    "recipient": "To whom",
    "time": "Due at (scenario time); empty: now or by hand",
    "condition": "Condition, if by none",
    "note": "Note for the control team",
    "expected": "Expected action",
    "list": "Put on the list",
    "deliver": "Deliver now",
    "more": "More",
}
QUESTIONS = {
    "none": "Nothing has been weighed on this line.",
    "title": "Question {number}, {time} (scenario time)",
    "at_work": "Being played: {done:,} of {of:,} futures",
    "at_work_plain": "Being played: {done} of {of} futures",
    "waits": "Waits to be played",
    "fault": "It could not be answered: {why}",
    "on": "{futures} futures from {time} (scenario time)",
    "about": "about {incident}",
    "legend": "Bar: the middle 80 % of futures; line: the middle one. Never: the incident was over before, or the day "
    "was; where an option ends it sooner there can be more of them.",
    "decide": "Decide {letter}",
    "show": "Show to all",
    "shown": "shown to all",
    "overrule": "Overrule",
    "overruled": "Overruled",
    "same": "0 in every future told of: {measures}.",
    "orders_none": "nothing moves the model",
}
OPTION = "option {letter}"
PLAN_GOES_ON = "The plan goes on"
RANGE = "{low} · {middle} · {high}"
ALREADY = "already there in {count:,} of {futures:,}"
NEVER = "never in {count:,} of {futures:,}"
NOT_ASKED = "not in question in {count:,} of {futures:,}"
BETTER_WORSE = "better in {better:,}, the same in {same:,}, worse in {worse:,} of {futures:,} futures"
NO_DIFFERENCE = "the same in every future"
LESS_MORE = "less in {less:,}, the same in {same:,}, more in {more:,} of {futures:,} futures"
CHANGE = "change {low} · {middle} · {high} {unit} (of {both:,} futures)"
LEFT_OUT = "Option {letter} cannot be carried out in {count:,} of {futures:,} futures: {why}"
UNITS = {"minutes": "min", "people": "people", "votes": "votes", "stations": "stations"}
SITUATION = {
    "heading": "Situation",
    "at": "at {time} (scenario time), in truth",
    "incidents": "Incidents",
    "no_incidents": "Nothing is going on.",
    "incident": "Incident",
    "truth": "In truth",
    "known": "Posko knows",
    "unknown": "not known",
    "crowd": "Crowd",
    "officers": "Officers there",
    "since": "Since",
    "people": "{count:,} people",
    "stations": "Stations in trouble",
    "roads": "Closed roads",
    "voted": "{voted:,} have voted, {in_line:,} stand in line",
    "units": "Units",
    "unit": "Unit",
    "state": "State",
    "send": "Send",
    "hold": "Hold",
    "let_go": "Let go",
    "withdraw": "Withdraw",
    "send_what": "Send {unit}",
    "hold_what": "Hold {unit} back",
    "let_go_what": "Let go: {unit}",
    "withdraw_what": "Withdraw {unit}",
    "held": "held",
    "of_people": "{people:,} people, {agency}",
    "state_since": "{state} since {since}",
    "send_here": "Send a unit there",
}
LETTERS = {"green": "G", "yellow": "Y", "red": "R"}
"""Severities, by a letter: for those who do not see the colours."""
UNIT_GROUPS = {
    "working": "On a task or on the way",
    "held": "Held back",
    "reserve": "Free: reserves and attached",
    "others": "Free: posts, patrols, others",
}
UNIT_STATES = {
    "post": "on its round",
    "free": "waits",
    "mobilising": "gets ready",
    "travelling": "on the way",
    "on_scene": "on scene",
    "returning": "returns",
    "escorting": "escorts boxes",
    "off_duty": "off duty",
}
PURPOSES = {
    "incident": "incident",
    "check": "check of a report",
    "casualty": "injured person",
    "boxes": "ballot boxes",
    "relocation": "new position",
    "area_post": "post of an area that is left",
}
STATION_STATES = {
    "unopened": "not open yet",
    "open": "open",
    "shut": "nobody is let in",
    "stopped": "voting stands still",
    "evacuated": "emptied",
    "restarting": "prepares to go on",
    "closed": "closed",
    "counted": "counted",
    "abandoned": "voting given up",
}
UNIT_CHOICE = "{unit}: {people:,} people, {state}{held}"
FREE = "free"
HELD_TOO = ", held back"
PLACE_CHOICE = "{name}, {kind}"
TABS = {
    "situation": "Situation",
    "map": "Map",
    "log": "Log",
    "lines": "Lines",
    "room": "Room",
    "list": "What the room looks at",
}
LOG = {
    "all": "everything",
    "kind": "Show",
    "here": "this line only",
    "word": "With the word",
    "time": "Scenario",
    "wall": "Wall",
    "what": "What was done",
    "by": "by {who}",
    "undone": "undone",
    "count": "{shown:,} of {count:,} entries, the last first",
    "filter": "Narrow down",
    "overrules": "overrules the model",
}
KINDS = {
    "injects": "injects",
    "decisions": "requests and decisions",
    "notes": "notes and ratings",
    "clock": "clock and lines",
    "devices": "devices",
}
LINES = {
    "heading": "Lines",
    "rule": "Going back starts a line of its own; what was done stays on the other one.",
    "back": "Go back to (scenario time)",
    "name": "Name of the new line",
    "back_button": "Go back",
    "from": "Leaves",
    "left": "Up to",
    "decisions": "Decisions",
    "here": "the room is here",
    "goto": "Go on with it",
    "goto_what": "Go on with it: {name}",
    "first": "the morning",
    "of_line": "{name} at {time}",
    "compare": "Compare lines",
    "compare_with": "Compare",
    "and": "with",
    "parted": "They part at {time} (scenario time). Decided from then on:",
    "nothing": "Nothing decided.",
    "weigh": "Weigh both on 200 futures",
    "weighed": "Its answer stands with the options that are weighed.",
}
ROOM = {
    "heading": "Room",
    "address": "Address",
    "players": "PIN of players and projector",
    "evaluators": "PIN of evaluators",
    "loopback": "Only this machine may join; start the server with --network to let others in.",
    "qr": "QR code of the address to join",
    "devices": "Devices",
    "none": "Nobody has joined yet.",
    "language": "Language of this page",
    "here": "connected",
    "away": "not connected",
    "device": "Device",
}
KEYS = {
    "title": "Keyboard",
    "use": "Keys are on",
    "rule": "They work wherever you do not write. Tab reaches everything.",
    "close": "Close",
    "run": "run or pause",
    "jump": "jump to a time",
    "next": "next inject",
    "previous": "inject before",
    "deliver": "deliver it",
    "hold": "hold it",
    "skip": "skip it",
    "move": "move it",
    "decide": "decide",
    "weigh": "weigh options",
    "note": "note",
    "overrule": "overrule",
    "new": "write an inject",
    "requests": "first request",
    "undo": "to the undo button",
    "tabs": "situation, map, log, lines, room",
    "help": "this list",
}
translate(__name__)
