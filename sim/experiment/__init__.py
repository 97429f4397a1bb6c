"""Many days in parallel, and the folder of a run."""
