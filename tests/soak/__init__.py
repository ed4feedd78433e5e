"""Thousands of players for minutes, and every tap counted afterwards: `python -m soak`."""
