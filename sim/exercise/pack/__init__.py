"""Packs: the papers of an exercise, of one plan and one day of a run, and the injects that tell its events."""
