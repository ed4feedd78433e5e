"""Measures how fast the game is on this machine: `python -m bench`. See docs/performance.md."""
