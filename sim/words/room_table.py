"""What the pages of the table say: joining, players, evaluators, the projector, the map. In one place, translated."""

from __future__ import annotations

from sim.words.language import translate

EXERCISE = "Exercise, exercise, exercise"
"""Stands over every page: nobody may take a message of the room for a real one."""
SKIP = "To the contents"
COMMON = {
    "clock": "Scenario clock",
    "paused": "The clock is paused",
    "running": "The clock runs, {speed:g} scenario minutes a minute",
    "real_time": "The clock runs in real time",
    "over": "The exercise is over",
    "read_only": "The room takes nothing in at present: the disk of the facilitator's computer is full or broken. "
    "Go on by voice; what has been sent before is kept.",
    "ruling": "Ruling of the facilitator, not of the simulation: {text}",
}
JOIN = {
    "title": "Join the exercise",
    "lead": "{name}: a simulated polling day. Nothing here is real, and nothing leaves this room's network.",
    "pin": "PIN",
    "pin_hint": "Six digits; the facilitator shows them. Evaluators have a PIN of their own.",
    "role": "I am",
    "player": "a player for",
    "party": "Party",
    "choose": "choose …",
    "evaluator": "an evaluator",
    "projector": "the projector of the room",
    "label": "What you do (a function, not a name)",
    "label_hint": "Such as “duty officer” or “secretary”. Do not write the name of a person: it stands in the log and "
    "in the report.",
    "join": "Join",
    "language": "Language",
}
LANGUAGES = {"en": "English", "id": "Bahasa Indonesia"}
"""Each called as its speakers call it."""
PLAY = {
    "as": "{party}, {label}",
    "messages": "Messages",
    "no_messages": "No message yet. They come here as soon as the facilitator gives them out.",
    "number": "message {number}",
    "from_to": "From {sender} to {recipient}",
    "from": "From {sender}",
    "by": "{type}, by {delivery}",
    "acknowledge": "I have read this",
    "acknowledged": "Read on this device",
    "others_read": "read on {count} of your party's devices",
    "answer": "Answer this message",
    "known": "What the operations centre knows",
    "ask": "Ask for something",
    "ask_hint": "What your party wants is asked for here; the room decides, and the simulation answers.",
    "words": "In your own words",
    "words_field": "What do you want, from whom, and why?",
    "send": "Send",
    "lever_send": "Ask for this",
    "why_field": "Why (if you like)",
    "requests": "What you have asked for",
    "no_requests": "Nothing yet.",
    "open": "not answered yet",
    "decided": "decided",
    "declined": "not done",
    "declined_why": "not done: {why}",
    "rules": "Rules of the exercise",
    "menu": "On this page",
    "choose": "choose …",
    "nothing_known": "Nothing that your party is told of by the operations centre; ask those who know.",
}
FIELDS = {
    "unit": "Unit",
    "incident": "Incident",
    "station": "Polling station",
    "road": "Road",
    "place": "To where",
    "held": "How",
    "hold": "hold back",
    "let_go": "let go again",
    "code_hint": "Name or code; begin to type and choose.",
    "no_incident": "no incident is known",
}
"""What a lever needs to know."""
RULES = (
    "Begin and end everything that leaves this room, by telephone, radio or on paper, with “exercise, exercise, "
    "exercise”.",
    "If something real happens, say “real emergency” loudly: the exercise stops at once.",
    "Call nobody who does not take part. Whoever you need is played by the facilitators.",
    "You know what your party has been told, and what this page shows. What nobody has told you may be so or not.",
    "Take the day as it is told. The simulation answers what you decide; the facilitator may rule otherwise.",
    "No fault is looked for in persons: what is looked at is plans, agreements and means.",
)
KNOWN = {
    "incidents": "Incidents",
    "no_incidents": "No incident is known to be going on.",
    "incident": "{what}, {where}",
    "since": "reported at {time}",
    "officers": "{officers:,} officers there",
    "no_officers": "no officers there yet",
    "stations": "Polling stations in trouble",
    "no_stations": "No polling station is known to be in trouble.",
    "roads": "Closed roads",
    "no_roads": "No road is known to be closed.",
    "units": "Units",
    "no_units": "You have no units of your own.",
    "busy": "{count:,} of {all:,} units have something to do:",
    "idle": "All {all:,} units wait or walk their rounds.",
    "to": "{unit}: {incident}",
    "as_known": "As far as the operations centre knows. The map says the same as this list.",
}
UNIT = "{name} ({people:,} people), {state}"
UNIT_ALONE = "{name}, {state}"
"""Of an ambulance: what it is counts, and not how many sit in it."""
HELD = "{unit}, held back"
UNIT_STATES = {
    "post": "at its post",
    "free": "free",
    "mobilising": "getting ready",
    "travelling": "on its way",
    "on_scene": "on scene",
    "returning": "on its way back",
    "escorting": "escorting ballot boxes",
    "off_duty": "off duty",
}
STATION_STATES = {
    "shut": "door shut",
    "stopped": "voting stands still",
    "evacuated": "emptied",
    "restarting": "prepares to go on",
    "abandoned": "voting given up",
}
SEVERITIES = ("green", "yellow", "red")
LETTERS = ("G", "Y", "R")
"""The letters of the severities in their marks."""
LEGEND = {
    "severity": "incident, {name}",
    "unknown": "dashed: the operations centre does not know of it",
    "crowd": "circle: how many people take part",
    "officers": "The figure beside an incident: officers there.",
    "guard": "pair of a guard post",
    "patrol": "patrol",
    "reserve": "reserve, army, others",
    "ambulance": "ambulance",
    "sent": "dark: sent out",
    "escorting": "striped edge: escorts ballot boxes",
    "returning": "grey: on its way back",
    "stopped": "station: voting stands still",
    "evacuated": "station: emptied",
    "abandoned": "station: voting given up",
    "usual": "polling station",
    "police": "police base",
    "army": "army or mobile brigade",
    "health": "hospital or clinic",
    "other": "other base or office",
    "road": "road",
    "closed": "closed road",
}
MAP = {
    "legend": "Legend of the map",
    "label": "Map of the day; the list beside it says the same in words",
    "near": "Show the incidents closely",
    "whole": "Show the whole region",
}
SCREEN = {
    "title": "Projector",
    "messages": "Messages to everybody",
    "no_messages": "No message to everybody yet.",
    "decisions": "Decisions",
    "no_decisions": "No decision yet.",
    "who": "decided by {who}",
    "why": "because: {why}",
    "who_why": "decided by {who}, because: {why}",
    "answers": "What the simulation answers",
    "futures": "Of {futures:,} simulated futures from {time} on, the same for every course: the middle one, and "
    "from the 10th to the 90th percentile. No single day is shown, and none is foretold.",
    "course": "{letter}: {title}",
    "better": "better in {better:,}, worse in {worse:,} of {futures:,}",
    "about": "About: {incident}",
    "alike": "The same on every course, in every future",
    "pin": "PIN {pin}",
    "joining": "How to join",
    "asked_at": "Weighed at {time}",
    "overruled": "Overruled by the facilitator",
    "ruling": "What holds in the room instead: {text}",
    "join": "Join: {address}",
    "dark": "Dark or light",
    "line": "Line {number}: {name}",
    "line_only": "Line {number}",
}
EVALUATE = {
    "title": "Evaluator",
    "as": "Evaluator, {label}",
    "lead": "Rate the expected action of each message that has been given out, and note what you see. What you rate "
    "again takes the place of what you rated before. Players do not see it.",
    "injects": "Given out so far",
    "none": "Nothing has been given out yet.",
    "number": "Inject {number}: {title}",
    "to": "To {parties}, at {time}",
    "text": "What the players were told",
    "expected": "Expected action",
    "no_expected": "No action is expected of the players.",
    "objective": "Objective",
    "rating": "How was it performed?",
    "why": "Why? What did you see?",
    "rate": "Save rating",
    "again": "Correct the rating",
    "rated": "Your rating: {letter}, {words} ({time})",
    "not_rated": "not rated yet",
    "left": "{left:,} of {all:,} not rated yet",
    "observe": "Note an observation",
    "observe_this": "Observation on this inject",
    "observation": "What did you see? (no names of persons)",
    "save": "Save observation",
    "noted": "What you have noted",
    "nothing_noted": "Nothing noted yet.",
    "on": "{time}, inject {number}",
    "free": "{time}",
    "about": "Objective (if you like)",
}

translate(__name__)
