"""The ballot boxes' way home: whose boxes go together, by which way, and who may come along."""
