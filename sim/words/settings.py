"""The list of settings, by words that stand in their paths or meanings."""

from __future__ import annotations

from sim.words.language import translate

VALUE = "{path} = {value}"
NEEDED = "{path}: has no default"
GROUP = "{path}: a group of settings"
UNIT = "Unit: {unit}."
ALLOWED = "Allowed: {allowed}."
SOURCE = "Source: {source}."
MORE = "and at {count:,} more places"
ALL = "simulate settings WORD finds a setting by words of its path or meaning; these are the groups:"
NO_SETTING = "no setting has '{name}' in its path or meaning; {hint}"
ALL_SETTINGS = "'simulate settings WORD' finds one"

translate(__name__)
