"""Orders: who stands where under one strategy, as sheets that can be handed out."""
