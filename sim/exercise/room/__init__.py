"""The room's server: doors, pages, parts, the stream of events. Nothing else of the program knows a network."""
