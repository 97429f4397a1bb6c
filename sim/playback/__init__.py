"""Playback: one day of a run on the map, minute by minute, under two plans side by side, as one page."""
