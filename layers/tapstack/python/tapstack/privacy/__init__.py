"""A player's own data: export and erasure."""
