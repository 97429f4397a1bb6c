"""The polling day: the only room that knows all rooms. It puts their plans together, plays, records and checks."""

from sim.day.day import Day, simulate_day, simulate_replication
from sim.day.draws import DayDraws, draw_day
from sim.day.world import World, prepare

__all__ = ["Day", "DayDraws", "World", "draw_day", "prepare", "simulate_day", "simulate_replication"]
