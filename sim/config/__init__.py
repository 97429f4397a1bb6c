"""Everything a user can set: the schema, its checks, and the composition of settings."""
