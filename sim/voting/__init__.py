"""Voters and their stations: arrivals, stages, interruptions, counting; exact, and compiled."""
