"""Leaving a site: the hydraulic model of the SFPE Handbook on a network of spaces, ways and exits."""

from sim.evacuation.site.closed import A_M2, clearance_minutes, door_flow, safe_times, specific_flow

__all__ = ["A_M2", "clearance_minutes", "door_flow", "safe_times", "specific_flow"]
