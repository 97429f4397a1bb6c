"""Voters and their stations: draws, the compiled station, the plain SimPy station it is checked against."""
