"""Every word of the injects that the model's events are told in, by what a kind of disturbance is, not by its name."""

from __future__ import annotations

from sim.words.language import translate

CALLS = {
    "crowd": "A caller from {place}: {kind}. People have gathered and are shouting. How many they are, the "
    "caller cannot say.",
    "sides": "A caller from {place}: {kind}. Two groups are facing each other and shouting. How many they "
    "are, the caller cannot say.",
    "office": "A caller from {place}: {kind}. A crowd stands before the building and wants to speak to "
    "whoever is in charge.",
    "boxes": "A caller from {place}: {kind}. People want to get at the ballot boxes; those who are with them "
    "ask for help.",
    "roadblock": "A caller from {place}: {kind}. People stand across the road and do not let vehicles pass as usual.",
    "road": "A caller from {place}: {kind}. The road cannot be used as usual; vehicles are waiting on both sides.",
    "outage": "Somebody who has come from {place} tells: {kind}. How long it will last, nobody there knows.",
    "threat": "A caller from {place}: {kind}. People there do not know whether they should stay in the building.",
    "hazard": "A caller from {place}: {kind}. People do not know whether they should stay or leave, and where to.",
    "rumour": "A caller from {place}: {kind}. Some people who wanted to go there are turning back.",
    "damage": "A caller from {place}: {kind}. What is needed for the work there has been damaged, and the "
    "crew has stopped.",
    "other": "A caller from {place}: {kind}. The caller asks that somebody come.",
}
"""The first report by somebody who lives through it, by what the disturbance is."""
SOCIAL = {
    "crowd": "A video of a few seconds is going round, said to be from {place}: people running and shouting. "
    "Under it somebody writes that all stations of the district are being closed.",
    "sides": "Messages in several chat groups blame the other side for what happens at {place}, and ask "
    "supporters to come.",
    "office": "A post calls on people to come to {place} and to bring their friends. It is shared every few seconds.",
    "boxes": "A photograph of an open ballot box is going round, said to be from {place}. Nobody can say "
    "when it was taken.",
    "roadblock": "A photograph shows people across a road, said to be at {place}. Under it stands that every "
    "road of the regency is blocked.",
    "road": "A photograph of the road at {place} is going round. Under it stands that nobody can get through "
    "anywhere in the district.",
    "outage": "A chain message says that what happens at {place} was made on purpose, so that the result can "
    "be changed.",
    "threat": "A voice message is going round: everybody near {place} is in danger, and the stations there "
    "have been closed.",
    "hazard": "A message in the name of an agency tells everybody around {place} to leave at once. Who sent "
    "it is not known.",
    "rumour": "A message says that voting near {place} is over, and that whoever comes is sent home.",
    "damage": "A photograph from {place} is going round. Under it stands that the votes already cast there "
    "do not count.",
    "other": "A message about {place} is going round whose sender nobody knows.",
}
"""What goes round; it need not be true."""
SOCIAL_AFTER = "A message about {place} is going round; it says that the count there is being changed."
"""The same once voting has ended."""
MEDIA = {
    "people": "A journalist calls the operations centre: she has heard what happens at {place} ({kind}). She "
    "asks how many people are there, whether anybody is hurt, and who leads there.",
    "nature": "A radio station calls the operations centre about {place} ({kind}). It wants to tell its "
    "listeners now which way to go and what to do.",
    "works": "An online paper asks about {place} ({kind}): what is broken, who repairs it, and how long that takes.",
    "fear": "A journalist asks whether what is said of {place} is true ({kind}), and what people who are "
    "afraid should do.",
}
"""A call from the press."""
MEDIA_ASKS = {
    "voting": "Does voting go on there?",
    "after": "What does it mean for the count?",
}
"""What it asks besides, during voting and after it."""
OFFICERS_REPORT = "Officers who are at {place} report: {kind}, {severity}. They stay and ask for orders."
"""A report by officers who are there already."""
REPORT_OVER = "A caller tells what was the matter at {place}: {kind}. By now it is over."
"""A report of what is over."""
FILES = {
    "station": "From the files: {place} has {registered:,} registered voters and is of the class "
    "'{vulnerability}'. It lies in {district}.",
    "area": "From the files: {place} has {stations:,} polling stations with {registered:,} registered voters.",
    "base": "From the files: {place} stands in {village}.",
    "road": "From the files: the road {place} is {km:.1f} km long.",
}
"""What is known of a place before anything happens there."""
SCENE = "First officers are at {place}. They report: {kind}, {severity}."
WORSE = {
    "again": "From {place} more is known now: it is {severity}.",
    "officers": "Officers at {place}: it is {severity} now.",
    "caller": "A caller from {place}: it has become worse. What he says means {severity}.",
}
"""It has become worse, by who tells it."""
EFFECTS = {
    "slow": "Work there is slow.",
    "suspend": "Work at the station stands still.",
    "shut_door": "The door is shut.",
    "evacuate": "People there have to be brought away.",
    "end_voting": "What is needed for the work there is destroyed or taken.",
    "close_road": "The road is closed.",
    "slow_road": "The road is slow.",
    "take_signal": "There is no mobile signal there.",
    "hold_boxes": "Ballot boxes there cannot leave.",
    "leave_area": "People of the area are told to leave.",
}
"""What a severity does there, in a sentence."""
FORCE = "All the strength that was asked for is at {place}."
OVER = {
    "officers": "Officers at {place}: it is over ({kind}).",
    "caller": "From {place}: it is over ({kind}).",
}
WRITTEN_REPORT = (
    "The head of the operations centre asks for a short written report on {place}: what is known, who is there, "
    "what has been decided, what is missing."
)
KEPT_BACK = {
    "reported": "From {place} comes another call: is help on its way, and who is coming?",
    "nothing_asked": "From {place} comes another call: does anybody know how long it lasts, and what should people do?",
    "yellow": "From {place} comes the question who else is coming, and when.",
    "red": "From {place} comes the question whether people there should leave or stay.",
    "late": "The crews that wait call again: how long should they wait, and what do they tell the people in line?",
    "road": "A driver of the commission calls from the road between {a} and {b}: which way should he take?",
}
"""What is kept back until an expected action does not come; it says nothing that could be otherwise on the day."""
CONDITIONS = {
    "reported": "if nobody has been sent {minutes} minutes after the report",
    "nothing_asked": "if nobody has found out what is the matter {minutes} minutes after the report",
    "yellow": "if no more strength has been asked for {minutes} minutes after this was known",
    "red": "if nothing has been decided about the people there {minutes} minutes after this was known",
    "late": "if the commission has not been called after {minutes} minutes",
    "road": "if nobody has been told of the road after {minutes} minutes",
}
"""When an inject is released that is kept back."""
TITLES = {
    "onset": "{kind}: it starts",
    "reported": "{kind}: the report",
    "files": "{kind}: what the files say of the place",
    "social": "{kind}: what goes round",
    "media": "{kind}: the press calls",
    "written": "{kind}: a written report",
    "kept_back": "{kind}: if nothing is done",
    "first_on_scene": "{kind}: first officers",
    "yellow": "{kind}: yellow",
    "red": "{kind}: red",
    "force_complete": "{kind}: the whole force",
    "ended": "{kind}: over",
    "late": "Stations not open",
    "opened": "Late stations have opened",
    "unsupplied": "Ballots are used up",
    "stopped": "Stations stand still",
    "shut": "Stations are shut",
    "evacuated": "Stations are emptied",
    "abandoned": "Stations are given up",
    "resumed": "Stations go on",
    "closed": "Road closed: {a} - {b}",
    "open": "Road open: {a} - {b}",
    "slow": "Road slow: {a} - {b}",
    "free": "Road free: {a} - {b}",
    "road_kept_back": "Road: if nothing is done",
    "late_kept_back": "Stations not open: if nothing is done",
    "late_social": "Stations not open: what goes round",
    "late_media": "Stations not open: the press calls",
    "readiness": "Readiness",
    "opening": "Stations open",
    "midday": "Report at half time",
    "closing": "Stations close",
    "counting": "The count begins",
    "relief": "Relief",
    "boxes_home": "The last boxes are home",
}
"""Titles, for the control team."""
STATIONS = {
    "late": "Not open yet: {stations}. Voters stand in line; the crews wait for what is missing.",
    "opened": "Open now: {stations}.",
    "unsupplied": "The last ballot has been taken at {stations}. Whoever comes now finds none.",
    "stopped": "Work stands still at {stations}.",
    "shut": "Nobody is let into {stations}.",
    "evacuated": "People are being brought away from {stations}.",
    "abandoned": "The crew has given up for today at {stations}; a follow-up poll is due.",
    "resumed": "Work goes on at {stations}.",
}
"""What happened to stations."""
LATE_SOCIAL = "A message says that stations in {district} do not open at all today."
LATE_MEDIA = "A journalist asks why people stand before shut doors at {stations}, and who is to blame."
MORE = "{first} and {more:,} more"
"""A list of stations that is too long."""
ROADS = {
    "closed": "The road between {a} and {b} cannot be passed.",
    "open": "The road between {a} and {b} is open again.",
    "slow": "Traffic between {a} and {b} moves slowly.",
    "free": "The road between {a} and {b} is free again.",
}
PHASES = {
    "readiness": "Every agency says who leads, how many are on duty, and how it is reached.",
    "opening": "Polling stations open at {opens}. Weather: {weather}.",
    "midday": "The head of the operations centre wants a picture at half time: which stations have trouble, "
    "which units are busy, what is left in reserve.",
    "closing": "Polling stations close to those who come; who is in line still votes.",
    "counting": "The count begins; people gather to watch.",
    "relief": "Teams that have been on duty since before the opening ask when they are relieved.",
    "boxes_home": "The last ballot boxes have been handed over.",
}
NOTES = {
    "onset": "{kind} at {place} starts at {time}. Do not tell the room before the report.",
    "onset_untold": "{kind} at {place} starts at {time}. On the day played nobody reported it up to now.",
    "played": "On the day played: {time}.",
    "ranges": "Over all {days:,} days under this plan: {ranges}.",
    "only_here": "It is of the day played; other days have others.",
    "social": "Nothing of it needs to be true. Say nothing of the source.",
    "media": "Play the caller; accept no 'no comment' at once.",
    "kept_back": "Give it out only if the condition is met; otherwise leave it.",
    "road": "Whoever is under way goes round by itself in the model, or waits at the closure for a while.",
    "slow": "In the model everybody drives there at {factor:.0%} of the usual speed, or goes round.",
    "reads": "From: {sender}. Read the text twice.",
}
"""For whoever runs the exercise."""
ACTIONS = {
    "onset": "None; nobody knows of it yet.",
    "reported": "Take up the report, judge its severity, send what it asks for ({needs}), say when they will be there.",
    "nothing_asked": "Take up the report, find out how long it lasts, tell those whom it concerns.",
    "files": "Put the place on the map; name the nearest unit and the nearest hospital.",
    "social": "Find out what is true, name one speaker, answer the rumour within minutes.",
    "media": "One speaker answers with what is confirmed, and says when there will be more.",
    "written": "A report of half a page with times; what is not known is said to be so.",
    "kept_back": "Make up for what has been left undone, and say who does it by when.",
    "first_on_scene": "Note the time; ask what is missing; say who leads there.",
    "worse": "Send what is missing ({needs}), protect the people there, inform the commission.",
    "force_complete": "Note the time; name the task of each team.",
    "ended": "Give the all-clear, release units in order, keep what is needed there.",
    "late": "Call the commission, bring what is missing, tell the people in line why and for how long.",
    "unsupplied": "Ask the commission for reserves from near stations; send somebody with them.",
    "stopped": "Say who decides when work goes on, and who stays with the papers.",
    "evacuated": "Name the assembly point, who leads people there, and who stays with the boxes.",
    "noted": "Note it on the map and in the log.",
    "closed": "Find out who is cut off; move reserves to the far side, ask neighbours for help.",
    "slow": "Ask how long it lasts; send by another way who can go there.",
    "readiness": "Who leads, and who reports to whom, is said aloud.",
    "opening": "Agencies report readiness; gaps are named.",
    "midday": "One picture, said in two minutes.",
    "closing": "Confirm which stations are still serving their line, and which were interrupted.",
    "counting": "Keep guards at the stations, plan the escorts.",
    "relief": "A list of who relieves whom and when; nobody leaves before he is relieved.",
}
"""What a good team does."""
DECISIONS = {
    "reported": "Who is sent, from where, and who stays in reserve?",
    "nothing_asked": "Who finds out more, and who has to know?",
    "first_on_scene": "Is what has been sent enough?",
    "yellow": "Is voting interrupted? Is more strength asked for?",
    "yellow_after": "Is the count protected? Is more strength asked for?",
    "yellow_elsewhere": "Is more strength asked for, and from whom?",
    "red": "Is the station evacuated, and when does voting go on? Is the army asked for?",
    "red_after": "Are people and ballot boxes brought away? Is the army asked for?",
    "red_elsewhere": "Who leads there, what is given up, and is the army asked for?",
    "ended": "When does voting go on, and who stays?",
    "ended_after": "Who stays, and what goes into the record?",
    "late": "Who brings what is missing, and is voting there extended?",
    "unsupplied": "From where do ballots come, and what are voters told?",
    "unsupplied_after": "What is written into the record, and by whom?",
    "stopped": "Who decides when voting goes on there?",
    "stopped_after": "Who guards what is there?",
    "evacuated": "Where do people go, and who stays with the ballot boxes?",
    "abandoned": "Who secures the ballot boxes, and who tells the people?",
    "closed": "Who covers the far side now?",
    "counting": "Who escorts which boxes?",
    "social": "Who answers, and through which channel?",
    "media": "Who speaks, and what is said?",
}
"""What is to be decided; after closing nothing is asked about voting."""
LEARNING = {
    "reported": "The first officers buy time; the whole force that was asked for ends it.",
    "social": "What is answered late is believed.",
    "late": "Who waits and is told why, waits longer.",
    "closed": "A closed road divides the reserve from where it is needed.",
    "opening": "One picture of who stands where before anything happens.",
    "worse": "Strength that is asked for late comes too late.",
}
"""What to take away."""

translate(__name__)
