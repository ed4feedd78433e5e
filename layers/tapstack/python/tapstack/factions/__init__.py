"""Factions: players who tap for each other, with a treasury, and the territories that they contest."""
