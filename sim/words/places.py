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
BASES = {
    "police headquarters": "police headquarters",
    "police sector post": "police sector post",
    "police forward post": "police forward post",
    "police reserve": "police reserve",
    "police base": "police base",
    "police office": "police office",
    "police mobile brigade headquarters": "police mobile brigade headquarters",
    "police mobile brigade base": "police mobile brigade base",
    "police mobile brigade reserve": "police mobile brigade reserve",
    "army headquarters": "army headquarters",
    "army sector post": "army sector post",
    "army base": "army base",
    "army reserve": "army reserve",
    "disaster agency headquarters": "disaster agency headquarters",
    "disaster agency base": "disaster agency base",
    "disaster agency office": "disaster agency office",
    "medical ambulance base": "medical ambulance base",
    "medical hospital": "medical hospital",
    "medical inpatient clinic": "medical inpatient clinic",
    "election headquarters": "election headquarters",
    "election office": "election office",
    "other office": "other office",
}
"""What bases are called, by agency and kind as a table of bases has them; others are called as they stand there."""
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
