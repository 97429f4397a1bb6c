"""Tabletop exercises: packs for the room, made from a scenario and its simulation."""
