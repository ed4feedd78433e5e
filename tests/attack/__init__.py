"""Attacks on a game while honest players use it: `python -m attack`."""
