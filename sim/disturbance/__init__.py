"""Disturbances: where they come from, how a crowd grows and shrinks, what one does while it lasts."""
