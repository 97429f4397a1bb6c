"""Coverage: whom free units can reach in time, from arrays of positions; it knows neither units nor days."""
