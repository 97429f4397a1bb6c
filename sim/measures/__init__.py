"""From a run's tables to numbers: pure functions, never a mean of daily means."""
