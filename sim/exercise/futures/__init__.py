"""Futures of a moment: what each option of a decision would bring, as ranges over many days, never one run."""
