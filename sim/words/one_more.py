"""The words of `simulate one-more`: where one more team would help most."""

from __future__ import annotations

from sim.words.language import translate

FORCES = {"first": "first\nofficers", "yellow": "yellow\nforce", "red": "red\nforce"}
"""The forces that are told of, as headings of what is covered."""
MEDIAN = "median\n(min)"
TITLE = "{title}: what one more team would add"
GIVEN = (
    "{size} people ({vehicle}, ready like a {role}) stand at one base all day and are never sent: the most that they "
    "can give. Days played: {days}."
)
PLANNED = "as planned"
NOTE = (
    "Coverage: share of voters whom the force would reach within {standard} minutes of the report, over the polling "
    "hours; below '{planned}' the gain in percentage points. Median: minutes until it would be with a voter."
)

translate(__name__)
