"""Bringing people to safety: out of a station, and the injured into care."""
