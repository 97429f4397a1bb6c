"""What is said of the officers outside the operation."""

from __future__ import annotations

from sim.words.language import translate

ROUTINE = (
    "Besides, under {under}: {guards} officers on standing guard at {offices} and {patrols} in the "
    "patrols of the sector posts, of {duty} in routine duty."
)
EVERY = "every strategy"
OFFICE, OFFICES = "one office", "{offices} offices"

translate(__name__)
