"""The words of `simulate best-placement`: what the people of a plan could cover at best."""

from __future__ import annotations

from sim.words.language import translate

OBJECTIVES = {
    "maximal_covering": "covered",
    "backup_coverage": "covered twice",
    "expected_coverage": "expected",
}
"""The coverage models, as rows of the table."""
WITHOUT = "without\nthem"
PLANNED = "as planned"
BEST = "best\npossible"
RATIO = "planned\n: best"
TITLE = "{title}: the best placement of each plan's own teams"
TEAMS = "{teams} x {role} of {size} ({vehicle})"
NO_TEAMS = "It has no patrols or reserves: there is nothing to place."
SITES = "Best sites, {objective}: {sites}."
NO_SITES = "none"
SEVERAL = "{teams} x {site}"
OF_KIND = "{site} ({size}, {vehicle})"
SPARE = "{spare} of {teams} teams add nothing more."
PROVEN = "Shown to be the best: no placement has more than {bound} voters (gap {gap})."
NOT_PROVEN = (
    "Not shown to be the best within {seconds} seconds: {objective}, another placement may have up to {bound} voters "
    "({gap} more at most)."
)
NOT_AMONG = "The plan's own placement is none of those that were looked at, and may cover more than the best of them."
TEAM = "team"
GOES_TO = "goes to"
ADDED = "adds"
IN_ORDER = "If the teams come one after the other, and nobody who is there is moved: {objective}"
ORDER_NOT_PROVEN = (
    "Not shown to be the best order within {seconds} seconds: with another up to {bound} voters may be had on average "
    "of one team, two, and so on, where this one has {mean} ({gap} more at most)."
)
NOTE = (
    "Registered voters and their share. Covered: at the beginning of the day, everybody free, a unit would be there "
    "within {standard} minutes of the report; the guards of a station's own post count, and stay where they are. "
    "Covered twice: so would a second unit."
)
EXPECTED = "Expected: on average, each unit being busy {busy} of the time (an assumption)."
ORDER_NOTE = (
    "In order: the best mean of what is covered with one team, two, and so on up to all, each number of teams counting "
    "alike (an assumption)."
)

translate(__name__)
