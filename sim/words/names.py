"""What the values of the program are called: severities, agencies, roles, bases, weather. One name each, everywhere.

Keys are the values as settings and tables have them; what is said is the name. ``called`` finds it:

    from sim.words import names

    names.called(names.AGENCY, unit.agency)        # "mobile brigade", or "Brimob"

A value that has no name here is a user's own, and is said as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.words.language import Language, gettext, marked, speaking, translate


def called(known: Mapping[str, str], value: str) -> str:
    """Return what a value is called.

    Args:
        known: A mapping of this file, asked for when something is said: ``names.ROLE``.
        value: The value, as settings and tables have it.
    """
    return known.get(value, value)


def as_written(known: Mapping[str, str], value: str) -> str:
    """Return a value as settings have it, which in English is a word; in another language, what it is called."""
    return value if speaking() is Language.ENGLISH else called(known, value)


def unit(name: str) -> str:
    """Return what a unit is called, ``guard/very_high/3``: in another language its role and class are words of that."""
    if speaking() is Language.ENGLISH:
        return name
    known = {**_SECTOR, **AGENCY, **ROLE, **VULNERABILITY}
    return "/".join(gettext(known[part]) if part in known else part for part in name.split("/"))


SEVERITY = {"green": "green", "yellow": "yellow", "red": "red"}
VULNERABILITY = {"low": "low", "high": "high", "very_high": "very high"}
AGENCY = {
    "police": "police",
    "mobile_brigade": "mobile brigade",
    "army": "army",
    "wardens": "wardens",
    "medical": "medical",
    "disaster": "disaster agency",
    "local_government": "local government",
}
UNIT_AGENCY = {**AGENCY, "disaster": "disaster"}
"""The same, behind the people of a unit: short."""
BASE_AGENCY = {
    "police": "police",
    "police mobile brigade": "police mobile brigade",
    "army": "army",
    "disaster agency": "disaster agency",
    "medical": "medical",
    "election": "election",
    "other": "other",
}
"""Whose a base is, as the table of bases says it."""
BASE_KIND = {
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
ECHELON = {"sector": "sector post", "posko": "operations centre"}
"""Whose command post may call somebody."""
ROLE = {
    "guard": "guard",
    "patrol": "patrol",
    "reserve": "reserve",
    "attached": "attached",
    "ambulance": "ambulance",
}
_SECTOR = {"sector": marked("sector post")}
CAPABILITY = {
    "presence": "presence",
    "crowd_control": "crowd control",
    "negotiate": "negotiate",
    "investigate": "investigate",
    "escort": "escort",
    "medical": "medical",
    "rescue": "rescue",
    "engineering": "engineering",
}
VEHICLE = {"car": "car", "truck": "truck", "motorcycle": "motorcycle", "ambulance": "ambulance"}
COURSE = {
    "crowd": "crowd",
    "fixed": "fixed",
    "two_sided": "two sided",
    "slow": "slow",
    "growing": "growing",
}
"""How a disturbance lives."""
PLACE = {
    "district": "district",
    "village": "village",
    "ward": "ward",
    "station": "station",
    "base": "base",
    "road": "road",
    "area": "area",
}
"""The kinds of place that can be named, and where something can happen."""
EFFECT = {
    "slow": "slow voting",
    "suspend": "suspend voting",
    "shut_door": "shut door",
    "evacuate": "evacuate",
    "end_voting": "end voting",
    "close_road": "close road",
    "slow_road": "slow road",
    "take_signal": "take signal",
    "deter": "deter",
    "leave_area": "leave area",
    "hold_boxes": "hold boxes",
    "injure": "injure",
}
"""What a disturbance does; in English settings are words enough."""
TRACE = {
    "votes_lost": "votes lost",
    "pause": "pause",
    "follow_up_poll": "follow-up poll",
    "late_boxes": "late boxes",
    "closed_road": "closed road",
    "empty_area": "empty area",
    "injured": "injured",
    "officers_hurt": "officers hurt",
    "untold": "some never told of",
}
"""What a disturbance leaves behind when it is over."""
ENDING = {
    "open": "still going on",
    "contained": "contained",
    "faded": "faded",
    "resolved": "resolved",
    "expired": "expired",
}
"""How a disturbance ended."""
PHASE = {"opening": "opening", "closing": "closing", "counting": "counting"}
"""The parts of polling day."""
STRATEGY = {
    "minimum_pattern": "minimum pattern",
    "even_spread": "even spread",
    "risk_weighted": "risk weighted",
    "central_reserve": "central reserve",
    "forward_reserve": "forward reserve",
    "joint_command": "joint command",
    "dynamic_relocation": "dynamic relocation",
}
"""The packaged ones, short: over a column."""
WEATHER = {"dry": "dry", "heavy rain": "heavy rain"}
"""By the name in its settings."""

translate(__name__)
