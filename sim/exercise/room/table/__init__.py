"""Who sits at the table: the pages for joining, players, evaluators and the projector, and the map of the day."""
