"""Siaga: a simulator of polling-day security."""
