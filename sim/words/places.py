"""The words of the gazetteer: what places are called, and what is wrong with a name that a user gave."""

from __future__ import annotations

from sim.words.language import translate

PLACE = "place"
NOUNS = {
    "area": "area",
    "district": "district",
    "village": "village",
    "base": "base",
    "station": "station",
    "road": "road",
}
"""What the sorts of things that have names are called in sentences, areas being districts and villages."""
VILLAGES = {"ward": "ward", "village": "village"}
OUTSIDE = "outside"
SPECIAL = "special station"
BASE = "{agency} {kind}"
AGENCIES = {
    "police": "police",
    "police mobile brigade": "police mobile brigade",
    "army": "army",
    "disaster agency": "disaster agency",
    "medical": "medical",
    "election": "election",
    "other": "other",
}
"""What the agencies of bases are called, by the word in a table of bases."""
BASE_KINDS = {
    "headquarters": "headquarters",
    "sector post": "sector post",
    "forward post": "forward post",
    "reserve": "reserve",
    "base": "base",
    "ambulance base": "ambulance base",
    "hospital": "hospital",
    "inpatient clinic": "inpatient clinic",
    "office": "office",
    "other": "other",
}
"""What the kinds of bases are called, likewise."""
OR = " or "

NOT_JOINED = "{setting}: no road joins '{one}' and '{other}' directly; {hints}"
FROM = "from '{place}': {roads}"
NO_ROADS = "none"
UNKNOWN = "{setting}: unknown {noun} '{text}' in {region}; {hint}"
DID_YOU_MEAN = "did you mean '{near}'? {every}"
SEVERAL = "{setting}: '{text}' is the name of several places; use a code: {codes}"
REFUSED = "{setting}: '{text}' is {what}, but a {needed} is needed; {neighbour}"
A = "a {noun}"
A_WITHOUT = "a {noun} without stations"
A_PLACE_OUTSIDE = "a place outside the region"
NEAREST_STATION = "the nearest station is '{name}'"
NEAREST_BASE = "the nearest base is '{name}'"
NO_BASES = "there are no bases"
ROADS_THERE = "roads there: {roads}"
NEAREST_DISTRICT = "the nearest district is '{name}'"
LIES_IN = "it lies in '{name}'"

translate(__name__)
