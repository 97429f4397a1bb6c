"""Every word of the playback that a user reads, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

TITLE = "Playback: {title}"
SETTING = "{region}, weather {weather}. Each map shows the same day under one strategy, at the same minute."
COST = "{votes:,} votes lost to disturbances on this day"
MAP_OF = "Map under {strategy}"
RULES = {
    "median": "Day {day} of {days} simulated days: the median day. Days are put in order by the votes lost to "
    "disturbances under {baseline}; where that is equal, by the minutes for which people were exposed to danger. This "
    "one stands in the middle: {votes:,.0f} votes lost (best day {least:,.0f}, worst day {most:,.0f}).",
    "worst": "Day {day} of {days} simulated days: the worst day. Most votes were lost to disturbances on it under "
    "{baseline}; where that is equal, people were exposed to danger for longest: {votes:,.0f} votes lost (best day "
    "{least:,.0f}, worst day {most:,.0f}).",
    "number": "Day {day} of {days} simulated days, chosen by its number. Under {baseline} {votes:,.0f} votes were lost "
    "to disturbances on it (best day {least:,.0f}, worst day {most:,.0f}).",
}
"""Which day it is, and why."""
REPLAYED = "The day was played again for this page and is the same, table by table, as the one that the run has stored."
NOT_FORECAST = "A simulated day, no forecast: it shows how things can go under a plan."
NO_SCRIPT = "This page needs JavaScript to play the day; it loads nothing from any network."
CONTROLS = {
    "group": "Playing the day",
    "play": "Play",
    "pause": "Pause",
    "speed": "Speed",
    "speeds": "{minutes} min a second",
    "time": "Time of day",
    "before": "Previous incident",
    "after": "Next incident",
    "near": "Follow the incident",
    "keys": "Keys: space plays and pauses, ← and → go one minute, N and P go to the next and the previous incident, "
    "F follows the incident.",
    "timeline": "Incidents through the day, one line of bars for each strategy, the higher the worse",
    "now": "What happens",
    "nothing": "Nothing new in the last half hour.",
    "print": "The picture shows {time}.",
    "next_day": "{time} (next day)",
}
STATUS = {
    "covered": "voters whom first officers could reach within {minutes:g} min",
    "incidents": "incidents going on",
    "active": "people taking part",
    "officers": "officers at incidents",
    "away": "teams sent out",
    "stopped": "stations standing still",
    "closed": "roads closed",
    "no_coverage": "–",
}
"""What stands under each map, in numbers."""
LIST = {
    "heading": "Incidents of this day",
    "none": "Nothing happened on this day.",
    "time": "time",
    "what": "what",
    "where": "where",
    "worst": "worst severity",
    "first": "first officers after",
    "ended": "ended",
    "go": "Go to {time}",
    "minutes": "{minutes:.0f} min",
    "nobody": "nobody came",
    "not_here": "does not happen under this strategy",
}
SEVERITIES = ("green", "yellow", "red")
LETTERS = ("G", "Y", "R")
"""The letters of the severities in their marks."""
EVENTS = {
    "open": "Stations open.",
    "close": "Stations close.",
    "onset": "{what} begins at {where}.",
    "reported": "The operations centre hears of it: {what}, {where}.",
    "ordered": "The first team is ordered to {where}.",
    "first_on_scene": "First officers are at {where}.",
    "yellow": "{what} at {where} turns yellow.",
    "red": "{what} at {where} turns red.",
    "force_complete": "All the force that it asks for is at {where}.",
    "contained": "{what} at {where} is contained.",
    "faded": "{what} at {where} has faded away.",
    "resolved": "{what} at {where} is resolved.",
    "expired": "{what} at {where} has run out.",
    "stopped": "Voting stands still at {where}.",
    "shut": "Nobody is let into {where}.",
    "evacuated": "{where} is emptied.",
    "restarting": "{where} prepares to go on.",
    "again": "Voting goes on at {where}.",
    "abandoned": "Voting is given up at {where}; a follow-up poll is due.",
    "road_closed": "Road closed: {where}.",
    "road_open": "Road open again: {where}.",
    "leave": "People are told to leave {where}.",
    "boxes": "The last ballot boxes are handed over.",
}
"""What happens, in the line that tells it."""
LEGEND = {
    "heading": "Legend",
    "incidents": "Incidents",
    "severity": "severity {name}",
    "unknown": "dashed: the operations centre does not know of it yet",
    "ring": "circle round it: how many people take part",
    "past": "over",
    "units": "Teams",
    "guard": "pair of a guard post",
    "patrol": "patrol",
    "reserve": "reserve, army, others",
    "ambulance": "ambulance",
    "idle": "white: waits or walks its round",
    "sent": "dark: sent out, with the way of the last minutes",
    "escorting": "striped edge: escorts ballot boxes",
    "returning": "grey: on its way back",
    "stations": "Polling stations",
    "usual": "open",
    "over": "closed or counted",
    "uncovered": "no team in reach within the standard time",
    "stopped": "voting stands still",
    "evacuated": "emptied",
    "abandoned": "voting given up",
    "coverage": "Districts: share of voters whom first officers could reach within {minutes:g} min",
    "outside": "Coverage is reckoned while stations are open.",
    "places": "Places",
    "police": "police base",
    "army": "army or mobile brigade",
    "health": "hospital or clinic",
    "other": "other base or office",
    "road": "road",
    "closed": "closed road",
    "cells": "outlines: cells round the villages, not official borders",
}
MADE = {"made_by": "Made by", "seed": "seed"}
SAYS = {
    "written": "Playback: {file} ({size:.1f} MB; it loads nothing from any network)",
    "plans": "Strategies: {strategies}.",
    "default_plans": "Strategies: {first}, the first of the run, and {best}, which loses the fewest votes to "
    "disturbances of the others.",
    "replayed": "The day was played again and is the same, table by table, as the one that is stored.",
}
"""What the command says."""

translate(__name__)
