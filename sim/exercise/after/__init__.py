"""After the exercise: what a room did, how it was rated, and what its decisions were worth on many futures."""
