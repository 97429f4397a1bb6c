"""Who stands where: from a strategy to the units of the day."""
