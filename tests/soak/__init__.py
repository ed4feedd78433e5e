"""Thousands of players play for minutes, then every tap is counted: `python -m soak`."""
