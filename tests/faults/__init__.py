"""Servers killed under load, and every tap counted afterwards: `python -m faults`."""
