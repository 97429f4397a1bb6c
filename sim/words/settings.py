"""The list of settings, by words that stand in their paths or meanings."""

from __future__ import annotations

from sim.words.language import translate

VALUE = "{path} = {value}"
NEEDED = "{path}: has no default"
GROUP = "{path}: a group of settings"
ITS_TAG = "{name}: it is this one"
"""Of the key that tells a group from the others of its kind."""
UNIT = "Unit: {unit}."
ALLOWED = "Allowed: {allowed}."
SOURCE = "Source: {source}."
MORE = "and at {count:,} more places"
ALL = "simulate settings WORD finds a setting by words of its path or meaning; these are the groups:"
OR = " or "
TRUTH = "true, false"
A_TIME = '"00:00" to "36:59", in quotes'
TIMES = "{time}, or a list of two such times"
ABOVE = "above {low}"
BELOW = "below {high}"
RANGE = "{low} to {high}"
WHOLE = "whole, {low} to {high}"
TEXT = "text"
TEXT_OF = "text of {least} to {most:,} characters"
LIST = "list of {least} to {most:,}"
LIST_OF = "list of {least} to {most:,}: {of}"
EXACTLY = "list of exactly {count}: {of}"
OWN_NAMES = "names of your own"
MAPPING_OF = "mapping of {least} to {most:,} {of}, each with: {value}"
"""What a setting may hold."""
UNITS = {
    unit: unit
    for unit in (
        "minutes", "seconds", "hours", "kilometres", "per minute", "per hour", "sets of ballots", "people",
        "passenger-car units", "times", "wardens", "teams", "weight", "processes", "per 100 people", "share", "factor",
        "car units an hour", "vehicles", "per officer", "desks", "days", "officers per active person", "none",
        "ambulances", "voters", "people per registered voter", "servers", "officers", "stations",
        "standard deviation over mean", "beds", "resamples", "time of day",
    )
}  # fmt: skip
NO_SETTING = "no setting has '{name}' in its path or meaning; {hint}"
ALL_SETTINGS = "'simulate settings WORD' finds one"

translate(__name__)
