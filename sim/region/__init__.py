"""The place: its tables, its stations, its roads."""
