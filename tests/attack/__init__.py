"""Attacks on a running game, with innocent players beside: `python -m attack`."""
