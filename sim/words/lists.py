"""The lists of what a file may name, and where an error points to them."""

from __future__ import annotations

from sim.words.language import translate

PLACES = {"kind": "kind", "code": "code", "name": "name", "district": "district"}
"""Columns of the list of places."""
KINDS = {
    "name": "kind",
    "title": "title",
    "places": "where",
    "course": "course",
    "severities": "severities",
    "traces": "leaves behind",
}
"""Columns of the list of kinds."""
NO_KIND = "no kind is called '{name}'; {hint}"
BASES = {"code": "code", "name": "name", "kind": "kind", "district": "district", "personnel": "people"}
"""Columns of the list of bases."""
NO_BASE = "no base in {region} is called '{name}'; {hint}"
PLACES = {"kind": "kind", "code": "code", "name": "name", "district": "district"}
"""Columns of the list of places."""
NO_PLACE = "no {noun} in {region} is called '{name}'; {hint}"
WITHOUT = "without a word, all are listed"
POLICIES = {
    "dispatch": "Who is sent: dispatch",
    "relocation": "Who moves before anybody calls: relocation",
    "command": "How orders come to other agencies: command",
    "escort": "How the ballot boxes come home: escort",
    "decides": "Who orders a station to be left: evacuation, decides",
    "manner": "How it is left while a crowd stands outside: evacuation, manner",
    "guards": "How guard posts are made: guards",
}
"""Headings of the rules, by the key that they are written for."""
OWN_SETTINGS = "settings of its own: {settings}"
NO_POLICY = "no rule is called '{name}'; {hint}"
ALL_PLACES = "'simulate places WORD' lists what can be named"
ALL_BASES = "'simulate bases' lists all"
ALL_KINDS = "'simulate kinds' lists all"
ALL_POLICIES = "'simulate policies' lists all"

translate(__name__)
