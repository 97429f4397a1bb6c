"""What is said of the officers outside the operation."""

from __future__ import annotations

ROUTINE = (
    "Besides, under every strategy: {guards} officers on standing guard at {offices} offices and {patrols} in the "
    "patrols of the sector posts, of {duty} in routine duty."
)
