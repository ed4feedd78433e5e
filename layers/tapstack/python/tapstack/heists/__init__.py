"""Heists: a group answers against the clock, and shares what is in the pool."""
