"""Kills servers under load, then counts every tap: `python -m faults`."""
