"""What each column of a run's deployments means, and its unit (``sim.describe``)."""

from __future__ import annotations

from sim.words.language import translate

_CLOCK, _MIN, _PEOPLE = "minutes after midnight", "minutes", "people"
_CODE, _NAME, _NUMBER, _FLAG = "code", "name", "number", "0 or 1"

UNITS = {
    "unit": ("The unit.", _NAME),
    "agency": ("Whose it is.", _NAME),
    "role": ("guard, patrol, reserve, attached or ambulance.", _NAME),
    "strength": ("Its people.", _PEOPLE),
    "vehicle": ("Its vehicle.", _NAME),
    "home": ("Where it waits, or where its round begins.", _CODE),
    "stops": ("Its round, in order, semicolons between; empty when it stands still.", _CODE),
    "base": ("The base where it waits; empty: none.", _CODE),
    "stays": ("1 when it never leaves its place, whatever happens elsewhere.", _FLAG),
    "from_severity": ("It is sent from this severity on: green, yellow or red.", _NAME),
    "called_by": ("Which command posts may call it, semicolons between.", _NAME),
    "ready_minutes": ("From the order to its departure, on average: asking for it and passing on among it.", _MIN),
    "mobilisation_minutes": ("Of these, its own getting ready.", _MIN),
    "shift_from": ("Its shift begins; missing when it has none of its own.", _CLOCK),
    "shift_to": ("Its shift ends.", _CLOCK),
    "presence": ("Of its people, how many count by being there; who are no officers by their effect.", _PEOPLE),
    "crowd_control": ("How many can control a crowd.", _PEOPLE),
    "negotiate": ("How many can negotiate.", _PEOPLE),
    "investigate": ("How many can investigate.", _PEOPLE),
    "escort": ("How many can escort.", _PEOPLE),
    "medical": ("How many can give medical help.", _PEOPLE),
    "rescue": ("How many can rescue.", _PEOPLE),
    "engineering": ("How many can clear roads.", _PEOPLE),
    "post": ("Number of the guard post.", _NUMBER),
    "station": ("Polling station.", _CODE),
    "officers": ("Officers of the whole post.", _PEOPLE),
    "wardens": ("Wardens at this station; a share of one where they do not divide evenly.", _PEOPLE),
    "spent": ("People of the agency that the strategy spends.", _PEOPLE),
    "unspent": ("People that it leaves.", _PEOPLE),
}
"""Columns of units, posts and people."""
ROUNDS = {
    "unit": ("The unit.", _NAME),
    "piece": ("Number of the piece of its round on open roads; one that stands still has one piece.", _NUMBER),
    "period": ("Minutes of the whole round, which then begins again; 0 for one that stands still.", _MIN),
    "begins": ("When the piece begins, counted from the beginning of the round.", _MIN),
}
"""Columns of rounds; the others are those of the table of ways."""

translate(__name__)
