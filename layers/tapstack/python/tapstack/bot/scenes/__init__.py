"""Scenes of the game as a whole."""
